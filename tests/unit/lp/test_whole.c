/* Whole numbers: against enumeration, and what an answer promises.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <unistd.h>

#include "clock.h"
#include "lp_support.h"
#include "solver.h"

static int set_up(void **state)
{
    *state = fab_context_new();
    return *state == NULL;
}

static int tear_down(void **state)
{
    fab_context_free(*state);
    return 0;
}

static fab_lp_solution *solve(fab_context *context, fab_solver *solver, const fab_solver_options *options)
{
    fab_lp_solution *solution = NULL;
    if (fab_solver_solve(context, solver, options, &solution))
        fail_msg("%s", fab_context_message(context));
    return solution;
}

/* What is promised of a point: whole where it must be, feasible by the exact check, not above the bound. Gives its objective. */
static double verify(fab_context *context, const fab_solver *solver, const fab_lp_solution *solution)
{
    const fab_lp *lp = fab_solver_program(solver);
    fab_lp_certificate certificate;
    assert_int_equal(FAB_OK, fab_lp_check(context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.row_residual <= FAB_LP_FEASIBILITY && certificate.column_residual <= FAB_LP_FEASIBILITY);
    assert_true(certificate.objective <= certificate.bound + 1e-9 * fmax(1, fabs(certificate.bound)));
    for (int j = 0; j < lp->column_count; j++)
        assert_true(!lp->column[j].integer || solution->x[j] == rint(solution->x[j]));
    return certificate.objective;
}

static fab_solver *open_dense(fab_context *context, const struct dense_lp *dense)
{
    fab_lp *lp = lp_from_dense(context, dense);
    fab_solver *solver = NULL;
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    fab_lp_free(lp);
    return solver;
}

/* ---- enumeration */

enum { WHOLE = 4, REST = 3, ROWS = 4, MOST = 4 };

/* Rows with whole coefficients, the last one an equality at times; columns 0..WHOLE-1 go from 0 to MOST, the others to 2.5. */
static fab_solver *open_random(fab_context *context, uint64_t seed, int columns)
{
    fab_lp *lp = fab_lp_new("whole");
    for (int i = 0; i < ROWS; i++) {
        double limit = 5 + random_below(&seed, 40);
        bool equality = i + 1 == ROWS && random_below(&seed, 3) == 0;
        fab_lp_add_row(lp, "r", equality ? limit : -INFINITY, limit);
    }
    for (int j = 0; j < columns; j++) {
        fab_lp_add_column(lp, "x", 0, j < WHOLE ? MOST : 2.5, 1 + random_below(&seed, 20));
        for (int i = 0; i < ROWS; i++)
            fab_lp_add(lp, i, j, random_below(&seed, 11) - 1);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    fab_solver *solver = NULL;
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    for (int j = 0; j < WHOLE; j++)
        assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, j, true));
    fab_lp_free(lp);
    return solver;
}

/* Objective of one choice of the whole numbers with the best of the rest, -INFINITY when there is none: another solver without integer columns, their limits moved. */
static double try_choice(fab_context *context, fab_solver *fixed, int choice)
{
    double objective = -INFINITY;
    for (int j = 0; j < WHOLE; j++, choice /= MOST + 1)
        assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, fixed, j, choice % (MOST + 1), choice % (MOST + 1)));
    fab_lp_solution *solution = solve(context, fixed, NULL);
    if (solution->outcome == FAB_OPTIMAL)
        objective = verify(context, fixed, solution);
    fab_lp_solution_free(solution);
    return objective;
}

static double enumerate(fab_context *context, const fab_solver *solver)
{
    double best = -INFINITY;
    fab_solver *fixed = NULL;
    assert_int_equal(FAB_OK, fab_solver_open(context, fab_solver_program(solver), &fixed));
    for (int j = 0; j < WHOLE; j++)
        assert_int_equal(FAB_OK, fab_solver_mark_integer(context, fixed, j, false));
    for (int choice = 0; choice < (MOST + 1) * (MOST + 1) * (MOST + 1) * (MOST + 1); choice++)
        best = fmax(best, try_choice(context, fixed, choice));
    fab_solver_close(fixed);
    return best;
}

