/* The materials of the planning language's second part, each by a plan that a hand can work out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"

/* Two weeks, and units of A and B that are bought or made of each other. What one test needs besides stands in its place. */
static const char tiny[] = "@calendar\n"
                           "period,start_date,end_date\n"
                           "P1,2027-01-04,2027-01-11\n"
                           "P2,2027-01-11,2027-01-18\n"
                           "@setting\n"
                           "key,value\n"
                           "discount_rate,0.1\n"
                           "end_value_frac,0\n"
                           "@site\n"
                           "site,name\n"
                           "HERE,Here\n"
                           "@line\n"
                           "line,site,kind,name\n"
                           "FAB,HERE,logic,Fab\n"
                           "@item\n"
                           "item,kind,name,unit_value_usd,holding_frac_per_year,max_stock,discard_usd\n"
                           "A,chip,A,100,0,5,3\n"
                           "@source\n"
                           "source,item,line\n"
                           "BUY,A,FAB\n"
                           "@source_cost\n"
                           "source,from_date,usd_per_start\n"
                           "BUY,2027-01-04,1000\n"
                           "@stock\n"
                           "item,on_hand\n"
                           "A,12\n"
                           "@customer\n"
                           "customer,name\n"
                           "ACME,Acme\n"
                           "@demand\n"
                           "demand,customer,item,due_date,quantity,price_usd\n"
                           "D,ACME,A,2027-01-11,12,10\n";

/* The factor of money in the second week. */
static double week(void)
{
    return pow(1.1, -7 / 365.25);
}

static void plan_of(struct world *world, const char *more)
{
    world_of_text(world, tiny, more);
    world_plan(world);
    assert_int_equal(world->plan->outcome, FAB_OPTIMAL);
}

static void check_total(const struct world *world, fab_money kind, double usd)
{
    assert_close(world->plan->totals[kind], usd, 1e-9, 1e-9);
}

static double value(const struct world *world, const char *column)
{
    return world->plan->solution->x[find_column(world, column)];
}

/* Five of twelve find room until the second week; seven are thrown away at 3 USD. */
static void what_is_thrown_away_costs(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NULL);
    check_total(&world, FAB_MONEY_DISCARD, -7 * 3);
    check_total(&world, FAB_MONEY_REVENUE, 5 * 10 * week());
    assert_close(world.plan->profit_usd, 50 * week() - 21, 1e-9, 0);
    world_finish(&world);
}

/* Room for twenty in the first week, above the item's own five, and 52 % a year of 100 USD for what lies there; in the second week the item's own holds. */
static void a_stock_limit_stands_in_the_place_of_the_items_own(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, "@stock_limit\nitem,from_date,to_date,max_stock,holding_frac_per_year\nA,2027-01-04,2027-01-11,20,0.52\n");
    check_total(&world, FAB_MONEY_DISCARD, 0);
    check_total(&world, FAB_MONEY_HOLDING, -12 * 100 * 0.52 * 7 / 365.25);
    check_total(&world, FAB_MONEY_REVENUE, 120 * week());
    world_finish(&world);
}

/* One unit is given away: what else has to leave the store does so in the week in which its room of 0 begins, each column by itself. */
static void stock_above_a_limit_leaves_in_its_period(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD,ACME,A,2027-01-11,1,0\n@item\nitem,kind,name,unit_value_usd,holding_frac_per_year,max_stock,discard_usd\nA,chip,A,100,0.1,,3\n"
                    "@stock_limit\nitem,from_date,to_date,max_stock,holding_frac_per_year\nA,2027-01-04,2027-01-11,,0\nA,2027-01-11,,0,\n");
    assert_close(value(&world, "z[A,P1]"), 0, 0, 1e-9);
    assert_close(value(&world, "z[A,P2]"), 11, 1e-9, 0);
    check_total(&world, FAB_MONEY_DISCARD, -11 * 3 * week());
    check_total(&world, FAB_MONEY_HOLDING, 0);
    world_finish(&world);
}

