/* The interior point: proven optima of programs made backwards from one, certificates where there is none, honesty where it gets nowhere.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "farkas.h"
#include "interior.h"
#include "solver_support.h"

static struct fixture *fixture_of(void **state)
{
    return *state;
}

/* One solve without a ladder around it. */
static enum fab_interior_result solve_inside(fab_context *context, const fab_lp *lp, fab_lp_solution **solution)
{
    static const struct fab_engine_watch none;
    enum fab_interior_result result;
    struct fab_lp_factors factors = {0};
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &factors));
    if (fab_interior_solve(context, &(struct fab_interior_asked){.lp = lp, .factors = &factors, .watch = &none}, &result, solution))
        fail_msg("%s", fab_context_message(context));
    fab_lp_factors_fini(&factors);
    return result;
}

static double prove(fab_context *context, const fab_lp *lp, const fab_lp_solution *solution)
{
    fab_lp_certificate certificate;
    assert_non_null(solution);
    assert_int_equal(FAB_OK, fab_lp_check(context, lp, solution->x, solution->multiplier, &certificate));
    if (!certificate.verified)
        fail_msg("gap %g, rows %g, columns %g", certificate.gap, certificate.row_residual, certificate.column_residual);
    return certificate.objective;
}

static void expect_optimum(fab_context *context, const fab_lp *lp, double optimum, const char *what, uint64_t seed)
{
    fab_lp_solution *solution = NULL;
    enum fab_interior_result result = solve_inside(context, lp, &solution);
    if (result != FAB_INTERIOR_DONE)
        fail_msg("%s, seed %d: result %d", what, (int)seed, result);
    double objective = prove(context, lp, solution);
    if (!(fabs(objective - optimum) <= 1e-9 * fmax(1, fabs(optimum))))
        fail_msg("%s, seed %d: objective %.17g, optimum %.17g", what, (int)seed, objective, optimum);
    fab_lp_solution_free(solution);
}

