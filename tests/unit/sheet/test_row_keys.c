/* Rows by key: every key of a table, seen often or once, is found where a search from the top finds it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "row_keys.h"

static fab_table *make_table(int rows, int keys)
{
    static const char *const columns[] = {"value", "key"};
    fab_table *table = fab_table_new("t", columns, 2);
    for (int row = 0; row < rows; row++) {
        char text[32];
        fab_value *cells = fab_table_add_row(table);
        snprintf(text, sizeof text, "k%d", (int)((long)row * 7919 % keys));
        cells[0] = fab_integer(row);
        cells[1] = row % 11 == 5 ? (fab_value){.type = FAB_NULL} : fab_text(fab_table_keep(table, text));
    }
    return table;
}

static int search(const fab_table *table, const char *key)
{
    for (int row = 0; row < fab_table_rows(table); row++)
        if (fab_table_get(table, row, 1)->type == FAB_TEXT && strcmp(fab_table_get(table, row, 1)->text, key) == 0)
            return row;
    return -1;
}

static void finds_the_first_row(void **state)
{
    static const int sizes[][2] = {{0, 1}, {1, 1}, {2, 2}, {64, 64}, {65, 3}, {1000, 997}, {3000, 401}};
    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        fab_arena *arena = fab_arena_new();
        struct fab_sheet sheet = {.table = make_table(sizes[s][0], sizes[s][1]), .key_column = 1};
        assert_true(fab_row_keys_make(arena, &sheet));
        for (int key = 0; key <= sizes[s][1]; key++) {
            char text[32];
            snprintf(text, sizeof text, "k%d", key);
            assert_int_equal(fab_row_keys_find(&sheet, text), search(sheet.table, text));
        }
        assert_int_equal(fab_row_keys_find(&sheet, ""), -1);
        fab_table_free(sheet.table);
        fab_arena_free(arena);
    }
}

static void no_key(void **state)
{
    const struct fab_sheet sheet = {.key_column = -1};
    (void)state;
    assert_int_equal(fab_row_keys_find(&sheet, "k"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_first_row), cmocka_unit_test(no_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