/* A tool of 168 hours a week, another that may take its hours from the second week on at 5 USD each; an hour a unit, at 100 USD. */
static void hours_move_when_they_may_at_a_price(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, "@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nG1,FAB,One,1,1,1\nG2,FAB,Two,1,1,1\n"
                    "@route\nroute,line,name\nR,FAB,R\n@cycle_time\nroute,from_date,days\nR,2027-01-04,0\n"
                    "@route_step\nroute,step,tool_group,minutes_per_unit\nR,10,G1,60\n"
                    "@tool_alternate\ntool_group,alternate,from_date,to_date,usd_per_hour\nG1,G2,2027-01-11,,5\n"
                    "@source\nsource,item,line,route\nBUY,A,FAB,R\n@source_cost\nsource,from_date,usd_per_start\n@stock\nitem,on_hand\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,A,2027-01-04,500,100\nD2,ACME,A,2027-01-11,500,100\n");
    assert_int_equal(seek_column(&world, "off[G1>G2,*,P1]"), FAB_NONE);
    assert_close(value(&world, "off[G1>G2,*,P2]"), 168, 1e-9, 0);
    check_total(&world, FAB_MONEY_MOVED, -168 * 5 * week());
    check_total(&world, FAB_MONEY_REVENUE, 100 * (168 + 336 * week()));
    world_finish(&world);
}

#define NOTHING_LEFT "@stock\nitem,on_hand\n"
#define NO_ORDERS "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD,ACME,A,2027-01-11,1,0\n" /* nobody pays for it */
#define NO_LIMIT "@item\nitem,kind,name,unit_value_usd,holding_frac_per_year,discard_usd\nA,chip,A,100,0,0\nB,chip,B,100,0,0\n"

/* A unit costs 10, one missing at the end of a week 12: the bank of 40 is bought, and kept. With half a week of cover 50 of the second week's order of 100 count besides: they come early. */
static void a_die_bank_is_bought_when_its_penalty_is_dearer(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,10\n@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-01,1000\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD,ACME,A,2027-01-11,100,12\n"
                    "@stock_target\nitem,target,from_date,to_date,quantity,cover_days,shortfall_usd_per_unit_week\nA,BANK,2027-01-04,,40,3.5,12\nA,,2027-01-04,2027-01-11,,,1\n");
    assert_close(value(&world, "x[BUY,P1]"), 40 + 50, 1e-9, 0);
    assert_close(value(&world, "x[BUY,P2]"), 50, 1e-9, 0);
    check_total(&world, FAB_MONEY_TARGET, 0);
    int row = find_row(&world, "TGT[A,BANK,P1]");
    assert_close(world.program->lp->row[row].lower, 90, 1e-12, 0);
    assert_true(world.program->lp->row[row].soft); /* first solved without: tests/bench/language.py */
    assert_true(seek_row(&world, "TGT[A,P1]") != FAB_NONE && seek_row(&world, "TGT[A,P2]") == FAB_NONE);
    world_finish(&world);
}

/* At 3 USD a week two weeks cost less than a unit: all of it is missing, in both weeks, each at its own discount. */
static void a_cheap_target_is_missed(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT NO_ORDERS "@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,10\n"
                    "@stock_target\nitem,from_date,quantity,shortfall_usd_per_unit_week\nA,2027-01-04,40,3\n");
    assert_close(value(&world, "below[A,P1]"), 40, 1e-9, 0);
    check_total(&world, FAB_MONEY_TARGET, -3 * 40 * (1 + week()));
    assert_close(world.plan->profit_usd, 0, 0, 1e-9);
    world_finish(&world);
}

/* A price of a week, in periods of ten and of four days. */
static void a_missed_target_costs_by_the_week(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT NO_ORDERS "@calendar\nperiod,start_date,end_date\nP1,2027-01-04,2027-01-14\nP2,2027-01-14,2027-01-18\n@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,100\n"
                    "@stock_target\nitem,from_date,quantity,shortfall_usd_per_unit_week\nA,2027-01-04,40,3\n");
    check_total(&world, FAB_MONEY_TARGET, -3 * 40 * (10.0 / 7 + 4.0 / 7 * pow(1.1, -10 / 365.25)));
    world_finish(&world);
}

