/* Solving once: right answers, limits, interruption, the fence around GLPK.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "listening_fixture.h"
#include "random_lp.h"

static fab_lp_solution *solve(struct fixture *fixture, const fab_lp *lp, const fab_lp_options *options)
{
    fab_lp_solution *solution = NULL;
    if (fab_lp_solve(fixture->context, lp, options, &solution))
        fail_msg("%s", fab_context_message(fixture->context));
    assert_non_null(solution);
    return solution;
}

static double verify(struct fixture *fixture, const fab_lp *lp, const fab_lp_solution *solution)
{
    fab_lp_certificate certificate;
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    assert_true(certificate.row_residual <= 1e-13);
    assert_true(certificate.column_residual == 0);
    return certificate.objective;
}

static const struct dense_lp published[] = {
    {.source = "Hillier, Lieberman, Introduction to Operations Research, 3.1: Wyndor Glass",
     .rows = 3,
     .columns = 2,
     .coefficient = {{1, 0}, {0, 2}, {3, 2}},
     .row_lower = {-INFINITY, -INFINITY, -INFINITY},
     .row_upper = {4, 12, 18},
     .upper = {1000, 1000},
     .cost = {3, 5},
     .optimum = 36,
     .x = {2, 6},
     .multiplier = {0, 1.5, 1}},
    {.source = "Chvatal, Linear Programming, chapter 2",
     .rows = 3,
     .columns = 3,
     .coefficient = {{2, 3, 1}, {4, 1, 2}, {3, 4, 2}},
     .row_lower = {-INFINITY, -INFINITY, -INFINITY},
     .row_upper = {5, 11, 8},
     .upper = {1000, 1000, 1000},
     .cost = {5, 4, 3},
     .optimum = 13,
     .x = {2, 0, 1},
     .multiplier = {1, 0, 1}},
    {.source = "GLPK reference manual, section 1.3.1",
     .rows = 3,
     .columns = 3,
     .coefficient = {{1, 1, 1}, {10, 4, 5}, {2, 2, 6}},
     .row_lower = {-INFINITY, -INFINITY, -INFINITY},
     .row_upper = {100, 600, 300},
     .upper = {1000, 1000, 1000},
     .cost = {10, 6, 4},
     .optimum = 2200.0 / 3,
     .x = {100.0 / 3, 200.0 / 3, 0},
     .multiplier = {10.0 / 3, 2.0 / 3, 0}},
    {.source = "Beale 1955: cycles under the textbook rule",
     .rows = 2,
     .columns = 4,
     .coefficient = {{0.25, -8, -1, 9}, {0.5, -12, -0.5, 3}},
     .row_lower = {-INFINITY, -INFINITY},
     .row_upper = {0, 0},
     .upper = {1000, 1000, 1, 1000},
     .cost = {0.75, -20, 0.5, -6},
     .optimum = 1.25,
     .x = {1, 0, 1, 0},
     .multiplier = {0, 1.5}},
    {.source = "an equality, a lower limit and a constant, by hand: x = 3 on the equality with y at its lower limit 1",
     .rows = 2,
     .columns = 2,
     .coefficient = {{1, 2}, {1, 0}},
     .row_lower = {5, 2},
     .row_upper = {5, INFINITY},
     .lower = {0, 1},
     .upper = {10, 10},
     .cost = {-1, -3},
     .constant = 100,
     .optimum = 94,
     .x = {3, 1},
     .multiplier = {-1, 0}},
};

static void published_programs(void **state)
{
    struct fixture *fixture = *state;
    for (size_t k = 0; k <= sizeof published / sizeof *published; k++) {
        const struct dense_lp *dense = k < sizeof published / sizeof *published ? &published[k] : &dakota;
        fab_lp *lp = lp_from_dense(fixture->context, dense);
        fab_lp_solution *solution = solve(fixture, lp, NULL);
        print_message("%s\n", dense->source);
        assert_close(verify(fixture, lp, solution), dense->optimum, 1e-14, 0);
        for (int j = 0; j < dense->columns; j++)
            assert_close(solution->x[j], dense->x[j], 1e-14, 0);
        for (int i = 0; i < dense->rows; i++)
            assert_close(solution->multiplier[i], dense->multiplier[i], 1e-14, 1e-15);
        fab_lp_solution_free(solution);
        fab_lp_free(lp);
    }
}

static void random_programs(void **state)
{
    struct fixture *fixture = *state;
    static const struct random_shape shapes[] = {
        {3, 4, 0.8, 0, false, 0}, {10, 15, 0.4, 0, true, 0},    {30, 25, 0.2, 20, false, 0}, {40, 60, 0.15, 30, true, 0},
        {5, 60, 0.5, 0, true, 0}, {30, 40, 0.3, 5, false, 1e9}, /* generous limits: the rounding of a multiplier must not be multiplied by
                                                                   them */
    };
    enum { SHAPES = sizeof shapes / sizeof *shapes };
    for (uint64_t seed = 1; seed <= 200; seed++) {
        fab_lp *lp = fab_lp_new("random");
        double optimum = make_random(seed, &shapes[seed % SHAPES], lp);
        assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
        fab_lp_solution *solution = solve(fixture, lp, NULL);
        assert_close(verify(fixture, lp, solution), optimum, 1e-9, 1e-9);
        /* the basis is optimal: nothing is left to do, and the values are the same */
        fab_lp_options again = {.start = solution};
        fab_lp_solution *warm = solve(fixture, lp, &again);
        assert_int_equal(0, warm->iterations);
        assert_close(verify(fixture, lp, warm), optimum, 1e-9, 1e-9);
        fab_lp_solution_free(warm);
        fab_lp_solution_free(solution);
        fab_lp_free(lp);
    }
}

