/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"customer", 0, CLI_TEXT, offsetof(struct cli_values, customer), "C", NULL, "who orders"},
    {"file", 0, CLI_TEXT, offsetof(struct cli_values, file), "FILE.csv", CLI_FILE, "a file of orders in place of one: item, quantity, date, customer, and quote, a name (may be left out)"},
    {"plan", 0, CLI_NUMBER, offsetof(struct cli_values, plan), "N", NULL, "on the plan with this number instead of the one that counts"},
    {"json", 0, CLI_FLAG, offsetof(struct cli_values, json), NULL, NULL, "print JSON (fabplan.quote/1)"},
    {NULL, 0, CLI_FLAG, 0, NULL, NULL, NULL},
};

static const struct cli_example examples[] = {
    {"fabplan quote fab.db XAI_X2 20000 2029-03 --customer XAI", "when 20,000 more can be had, what that costs, and whom they would displace in March"},
    {"fabplan quote fab.db --file orders.csv", "the same for every order of a file"},
    {NULL, NULL},
};

enum { ORDER = 3 }; /* item, quantity, date */

static fab_status read_quantity(struct cli *cli, const char *text, double *quantity)
{
    char *end;
    *quantity = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || *end || end == text || !(*quantity > 0))
        return fab_fail(cli->context, FAB_USAGE, "quote: '%s' is not a quantity above 0", text);
    return FAB_OK;
}

/* The order behind DATA, which may be left out. */
static fab_status read_order(struct cli *cli, fab_quote_request *request)
{
    int first = cli->operand_count - ORDER;
    if (cli->values.file) {
        if (cli->operand_count > 1 || cli->values.customer)
            return fab_fail(cli->context, FAB_USAGE, "quote: --file has the orders: no item, quantity, date or customer beside it");
        return FAB_OK;
    }
    if (first >= 0 && first <= 1 && !cli->values.customer)
        return fab_fail(cli->context, FAB_USAGE, "quote: whose order is it? --customer C is missing");
    if (first < 0 || first > 1)
        return fab_fail(cli->context, FAB_USAGE, "quote: what is asked for? ITEM QUANTITY DATE --customer C, or --file FILE.csv");
    request->item = cli->operands[first];
    request->date = cli->operands[first + 2];
    request->customer = cli->values.customer;
    cli->operand_count = first;
    return read_quantity(cli, cli->operands[first + 1], &request->quantity);
}

static const fab_value *cell(const fab_table *table, int row, const char *column)
{
    return fab_table_get(table, row, fab_table_find_column(table, column));
}

/* A sentence for each quote, then the lists. */
static fab_status print_text(struct cli *cli, const fab_result *quoted)
{
    static const char *const lists[] = {"promised", "displaced"};
    fab_status status = FAB_OK;
    const fab_table *quotes = fab_result_table(quoted, "quotes");
    for (int r = 0; r < fab_table_rows(quotes); r++)
        fprintf(cli->out, "%s  %.6g %s for %s, %s: %s\n", cell(quotes, r, "quote")->text, fab_value_number(cell(quotes, r, "quantity")), cell(quotes, r, "item")->text,
                cell(quotes, r, "customer")->text, cell(quotes, r, "date")->text, cell(quotes, r, "text")->text);
    for (int p = 0; p < fab_result_sections(quoted); p++) {
        const fab_section *part = fab_result_section(quoted, p);
        if (!part->name || fab_table_rows(part->table) == 0 || (strcmp(part->name, lists[0]) != 0 && strcmp(part->name, lists[1]) != 0))
            continue;
        fputc('\n', cli->out);
        cli_print_title(cli->out, part->title, cli->terminal.colour_out);
        TRY_MEMORY(cli->context, cli_print_table(cli->out, part->table, false));
    }
out:
    return status;
}

static int run_quote(struct cli *cli)
{
    fab_quote_request request = {.plan = cli->values.plan, .file = cli->values.file};
    fab_status status;
    fab *opened = NULL;
    fab_result *quoted = NULL;
    TRY(read_order(cli, &request));
    TRY(cli_open_data(cli, FAB_WRITE, &opened));
    TRY(fab_quote(cli->context, opened, &request, &quoted));
    TRY((cli->values.json ? cli_print_result : print_text)(cli, quoted));
out:
    fab_result_free(quoted);
    fab_close(opened);
    return cli_finish(cli, status);
}

const struct cli_command cli_cmd_quote = {
    .name = "quote",
    .operands = "[DATA] (ITEM QUANTITY DATE --customer C | --file FILE.csv)",
    .summary = "when a new order can be had, at what cost, whom it would displace",
    .description = "On the released, else the newest optimal plan (of a folder one is made), its tool orders and removals fixed. Without breaking a promise: every order's shipments,\n"
                   "added up by period, stay at least the plan's; displacing: in the period of its date, nothing is kept. The break-even price is that at which nothing is\n"
                   "lost. Every figure has a proof of its own.",
    .examples = examples,
    .options = options,
    .most_operands = 1 + ORDER,
    .run = run_quote,
};
