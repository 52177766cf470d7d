/* Scale factors: powers of two, near 1, kept when the program grows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_change.h"
#include "lp_scale.h"
#include "random_lp.h"

static void expect_powers(const double *factor, int count)
{
    int exponent;
    for (int i = 0; i < count; i++)
        assert_true(frexp(factor[i], &exponent) == 0.5);
}

/* Largest over smallest |coefficient|, scaled or not. */
static double spread(const fab_lp *lp, const struct fab_lp_factors *factors)
{
    double least = INFINITY, largest = 0;
    for (int j = 0; j < lp->column_count; j++) {
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            double size = fabs(lp->value[k]) * (factors ? factors->row[lp->row_index[k]] * factors->column[j] : 1);
            least = fmin(least, size);
            largest = fmax(largest, size);
        }
    }
    return largest / least;
}

static fab_lp *make_spread(fab_context *context)
{
    static const struct random_shape wide = {40, 60, 0.15, 30, true, 0};
    fab_lp *lp = fab_lp_new("wide");
    make_random(3, &wide, lp);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

static void factors_bring_coefficients_together(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_lp *lp = make_spread(context);
    struct fab_lp_factors factors = {0};
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &factors));
    assert_int_equal(lp->row_count, factors.row_count);
    assert_int_equal(lp->column_count, factors.column_count);
    expect_powers(factors.row, factors.row_count);
    expect_powers(factors.column, factors.column_count);
    assert_true(spread(lp, NULL) > 1e15);
    assert_true(spread(lp, &factors) < 1e3);
    for (int j = 0; j < lp->column_count; j++) { /* the largest of a column is 1 but for the rounding to powers */
        double largest = 0;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            largest = fmax(largest, fabs(lp->value[k]) * factors.row[lp->row_index[k]] * factors.column[j]);
        assert_true(largest == 0 || (largest >= 0.35 && largest <= 2.9));
    }
    fab_lp_factors_fini(&factors);
    fab_lp_free(lp);
    fab_context_free(context);
}

static void factors_are_kept(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_lp *lp = make_spread(context);
    struct fab_lp_factors factors = {0};
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &factors));
    double row = factors.row[5], column = factors.column[7];
    /* a row of 2^20 of the column's scale: its factor is the other way about */
    const int index[] = {7};
    const double value[] = {0x1p20 / column};
    const struct fab_lp_terms terms = {1, index, value};
    const struct fab_lp_row added = {.name = "r", .lower = 0, .upper = 1};
    const struct fab_lp_column empty = {.name = "c", .lower = 0, .upper = 1};
    assert_int_equal(FAB_OK, fab_lp_insert_row(context, lp, &added, &terms));
    assert_int_equal(FAB_OK, fab_lp_insert_column(context, lp, &empty, &(struct fab_lp_terms){0, NULL, NULL}));
    const int new_row[] = {lp->row_count - 1};
    assert_int_equal(FAB_OK, fab_lp_insert_column(context, lp, &empty, &(struct fab_lp_terms){1, new_row, (const double[]){0x1p30}}));
    lp->value[lp->start[3]] *= 1e6; /* would move the others if they were found again */
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &factors));
    assert_true(factors.row[5] == row && factors.column[7] == column);
    assert_true(factors.row[lp->row_count - 1] == 0x1p-20);
    assert_true(factors.column[lp->column_count - 2] == 1);
    assert_true(factors.column[lp->column_count - 1] == 0x1p-10); /* 2^30 in a row of 2^-20 */
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &factors)); /* nothing new */
    assert_true(factors.row[lp->row_count - 1] == 0x1p-20);
    fab_lp_factors_fini(&factors);
    fab_lp_free(lp);
    fab_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_bring_coefficients_together),
        cmocka_unit_test(factors_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
