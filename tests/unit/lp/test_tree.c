/* The tree of whole numbers: against enumeration; its bound is never below the best and never above the program without whole numbers; gaps, deadlines, interruptions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <unistd.h>

#include "clock.h"
#include "empty.h"
#include "lp_support.h"
#include "tree.h"

enum { WHOLE = 4, REST = 3, ROWS = 4, MOST = 3, CHOICES = 256 };

static const int columns[WHOLE] = {0, 1, 2, 3}, moments[WHOLE] = {0, 1, 1, 2};
/* One chain of all, two of two, and each column alone. */
static const struct fab_chain one[] = {{0, WHOLE, 0.5}}, two[] = {{0, 2, 0.5}, {2, 2, 0.5}}, single[] = {{0, 1, 0.5}, {1, 1, 1}, {2, 1, 0}, {3, 1, 0.5}};
static const struct shape {
    const struct fab_chain *chain;
    int count;
} shapes[] = {{one, 1}, {two, 2}, {single, 4}};

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

static fab_lp_solution *solve(fab_context *context, fab_solver *solver)
{
    fab_lp_solution *solution = NULL;
    if (fab_solver_solve(context, solver, NULL, &solution))
        fail_msg("%s", fab_context_message(context));
    return solution;
}

/* Rows with whole coefficients, the last one an equality at times. */
static fab_solver *open_random(fab_context *context, uint64_t seed)
{
    fab_lp *lp = fab_lp_new("tree");
    fab_solver *solver = NULL;
    for (int i = 0; i < ROWS; i++) {
        double limit = 3 + random_below(&seed, 30);
        bool equality = i + 1 == ROWS && random_below(&seed, 3) == 0;
        fab_lp_add_row(lp, "r", equality ? limit + 0.5 * random_below(&seed, 2) : -INFINITY, equality ? limit + 0.5 : limit);
    }
    for (int j = 0; j < WHOLE + REST; j++) {
        fab_lp_add_column(lp, "x", 0, j < WHOLE ? MOST : 1.5, j < WHOLE ? -5 + random_below(&seed, 25) : 1 + random_below(&seed, 20));
        for (int i = 0; i < ROWS; i++)
            if (j < WHOLE || i + 1 < ROWS)
                fab_lp_add(lp, i, j, random_below(&seed, 11) - 1);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    fab_lp_free(lp);
    return solver;
}

/* Objective of the best of the rest with the whole numbers of a choice, -INFINITY when there is none. */
static double try_values(fab_context *context, fab_solver *solver, const double value[])
{
    double objective = -INFINITY;
    for (int j = 0; j < WHOLE; j++)
        assert_int_equal(FAB_OK, fab_solver_set_column_limits(context, solver, j, value[j], value[j]));
    fab_lp_solution *solution = solve(context, solver);
    if (solution->outcome == FAB_OPTIMAL) {
        fab_lp_certificate certificate;
        assert_int_equal(FAB_OK, fab_lp_check(context, fab_solver_program(solver), solution->x, solution->multiplier, &certificate));
        assert_true(certificate.verified);
        objective = certificate.objective;
    }
    fab_lp_solution_free(solution);
    return objective;
}

static double enumerate(fab_context *context, const fab_lp *lp)
{
    double best = -INFINITY;
    fab_solver *solver = NULL;
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    for (int choice = 0; choice < CHOICES; choice++) {
        const double value[WHOLE] = {choice % 4, choice / 4 % 4, choice / 16 % 4, choice / 64};
        best = fmax(best, try_values(context, solver, value));
    }
    fab_solver_close(solver);
    return best;
}

static struct fab_tree_answer search(fab_context *context, const fab_lp *lp, const struct shape *shape, double gap, const fab_solver_options *options)
{
    fab_solver *solver = NULL;
    struct fab_tree_answer answer;
    const struct fab_tree_asked asked = {.chain = shape->chain, .chain_count = shape->count, .column = columns, .when = moments, .column_count = WHOLE, .gap = gap, .options = options};
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    fab_lp_solution *root = solve(context, solver);
    assert_int_equal(FAB_OPTIMAL, root->outcome);
    if (fab_tree_search(context, solver, &asked, root, &answer))
        fail_msg("%s", fab_context_message(context));
    double relaxed = 0;
    for (int j = 0; j < lp->column_count; j++)
        relaxed += lp->column[j].objective * root->x[j];
    assert_true(answer.bound <= relaxed + 1e-9 * fmax(1, fabs(relaxed)));
    fab_lp_solution_free(root);
    fab_solver_close(solver);
    return answer;
}

static void release(struct fab_tree_answer *answer)
{
    free(answer->value);
    free(answer->row_status);
    free(answer->column_status);
}

/* The answer's point is worth what it says, by a solve of another solver, and it is as good as said. */
static void expect(fab_context *context, const fab_lp *lp, struct fab_tree_answer *answer, double best, double gap)
{
    fab_solver *solver = NULL;
    assert_true(answer->finished);
    if (best == -INFINITY) {
        assert_null(answer->value);
        assert_true(answer->bound == -INFINITY);
        return;
    }
    assert_non_null(answer->value);
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    assert_close(try_values(context, solver, answer->value), answer->objective, 1e-9, 1e-9);
    fab_solver_close(solver);
    assert_true(answer->bound >= best - 1e-9 * fmax(1, fabs(best)));
    assert_true(answer->objective <= best + 1e-9 * fmax(1, fabs(best)));
    assert_true(answer->bound <= answer->objective + (gap + 1e-12) * fmax(1, fabs(answer->objective)));
}

static void as_good_as_enumeration(void **state)
{
    int empty = 0, searched = 0, programs = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fab_solver *solver = open_random(*state, seed);
        const fab_lp *lp = fab_solver_program(solver);
        fab_lp_solution *relaxed = solve(*state, solver);
        bool feasible = relaxed->outcome == FAB_OPTIMAL;
        fab_lp_solution_free(relaxed);
        double best = feasible ? enumerate(*state, lp) : 0;
        for (size_t s = 0; feasible && s < sizeof shapes / sizeof *shapes; s++)
            for (int loose = 0; loose < 2; loose++) {
                double gap = loose ? 0.05 : 1e-9;
                struct fab_tree_answer answer = search(*state, lp, &shapes[s], gap, NULL);
                expect(*state, lp, &answer, best, gap);
                searched += answer.nodes > 1;
                release(&answer);
            }
        programs += feasible;
        empty += feasible && best == -INFINITY;
        fab_solver_close(solver);
    }
    print_message("%d programs, %d without an answer, %d trees of more than one node\n", programs, empty, searched);
    assert_true(programs > 30 && empty > 2 && searched > 60);
}

