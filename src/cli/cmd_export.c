/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "try.h"

static const struct cli_option options[] = {
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "the inputs that the plan with this number was made from; of the history its lots under way"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan export fab.db data/saved", "write every input table as CSV; importing them gives the same data"},
    {"fabplan export fab.db data/january --plan 1", "what plan 1 was made from, whatever was imported since"},
    {NULL, NULL},
};

static int run_export(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    TRY(cli_open_inputs(cli, &opened));
    cli->changed = true; /* file by file: what is written stays */
    TRY(fab_export(cli->context, opened, cli->operands[1]));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: the input tables of %s", cli->operands[1], cli->operands[0]);
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_export = {
    .name = "export",
    .operands = "DB FOLDER",
    .summary = "write every input table to a folder as CSV",
    .description = "The folder is made when it is missing. Existing files of the same names are replaced.",
    .examples = examples,
    .options = options,
    .least_operands = 2,
    .most_operands = 2,
    .run = run_export,
};
