/* Arena and table: memory that belongs together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arena.h"
#include "assert_close.h"

#include <fabplan/table.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void an_arena_gives_zeroed_aligned_memory_of_any_size(void **state)
{
    fab_arena *arena = fab_arena_new();
    unsigned char *last = NULL;
    (void)state;
    for (size_t size = 0; size < 200000; size = size * 3 + 1) {
        unsigned char *memory = fab_arena_take(arena, size, 1);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAB, size);
        assert_ptr_not_equal(memory, last);
        last = size ? memory : last;
    }
    fab_arena_free(arena);
    fab_arena_free(NULL);
}

static void an_arena_refuses_what_cannot_be_counted(void **state)
{
    fab_arena *arena = fab_arena_new();
    (void)state;
    assert_null(fab_arena_take(arena, SIZE_MAX / 2, 4));
    assert_null(fab_arena_take(arena, SIZE_MAX - 8, 1));
    assert_non_null(fab_arena_take(arena, 16, 1)); /* and goes on working */
    fab_arena_free(arena);
}

static void an_arena_copies_and_formats_text(void **state)
{
    fab_arena *arena = fab_arena_new();
    (void)state;
    assert_string_equal(fab_arena_dup_length(arena, "abcdef", 3), "abc");
    assert_string_equal(fab_arena_printf(arena, "%s[%d]", "x", 7), "x[7]");
    fab_arena_free(arena);
}

static void a_table_keeps_rows_names_and_texts(void **state)
{
    static const char *const names[] = {"key", "value"};
    fab_table *table = fab_table_new("facts", names, 2);
    char text[32];
    (void)state;
    for (int r = 0; r < 1000; r++) {
        fab_value *row = fab_table_add_row(table);
        assert_non_null(row);
        assert_int_equal(row[1].type, FAB_NULL);
        snprintf(text, sizeof text, "row %d", r);
        row[0] = fab_text(fab_table_keep(table, text));
        if (r % 2)
            row[1] = fab_real(r / 4.0);
        else
            row[1] = fab_integer(r);
    }
    assert_string_equal(fab_table_name(table), "facts");
    assert_int_equal(fab_table_rows(table), 1000);
    assert_int_equal(fab_table_columns(table), 2);
    assert_int_equal(fab_table_find_column(table, "value"), 1);
    assert_int_equal(fab_table_find_column(table, "other"), -1);
    assert_string_equal(fab_table_get(table, 999, 0)->text, "row 999");
    assert_true(fab_value_number(fab_table_get(table, 999, 1)) == 249.75);
    assert_true(fab_value_number(fab_table_get(table, 998, 1)) == 998);
    assert_true(isnan(fab_value_number(fab_table_get(table, 1, 0))));
    fab_table_free(table);
    fab_table_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory_of_any_size),
        cmocka_unit_test(an_arena_refuses_what_cannot_be_counted),
        cmocka_unit_test(an_arena_copies_and_formats_text),
        cmocka_unit_test(a_table_keeps_rows_names_and_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
