/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the plan with this number instead of the one that counts"},
    {"csv", 0, CLI_FLAG, offsetof(struct cli_values, csv), NULL, NULL, "print the rows as CSV"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.track/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan plan track fab.db --plan 3", "what became of plan 3, by the lots and receipts in the data"},
    {NULL, NULL},
};

static bool write_out(void *user, const char *bytes, size_t size)
{
    FILE *out = user;
    return fwrite(bytes, 1, size, out) == size;
}

static int run_track(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *tracked = NULL;
    if (cli->values.json && cli->values.csv)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "plan track: --json and --csv: one of them"));
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(fab_plan_track(cli->context, opened, cli->values.plan, &tracked));
    if (cli->values.csv)
        TRY_MEMORY(cli->context, fab_result_write_csv(tracked, "track", write_out, cli->out) || ferror(cli->out));
    else
        TRY(cli_print_result(cli, tracked));
    if (fab_table_rows(fab_result_table(tracked, "track")) == 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "nothing that the plan began has come to the data yet");
out:
    fab_result_free(tracked);
    fab_close(opened);
    return cli_finish(cli, status);
}

static int run_plan(struct cli *cli)
{
    if (strcmp(cli->operands[0], "track") != 0)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "plan: '%s' is none of: track; a plan is made by `fabplan optimise`", cli->operands[0]));
    cli_take_operand(cli);
    return run_track(cli);
}

const struct cli_command cli_cmd_plan = {
    .name = "plan",
    .operands = "track [DATA]",
    .summary = "a plan against the lots and receipts that came since",
    .description = "For every source and period up to the last event of the history: starts, good units, yield and cycle time, planned and actual; which part of the\n"
                   "difference comes from starts, from yield and from time, and what it costs at least, by what a unit was worth in the plan. All differences\n"
                   "together are tested: the plan is solved again with them. Bought items are held against receipts that name their source. The plan is\n"
                   "the released one, else the newest optimal one.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = 2,
    .run = run_plan,
};
