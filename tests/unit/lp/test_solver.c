/* The living solver: every verb, warm against cold, the same bits again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver_support.h"

/* Winston 6.1 to 6.3: the Dakota problem and what becomes of it. */
static void every_verb_on_dakota(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_dakota(context);
    int index = -1;
    assert_close(optimum(context, solver), 280, 1e-14, 0);
    /* tables at 35 do not pay yet (they must earn 5 more), at 36 they do: 2 t <= 20 - 4 d - 1.5 c, 1.5 t <= 8 - 2 d - 0.5 c; t and c: t = 1.6, c = 11.2 */
    assert_int_equal(FAB_OK, fab_solver_set_objective(context, solver, (const double[]){60, 35, 20}, 0));
    assert_close(optimum(context, solver), 280, 1e-14, 0);
    assert_int_equal(FAB_OK, fab_solver_set_objective(context, solver, (const double[]){60, 36, 20}, 7));
    assert_close(optimum(context, solver), 7 + 1.6 * 36 + 11.2 * 20, 1e-14, 0);
    assert_int_equal(FAB_OK, fab_solver_set_objective(context, solver, (const double[]){60, 30, 20}, 0));
    /* an hour of finishing is worth 10 */
    assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, 1, -INFINITY, 21));
    assert_close(optimum(context, solver), 290, 1e-14, 0);
    assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, 1, -INFINITY, 20));
    /* a table has to be made: 5 less */
    assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, 1, 1, 100));
    assert_close(optimum(context, solver), 275, 1e-14, 0);
    assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, 1, 0, 100));
    /* home computer tables at 15, one hour of finishing and one of carpentry: worth 20, not made; at 25 they are */
    const int hours[] = {2, 1};
    const struct fab_lp_column computer_table = {.name = "computer table", .upper = 100, .objective = 15, .tag = FAB_NO_TAG};
    assert_int_equal(FAB_OK, fab_solver_add_column(context, solver, &computer_table, &(struct fab_lp_terms){2, hours, (const double[]){1, 1}}, &index));
    assert_int_equal(3, index);
    assert_close(optimum(context, solver), 280, 1e-14, 0);
    /* chairs at most 6 */
    const int chairs[] = {2};
    const struct fab_lp_row market = {.name = "market", .lower = -INFINITY, .upper = 6, .tag = FAB_NO_TAG};
    assert_int_equal(FAB_OK, fab_solver_add_row(context, solver, &market, &(struct fab_lp_terms){1, chairs, (const double[]){1}}, &index));
    assert_int_equal(3, index);
    /* 4 d + k <= 11, 2 d + k <= 5, 60 d + 15 k: d = 2.5 */
    assert_close(optimum(context, solver), 60 * 2.5 + 20 * 6, 1e-14, 0);
    fab_solver_close(solver);
    fab_solver_close(NULL);
}

static void the_callers_program_stays(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_lp *lp = lp_from_dense(context, &dakota);
    fab_solver *solver = open_solver(context, lp);
    assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, 0, 0, 1));
    assert_true(lp->row[0].upper == 48);
    assert_true(fab_solver_program(solver)->row[0].upper == 1);
    lp->row[1].upper = 0;
    fab_lp_free(lp);
    assert_true(fab_solver_program(solver)->row[1].upper == 20);
    fab_solver_close(solver);
}

static void wrong_calls_are_refused(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_lp *lp = lp_from_dense(context, &dakota);
    fab_lp_add(lp, 0, 0, 1);
    fab_solver *solver = NULL;
    assert_int_equal(FAB_INTERNAL, fab_solver_open(context, lp, &solver)); /* not sealed */
    assert_null(solver);
    fab_lp_free(lp);
    solver = open_dakota(context);
    assert_int_equal(FAB_INTERNAL, fab_solver_set_objective(context, solver, (const double[]){1, NAN, 1}, 0));
    assert_int_equal(FAB_INTERNAL, fab_solver_set_row_limits(context, solver, 3, 0, 1));
    assert_int_equal(FAB_INTERNAL, fab_solver_set_column_limits(context, solver, 0, 0, INFINITY));
    assert_int_equal(FAB_INTERNAL, fab_solver_mark_integer(context, solver, 3, true));
    assert_int_equal(FAB_INTERNAL, fab_solver_mark_integer(context, solver, -1, true));
    assert_int_equal(FAB_INTERNAL, fab_solver_mark_settled(context, solver, 3, true));
    assert_int_equal(FAB_INTERNAL, fab_solver_mark_settled(context, solver, -1, true));
    assert_close(optimum(context, solver), 280, 1e-14, 0);
    fab_solver_close(solver);
}