/* Equations, ranges, rows of one side, columns at both limits, between them and fixed; degenerate in half of all places; coefficients over twelve orders; generous upper limits. */
static void finds_optima_it_is_not_told(void **state)
{
    fab_context *context = fixture_of(state)->context;
    static const struct {
        const char *name;
        struct random_shape shape;
    } kinds[] = {
        {"small", {12, 18, 0.4, 0, false, 0}},
        {"degenerate", {40, 60, 0.2, 0, true, 0}},
        {"more rows than columns", {60, 25, 0.2, 0, true, 0}},
        {"over twelve orders", {40, 60, 0.2, 20, true, 0}},
        {"generous limits", {40, 60, 0.2, 5, true, 1e6}},
        {"larger", {200, 300, 0.05, 5, true, 0}},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (uint64_t seed = 1; seed <= 12; seed++) {
            fab_lp *lp = fab_lp_new("random");
            double optimum = make_random(seed * 1000 + k, &kinds[k].shape, lp);
            assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
            expect_optimum(context, lp, optimum, kinds[k].name, seed);
            fab_lp_free(lp);
        }
}

static void finds_a_published_optimum(void **state)
{
    fab_context *context = fixture_of(state)->context;
    fab_lp *lp = lp_from_dense(context, &dakota);
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_INTERIOR_DONE, solve_inside(context, lp, &solution));
    assert_true(solution->interior);
    for (int j = 0; j < dakota.columns; j++)
        assert_true(fabs(solution->x[j] - dakota.x[j]) <= 1e-7);
    for (int i = 0; i < dakota.rows; i++)
        assert_true(fabs(solution->multiplier[i] - dakota.multiplier[i]) <= 1e-7);
    assert_string_equal("buu", solution->row_status);
    assert_string_equal("blb", solution->column_status);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* Of a whole edge of optima, x + y = 1, the middle. */
static void ends_in_the_middle_of_the_face(void **state)
{
    fab_context *context = fixture_of(state)->context;
    static const struct dense_lp edge = {.source = "edge", .rows = 1, .columns = 2, .coefficient = {{1, 1}}, .row_lower = {-INFINITY}, .row_upper = {1}, .upper = {5, 5}, .cost = {1, 1}, .optimum = 1};
    fab_lp *lp = lp_from_dense(context, &edge);
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_INTERIOR_DONE, solve_inside(context, lp, &solution));
    assert_true(fabs(solution->x[0] - 0.5) < 0.01);
    assert_true(fabs(solution->x[1] - 0.5) < 0.01);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* A program whose rows contradict each other by `much`, in a sea of rows that do not: x0 + x1 <= 1 and x0 + x1 >= 1 + much. */
static fab_lp *make_contradiction(fab_context *context, uint64_t seed, double much)
{
    fab_lp *lp = fab_lp_new("contradiction");
    make_random(seed, &medium, lp);
    int low = fab_lp_add_column(lp, "low", 0, 10, 1), high = fab_lp_add_column(lp, "high", 0, 10, 2);
    int above = fab_lp_add_row(lp, "above", -INFINITY, 1), below = fab_lp_add_row(lp, "below", 1 + much, INFINITY);
    for (int n = 0; n < 2; n++) {
        assert_true(fab_lp_add(lp, n ? above : below, low, 1));
        assert_true(fab_lp_add(lp, n ? above : below, high, 1));
        assert_true(fab_lp_add(lp, n ? above : below, 0, 0.5));
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

static void proves_that_there_is_no_point(void **state)
{
    fab_context *context = fixture_of(state)->context;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        fab_lp *lp = make_contradiction(context, seed, 0.5);
        fab_lp_solution *solution = NULL;
        bool proven = false;
        assert_int_equal(FAB_INTERIOR_INFEASIBLE, solve_inside(context, lp, &solution));
        assert_int_equal(FAB_OK, fab_farkas_check(context, lp, solution->multiplier, &proven));
        assert_true(proven);
        fab_lp_solution_free(solution);
        fab_lp_free(lp);
    }
}

/* By the solver: the same verdict as the simplex method's. */
static void a_solver_says_that_there_is_no_point(void **state)
{
    fab_context *context = fixture_of(state)->context;
    for (int method = FAB_LP_SIMPLEX; method <= FAB_LP_INTERIOR; method++) {
        fab_lp *lp = make_contradiction(context, 3, 0.5);
        lp->method = method;
        fab_solver *solver = open_solver(context, lp);
        fab_lp_solution *solution = solve(context, solver, NULL);
        assert_int_equal(FAB_INFEASIBLE, solution->outcome);
        assert_null(solution->x);
        fab_lp_solution_free(solution);
        fab_solver_close(solver);
        fab_lp_free(lp);
    }
}

/* Multipliers of a program that has points prove nothing, whatever they are. */
static void no_multipliers_refute_what_is_true(void **state)
{
    fab_context *context = fixture_of(state)->context;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        fab_lp *lp = fab_lp_new("true");
        uint64_t draw = seed;
        bool proven = true;
        double multiplier[60];
        make_random(seed, &medium, lp);
        assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
        for (int i = 0; i < 60; i++)
            multiplier[i] = ldexp(random_unit(&draw) - 0.5, random_below(&draw, 60) - 30);
        assert_int_equal(FAB_OK, fab_farkas_check(context, lp, multiplier, &proven));
        assert_false(proven);
        multiplier[7] = (double)NAN;
        assert_int_equal(FAB_OK, fab_farkas_check(context, lp, multiplier, &proven));
        assert_false(proven);
        fab_lp_free(lp);
    }
}

/* What cannot be bounded ends at the limits of its columns, which every program has: the answer says so by a multiplier there. */
static void a_program_without_end_ends_at_its_limits(void **state)
{
    fab_context *context = fixture_of(state)->context;
    static const struct dense_lp endless = {
        .source = "without end", .rows = 1, .columns = 2, .coefficient = {{1, -1}}, .row_lower = {0}, .row_upper = {INFINITY}, .upper = {1e12, 1e12}, .cost = {1, 1}, .optimum = 2e12};
    fab_lp *lp = lp_from_dense(context, &endless);
    expect_optimum(context, lp, 2e12, "without end", 0);
    fab_lp_free(lp);
}

/* Both methods, one optimum: the solver falls back by itself where one gives no proof. */
static void methods_agree(void **state)
{
    fab_context *context = fixture_of(state)->context;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        double objective[2];
        for (int n = 0; n < 2; n++) {
            fab_lp *lp = fab_lp_new("random");
            make_random(seed, &medium, lp);
            lp->method = n ? FAB_LP_INTERIOR : FAB_LP_SIMPLEX;
            assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
            fab_solver *solver = open_solver(context, lp);
            assert_int_equal(lp->method, fab_solver_program(solver)->method);
            fab_lp_solution *solution = solve(context, solver, NULL);
            assert_int_equal(n, solution->interior);
            objective[n] = verify(context, solver, solution);
            fab_lp_solution_free(solution);
            objective[n] = fmax(objective[n], optimum(context, solver)); /* again, from what is no basis */
            fab_solver_close(solver);
            fab_lp_free(lp);
        }
        assert_true(fabs(objective[0] - objective[1]) <= 1e-9 * fmax(1, fabs(objective[0])));
    }
}

