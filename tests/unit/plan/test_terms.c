/* The symbols of the model: effective dates, windows, deliveries, orders, scopes and flows, worked out by hand for the fab of workshop.h and small changes of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "workshop.h"

#include "lateness.h"
#include "source_terms.h"

static struct world with(const char *more)
{
    struct world world;
    world_of_text(&world, workshop, more);
    world_ok(&world, fab_terms_new(world.context, world.model, &world.terms));
    return world;
}

static const struct fab_source_period *at(const struct world *world, const char *source, int t)
{
    return &world->terms->source[find_source(world, source)].period[t];
}

/* ---- time ---- */

static void periods_and_money(void **state)
{
    struct world world = with(NULL);
    const fab_terms *terms = world.terms;
    const double begin[] = {0, 7, 21}, end[] = {7, 21, 28};
    (void)state;
    for (int t = 0; t < 3; t++) {
        assert_true(terms->period[t].begin == begin[t] && terms->period[t].end == end[t] && terms->period[t].days == end[t] - begin[t]);
        assert_close(terms->period[t].discount, pow(1.1, -begin[t] / 365.25), 1e-15, 0);
    }
    assert_true(terms->horizon_days == 28);
    assert_close(terms->end_discount, pow(1.1, -28 / 365.25), 1e-15, 0);
    world_finish(&world);
}

/* Ends are exclusive; outside the calendar there is no period. */
static void days_find_their_period(void **state)
{
    struct world world = with(NULL);
    int32_t first = world.terms->period[0].date;
    const int expected[] = {FAB_NONE, 0, 0, 1, 1, 2, 2, FAB_NONE}, day[] = {-1, 0, 6, 7, 20, 21, 27, 28};
    (void)state;
    for (int n = 0; n < 8; n++)
        assert_int_equal(fab_terms_find_period(world.terms, first + day[n]), expected[n]);
    assert_true(fab_terms_day(world.terms, first + 3) == 3);
    world_finish(&world);
}

static void windows_hold_for_periods_that_start_inside(void **state)
{
    struct world world = with(NULL);
    int32_t first = world.terms->period[0].date;
    (void)state;
    assert_true(fab_terms_starts_inside(world.terms, 1, first + 7, first + 8));
    assert_false(fab_terms_starts_inside(world.terms, 1, first + 8, first + 21));
    assert_false(fab_terms_starts_inside(world.terms, 1, first, first + 7)); /* to_date is behind it */
    assert_true(fab_terms_starts_inside(world.terms, 0, first - 100, first + 100));
    world_finish(&world);
}

/* ---- effective dates ---- */

/* Before its first row a table says what that row says. */
static void the_first_row_holds_before_it(void **state)
{
    struct world world = with("@source_yield\nsource,from_date,line_yield,unit_yield\nWAFERS,2027-01-20,0.5,0.4\nWAFERS,2027-01-25,0.6,0.5\n"
                              "@source_cost\nsource,from_date,usd_per_start\nWAFERS,2027-01-20,70\nWAFERS,2027-01-25,80\n"
                              "@cycle_time\nroute,from_date,days\nR,2027-01-20,3\nR,2027-01-25,2\n"
                              "@power_limit\nsite,from_date,mw,usd_per_mwh\nHOME,2027-01-20,3,60\nHOME,2027-01-25,4,70\n");
    const double line_yield[] = {0.5, 0.5, 0.6}, usd[] = {70, 70, 80}, lead[] = {3, 3, 2}, mw[] = {3, 3, 4}, usd_per_mwh[] = {60, 60, 70};
    int site = find_site(&world, "HOME");
    (void)state;
    for (int t = 0; t < 3; t++) {
        assert_true(at(&world, "WAFERS", t)->line_yield == line_yield[t] && at(&world, "WAFERS", t)->usd_per_start == usd[t]);
        assert_true(at(&world, "WAFERS", t)->lead_days == lead[t]);
        assert_true(world.terms->power_mw[site * 3 + t] == mw[t] && world.terms->usd_per_mwh[site * 3 + t] == usd_per_mwh[t]);
        assert_true(isnan(world.terms->power_mw[find_site(&world, "AWAY") * 3 + t]) && world.terms->usd_per_mwh[find_site(&world, "AWAY") * 3 + t] == 0);
    }
    world_finish(&world);
}

