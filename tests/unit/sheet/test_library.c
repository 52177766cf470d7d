/* Books as lists of sheets, constants, sheets of all input tables: what is read from a folder, and what is refused where.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "constants.h"
#include "library.h"
#include "order.h"

static char folder[] = "/tmp/fabplan-library-XXXXXX";

struct bench {
    fab_context *context;
    fab_arena *arena;
    struct fab_library library;
    struct fab_order order;
};

/* Every file of the folder, so that a test can remove what it wrote. */
static const char *const names[] = {"a.report",     "a.sql",     "b.report",         "b.sql",        "c.report", "c.sql", "my.book",
                                    "planner.book", "constants", "input_bom.report", "input_bom.sql"};

static void put(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    strcpy(folder, "/tmp/fabplan-library-XXXXXX");
    bench->context = fab_context_new();
    bench->arena = fab_arena_new();
    return !mkdtemp(folder) || !bench->context || !bench->arena;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    char path[128];
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[n]);
        unlink(path);
    }
    rmdir(folder);
    fab_arena_free(bench->arena);
    fab_context_free(bench->context);
    free(bench);
    return 0;
}

static const struct fab_input_table tables[] = {{"site", "places", "site"}, {"bom", "bills", "item, component"}, {"late", "last", "x"}};

static fab_status load(struct bench *bench)
{
    const struct fab_book_source source = {.reports_folder = folder, .tables = tables, .table_count = 3};
    return fab_library_load(bench->context, bench->arena, &source, &bench->library);
}

/* Loads and puts the sheets of a book in order. */
static fab_status open_book(struct bench *bench, const char *name)
{
    const struct fab_book_file *book = NULL;
    fab_status status = load(bench);
    if (!status)
        status = fab_library_find_book(bench->context, &bench->library, name, &book);
    return status ? status : fab_order_sheets(bench->context, bench->arena, &bench->library, book, &bench->order);
}

