/* The growing array: what is in it stays, and what cannot be had is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "array.h"
#include "assert_close.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

static void keeps_what_it_holds(void **state)
{
    (void)state;
    double *values = NULL;
    int count = 0, capacity = 0;
    for (; count < 1000; count++) {
        assert_true(FAB_ARRAY_ROOM(&values, count, &capacity));
        assert_true(capacity > count);
        values[count] = count / 3.0;
    }
    for (int i = 0; i < count; i++)
        assert_true(values[i] == i / 3.0);
    assert_true(capacity < 2048);
    free(values);
}

static void grows_by_as_much_as_is_asked(void **state)
{
    (void)state;
    char *text = NULL;
    size_t capacity = 0;
    assert_true(fab_array_room_size(&text, 0, 100000, &capacity, 1));
    assert_true(capacity >= 100000);
    text[99999] = 'x';
    assert_true(fab_array_room_size(&text, 1, 99999, &capacity, 1));
    assert_int_equal(text[99999], 'x');
    free(text);
}

static void refuses_what_does_not_fit_a_count(void **state)
{
    (void)state;
    int *values = NULL;
    int capacity = 0;
    size_t wide = 0;
    assert_false(fab_array_room(&values, 1, INT_MAX - 1, &capacity, sizeof *values));
    assert_false(fab_array_room_size(&values, SIZE_MAX - 1, 2, &wide, sizeof *values));
    assert_false(fab_array_room_size(&values, 0, SIZE_MAX / 2, &wide, sizeof *values));
    assert_null(values);
    assert_int_equal(capacity, 0);
    assert_int_equal(wide, 0);
}

static void grows_in_an_arena(void **state)
{
    (void)state;
    fab_arena *arena = fab_arena_new();
    double *values = NULL;
    int count = 0, capacity = 0;
    for (; count < 1000; count++) {
        assert_true(FAB_ARRAY_ROOM_IN(arena, &values, count, &capacity));
        assert_true(values[count] == 0);
        values[count] = count / 3.0;
    }
    for (int i = 0; i < count; i++)
        assert_true(values[i] == i / 3.0);
    capacity = INT_MAX;
    assert_false(FAB_ARRAY_ROOM_IN(arena, &values, INT_MAX, &capacity));
    assert_int_equal(capacity, INT_MAX);
    fab_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_it_holds),
        cmocka_unit_test(grows_by_as_much_as_is_asked),
        cmocka_unit_test(refuses_what_does_not_fit_a_count),
        cmocka_unit_test(grows_in_an_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
