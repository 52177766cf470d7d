/* One row and more of every family, coefficient by coefficient, worked out by hand from planning-model.md ("Equations") for the fab of workshop.h: a row has these columns and no others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "workshop.h"

#define NONE (double)INFINITY

struct term {
    const char *column;
    double value;
};

enum { MOST_TERMS = 12 };

static void check(const struct world *world, const char *name, double lower, double upper, const struct term terms[MOST_TERMS])
{
    const fab_lp *lp = world->program->lp;
    int row = find_row(world, name), wanted = 0, found = 0;
    if (isfinite(lower))
        assert_close(lp->row[row].lower, lower, 1e-12, 1e-12);
    else
        assert_true(lp->row[row].lower == -NONE);
    if (isfinite(upper))
        assert_close(lp->row[row].upper, upper, 1e-12, 1e-12);
    else
        assert_true(lp->row[row].upper == NONE);
    for (; wanted < MOST_TERMS && terms[wanted].column; wanted++) {
        double value = coefficient(lp, row, find_column(world, terms[wanted].column));
        if (fabs(value - terms[wanted].value) > 1e-12 * fabs(terms[wanted].value))
            fail_msg("%s: %.15g of %s, not %.15g", name, value, terms[wanted].column, terms[wanted].value);
    }
    for (int j = 0; j < lp->column_count; j++)
        found += coefficient(lp, row, j) != 0;
    if (found != wanted)
        fail_msg("%s: %d columns, not %d", name, found, wanted);
}

#define CHECK(state, name, lower, upper, ...) check(state, name, lower, upper, (const struct term[MOST_TERMS]){__VA_ARGS__})

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

static void item_balance(void **state)
{
    CHECK(*state, "BAL[GOOD,P1]", -12, -12, {"I[GOOD,P1]", -1}, {"z[GOOD,P1]", -1}, {"x[PACK,P1]", -2});
    CHECK(*state, "BAL[GOOD,P2]", 0, 0, {"I[GOOD,P1]", 1}, {"I[GOOD,P2]", -1}, {"z[GOOD,P2]", -1}, {"x[WAFERS,P1]", 7.2 * 0.75},
          {"x[WAFERS,P2]", 7.2 * 0.75 / 2}, {"x[PACK,P2]", -2});
    CHECK(*state, "BAL[LOW,P3]", 0, 0, {"I[LOW,P2]", 1}, {"I[LOW,P3]", -1}, {"z[LOW,P3]", -1}, {"x[WAFERS,P2]", 7.2 * 0.25 / 2});
    CHECK(*state, "BAL[DIE,P1]", 0, 0, {"I[DIE,P1]", -1}, {"z[DIE,P1]", -1});
}

/* 4 old chips are on their way; starts of the second period, days 10.5 to 24.5, arrive for three quarters in it. */
static void item_balance_with_substitutes_and_orders(void **state)
{
    CHECK(*state, "BAL[OLD,P2]", -4, -4, {"I[OLD,P1]", 1}, {"I[OLD,P2]", -1}, {"z[OLD,P2]", -1}, {"x[BUY,P1]", 0.5}, {"x[BUY,P2]", 0.75},
          {"m[CHIP>OLD,P2]", 1}, {"y[D2,P2]", -1});
    CHECK(*state, "BAL[CHIP,P2]", 0, 0, {"I[CHIP,P1]", 1}, {"I[CHIP,P2]", -1}, {"z[CHIP,P2]", -1}, {"x[PACK,P2]", 1}, {"m[CHIP>OLD,P2]", -1},
          {"y[D1,P2]", -1});
}