/* Cover counts what starts take: B is made of 2 A each, 10 B are sold in the second week. Two of its seven days are covered: 2/7 x 20 A at the end of the first. */
static void cover_counts_what_starts_take(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@source\nsource,item,line,consumes_bom\nBUY,A,FAB,\nMAKE,B,FAB,1\n@bom\nitem,component,quantity\nB,A,2\n"
                    "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-01,1000\nMAKE,2027-01-11,2028-01-01,1000\nMAKE,2027-01-04,2027-01-11,0\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD,ACME,B,2027-01-11,10,3000\n"
                    "@stock_target\nitem,from_date,to_date,cover_days,shortfall_usd_per_unit_week\nA,2027-01-04,2027-01-11,2,2000\n");
    assert_close(value(&world, "x[MAKE,P2]"), 10, 1e-9, 0);
    assert_close(value(&world, "I[A,P1]"), 40.0 / 7, 1e-9, 0);
    world_finish(&world);
}

/* 30 have been shipped, 100 are promised by a day of the first week and 140 are the most by the end of the second. 60 units can be had in the first week, of which another customer pays any price for 5, 1000 in the second: 15 are
 * missing at ten times the higher price of 20, which is not the other's; of the second week's orders only 55 may be shipped. */
static void cumulated_promises(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,1\n"
                    "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2027-01-11,60\nBUY,2027-01-11,2028-01-11,1000\n"
                    "@customer\ncustomer,name\nACME,Acme\nBETA,Beta\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,A,2027-01-04,200,10\nD2,ACME,A,2027-01-11,200,20\nD3,BETA,A,2027-01-04,5,5000\n"
                    "@ship_target\ncustomer,item,by_date,shipped_before,min_quantity,max_quantity\nACME,A,2027-01-10,30,100,\nACME,A,2027-01-11,30,,140\n");
    assert_close(value(&world, "behind[ACME,A,2027-01-10]"), 15, 1e-9, 0);
    check_total(&world, FAB_MONEY_CUMULATED, -15 * 10 * 20);
    check_total(&world, FAB_MONEY_REVENUE, 5 * 5000 + 55 * 10 + 55 * 20 * week());
    world_finish(&world);
}

/* Nothing can be had: 50 are missing in the second week, at ten times the higher price, which is the first order's. */
static void a_cumulated_promise_costs_in_its_period(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-11,0\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,A,2027-01-04,30,20\nD2,ACME,A,2027-01-11,200,10\n"
                    "@ship_target\ncustomer,item,by_date,min_quantity\nACME,A,2027-01-12,50\n");
    check_total(&world, FAB_MONEY_CUMULATED, -50 * 10 * 20 * week());
    world_finish(&world);
}

/* By the end of the last period the minimum of 60 is left out; the maximum holds for all that is shipped. */
static void a_cumulated_promise_by_the_end(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,30\n"
                    "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-11,25\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,A,2027-01-04,50,40\nD2,ACME,A,2027-01-11,50,40\n"
                    "@ship_target\ncustomer,item,by_date,min_quantity,max_quantity\nACME,A,2027-01-18,60,70\nACME,A,2027-01-19,,40\n");
    assert_int_equal(seek_column(&world, "behind[ACME,A,2027-01-18]"), FAB_NONE);
    check_total(&world, FAB_MONEY_CUMULATED, 0);
    check_total(&world, FAB_MONEY_REVENUE, 25 * 40 + 15 * 40 * week());
    world_finish(&world);
}

/* ---- bills and outputs ---- */

/* B is made of A in a week, on any line; A is worth 10 in the end, B 100, of which half counts. */
#define MAKING "@item\nitem,kind,name,unit_value_usd,holding_frac_per_year\nA,chip,A,10,0\nB,chip,B,100,0\nC,chip,C,10,0\n@setting\nkey,value\nend_value_frac,0.5\n" \
               "@source\nsource,item,line,consumes_bom,lead_time_days,units_per_start\nBUY,A,FAB,,,\nMAKE,B,FAB,1,7,2\nOTHER,B,FAB,1,7,1\n"                       \
               "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-01,99\nMAKE,2027-01-04,2028-01-01,99\nOTHER,2027-01-04,2028-01-01,99\n"

static void built(struct world *world, const char *more)
{
    char text[4096];
    snprintf(text, sizeof text, MAKING "%s", more);
    world_of_text(world, tiny, text);
    world_build(world);
}

static void check_coefficient(const struct world *world, const char *row, const char *column, double value)
{
    double found = coefficient(world->program->lp, find_row(world, row), find_column(world, column));
    if (fabs(found - value) > 1e-12)
        fail_msg("%s of %s is %.15g, not %.15g", column, row, found, value);
}