/* A row inside a period holds from the next one on; tools before their first row are those of the group, money before its first row is none. */
static void tools_and_money_come_on_their_day(void **state)
{
    struct world world = with("@tool_count\ntool_group,from_date,tools\nLITHO,2027-01-12,7\n@capex_budget\nfrom_date,usd\n2027-01-11,100\n2027-01-12,50\n");
    int litho = find_tool_group(&world, "LITHO") * 3;
    (void)state;
    assert_true(world.terms->tools[litho] == 2 && world.terms->tools[litho + 1] == 2 && world.terms->tools[litho + 2] == 7);
    assert_true(world.terms->budget_usd[0] == 0 && world.terms->budget_usd[1] == 100 && world.terms->budget_usd[2] == 150);
    assert_close(world.terms->hours_per_tool[litho + 1], 24 * 14 * 0.9 * 0.8, 1e-15, 0);
    world_finish(&world);
}

static void yields_of_a_day(void **state)
{
    struct world world = with("@source_yield\nsource,from_date,line_yield,unit_yield\nWAFERS,2027-01-20,0.5,0.4\nWAFERS,2027-01-25,0.6,0.5\n");
    int32_t first = world.terms->period[0].date;
    double line_yield, unit_yield;
    (void)state;
    fab_source_yields_at(world.model, find_source(&world, "WAFERS"), first + 20, &line_yield, &unit_yield);
    assert_true(line_yield == 0.5 && unit_yield == 0.4);
    fab_source_yields_at(world.model, find_source(&world, "WAFERS"), first + 21, &line_yield, &unit_yield);
    assert_true(line_yield == 0.6 && unit_yield == 0.5);
    fab_source_yields_at(world.model, find_source(&world, "BUY"), first, &line_yield, &unit_yield);
    assert_true(line_yield == 1 && unit_yield == 1); /* neither table nor process */
    assert_true(fab_source_lead_days_at(world.model, find_source(&world, "BUY"), first) == 3.5);
    assert_true(fab_source_lead_days_at(world.model, find_source(&world, "WAFERS"), first) == 7);
    world_finish(&world);
}

/* ---- sources ---- */

static void what_a_start_gives(void **state)
{
    struct world world = with(NULL);
    const struct fab_source_terms *wafers = &world.terms->source[find_source(&world, "WAFERS")], *pack = &world.terms->source[find_source(&world, "PACK")];
    (void)state;
    assert_true(wafers->units_per_start == 10 && wafers->output_count == 2 && wafers->component_count == 0);
    assert_close(wafers->output_value_usd, 0.75 * 40 + 0.25 * 10, 1e-15, 0);
    assert_close(wafers->period[0].good_units, 7.2, 1e-15, 0);
    assert_int_equal(pack->output_count, 1);
    assert_true(pack->output[0].item == find_item(&world, "CHIP") && pack->output[0].amount == 1);
    assert_true(pack->component[0].item == find_item(&world, "GOOD") && pack->component[0].amount == 2);
    world_finish(&world);
}

/* Components are used by what is made on a route, or where the source says so. */
static void who_uses_components(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->source[find_source(&world, "PACK")].consumes_bom = FAB_NONE;
    world_ok(&world, fab_terms_new(world.context, world.model, &world.terms));
    assert_int_equal(world.terms->source[find_source(&world, "PACK")].component_count, 0); /* bought whole */
    world_finish(&world);
}

/* Hours: visits x minutes / 60 x sample / (1 - rework), of a start less what was scrapped before; a step without fractions lies in the middle of its share of the route. */
static void hours_of_steps(void **state)
{
    struct world world = with("@route_step\nroute,step,tool_group,visits,minutes_per_unit,from_frac,to_frac,sample_frac,rework_frac,scrap_frac\n"
                              "R,10,LITHO,3,20,,,0.5,0.2,0.1\nR,20,ETCH,1,60,0.3,,,,0.2\nR,30,ETCH,1,60,,0.9,,,\nR,40,LITHO,1,60,0.5,1,,,\n");
    const struct fab_load_step *step = world.terms->source[find_source(&world, "WAFERS")].step;
    const double per_unit[] = {3 * 20 / 60.0 * 0.5 / 0.8, 1, 1, 1}, surviving[] = {1, 0.9, 0.72, 0.72};
    const double from[] = {0.125, 0.3, 0.9, 0.5}, to[] = {0.125, 0.3, 0.9, 1};
    (void)state;
    for (int k = 0; k < 4; k++) {
        assert_close(step[k].hours_per_unit, per_unit[k], 1e-14, 0);
        assert_close(step[k].hours_per_start, per_unit[k] * surviving[k], 1e-14, 0);
        assert_close(step[k].from, from[k], 1e-15, 0);
        assert_close(step[k].to, to[k], 1e-15, 0);
        assert_int_equal(step[k].step, 10 * (k + 1));
    }
    world_finish(&world);
}

