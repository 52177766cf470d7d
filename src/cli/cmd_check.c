/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

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
    fab *opened = NULL;
    fab_table *table = NULL;
    int code = 0;
    fab_status status = cli_open_data(cli, FAB_READ, &opened);
    if (status == FAB_OK)
        status = fab_check(cli->context, opened, &table);
    if (table) {
        int findings = count_severity(table, "finding"), warnings = count_severity(table, "warning");
        code = cli_print_result(cli, "fabplan.check/1", "findings", table);
        if (status == FAB_OK && findings > 0)
            status = fab_fail(cli->context, FAB_INPUT, "%d finding%s, %d warning%s", findings, findings == 1 ? "" : "s", warnings,
                              warnings == 1 ? "" : "s");
        else if (status == FAB_OK)
            fab_say(cli->context, FAB_LEVEL_NOTE, "no findings, %d warning%s", warnings, warnings == 1 ? "" : "s");
    }
    fab_table_free(table);
    fab_close(opened);
    return status == FAB_OK ? code : cli_fail(cli, status);
}

const struct cli_command cli_cmd_check = {
    .name = "check",
    .operands = "[DATA]",
    .summary = "cross-check the inputs",
    .description =
        "Looks for missing routes, loops in the bills of materials, demand that nothing can make, tool groups without load and the like.\n"
        "Findings have to be mended (exit code 3), warnings deserve a look.",
    .examples = examples,
    .options = options,
    .most_operands = 1,
    .run = run_check,
};