static double objective_of(const struct world *world, const char *column)
{
    return world->program->lp->column[find_column(world, column)].objective;
}

/* Three A a unit, two units a start; half of them after half of the week: of the first week's starts half are taken in each week, of the second week's half behind the end, and that is missing in their worth. */
static void components_are_taken_on_the_way(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@bom\nitem,component,quantity,at_frac\nB,A,3,0.5\nB,A,1,\n");
    check_coefficient(&world, "BAL[A,P1]", "x[MAKE,P1]", -3 * 2 / 2.0 - 2);
    check_coefficient(&world, "BAL[A,P2]", "x[MAKE,P1]", -3 * 2 / 2.0);
    check_coefficient(&world, "BAL[A,P2]", "x[MAKE,P2]", -3 * 2 / 2.0 - 2);
    check_coefficient(&world, "BAL[B,P2]", "x[MAKE,P1]", 2);
    assert_close(objective_of(&world, "x[MAKE,P1]"), 0, 0, 1e-12);
    assert_close(objective_of(&world, "x[MAKE,P2]"), 0.5 * (2 * 100 - 3 * 10), 1e-12, 0); /* no discount here */
    world_finish(&world);
}

/* MAKE has a row of its own, in force in the first week alone: rows without source do not count for it, in the second week neither. OTHER takes those, by their dates. */
static void rows_for_a_source_take_the_place_of_the_others(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@bom\nitem,component,quantity,source,from_date,to_date\nB,A,3,,,2027-01-11\nB,A,5,,2027-01-11,\nB,A,7,MAKE,,2027-01-11\n");
    check_coefficient(&world, "BAL[A,P1]", "x[MAKE,P1]", -7 * 2);
    check_coefficient(&world, "BAL[A,P2]", "x[MAKE,P2]", 0);
    check_coefficient(&world, "BAL[A,P1]", "x[OTHER,P1]", -3);
    check_coefficient(&world, "BAL[A,P2]", "x[OTHER,P2]", -5);
    world_finish(&world);
}

/* A comes out of MAKE after half of the week, 0.2 of the first week's starts and 0.4 of those from the second on; B has no earlier row, so its first one holds before, too. */
static void outputs_come_by_date_and_on_the_way(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@source_output\nsource,item,share,from_date,at_frac\nMAKE,A,0.2,,0.5\nMAKE,A,0.4,2027-01-11,0.5\nMAKE,B,0.6,2027-01-13,\n");
    check_coefficient(&world, "BAL[A,P1]", "x[MAKE,P1]", 2 * 0.2 / 2);
    check_coefficient(&world, "BAL[A,P2]", "x[MAKE,P1]", 2 * 0.2 / 2);
    check_coefficient(&world, "BAL[A,P2]", "x[MAKE,P2]", 2 * 0.4 / 2);
    check_coefficient(&world, "BAL[B,P2]", "x[MAKE,P1]", 2 * 0.6);
    assert_close(objective_of(&world, "x[MAKE,P2]"), 0.5 * (2 * 0.6 * 100 + 2 * 0.4 / 2 * 10), 1e-12, 0);
    world_finish(&world);
}

/* A lot at 0.4 of its week: A of 0.4 is in it, A of 0.6 is taken 1.4 days after it goes on; the half that comes out at 0.3 is out, the other half comes after 4.2 days. It is worth as much less when it waits,
 * and when it goes on too late: of the second week's, 1.4 of 7 days have not taken A by the end, and 4.2 of 7 are not out. Bill and shares are those of the day on which it was started. */
static void lots_take_what_is_ahead(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@bom\nitem,component,quantity,at_frac,from_date,to_date\nB,A,3,0.6,,2027-01-04\nB,A,1,0.4,,2027-01-04\nB,A,7,0.6,2027-01-04,\n"
                  "@source_output\nsource,item,share,at_frac,from_date\nMAKE,C,0.5,0.3,\nMAKE,B,0.5,,\nMAKE,B,0.3,,2027-01-04\n"
                  "@lot\nlot,source,start_time,wafers,progress,status\nL,MAKE,2027-01-01T00:00:00,10,0.4,active\n");
    check_coefficient(&world, "BAL[A,P1]", "go[MAKE,0.4]", -3 * 2);
    check_coefficient(&world, "BAL[B,P1]", "go[MAKE,0.4]", 2 * 0.5);
    check_coefficient(&world, "BAL[A,P2]", "go_in[MAKE,0.4,P1]", -3 * 2 * 1.4 / 7);
    assert_close(objective_of(&world, "wait[MAKE,0.4]"), 0.5 * (2 * 0.5 * 100 - 3 * 2 * 10), 1e-12, 0);
    assert_close(objective_of(&world, "go_in[MAKE,0.4,P2]"), 0.5 * (2 * 0.5 * 100 * 4.2 - 3 * 2 * 10 * 1.4) / 7, 1e-12, 0);
    world_finish(&world);
}

