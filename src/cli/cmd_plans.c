/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <stdlib.h>

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the plans as JSON (fabplan.plans/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan plans fab.db", "the stored plans, newest last"},
    {NULL, NULL},
};

static fab_status print_json(struct cli *cli, fab *opened)
{
    char *json = NULL;
    fab_status status = fab_plans_json(cli->context, opened, &json);
    if (status == FAB_OK)
        fprintf(cli->out, "%s\n", json);
    free(json);
    return status;
}

static fab_status print_text(struct cli *cli, fab *opened)
{
    fab_table *plans = NULL;
    fab_status status = fab_plans(cli->context, opened, &plans);
    if (status == FAB_OK && !cli_print_table(cli->out, plans, cli->terminal.colour_out))
        status = fab_fail_memory(cli->context);
    if (status == FAB_OK && fab_table_rows(plans) == 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "no plan is stored yet; `fabplan optimise` makes one");
    fab_table_free(plans);
    return status;
}

static int run_plans(struct cli *cli)
{
    fab *opened = NULL;
    fab_status status = cli_open_database(cli, FAB_READ, &opened);
    if (status == FAB_OK)
        status = (cli->values.json ? print_json : print_text)(cli, opened);
    fab_close(opened);
    return status == FAB_OK ? 0 : cli_fail(cli, status);
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
