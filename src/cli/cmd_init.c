/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "try.h"

static const struct cli_example examples[] = {
    {"fabplan init fab.db", "make an empty planning database"},
    {"fabplan import fab.db data/terafab", "and then load it"},
    {NULL, NULL},
};

static int run_init(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    TRY(cli_open_data(cli, FAB_CREATE, &opened));
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: made, empty; `fabplan import %s FOLDER` loads it", cli->operands[0], cli->operands[0]);
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_init = {
    .name = "init",
    .operands = "DB",
    .summary = "make an empty planning database",
    .description = "An existing file is never written over.",
    .examples = examples,
    .least_operands = 1,
    .most_operands = 1,
    .run = run_init,
};