/* The shares of all periods are 0.3, those of the lot's start 0.5: what waits of its 2 units is worth 0.5. */
static void lots_are_worth_the_shares_of_their_start(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@source_output\nsource,item,share,from_date\nMAKE,B,0.5,\nMAKE,B,0.3,2027-01-04\n"
                  "@lot\nlot,source,start_time,wafers,progress,status\nL,MAKE,2027-01-01T00:00:00,10,0.4,active\n");
    assert_close(objective_of(&world, "wait[MAKE,0.4]"), 0.5 * 2 * 0.5 * 100, 1e-12, 0);
    assert_close(objective_of(&world, "go_in[MAKE,0.4,P2]"), 0.5 * 2 * 0.5 * 100 * 4.2 / 7, 1e-12, 0);
    check_coefficient(&world, "BAL[B,P1]", "go[MAKE,0.4]", 2 * 0.5);
    world_finish(&world);
}

/* Two lots at 0.2 and 0.6, put together at 0.3: of the wafers one in four has the component of 0.5 in it. */
static void lots_put_together_have_taken_in_part(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@setting\nkey,value\nend_value_frac,0.5\nwip_groups,1\n@bom\nitem,component,quantity,at_frac\nB,A,3,0.5\n"
                  "@lot\nlot,source,start_time,wafers,progress,status\nL,MAKE,2027-01-01T00:00:00,30,0.2,active\nM,MAKE,2027-01-01T00:00:00,10,0.6,active\n");
    assert_int_equal(world.terms->wip_count, 1);
    assert_close(world.terms->wip[0].progress, 0.3, 1e-12, 0);
    check_coefficient(&world, "BAL[A,P1]", "go[MAKE,0.3]", -3 * 2 * 0.75);
    world_finish(&world);
}

/* ---- substitutes and splits ---- */

/* A at 10 serves as B in ACME's orders alone, 1.5 units as one: 90 A are 60 of its 100 B; of BETA's, which pays more, none. In the second week no more. */
static void a_substitute_of_one_customer(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, NO_LIMIT NOTHING_LEFT "@customer\ncustomer,name\nACME,Acme\nBETA,Beta\n@source\nsource,item,line,available_from\nBUY,A,FAB,\nNONE,B,FAB,2027-02-01\n"
                    "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2028-01-01,90\n@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,10\n"
                    "@substitute\nitem,instead_of,consumer,to_date,rate,usd_per_unit\nA,B,ACME,2027-01-11,1.5,2\n"
                    "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,B,2027-01-04,100,30\nD2,BETA,B,2027-01-04,100,50\nD3,ACME,B,2027-01-11,100,30\n");
    assert_close(value(&world, "m[A>B,ACME,P1]"), 60, 1e-9, 0);
    assert_int_equal(seek_column(&world, "m[A>B,ACME,P2]"), FAB_NONE);
    assert_close(value(&world, "y[D1,P1]"), 60, 1e-9, 0);
    check_total(&world, FAB_MONEY_SUBSTITUTION, -60 * 2);
    assert_close(world.plan->profit_usd, 60 * (30 - 2) - 900, 1e-9, 0);
    world_finish(&world);
}