static void assert_order(struct bench *bench, const char *name, const char *expected)
{
    char found[2000] = "";
    if (open_book(bench, name) != FAB_OK)
        fail_msg("%s", fab_context_message(bench->context));
    for (int s = 0; s < bench->order.count; s++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", s ? " " : "", bench->order.reports[s]->stem);
    assert_string_equal(found, expected);
}

static const struct fab_report *report(struct bench *bench, const char *stem)
{
    const struct fab_report *found = NULL;
    assert_int_equal(fab_library_find_report(bench->context, &bench->library, stem, &found), FAB_OK);
    return found;
}

#define SHEET "[sheet]\ntitle T\nname N\nlayout list\ncolumns all\n"

/* A planner adds a sheet to a book of the program with one line of its definition. */
static void adds_sheets_to_a_book(void **state)
{
    struct bench *bench = *state;
    put("a.report", SHEET "book my\n");
    put("b.report", SHEET "book my after cover\n");
    put("c.report", SHEET "book my after cover\nbook yield after yield_lots\n");
    put("a.sql", "SELECT 1 AS a");
    put("b.sql", "SELECT 1 AS a");
    put("c.sql", "SELECT 1 AS a");
    put("my.book", "# mine\n\n[book]\nsheet cover\nsheet audit\n");
    assert_order(bench, "my", "cover b c audit a");
    assert_int_equal(open_book(bench, "yield"), FAB_OK);
    int place = 0;
    while (strcmp(bench->order.reports[place]->stem, "yield_lots") != 0)
        place++;
    assert_string_equal(bench->order.reports[place + 1]->stem, "c");
    assert_string_equal(bench->order.reports[place + 2]->stem, "yield_positions");
}

/* A folder's book replaces the program's; the sheets of all tables stand where the book says, those listed by name apart. */
static void expands_the_input_tables(void **state)
{
    struct bench *bench = *state;
    put("planner.book", "[book]\nsheet input_late\nsheet input\nsheet audit\n");
    assert_order(bench, "planner", "input_late input_site input_bom audit");
    const struct fab_report *bom = report(bench, "input_bom");
    assert_string_equal(bom->title.text, "Input: bills");
    assert_string_equal(bom->name.text, "bom");
    assert_non_null(strstr(bom->sql, "SELECT * FROM bom ORDER BY item, component"));
    /* a definition of its own wins */
    put("input_bom.report", SHEET);
    put("input_bom.sql", "SELECT 2 AS b");
    put("planner.book", "[book]\nsheet input\nsheet input_bom\n");
    assert_order(bench, "planner", "input_site input_late input_bom");
    assert_string_equal(report(bench, "input_bom")->title.text, "T");
}

/* A folder changes constants and adds others; they reach titles, conditions, patterns and the SELECT with the file before it. */
static void replaces_constants(void **state)
{
    struct bench *bench = *state;
    put("constants", "# ours\nFULL  0.5\r\nOURS_2  1e-3\n");
    put("a.report",
        "[sheet]\ntitle T {OURS_2}\nname N\nlayout list\nwith b\n[column a]\nformula ={a}*{FULL}+{BINDING}\n[format]\ncolumn a\n"
        "when >= {FULL}\nstyle alarm\n");
    put("b.sql", "WITH t AS (SELECT {OURS_2} AS b) ");
    put("a.sql", "SELECT b > {FULL} AS a, '={cell:cover.x}{' FROM t");
    assert_int_equal(load(bench), FAB_OK);
    const struct fab_report *a = report(bench, "a");
    assert_string_equal(a->title.text, "T 1e-3");
    assert_string_equal(a->columns[0].formula.text, "={a}*0.5+0.000000001");
    assert_string_equal(a->rules[0].when.text, ">= 0.5");
    assert_string_equal(a->sql, "WITH t AS (SELECT 1e-3 AS b) SELECT b > 0.5 AS a, '={cell:cover.x}{' FROM t");
    double full = 0;
    assert_int_equal(fab_library_find_constant(bench->context, "FULL", &full), FAB_OK);
    assert_true(full == 0.999999);
    assert_int_equal(fab_library_find_constant(bench->context, "OURS_2", &full), FAB_INTERNAL);
}

static void refuses_with_file_and_line(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *file, *text, *message;
    } faults[] = {
        {"my.book", "sheet cover\n", "my.book:1: a key before the first section: `sheet`"},
        {"my.book", "[book]\nsheets cover\n", "my.book:2: unknown key `sheets`; not a key of [book], did you mean sheet"},
        {"my.book", "[book]\n[book]\n", "my.book:2: a second section `book`"},
        {"my.book", "[sheet]\n", "my.book:1: unknown section `sheet`; a book has [book] alone"},
        {"my.book", "[book]\n", "my.book:1: missing: `sheet`"},
        {"my.book", "", "my.book:1: missing: `sheet`"},
        {"my.book", "[book]\nsheet cover\nsheet cover\n", "my.book:3: listed twice: `cover`"},
        {"my.book", "[book]\n\nsheet cver\n", "my.book:3: there is no report `cver`; did you mean cover"},
        {"my.book", "[book]\nsheet periods\n", "my.book:2: `periods` is an axis"},
        {"a.report", SHEET "book me\n", "a.report:6: there is no book `me`; did you mean my"},
        {"a.report", SHEET "book my after\n", "a.report:6: not NAME or NAME after SHEET: `book my after`"},
        {"a.report", SHEET "book my 1000\n", "a.report:6: not NAME or NAME after SHEET: `book my 1000`"},
        {"a.report", SHEET "book my after audit\n", "a.report:6: my.book does not list a sheet `audit`"},
        {"a.report", SHEET "book my\nbook my after cover\n", "a.report:6: the report is in book `my` already"},
        {"a.report", SHEET "about {FUL}\n", "a.report:6: there is no constant `FUL`; did you mean FULL"},
        {"a.report", SHEET "about {TABLE}\n", "a.report:6: there is no constant `TABLE`"},
        {"a.report", SHEET "tables output\n", "a.report:6: unknown word `output`; one of input"},
        {"a.sql", "-- x\nSELECT {NONE}\n", "a.sql:2: there is no constant `NONE`"},
        {"constants", "\nfull 1\n", "constants:2: not a name in capitals and a number: `full 1`"},
        {"constants", "FULL\n", "constants:1: not a number: ``"},
        {"constants", "FULL 0x1\n", "constants:1: not a number: `0x1`"},
        {"constants", "FULL 1\nFULL 1\n", "constants:2: a second constant `FULL`"},
    };
    for (size_t f = 0; f < sizeof faults / sizeof *faults; f++) {
        put("my.book", "[book]\nsheet cover\n");
        put("a.report", SHEET);
        put("a.sql", "SELECT 1 AS a");
        put("constants", "");
        put(faults[f].file, faults[f].text);
        fab_status status = open_book(bench, "my");
        if (status != FAB_INPUT || strncmp(fab_context_message(bench->context), faults[f].message, strlen(faults[f].message)) != 0)
            fail_msg("%d %s\n  expected %s", status, fab_context_message(bench->context), faults[f].message);
    }
    assert_int_equal(open_book(bench, "mi"), FAB_INPUT);
    put("constants", "");
    assert_int_equal(open_book(bench, "mi"), FAB_USAGE);
    assert_string_equal(fab_context_message(bench->context), "there is no book `mi`; did you mean my");
}

