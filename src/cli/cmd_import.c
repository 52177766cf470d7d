/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"replace", 0, CLI_FLAG, offsetof(struct cli_values, replace), NULL, NULL, "delete the rows that the files do not have"},
    {"dry-run", 'n', CLI_FLAG, offsetof(struct cli_values, dry_run), NULL, NULL, "show what would change and change nothing"},
    {"annotate", 0, CLI_TEXT, offsetof(struct cli_values, annotate), "OUT.xlsx", CLI_FILE, "of an Excel workbook: give it back with the findings beside the rows"},
    CLI_FORCE,
    {"stage", 0, CLI_TEXT, offsetof(struct cli_values, stage), "STAGE", "sort final", "of STDF files: sort or final (what the file says)"},
    {"lot-in-name", 0, CLI_FLAG, offsetof(struct cli_values, lot_in_name), NULL, NULL, "of STDF files: a wafer is named LOT-WAFER"},
    {"wafer", 0, CLI_TEXT, offsetof(struct cli_values, wafer), "WAFER", NULL, "of STDF files: the wafer of parts that the file puts on none (final test), or whose name is empty"},
    {"run", 0, CLI_NUMBER, offsetof(struct cli_values, run), "N", "1 2 3", "of STDF files: run of the test, retests count on (what the file says)"},
    {"soft-bins", 0, CLI_FLAG, offsetof(struct cli_values, soft_bins), NULL, NULL, "of STDF files: software bins (hardware bins)"},
    {"make-lots", 0, CLI_FLAG, offsetof(struct cli_values, make_lots), NULL, NULL, "of STDF files: make lots and wafers that no table has (LOT_ID, WAFER_ID)"},
    {"source", 0, CLI_TEXT, offsetof(struct cli_values, source), "SOURCE", NULL, "of lots that are made: their source (what PART_TYP names)"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the counts as JSON (fabplan.import/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan import fab.db data/terafab", "load every table of a folder"},
    {"fabplan import fab.db demand.csv", "add and update demands"},
    {"fabplan import fab.db demand.csv --replace", "also delete the demands that the file does not have"},
    {"fabplan import fab.db inputs.xlsx", "load the tables of a workbook, a sheet for each"},
    {"fabplan import fab.db inputs.xlsx --dry-run --annotate checked.xlsx", "what would change, and a copy with the findings beside the rows"},
    {"fabplan import fab.db lot42.stdf.gz", "add the test results of a tester's file"},
    {"fabplan import fab.db lot42.stdf.gz --make-lots --source LOGIC_A", "and make its lot and wafers, which no table has"},
    {"fabplan import fab.db data/terafab --dry-run", "print the differences, change nothing"},
    {NULL, NULL},
};

/* Whether a path is one of the files to import: the library says what is wrong with that. */
static bool is_input(const struct cli *cli, const char *path)
{
    for (int k = 1; k < cli->operand_count; k++)
        if (strcmp(cli->operands[k], path) == 0)
            return true;
    return false;
}

static int run_import(struct cli *cli)
{
    const fab_import_request request = {
        .paths = cli->operands + 1, .path_count = cli->operand_count - 1, .replace = cli->values.replace, .dry_run = cli->values.dry_run,
        .stage = cli->values.stage, .lot_in_name = cli->values.lot_in_name, .wafer = cli->values.wafer, .run = cli->values.run,
        .soft_bins = cli->values.soft_bins, .make_lots = cli->values.make_lots, .source = cli->values.source, .annotate = cli->values.annotate};
    fab_status status;
    fab *opened = NULL;
    fab_result *summary = NULL;
    if (request.annotate && !is_input(cli, request.annotate))
        TRY(cli_check_output(cli, request.annotate));
    TRY(cli_open_database(cli, FAB_WRITE, &opened));
    TRY(fab_import(cli->context, opened, &request, &summary));
    cli->changed = !request.dry_run;
    TRY(cli_print_result(cli, summary));
    if (request.dry_run)
        fab_say(cli->context, FAB_LEVEL_NOTE, "dry run: nothing was changed");
out:
    fab_result_free(summary);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_import = {
    .name = "import",
    .operands = "DB FOLDER|FILE...",
    .summary = "load or update the tables of a database from CSV, Excel or STDF files",
    .description = "A CSV file is named after its table: demand.csv is the table demand; so is a sheet of an Excel workbook (.xlsx), whose first row holds the\n"
                   "names of the columns: findings name its cells, inputs.xlsx:demand!F17. Files .stdf, .std (also with .gz) are test results, STDF V4: they become\n"
                   "wafer_test, wafer_bin and die_map. Files of one run of a wafer add up; the same file again (lot, start, station, job and a die in common)\n"
                   "replaces itself; a retest of some die is merged with the run before. Rows are added or, when their key exists, updated. Every finding is\n"
                   "FILE:LINE:COLUMN: what is wrong; with any finding nothing is changed and the exit code is 3.",
    .examples = examples,
    .options = options,
    .least_operands = 2,
    .most_operands = -1,
    .run = run_import,
};
