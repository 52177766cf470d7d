/* What one more unit costs, taken apart on fabs where a hand can follow: every part by name and amount.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "reasons.h"
#include "view.h"
#include "walk.h"

/* One week; a chip is one start of one hour on SLOW, which draws 100 kW at 75 USD a MWh = 7.5 USD an hour, or on QUICK, which draws nothing. The line starts 10 a week, 100 chips are wanted. */
static const char one_line[] = "@calendar\n"
                               "period,start_date,end_date\n"
                               "P1,2027-01-04,2027-01-11\n"
                               "@setting\n"
                               "key,value\n"
                               "discount_rate,0\n"
                               "end_value_frac,0\n"
                               "@site\n"
                               "site,name\n"
                               "HOME,Home\n"
                               "@line\n"
                               "line,site,kind,name\n"
                               "FAB,HOME,logic,Fab\n"
                               "@tool_group\n"
                               "tool_group,line,name,tools,availability,max_utilisation,power_kw\n"
                               "SLOW,FAB,Slow,1,1,1,100\n"
                               "QUICK,FAB,Quick,1,1,1,\n"
                               "@tool_alternate\n"
                               "tool_group,alternate,route,step,hours_ratio\n"
                               "SLOW,QUICK,,,1\n"
                               "@route\n"
                               "route,line,name\n"
                               "R,FAB,Route\n"
                               "@route_step\n"
                               "route,step,tool_group,minutes_per_unit,from_frac,to_frac\n"
                               "R,10,SLOW,60,0,0\n"
                               "@cycle_time\n"
                               "route,from_date,days\n"
                               "R,2027-01-04,0\n"
                               "@item\n"
                               "item,kind,name\n"
                               "CHIP,chip,Chip\n"
                               "@source\n"
                               "source,item,line,route,units_per_start\n"
                               "MAKE,CHIP,FAB,R,1\n"
                               "@source_cost\n"
                               "source,from_date,usd_per_start\n"
                               "MAKE,2027-01-04,10\n"
                               "@line_limit\n"
                               "line,from_date,to_date,max_starts_per_week\n"
                               "FAB,2027-01-04,2027-01-11,10\n"
                               "@power_limit\n"
                               "site,from_date,mw,usd_per_mwh\n"
                               "HOME,2027-01-04,1000,75\n"
                               "@customer\n"
                               "customer,name\n"
                               "ACME,Acme\n"
                               "@demand\n"
                               "demand,customer,item,due_date,quantity,price_usd\n"
                               "D1,ACME,CHIP,2027-01-05,100,100\n";

static const struct fab_part *find_part(const struct fab_parts *parts, const char *family, const char *key)
{
    for (int p = 0; p < parts->count; p++)
        if (strcmp(parts->part[p].family, family) == 0 && strcmp(parts->part[p].key, key) == 0)
            return &parts->part[p];
    fail_msg("no part %s %s", family, key);
    return NULL;
}

static double sum_of(const struct fab_parts *parts)
{
    double sum = 0;
    for (int p = 0; p < parts->count; p++)
        sum += parts->part[p].usd;
    return sum;
}

/* A chip earns 100: its start costs 10, its hour 7.5 of energy, which moving it saves; the rest is what the line's limit is worth. */
static void hours_that_may_move_are_a_reason(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, NULL);
    world_plan(&world);
    struct fab_walk *walk = fab_walk_new(world.plan);
    const struct fab_parts *parts = fab_walk_unit(walk, find_item(&world, "CHIP"), 0);
    assert_close(fab_walk_value(world.plan, 0, 0), 100, 1e-12, 0);
    assert_close(sum_of(parts), 100, 1e-12, 0);
    assert_close(find_part(parts, "COST", "MAKE")->usd, 10, 1e-12, 0);
    assert_close(find_part(parts, "POWER", "energy less end value")->usd, 7.5, 1e-12, 0);
    assert_close(find_part(parts, "LIN", "FAB")->usd, 90, 1e-12, 0);
    const struct fab_part *off = find_part(parts, "OFF", "SLOW");
    assert_close(off->usd, -7.5, 1e-12, 0);
    assert_close(off->amount, -1, 1e-12, 0); /* an hour that may move comes with it */
    assert_string_equal(off->unit, "hours");
    assert_string_equal(off->kind, "hours that may move off");
    assert_true(off->binding && !find_part(parts, "COST", "MAKE")->binding);
    fab_walk_free(walk);
    world_finish(&world);
}