/* The same for programs of whole numbers alone, without any solver. */
static double enumerate_by_hand(const fab_solver *solver)
{
    const fab_lp *lp = fab_solver_program(solver);
    double best = -INFINITY;
    for (int choice = 0; choice < (MOST + 1) * (MOST + 1) * (MOST + 1) * (MOST + 1); choice++) {
        double objective = 0, activity[ROWS] = {0};
        bool feasible = true;
        for (int j = 0, rest = choice; j < WHOLE; j++, rest /= MOST + 1) {
            objective += lp->column[j].objective * (rest % (MOST + 1));
            for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
                activity[lp->row_index[k]] += lp->value[k] * (rest % (MOST + 1));
        }
        for (int i = 0; i < ROWS; i++)
            feasible &= activity[i] >= lp->row[i].lower && activity[i] <= lp->row[i].upper;
        if (feasible)
            best = fmax(best, objective);
    }
    return best;
}

static void expect_best(fab_context *context, fab_solver *solver, double best)
{
    fab_lp_solution *solution = solve(context, solver, NULL);
    if (best == -INFINITY) {
        assert_int_equal(FAB_INFEASIBLE, solution->outcome);
        assert_null(solution->x);
    } else {
        assert_int_equal(FAB_OPTIMAL, solution->outcome);
        assert_close(verify(context, solver, solution), best, 1e-9, 1e-9);
    }
    fab_lp_solution_free(solution);
}

static void whole_programs(void **state)
{
    int infeasible = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        fab_solver *solver = open_random(*state, seed, WHOLE);
        double best = enumerate_by_hand(solver);
        infeasible += best == -INFINITY;
        expect_best(*state, solver, best);
        fab_solver_close(solver);
    }
    assert_true(infeasible > 0 && infeasible < 100);
}

static void mixed_programs(void **state)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        fab_solver *solver = open_random(*state, seed, WHOLE + REST);
        expect_best(*state, solver, enumerate(*state, solver));
        fab_solver_close(solver);
    }
}

/* ---- by hand */

/* 3 x + 2 y <= 4.5, x worth 1.9 and y 1: x = 1.5; with x whole x = 1 and y = 0.75; with both y = 2, for x = 1 leaves no room for y. */
static const struct dense_lp pair = {.source = "pair",
                                     .rows = 1,
                                     .columns = 2,
                                     .coefficient = {{3, 2}},
                                     .row_lower = {-INFINITY},
                                     .row_upper = {4.5},
                                     .upper = {10, 10},
                                     .cost = {1.9, 1}};

static void marked_and_unmarked(void **state)
{
    fab_context *context = *state;
    fab_solver *solver = open_dense(context, &pair);
    expect_best(context, solver, 1.9 * 1.5);
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 0, true));
    expect_best(context, solver, 1.9 + 0.75);
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 1, true));
    expect_best(context, solver, 2);
    assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, 1, 0.5, 1.7)); /* whole: 1 */
    expect_best(context, solver, 1);
    assert_true(fab_solver_program(solver)->column[1].lower == 0.5 && fab_solver_program(solver)->column[1].upper == 1.7); /* put back */
    assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, 1, 0.5, 0.7)); /* none */
    expect_best(context, solver, -INFINITY);
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 1, false));
    expect_best(context, solver, 1.9 + 0.7);
    fab_solver_close(solver);
}

/* Multipliers, statuses and the bound are those without whole numbers, and the next solve starts from there. */
static void the_bound_is_without_whole_numbers(void **state)
{
    fab_context *context = *state;
    fab_solver *solver = open_dense(context, &pair);
    fab_lp_solution *without = solve(context, solver, NULL);
    fab_lp_certificate certificate;
    char *rows, *columns;
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 0, true));
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 1, true));
    fab_lp_solution *with = solve(context, solver, NULL);
    assert_int_equal(FAB_OK, fab_lp_check(context, fab_solver_program(solver), with->x, with->multiplier, &certificate));
    assert_true(!certificate.verified); /* nothing proves that 2 is the best */
    assert_close(certificate.objective, 2, 0, 0);
    assert_close(certificate.bound, 1.9 * 1.5, 1e-15, 0);
    assert_true(with->multiplier[0] == without->multiplier[0] && with->reduced_cost[1] == without->reduced_cost[1]);
    assert_string_equal(without->column_status, with->column_status);
    assert_int_equal(FAB_OK, fab_solver_take_basis(context, solver, &rows, &columns));
    assert_string_equal(without->row_status, rows);
    assert_string_equal(without->column_status, columns);
    free(rows);
    free(columns);
    fab_lp_solution_free(without);
    fab_lp_solution_free(with);
    fab_solver_close(solver);
}

