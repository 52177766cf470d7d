/* One set of tools for many futures by decomposition: against the extensive form solved whole, on drawn fabs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"
#include "extensive.h"
#include "plan_fixture.h"
#include "robust.h"

#include <math.h>

enum { FUTURES = 4, SEEDS = 3 };

static const int seeds[SEEDS] = {4, 9, 12}; /* drawn fabs that are small, and take many rounds */

#define WANTED_GAP 1e-6
#define SAME 1e-9

/* Futures of one fab: the first as the data are, the others with other quantities and prices. */
struct futures {
    struct world world;
    fab_model *model[FUTURES];
    fab_terms *terms[FUTURES];
    struct fab_robust_future future[FUTURES];
    double base_tools; /* of check_futures */
};

static const double weights[FUTURES] = {0, 1, 2, 1.5}, quantities[FUTURES] = {1, 4, 0.3, 2}, prices[FUTURES] = {1, 1, 1, 2};

static const double cheap = 1000;

static void open_future(struct futures *futures, int f)
{
    struct world *world = &futures->world;
    fab_model *model = world->model;
    fab_program *program = NULL;
    world->model = NULL;
    world_load(world);
    futures->model[f] = world->model;
    world->model = model;
    for (int d = 0; d < model->demand_count; d++) {
        futures->model[f]->demand[d].quantity *= quantities[f];
        futures->model[f]->demand[d].price_usd *= prices[f];
    }
    for (int g = 0; g < model->tool_group_count; g++) { /* tools that pay */
        futures->model[f]->tool_group[g].buyable = true;
        futures->model[f]->tool_group[g].price_usd = cheap;
    }
    world_ok(world, fab_terms_new(world->context, futures->model[f], &futures->terms[f]));
    world_ok(world, fab_program_new(world->context, futures->terms[f], NULL, &program));
    futures->future[f] = (struct fab_robust_future){program, weights[f]};
}

static void open_futures(struct futures *futures, int seed)
{
    world_of_seed(&futures->world, seed);
    for (int f = 0; f < FUTURES; f++)
        open_future(futures, f);
}

/* The future that wants most ships at least a part of what it would ship alone: tools must be enough for that. */
static void promise(struct futures *futures, double part)
{
    struct world *world = &futures->world;
    fab_lp *lp = futures->future[1].program->lp;
    fab_lp_solution *alone = NULL;
    world_ok(world, fab_lp_solve(world->context, lp, NULL, &alone));
    assert_int_equal(alone->outcome, FAB_OPTIMAL);
    for (int j = 0; j < lp->column_count; j++)
        if (lp->column[j].tag.family == FAB_Y)
            lp->column[j].lower = fmin(part * alone->x[j], lp->column[j].upper);
    fab_lp_solution_free(alone);
}

/* A future does not know the orders of the others: nobody can make them. */
static void forbid(struct futures *futures)
{
    fab_lp *lp = futures->future[2].program->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (lp->column[j].tag.family == FAB_N)
            lp->column[j].name = "unknown";
}

static void close_futures(struct futures *futures)
{
    for (int f = 0; f < FUTURES; f++) {
        fab_program_free(futures->future[f].program);
        fab_terms_free(futures->terms[f]);
        fab_model_free(futures->model[f]);
    }
    world_finish(&futures->world);
}

static void solve(struct futures *futures, const struct fab_robust_asked *how, struct fab_robust *robust)
{
    struct fab_robust_asked asked = *how;
    asked.future = futures->future;
    asked.count = FUTURES;
    world_ok(&futures->world, fab_robust_solve(futures->world.context, &asked, robust));
}

