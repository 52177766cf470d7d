/* Upper limits of decisions: every column has a finite one, twice what its equation allows, one where that is nothing, and exact where the data say it. On drawn plans: test_drawn_plans.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "plan_fixture.h"
#include "workshop.h"

static void twice_and_at_least_one(void **state)
{
    (void)state;
    assert_true(fab_bounds_loosen(7) == 14);
    assert_true(fab_bounds_loosen(1e-6) == 2e-6);
    assert_true(fab_bounds_loosen(0) == 1);
}

static double upper_of(const struct world *world, const char *column)
{
    return world->program->lp->column[find_column(world, column)].upper;
}

static struct world changed(void (*change)(struct world *world))
{
    struct world world;
    world_of_text(&world, workshop, NULL);
    change(&world);
    world_build(&world);
    return world;
}

/* ---- where an equation leaves nothing, its row carries the value ---- */

static void forbid_deliveries(struct world *world)
{
    world->model->tool_delivery_limit[0].max_tools = 0;
}

static void no_tool_may_be_delivered(void **state)
{
    struct world world = changed(forbid_deliveries);
    (void)state;
    assert_true(upper_of(&world, "n[LITHO,P1]") == 1);
    assert_true(world.program->lp->row[find_row(&world, "DLV[LITHO,2027-01-11]")].upper == 0);
    world_finish(&world);
}

static void spend_nothing(struct world *world)
{
    world->model->capex_budget[0].usd = 0;
}

static void no_money_yet(void **state)
{
    struct world world = changed(spend_nothing);
    (void)state;
    assert_true(upper_of(&world, "n[GEN,P1]") == 1);
    assert_close(upper_of(&world, "n[GEN,P3]"), 2 * 2000 / 500.0, 1e-14, 0);
    world_finish(&world);
}

static void take_tools_away(struct world *world)
{
    world->model->tool_group[find_tool_group(world, "ETCH")].tools = 0;
    world->model->tool_alternate_count = 0;
}

/* Without an etcher no wafer comes out, and the etcher's hours are what it takes. */
static void no_hours_at_all(void **state)
{
    struct world world = changed(take_tools_away);
    (void)state;
    assert_true(upper_of(&world, "x[WAFERS,P1]") == 1);
    world_finish(&world);
}

static void the_hours_that_are_missing_have_the_value(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    take_tools_away(&world);
    world_plan(&world);
    const fab_lp_solution *solution = world.plan->solution;
    assert_true(solution->x[find_column(&world, "x[WAFERS,P1]")] < 1e-9);
    assert_true(solution->multiplier[find_row(&world, "CAP[ETCH,P1]")] + solution->multiplier[find_row(&world, "CAP[ETCH,P2]")] > 1);
    assert_true(solution->reduced_cost[find_column(&world, "x[WAFERS,P1]")] < 1e-9);
    world_finish(&world);
}

/* ---- limits of the data are exact ---- */

static void limit_contracts(struct world *world)
{
    world->model->source_limit[0].max_starts_per_week = 0;
    world->model->item[find_item(world, "GOOD")].max_stock = 0;
}

static void a_limit_of_nothing_is_exact(void **state)
{
    struct world world = changed(limit_contracts);
    (void)state;
    assert_true(upper_of(&world, "x[BUY,P1]") == 0);
    assert_true(world.program->bounds->own_limit[find_source(&world, "BUY") * 3]);
    assert_true(upper_of(&world, "I[GOOD,P1]") == 0);
    world_finish(&world);
}

/* Two limits of one contract: the tighter counts where both hold; a contract above what the line does leaves the line its value. */
static void raise_contract(struct world *world)
{
    world->model->source_limit[0].source = find_source(world, "WAFERS");
    world->model->source_limit[0].max_starts_per_week = 1e6;
}

static void a_wide_contract_is_no_limit(void **state)
{
    struct world world = changed(raise_contract);
    (void)state;
    assert_close(upper_of(&world, "x[WAFERS,P2]"), 800, 1e-14, 0);
    assert_false(world.program->bounds->own_limit[find_source(&world, "WAFERS") * 3 + 1]);
    world_finish(&world);
}

/* ---- what nothing limits ---- */

static void free_tools(struct world *world)
{
    struct fab_tool_group *group = &world->model->tool_group[find_tool_group(world, "LITHO")];
    world->model->capex_budget_count = world->model->tool_delivery_limit_count = 0;
    group->price_usd = 0;
    world->model->line[group->line].floor_m2 = (double)NAN;
}

/* Neither price, budget, floor nor delivery limit: a number of tools that no fab holds, and finite. */
static void tools_without_any_limit(void **state)
{
    struct world world = changed(free_tools);
    (void)state;
    assert_true(upper_of(&world, "n[LITHO,P1]") == 1e5);
    assert_true(isfinite(upper_of(&world, "x[WAFERS,P1]")) && isfinite(upper_of(&world, "r[LITHO,P3]")));
    world_finish(&world);
}

static void promise_more(struct world *world)
{
    world->model->source_limit[0].source = find_source(world, "PACK");
    world->model->source_limit[0].min_starts_per_week = 5000;
    world->model->source_limit[0].max_starts_per_week = (double)NAN;
}

/* A promise may be kept even if nothing needs the units. */
static void a_promise_above_all_use(void **state)
{
    struct world world = changed(promise_more);
    (void)state;
    assert_close(world.program->bounds->starts[find_source(&world, "PACK") * 3], 2 * 5000, 1e-14, 0);
    assert_close(upper_of(&world, "x[PACK,P1]"), 2 * 12 / 2.0, 1e-9, 0); /* and there are 12 good die for it, two a package */
    world_finish(&world);
}

/* Chips may stand for old chips and the other way round: each item's arrivals count once, and the search ends. */
static void close_the_circle(struct world *world)
{
    static struct fab_substitute both[2];
    both[0] = world->model->substitute[0];
    both[1] = both[0];
    both[1].item = both[0].instead_of;
    both[1].instead_of = both[0].item;
    both[1].usd_per_unit = 0;
    world->model->substitute = both;
    world->model->substitute_count = 2;
}

static void a_circle_of_substitutes(void **state)
{
    struct world world = changed(close_the_circle);
    (void)state;
    const double *arrivals = world.program->bounds->arrivals;
    int chip = find_item(&world, "CHIP") * 3, old = find_item(&world, "OLD") * 3;
    for (int t = 0; t < 3; t++) {
        assert_close(arrivals[chip + t], arrivals[old + t], 1e-13, 0);
        assert_true(isfinite(arrivals[chip + t]) && arrivals[chip + t] > 0);
    }
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_and_at_least_one),      cmocka_unit_test(no_tool_may_be_delivered),
        cmocka_unit_test(no_money_yet),                cmocka_unit_test(no_hours_at_all),
        cmocka_unit_test(the_hours_that_are_missing_have_the_value), cmocka_unit_test(a_limit_of_nothing_is_exact),
        cmocka_unit_test(a_wide_contract_is_no_limit), cmocka_unit_test(tools_without_any_limit),
        cmocka_unit_test(a_promise_above_all_use),     cmocka_unit_test(a_circle_of_substitutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