/* 17.28 hours a day and scanner; one ordered in P1 counts from P2 on, one ordered in P2 (day 14) from P3 on. */
static void tool_hours(void **state)
{
    double week = 24 * 7 * 0.9 * 0.8;
    CHECK(*state, "CAP[LITHO,P1]", -NONE, 2 * week, {"x[WAFERS,P1]", 1}, {"off[LITHO>ETCH,R,10,P1]", -1}, {"r[LITHO,P1]", week});
    CHECK(*state, "CAP[LITHO,P2]", -NONE, 4 * week, {"x[WAFERS,P2]", 1}, {"off[LITHO>ETCH,R,10,P2]", -1}, {"n[LITHO,P1]", -2 * week},
          {"r[LITHO,P1]", 2 * week}, {"r[LITHO,P2]", 2 * week});
    CHECK(*state, "CAP[LITHO,P3]", -NONE, 4 * week, {"x[WAFERS,P3]", 1}, {"off[LITHO>ETCH,R,10,P3]", -1}, {"n[LITHO,P1]", -week},
          {"n[LITHO,P2]", -week}, {"r[LITHO,P1]", week}, {"r[LITHO,P2]", week}, {"r[LITHO,P3]", week});
    CHECK(*state, "CAP[ETCH,P2]", -NONE, 24 * 14 * 3, {"x[WAFERS,P1]", 0.9 / 2}, {"x[WAFERS,P2]", 0.9 * 0.75}, {"off[LITHO>ETCH,R,10,P2]", 2});
    CHECK(*state, "CAP[GEN,P1]", -NONE, 24 * 7, {"n[GEN,P1]", -24 * 7});
}

static void tools_left(void **state)
{
    CHECK(*state, "RMV[LITHO,P1]", -2, NONE, {"r[LITHO,P1]", -1});
    CHECK(*state, "RMV[LITHO,P2]", -2, NONE, {"n[LITHO,P1]", 1}, {"r[LITHO,P1]", -1}, {"r[LITHO,P2]", -1});
    CHECK(*state, "RMV[LITHO,P3]", -4, NONE, {"n[LITHO,P1]", 1}, {"n[LITHO,P2]", 1}, {"r[LITHO,P1]", -1}, {"r[LITHO,P2]", -1}, {"r[LITHO,P3]", -1});
    assert_int_equal(seek_row(*state, "RMV[ETCH,P1]"), FAB_NONE);
}

/* All that may move is step 10 of R: the three nested scopes say the same here. */
static void qualified_hours(void **state)
{
    static const char *const scopes[] = {"OFF[LITHO,P2]", "OFF[LITHO,R,P2]", "OFF[LITHO,R,10,P2]"};
    for (int n = 0; n < 3; n++)
        CHECK(*state, scopes[n], -NONE, 0, {"off[LITHO>ETCH,R,10,P2]", 1}, {"x[WAFERS,P2]", -1});
}

/* LITHO may move hours onto ETCH, and ETCH hours onto GEN: only those of its own steps, not what came from LITHO. */
static void hours_are_not_passed_on(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, "@tool_alternate\ntool_group,alternate,route,step,hours_ratio\nLITHO,ETCH,R,10,2\nETCH,GEN,,,1.5\n");
    world_build(&world);
    CHECK(&world, "OFF[ETCH,P2]", -NONE, 0, {"off[ETCH>GEN,*,P2]", 1}, {"x[WAFERS,P1]", -0.9 / 2}, {"x[WAFERS,P2]", -0.9 * 0.75});
    CHECK(&world, "CAP[ETCH,P2]", -NONE, 24 * 14 * 3, {"x[WAFERS,P1]", 0.9 / 2}, {"x[WAFERS,P2]", 0.9 * 0.75}, {"off[LITHO>ETCH,R,10,P2]", 2}, {"off[ETCH>GEN,*,P2]", -1});
    world_finish(&world);
}