/* y <= 1e6 x with x = 1e-6, which is whole for many a code, is no answer. */
static void almost_whole_is_not_whole(void **state)
{
    fab_context *context = *state;
    static const struct dense_lp switched = {.source = "switch",
                                             .rows = 1,
                                             .columns = 2,
                                             .coefficient = {{-1e6, 1}},
                                             .row_lower = {-INFINITY},
                                             .row_upper = {0},
                                             .upper = {1, 1},
                                             .cost = {-0.5, 1}};
    fab_solver *solver = open_dense(context, &switched);
    assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 0, true));
    fab_lp_solution *solution = solve(context, solver, NULL);
    assert_close(verify(context, solver, solution), 0.5, 0, 0);
    assert_close(solution->x[0], 1, 0, 0);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}

/* ---- time: market split (Cornuejols, Dawande 1998), hopeless for branch and cut at this size */

static fab_solver *open_market_split(fab_context *context)
{
    enum { MARKETS = 5, CUSTOMERS = 40 };
    uint64_t seed = 1;
    fab_lp *lp = fab_lp_new("market split");
    fab_solver *solver = NULL;
    for (int i = 0; i < MARKETS; i++) {
        double sum = 0, share[CUSTOMERS];
        for (int j = 0; j < CUSTOMERS; j++)
            sum += share[j] = random_below(&seed, 100);
        fab_lp_add_row(lp, "market", floor(sum / 2), floor(sum / 2));
        for (int j = 0; j < CUSTOMERS; j++) {
            if (i == 0)
                fab_lp_add_column(lp, "customer", 0, 1, 0);
            fab_lp_add(lp, i, j, share[j]);
        }
        for (int side = -1; side <= 1; side += 2) { /* what is missed costs 1 */
            int slack = fab_lp_add_column(lp, "slack", 0, 1e4, -1);
            fab_lp_add(lp, i, slack, side);
        }
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    for (int j = 0; j < CUSTOMERS; j++)
        assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, j, true));
    fab_lp_free(lp);
    return solver;
}

static void a_deadline_gives_the_best_so_far(void **state)
{
    fab_context *context = *state;
    fab_solver *solver = open_market_split(context);
    double began = fab_clock();
    fab_lp_solution *solution = solve(context, solver, &(fab_solver_options){.deadline = began + 1});
    double took = fab_clock() - began;
    print_message("deadline after 1 s: %.3f s\n", took);
    assert_int_equal(FAB_LIMIT, solution->outcome);
    assert_non_null(solution->x);
    print_message("missed by %g\n", -verify(context, solver, solution));
    assert_true(took < 3);
    fab_lp_solution_free(solution);
    /* a deadline that has passed: no point at all, for one with fractions is none */
    assert_int_equal(FAB_OK, fab_solver_give_basis(context, solver, NULL, NULL));
    solution = solve(context, solver, &(fab_solver_options){.deadline = fab_clock() - 1});
    assert_int_equal(FAB_LIMIT, solution->outcome);
    assert_null(solution->x);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}

static void *ring(void *context)
{
    usleep(500000);
    fab_context_interrupt(context);
    return NULL;
}

static void the_search_is_interrupted(void **state)
{
    fab_context *context = *state, *other = fab_context_new();
    fab_solver *solver = open_market_split(context);
    fab_lp_solution *none = NULL;
    pthread_t thread;
    double began = fab_clock();
    assert_int_equal(0, pthread_create(&thread, NULL, ring, context));
    assert_int_equal(FAB_INTERRUPTED, fab_solver_solve(context, solver, NULL, &none));
    assert_null(none);
    assert_int_equal(0, pthread_join(thread, NULL));
    assert_true(fab_clock() - began < 2.5);
    for (int j = 0; j < 40; j++)
        assert_int_equal(FAB_OK, fab_solver_mark_integer(other, solver, j, false));
    fab_lp_solution *solution = solve(other, solver, NULL); /* and goes on */
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_close(verify(other, solver, solution), 0, 0, 1e-9);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_context_free(other);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(whole_programs),
        TEST(mixed_programs),
        TEST(marked_and_unmarked),
        TEST(the_bound_is_without_whole_numbers),
        TEST(almost_whole_is_not_whole),
        TEST(a_deadline_gives_the_best_so_far),
        TEST(the_search_is_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
