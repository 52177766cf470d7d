/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <unistd.h>

static const struct cli_option options[] = {
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "of the plan with this number instead of the one that counts"},
    {"csv", 0, CLI_FLAG, offsetof(struct cli_values, csv), NULL, NULL, "print CSV"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.show/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan show starts fab.db", "starts by source and period of the plan that counts"},
    {"fabplan show stock fab.db --plan 3 --csv >stock.csv", "stock by item and period of plan 3, for a spreadsheet"},
    {NULL, NULL},
};

static bool write_out(void *user, const char *bytes, size_t size)
{
    FILE *out = user;
    return fwrite(bytes, 1, size, out) == size;
}

/* An output that takes no more is told at the end. */
static fab_status print_shown(struct cli *cli, const char *what, const fab_result *shown)
{
    fab_status status = FAB_OK;
    const fab_table *table = fab_result_table(shown, what);
    if (cli->values.json)
        return cli_print_result(cli, shown);
    if (cli->values.csv)
        TRY_MEMORY(cli->context, fab_result_write_csv(shown, what, write_out, cli->out) || ferror(cli->out));
    else
        TRY_MEMORY(cli->context, cli_print_table(cli->out, table, cli->terminal.colour_out));
    if (fab_table_rows(table) == 0)
        fab_say(cli->context, FAB_LEVEL_NOTE, "plan %lld has no rows of %s", (long long)fab_result_fact(shown, "plan")->integer, what);
out:
    return status;
}

static int run_show(struct cli *cli)
{
    const char *what = cli->operands[0];
    fab_status status;
    fab *opened = NULL;
    fab_result *shown = NULL;
    int64_t plan = 0;
    if (cli->values.json && cli->values.csv)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "show: --json and --csv: one of them"));
    if (cli->operand_count == 1 && access(what, F_OK) == 0)
        return cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "show: WHAT is missing before %s: starts, shipments, stock, tools, purchases, values, ...; `fabplan show --help` says more", what));
    cli_take_operand(cli);
    TRY(cli_open_database(cli, FAB_READ, &opened));
    TRY(fab_find_plan(cli->context, opened, cli->values.plan, &plan));
    TRY(fab_show(cli->context, opened, plan, what, &shown));
    TRY(print_shown(cli, what, shown));
out:
    fab_result_free(shown);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_show = {
    .name = "show",
    .operands = "WHAT [DATA]",
    .summary = "print a table of a stored plan",
    .description = "WHAT is a list of `fabplan optimise --json` (starts, shipments, stock, purchases, power, budget, wip, values, reasons, stages, customers, demands,\n"
                   "...), its columns are those; tools is tool_groups too, pegging says what shipments are made of, kpis are key figures of independence.\n"
                   "The plan is the released one (`fabplan plans --release`), else the newest optimal one. Numbers of CSV and JSON are as they were computed.",
    .examples = examples,
    .options = options,
    .least_operands = 1,
    .most_operands = 2,
    .run = run_show,
};
