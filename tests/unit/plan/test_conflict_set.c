/* Hard promises, and the limits that stand in their way: a set that cannot hold, and can without any one of its members. Looked at a second time on programs of which only the set is left.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "workshop.h"

#include "solver.h"
#include "widen.h"

#include <math.h>

/* ---- the second look ---- */

static bool is_identity(int family)
{
    return family == FAB_BAL || family == FAB_WIP || family == FAB_RMV || family == FAB_OFF || family == FAB_DEM || family == FAB_CHG;
}

static bool has(const fab_table *set, const char *name, const char *left_out)
{
    for (int r = 0; r < fab_table_rows(set); r++)
        if (strcmp(cell_text(set, r, "name"), name) == 0)
            return !left_out || strcmp(name, left_out) != 0;
    return false;
}

/* A fresh program in which only the set's limits hold, but for one, with bounds that say nothing. */
static fab_outcome solve_set(const struct world *world, const fab_table *set, const char *left_out)
{
    fab_solver *solver;
    fab_lp_solution *found = NULL;
    fab_program *program;
    fab_terms *terms;
    world_ok(world, fab_terms_new(world->context, world->model, &terms));
    world_ok(world, fab_program_new(world->context, terms, NULL, &program));
    const fab_lp *lp = program->lp;
    world_ok(world, fab_solver_open(world->context, lp, &solver));
    for (int j = 0; j < lp->column_count; j++) {
        int family = lp->column[j].tag.family;
        bool given_up = (family == FAB_X || family == FAB_I) && !has(set, lp->column[j].name, left_out) && !program->terms->unstocked[family == FAB_I ? lp->column[j].tag.a : 0];
        world_ok(world, fab_solver_set_column_limits(world->context, solver, j, 0, given_up ? fmax(1e6, lp->column[j].upper) : fab_bound_far(program, j)));
    }
    for (int i = 0; i < lp->row_count; i++)
        if (!is_identity(lp->row[i].tag.family) && !has(set, lp->row[i].name, left_out))
            world_ok(world, fab_solver_set_row_limits(world->context, solver, i, -(double)INFINITY, (double)INFINITY));
    double *zero = calloc((size_t)lp->column_count + 1, sizeof *zero);
    world_ok(world, fab_solver_set_objective(world->context, solver, zero, 0));
    world_ok(world, fab_solver_solve(world->context, solver, NULL, &found));
    fab_outcome outcome = found->outcome;
    free(zero);
    fab_lp_solution_free(found);
    fab_solver_close(solver);
    fab_program_free(program);
    fab_terms_free(terms);
    return outcome;
}

static void expect_irreducible(const struct world *world)
{
    const fab_table *set = world->plan->conflict_set;
    assert_int_equal(world->plan->outcome, FAB_INFEASIBLE);
    assert_non_null(set);
    assert_true(fab_table_rows(set) > 0);
    assert_int_equal(solve_set(world, set, NULL), FAB_INFEASIBLE);
    for (int r = 0; r < fab_table_rows(set); r++)
        if (solve_set(world, set, cell_text(set, r, "name")) != FAB_OPTIMAL)
            fail_msg("the conflict remains without %s", cell_text(set, r, "name"));
}

static void expect_member(const struct world *world, const char *name, double alone)
{
    const fab_table *set = world->plan->conflict_set;
    for (int r = 0; r < fab_table_rows(set); r++)
        if (strcmp(cell_text(set, r, "name"), name) == 0) {
            assert_close(cell_number(set, r, "alone"), alone, 1e-9, 1e-9);
            return;
        }
    fail_msg("%s is no member", name);
}

/* ---- by hand ---- */

static void plan_hard(struct world *world, const char *more)
{
    world_of_text(world, workshop, more);
    world->model->hard = true;
    world_plan(world);
}

