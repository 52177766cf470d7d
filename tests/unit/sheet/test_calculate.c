/* Values of a book's formulas: from the pattern alone, over sheets; and what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <unistd.h>

#include "book.h"
#include "book_fixture.h"

static struct fixture fixture;
static char folder[] = "/tmp/fabplan-calculate-XXXXXX";
static const char *const written[] = {"axis.report", "axis.sql", "stock.report", "stock.sql", "sales.report", "sales.sql", "total.report", "total.sql", "own.book"};

static void put(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* A corkscrew over two periods, a list with a total, and a sheet that adds both up. */
static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return 1;
    fixture_open(&fixture);
    put("axis.report", "[sheet]\nlayout axis\nkey period\n[column days]\n");
    put("axis.sql", "SELECT 'p1' AS period, 7 AS days UNION ALL SELECT 'p2', 14");
    put("stock.report", "[sheet]\ntitle S\nname The stock\nlayout series\naxis axis\nrow k\nlabel k\nperiod p\n[column opening]\nformula ={prev:closing}\ntotal first\n"
                        "[column made]\ntotal sum\n[column closing]\nformula ={opening}+{made}\ntotal last\n[column rate]\nformula ={closing}/{made}\ntotal formula\n");
    put("stock.sql", "SELECT 'a' AS k, 'p1' AS p, 5 AS opening, 14 AS made UNION ALL SELECT 'a', 'p2', NULL, 28");
    put("sales.report", "[sheet]\ntitle L\nname Sales\nlayout list\n[column item]\n[column units]\ntotal sum\n[column price]\n[column usd]\nformula ={units}*{price}\ntotal sum\n"
                        "[column mean]\nformula =IF({units}=0,0,{usd}/{units})\ntotal formula\n");
    put("sales.sql", "SELECT 'a' AS item, 2 AS units, 10 AS price UNION ALL SELECT 'b', 3, 20");
    put("total.report", "[sheet]\ntitle T\nname Total\nlayout list\nkey key\n[column key]\n[column value]\nformula_from formula\nnumber_from format\n");
    put("total.sql", "SELECT 'usd' AS key, '={sum:sales.usd}' AS formula, 'usd' AS format UNION ALL SELECT 'stock', '={sum:stock.made}+{cell:total.usd}', 'usd'"
                     " UNION ALL SELECT 'day', '=DATE(2027,1,4)', 'date' UNION ALL SELECT 'word', '=IF({cell:total.usd}>79,\"much\",\"little\")', 'text'");
    put("own.book", "[book]\nsheet total\nsheet sales\nsheet stock\n");
    return 0;
}

static int tear_down(void **state)
{
    char path[128];
    (void)state;
    for (size_t f = 0; f < sizeof written / sizeof *written; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, written[f]);
        unlink(path);
    }
    rmdir(folder);
    fixture_close(&fixture);
    strcpy(folder, "/tmp/fabplan-calculate-XXXXXX");
    return 0;
}

static double number_at(const struct fab_sheet *sheet, int row, int column)
{
    struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
    assert_non_null(cell.pattern);
    return fab_value_number(&cell.value);
}

static void works_out_a_book(void **state)
{
    (void)state;
    struct fab_book *book = NULL;
    const struct fab_book_source source = fixture_source(&fixture, folder);
    assert_int_equal(fab_book_open(fixture.context, &source, "own", &book), FAB_OK);
    const struct fab_sheet *stock = fab_book_find(book, "stock"), *sales = fab_book_find(book, "sales"), *total = fab_book_find(book, "total");
    enum { OPENING, MADE, CLOSING, RATE, P1 = FAB_SERIES_FIRST, P2 };
    assert_null(fab_sheet_cell(stock, OPENING, P1).pattern); /* where it starts is a value */
    assert_close(number_at(stock, CLOSING, P1), 19, 0, 0);
    assert_close(number_at(stock, OPENING, P2), 19, 0, 0);
    assert_close(number_at(stock, CLOSING, P2), 47, 0, 0);
    assert_close(number_at(stock, OPENING, FAB_SERIES_TOTAL), 5, 0, 0);
    assert_close(number_at(stock, MADE, FAB_SERIES_TOTAL), 42, 0, 0);
    assert_close(number_at(stock, CLOSING, FAB_SERIES_TOTAL), 47, 0, 0);
    assert_close(number_at(stock, RATE, FAB_SERIES_TOTAL), 47. / 42, 1e-15, 0); /* of the totals */
    assert_close(number_at(sales, 1, 3), 60, 0, 0);
    struct fab_grid_cell sum = fab_sheet_total(sales, 3), mean = fab_sheet_total(sales, 4);
    assert_close(fab_value_number(&sum.value), 80, 0, 0);
    assert_close(fab_value_number(&mean.value), 16, 0, 0); /* of the totals, not of the means */
    assert_close(number_at(total, 0, 1), 80, 0, 0);
    assert_close(number_at(total, 1, 1), 122, 0, 0);
    assert_int_equal(fab_sheet_cell(total, 2, 1).value.integer, 46391); /* a date is whole */
    assert_string_equal(fab_sheet_cell(total, 3, 1).value.text, "much");
    fab_book_close(book);
}

