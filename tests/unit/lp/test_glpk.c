/* The engine by itself: every way of running it, the basis matrix, what it does with faults, deadlines and interruptions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <unistd.h>

#include "clock.h"
#include "engine.h"
#include "lp_refine.h"
#include "random_lp.h"

struct bench {
    fab_context *context;
    fab_lp *lp;
    struct fab_lp_factors factors;
    fab_engine *engine;
    double optimum;
};

static void bench_init(struct bench *bench, fab_context *context, fab_lp *lp)
{
    static const struct fab_engine_watch none;
    *bench = (struct bench){.context = context, .lp = lp};
    assert_int_equal(FAB_OK, fab_lp_scale(context, lp, &bench->factors));
    assert_non_null(bench->engine = fab_engine_new(lp, &bench->factors));
    fab_engine_begin(bench->engine, &none);
}

static void bench_random(struct bench *bench, fab_context *context, uint64_t seed, const struct random_shape *shape)
{
    fab_lp *lp = fab_lp_new("random");
    double optimum = make_random(seed, shape, lp);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    bench_init(bench, context, lp);
    bench->optimum = optimum;
}

static void bench_fini(struct bench *bench)
{
    fab_engine_free(bench->engine);
    fab_lp_factors_fini(&bench->factors);
    fab_lp_free(bench->lp);
}

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

static enum fab_engine_result run(struct bench *bench, const struct fab_engine_run *asked)
{
    enum fab_engine_result result;
    if (fab_engine_run(bench->context, bench->engine, asked, &result))
        fail_msg("%s", fab_context_message(bench->context));
    return result;
}

/* The answer of the present basis, refined. */
static fab_lp_solution *read_refined(struct bench *bench)
{
    fab_lp_solution *solution = fab_lp_solution_new(bench->lp);
    assert_non_null(solution);
    assert_int_equal(FAB_OK, fab_engine_read(bench->context, bench->engine, solution));
    assert_int_equal(FAB_OK, fab_lp_refine(bench->context, bench->lp, bench->engine, FAB_REFINE_FIRMLY, solution));
    return solution;
}