/* A program of some work: no time limit below is long enough for it. */
static fab_lp *make_large(struct fixture *fixture)
{
    static const struct random_shape large = {250, 350, 0.3, 5, true, 0};
    fab_lp *lp = fab_lp_new("large");
    make_random(7, &large, lp);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    return lp;
}

static void same_program_same_bits(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_large(fixture);
    fab_lp_solution *first = solve(fixture, lp, NULL), *second = solve(fixture, lp, NULL);
    verify(fixture, lp, first);
    assert_true(first->iterations > 0);
    assert_int_equal(first->iterations, second->iterations);
    assert_memory_equal(first->x, second->x, (size_t)lp->column_count * sizeof *first->x);
    assert_memory_equal(first->multiplier, second->multiplier, (size_t)lp->row_count * sizeof *first->multiplier);
    assert_string_equal(first->row_status, second->row_status);
    assert_string_equal(first->column_status, second->column_status);
    fab_lp_solution_free(first);
    fab_lp_solution_free(second);
    fab_lp_free(lp);
}

/* Statuses, reduced costs and multipliers say what the header says. */
static void reduced_costs_and_statuses(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_string_equal("blb", solution->column_status);
    assert_string_equal("buu", solution->row_status);
    assert_close(solution->reduced_cost[1], -5, 1e-14, 0); /* a table costs 5 more than it earns (Winston 6.1) */
    assert_true(solution->reduced_cost[0] == 0 && solution->reduced_cost[2] == 0);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* A row and a column more than the start knows; the old optimum is cut off. */
static void start_from_a_smaller_program(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    fab_lp_solution *first = solve(fixture, lp, NULL);
    int row = fab_lp_add_row(lp, "chairs", -INFINITY, 6), column = fab_lp_add_column(lp, "stool", 0, 1, 1);
    fab_lp_add(lp, row, 2, 1);
    fab_lp_add(lp, 2, column, 8);
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    fab_lp_options options = {.start = first};
    fab_lp_solution *second = solve(fixture, lp, &options), *cold = solve(fixture, lp, NULL);
    /* chairs 6; 2 d + 1.5 t <= 5 (carpentry), 4 d + 2 t <= 11: d = 2.5 earns 150, tables would earn 20 an hour against 30 */
    assert_close(verify(fixture, lp, second), 60 * 2.5 + 20 * 6, 1e-14, 0);
    assert_close(verify(fixture, lp, cold), 270, 1e-14, 0);
    fab_lp_solution_free(first);
    fab_lp_solution_free(second);
    fab_lp_solution_free(cold);
    fab_lp_free(lp);
}

/* A start that is no basis at all is replaced. */
static void a_useless_start_does_no_harm(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    char rows[] = "bbb", columns[] = "bbb", odd_rows[] = "?x", odd_columns[] = "";
    fab_lp_solution all_basic = {.row_status = rows, .column_status = columns},
                    odd = {.row_status = odd_rows, .column_status = odd_columns}, empty = {0};
    const fab_lp_solution *starts[] = {&all_basic, &odd, &empty};
    for (size_t k = 0; k < 3; k++) {
        fab_lp_options options = {.start = starts[k]};
        fab_lp_solution *solution = solve(fixture, lp, &options);
        assert_close(verify(fixture, lp, solution), 280, 1e-14, 0);
        fab_lp_solution_free(solution);
    }
    fab_lp_free(lp);
}

static void infeasible_programs(void **state)
{
    struct fixture *fixture = *state;
    static const struct dense_lp impossible[] = {
        {.source = "a single row",
         .rows = 1,
         .columns = 1,
         .coefficient = {{1}},
         .row_lower = {5},
         .row_upper = {INFINITY},
         .upper = {3},
         .cost = {1}},
        {.source = "two rows",
         .rows = 2,
         .columns = 2,
         .coefficient = {{1, 1}, {1, 1}},
         .row_lower = {-INFINITY, 5},
         .row_upper = {3, INFINITY},
         .upper = {9, 9},
         .cost = {1, 1}},
        {.source = "an empty row", .rows = 1, .columns = 1, .row_lower = {1}, .row_upper = {2}, .upper = {9}},
        {.source = "hidden from a presolve",
         .rows = 3,
         .columns = 3,
         .coefficient = {{1, 1, 0}, {0, 1, 1}, {1, 0, 1}},
         .row_lower = {-INFINITY, -INFINITY, 7},
         .row_upper = {2, 2, INFINITY},
         .upper = {9, 9, 9},
         .cost = {1, 2, 3}},
    };
    for (size_t k = 0; k < sizeof impossible / sizeof *impossible; k++) {
        fab_lp *lp = lp_from_dense(fixture->context, &impossible[k]);
        fab_lp_solution *solution = solve(fixture, lp, NULL);
        assert_int_equal(FAB_INFEASIBLE, solution->outcome);
        assert_null(solution->x);
        assert_null(solution->multiplier);
        fab_lp_solution_free(solution);
        fab_lp_free(lp);
    }
}

static void programs_without_rows_or_columns(void **state)
{
    struct fixture *fixture = *state;
    static const struct dense_lp no_rows = {
        .source = "no rows", .columns = 3, .lower = {-1, -2, 3}, .upper = {4, 5, 3}, .cost = {1, -1, 0}, .constant = 10};
    static const struct dense_lp no_columns = {.source = "no columns", .rows = 1, .row_lower = {-1}, .row_upper = {1}, .constant = 3};
    fab_lp *lp = lp_from_dense(fixture->context, &no_rows);
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_true(verify(fixture, lp, solution) == 16);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
    lp = lp_from_dense(fixture->context, &no_columns);
    solution = solve(fixture, lp, NULL);
    assert_true(verify(fixture, lp, solution) == 3);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

static void a_time_limit_ends_the_solve(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_large(fixture);
    fab_lp_options options = {.time_limit_seconds = 1e-6};
    fab_lp_solution *solution = solve(fixture, lp, &options);
    assert_int_equal(FAB_LIMIT, solution->outcome);
    fab_lp_solution_free(solution);
    options.time_limit_seconds = 600;
    solution = solve(fixture, lp, &options);
    verify(fixture, lp, solution);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

static void count_calls(void *user, const fab_lp_progress *progress)
{
    struct fixture *fixture = user;
    fixture->calls++;
    assert_true(progress->iterations >= 0 && progress->seconds >= 0);
}

static void progress_is_told(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_large(fixture);
    fab_lp_options options = {.progress = count_calls, .user = fixture};
    fab_lp_solution_free(solve(fixture, lp, &options));
    assert_true(fixture->calls > 0);
    assert_true(fixture->details > 0); /* what GLPK prints goes to the sink and nowhere else */
    fab_lp_free(lp);
}

static void interrupted_in_the_middle(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = make_large(fixture);
    fab_lp_solution *solution = NULL;
    fixture->interrupt_at = FAB_LEVEL_DETAIL; /* GLPK's first line */
    assert_int_equal(FAB_INTERRUPTED, fab_lp_solve(fixture->context, lp, NULL, &solution));
    assert_null(solution);
    assert_int_equal(1, fixture->details);
    /* and before it has begun */
    assert_int_equal(FAB_INTERRUPTED, fab_lp_solve(fixture->context, lp, NULL, &solution));
    assert_int_equal(1, fixture->details);
    /* the next context is not touched by it */
    fab_context *other = fab_context_new();
    assert_int_equal(FAB_OK, fab_lp_solve(other, lp, NULL, &solution));
    fab_lp_solution_free(solution);
    fab_context_free(other);
    fab_lp_free(lp);
}

/* ---- the fence */

static void solves_dakota(struct fixture *fixture)
{
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_close(verify(fixture, lp, solution), 280, 1e-14, 0);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

static void expect_refusal(struct fixture *fixture, const fab_lp *lp)
{
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_INTERNAL, fab_lp_solve(fixture->context, lp, NULL, &solution));
    assert_null(solution);
    assert_true(strlen(fab_context_message(fixture->context)) > 10);
    solves_dakota(fixture);
}

static void bad_numbers_never_reach_glpk(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    double *numbers[] = {&lp->value[3],        &lp->row[1].upper,        &lp->column[2].lower,
                         &lp->column[2].upper, &lp->column[1].objective, &lp->objective_constant};
    const double bad[] = {NAN, -INFINITY, 1e300};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        for (size_t b = 0; b < 3; b++) {
            double kept = *numbers[k];
            *numbers[k] = bad[b];
            expect_refusal(fixture, lp);
            *numbers[k] = kept;
        }
    }
    fab_lp_free(lp);
}

/* GLPK would abort the process on these. */
static void faults_inside_glpk_are_caught(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    int kept = lp->row_index[1];
    lp->row_index[1] = lp->row_index[0]; /* two coefficients in one place */
    expect_refusal(fixture, lp);
    lp->row_index[1] = lp->row_count; /* a row that does not exist */
    expect_refusal(fixture, lp);
    lp->row_index[1] = kept;
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_close(verify(fixture, lp, solution), 280, 1e-14, 0);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

static void an_unsealed_program_is_refused(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = lp_from_dense(fixture->context, &dakota);
    fab_lp_add(lp, 0, 0, 1);
    expect_refusal(fixture, lp);
    fab_lp_free(lp);
}

static void the_solver_has_a_name(void **state)
{
    (void)state;
    assert_int_equal(0, strncmp(fab_lp_solver_name(), "GLPK ", 5));
    assert_true(atof(fab_lp_solver_name() + 5) >= 4.6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(published_programs),
        TEST(random_programs),
        TEST(same_program_same_bits),
        TEST(reduced_costs_and_statuses),
        TEST(start_from_a_smaller_program),
        TEST(a_useless_start_does_no_harm),
        TEST(infeasible_programs),
        TEST(programs_without_rows_or_columns),
        TEST(a_time_limit_ends_the_solve),
        TEST(progress_is_told),
        TEST(interrupted_in_the_middle),
        TEST(bad_numbers_never_reach_glpk),
        TEST(faults_inside_glpk_are_caught),
        TEST(an_unsealed_program_is_refused),
        TEST(the_solver_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
