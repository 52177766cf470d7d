/* Building and sealing a linear program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_support.h"

struct fixture {
    fab_context *context;
    fab_lp *lp;
    int warnings;
};

static void count_warnings(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    assert_non_null(text);
    fixture->warnings += level == FAB_LEVEL_WARNING;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    fixture->lp = fab_lp_new("test");
    fab_context_set_sink(fixture->context, count_warnings, fixture);
    for (int i = 0; i < 3; i++)
        fab_lp_add_row(fixture->lp, fab_arena_printf(fixture->lp->arena, "R%d", i), -INFINITY, 10);
    for (int j = 0; j < 2; j++)
        fab_lp_add_column(fixture->lp, fab_arena_printf(fixture->lp->arena, "C%d", j), 0, 5, 1);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    fab_lp_free(fixture->lp);
    fab_context_free(fixture->context);
    free(fixture);
    return 0;
}

static void seal_sorts_and_sums(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fixture->lp;
    fab_lp_add(lp, 2, 1, 7);
    fab_lp_add(lp, 1, 0, 3);
    fab_lp_add(lp, 0, 1, 1);
    fab_lp_add(lp, 1, 0, 4); /* same place: 3 + 4 */
    fab_lp_add(lp, 2, 0, 5);
    fab_lp_add(lp, 2, 0, -5); /* sums to nothing */
    fab_lp_add(lp, 0, 0, 0);  /* nothing at all */
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    const int start[] = {0, 1, 3}, row[] = {1, 0, 2};
    const double value[] = {7, 1, 7};
    assert_true(lp->sealed);
    assert_int_equal(3, lp->nonzero_count);
    assert_memory_equal(start, lp->start, sizeof start);
    assert_memory_equal(row, lp->row_index, sizeof row);
    assert_memory_equal(value, lp->value, sizeof value);
}

/* Sealing again after an addition takes old and new coefficients alike. */
static void seal_again(void **state)
{
    struct fixture *fixture = *state;
    fab_lp_add(fixture->lp, 0, 0, 2);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
    int row = fab_lp_add_row(fixture->lp, "more", 0, INFINITY);
    assert_false(fixture->lp->sealed);
    fab_lp_add(fixture->lp, row, 0, 4);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
    assert_int_equal(2, fixture->lp->nonzero_count);
    assert_int_equal(3, fixture->lp->row_index[1]);
    assert_true(fixture->lp->value[1] == 4);
}

static void empty_program_is_sealed(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fab_lp_new(NULL);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    assert_int_equal(0, lp->start[0]);
    fab_lp_free(lp);
    fab_lp_free(NULL);
}

static void many_entries_grow(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 5000 };
    for (int k = 0; k < COUNT; k++)
        assert_true(fab_lp_add(fixture->lp, k % 3, k % 2, 1));
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
    assert_int_equal(6, fixture->lp->nonzero_count);
    double sum = 0;
    for (int k = 0; k < 6; k++)
        sum += fixture->lp->value[k];
    assert_true(sum == COUNT);
}

static void refuse(struct fixture *fixture, const char *named)
{
    assert_int_equal(FAB_INTERNAL, fab_lp_seal(fixture->context, fixture->lp));
    assert_false(fixture->lp->sealed);
    if (!strstr(fab_context_message(fixture->context), named))
        fail_msg("\"%s\" does not name %s", fab_context_message(fixture->context), named);
}

static const struct {
    int row, column;
    double value;
    const char *named;
} bad_entries[] = {
    {-1, 0, 1, "row -1"},   {3, 0, 1, "row 3"},      {1, 2, 1, "column 2"}, {1, -1, 1, "column -1"}, {1, 0, NAN, "R1"},
    {2, 1, INFINITY, "C1"}, {2, 1, -INFINITY, "R2"}, {0, 0, 1e18, "R0"},    {0, 0, -1e300, "C0"},
};