static void expect_optimum(struct bench *bench)
{
    fab_lp_certificate certificate;
    fab_lp_solution *solution = read_refined(bench);
    assert_int_equal(FAB_OK, fab_lp_check(bench->context, bench->lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    assert_close(certificate.objective, bench->optimum, 1e-9, 1e-9);
    fab_lp_solution_free(solution);
}

static const struct fab_engine_run dual_from_slacks = {.method = FAB_ENGINE_DUAL, .start = FAB_ENGINE_FROM_SLACKS, .scaling = FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-9};

/* Each way alone reaches the optimum, from the same engine, in any order. */
static void every_way_reaches_the_optimum(void **state)
{
    static const struct random_shape shape = {25, 35, 0.3, 5, true, 0}, small = {12, 15, 0.3, 0, false, 0};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct bench bench;
        bench_random(&bench, *state, seed, &shape);
        for (int way = 0; way < 2 * 2 * 3 * 2 * 2; way++) {
            const struct fab_engine_run asked = {.method = way % 2 ? FAB_ENGINE_DUAL : FAB_ENGINE_PRIMAL,
                                                 .start = way / 2 % 2 ? FAB_ENGINE_FROM_CRASH : FAB_ENGINE_FROM_SLACKS,
                                                 .scaling = (enum fab_engine_scaling)(way / 4 % 3),
                                                 .presolve = way / 12 % 2,
                                                 .long_step = way / 24,
                                                 .tolerance = 1e-9};
            assert_int_equal(FAB_ENGINE_OPTIMAL, run(&bench, &asked));
            expect_optimum(&bench);
        }
        bench_fini(&bench);
        bench_random(&bench, *state, seed, &small);
        assert_int_equal(FAB_ENGINE_OPTIMAL, run(&bench, &(struct fab_engine_run){.method = FAB_ENGINE_EXACT, .start = FAB_ENGINE_FROM_SLACKS, .scaling = FAB_ENGINE_UNSCALED}));
        assert_true(fab_engine_iterations(bench.engine) > 10); /* more than a slice */
        expect_optimum(&bench);
        bench_fini(&bench);
    }
}

static void an_infeasible_program_is_called_so(void **state)
{
    struct bench bench;
    bench_init(&bench, *state, lp_from_dense(*state, &dakota));
    bench.lp->row[0].lower = 1e6;
    bench.lp->row[0].upper = INFINITY;
    const struct fab_engine_run ways[] = {dual_from_slacks, {.method = FAB_ENGINE_PRIMAL, .start = FAB_ENGINE_FROM_SLACKS, .presolve = true, .tolerance = 1e-9}};
    for (int way = 0; way < 2; way++)
        assert_int_equal(FAB_ENGINE_INFEASIBLE, run(&bench, &ways[way]));
    bench_fini(&bench);
}

/* Limits, costs, rows and columns that changed between runs are taken over. */
static void changes_are_taken_over(void **state)
{
    struct bench bench;
    bench_init(&bench, *state, lp_from_dense(*state, &dakota));
    bench.optimum = 280;
    run(&bench, &dual_from_slacks);
    expect_optimum(&bench);
    bench.lp->row[1].upper = 21;
    bench.optimum = 290;
    run(&bench, &dual_from_slacks);
    expect_optimum(&bench);
    bench.lp->column[1].objective = 36; /* tables pay: 2 t + 1.5 c = 20, 1.5 t + 0.5 c = 8 */
    bench.lp->row[1].upper = 20;
    bench.optimum = 1.6 * 36 + 11.2 * 20;
    run(&bench, &dual_from_slacks);
    expect_optimum(&bench);
    fab_lp_add(bench.lp, fab_lp_add_row(bench.lp, "chairs", -INFINITY, 6), 2, 1);
    bench.lp->column[1].objective = 30;
    assert_int_equal(FAB_OK, fab_lp_seal(*state, bench.lp));
    assert_int_equal(FAB_OK, fab_lp_scale(*state, bench.lp, &bench.factors));
    bench.optimum = 270;
    run(&bench, &dual_from_slacks);
    expect_optimum(&bench);
    bench_fini(&bench);
}

/* ---- bases */

static void how_a_basis_stands(void **state)
{
    struct bench bench;
    bench_init(&bench, *state, lp_from_dense(*state, &dakota));
    struct fab_engine_standing standing;
    const struct {
        struct fab_engine_basis basis;
        bool usable;
        int infeasible;
    } cases[] = {
        {{"buu", "blb"}, true, 0},  /* the optimum */
        {{"bbb", "lll"}, true, 0},  /* nothing made */
        {{"bbb", "ull"}, true, 3},  /* 100 desks need 800, 400 and 200 hours of 48, 20 and 8 */
        {{"buu", "bbl"}, true, 1},  /* 4 d + 2 t = 20, 2 d + 1.5 t = 8: d = 7, t = -4; lumber 8 x 7 - 6 x 4 = 32 */
        {{"bbb", "bbb"}, false, 0}, /* six of three */
        {{"", ""}, true, 0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        assert_int_equal(FAB_OK, fab_engine_set_basis(*state, bench.engine, &cases[k].basis, &standing));
        assert_int_equal(cases[k].usable, standing.usable);
        assert_int_equal(cases[k].infeasible, standing.infeasible);
    }
    bench_fini(&bench);
}

/* B times what solve gives is what it was given; the transposed as well. */
static void solves_with_the_basis_matrix(void **state)
{
    static const struct random_shape shape = {30, 40, 0.3, 5, false, 0};
    enum { ROWS = 30 };
    struct bench bench;
    uint64_t seed = 3;
    bench_random(&bench, *state, 2, &shape);
    run(&bench, &dual_from_slacks);
    double vector[ROWS + 1], solved[ROWS + 1], transposed[ROWS + 1], product[ROWS + 1] = {0};
    int head[ROWS];
    bool done = false;
    for (int i = 1; i <= ROWS; i++)
        vector[i] = solved[i] = transposed[i] = random_unit(&seed);
    assert_int_equal(FAB_OK, fab_engine_factorise(*state, bench.engine, head, &done));
    assert_true(done);
    assert_int_equal(FAB_OK, fab_engine_solve(*state, bench.engine, solved));
    assert_int_equal(FAB_OK, fab_engine_solve_transposed(*state, bench.engine, transposed));
    for (int place = 0; place < ROWS; place++) {
        int column = head[place] - ROWS;
        double sum = column < 0 ? transposed[head[place] + 1] : 0, size = fabs(sum);
        if (column < 0)
            product[head[place] + 1] += solved[place + 1];
        for (int k = column < 0 ? 0 : bench.lp->start[column]; column >= 0 && k < bench.lp->start[column + 1]; k++) {
            product[bench.lp->row_index[k] + 1] -= bench.lp->value[k] * solved[place + 1];
            sum -= bench.lp->value[k] * transposed[bench.lp->row_index[k] + 1];
            size += fabs(bench.lp->value[k] * transposed[bench.lp->row_index[k] + 1]);
        }
        assert_close(sum, vector[place + 1], 0, 1e-9 * fmax(1, size));
    }
    for (int i = 1; i <= ROWS; i++)
        assert_close(product[i], vector[i], 0, 1e-8);
    bench_fini(&bench);
}

/* ---- faults, time, interruptions */

static void a_fault_costs_a_reload(void **state)
{
    struct bench good, bad;
    enum fab_engine_result result;
    bench_init(&good, *state, lp_from_dense(*state, &dakota));
    bench_init(&bad, *state, lp_from_dense(*state, &dakota));
    good.optimum = bad.optimum = 280;
    run(&good, &dual_from_slacks);
    int kept = bad.lp->row_index[1];
    const int wrong[] = {bad.lp->row_index[0], bad.lp->row_count, -5}; /* twice in one place; rows that do not exist */
    for (int k = 0; k < 3; k++) {
        bad.lp->row_index[1] = wrong[k];
        assert_int_equal(FAB_INTERNAL, fab_engine_run(*state, bad.engine, &dual_from_slacks, &result));
        assert_int_equal(0, strncmp(fab_context_message(*state), "GLPK gave up: ", 14));
        run(&good, &dual_from_slacks);
        expect_optimum(&good);
    }
    bad.lp->row_index[1] = kept;
    run(&bad, &dual_from_slacks);
    expect_optimum(&bad);
    bench_fini(&bad);
    run(&good, &dual_from_slacks);
    expect_optimum(&good);
    bench_fini(&good);
}

static void presolve_hears_of_the_deadline(void **state)
{
    static const struct random_shape large = {250, 350, 0.3, 5, true, 0};
    static const struct fab_engine_run presolved = {.method = FAB_ENGINE_DUAL, .start = FAB_ENGINE_FROM_SLACKS, .presolve = true, .long_step = true, .tolerance = 1e-9};
    struct bench bench;
    bench_random(&bench, *state, 7, &large);
    struct fab_engine_watch watch = {.deadline = fab_clock() - 1};
    fab_engine_begin(bench.engine, &watch);
    assert_int_equal(FAB_ENGINE_TIME, run(&bench, &presolved));
    assert_int_equal(0, fab_engine_iterations(bench.engine)); /* it had not come to the simplex */
    watch.deadline = 0;
    fab_engine_begin(bench.engine, &watch);
    assert_int_equal(FAB_ENGINE_OPTIMAL, run(&bench, &presolved));
    expect_optimum(&bench);
    bench_fini(&bench);
}

/* Stopped in the second phase of the primal simplex, the basis is a feasible one. */
static void a_feasible_basis_is_told_from_none(void **state)
{
    static const struct random_shape large = {250, 350, 0.3, 5, true, 0};
    static const struct fab_engine_run primal = {.method = FAB_ENGINE_PRIMAL, .start = FAB_ENGINE_FROM_BASIS, .scaling = FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-9};
    struct bench bench;
    struct fab_engine_standing standing;
    bench_random(&bench, *state, 7, &large);
    run(&bench, &dual_from_slacks);
    fab_lp_solution *solution = read_refined(&bench);
    for (int j = 0; j < bench.lp->column_count; j++) /* the same point, another aim */
        bench.lp->column[j].objective *= -1;
    const struct fab_engine_basis basis = {solution->row_status, solution->column_status};
    assert_int_equal(FAB_OK, fab_engine_set_basis(*state, bench.engine, &basis, &standing));
    assert_int_equal(0, standing.infeasible);
    fab_engine_begin(bench.engine, &(struct fab_engine_watch){.deadline = fab_clock() - 1});
    assert_int_equal(FAB_ENGINE_TIME_FEASIBLE, run(&bench, &primal));
    assert_int_equal(FAB_ENGINE_TIME, run(&bench, &dual_from_slacks));
    fab_lp_solution_free(solution);
    bench_fini(&bench);
}

struct alarm {
    fab_context *context;
    double rang;
};

static void *ring(void *user)
{
    struct alarm *alarm = user;
    usleep(300000);
    alarm->rang = fab_clock();
    fab_context_interrupt(alarm->context);
    return NULL;
}

/* Which speaks every five seconds only. */
static void the_exact_simplex_is_interrupted(void **state)
{
    static const struct random_shape shape = {300, 400, 0.05, 5, true, 0};
    static const struct fab_engine_run exact = {.method = FAB_ENGINE_EXACT, .start = FAB_ENGINE_FROM_SLACKS, .scaling = FAB_ENGINE_UNSCALED};
    struct bench bench;
    struct alarm alarm = {.context = *state};
    enum fab_engine_result result;
    pthread_t thread;
    bench_random(&bench, *state, 7, &shape);
    assert_int_equal(0, pthread_create(&thread, NULL, ring, &alarm));
    assert_int_equal(FAB_INTERRUPTED, fab_engine_run(*state, bench.engine, &exact, &result));
    double heard = fab_clock();
    assert_int_equal(0, pthread_join(thread, NULL));
    print_message("heard after %.3f s\n", heard - alarm.rang);
    assert_true(heard - alarm.rang < 3);
    bench_fini(&bench);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_way_reaches_the_optimum),
        TEST(an_infeasible_program_is_called_so),
        TEST(changes_are_taken_over),
        TEST(how_a_basis_stands),
        TEST(solves_with_the_basis_matrix),
        TEST(a_fault_costs_a_reload),
        TEST(presolve_hears_of_the_deadline),
        TEST(a_feasible_basis_is_told_from_none),
        TEST(the_exact_simplex_is_interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
