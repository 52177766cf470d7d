/* Reading a solved plan by tag, on the fab of workshop.h: what goes in and out of a balance, tools, values in money of the day, tables cell by cell.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include "plan_fixture.h"
#include "tables.h"
#include "workshop.h"

static int set_up(void **state)
{
    static struct world world;
    world_of_text(&world, workshop, NULL);
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    *state = &world;
    return 0;
}

static int tear_down(void **state)
{
    world_finish(*state);
    return 0;
}

static double of(const struct world *world, const char *column)
{
    return fab_view_column(world->plan, find_column(world, column));
}

/* Row of an item and a period in plan_stock. */
static int stock_row(const struct world *world, const char *item, int t)
{
    return find_item(world, item) * 3 + t;
}

/* ---- values ---- */

static void decisions_by_tag(void **state)
{
    const struct world *world = *state;
    assert_true(fab_view_value(world->plan, FAB_X, find_source(world, "BUY"), 1) == of(world, "x[BUY,P2]"));
    assert_true(fab_view_value(world->plan, FAB_X, find_source(world, "BUY"), 2) == 0); /* there is none */
    assert_true(fab_view_column(world->plan, FAB_NONE) == 0);
    assert_true(fab_view_row(world->plan, FAB_NONE, 0) == 0 && fab_view_reduced(world->plan, FAB_NONE, 0) == 0);
}

/* A value that is only the rounding of nothing is nothing; one that is not stays as it is. */
static void rounding_is_nothing(void **state)
{
    const struct world *world = *state;
    int column = find_column(world, "y[D1,P1]"); /* up to 100 */
    double kept = world->plan->solution->x[column];
    world->plan->solution->x[column] = 1e-10;
    assert_true(fab_view_column(world->plan, column) == 0);
    world->plan->solution->x[column] = 1e-8;
    assert_true(fab_view_column(world->plan, column) == 1e-8);
    world->plan->solution->x[column] = kept;
}

/* Multipliers in money of the day: the discount is taken out; a unit's value is the balance's with the other sign. */
static void money_of_the_day(void **state)
{
    const struct world *world = *state;
    const fab_lp_solution *solution = world->plan->solution;
    double day_21 = pow(1.1, -21 / 365.25);
    int balance = find_row(world, "BAL[CHIP,P3]"), starts = find_column(world, "x[PACK,P3]");
    assert_close(fab_view_row(world->plan, balance, 2), solution->multiplier[balance] / day_21, 1e-14, 0);
    assert_close(fab_view_limit(world->plan, FAB_BAL, find_item(world, "CHIP"), 2), solution->multiplier[balance] / day_21, 1e-14, 0);
    assert_close(fab_view_unit_value(world->plan, find_item(world, "CHIP"), 2), -solution->multiplier[balance] / day_21, 1e-14, 0);
    assert_close(fab_view_reduced(world->plan, starts, 2), solution->reduced_cost[starts] / day_21, 1e-14, 1e-14);
    assert_true(fab_view_unit_value(world->plan, find_item(world, "CHIP"), 2) > 0);
}

/* One more unit given changes the optimum by the value of a unit: planned again with a little more in stock. */
static void a_unit_is_worth_its_value(void **state)
{
    const struct world *world = *state;
    struct world more;
    double value = fab_view_unit_value(world->plan, find_item(world, "GOOD"), 0), step = 0.01;
    world_of_text(&more, workshop, "@stock\nitem,on_hand\nGOOD,12.01\n");
    world_plan(&more);
    double gained = (more.plan->certificate.objective - world->plan->certificate.objective) / step;
    assert_true(value > 0);
    assert_close(gained, value, 1e-6, 0);
    world_finish(&more);
}

static void tools_so_far(void **state)
{
    const struct world *world = *state;
    int litho = find_tool_group(world, "LITHO");
    double n1 = of(world, "n[LITHO,P1]"), n2 = of(world, "n[LITHO,P2]"), r1 = of(world, "r[LITHO,P1]"), r2 = of(world, "r[LITHO,P2]"), r3 = of(world, "r[LITHO,P3]");
    assert_close(fab_view_tools(world->plan, litho, 0), 2 - r1, 1e-14, 0);
    assert_close(fab_view_tools(world->plan, litho, 1), 2 + n1 - r1 - r2, 1e-14, 0);
    assert_close(fab_view_tools(world->plan, litho, 2), 4 + n1 + n2 - r1 - r2 - r3, 1e-14, 0);
    assert_true(fab_view_tools(world->plan, find_tool_group(world, "ETCH"), 1) == 3);
}