/* C serves as A in what B is made of: MAKE takes 3 A a unit, two units a start. It cannot be stored as A, and serves no more than is taken. */
static void a_substitute_of_one_bill(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@bom\nitem,component,quantity,at_frac\nB,A,3,0.5\n@substitute\nitem,instead_of,consumer\nC,A,B\n"
                  "@lot\nlot,source,start_time,wafers,progress,status\nL,MAKE,2027-01-01T00:00:00,10,0.4,active\n");
    check_coefficient(&world, "SUB[B,A,P1]", "m[C>A,B,P1]", 1);
    check_coefficient(&world, "SUB[B,A,P1]", "x[MAKE,P1]", -3);
    check_coefficient(&world, "SUB[B,A,P2]", "x[MAKE,P1]", -3);
    check_coefficient(&world, "SUB[B,A,P1]", "x[OTHER,P1]", -1.5);
    check_coefficient(&world, "SUB[B,A,P1]", "go[MAKE,0.4]", -6);
    check_coefficient(&world, "BAL[C,P1]", "m[C>A,B,P1]", -1);
    check_coefficient(&world, "BAL[A,P1]", "m[C>A,B,P1]", 1);
    world_finish(&world);
}

/* A and B serve as each other in C, each a hundredth of a unit as one: neither puts more into stock than the 198 A and 594 B that two weeks bring and the 12 that are there. */
static void what_serves_one_consumer_fills_no_store(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@source\nsource,item,line,consumes_bom,lead_time_days,units_per_start\nBUY,A,FAB,,,\nMAKE,B,FAB,1,0,2\nOTHER,B,FAB,1,0,1\nPUT,C,FAB,1,0,1\n"
                  "@bom\nitem,component,quantity\nC,A,1\nC,B,1\n@substitute\nitem,instead_of,consumer,rate\nA,B,C,0.01\nB,A,C,0.01\n"
                  "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD,ACME,C,2027-01-11,1200,10\n");
    const struct fab_lp_column *column = world.program->lp->column;
    assert_true(column[find_column(&world, "I[A,P2]")].upper <= 2 * (198 + 12)); /* limits are twice what is possible */
    assert_true(column[find_column(&world, "I[B,P2]")].upper <= 2 * 594);
    assert_true(column[find_column(&world, "m[A>B,C,P2]")].upper >= 100 * (198 + 12));
    world_finish(&world);
}

/* Two units a start of MAKE, one of OTHER, all good: MAKE gives at least 0.25 and at most 0.6 of the units in the first week. */
static void a_split_is_of_good_units(void **state)
{
    struct world world;
    (void)state;
    built(&world, "@source_mix\nitem,source,from_date,to_date,min_share,max_share\nB,MAKE,2027-01-04,2027-01-11,0.25,0.6\n");
    check_coefficient(&world, "MIX[MAKE,P1]", "x[MAKE,P1]", 2 * 0.75);
    check_coefficient(&world, "MIX[MAKE,P1]", "x[OTHER,P1]", -0.25);
    check_coefficient(&world, "MIX[MAKE,most,P1]", "x[MAKE,P1]", 2 * 0.4);
    check_coefficient(&world, "MIX[MAKE,most,P1]", "x[OTHER,P1]", -0.6);
    assert_int_equal(seek_row(&world, "MIX[MAKE,P2]"), FAB_NONE);
    world_finish(&world);
}

/* ---- loops ---- */

/* RECLAIM makes A of used wafers U, 0.8 good; TEST takes A and gives U back after three and a half days: half of what it takes comes back in the period. Two weeks, one A in stock to begin with; every test sells. */
#define RECLAIM(lead, yield) "@item\nitem,kind,name\nA,component,Wafer\nU,component,Used\nT,chip,Test\n@bom\nitem,component,quantity\nA,U,1\nT,A,1\n"                    \
                             "@source\nsource,item,line,consumes_bom,lead_time_days\nRECLAIM,A,FAB,1,0\nTEST,T,FAB,1," lead "\n@stock\nitem,on_hand\nA,100\n"             \
                             "@source_output\nsource,item,share\nTEST,T,0.1\nTEST,U,0.9\n@source_yield\nsource,from_date,line_yield,unit_yield\nRECLAIM,2027-01-01,1," yield "\n" \
                             "@source_cost\nsource,from_date,usd_per_start\nTEST,2027-01-04,1\nRECLAIM,2027-01-04,1\n"                                                          \
                             "@demand\ndemand,customer,item,due_date,quantity,price_usd\nD1,ACME,T,2027-01-04,1000,100\nD2,ACME,T,2027-01-11,1000,100\n"

