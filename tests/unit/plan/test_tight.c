/* Bounds are near what is possible: on drawn fabs no upper bound is a thousand times the most that its column can be, found by a linear program for a sample of columns; and no bound decides.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "widen.h"

#include <math.h>

/* Drawn fabs, and columns of each that are looked at, evenly spread. */
enum { FABS = 12, SAMPLE = 40 };
#define TIGHT 1e3

static int looked;

static double most_of(const struct world *world, fab_solver *solver, double *objective, int column)
{
    fab_lp_solution *found = NULL;
    objective[column] = 1;
    world_ok(world, fab_solver_set_objective(world->context, solver, objective, 0));
    world_ok(world, fab_solver_solve(world->context, solver, NULL, &found));
    objective[column] = 0;
    assert_int_equal(found->outcome, FAB_OPTIMAL);
    double most = found->x[column];
    fab_lp_solution_free(found);
    return most;
}

static void bounds_are_tight(struct world *world, int seed)
{
    const fab_lp *lp = world->program->lp;
    fab_solver *solver = NULL;
    double *objective = calloc((size_t)lp->column_count, sizeof *objective);
    world_ok(world, fab_solver_open(world->context, lp, &solver));
    for (int n = 0; n < SAMPLE; n++) {
        int column = (int)((long)(n * 2 + 1) * lp->column_count / (2 * SAMPLE));
        double most = most_of(world, solver, objective, column);
        if (lp->column[column].upper > TIGHT * fmax(1, most))
            fail_msg("fab %d: %s up to %g, of which %g is possible", seed, lp->column[column].name, lp->column[column].upper, most);
        looked++;
    }
    fab_solver_close(solver);
    free(objective);
}

static void no_bound_is_far_from_what_is_possible(void **state)
{
    (void)state;
    for (int seed = 1; seed <= FABS; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        world_build(&world);
        bounds_are_tight(&world, seed);
        world_finish(&world);
    }
    assert_int_equal(looked, SAMPLE * FABS);
}

/* Three fabs that replace each other, alternates at every step, tools bought and removed on a floor: orders are bounded by the floor, and nothing goes up to 7.7e12 as it did. The optimum is that of the second formulation (tests/oracle). */
static void a_chain_of_fabs(void **state)
{
    struct world world;
    (void)state;
    world_of_case(&world, "chain-gap");
    world_plan(&world);
    const fab_lp *lp = world.program->lp;
    double floor = 0, largest = 0;
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        if (column->tag.family == FAB_N)
            floor = fmax(floor, column->upper * fabs(world.model->tool_group[column->tag.a].floor_m2));
        largest = fmax(largest, column->upper);
    }
    assert_true(floor <= 2 * 1500 * (1 + 1e-12));
    assert_true(largest < 1e10);
    assert_true(world.plan->certificate.verified);
    assert_close(world.plan->certificate.objective, -1408288416.4516029, 1e-12, 0);
    world_finish(&world);
}

/* A week in which one unit in 700 arrives, for a customer who pays any price: far more is started than could ever be of use, and the bound that did not expect it is widened. */
static void a_bound_that_decides_is_widened(void **state)
{
    struct world world;
    double share = 0.01 / 7;
    (void)state;
    world_of_data(&world, "mini");
    world.model->source[0].route = FAB_NONE;
    world.model->source[0].lead_time_days = 6.99;
    world.model->demand[0].price_usd = 1e6;
    world_plan(&world);
    int first = find_column(&world, "x[CHIP@R,2027-W01]");
    assert_true(world.plan->certificate.verified);
    assert_close(world.plan->solution->x[first], 100 / (0.5 * share), 1e-9, 0);
    assert_true(world.program->lp->column[first].upper > 100 / (0.5 * share));
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bound_is_far_from_what_is_possible),
        cmocka_unit_test(a_chain_of_fabs),
        cmocka_unit_test(a_bound_that_decides_is_widened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
