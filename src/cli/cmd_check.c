/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <string.h>

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print the findings as JSON (fabplan.check/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan check data/terafab", "cross-check a folder of CSV files"},
    {"fabplan check fab.db --json", "a database, for a program"},
    {NULL, NULL},
};

static int count_severity(const fab_table *table, const char *severity)
{
    int column = fab_table_find_column(table, "severity"), count = 0;
    for (int r = 0; column >= 0 && r < fab_table_rows(table); r++) {
        const fab_value *value = fab_table_get(table, r, column);
        count += value->type == FAB_TEXT && strcmp(value->text, severity) == 0;
    }
    return count;
}

static int run_check(struct cli *cli)
{
    fab_status status;
    fab *opened = NULL;
    fab_result *result = NULL;
    TRY(cli_open_data(cli, FAB_READ, &opened));
    TRY(fab_check(cli->context, opened, &result));
    const fab_table *table = fab_result_table(result, "findings");
    int findings = count_severity(table, "finding"), warnings = count_severity(table, "warning");
    if (cli->values.json || fab_is_file(opened) || findings > 0) /* of a folder all that its rows say was said, with file and line, when it was opened */
        TRY(cli_print_result(cli, result));
    const char *plural = warnings == 1 ? "" : "s";
    if (findings > 0)
        status = fab_fail(cli->context, FAB_INPUT, "%d finding%s, %d warning%s", findings, findings == 1 ? "" : "s", warnings, plural);
    else
        fab_say(cli->context, FAB_LEVEL_NOTE, "no findings, %d warning%s", warnings, plural);
out:
    fab_result_free(result);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_check = {
    .name = "check",
    .operands = "[DATA]",
    .summary = "cross-check the inputs",
    .description =
        "Looks for missing routes, loops in the bills of materials, demand that nothing can make, tool groups without load, rows and columns without\n"
        "effect, figures a thousand times off and the like.\n"
        "Findings have to be mended (exit code 3), warnings deserve a look.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_check,
};