static void the_reasons_say_so(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, NULL);
    world_plan(&world);
    fab_table *reasons = fab_table_shortages(world.plan, 7);
    assert_int_equal(fab_table_rows(reasons), 4);
    assert_string_equal(cell_text(reasons, 0, "label"), "starts of the line FAB");
    assert_string_equal(cell_text(reasons, 1, "label"), "cost of starts MAKE");
    assert_true(cell_number(reasons, 0, "plan") == 7 && cell_number(reasons, 3, "rank") == 4);
    assert_close(cell_number(reasons, 0, "usd_per_unit"), 90, 1e-12, 0);
    assert_close(cell_number(reasons, 0, "usd_per_amount"), 90, 1e-12, 0); /* of a start a week: one week */
    fab_table_free(reasons);
    world_finish(&world);
}

/* What is served has no reason. */
static void no_shortage_no_reason(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, NULL);
    world.model->demand[0].quantity = 5;
    world_plan(&world);
    fab_table *reasons = fab_table_shortages(world.plan, 1);
    assert_int_equal(fab_table_rows(reasons), 0);
    fab_table_free(reasons);
    world_finish(&world);
}

/* A contract's maximum is the source's own limit; a customer that cannot take more is a reason of the order, not of the item. */
static void limits_of_source_and_customer(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, "@source_limit\nsource,from_date,to_date,max_starts_per_week\nMAKE,2027-01-04,2027-01-11,6\n");
    world_plan(&world);
    struct fab_walk *walk = fab_walk_new(world.plan);
    assert_close(find_part(fab_walk_unit(walk, 0, 0), "SRC", "MAKE")->usd, 90, 1e-12, 0);
    fab_walk_free(walk);
    world_finish(&world);
    world_of_text(&world, one_line, "@shipment_limit\ncustomer,item,from_date,to_date,max_per_week\nACME,CHIP,2027-01-04,2027-01-11,3\n");
    world_plan(&world);
    fab_table *reasons = fab_table_shortages(world.plan, 1);
    assert_string_equal(cell_text(reasons, 0, "family"), "SHP");
    assert_close(cell_number(reasons, 0, "usd_per_unit"), 90, 1e-12, 0); /* 100 less what a chip costs */
    fab_table_free(reasons);
    world_finish(&world);
}

/* What cannot arrive in time is said to be so. */
static void too_late_for_everything(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, "@cycle_time\nroute,from_date,days\nR,2027-01-04,30\n");
    world_plan(&world);
    fab_table *reasons = fab_table_shortages(world.plan, 1);
    assert_int_equal(fab_table_rows(reasons), 1);
    assert_string_equal(cell_text(reasons, 0, "family"), "TIME");
    fab_table_free(reasons);
    world_finish(&world);
}

/* ---- many parts ---- */

/* The chip above with components that are bought for 1, 2, ... cents each. */
static void load_components(struct world *world, int count)
{
    size_t size = 400 * (size_t)(count + 10), used;
    char *text = malloc(size), *out = text;
    assert_non_null(text);
#define PRINT(...) (used = (size_t)(out - text), out += snprintf(out, size - used, __VA_ARGS__))
    PRINT("@item\nitem,kind,name\nCHIP,chip,Chip\n");
    for (int n = 1; n <= count; n++)
        PRINT("C%d,component,Component\n", n);
    PRINT("@bom\nitem,component,quantity\n");
    for (int n = 1; n <= count; n++)
        PRINT("CHIP,C%d,1\n", n);
    PRINT("@source\nsource,item,line,route,units_per_start\nMAKE,CHIP,FAB,R,1\n");
    for (int n = 1; n <= count; n++)
        PRINT("BUY%d,C%d,FAB,,1\n", n, n);
    PRINT("@source_cost\nsource,from_date,usd_per_start\nMAKE,2027-01-04,10\n");
    for (int n = 1; n <= count; n++)
        PRINT("BUY%d,2027-01-04,%.2f\n", n, n * 0.01);
    PRINT("@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,CHIP,2027-01-05,100,5000\n");
    PRINT("@line_limit\nline,from_date,to_date,max_starts_per_week\nFAB,2027-01-04,2027-01-11,100000\n");
    PRINT("@source_limit\nsource,from_date,to_date,max_starts_per_week\nMAKE,2027-01-04,2027-01-11,6\n");
    world_of_text(world, one_line, text);
    free(text);
}