/* x + y = 1.5 with both at most 1 has a point; with both at most 0.5 it has none, and that is proven. */
static void emptiness_is_proven(void **state)
{
    static const struct dense_lp sum = {.source = "sum", .rows = 1, .columns = 2, .coefficient = {{1, 1}}, .row_lower = {1.5}, .row_upper = {1.5}, .upper = {1, 1}, .cost = {1, 1}};
    fab_context *context = *state;
    fab_lp *lp = lp_from_dense(context, &sum);
    bool proven = true;
    assert_int_equal(FAB_OK, fab_empty_prove(context, lp, NULL, &proven));
    assert_false(proven);
    lp->column[0].upper = lp->column[1].upper = 0.5;
    assert_int_equal(FAB_OK, fab_empty_prove(context, lp, NULL, &proven));
    assert_true(proven);
    lp->column[0].upper = 1 - 1e-10; /* too near to be told */
    lp->column[1].upper = 0.5;
    assert_int_equal(FAB_OK, fab_empty_prove(context, lp, NULL, &proven));
    assert_false(proven);
    fab_lp_free(lp);
}

/* ---- time: market split (Cornuejols, Dawande 1998), hopeless for any tree at this size */

enum { MARKETS = 5, CUSTOMERS = 40 };

static struct fab_tree_answer search_market_split(fab_context *context, const fab_solver_options *options)
{
    static int column[CUSTOMERS], when[CUSTOMERS];
    static struct fab_chain chain[CUSTOMERS];
    uint64_t seed = 1;
    fab_lp *lp = fab_lp_new("market split");
    fab_solver *solver = NULL;
    struct fab_tree_answer answer;
    for (int j = 0; j < CUSTOMERS; j++) {
        fab_lp_add_column(lp, "customer", 0, 1, 0);
        column[j] = when[j] = j;
        chain[j] = (struct fab_chain){j, 1, 0.5};
    }
    for (int i = 0; i < MARKETS; i++) {
        double sum = 0, share[CUSTOMERS];
        for (int j = 0; j < CUSTOMERS; j++)
            sum += share[j] = random_below(&seed, 100);
        fab_lp_add_row(lp, "market", floor(sum / 2), floor(sum / 2));
        for (int j = 0; j < CUSTOMERS; j++)
            fab_lp_add(lp, i, j, share[j]);
        for (int side = -1; side <= 1; side += 2) /* what is missed costs 1 */
            fab_lp_add(lp, i, fab_lp_add_column(lp, "slack", 0, 1e4, -1), side);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_int_equal(FAB_OK, fab_solver_open(context, lp, &solver));
    const struct fab_tree_asked asked = {.chain = chain, .chain_count = CUSTOMERS, .column = column, .when = when, .column_count = CUSTOMERS, .options = options};
    fab_lp_solution *root = solve(context, solver);
    assert_int_equal(FAB_OK, fab_tree_search(context, solver, &asked, root, &answer));
    fab_lp_solution_free(root);
    fab_solver_close(solver);
    fab_lp_free(lp);
    return answer;
}

/* What there is when time is up: a point, and a bound that holds. */
static void expect_stopped(struct fab_tree_answer *answer)
{
    assert_false(answer->finished);
    assert_non_null(answer->value);
    assert_true(answer->objective < 0 && answer->bound >= -1e-9 && answer->nodes > 0);
    release(answer);
}

static void a_deadline_gives_the_best_so_far(void **state)
{
    double began = fab_clock();
    struct fab_tree_answer answer = search_market_split(*state, &(fab_solver_options){.deadline = began + 0.7});
    assert_true(fab_clock() - began < 3);
    assert_false(answer.interrupted);
    expect_stopped(&answer);
}

static void *ring(void *context)
{
    usleep(500000);
    fab_context_interrupt(context);
    return NULL;
}

static void an_interruption_gives_the_best_so_far(void **state)
{
    pthread_t thread;
    assert_int_equal(0, pthread_create(&thread, NULL, ring, *state));
    struct fab_tree_answer answer = search_market_split(*state, NULL);
    assert_int_equal(0, pthread_join(thread, NULL));
    assert_true(answer.interrupted);
    assert_false(fab_context_interrupted(*state)); /* the wish is fulfilled */
    expect_stopped(&answer);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(as_good_as_enumeration),
        TEST(emptiness_is_proven),
        TEST(a_deadline_gives_the_best_so_far),
        TEST(an_interruption_gives_the_best_so_far),
    };
    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