/* ---- warm against cold */

static void move_limits(fab_context *context, fab_solver *solver, uint64_t *seed)
{
    const fab_lp *lp = fab_solver_program(solver);
    for (int k = 0; k < 3; k++) {
        int i = random_below(seed, lp->row_count), j = random_below(seed, lp->column_count);
        double wider = random_unit(seed), lower = lp->column[j].lower - wider;
        assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, i, lp->row[i].lower - wider, lp->row[i].upper + wider / 2));
        assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, j, lower, lower + random_unit(seed) * (lp->column[j].upper - lower)));
    }
}

/* Cuts off the point x by half a unit of a random row. */
static void add_cut(fab_context *context, fab_solver *solver, uint64_t *seed, const double *x)
{
    const fab_lp *lp = fab_solver_program(solver);
    int index[3], count = 0, at = random_below(seed, lp->column_count - 6);
    double value[3], activity = 0;
    for (; count < 3; count++, at += 1 + random_below(seed, 3)) {
        index[count] = at;
        value[count] = random_below(seed, 9) - 4;
        activity += value[count] * x[at];
    }
    const struct fab_lp_row row = {.name = "cut", .lower = -INFINITY, .upper = activity - 0.5, .tag = FAB_NO_TAG};
    assert_int_equal(FAB_OK, fab_solver_add_row(context, solver, &row, &(struct fab_lp_terms){count, index, value}, NULL));
}

static void add_activity(fab_context *context, fab_solver *solver, uint64_t *seed)
{
    const fab_lp *lp = fab_solver_program(solver);
    int index[2] = {random_below(seed, lp->row_count - 1), lp->row_count - 1};
    const double value[2] = {random_below(seed, 9) - 4, 1};
    const struct fab_lp_column column = {.name = "activity", .upper = 1 + random_unit(seed), .objective = random_unit(seed), .tag = FAB_NO_TAG};
    assert_int_equal(FAB_OK, fab_solver_add_column(context, solver, &column, &(struct fab_lp_terms){2, index, value}, NULL));
}

static void change(fab_context *context, fab_solver *solver, uint64_t *seed, const double *x)
{
    switch (random_below(seed, 5)) {
    case 0: move_objective(context, solver, seed); return;
    case 1: move_limits(context, solver, seed); return;
    case 2: add_cut(context, solver, seed, x); return;
    case 3: add_activity(context, solver, seed); return;
    default: add_activity(context, solver, seed); add_cut(context, solver, seed, x); move_objective(context, solver, seed);
    }
}

static void warm_equals_cold(void **state)
{
    struct fixture *fixture = *state;
    fab_context *context = fixture->context;
    static const struct random_shape shapes[] = {{10, 15, 0.4, 0, true, 0}, {30, 25, 0.2, 20, false, 0}, {40, 60, 0.15, 30, true, 0}, {60, 80, 0.1, 5, false, 10}};
    long warm_iterations = 0, cold_iterations = 0, infeasible = 0, optimal = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t random = seed;
        fab_solver *solver = open_random(context, seed, &shapes[seed % 4]);
        fab_lp_solution *last = solve(context, solver, NULL);
        for (int step = 0; step < 10 && last->outcome == FAB_OPTIMAL; step++) {
            fab_lp_solution *cold = NULL;
            change(context, solver, &random, last->x);
            fab_lp_solution_free(last);
            last = solve(context, solver, NULL);
            assert_int_equal(FAB_OK, fab_lp_solve(context, fab_solver_program(solver), NULL, &cold));
            assert_int_equal(cold->outcome, last->outcome);
            if (cold->outcome == FAB_OPTIMAL) {
                fab_lp_certificate certificate;
                assert_int_equal(FAB_OK, fab_lp_check(context, fab_solver_program(solver), cold->x, cold->multiplier, &certificate));
                assert_close(verify(context, solver, last), certificate.objective, 1e-9, 1e-9);
                warm_iterations += last->iterations;
                cold_iterations += cold->iterations;
                optimal++;
            } else {
                infeasible++;
            }
            fab_lp_solution_free(cold);
        }
        fab_lp_solution_free(last);
        fab_solver_close(solver);
    }
    print_message("%ld optima, %ld infeasible; iterations: warm %ld, cold %ld\n", optimal, infeasible, warm_iterations, cold_iterations);
    assert_true(optimal > 100 && infeasible > 5);
    assert_true(warm_iterations < cold_iterations / 2);
}