/* What tools are worth in the extensive form, which is solved anew with them. */
static double worth(struct futures *futures, const struct fab_tools *tools)
{
    struct world *world = &futures->world;
    struct fab_extensive extensive;
    fab_lp_solution *solution = NULL;
    fab_lp_certificate certificate;
    world_ok(world, fab_extensive_open(world->context, futures->future, FUTURES, &extensive));
    assert_true(fab_extensive_fix(&extensive, tools));
    world_ok(world, fab_lp_solve(world->context, extensive.lp, NULL, &solution));
    assert_int_equal(solution->outcome, FAB_OPTIMAL);
    world_ok(world, fab_lp_check(world->context, extensive.lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    fab_lp_solution_free(solution);
    fab_extensive_close(&extensive);
    return certificate.objective;
}

static void assert_same(double one, double other, double within)
{
    if (isnan(one) && isnan(other))
        return;
    if (!(fabs(one - other) <= within * fmax(1, fabs(one))))
        fail_msg("%.17g is not %.17g", one, other);
}

/* bound >= optimum >= value, which is what the tools are worth. */
static void compare(struct futures *futures, const struct fab_robust *whole, const struct fab_robust *parts, double gap)
{
    double optimum = whole->certificate.objective, rounding = SAME * fmax(1, fabs(optimum));
    assert_int_equal(parts->outcome, whole->outcome);
    if (whole->outcome != FAB_OPTIMAL)
        return;
    assert_int_equal(whole->rounds, 0);
    assert_true(parts->certificate.bound >= optimum - rounding);
    assert_true(parts->certificate.objective <= whole->certificate.bound + rounding);
    assert_true(fab_lp_is_feasible(&parts->certificate));
    if (!(parts->certificate.gap <= gap))
        fail_msg("gap %g after %d rounds", parts->certificate.gap, parts->rounds);
    assert_same(whole->knowing, parts->knowing, 1e-8);
    assert_same(whole->base_tools, parts->base_tools, 1e-8);
    assert_same(worth(futures, &parts->tools), parts->certificate.objective, 1e-8);
}

/* The number of rounds; below 0: no tools can be had. */
static int check_futures(struct futures *futures)
{
    struct fab_robust whole, parts;
    solve(futures, &(struct fab_robust_asked){.rows = 1000000}, &whole);
    solve(futures, &(struct fab_robust_asked){.rows = 1, .gap = WANTED_GAP}, &parts);
    compare(futures, &whole, &parts, WANTED_GAP);
    futures->base_tools = parts.base_tools;
    int rounds = whole.outcome == FAB_OPTIMAL ? parts.rounds : -1;
    fab_tools_fini(&whole.tools);
    fab_tools_fini(&parts.tools);
    return rounds;
}

static void decomposition_finds_the_optimum_of_the_extensive_form(void **state)
{
    (void)state;
    for (int n = 0; n < SEEDS; n++) {
        struct futures futures = {.world = {.context = NULL}};
        open_futures(&futures, seeds[n]);
        assert_true(check_futures(&futures) > 1);
        close_futures(&futures);
    }
}

/* With the tools of the base the promise cannot be kept. What cannot be had with some tools is told by cuts of possibility. */
static void what_a_future_needs_is_in_the_tools(void **state)
{
    (void)state;
    for (int n = 1; n < SEEDS; n++) {
        struct futures futures = {.world = {.context = NULL}};
        open_futures(&futures, seeds[n]);
        promise(&futures, 0.9);
        check_futures(&futures);
        assert_true(isnan(futures.base_tools));
        close_futures(&futures);
    }
}

static void where_no_tools_are_enough_there_are_none(void **state)
{
    (void)state;
    struct futures futures = {.world = {.context = NULL}};
    open_futures(&futures, seeds[1]);
    promise(&futures, 0.9);
    forbid(&futures);
    assert_int_equal(check_futures(&futures), -1);
    close_futures(&futures);
}

/* Whenever the time is up: no tools, or tools and a bound that are both proven. */
static void a_limit_of_time_leaves_what_is_proven(void **state)
{
    (void)state;
    static const double seconds[] = {0, 0.01, 0.03, 0.1};
    struct futures futures = {.world = {.context = NULL}};
    struct fab_robust whole, parts;
    open_futures(&futures, seeds[SEEDS - 1]);
    solve(&futures, &(struct fab_robust_asked){.rows = 1000000}, &whole);
    for (size_t n = 0; n < sizeof seconds / sizeof *seconds; n++) {
        solve(&futures, &(struct fab_robust_asked){.rows = 1, .gap = WANTED_GAP, .deadline = fab_clock() + seconds[n]}, &parts);
        assert_true(n > 0 || parts.outcome == FAB_LIMIT);
        if (parts.outcome == FAB_OPTIMAL)
            compare(&futures, &whole, &parts, (double)INFINITY);
        else
            assert_int_equal(parts.outcome, FAB_LIMIT);
        fab_tools_fini(&parts.tools);
    }
    fab_tools_fini(&whole.tools);
    close_futures(&futures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decomposition_finds_the_optimum_of_the_extensive_form),
        cmocka_unit_test(what_a_future_needs_is_in_the_tools),
        cmocka_unit_test(where_no_tools_are_enough_there_are_none),
        cmocka_unit_test(a_limit_of_time_leaves_what_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