/* A report alone loads what its formulas refer to, and shows itself alone. */
static void works_out_a_report_alone(void **state)
{
    (void)state;
    struct fab_book *book = NULL;
    const struct fab_book_source source = fixture_source(&fixture, folder);
    put("stock.report", "[sheet]\ntitle S\nname The stock\nlayout series\naxis axis\nrow k\nlabel k\nperiod p\n[column made]\ntotal sum\n");
    assert_int_equal(fab_book_open_report(fixture.context, &source, "total", &book), FAB_OK);
    assert_int_equal(book->sheet_count, 1);
    assert_int_equal(book->loaded_count, 3);
    assert_close(number_at(&book->sheets[0], 1, 1), 122, 0, 0);
    fab_book_close(book);
}

static void refuses(void **state)
{
    static const struct {
        const char *sql, *said;
    } cases[] = {
        {"SELECT 'a' AS key, '=1/0' AS formula, 'usd' AS format", "its value is the error #DIV/0!: `=1/0`"},
        {"SELECT 'a' AS key, '=MATCH(7,{column:sales.units},0)' AS formula, 'usd' AS format", "#N/A"},
        {"SELECT 'a' AS key, '={cell:total.b}' AS formula, 'usd' AS format UNION ALL SELECT 'b', '={cell:total.a}', 'usd'", "it refers to itself in a circle"},
        {"SELECT 'a' AS key, '=SUM({column:total.value})' AS formula, 'usd' AS format", "it refers to itself in a circle"},
        {"SELECT 'a' AS key, '=1<2' AS formula, 'usd' AS format", "neither number nor text but TRUE"},
        {"SELECT 'a' AS key, '=SIN(1)' AS formula, 'usd' AS format", "not allowed in a formula"},
        {"SELECT 'a' AS key, '={column:sales.units}' AS formula, 'usd' AS format", "#VALUE!"},
    };
    (void)state;
    const struct fab_book_source source = fixture_source(&fixture, folder);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct fab_book *book = NULL;
        put("total.sql", cases[c].sql);
        assert_int_equal(fab_book_open(fixture.context, &source, "own", &book), FAB_INPUT);
        if (!strstr(fab_context_message(fixture.context), cases[c].said) || !strstr(fab_context_message(fixture.context), "total.report:"))
            fail_msg("%s: %s", cases[c].sql, fab_context_message(fixture.context));
        fab_book_close(book);
    }
}

/* Formulas are written once: no SELECT of the program works out what a pattern does. */
static void has_no_formula_twice(void **state)
{
    static const char *const books[] = {"planner", "executive", "finance"};
    (void)state;
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    for (size_t b = 0; b < sizeof books / sizeof *books; b++) {
        struct fab_book *book = NULL;
        assert_int_equal(fab_book_open(fixture.context, &source, books[b], &book), FAB_OK);
        for (int s = 0; s < book->sheet_count; s++)
            for (int c = 0; c < book->sheets[s].column_count; c++) {
                const struct fab_sheet *sheet = &book->sheets[s];
                const struct fab_report_column *definition = sheet->columns[c].definition;
                int select = fab_table_find_column(sheet->table, definition->name);
                bool starts = definition->formula.text && strstr(definition->formula.text, "{prev:");
                for (int row = 0; select >= 0 && row < fab_table_rows(sheet->table); row++)
                    if ((definition->formula.text && !starts) ||
                        (sheet->columns[c].formula >= 0 && fab_table_get(sheet->table, row, sheet->columns[c].formula)->type != FAB_NULL))
                        if (fab_table_get(sheet->table, row, select)->type != FAB_NULL)
                            fail_msg("%s: column %s has a formula and a value of the SELECT", sheet->report->origin, definition->name);
            }
        fab_book_close(book);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(works_out_a_book), TEST(works_out_a_report_alone), TEST(refuses), TEST(has_no_formula_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
