/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"stop", 0, CLI_TEXT, offsetof(struct cli_values, stop), "DATE", NULL, "the day on which a region stops for good, a surprise (default: the plan's first day)"},
    {"scenario", 0, CLI_TEXT, offsetof(struct cli_values, scenario), "A,B", CLI_FILE, "what these scenarios leave too, each alone: stored ones (of a folder: files of DATA/scenarios), or files of changes"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "of the plan with this number instead of the one that counts"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.independence/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan independence fab.db --stop 2029-01-01", "how long each customer survives a stop of each region, and what a point more of one's own costs"},
    {NULL, NULL},
};

static int run_independence(struct cli *cli)
{
    const fab_independence_request request = {.plan = cli->values.plan, .stop = cli->values.stop, .scenario = cli->values.scenario};
    fab_status status;
    fab *opened = NULL;
    fab_result *worth = NULL;
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    TRY(fab_independence_worth(cli->context, opened, &request, &worth));
    TRY(cli_print_result(cli, worth));
out:
    fab_result_free(worth);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_independence = {
    .name = "independence",
    .operands = "[DATA]",
    .summary = "how long customers survive a stop of a region, and what a point more of one's own costs",
    .description = "Of the released, else the newest optimal plan (of a folder one is made). A customer survives as long as its orders of a period are filled to half, by the best\n"
                   "plan after the stop; what was decided before a later stop stays. The curve says what profit a least own share of a layer (LO dies, ME memory, PK chips:\n"
                   "of the value that arrives, see `dependency`) costs. All is solved again and proven; it is added to the plan's key figures (`fabplan show kpis`).",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_independence,
};