static void demand_and_promises(void **state)
{
    CHECK(*state, "DEM[D1]", 100, 100, {"y[D1,P1]", 1}, {"y[D1,P2]", 1}, {"short[D1]", 1});
    CHECK(*state, "DEM[D2]", 40, 40, {"y[D2,P2]", 1}, {"short[D2]", 1});
    CHECK(*state, "MIN[D1]", 50, NONE, {"y[D1,P1]", 1}, {"y[D1,P2]", 1}, {"lack[D1]", 1});
    CHECK(*state, "MIN[D3]", 60, NONE, {"y[D3,P3]", 1}, {"lack[D3]", 1});
    assert_int_equal(seek_row(*state, "MIN[D2]"), FAB_NONE);
}

static void shipment_limit(void **state)
{
    CHECK(*state, "SHP[ACME,CHIP,P1]", -NONE, 50, {"y[D1,P1]", 1});
    CHECK(*state, "SHP[ACME,CHIP,P2]", -NONE, 100, {"y[D1,P2]", 1});
    assert_int_equal(seek_row(*state, "SHP[ACME,CHIP,P3]"), FAB_NONE);
}

static void source_limit(void **state)
{
    CHECK(*state, "SRC[BUY,P2]", 14, NONE, {"x[BUY,P2]", 1}, {"lackmin[BUY,P2]", 1});
    CHECK(*state, "SRC[BUY,P3]", 7, NONE, {"lackmin[BUY,P3]", 1});
}

/* Middles of the periods: days 3.5, 14 and 24.5, a week and a half apart. */
static void line_limit(void **state)
{
    CHECK(*state, "LIN[FAB,P2]", -NONE, 200, {"x[WAFERS,P2]", 0.5});
    CHECK(*state, "LIN[FAB,ramp,P2]", -NONE, 75, {"x[WAFERS,P2]", 0.5}, {"x[WAFERS,P1]", -1});
    CHECK(*state, "LIN[FAB,P3]", -NONE, 200, {"x[WAFERS,P3]", 1});
    CHECK(*state, "LIN[FAB,ramp,P3]", -NONE, 75, {"x[WAFERS,P3]", 1}, {"x[WAFERS,P2]", -0.5});
    CHECK(*state, "LIN[FAB,drop,P2]", -NONE, 60, {"x[WAFERS,P1]", 1}, {"x[WAFERS,P2]", -0.5});
    CHECK(*state, "LIN[FAB,drop,P3]", -NONE, 60, {"x[WAFERS,P2]", 0.5}, {"x[WAFERS,P3]", -1});
    assert_int_equal(seek_row(*state, "LIN[FAB,P1]"), FAB_NONE);
    assert_int_equal(seek_row(*state, "LIN[FAB,drop,P1]"), FAB_NONE);
}

/* 0.9 MW less 0.5 of base load, and 0.2 of the generator that stands. */
static void power(void **state)
{
    double litho = 1.5 * 0.1, etch = 1.5 * 0.06;
    CHECK(*state, "PWR[HOME,P1]", -NONE, 0.9 - 0.5 + 0.2, {"x[WAFERS,P1]", (litho + 0.45 * etch) / 168},
          {"off[LITHO>ETCH,R,10,P1]", (2 * etch - litho) / 168}, {"n[GEN,P1]", -0.2});
    CHECK(*state, "PWR[HOME,P2]", -NONE, 0.6, {"x[WAFERS,P1]", 0.45 * etch / 336}, {"x[WAFERS,P2]", (litho + 0.675 * etch) / 336},
          {"off[LITHO>ETCH,R,10,P2]", (2 * etch - litho) / 336}, {"n[GEN,P1]", -0.2}, {"n[GEN,P2]", -0.2});
}

static void deliveries(void **state)
{
    CHECK(*state, "DLV[LITHO,2027-01-11]", -NONE, 1, {"n[LITHO,P1]", 1}, {"n[LITHO,P2]", 1});
}