/* A program of nothing but what the presolve decides, and one of nothing. */
static void what_decides_itself_needs_no_iteration(void **state)
{
    fab_context *context = fixture_of(state)->context;
    static const struct dense_lp decided = {.source = "decided",
                                            .rows = 3,
                                            .columns = 3,
                                            .coefficient = {{2, 0, 0}, {1, 1, 0}, {0, 3, 1}},
                                            .row_lower = {-INFINITY, 5, -INFINITY},
                                            .row_upper = {4, 5, 100},
                                            .upper = {10, 10, 7},
                                            .cost = {3, 1, -1},
                                            .optimum = 9};
    fab_lp *lp = lp_from_dense(context, &decided);
    expect_optimum(context, lp, 9, "decided", 0);
    fab_lp_free(lp);
    lp = fab_lp_new("nothing");
    fab_lp_add_row(lp, "r", -1, 1);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    expect_optimum(context, lp, 0, "nothing", 0);
    fab_lp_free(lp);
}

/* An item that nothing brings in for three periods: balances that hold stock and use at 0, one after the other. Without the presolve the multipliers have no end. */
static void balances_of_nothing_have_multipliers(void **state)
{
    fab_context *context = fixture_of(state)->context;
    fab_lp *lp = fab_lp_new("balances");
    enum { PERIODS = 6, FIRST = 3 };
    int stock[PERIODS], use[PERIODS], made[PERIODS];
    for (int t = 0; t < PERIODS; t++) {
        stock[t] = fab_lp_add_column(lp, "stock", 0, 1000, -0.1);
        use[t] = fab_lp_add_column(lp, "use", 0, 1000, 10);
        made[t] = t < FIRST ? -1 : fab_lp_add_column(lp, "made", 0, 5, -1);
    }
    for (int t = 0; t < PERIODS; t++) {
        int balance = fab_lp_add_row(lp, "balance", 0, 0);
        assert_true(fab_lp_add(lp, balance, use[t], 1) && fab_lp_add(lp, balance, stock[t], 1));
        assert_true(t == 0 || fab_lp_add(lp, balance, stock[t - 1], -1));
        assert_true(made[t] < 0 || fab_lp_add(lp, balance, made[t], -1));
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_INTERIOR_DONE, solve_inside(context, lp, &solution));
    assert_true(fabs(prove(context, lp, solution) - 9.0 * 5 * 3) <= 1e-7);
    for (int i = 0; i < PERIODS; i++)
        assert_true(fabs(solution->multiplier[i]) <= 10.5); /* one more unit in stock is worth a sale, and no more */
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* Time that is over, and a wish to stop in the middle: heard at the next iteration. */
static void stops_when_told(void **state)
{
    struct fixture *fixture = fixture_of(state);
    fab_lp *lp = fab_lp_new("random");
    make_random(5, &large, lp);
    lp->method = FAB_LP_INTERIOR;
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    struct fab_lp_factors factors = {0};
    const struct fab_engine_watch late = {.deadline = 1e-9};
    enum fab_interior_result result;
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_OK, fab_lp_scale(fixture->context, lp, &factors));
    assert_int_equal(FAB_OK, fab_interior_solve(fixture->context, &(struct fab_interior_asked){.lp = lp, .factors = &factors, .watch = &late}, &result, &solution));
    assert_int_equal(FAB_INTERIOR_TIME, result);
    fab_lp_solution_free(solution);
    fixture->interrupt_at = FAB_LEVEL_DETAIL;
    const struct fab_engine_watch none = {0};
    assert_int_equal(FAB_INTERRUPTED, fab_interior_solve(fixture->context, &(struct fab_interior_asked){.lp = lp, .factors = &factors, .watch = &none}, &result, &solution));
    assert_null(solution);
    fab_lp_factors_fini(&factors);
    fab_lp_free(lp);
}

static void gives_the_same_bits_again(void **state)
{
    fab_context *context = fixture_of(state)->context;
    fab_lp *lp = fab_lp_new("random");
    fab_lp_solution *first = NULL, *second = NULL;
    make_random(9, &large, lp);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    solve_inside(context, lp, &first);
    solve_inside(context, lp, &second);
    assert_memory_equal(first->x, second->x, (size_t)lp->column_count * sizeof *first->x);
    assert_memory_equal(first->multiplier, second->multiplier, (size_t)lp->row_count * sizeof *first->multiplier);
    fab_lp_solution_free(first);
    fab_lp_solution_free(second);
    fab_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(finds_optima_it_is_not_told),
        TEST(finds_a_published_optimum),
        TEST(ends_in_the_middle_of_the_face),
        TEST(proves_that_there_is_no_point),
        TEST(a_solver_says_that_there_is_no_point),
        TEST(no_multipliers_refute_what_is_true),
        TEST(a_program_without_end_ends_at_its_limits),
        TEST(methods_agree),
        TEST(what_decides_itself_needs_no_iteration),
        TEST(balances_of_nothing_have_multipliers),
        TEST(stops_when_told),
        TEST(gives_the_same_bits_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
