/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

static const struct cli_option options[] = {
    {"output", 'o', CLI_TEXT, offsetof(struct cli_values, output), "FILE.xlsx", CLI_FILE, "the workbook; a file of that name is replaced"},
    CLI_FORCE,
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan template data/terafab -o inputs.xlsx", "the tables of a folder as a workbook"},
    {"fabplan template fab.db -o inputs.xlsx", "those of a database; import it when it is filled in:"},
    {"fabplan import fab.db inputs.xlsx --dry-run", "what would change"},
    {NULL, NULL},
};

static int run_template(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    if (!cli->values.output)
        TRY(fab_fail(cli->context, FAB_USAGE, "template: no output; name a workbook with -o FILE.xlsx"));
    TRY(cli_check_workbook(cli, cli->values.output));
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_template(cli->context, opened, cli->values.output));
    cli->changed = true;
    fab_say(cli->context, FAB_LEVEL_NOTE, "%s: a sheet for each input table, with its present rows", cli->values.output);
out:
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_template = {
    .name = "template",
    .operands = "[DATA]",
    .summary = "an Excel file to fill in, with the present values",
    .description = "A sheet for each table of the data dictionary: the first row holds the names of the columns, dark where they must be filled; comments say meaning,\n"
                   "unit and rule; ids of other sheets and choices are lists, numbers have their ranges. The sheet Guide lists all of it. `import` takes the file\n"
                   "back: unchanged, it changes nothing.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_template,
};
