/* Lines of rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "line_map.h"

static void lines_are_found_again(void **state)
{
    (void)state;
    struct fab_line_map map = {0};
    int64_t row_id = 100, line = 2;
    assert_int_equal(fab_line_map_find(&map, 100), 0);
    for (int i = 0; i < 1000; i++) {
        row_id += i % 97 == 96 ? 3 : 1;
        line += i % 31 == 30 ? 5 : 1;
        assert_true(fab_line_map_add(&map, row_id, line));
    }
    row_id = 100;
    line = 2;
    for (int i = 0; i < 1000; i++) {
        row_id += i % 97 == 96 ? 3 : 1;
        line += i % 31 == 30 ? 5 : 1;
        assert_int_equal(fab_line_map_find(&map, row_id), line);
    }
    assert_int_equal(fab_line_map_find(&map, 100), 0);
    assert_int_equal(fab_line_map_find(&map, row_id + 1), 0);
    assert_true(map.count < 60);
    fab_line_map_fini(&map);
}

/* A file without gaps takes one run, however long. */
static void consecutive_rows_take_no_memory(void **state)
{
    (void)state;
    struct fab_line_map map = {0};
    for (int64_t i = 1; i <= 100000; i++)
        assert_true(fab_line_map_add(&map, i, i + 1));
    assert_int_equal(map.count, 1);
    assert_int_equal(fab_line_map_find(&map, 77777), 77778);
    fab_line_map_fini(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_are_found_again), cmocka_unit_test(consecutive_rows_take_no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
