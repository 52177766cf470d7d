/* Bases made whole: what random programs leave of a basis can be factorised after it, a sound one stays as it is; and constants, whose coefficients the engine never sees, change no answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "basis_repair.h"
#include "lp_given.h"
#include "solver_support.h"

#include <string.h>

/* A program, its factors, an engine and the letters of its optimal basis. */
struct stand {
    fab_lp *lp;
    struct fab_lp_factors factors;
    fab_engine *engine;
    char *rows, *columns;
};

static void open_stand(fab_context *context, uint64_t seed, const struct random_shape *shape, struct stand *stand)
{
    fab_lp_solution *solution = NULL;
    *stand = (struct stand){.lp = fab_lp_new("random")};
    make_random(seed, shape, stand->lp);
    assert_int_equal(FAB_OK, fab_lp_seal(context, stand->lp));
    assert_int_equal(FAB_OK, fab_lp_solve(context, stand->lp, NULL, &solution));
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    stand->rows = strdup(solution->row_status);
    stand->columns = strdup(solution->column_status);
    fab_lp_solution_free(solution);
    assert_int_equal(FAB_OK, fab_lp_scale(context, stand->lp, &stand->factors));
    stand->engine = fab_engine_new(stand->lp, &stand->factors);
    assert_non_null(stand->engine);
}

static void close_stand(struct stand *stand)
{
    fab_engine_free(stand->engine);
    fab_lp_factors_fini(&stand->factors);
    free(stand->rows);
    free(stand->columns);
    fab_lp_free(stand->lp);
}

static int count_basic(const char *rows, const char *columns)
{
    int count = 0;
    for (; *rows; rows++)
        count += *rows == 'b';
    for (; *columns; columns++)
        count += *columns == 'b';
    return count;
}

/* Repairs the letters of the stand: as many basic as rows, and the engine takes it. Gives how many changed sides. */
static int repair(fab_context *context, const struct stand *stand)
{
    struct fab_basis_repair repaired;
    struct fab_engine_standing standing = {0};
    assert_int_equal(FAB_OK, fab_basis_repair(context, stand->lp, &stand->factors, &(struct fab_engine_basis){stand->rows, stand->columns}, &repaired));
    assert_non_null(repaired.row_status);
    assert_int_equal(stand->lp->row_count, count_basic(repaired.row_status, repaired.column_status));
    for (int i = 0; i < stand->lp->row_count; i++) /* slacks stay in */
        assert_true(stand->rows[i] != 'b' || repaired.row_status[i] == 'b');
    for (int j = 0; j < stand->lp->column_count; j++) /* and nobody new comes */
        assert_true(stand->columns[j] == 'b' || repaired.column_status[j] == stand->columns[j]);
    assert_int_equal(FAB_OK, fab_engine_set_basis(context, stand->engine, &(struct fab_engine_basis){repaired.row_status, repaired.column_status}, &standing));
    assert_true(standing.usable);
    free(repaired.row_status);
    free(repaired.column_status);
    return repaired.dropped + repaired.added;
}

static const struct random_shape shapes[] = {{60, 80, 0.2, 5, true, 0}, {120, 150, 0.05, 3, true, 0}, {40, 60, 0.9, 0, false, 0}, {8, 6, 0.5, 0, true, 0}};
enum { SHAPES = sizeof shapes / sizeof *shapes, SEEDS = 12 };

static void a_sound_basis_stays(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct stand stand;
        open_stand(context, seed, &shapes[seed % SHAPES], &stand);
        assert_int_equal(0, repair(context, &stand));
        close_stand(&stand);
    }
}

/* Basic variables that leave, others that are too many, and both. */
static void what_is_left_is_made_whole(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    int changed = 0;
    for (uint64_t seed = 1; seed <= 3 * SEEDS; seed++) {
        struct stand stand;
        open_stand(context, seed, &shapes[seed % SHAPES], &stand);
        uint64_t dice = seed;
        for (int j = 0; j < stand.lp->column_count; j++)
            if (random_below(&dice, 5) == 0)
                stand.columns[j] = stand.columns[j] == 'b' && seed % 3 != 1 ? 'l' : seed % 3 != 0 ? 'b' : stand.columns[j];
        for (int i = 0; i < stand.lp->row_count; i++)
            if (random_below(&dice, 5) == 0 && stand.rows[i] == 'b')
                stand.rows[i] = 'u';
        changed += repair(context, &stand);
        close_stand(&stand);
    }
    assert_true(changed > 100);
}

/* The same column twice, a sum of two others, an empty one: only one of each set can be basic. */
static void dependent_columns_leave(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    static const double entry[3][5] = {{1, 1, 0, 1, 0}, {2, 2, 1, 3, 0}, {0, 0, 4, 4, 0}};
    struct stand stand = {.lp = fab_lp_new("dependent")};
    for (int i = 0; i < 3; i++)
        fab_lp_add_row(stand.lp, "r", 0, 10);
    for (int j = 0; j < 5; j++) {
        fab_lp_add_column(stand.lp, "x", 0, 10, 1);
        for (int i = 0; i < 3; i++)
            if (entry[i][j] != 0)
                fab_lp_add(stand.lp, i, j, entry[i][j]);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, stand.lp));
    assert_int_equal(FAB_OK, fab_lp_scale(context, stand.lp, &stand.factors));
    stand.engine = fab_engine_new(stand.lp, &stand.factors);
    stand.rows = strdup("lll");
    stand.columns = strdup("bbbbb");
    assert_int_equal(4, repair(context, &stand)); /* two columns of rank 2 stay, three leave, one row enters */
    close_stand(&stand);
}