/* An infeasible change taken back costs nothing: the basis before it is still the last one. */
static void infeasible_and_back(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_dakota(context);
    assert_close(optimum(context, solver), 280, 1e-14, 0);
    assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, 0, 1e6, INFINITY));
    fab_lp_solution *solution = solve(context, solver, NULL);
    assert_int_equal(FAB_INFEASIBLE, solution->outcome);
    assert_null(solution->x);
    fab_lp_solution_free(solution);
    assert_int_equal(FAB_OK, fab_solver_set_row_limits(context, solver, 0, -INFINITY, 48));
    solution = solve(context, solver, NULL);
    assert_close(verify(context, solver, solution), 280, 1e-14, 0);
    assert_int_equal(0, solution->iterations);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}


/* Warm without presolve when the basis is near, cold with it when it is far or cold is asked for. */
static void near_is_warm_and_far_is_cold(void **state)
{
    struct fixture *fixture = *state;
    fab_context *context = fixture->context;
    fab_solver *solver = open_random(context, 5, &medium);
    double best = optimum(context, solver);
    assert_int_equal(1, fixture->cold_runs);
    assert_close(optimum(context, solver), best, 0, 0);
    assert_int_equal(1, fixture->cold_runs);
    fab_lp_solution *solution = solve(context, solver, &(fab_solver_options){.cold = true});
    assert_close(verify(context, solver, solution), best, 1e-9, 1e-9);
    fab_lp_solution_free(solution);
    assert_int_equal(2, fixture->cold_runs);
    /* the basis of all slacks, with every nonbasic column away from zero: most rows are broken */
    assert_int_equal(FAB_OK, fab_solver_give_basis(context, solver, "", ""));
    assert_close(optimum(context, solver), best, 1e-9, 1e-9);
    assert_int_equal(3, fixture->cold_runs);
    fab_solver_close(solver);
}

/* ---- the basis out and in */

static void a_basis_moves_to_another_solver(void **state)
{
    struct fixture *fixture = *state;
    fab_context *context = fixture->context;
    char *rows = NULL, *columns = NULL;
    fab_solver *first = open_random(context, 9, &medium), *second = open_random(context, 9, &medium);
    assert_int_equal(FAB_OK, fab_solver_take_basis(context, first, &rows, &columns));
    assert_null(rows);
    assert_null(columns);
    double best = optimum(context, first);
    assert_int_equal(FAB_OK, fab_solver_take_basis(context, first, &rows, &columns));
    assert_int_equal(fab_solver_program(first)->row_count, (int)strlen(rows));
    assert_int_equal(fab_solver_program(first)->column_count, (int)strlen(columns));
    assert_int_equal(FAB_OK, fab_solver_give_basis(context, second, rows, columns));
    fab_lp_solution *solution = solve(context, second, NULL);
    assert_int_equal(0, solution->iterations);
    assert_close(verify(context, second, solution), best, 1e-12, 1e-12);
    assert_string_equal(rows, solution->row_status);
    assert_string_equal(columns, solution->column_status);
    fab_lp_solution_free(solution);
    int cold_runs = fixture->cold_runs;
    assert_int_equal(FAB_OK, fab_solver_give_basis(context, second, NULL, NULL)); /* forgotten */
    assert_close(optimum(context, second), best, 1e-9, 1e-9);
    assert_int_equal(cold_runs + 1, fixture->cold_runs);
    free(rows);
    free(columns);
    fab_solver_close(first);
    fab_solver_close(second);
}

