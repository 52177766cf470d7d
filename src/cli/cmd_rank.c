/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"values", 0, CLI_COUNT, offsetof(struct cli_values, tested_values), "N", NULL, "how many bottlenecks are listed (10)"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "of the plan with this number instead of the one that counts"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.rank/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan rank fab.db", "which chips earn most an hour of the tools that are short"},
    {NULL, NULL},
};

static int run_rank(struct cli *cli)
{
    const fab_rank_request request = {.plan = cli->values.plan, .values = (int)cli->values.tested_values};
    fab_status status;
    fab *opened = NULL;
    fab_result *ranked = NULL;
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    TRY(fab_rank(cli->context, opened, &request, &ranked));
    TRY(cli_print_result(cli, ranked));
    if (!cli->values.json && fab_table_rows(fab_result_table(ranked, "bottlenecks")) == 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "no tool group's hours bind");
out:
    fab_result_free(ranked);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_rank = {
    .name = "rank",
    .operands = "[DATA]",
    .summary = "chips by what they earn an hour of each bottleneck",
    .description = "Of the released, else the newest optimal plan (of a folder one is made). A chip earns its mean price less what it costs over its whole bill of materials, as\n"
                   "the plan makes it; what an hour more of a bottleneck gains is found by solving again.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_rank,
};
