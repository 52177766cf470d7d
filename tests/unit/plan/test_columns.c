/* Upper limit and money of every decision, worked out by hand from the formulas of planning-model.md ("Variables", "Objective", "Upper bounds") for the fab of workshop.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "plan_fixture.h"
#include "workshop.h"

#define LOOSE 2.0 /* a limit that follows from an equation stays this far above it */

/* Factors of money on the days 0, 7 and 21 of the periods' starts, and on day 28, the end. */
static double on_day(double day)
{
    return pow(1.1, -day / 365.25);
}

static void check(const struct world *world, const char *name, double upper, double objective)
{
    const struct fab_lp_column *column = &world->program->lp->column[find_column(world, name)];
    if (fabs(column->upper - upper) > 1e-12 * fabs(upper) || fabs(column->objective - objective) > 1e-12 * fmax(1, fabs(objective)))
        fail_msg("%s: up to %.15g with %.15g USD, not %.15g with %.15g", name, column->upper, column->objective, upper, objective);
    assert_true(column->lower == 0);
    assert_false(column->integer);
}

static int set_up(void **state)
{
    static struct world world;
    world_of_text(&world, workshop, NULL);
    world_build(&world);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    world_finish(*state);
    return 0;
}

/* MWh: an hour of LITHO 1.5 x 0.1, of ETCH 1.5 x 0.06; 50 USD each. */
#define LITHO_USD (1.5 * 0.1 * 50)
#define ETCH_USD (1.5 * 0.06 * 50)

/* The scarcest thing that a start meets: LITHO in the first week with the hours of its alternate, then the line. ETCH would allow more. */
static void starts_made_here(void **state)
{
    double litho = 24 * 7 * 0.9 * 0.8 * 2 + 24 * 7 * 3 / 2.0;
    check(*state, "x[WAFERS,P1]", LOOSE * litho, -100 - LITHO_USD - 0.45 * ETCH_USD * (1 + on_day(7)));
    check(*state, "x[WAFERS,P2]", LOOSE * 200 * 2, (-100 - LITHO_USD - 0.675 * ETCH_USD) * on_day(7) - 0.225 * ETCH_USD * on_day(21));
}

/* Nothing of the last period's starts arrives before the end: half of what it would be worth counts. */
static void unfinished_starts(void **state)
{
    double value = 7.2 * (0.75 * 40 + 0.25 * 10);
    check(*state, "x[WAFERS,P3]", LOOSE * 200, (-100 - LITHO_USD - 0.45 * ETCH_USD) * on_day(21) + 0.5 * value * on_day(28));
}

/* A contract's maximum is the limit itself; what nothing limits is what demand can use twice over: 400 chips, 40 old ones that chips can stand for, and one of each; in
 * P1 there are 12 good die, two for a package. */
static void starts_that_are_bought(void **state)
{
    const struct world *world = *state;
    const bool *own = world->program->bounds->own_limit;
    check(world, "x[BUY,P1]", 14, -60);
    check(world, "x[BUY,P2]", 28, -60 * on_day(7));
    check(world, "x[PACK,P1]", LOOSE * 12 / 2.0, -5);
    check(world, "x[PACK,P2]", LOOSE * (401 + 41), -5 * on_day(7));
    check(world, "x[PACK,P3]", LOOSE * (401 + 41), -5 * on_day(21));
    assert_true(own[find_source(world, "BUY") * 3] && own[find_source(world, "BUY") * 3 + 1]);
    assert_false(own[find_source(world, "PACK") * 3] || own[find_source(world, "WAFERS") * 3]);
}

/* The limit names no penalty: ten times the cost of a start. The promise holds while the source is not there. */
static void missing_starts(void **state)
{
    check(*state, "lackmin[BUY,P1]", 7, -10 * 60);
    check(*state, "lackmin[BUY,P2]", 14, -10 * 60 * on_day(7));
    check(*state, "lackmin[BUY,P3]", 7, -10 * 60 * on_day(21));
}

/* GOOD: 12 on hand; 5.4 a start of the first week arrive in the second period, of the second period half and half. */
#define GOOD_P2 (12 + 5.4 * LOOSE * (24 * 7 * 0.9 * 0.8 * 2 + 24 * 7 * 3 / 2.0) + 5.4 * 0.5 * 800)
#define LOW_P2 ((GOOD_P2 - 12) / 3)

static void stock(void **state)
{
    double holding = 0.2 * 40 / 365.25;
    check(*state, "I[GOOD,P1]", LOOSE * 12, -holding * 7);
    check(*state, "I[GOOD,P2]", 50, -holding * 14 * on_day(7));
    check(*state, "I[GOOD,P3]", 50, -holding * 7 * on_day(21) + 0.5 * 40 * on_day(28));
    check(*state, "I[LOW,P2]", LOOSE * LOW_P2, -0.2 * 10 / 365.25 * 14 * on_day(7));
    check(*state, "I[DIE,P3]", 0, 0); /* never in stock before it is binned */
    /* half of the week's contract arrives in it, and the six chips of the good die may stand for old ones */
    check(*state, "I[OLD,P1]", LOOSE * (7 + 6), -0.2 * 60 / 365.25 * 7);
}