static void cleanroom_floor(void **state)
{
    CHECK(*state, "FLR[FAB,P1]", -NONE, 100 - 2 * 10 - 3 * 5, {"r[LITHO,P1]", -10});
    CHECK(*state, "FLR[FAB,P2]", -NONE, 65, {"n[LITHO,P1]", 10}, {"r[LITHO,P1]", -10}, {"r[LITHO,P2]", -10});
    CHECK(*state, "FLR[FAB,P3]", -NONE, 100 - 4 * 10 - 3 * 5, {"n[LITHO,P1]", 10}, {"n[LITHO,P2]", 10}, {"r[LITHO,P1]", -10}, {"r[LITHO,P2]", -10},
          {"r[LITHO,P3]", -10});
}

static void capital_budget(void **state)
{
    CHECK(*state, "BUD[P1]", -NONE, 3000, {"n[LITHO,P1]", 1000}, {"n[GEN,P1]", 500});
    CHECK(*state, "BUD[P2]", -NONE, 3000, {"n[LITHO,P1]", 1000}, {"n[LITHO,P2]", 1000}, {"n[GEN,P1]", 500}, {"n[GEN,P2]", 500});
    CHECK(*state, "BUD[P3]", -NONE, 5000, {"n[LITHO,P1]", 1000}, {"n[LITHO,P2]", 1000}, {"n[GEN,P1]", 500}, {"n[GEN,P2]", 500}, {"n[GEN,P3]", 500});
}

/* Without the table there is no limit, and no row. */
static void no_budget(void **state)
{
    struct world *world = *state, other;
    world_of_text(&other, workshop, NULL);
    other.model->capex_budget_count = 0;
    world_build(&other);
    assert_int_equal(seek_row(&other, "BUD[P1]"), FAB_NONE);
    assert_int_equal(other.program->lp->row_count, world->program->lp->row_count - 3);
    world_finish(&other);
}

/* A shell is a tool group with a negative floor: what stands adds to the line's, what is bought gives room. */
static void a_shell_gives_floor(void **state)
{
    struct world other;
    (void)state;
    world_of_text(&other, workshop, NULL);
    other.model->tool_group[find_tool_group(&other, "GEN")].floor_m2 = -30;
    world_build(&other);
    CHECK(&other, "FLR[FAB,P1]", -NONE, 65 + 30, {"r[LITHO,P1]", -10}, {"n[GEN,P1]", -30});
    world_finish(&other);
}

/* P2 has two weeks, P1 and P3 one; suppliers' starts do not count. */
static void change_of_starts(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->movement = true;
    world_build(&world);
    CHECK(&world, "CHG[WAFERS,P2]", 0, 0, {"x[WAFERS,P1]", -1}, {"x[WAFERS,P2]", 0.5}, {"rise[WAFERS,P2]", -1}, {"fall[WAFERS,P2]", 1});
    CHECK(&world, "CHG[WAFERS,P3]", 0, 0, {"x[WAFERS,P2]", -0.5}, {"x[WAFERS,P3]", 1}, {"rise[WAFERS,P3]", -1}, {"fall[WAFERS,P3]", 1});
    assert_int_equal(seek_row(&world, "CHG[WAFERS,P1]"), FAB_NONE);
    assert_int_equal(seek_row(&world, "CHG[BUY,P2]"), FAB_NONE);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(item_balance),    cmocka_unit_test(item_balance_with_substitutes_and_orders),
        cmocka_unit_test(tool_hours),      cmocka_unit_test(tools_left),
        cmocka_unit_test(qualified_hours), cmocka_unit_test(hours_are_not_passed_on), cmocka_unit_test(demand_and_promises),
        cmocka_unit_test(shipment_limit),  cmocka_unit_test(source_limit),
        cmocka_unit_test(line_limit),      cmocka_unit_test(power),
        cmocka_unit_test(deliveries),      cmocka_unit_test(cleanroom_floor),
        cmocka_unit_test(capital_budget),  cmocka_unit_test(no_budget),         cmocka_unit_test(change_of_starts),
        cmocka_unit_test(a_shell_gives_floor),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