/* What is promised can be had: nothing is broken, and no column is left that could be. */
static void promises_that_can_be_kept(void **state)
{
    struct world world;
    (void)state;
    plan_hard(&world, "@customer\ncustomer,name,min_fill\nACME,Acme,0.01\n@demand\ndemand,customer,item,due_date,quantity,price_usd,max_late_days,min_fill\nD1,ACME,OLD,2027-01-12,40,70,,0.5\n"
                      "@source_limit\nsource,from_date,to_date,min_starts_per_week,max_starts_per_week\nBUY,2027-01-04,2027-01-25,7,14\n");
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    assert_true(world.plan->certificate.verified);
    assert_true(world.program->lp->column[find_column(&world, "lack[D1]")].upper == 0);
    assert_true(world.plan->totals[FAB_MONEY_COMMITMENT] == 0 && world.plan->totals[FAB_MONEY_SHORTFALL] == 0);
    world_finish(&world);
}

/* A minimum whose shortfall is free stays elastic, one that costs does not: 7 a week are promised of a source that is not there. */
static void what_is_free_to_break_stays_so(void **state)
{
    static const char none[] = "@demand\ndemand,customer,item,due_date,quantity,price_usd,max_late_days,min_fill\nD2,ACME,OLD,2027-01-12,40,120,,0\n@source\n"
                               "source,item,line,route,units_per_start,consumes_bom,lead_time_days,available_from\nWAFERS,DIE,FAB,R,10,,,\nPACK,CHIP,OUT,,1,1,0,\nBUY,OLD,OUT,,1,,3.5,2027-01-25\n";
    struct world world;
    (void)state;
    world_of_text(&world, workshop, none);
    world.model->hard = true;
    world.model->source_limit[0].shortfall_usd_per_start = 0;
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    assert_close(world.plan->solution->x[find_column(&world, "lackmin[BUY,P1]")], 7, 1e-9, 0);
    world_finish(&world);
    world_of_text(&world, workshop, none);
    world.model->hard = true;
    world.model->source_limit[0].shortfall_usd_per_start = 1;
    world_plan(&world);
    expect_irreducible(&world);
    assert_int_equal(fab_table_rows(world.plan->conflict_set), 1); /* the source is not there: the minimum alone cannot hold */
    world_finish(&world);
}

/* One tester's 168 hours are 42 good units in the first week, 90 are promised: the promise or the hours. */
static void a_promise_and_the_hours(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world.model->hard = true;
    world.model->demand[0].min_fill = 0.9;
    world_plan(&world);
    expect_irreducible(&world);
    assert_int_equal(fab_table_rows(world.plan->conflict_set), 2);
    expect_member(&world, "MIN[D1]", 48);
    expect_member(&world, "CAP[TESTER,2027-W01]", 48 * 4);
    assert_int_equal(fab_table_rows(world.plan->conflict), 1); /* the cheapest repair: 48 of 90 */
    assert_string_equal(cell_text(world.plan->conflict, 0, "unit"), "units");
    world_finish(&world);
}

/* Limits of floor and power from test_conflict.c: either is a conflict by itself, and the set is one of them. */
static void one_of_two_conflicts(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->tool_group[find_tool_group(&world, "LITHO")].removal_usd = (double)NAN;
    world.model->tool_group[find_tool_group(&world, "GEN")].buyable = false;
    world.model->power_limit[0].mw = 0.1;
    world.model->line[find_line(&world, "FAB")].floor_m2 = 20;
    world_plan(&world);
    expect_irreducible(&world);
    assert_int_equal(fab_table_rows(world.plan->conflict_set), 1);
    world_finish(&world);
}

/* ---- drawn fabs ---- */

static void drawn_fabs(void **state)
{
    int conflicts = 0;
    (void)state;
    for (int seed = 1; seed <= 16; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        world.model->hard = true;
        for (int d = 0; d < world.model->demand_count; d++)
            world.model->demand[d].min_fill = 0.9;
        world_plan(&world);
        if (world.plan->outcome == FAB_INFEASIBLE) {
            expect_irreducible(&world);
            conflicts++;
        }
        world_finish(&world);
    }
    assert_true(conflicts >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promises_that_can_be_kept), cmocka_unit_test(what_is_free_to_break_stays_so),
        cmocka_unit_test(a_promise_and_the_hours),   cmocka_unit_test(one_of_two_conflicts),        cmocka_unit_test(drawn_fabs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
