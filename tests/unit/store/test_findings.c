/* Findings as data: what a program that embeds the library gets beside the line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "csv_source.h"

static const char *found_text(struct fixture *fixture, int row, const char *column)
{
    const fab_table *found = fab_context_found(fixture->context);
    int c = fab_table_find_column(found, column);
    assert_true(c >= 0 && row < fab_table_rows(found));
    const fab_value *value = fab_table_get(found, row, c);
    return value->type == FAB_TEXT ? value->text : "";
}

struct expected {
    const char *code, *table, *key, *column, *value, *rule, *hint;
    int64_t line;
};

static void assert_found(struct fixture *fixture, int row, const struct expected *expected)
{
    const fab_table *found = fab_context_found(fixture->context);
    const fab_value *line = fab_table_get(found, row, fab_table_find_column(found, "line"));
    assert_string_equal(found_text(fixture, row, "code"), expected->code);
    assert_string_equal(found_text(fixture, row, "table"), expected->table);
    assert_string_equal(found_text(fixture, row, "key"), expected->key);
    assert_string_equal(found_text(fixture, row, "column"), expected->column);
    assert_string_equal(found_text(fixture, row, "value"), expected->value);
    assert_string_equal(found_text(fixture, row, "rule"), expected->rule);
    assert_string_equal(found_text(fixture, row, "hint"), expected->hint);
    assert_int_equal(line->type == FAB_INTEGER ? line->integer : 0, expected->line);
    assert_string_equal(found_text(fixture, row, "text"), fixture->lines[row]);
}

/* Imports one CSV file into the mini fab; there must be findings. */
static void import_bad(struct fixture *fixture, const char *name, const char *text)
{
    char path[FIXTURE_PATH_SIZE * 2];
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini");
    fixture_clear(fixture);
    fab_context_reset(fixture->context);
    fixture_write(fixture, name, text, strlen(text));
    const char *paths[] = {fixture_path(fixture, name, path)};
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 1, NULL, NULL), FAB_INPUT);
    fab_store_close(store);
}

static void cells_and_rows(void **state)
{
    static const struct expected expected[] = {
        {"number", "demand", "A", "quantity", "1,5", "be a plain decimal number", "decimal comma? write 1.5", 2},
        {"date", "demand", "B", "due_date", "2027-02-30", "be a date YYYY-MM-DD", "there is no such day", 3},
        {"empty", "demand", "C", "price_usd", "", "be given", "paid on shipment; USD per unit", 4},
        {"unknown_id", "demand", "D', must", "item", "CHIPS, must (really)", "be in table item", "", 5},
        {"unknown_id", "demand", "E", "item", "CHIPS", "be in table item", "CHIP?", 6},
        {"duplicate", "demand", "E", "demand", "E", "be unique", "line 6 has it already", 7},
        {"width", "demand", "", "", "", "have 6 as the header", "empty cells keep their commas", 8},
    };
    struct fixture *fixture = *state;
    import_bad(fixture, "demand.csv",
               "demand,customer,item,due_date,quantity,price_usd\n"
               "A,BUYER,CHIP,2027-01-04,\"1,5\",1\n"
               "B,BUYER,CHIP,2027-02-30,1,1\n"
               "C,BUYER,CHIP,2027-01-04,1,\n"
               "\"D', must\",BUYER,\"CHIPS, must (really)\",2027-01-04,1,1\n"
               "E,BUYER,CHIPS,2027-01-04,1,1\n"
               "E,BUYER,CHIP,2027-01-04,1,1\n"
               "F,BUYER\n");
    assert_int_equal(fab_table_rows(fab_context_found(fixture->context)), (int)(sizeof expected / sizeof *expected));
    for (int row = 0; row < (int)(sizeof expected / sizeof *expected); row++)
        assert_found(fixture, row, &expected[row]);
    assert_string_equal(found_text(fixture, 0, "level"), "finding");
    assert_non_null(strstr(found_text(fixture, 0, "file"), "/demand.csv"));
}

static void headers_and_tables(void **state)
{
    struct fixture *fixture = *state;
    import_bad(fixture, "item.csv", "item,kindd,name\nX,chip,X\n");
    assert_found(fixture, 0, &(struct expected){"unknown_column", "item", "", "kindd", "kindd", "be a column of table item", "kind?", 1});
    assert_string_equal(found_text(fixture, 1, "code"), "missing_column");
    assert_string_equal(found_text(fixture, 1, "column"), "kind");
    import_bad(fixture, "itm.csv", "item,kind,name\nX,chip,X\n");
    assert_found(fixture, 0, &(struct expected){"unknown_table", "itm", "", "", "itm", "be a table of the data dictionary", "item?", 1});
}

/* A finding of a cross-check is named after the check and lies where its row does. */
static void cross_checks(void **state)
{
    struct fixture *fixture = *state;
    import_bad(fixture, "calendar.csv", "period,start_date,end_date\n2027-W02,2027-01-12,2027-01-18\n");
    assert_memory_equal(found_text(fixture, 0, "code"), "check_", 6);
    assert_string_equal(found_text(fixture, 0, "table"), "calendar");
    assert_true(*found_text(fixture, 0, "rule") && *found_text(fixture, 0, "column"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_and_rows, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(headers_and_tables, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(cross_checks, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