static void a_useless_basis_does_no_harm(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_dakota(context);
    static const char *const bases[][2] = {{"bbb", "bbb"}, {"?x", ""}, {"", ""}, {"lll", "lll"}, {"bbbbbbbbb", "lllllllll"}};
    for (size_t k = 0; k < sizeof bases / sizeof *bases; k++) {
        assert_int_equal(FAB_OK, fab_solver_give_basis(context, solver, bases[k][0], bases[k][1]));
        assert_close(optimum(context, solver), 280, 1e-14, 0);
    }
    fab_solver_close(solver);
}

/* ---- progress, and the same bits again */

static void count_calls(void *user, const fab_lp_progress *progress)
{
    int *calls = user;
    ++*calls;
    assert_true(progress->iterations >= 0 && progress->seconds >= 0);
}

static void progress_is_told(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_random(context, 7, &large);
    int calls = 0;
    fab_lp_solution_free(solve(context, solver, &(fab_solver_options){.progress = count_calls, .user = &calls}));
    assert_true(calls > 0);
    fab_solver_close(solver);
}

/* What a solver went through does not show in the bits of a cold solve. */
static void cold_is_as_new(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    uint64_t seed = 4;
    fab_solver *solver = open_random(context, 13, &medium);
    for (int step = 0; step < 4; step++) {
        fab_lp_solution *last = solve(context, solver, NULL), *fresh = NULL;
        if (last->outcome != FAB_OPTIMAL) {
            fab_lp_solution_free(last);
            break;
        }
        add_activity(context, solver, &seed);
        move_objective(context, solver, &seed);
        fab_lp_solution *cold = solve(context, solver, &(fab_solver_options){.cold = true});
        assert_int_equal(FAB_OK, fab_lp_solve(context, fab_solver_program(solver), NULL, &fresh));
        assert_int_equal(fresh->iterations, cold->iterations);
        assert_memory_equal(fresh->x, cold->x, (size_t)fab_solver_program(solver)->column_count * sizeof *cold->x);
        fab_lp_solution_free(last);
        fab_lp_solution_free(cold);
        fab_lp_solution_free(fresh);
    }
    fab_solver_close(solver);
}

/* From the last basis or not at all: without one there is no answer, and the solver goes on. */
static void warm_is_from_the_last_basis_only(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_solver *solver = open_random(context, 5, &medium);
    const fab_solver_options warm = {.warm = true};
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_INTERNAL, fab_solver_solve(context, solver, &warm, &solution));
    assert_null(solution);
    double cold = optimum(context, solver);
    solution = solve(context, solver, &warm);
    assert_close(cold, verify(context, solver, solution), 1e-12, 1e-12);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
}

/* What a solver says of its answer is what the exact check says of it, cold, warm and with whole numbers. */
static void the_proof_is_that_of_the_check(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        fab_solver *solver = open_random(context, seed, &medium);
        for (int times = 0; times < 3; times++) {
            fab_lp_certificate said = {.objective = NAN}, checked;
            assert_int_equal(FAB_OK, fab_solver_mark_integer(context, solver, 0, times == 2));
            fab_lp_solution *solution = solve(context, solver, &(fab_solver_options){.proof = &said});
            if (solution->x) {
                assert_int_equal(FAB_OK, fab_lp_check(context, fab_solver_program(solver), solution->x, solution->multiplier, &checked));
                assert_true(said.objective == checked.objective && said.bound == checked.bound && said.gap == checked.gap);
                assert_true(said.row_residual == checked.row_residual && said.column_residual == checked.column_residual && said.verified == checked.verified);
            }
            fab_lp_solution_free(solution);
        }
        fab_solver_close(solver);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_verb_on_dakota),
        TEST(the_callers_program_stays),
        TEST(wrong_calls_are_refused),
        TEST(warm_equals_cold),
        TEST(infeasible_and_back),
        TEST(near_is_warm_and_far_is_cold),
        TEST(a_basis_moves_to_another_solver),
        TEST(a_useless_basis_does_no_harm),
        TEST(progress_is_told),
        TEST(cold_is_as_new),
        TEST(warm_is_from_the_last_basis_only),
        TEST(the_proof_is_that_of_the_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