/* A NUL in a file of constants would hide the rest of it. */
static void refuses_a_nul(void **state)
{
    struct bench *bench = *state;
    struct fab_constants constants = {0};
    const struct fab_file file = {"constants", "FULL 1\0 2", 9};
    assert_int_equal(fab_constants_read(bench->context, bench->arena, &file, &constants), FAB_INPUT);
}

/* Row of the first sheet of a book. */
static int first_of(const fab_table *list, const char *book)
{
    for (int row = 0; row < fab_table_rows(list); row++)
        if (strcmp(fab_table_get(list, row, 0)->text, book) == 0)
            return row;
    fail_msg("no book %s", book);
    return -1;
}

/* Every definition of the program parses, and the planner's book has its sheets in order. */
static void lists_the_reports(void **state)
{
    struct bench *bench = *state;
    static const char *const first[] = {"Cover",      "Customers", "Short by year", "Tool groups", "Capacity by year",
                                        "Allocation", "Starts",    "Capacity"};
    const struct fab_book_source source = {.tables = tables, .table_count = 3};
    fab_table *list = NULL;
    put("planner.book", "[book]\nsheet input_site\nsheet input\n");
    assert_int_equal(fab_order_list(bench->context, &source, &list), FAB_INPUT); /* not every table of the book */
    assert_null(list);
    const struct fab_book_source own = {.reports_folder = folder, .tables = tables, .table_count = 3};
    assert_int_equal(fab_order_list(bench->context, &own, &list), FAB_OK);
    int planner = first_of(list, "planner");
    assert_true(first_of(list, "compare") < first_of(list, "executive") && first_of(list, "finance") < first_of(list, "page") && first_of(list, "page") < planner); /* by name */
    assert_int_equal(fab_table_get(list, planner + 2, 1)->integer, 3);
    assert_string_equal(fab_table_get(list, planner + 2, 2)->text, "input_late");
    assert_string_equal(fab_table_get(list, planner + 2, 4)->text, "Input: last");
    assert_int_equal(planner + 3, first_of(list, "sweep"));
    assert_int_equal(fab_table_get(list, first_of(list, "yield"), 1)->integer, 1);
    fab_table_free(list);
    put("planner.book",
        "[book]\nsheet cover\nsheet customers\nsheet short_years\nsheet bottlenecks\nsheet capacity_years\nsheet allocation\n"
        "sheet starts\nsheet capacity\n");
    assert_int_equal(fab_order_list(bench->context, &own, &list), FAB_OK);
    assert_string_equal(fab_table_get(list, 0, 0)->text, "compare");
    planner = first_of(list, "planner");
    for (int row = planner; row < planner + 8; row++)
        assert_string_equal(fab_table_get(list, row, 3)->text, first[row - planner]);
    fab_table_free(list);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(adds_sheets_to_a_book), TEST(expands_the_input_tables), TEST(replaces_constants), TEST(refuses_with_file_and_line),
        TEST(refuses_a_nul),         TEST(lists_the_reports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