/* More than 256 different parts, each with its own money under its own name. */
static void no_part_is_lost(void **state)
{
    enum { MANY = 300 };
    struct world world;
    char key[16];
    (void)state;
    load_components(&world, MANY);
    world_plan(&world);
    struct fab_walk *walk = fab_walk_new(world.plan);
    const struct fab_parts *parts = fab_walk_unit(walk, find_item(&world, "CHIP"), 0);
    assert_true(parts->count > MANY);
    for (int n = 1; n <= MANY; n++) {
        snprintf(key, sizeof key, "BUY%d", n);
        assert_close(find_part(parts, "COST", key)->usd, n * 0.01, 1e-12, 0);
    }
    assert_close(sum_of(parts), 5000, 1e-12, 0);
    fab_walk_free(walk);
    world_finish(&world);
}

/* Beyond the most steps of a walk the rest is one part, and the sum stays whole. */
static void a_walk_that_is_too_long(void **state)
{
    struct world world;
    (void)state;
    load_components(&world, 500);
    world_plan(&world);
    struct fab_walk *walk = fab_walk_new(world.plan);
    const struct fab_parts *parts = fab_walk_unit(walk, find_item(&world, "CHIP"), 0);
    assert_true(find_part(parts, "OTHER", "")->usd > 0);
    assert_close(sum_of(parts), 5000, 1e-12, 0);
    fab_walk_free(walk);
    /* in the table ten parts and the rest */
    fab_table *reasons = fab_table_shortages(world.plan, 1);
    double sum = 0;
    for (int r = 0; r < fab_table_rows(reasons); r++)
        sum += cell_number(reasons, r, "usd_per_unit");
    assert_close(sum, 5000, 1e-12, 0);
    assert_true(fab_table_rows(reasons) <= 11);
    fab_table_free(reasons);
    world_finish(&world);
}

/* ---- addends of a balance ---- */

/* A chip that half of a chip goes into (no plan would be made of it: it feeds itself): what is made and what is consumed stay apart, where the program knows only the difference. */
static void in_and_out_of_one_balance(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, one_line, "@bom\nitem,component,quantity\nCHIP,CHIP2,0.5\n@item\nitem,kind,name\nCHIP,chip,Chip\nCHIP2,chip,Chip\n"
                                    "@stock\nitem,on_hand\nCHIP2,100\n");
    world.model->bom[0].component = find_item(&world, "CHIP");
    world_build(&world);
    assert_close(coefficient(world.program->lp, find_row(&world, "BAL[CHIP,P1]"), find_column(&world, "x[MAKE,P1]")), 0.5, 1e-15, 0);
    double in = 0, out = 0;
    for (int a = 0; a < world.program->addend_count; a++)
        if (world.program->addend[a].row == find_row(&world, "BAL[CHIP,P1]") && world.program->addend[a].column == find_column(&world, "x[MAKE,P1]"))
            *(world.program->addend[a].value > 0 ? &in : &out) += world.program->addend[a].value;
    assert_true(in == 1 && out == -0.5);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_that_may_move_are_a_reason), cmocka_unit_test(the_reasons_say_so),
        cmocka_unit_test(no_shortage_no_reason),            cmocka_unit_test(limits_of_source_and_customer),
        cmocka_unit_test(too_late_for_everything),          cmocka_unit_test(no_part_is_lost),
        cmocka_unit_test(a_walk_that_is_too_long),          cmocka_unit_test(in_and_out_of_one_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
