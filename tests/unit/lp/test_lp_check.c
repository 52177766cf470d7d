/* The exact certificate.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_support.h"

struct fixture {
    fab_context *context;
    fab_lp *lp;
    double x[4], multiplier[4];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    fixture->lp = lp_from_dense(fixture->context, &dakota);
    memcpy(fixture->x, dakota.x, sizeof fixture->x);
    memcpy(fixture->multiplier, dakota.multiplier, sizeof fixture->multiplier);
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

static fab_lp_certificate check(struct fixture *fixture)
{
    fab_lp_certificate certificate;
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, fixture->lp, fixture->x, fixture->multiplier, &certificate));
    return certificate;
}

static void the_optimum_is_verified(void **state)
{
    struct fixture *fixture = *state;
    fixture->lp->objective_constant = -1000;
    fab_lp_certificate certificate = check(fixture);
    assert_true(certificate.verified);
    assert_true(certificate.objective == -720 && certificate.bound == -720 && certificate.gap == 0);
    assert_true(certificate.row_residual == 0 && certificate.column_residual == 0);
    assert_int_equal(-1, certificate.worst_row);
    assert_int_equal(-1, certificate.worst_column);
}

/* Every number that matters, changed by 1e-6 of itself (or by 1e-6 when it is 0), up and down: at least one of the two is refused. */
static void refuse_changed(struct fixture *fixture, double *number)
{
    double kept = *number, step = 1e-6 * fmax(1, fabs(kept));
    *number = kept + step;
    bool up = check(fixture).verified;
    *number = kept - step;
    bool down = check(fixture).verified;
    *number = kept;
    assert_false(up);
    assert_false(down);
    assert_true(check(fixture).verified);
}

static void a_changed_point_is_refused(void **state)
{
    struct fixture *fixture = *state;
    refuse_changed(fixture, &fixture->x[0]);
    refuse_changed(fixture, &fixture->x[2]);
    fixture->x[1] = -1e-6;
    fab_lp_certificate certificate = check(fixture);
    assert_false(certificate.verified);
    assert_int_equal(1, certificate.worst_column);
    assert_true(certificate.column_residual == 1e-6);
}

static void changed_multipliers_are_refused(void **state)
{
    struct fixture *fixture = *state;
    refuse_changed(fixture, &fixture->multiplier[1]);
    refuse_changed(fixture, &fixture->multiplier[2]);
    fixture->multiplier[0] = 1e-6;
    assert_false(check(fixture).verified);
}

