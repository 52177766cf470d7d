/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the plans as JSON (fabplan.plans/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan plans fab.db", "the stored plans, newest last"},
    {NULL, NULL},
};

static int run_plans(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *plans = NULL;
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(fab_plans(cli->context, opened, &plans));
    TRY(cli_print_result(cli, plans));
    if (!cli->values.json && fab_table_rows(fab_result_table(plans, "plans")) == 0)
        fab_say_as(cli->context, FAB_LEVEL_NOTE, "no_plan", "no plan is stored yet");
out:
    fab_result_free(plans);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_plans = {
    .name = "plans",
    .operands = "[DATA]",
    .summary = "list the stored plans",
    .description = "Plans are never changed once they are stored. Two plans with the same inputs sha256 were made from the same inputs.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_plans,
};