/* 0.5 x 0.9 x 0.8 = 0.36 comes back in a week, as much in the next: x1 = 100 + 0.36 x1, x2 = 0.36 x1 + 0.36 x2. A unit of T is out of a tenth of the tests, half a week later. */
static void a_loop_that_loses_is_planned(void **state)
{
    struct world world;
    double first = 100 / (1 - 0.36), second = 0.36 * first / (1 - 0.36);
    (void)state;
    plan_of(&world, RECLAIM("3.5", "0.8"));
    assert_close(value(&world, "x[TEST,P1]"), first, 1e-9, 0);
    assert_close(value(&world, "x[TEST,P2]"), second, 1e-9, 0);
    check_total(&world, FAB_MONEY_REVENUE, 100 * 0.1 * (first / 2 + (first / 2 + second / 2) * week()));
    world_finish(&world);
}

static void check_loop(const char *tables, const char *words)
{
    struct world world;
    world_of_text(&world, tiny, tables);
    assert_int_equal(fab_plan_optimise(world.context, world.model, NULL, &world.plan), FAB_INPUT);
    if (!strstr(fab_context_message(world.context), words))
        fail_msg("%s has no %s", fab_context_message(world.context), words);
    world_finish(&world);
}

/* What is taken comes back after two weeks, as good as new: none of it in its week. X, taken when a test is done, lies on no loop and closes none. */
static void what_comes_back_later_feeds_nothing(void **state)
{
    struct world world;
    (void)state;
    plan_of(&world, RECLAIM("14", "1") "@source_output\nsource,item,share\nTEST,T,0\nTEST,U,1\n@item\nitem,kind,name\nA,component,Wafer\nU,component,Used\nT,chip,Test\nX,component,Probe\n"
                    "@bom\nitem,component,quantity,at_frac\nA,U,1,\nT,A,1,\nT,X,1,1\n@stock\nitem,on_hand\nA,100\nX,500\n");
    world_finish(&world);
}

/* Without a lead time a unit comes back for each that is taken, and is as good as new; a substitute closes a loop, too: U in the place of A, for tests alone at 0.8, or for all. */
static void a_loop_that_feeds_itself_is_a_finding(void **state)
{
    (void)state;
    check_loop(RECLAIM("0", "1") "@source_output\nsource,item,share\nTEST,T,0\nTEST,U,1\n", "the product around the loop, units out per unit in, is 1 ");
    check_loop(RECLAIM("0", "0.5") "@source_output\nsource,item,share\nTEST,T,0\nTEST,U,1\n@substitute\nitem,instead_of,consumer,rate\nU,A,T,0.8\n", "feeds itself within period P1 (items A, U)");
    check_loop(RECLAIM("0", "0.5") "@source_output\nsource,item,share\nTEST,T,0\nTEST,U,1\n@substitute\nitem,instead_of,rate\nU,A,1\n", "feeds itself within period P1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_thrown_away_costs),
        cmocka_unit_test(a_stock_limit_stands_in_the_place_of_the_items_own),
        cmocka_unit_test(stock_above_a_limit_leaves_in_its_period),
        cmocka_unit_test(hours_move_when_they_may_at_a_price),
        cmocka_unit_test(a_die_bank_is_bought_when_its_penalty_is_dearer),
        cmocka_unit_test(a_cheap_target_is_missed),
        cmocka_unit_test(a_missed_target_costs_by_the_week),
        cmocka_unit_test(cover_counts_what_starts_take),
        cmocka_unit_test(cumulated_promises),
        cmocka_unit_test(a_cumulated_promise_costs_in_its_period),
        cmocka_unit_test(a_cumulated_promise_by_the_end),
        cmocka_unit_test(components_are_taken_on_the_way),
        cmocka_unit_test(rows_for_a_source_take_the_place_of_the_others),
        cmocka_unit_test(outputs_come_by_date_and_on_the_way),
        cmocka_unit_test(lots_take_what_is_ahead),
        cmocka_unit_test(lots_are_worth_the_shares_of_their_start),
        cmocka_unit_test(lots_put_together_have_taken_in_part),
        cmocka_unit_test(a_substitute_of_one_customer),
        cmocka_unit_test(a_substitute_of_one_bill),
        cmocka_unit_test(what_serves_one_consumer_fills_no_store),
        cmocka_unit_test(a_split_is_of_good_units),
        cmocka_unit_test(a_loop_that_loses_is_planned),
        cmocka_unit_test(what_comes_back_later_feeds_nothing),
        cmocka_unit_test(a_loop_that_feeds_itself_is_a_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