/* Desks and chairs are made, carpentry and finishing are short: those coefficients, limits and prices matter. */
static void changed_data_are_refused(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fixture->lp;
    for (int j = 0; j < 3; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (j != 1 && lp->row_index[k] != 0)
                refuse_changed(fixture, &lp->value[k]);
    refuse_changed(fixture, &lp->row[1].upper);
    refuse_changed(fixture, &lp->row[2].upper);
    refuse_changed(fixture, &lp->column[0].objective);
    refuse_changed(fixture, &lp->column[2].objective);
}

/* y = (0, 0, 10): bound 8 x 10 + 100 (40 + 15 + 15). */
static void a_wrong_sign_weakens_the_bound(void **state)
{
    struct fixture *fixture = *state;
    fixture->multiplier[1] = -10;
    fab_lp_certificate certificate = check(fixture);
    assert_true(certificate.bound == 7080);
    assert_true(certificate.objective == 280);
    assert_false(certificate.verified);
    fixture->multiplier[1] = 10;
    fixture->multiplier[0] = -3; /* as good as the right 0 */
    assert_true(check(fixture).verified);
}

/* Both signs of a multiplier bound a range: 2 <= x <= 5, maximise -x: y = -1 takes the lower limit. */
static void ranges_use_both_limits(void **state)
{
    struct fixture *fixture = *state;
    static const struct dense_lp range = {.source = "range",
                                          .rows = 1,
                                          .columns = 1,
                                          .coefficient = {{1}},
                                          .row_lower = {2},
                                          .row_upper = {5},
                                          .lower = {-9},
                                          .upper = {9},
                                          .cost = {-1}};
    fab_lp *lp = lp_from_dense(fixture->context, &range);
    fab_lp_certificate certificate;
    fab_lp_check(fixture->context, lp, (double[]){2}, (double[]){-1}, &certificate);
    assert_true(certificate.verified && certificate.bound == -2);
    fab_lp_check(fixture->context, lp, (double[]){2}, (double[]){1}, &certificate);
    assert_true(certificate.bound == 5 + 18); /* reduced cost -2 at the lower limit -9 */
    fab_lp_check(fixture->context, lp, (double[]){7}, (double[]){-1}, &certificate);
    assert_true(certificate.row_residual == 2.0 / 7); /* 7 - 5, the largest term is 7 */
    fab_lp_check(fixture->context, lp, (double[]){1}, (double[]){-1}, &certificate);
    assert_true(certificate.row_residual == 0.5); /* 2 - 1, the limit is 2 */
    fab_lp_free(lp);
}

/* As doubles, 0.1 + 0.2 exceeds 0.3 by exactly 2^-55; rounded arithmetic says 2^-54. */
static void decimals_are_what_they_are(void **state)
{
    struct fixture *fixture = *state;
    static const struct dense_lp tenths = {.source = "tenths",
                                           .rows = 1,
                                           .columns = 2,
                                           .coefficient = {{0.1, 0.2}},
                                           .row_lower = {-INFINITY},
                                           .row_upper = {0.3},
                                           .upper = {3, 3},
                                           .cost = {0.1, 0.3}};
    fab_lp *lp = lp_from_dense(fixture->context, &tenths);
    fab_lp_certificate certificate;
    fab_lp_check(fixture->context, lp, (double[]){1, 1}, (double[]){1}, &certificate);
    assert_true(certificate.row_residual == 0x1p-55 / (0.2 * 3)); /* no product in the row can be larger */
    assert_int_equal(0, certificate.worst_row);
    /* 0.1 + 0.3 as doubles is 0.4 - 2^-57 (0.4 as a double): nearest is 0.4 */
    assert_true(certificate.objective == 0.4);
    /* bound: 0.3 + 3 (0.3 - 0.2) with 0.3 - 0.2 = 0x1.9999999999998p-4 exactly: 0x1.3333333333332p-2 + 0x1.3333333333333p-2, rounded up */
    assert_true(certificate.bound == 0.59999999999999997779554);
    fab_lp_free(lp);
}

/* A program in which nothing is worth a billionth is proven relative to what it can be worth: its optimum is, nothing else is. */
static void what_is_worth_little_is_no_less_exact(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fixture->lp;
    for (int j = 0; j < lp->column_count; j++)
        lp->column[j].objective *= 0x1p-50;
    for (int i = 0; i < lp->row_count; i++)
        fixture->multiplier[i] *= 0x1p-50;
    fab_lp_certificate certificate = check(fixture);
    assert_true(certificate.verified && certificate.objective == 280 * 0x1p-50 && certificate.gap == 0);
    double kept[4];
    memcpy(kept, fixture->x, sizeof kept);
    memset(fixture->x, 0, sizeof fixture->x);
    certificate = check(fixture);
    assert_false(certificate.verified);
    assert_true(fab_lp_is_feasible(&certificate) && certificate.gap > 1e-4);
    memcpy(fixture->x, kept, sizeof kept);
    memset(fixture->multiplier, 0, sizeof fixture->multiplier);
    assert_false(check(fixture).verified);
}

/* Rows in which nothing is large are held relative to what can stand in them; so are columns with small limits. */
static void what_is_small_is_no_less_exact(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fixture->lp;
    for (int k = 0; k < lp->nonzero_count; k++)
        lp->value[k] *= 0x1p-50;
    for (int i = 0; i < lp->row_count; i++) {
        lp->row[i].upper *= 0x1p-50;
        fixture->multiplier[i] *= 0x1p50;
    }
    assert_true(check(fixture).verified);
    for (int j = 0; j < lp->column_count; j++)
        fixture->x[j] += 1;
    fab_lp_certificate certificate = check(fixture);
    assert_false(fab_lp_is_feasible(&certificate));
    assert_true(certificate.row_residual > 1e-4);
    fab_lp *small = fab_lp_new("small");
    fab_lp_add_column(small, "x", 0, 1e-12, 1);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, small));
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, small, (double[]){1e-12}, (double[]){0}, &certificate));
    assert_true(certificate.verified);
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, small, (double[]){2e-12}, (double[]){0}, &certificate));
    assert_true(certificate.column_residual > 0.5);
    fab_lp_free(small);
}

static void what_is_not_finite_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t k = 0; k < 3; k++) {
        fixture->x[1] = bad[k];
        assert_false(check(fixture).verified);
        fixture->x[1] = 0;
        fixture->multiplier[0] = bad[k];
        assert_false(check(fixture).verified);
        fixture->multiplier[0] = 0;
    }
    assert_true(check(fixture).verified);
}

static void huge_points_are_refused(void **state)
{
    struct fixture *fixture = *state;
    fixture->x[0] = 1e308;
    assert_false(check(fixture).verified);
    fixture->x[0] = 2;
    fixture->multiplier[1] = 1e308;
    assert_false(check(fixture).verified);
}

static void an_empty_program_is_its_constant(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = fab_lp_new("empty");
    fab_lp_certificate certificate;
    lp->objective_constant = 0.1;
    assert_int_equal(FAB_INTERNAL, fab_lp_check(fixture->context, lp, NULL, NULL, &certificate)); /* not sealed */
    fab_lp_seal(fixture->context, lp);
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, lp, (double[]){0}, (double[]){0}, &certificate));
    assert_true(certificate.verified && certificate.objective == 0.1 && certificate.bound == 0.1);
    fab_lp_free(lp);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_optimum_is_verified),          TEST(a_changed_point_is_refused),     TEST(changed_multipliers_are_refused),
        TEST(changed_data_are_refused),         TEST(a_wrong_sign_weakens_the_bound), TEST(ranges_use_both_limits),
        TEST(decimals_are_what_they_are),       TEST(what_is_not_finite_is_refused),  TEST(huge_points_are_refused),
        TEST(an_empty_program_is_its_constant), TEST(what_is_worth_little_is_no_less_exact), TEST(what_is_small_is_no_less_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