/* Two limits of one source: missing is the most that one misses, paid is what both cost. */
static void missing_starts(void **state)
{
    struct world world;
    double usd;
    (void)state;
    world_of_text(&world, workshop, "@source_limit\nsource,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                                    "BUY,2027-01-04,2027-02-01,7,,2\nBUY,2027-01-05,2027-02-01,9,,3\n");
    world_plan(&world);
    /* in P3 BUY is not available any more: all is missing */
    assert_close(fab_view_missing_starts(world.plan, find_source(&world, "BUY"), 2, &usd), 9, 1e-12, 0);
    assert_close(usd, 7 * 2 + 9 * 3, 1e-12, 0);
    assert_true(fab_view_missing_starts(world.plan, find_source(&world, "PACK"), 2, &usd) == 0 && usd == 0);
    world_finish(&world);
}

/* ---- addends ---- */

struct sum {
    int item, period, calls;
    double in, out;
};

static void add(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    struct sum *sum = user;
    assert_int_equal(row.family, FAB_BAL);
    if (row.a != sum->item || row.period != sum->period || column.family == FAB_I)
        return;
    sum->calls++;
    *(amount > 0 ? &sum->in : &sum->out) += amount;
}

static void addends_of_a_balance(void **state)
{
    const struct world *world = *state;
    struct sum sum = {find_item(world, "OLD"), 1, 0, 0, 0};
    fab_view_each_addend(world->plan, FAB_BAL, add, &sum);
    assert_int_equal(sum.calls, 5); /* two of BUY, chips instead, the order, discards */
    assert_close(sum.in, 0.5 * of(world, "x[BUY,P1]") + 0.75 * of(world, "x[BUY,P2]") + of(world, "m[CHIP>OLD,P2]"), 1e-12, 0);
    assert_close(-sum.out, of(world, "y[D2,P2]") + of(world, "z[OLD,P2]"), 1e-12, 0);
}

/* What is made, bought, consumed and substituted is told apart. */
static void flows_of_items(void **state)
{
    const struct world *world = *state;
    fab_table *stock = fab_table_stock(world->plan, 1);
    int good = stock_row(world, "GOOD", 1), chip = stock_row(world, "CHIP", 1), old = stock_row(world, "OLD", 1);
    assert_close(cell_number(stock, good, "made"), 5.4 * of(world, "x[WAFERS,P1]") + 2.7 * of(world, "x[WAFERS,P2]"), 1e-12, 0);
    assert_true(cell_number(stock, good, "bought") == 0 && cell_number(stock, good, "made") > 0);
    assert_close(cell_number(stock, good, "consumed"), 2 * of(world, "x[PACK,P2]"), 1e-12, 0);
    assert_close(cell_number(stock, chip, "bought"), of(world, "x[PACK,P2]"), 1e-12, 0);
    assert_true(cell_number(stock, chip, "made") == 0 && cell_number(stock, chip, "bought") > 0);
    assert_close(cell_number(stock, chip, "substituted_out"), of(world, "m[CHIP>OLD,P2]"), 1e-12, 0);
    assert_close(cell_number(stock, old, "substituted_in"), of(world, "m[CHIP>OLD,P2]"), 1e-12, 0);
    assert_close(cell_number(stock, old, "substitution_usd"), 3 * of(world, "m[CHIP>OLD,P2]"), 1e-12, 0);
    assert_true(cell_number(stock, old, "received") == 4);
    assert_close(cell_number(stock, old, "shipped"), of(world, "y[D2,P2]"), 1e-12, 0);
    assert_true(cell_number(stock, stock_row(world, "GOOD", 0), "opening") == 12);
    fab_table_free(stock);
}

/* A start that takes half a chip for each that it gives, some of them in the same period: made and consumed stay apart where the program knows the difference alone. (All in the same period would be chips out of
 * nothing, which is a finding.) */
static void in_and_out_by_one_start(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    int chip = find_item(&world, "CHIP"), pack = find_source(&world, "PACK");
    world.model->item[chip].max_stock = world.model->item[find_item(&world, "OLD")].max_stock = 1000; /* or they would make money without end */
    world.model->bom[0].item = world.model->bom[0].component = chip;
    world.model->bom[0].quantity = 0.5;
    world.model->stock[0].item = chip; /* to begin with */
    world.model->source[pack].lead_time_days = 10; /* of the starts of P1 (7 days) none, of those of P2 (14 days) 4/14 arrive in it */
    world_plan(&world);
    fab_table *stock = fab_table_stock(world.plan, 1);
    double first = of(&world, "x[PACK,P1]"), second = of(&world, "x[PACK,P2]");
    assert_true(first + second > 0);
    assert_close(cell_number(stock, chip * 3, "consumed"), first / 2, 1e-9, 1e-9);
    assert_close(cell_number(stock, chip * 3 + 1, "consumed"), second / 2, 1e-9, 1e-9);
    assert_close(cell_number(stock, chip * 3 + 1, "bought"), first + second * 4 / 14, 1e-9, 1e-9);
    fab_table_free(stock);
    world_finish(&world);
}

/* ---- tables ---- */

static void a_table_while_it_is_filled(void **state)
{
    const struct world *world = *state;
    struct fab_plan_table w = fab_plan_table_begin(world->plan, 42, "name", "real null text copy date period none");
    char text[] = "gone";
    fab_plan_table_row(&w);
    fab_plan_table_real(&w, -0.0);
    fab_plan_table_real(&w, (double)NAN);
    fab_plan_table_text(&w, "kept");
    fab_plan_table_copy(&w, text);
    text[0] = 'G';
    fab_plan_table_date(&w, world->model->calendar[0].start_date);
    fab_plan_table_period(&w, 1);
    fab_plan_table_period(&w, FAB_NONE);
    fab_plan_table_integer(&w, 1); /* one cell too many is not written */
    fab_table *table = fab_plan_table_end(&w);
    assert_non_null(table);
    assert_string_equal(fab_table_name(table), "name");
    assert_int_equal(fab_table_columns(table), 8);
    assert_true(cell_number(table, 0, "plan") == 42);
    assert_false(signbit(cell_number(table, 0, "real")));
    assert_true(isnan(cell_number(table, 0, "null")) && cell_text(table, 0, "none") == NULL);
    assert_string_equal(cell_text(table, 0, "text"), "kept");
    assert_string_equal(cell_text(table, 0, "copy"), "gone");
    assert_string_equal(cell_text(table, 0, "date"), "2027-01-04");
    assert_string_equal(cell_text(table, 0, "period"), "P2");
    fab_table_free(table);
}

static void starts_cell_by_cell(void **state)
{
    const struct world *world = *state;
    fab_table *starts = fab_table_starts(world->plan, 1);
    assert_int_equal(fab_table_rows(starts), 9); /* BUY in P3 has a promise without a decision */
    for (int r = 0; r < 9; r++) {
        const char *source = cell_text(starts, r, "source"), *period = cell_text(starts, r, "period");
        char name[64];
        snprintf(name, sizeof name, "x[%s,%s]", source, period);
        double x = fab_view_column(world->plan, seek_column(world, name));
        assert_close(cell_number(starts, r, "starts"), x, 1e-15, 0);
        assert_close(cell_number(starts, r, "starts_per_week"), strcmp(period, "P2") == 0 ? x / 2 : x, 1e-14, 0);
        assert_close(cell_number(starts, r, "cost_usd"), x * (*source == 'W' ? 100 : *source == 'P' ? 5 : 60), 1e-14, 0);
        if (*source == 'W')
            assert_close(cell_number(starts, r, "good_units"), x * 7.2, 1e-12, 0);
    }
    fab_table_free(starts);
}

static void power_cell_by_cell(void **state)
{
    const struct world *world = *state;
    fab_table *power = fab_table_power(world->plan, 1);
    assert_int_equal(fab_table_rows(power), 3); /* AWAY has no limit */
    double litho = 0.15 * (of(world, "x[WAFERS,P1]") - of(world, "off[LITHO>ETCH,R,10,P1]"));
    double etch = 0.09 * (0.45 * of(world, "x[WAFERS,P1]") + 2 * of(world, "off[LITHO>ETCH,R,10,P1]"));
    assert_close(cell_number(power, 0, "tools_mw"), (litho + etch) / 168, 1e-12, 0);
    assert_true(cell_number(power, 0, "base_mw") == 0.5 && cell_number(power, 0, "limit_mw") == 0.9);
    assert_close(cell_number(power, 0, "supply_mw"), 0.2 * (1 + of(world, "n[GEN,P1]")), 1e-12, 0);
    fab_table_free(power);
}

static void promises_that_break(void **state)
{
    const struct world *world = *state;
    fab_table *promises = fab_table_promises(world->plan, 1);
    int starts = 0;
    for (int r = 0; r < fab_table_rows(promises); r++) {
        assert_close(cell_number(promises, r, "kept") + cell_number(promises, r, "missing"), cell_number(promises, r, "promised"), 1e-12, 0);
        if (strcmp(cell_text(promises, r, "kind"), "min_starts") != 0)
            continue;
        assert_string_equal(cell_text(promises, r, "key"), "BUY");
        assert_string_equal(cell_text(promises, r, "period"), "P3");
        assert_close(cell_number(promises, r, "penalty_usd"), 7 * 600, 1e-12, 0);
        starts++;
    }
    assert_int_equal(starts, 1);
    fab_table_free(promises);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_by_tag),           cmocka_unit_test(rounding_is_nothing),
        cmocka_unit_test(money_of_the_day),           cmocka_unit_test(a_unit_is_worth_its_value),
        cmocka_unit_test(tools_so_far),               cmocka_unit_test(missing_starts),
        cmocka_unit_test(addends_of_a_balance),       cmocka_unit_test(flows_of_items),
        cmocka_unit_test(in_and_out_by_one_start),    cmocka_unit_test(a_table_while_it_is_filled),
        cmocka_unit_test(starts_cell_by_cell),        cmocka_unit_test(power_cell_by_cell),
        cmocka_unit_test(promises_that_break),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