static void discards(void **state)
{
    check(*state, "z[GOOD,P1]", LOOSE * 12, 0);
    check(*state, "z[GOOD,P2]", LOOSE * GOOD_P2, 0); /* its store does not limit what is thrown away */
    check(*state, "z[LOW,P2]", LOOSE * LOW_P2, 0);
}

static void substitutes(void **state)
{
    check(*state, "m[CHIP>OLD,P1]", LOOSE * 6, -3);
    check(*state, "m[CHIP>OLD,P2]", LOOSE * 884 * 2, -3 * on_day(7));
    check(*state, "m[CHIP>OLD,P3]", LOOSE * 884 * 3, -3 * on_day(21));
}

static void orders(void **state)
{
    check(*state, "y[D1,P1]", 100, 200);
    check(*state, "y[D1,P2]", 100, (200 - 14) * on_day(7)); /* one week late */
    check(*state, "y[D2,P2]", 40, 120 * on_day(7));
    check(*state, "short[D1]", 100, -30);
    check(*state, "short[D3]", 300, 0);
    check(*state, "lack[D1]", 0.5 * 100, -4 * 200);                /* the customer's promise */
    check(*state, "lack[D3]", 0.2 * 300, -4 * 200 * on_day(21)); /* its own */
}

/* The horizon bears (28 - b - lead) of the life; twice what the budget buys and what may be delivered. */
static void tools(void **state)
{
    check(*state, "n[LITHO,P1]", LOOSE * 1, -1000 * 21 / 100.0);
    check(*state, "n[LITHO,P2]", LOOSE * 1, -1000 * 14 / 100.0 * on_day(7));
    check(*state, "n[GEN,P1]", LOOSE * 3000 / 500, -500 * 28 / 1000.0);
    check(*state, "n[GEN,P3]", LOOSE * 5000 / 500, -500 * 7 / 1000.0 * on_day(21));
    check(*state, "r[LITHO,P1]", LOOSE * 2, -20);
    check(*state, "r[LITHO,P2]", LOOSE * (2 + 2), -20 * on_day(7));
    check(*state, "r[LITHO,P3]", LOOSE * (4 + 4), -20 * on_day(21)); /* 4 installed, twice two deliveries */
}

/* An hour of LITHO saved, two of ETCH spent. */
static void hours_moved(void **state)
{
    double litho = 24 * 7 * 0.9 * 0.8 * 2 + 24 * 7 * 3 / 2.0, usd = LITHO_USD - 2 * ETCH_USD;
    check(*state, "off[LITHO>ETCH,R,10,P1]", LOOSE * LOOSE * litho, usd);
    check(*state, "off[LITHO>ETCH,R,10,P2]", LOOSE * 800, usd * on_day(7));
    check(*state, "off[LITHO>ETCH,R,10,P3]", LOOSE * 400, usd * on_day(21));
}

/* Power that no decision changes: the base load. */
static void the_constant(void **state)
{
    const struct world *world = *state;
    double usd = -0.5 * 24 * 50 * (7 + 14 * on_day(7) + 7 * on_day(21));
    assert_close(world->program->constant[FAB_MONEY_POWER], usd, 1e-13, 0);
    assert_close(world->program->lp->objective_constant, usd, 1e-13, 0);
}

/* A tool that lives shorter than the horizon is charged once, not more. */
static void a_short_life(void **state)
{
    struct world *world = *state;
    struct fab_tool_group *group = &world->model->tool_group[find_tool_group(world, "LITHO")];
    assert_close(fab_terms_charged_share(world->terms, find_tool_group(world, "LITHO"), 0, world->terms->horizon_days), 0.21, 1e-14, 0);
    group->life_days = 3;
    assert_close(fab_terms_charged_share(world->terms, find_tool_group(world, "LITHO"), 0, world->terms->horizon_days), 1, 1e-14, 0);
    group->life_days = 100;
}

/* Kinds of money of one column, apart. */
static void kinds_stay_apart(void **state)
{
    const struct world *world = *state;
    const fab_program *program = world->program;
    double of[FAB_MONEY_COUNT] = {0};
    for (int a = 0; a < program->amount_count; a++)
        if (program->amount[a].column == find_column(world, "y[D1,P2]") || program->amount[a].column == find_column(world, "x[WAFERS,P3]"))
            of[program->amount[a].kind] += program->amount[a].usd;
    assert_close(of[FAB_MONEY_REVENUE], 200 * on_day(7), 1e-13, 0);
    assert_close(of[FAB_MONEY_LATE], -14 * on_day(7), 1e-13, 0);
    assert_close(of[FAB_MONEY_COST], -100 * on_day(21), 1e-13, 0);
    assert_close(of[FAB_MONEY_POWER], -(LITHO_USD + 0.45 * ETCH_USD) * on_day(21), 1e-13, 0);
    assert_close(of[FAB_MONEY_END_VALUE], 0.5 * 234 * on_day(28), 1e-13, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_made_here), cmocka_unit_test(unfinished_starts), cmocka_unit_test(starts_that_are_bought),
        cmocka_unit_test(missing_starts),   cmocka_unit_test(stock),             cmocka_unit_test(discards),
        cmocka_unit_test(substitutes),      cmocka_unit_test(orders),            cmocka_unit_test(tools),
        cmocka_unit_test(hours_moved),      cmocka_unit_test(the_constant),      cmocka_unit_test(a_short_life),
        cmocka_unit_test(kinds_stay_apart),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