static void bad_entries_are_named(void **state)
{
    struct fixture *fixture = *state;
    for (size_t k = 0; k < sizeof bad_entries / sizeof *bad_entries; k++) {
        fab_lp_add(fixture->lp, bad_entries[k].row, bad_entries[k].column, bad_entries[k].value);
        refuse(fixture, bad_entries[k].named);
        fixture->lp->entry_count = 0;
    }
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
}

static void sums_beyond_the_limit_are_named(void **state)
{
    struct fixture *fixture = *state;
    fab_lp_add(fixture->lp, 1, 1, 9e17);
    fab_lp_add(fixture->lp, 1, 1, 9e17);
    refuse(fixture, "C1");
}

static const struct {
    double lower, upper, cost;
} bad_columns[] = {{0, INFINITY, 0}, {-INFINITY, 0, 0}, {1, 0, 0},    {NAN, 1, 0},  {0, NAN, 0},
                   {0, 1, NAN},      {0, 1, INFINITY},  {0, 1e18, 0}, {0, 1, -1e18}};

static void bad_columns_are_named(void **state)
{
    struct fixture *fixture = *state;
    for (size_t k = 0; k < sizeof bad_columns / sizeof *bad_columns; k++) {
        fixture->lp->column_count = 2;
        fab_lp_add_column(fixture->lp, "BAD", bad_columns[k].lower, bad_columns[k].upper, bad_columns[k].cost);
        refuse(fixture, "BAD");
    }
}

static const struct {
    double lower, upper;
} bad_rows[] = {{1, 0}, {NAN, 1}, {0, NAN}, {INFINITY, INFINITY}, {-INFINITY, -INFINITY}, {INFINITY, 0}, {0, 1e18}, {-2e18, 0}};

static void bad_rows_are_named(void **state)
{
    struct fixture *fixture = *state;
    for (size_t k = 0; k < sizeof bad_rows / sizeof *bad_rows; k++) {
        fixture->lp->row_count = 3;
        fab_lp_add_row(fixture->lp, "BAD", bad_rows[k].lower, bad_rows[k].upper);
        refuse(fixture, "BAD");
    }
}

static void bad_constant_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->lp->objective_constant = NAN;
    refuse(fixture, "constant");
}

/* What was changed after sealing is found before solving. */
static void validate_finds_later_changes(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fixture->lp;
    assert_int_equal(FAB_INTERNAL, fab_lp_validate(fixture->context, lp));
    fab_lp_add(lp, 0, 0, 1);
    fab_lp_seal(fixture->context, lp);
    assert_int_equal(FAB_OK, fab_lp_validate(fixture->context, lp));
    lp->value[0] = NAN;
    assert_int_equal(FAB_INTERNAL, fab_lp_validate(fixture->context, lp));
    lp->value[0] = 1;
    lp->column[1].upper = INFINITY;
    assert_int_equal(FAB_INTERNAL, fab_lp_validate(fixture->context, lp));
}

static void wide_rows_are_warned_of(void **state)
{
    struct fixture *fixture = *state;
    fab_lp_add(fixture->lp, 0, 0, 1e-6);
    fab_lp_add(fixture->lp, 0, 1, 1e6); /* a ratio of 1e12 is still silent */
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
    assert_int_equal(0, fixture->warnings);
    fab_lp_add(fixture->lp, 1, 0, 1e-12);
    fab_lp_add(fixture->lp, 1, 1, -1e12);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, fixture->lp));
    assert_int_equal(1, fixture->warnings);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(seal_sorts_and_sums),     TEST(seal_again),
        TEST(empty_program_is_sealed), TEST(many_entries_grow),
        TEST(bad_entries_are_named),   TEST(sums_beyond_the_limit_are_named),
        TEST(bad_columns_are_named),   TEST(bad_rows_are_named),
        TEST(bad_constant_is_refused), TEST(validate_finds_later_changes),
        TEST(wide_rows_are_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