/* Some columns fixed, called constants: the engine's matrix is without them, the answer is the same and proven by the whole program; opened again, they are columns like others. */
static void constants_change_no_answer(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        fab_lp *lp = fab_lp_new("constants");
        uint64_t dice = seed;
        make_random(seed, &shapes[seed % SHAPES], lp);
        assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
        fab_solver *free_solver = open_solver(context, lp);
        fab_lp_solution *before = solve(context, free_solver, NULL);
        for (int j = 0; j < lp->column_count; j++)
            if (random_below(&dice, 4) == 0)
                lp->column[j].lower = lp->column[j].upper = before->x[j];
        fab_solver *plain = open_solver(context, lp);
        for (int j = 0; j < lp->column_count; j++)
            lp->column[j].settled = lp->column[j].lower == lp->column[j].upper;
        fab_solver *settled = open_solver(context, lp);
        assert_int_equal(FAB_OK, fab_solver_give_basis(context, settled, before->row_status, before->column_status)); /* constants among it */
        fab_lp_solution *left = solve(context, plain, NULL), *right = solve(context, settled, NULL);
        double optimum = verify(context, plain, left);
        assert_close(verify(context, settled, right), optimum, 1e-9, 1e-9);
        fab_lp_solution_free(right);
        for (int j = 0; j < lp->column_count; j++)
            assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, settled, j, fab_solver_program(free_solver)->column[j].lower, fab_solver_program(free_solver)->column[j].upper));
        right = solve(context, settled, NULL);
        assert_close(verify(context, settled, right), verify(context, free_solver, before), 1e-9, 1e-9);
        fab_lp_solution_free(left);
        fab_lp_solution_free(right);
        fab_lp_solution_free(before);
        fab_solver_close(free_solver);
        fab_solver_close(plain);
        fab_solver_close(settled);
        fab_lp_free(lp);
    }
}

/* x <= 3e9 * 0.1 and x >= 3e8 + 1e-4, with constants 0.1 and 1: they contradict each other by 3e-13 of their terms, which a proof does not see and the engine, which has no constants, must not see. */
static fab_lp *make_contradicting(fab_context *context, double by)
{
    fab_lp *lp = fab_lp_new("contradicting");
    int x = fab_lp_add_column(lp, "x", 0, 1e9, 1), c = fab_lp_add_column(lp, "c", 0.1, 0.1, 0), d = fab_lp_add_column(lp, "d", 1, 1, 0);
    int most = fab_lp_add_row(lp, "most", -(double)INFINITY, 0), least = fab_lp_add_row(lp, "least", by, (double)INFINITY), same = fab_lp_add_row(lp, "same", 0, 0);
    int rest = fab_lp_add_column(lp, "rest", 0, 1e9, 0);
    assert_true(fab_lp_add(lp, most, x, 1) && fab_lp_add(lp, most, c, -3e9) && fab_lp_add(lp, least, x, 1) && fab_lp_add(lp, least, d, -3e8));
    assert_true(fab_lp_add(lp, same, rest, 1) && fab_lp_add(lp, same, d, -5));
    lp->column[c].settled = lp->column[d].settled = true;
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

static void constants_are_known_to_their_rounding(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_lp *lp = make_contradicting(context, 1e-4);
    struct fab_lp_given *given = fab_lp_given_find(lp);
    assert_non_null(given);
    assert_close((double)given[0].sum, -3e8, 1e-15, 0);
    assert_close(given[0].loose, 3e-4, 1e-12, 0);
    assert_close((double)given[1].sum, -3e8, 1e-15, 0);
    assert_close((double)given[2].sum, -5, 0, 0);
    assert_true(given[2].loose == 0); /* an equation */
    free(given);
    fab_lp_free(lp);
}

static void rows_that_contradict_in_their_last_digit_are_solved(void **state)
{
    fab_context *context = ((struct fixture *)*state)->context;
    fab_lp *near = make_contradicting(context, 1e-4), *far = make_contradicting(context, 10);
    fab_solver *solver = open_solver(context, near);
    fab_lp_solution *solution = solve(context, solver, NULL);
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_close(verify(context, solver, solution), 3e8, 1e-11, 0);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    solver = open_solver(context, far);
    solution = solve(context, solver, NULL);
    assert_int_equal(FAB_INFEASIBLE, solution->outcome);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_lp_free(near);
    fab_lp_free(far);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sound_basis_stays),
        TEST(what_is_left_is_made_whole),
        TEST(dependent_columns_leave),
        TEST(constants_change_no_answer),
        TEST(constants_are_known_to_their_rounding),
        TEST(rows_that_contradict_in_their_last_digit_are_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