/* The highest minimum and the lowest maximum of the limits in force; the part of the horizon in which starts are allowed. */
static void limits_of_a_source(void **state)
{
    struct world world = with("@source_limit\nsource,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                              "BUY,2027-01-04,2027-02-01,7,14,\nBUY,2027-01-05,2027-02-01,9,20,0\n");
    (void)state;
    assert_true(at(&world, "BUY", 0)->min_starts == 7 && at(&world, "BUY", 0)->max_starts == 14);
    assert_true(at(&world, "BUY", 1)->min_starts == 18 && at(&world, "BUY", 1)->max_starts == 28);
    assert_true(isnan(at(&world, "WAFERS", 0)->max_starts) && at(&world, "WAFERS", 0)->min_starts == 0);
    assert_true(at(&world, "BUY", 1)->available && !at(&world, "BUY", 2)->available);
    assert_true(fab_terms_shortfall_usd(world.terms, 0, 0) == 600); /* ten times a start */
    assert_true(fab_terms_shortfall_usd(world.terms, 1, 0) == 0);   /* free to break */
    world_finish(&world);
}

/* ---- flows ---- */

static double arriving_in(const struct world *world, const char *source, int t, int u)
{
    const struct fab_source_period *from = at(world, source, t);
    double share = 0;
    for (int a = from->first_arrival; a < from->first_arrival + from->arrival_count; a++)
        share += world->terms->arrival[a].period == u ? world->terms->arrival[a].share : 0;
    return share;
}

static double loaded_in(const struct world *world, const char *source, int t, const char *tool_group, int u)
{
    const struct fab_source_period *from = at(world, source, t);
    double hours = 0;
    for (int l = from->first_load; l < from->first_load + from->load_count; l++)
        if (world->terms->load[l].period == u && world->terms->load[l].tool_group == find_tool_group(world, tool_group))
            hours += world->terms->load[l].hours;
    return hours;
}

/* 3.5 days from order to arrival: half of a week's starts in it, a quarter of two weeks' in the next. */
static void arrivals_over_periods(void **state)
{
    struct world world = with(NULL);
    const double buy[2][3] = {{0.5, 0.5, 0}, {0, 0.75, 0.25}}, wafers[3][3] = {{0, 1, 0}, {0, 0.5, 0.5}, {0, 0, 0}};
    (void)state;
    for (int u = 0; u < 3; u++) {
        for (int t = 0; t < 2; t++)
            assert_close(arriving_in(&world, "BUY", t, u), buy[t][u], 1e-15, 0);
        for (int t = 0; t < 3; t++)
            assert_close(arriving_in(&world, "WAFERS", t, u), wafers[t][u], 1e-15, 0);
        assert_close(arriving_in(&world, "PACK", u, u), 1, 1e-15, 0);
    }
    assert_true(at(&world, "WAFERS", 2)->arriving == 0 && at(&world, "WAFERS", 1)->arriving == 1);
    assert_int_equal(at(&world, "BUY", 2)->arrival_count, 0); /* no starts, no arrivals */
    world_finish(&world);
}

/* ETCH over the whole seven days: of a week's starts half the hours fall into it, of two weeks' three quarters; behind the horizon they are nobody's. */
static void hours_over_periods(void **state)
{
    struct world world = with(NULL);
    const double etch[3][3] = {{0.45, 0.45, 0}, {0, 0.675, 0.225}, {0, 0, 0.45}};
    (void)state;
    for (int t = 0; t < 3; t++)
        for (int u = 0; u < 3; u++) {
            assert_close(loaded_in(&world, "WAFERS", t, "ETCH", u), etch[t][u], 1e-13, 0);
            assert_close(loaded_in(&world, "WAFERS", t, "LITHO", u), t == u, 1e-15, 0);
        }
    world_finish(&world);
}

/* A lead time of no days: every step is in its own period. */
static void no_lead_time(void **state)
{
    struct world world = with("@cycle_time\nroute,from_date,days\nR,2027-01-04,0\n");
    (void)state;
    for (int t = 0; t < 3; t++) {
        assert_close(arriving_in(&world, "WAFERS", t, t), 1, 1e-15, 0);
        assert_close(loaded_in(&world, "WAFERS", t, "ETCH", t), 0.9, 1e-15, 0);
    }
    world_finish(&world);
}

/* ---- tools ---- */

/* A tool counts from the first period that starts when it is there, or later. */
static void tools_are_delivered(void **state)
{
    struct world world = with(NULL);
    struct fab_tool_group *group = &world.model->tool_group[find_tool_group(&world, "LITHO")];
    const double lead[] = {0, 6.9, 7, 7.1, 21, 21.1};
    const int from_first[] = {0, 1, 1, 2, 2, FAB_NONE}, from_second[] = {1, 2, 2, 2, FAB_NONE, FAB_NONE};
    (void)state;
    for (int n = 0; n < 6; n++) {
        group->lead_time_days = lead[n];
        assert_int_equal(fab_terms_delivery_period(world.terms, find_tool_group(&world, "LITHO"), 0), from_first[n]);
        assert_int_equal(fab_terms_delivery_period(world.terms, find_tool_group(&world, "LITHO"), 1), from_second[n]);
    }
    world_finish(&world);
}

/* The window [7, 21) of the delivery limit, by the day of delivery and not by the period. */
static void deliveries_are_inside_windows(void **state)
{
    struct world world = with(NULL);
    struct fab_tool_group *group = &world.model->tool_group[find_tool_group(&world, "LITHO")];
    const double lead[] = {6.9, 7, 20.9, 21};
    const bool inside[] = {false, true, true, false};
    (void)state;
    for (int n = 0; n < 4; n++) {
        group->lead_time_days = lead[n];
        assert_int_equal(fab_terms_delivers_inside(world.terms, 0, 0), inside[n]);
    }
    world_finish(&world);
}

static void energy_of_an_hour(void **state)
{
    struct world world = with(NULL);
    int litho = find_tool_group(&world, "LITHO");
    (void)state;
    assert_close(fab_terms_mwh_per_hour(world.terms, litho), 0.15, 1e-15, 0);
    assert_close(fab_terms_usd_per_mwh(world.terms, litho, 1), 50 * pow(1.1, -7 / 365.25), 1e-15, 0);
    world_finish(&world);
}

/* ---- orders and items ---- */

/* P1 is 7 days and P2 14: what is due in P1 and ships in P3 has been late a week when P2 begins, and two more when P3 does. */
static void lateness_is_charged_as_it_passes(void **state)
{
    struct world world;
    fab_terms *terms = NULL;
    (void)state;
    world_of_text(&world, workshop, NULL);
    int d = find_demand(&world, "D1");
    world.model->demand[d].max_late_days = 21;
    world_ok(&world, fab_terms_new(world.context, world.model, &terms));
    const double days[] = {0, 7, 21}, discounted[] = {0, 7 * pow(1.1, -7 / 365.25), 7 * pow(1.1, -7 / 365.25) + 14 * pow(1.1, -21 / 365.25)};
    for (int t = 0; t < 3; t++) {
        assert_close(fab_late_days(terms, d, t), days[t], 1e-15, 0);
        assert_close(fab_late_days_discounted(terms, d, t), discounted[t], 1e-15, 0);
    }
    fab_terms_free(terms);
    world_finish(&world);
}

/* max_late_days counts from the due period's start to that of the shipment's. */
static void orders_have_their_periods(void **state)
{
    struct world world;
    int d;
    const double late[] = {0, 6.9, 7, 20.9, 21, 1000};
    const int latest[] = {0, 0, 1, 1, 2, 2};
    (void)state;
    world_of_text(&world, workshop, NULL);
    d = find_demand(&world, "D1");
    for (int n = 0; n < 6; n++) {
        fab_terms *terms = NULL;
        world.model->demand[d].max_late_days = late[n];
        world_ok(&world, fab_terms_new(world.context, world.model, &terms));
        assert_int_equal(terms->due_period[d], 0);
        assert_int_equal(terms->latest_period[d], latest[n]);
        assert_true(terms->promised_fill[d] == 0.5 && terms->promised_fill[find_demand(&world, "D2")] == 0); /* the customer's, its own */
        fab_terms_free(terms);
    }
    world_finish(&world);
}

/* Due ten days before the first period: late by ten days there, and by a week and two more in the next ones. It ships while that is within max_late_days. */
static void overdue_orders(void **state)
{
    struct world world;
    const double late[] = {10, 16.9, 17, 31}, days[] = {10, 17, 31};
    const int latest[] = {0, 0, 1, 2};
    (void)state;
    world_of_text(&world, workshop, NULL);
    int d = find_demand(&world, "D1");
    world.model->demand[d].due_date = world.model->calendar[0].start_date - 10;
    for (int n = 0; n < 4; n++) {
        fab_terms *terms = NULL;
        world.model->demand[d].max_late_days = late[n];
        world_ok(&world, fab_terms_new(world.context, world.model, &terms));
        assert_int_equal(terms->due_period[d], 0);
        assert_int_equal(terms->latest_period[d], latest[n]);
        for (int t = 0; t <= latest[n]; t++)
            assert_close(fab_late_days(terms, d, t), days[t], 1e-15, 0);
        assert_close(fab_late_days_discounted(terms, d, 0), 10, 1e-15, 0);
        if (latest[n] == 2)
            assert_close(fab_late_days_discounted(terms, d, 2), 10 + 7 * pow(1.1, -7 / 365.25) + 14 * pow(1.1, -21 / 365.25), 1e-15, 0);
        fab_terms_free(terms);
    }
    fab_terms *none = NULL;
    world.model->demand[d].max_late_days = 9.9;
    assert_int_equal(fab_terms_new(world.context, world.model, &none), FAB_INPUT);
    world_finish(&world);
}

static void an_order_outside_the_calendar(void **state)
{
    struct world world;
    fab_terms *terms = NULL;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->demand[0].due_date = world.model->calendar[2].end_date;
    assert_int_equal(fab_terms_new(world.context, world.model, &terms), FAB_INPUT);
    assert_null(terms);
    assert_non_null(strstr(fab_context_message(world.context), world.model->demand[0].demand));
    world.model->calendar_count = 0;
    assert_int_equal(fab_terms_new(world.context, world.model, &terms), FAB_INPUT);
    world_finish(&world);
}

static void stock_and_receipts(void **state)
{
    struct world world = with("@receipt\nitem,date,quantity\nOLD,2027-01-11,4\nOLD,2027-01-24,5\nOLD,2027-01-25,6\n");
    const double *receipt = &world.terms->receipt[find_item(&world, "OLD") * 3];
    (void)state;
    assert_true(receipt[0] == 0 && receipt[1] == 9 && receipt[2] == 6);
    assert_true(world.terms->on_hand[find_item(&world, "GOOD")] == 12 && world.terms->on_hand[find_item(&world, "OLD")] == 0);
    assert_true(world.terms->unstocked[find_item(&world, "DIE")] && !world.terms->unstocked[find_item(&world, "GOOD")]);
    world_finish(&world);
}

/* ---- scopes ---- */

/* What the alternates name and what lies around it, each once: a group, a route on it, a step of that route. */
static void scopes_are_nested(void **state)
{
    struct world world = with("@tool_alternate\ntool_group,alternate,route,step,hours_ratio\nLITHO,ETCH,R,10,2\nLITHO,GEN,R,,1\nETCH,LITHO,,,1\n");
    int route = find_route(&world, "R"), litho = find_tool_group(&world, "LITHO"), etch = find_tool_group(&world, "ETCH");
    (void)state;
    assert_int_equal(world.terms->scope_count, 4); /* LITHO; LITHO, R; LITHO, R, 10; ETCH */
    for (int n = 0; n < world.terms->scope_count; n++) {
        const struct fab_scope *scope = &world.terms->scope[n];
        assert_int_equal(fab_scope_covers(scope, etch, route, 20), scope->tool_group == etch);
        assert_int_equal(fab_scope_covers(scope, litho, route, 10), scope->tool_group == litho);
        assert_int_equal(fab_scope_covers(scope, litho, route, 30), scope->tool_group == litho && scope->step == FAB_NONE);
        assert_int_equal(fab_scope_covers(scope, litho, route + 1, 10), scope->tool_group == litho && scope->route == FAB_NONE);
    }
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_and_money),
        cmocka_unit_test(days_find_their_period),
        cmocka_unit_test(windows_hold_for_periods_that_start_inside),
        cmocka_unit_test(the_first_row_holds_before_it),
        cmocka_unit_test(tools_and_money_come_on_their_day),
        cmocka_unit_test(yields_of_a_day),
        cmocka_unit_test(what_a_start_gives),
        cmocka_unit_test(who_uses_components),
        cmocka_unit_test(hours_of_steps),
        cmocka_unit_test(limits_of_a_source),
        cmocka_unit_test(arrivals_over_periods),
        cmocka_unit_test(hours_over_periods),
        cmocka_unit_test(no_lead_time),
        cmocka_unit_test(tools_are_delivered),
        cmocka_unit_test(deliveries_are_inside_windows),
        cmocka_unit_test(energy_of_an_hour),
        cmocka_unit_test(lateness_is_charged_as_it_passes), cmocka_unit_test(overdue_orders), cmocka_unit_test(orders_have_their_periods),
        cmocka_unit_test(an_order_outside_the_calendar),
        cmocka_unit_test(stock_and_receipts),
        cmocka_unit_test(scopes_are_nested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
