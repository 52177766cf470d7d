/* Rows of a table in memory, under the rules of a file's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "table_source.h"

static const char *const columns[] = {"item", "bin", "name", "good", "note"};

static fab_table *new_bins(void)
{
    return fab_table_new("bin", columns, (int)(sizeof columns / sizeof *columns));
}

static void add_bin(fab_table *table, const char *item, fab_value bin, const char *name, fab_value good)
{
    fab_value *row = fab_table_add_row(table);
    row[0] = fab_text(item);
    row[1] = bin;
    row[2] = fab_text(name);
    row[3] = good;
}

static fab_store *open_mini(struct fixture *fixture)
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini");
    fixture_clear(fixture);
    return store;
}

static fab_status import_table(struct fixture *fixture, fab_store *store, const fab_table *table)
{
    const struct fab_row_source source = fab_table_source(table, "memory");
    return fab_store_import(fixture->context, store, &source, 1, NULL, NULL);
}

static void rows_of_a_table_are_stored(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = new_bins();
    add_bin(table, "CHIP", fab_integer(1), "good, all", fab_integer(1));
    add_bin(table, "CHIP", fab_real(2), "bad", fab_real(0));
    fixture_ok(fixture, import_table(fixture, store, table));
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM bin WHERE name = 'good, all' AND bin = 1 AND good = 1"), 1);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM bin WHERE note IS NULL AND bin = 2 AND good = 0"), 1);
    fab_table_free(table);
    fab_store_close(store);
}

static void findings_have_name_line_and_column(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = new_bins();
    add_bin(table, "CHIP", fab_integer(1), "good", fab_integer(1));
    add_bin(table, "CHIPS", fab_integer(2), "bad", fab_integer(0));
    add_bin(table, "CHIP", fab_integer(3), "b\xFF" "d", fab_integer(0));
    add_bin(table, "CHIP", fab_real(4.5), "half", fab_integer(0));
    add_bin(table, "CHIP", fab_integer(1), "again", fab_integer(1));
    assert_int_equal(import_table(fixture, store, table), FAB_INPUT);
    assert_message(fixture, "4 findings; nothing was changed");
    assert_int_equal(fixture->line_count, 4);
    assert_string_equal(fixture->lines[0], "memory:3:1: item is 'CHIPS', must be in table item (CHIP?)");
    assert_string_equal(fixture->lines[1], "memory:4:3: byte 0xFF is not UTF-8, must be UTF-8");
    assert_memory_equal(fixture->lines[2], "memory:5:2: bin is '4.5', must ", 31);
    assert_string_equal(fixture->lines[3], "memory:6:1: item, bin is 'CHIP, 1', must be unique (line 2 has it already)");
    fab_table_free(table);
    fab_store_close(store);
}

static const char *name_origin(const void *state, int64_t line)
{
    (void)line;
    return state;
}

static void an_origin_stands_for_the_place(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = new_bins();
    struct fab_row_source source = fab_table_source(table, "memory");
    source.origin = name_origin;
    source.origin_state = "lot42.stdf: wafer 05";
    add_bin(table, "CHIPS", fab_integer(1), "one", fab_integer(1));
    add_bin(table, "CHIPS", fab_integer(2), "the same id is said once", fab_integer(0));
    assert_int_equal(fab_store_import(fixture->context, store, &source, 1, NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_string_equal(fixture->lines[0], "lot42.stdf: wafer 05: item is 'CHIPS', must be in table item (CHIP?)");
    fab_table_free(table);
    fab_store_close(store);
}

static void names_of_tables_and_columns_are_checked(void **state)
{
    struct fixture *fixture = *state;
    static const char *const wrong[] = {"item", "bins"};
    fab_store *store = open_mini(fixture);
    fab_table *unknown = fab_table_new("bins", columns, 5), *odd = fab_table_new("bin", wrong, 2);
    assert_int_equal(import_table(fixture, store, unknown), FAB_INPUT);
    assert_string_equal(fixture->lines[0], "memory:1:1: table is 'bins', must be a table of the data dictionary (bin?)");
    fixture_clear(fixture);
    assert_int_equal(import_table(fixture, store, odd), FAB_INPUT);
    assert_string_equal(fixture->lines[0], "memory:1:2: column is 'bins', must be a column of table bin (bin?)");
    fab_table_free(unknown);
    fab_table_free(odd);
    fab_store_close(store);
}

/* The import reads a source again in the middle of the first reading. */
static void two_readings_stand_alone(void **state)
{
    struct fixture *fixture = *state;
    struct fab_row_reader *first = NULL, *second = NULL;
    enum fab_row_result result;
    fab_table *table = new_bins();
    const struct fab_row_source source = fab_table_source(table, "memory");
    add_bin(table, "CHIP", fab_integer(1), "good", fab_integer(1));
    fixture_ok(fixture, source.open(fixture->context, &source, &first));
    fixture_ok(fixture, source.open(fixture->context, &source, &second));
    for (int r = 0; r < 2; r++)
        fixture_ok(fixture, first->kind->next(fixture->context, first, &result));
    fixture_ok(fixture, second->kind->next(fixture->context, second, &result));
    assert_int_equal(first->line, 2);
    assert_int_equal(second->line, 1);
    assert_string_equal(first->texts[1].text, "1");
    assert_string_equal(second->texts[1].text, "bin");
    fixture_ok(fixture, first->kind->next(fixture->context, first, &result));
    assert_int_equal(result, FAB_ROW_END);
    first->kind->close(first);
    second->kind->close(second);
    fab_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_of_a_table_are_stored, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_have_name_line_and_column, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_origin_stands_for_the_place, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(names_of_tables_and_columns_are_checked, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(two_readings_stand_alone, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
