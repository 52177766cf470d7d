/* Periods behind the horizon that are planned with it: what they are made of, what is decided in them, whose money they are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "build.h"
#include "start.h"
#include "tail.h"
#include "terms_build.h"

#define TAIL(days) {"setting", "key,value\ndiscount_rate,0.1\ntail_days," days "\n"}
#define ORDERS "demand,customer,item,due_date,quantity,price_usd,shortage_usd,max_late_days\n"

static int32_t day(const char *text)
{
    int32_t date = FAB_DATE_NONE;
    const char *why = NULL;
    assert_true(fab_date_parse(text, &date, &why));
    return date;
}

static fab_model *load_tailed(struct fixture *fixture, const struct table_text tables[])
{
    fab_model *model = load_fab(fixture, tables);
    fixture_clear(fixture);
    fixture_ok(fixture, fab_model_tail(fixture->context, model));
    return model;
}

static void assert_period(const fab_model *model, int p, const char *name, const char *start, const char *end)
{
    assert_string_equal(model->calendar[p].period, name);
    assert_int_equal(model->calendar[p].start_date, day(start));
    assert_int_equal(model->calendar[p].end_date, day(end));
}

static void assert_copy(const fab_model *model, int d, const char *of, const char *date)
{
    assert_memory_equal(model->demand[d].demand, of, strlen(of));
    assert_int_equal(model->demand[d].due_date, day(date));
}

/* A year later is the same month and day, of 29 February the 28th; two ends on one day are one period; a copy before the horizon's end is dated on it. */
static void the_last_year_comes_again(void **state)
{
    const struct table_text tables[] = {
        TAIL("400"),
        {"calendar", "period,start_date,end_date\nA,2027-01-01,2027-03-01\nB,2027-03-01,2028-02-28\nC,2028-02-28,2028-02-29\n"},
        {"demand", ORDERS "D1,C1,CHIP,2027-02-27,10,500,,\nD2,C1,CHIP,2027-02-28,20,500,,\nD3,C2,CHIP,2028-02-28,40,450,7,30\n"},
        {NULL, NULL}};
    fab_model *model = load_tailed(*state, tables);
    assert_int_equal(model->tail_period_count, 4);
    assert_period(model, 2, "C", "2028-02-28", "2028-02-29");
    assert_period(model, 3, "tail+1", "2028-02-29", "2028-03-01");
    assert_period(model, 4, "tail+2", "2028-03-01", "2029-02-28");
    assert_period(model, 5, "tail+3", "2029-02-28", "2029-03-01");
    assert_period(model, 6, "tail+4", "2029-03-01", "2030-02-28");
    assert_int_equal(model->demand_count, 3 + 3);
    assert_int_equal(model->tail_demand_count, 3);
    assert_copy(model, 3, "D2", "2028-02-29");
    assert_copy(model, 4, "D3", "2029-02-28");
    assert_copy(model, 5, "D2", "2029-02-28");
    assert_close(model->demand[4].quantity, 40, 0, 0);
    assert_close(model->demand[4].shortage_usd, 7, 0, 0);
    assert_close(model->demand[4].max_late_days, 30, 0, 0);
    fab_model_free(model);
}

/* Four months come again 120 days later, until the days are covered. */
static void a_horizon_under_a_year_comes_again_as_a_whole(void **state)
{
    const struct table_text tables[] = {TAIL("32"), {NULL, NULL}};
    fab_model *model = load_tailed(*state, tables);
    assert_int_equal(model->tail_period_count, 2);
    assert_period(model, 4, "tail+1", "2027-05-01", "2027-06-01");
    assert_period(model, 5, "tail+2", "2027-06-01", "2027-06-29");
    assert_int_equal(model->tail_demand_count, 2);
    assert_copy(model, 3, "D1", "2027-05-05");
    assert_copy(model, 4, "D2", "2027-06-20");
    fab_model_free(model);
}

static void no_days_are_no_tail(void **state)
{
    fab_model *model = load_tailed(*state, NULL), *again = load_fab(*state, NULL);
    assert_same_model(model, again, "no tail");
    assert_int_equal(model->tail_period_count, 0);
    fab_model_free(model);
    fab_model_free(again);
}

/* To the next row of the key, or for good; a window that closes inside the horizon stays closed; tools come in the horizon alone. */
static void windows_that_reach_the_end_stay_open(void **state)
{
    const struct table_text tables[] = {
        TAIL("100"),
        {"source_limit", "source,from_date,to_date,max_starts_per_week\nBUY/CHIP,2027-01-01,2027-05-01,100\nBUY/CHIP,2027-06-10,2027-07-01,50\nBUY_PART,2027-01-01,2027-04-01,9\n"
                         "MAKE,2027-05-20,2027-06-01,5\n"},
        {"source", "source,item,line,route,region,lead_time_days,process,consumes_bom,available_to\nBUY/CHIP,CHIP,X,,TW,20,,0,2027-05-01\nBUY_PART,PART,X,,KR,10,,,2027-04-20\n"
                   "MAKE,DIE,LOGIC,R,US,,P,,\n"},
        {NULL, NULL}};
    fab_model *model = load_tailed(*state, tables);
    int32_t end = model->calendar[model->calendar_count - 1].end_date;
    assert_int_equal(model->source_limit[0].to_date, day("2027-06-10"));
    assert_int_equal(model->source_limit[1].to_date, end);
    assert_int_equal(model->source_limit[2].to_date, day("2027-04-01"));
    assert_int_equal(model->source_limit[3].to_date, end);
    assert_int_equal(model->shipment_limit[0].to_date, end);
    assert_int_equal(model->tool_delivery_limit[1].to_date, day("2027-05-01"));
    assert_int_equal(model->source[0].available_to, FAB_DATE_NONE);
    assert_int_equal(model->source[1].available_to, day("2027-04-20"));
    fab_model_free(model);
}

/* What a column earns of a kind, discounted. */
static double paid(const fab_program *program, int column, fab_money kind)
{
    double usd = 0;
    for (int a = 0; a < program->amount_count; a++)
        if (program->amount[a].column == column && program->amount[a].kind == kind)
            usd += program->amount[a].usd;
    return usd;
}

/* Tools are ordered in the horizon alone; the tail bears the part of their life that falls into it, and the end value is its own; the money of an order of the horizon is the horizon's wherever it ships. */
static void money_behind_the_horizon_is_the_tails(void **state)
{
    const struct table_text tables[] = {TAIL("120"),
                                        {"demand", ORDERS "D1,C1,CHIP,2027-04-05,10,500,3,60\n"},
                                        {"stock", "item,on_hand\nCHIP,1\n"},
                                        {NULL, NULL}};
    struct fixture *fixture = *state;
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    fab_model *model = load_tailed(fixture, tables);
    fixture_ok(fixture, fab_terms_new(fixture->context, model, &terms));
    fixture_ok(fixture, fab_program_new(fixture->context, terms, NULL, &program));
    int T = terms->period_count, H = terms->horizon_periods, etch = 0, chip = 0, make = fab_model_find_source(model, "MAKE");
    assert_int_equal(H, 4);
    assert_int_equal(T, 8);
    for (int t = 0; t < T; t++) /* 30 days of lead time: the order of March would come in April, that of April behind the horizon's last start */
        assert_true((fab_program_at(program, FAB_N, etch, t) != FAB_NONE) == (t <= 2));
    for (int t = 0; t < T; t++)
        assert_true((fab_program_at(program, FAB_BUD, 0, t) != FAB_NONE) == (t < H));
    int order = fab_program_at(program, FAB_N, etch, 0);
    assert_close(paid(program, order, FAB_MONEY_CAPEX), -1000.0 * (120 - 30) / 1826, 1e-12, 0);
    assert_close(paid(program, order, FAB_MONEY_TAIL), -1000.0 * (terms->horizon_days - 120) / 1826, 1e-12, 0);
    int late = fab_program_at(program, FAB_Y, 0, H), copied = fab_program_at(program, FAB_Y, 1, terms->due_period[1]);
    assert_close(paid(program, late, FAB_MONEY_REVENUE), 500 * terms->period[H].discount, 1e-12, 0);
    assert_close(paid(program, late, FAB_MONEY_TAIL), 0, 0, 0);
    assert_close(paid(program, copied, FAB_MONEY_TAIL), 500 * terms->period[terms->due_period[1]].discount, 1e-12, 0);
    assert_close(paid(program, fab_program_at(program, FAB_SHORT, 1, FAB_NONE), FAB_MONEY_TAIL), -3 * terms->period[terms->due_period[1]].discount, 1e-12, 0);
    assert_close(paid(program, fab_program_at(program, FAB_SHORT, 0, FAB_NONE), FAB_MONEY_SHORTAGE), -3 * terms->period[3].discount, 1e-12, 0);
    assert_close(paid(program, fab_program_at(program, FAB_I, chip, T - 1), FAB_MONEY_TAIL),
                 (0.6 * 100 * terms->end_discount - 0.2 * 100 * terms->period[T - 1].days / 365.25 * terms->period[T - 1].discount), 1e-12, 0);
    assert_close(paid(program, fab_program_at(program, FAB_I, chip, H - 1), FAB_MONEY_END_VALUE), 0, 0, 0);
    assert_close(paid(program, fab_program_at(program, FAB_X, make, H), FAB_MONEY_TAIL), -120 * terms->period[H].discount, 1e-12, 0);
    assert_close(paid(program, fab_program_at(program, FAB_X, make, H - 1), FAB_MONEY_COST), -120 * terms->period[H - 1].discount, 1e-12, 0);
    fab_program_free(program);
    fab_terms_free(terms);
    fab_model_free(model);
}

/* The tail is made of the data's calendar, then the start cuts; a day behind the horizon is no day of the calendar. */
static void the_start_cuts_a_calendar_with_a_tail(void **state)
{
    const struct table_text tables[] = {TAIL("32"), {NULL, NULL}};
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *model = load_tailed(fixture, tables);
    assert_int_equal(fab_model_start(fixture->context, model, day("2027-05-01"), NULL, &history), FAB_USAGE);
    fixture_ok(fixture, fab_model_start(fixture->context, model, day("2027-03-10"), NULL, &history));
    assert_int_equal(model->calendar_count, 4);
    assert_int_equal(model->tail_period_count, 2);
    assert_period(model, 0, "2027-03", "2027-03-10", "2027-04-01");
    assert_period(model, 3, "tail+2", "2027-06-01", "2027-06-29");
    assert_int_equal(model->demand_count, 3);
    assert_copy(model, 0, "D3", "2027-03-10");
    assert_copy(model, 1, "D1", "2027-05-05");
    fab_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(the_last_year_comes_again),
        CHANGE_TEST(a_horizon_under_a_year_comes_again_as_a_whole),
        CHANGE_TEST(no_days_are_no_tail),
        CHANGE_TEST(windows_that_reach_the_end_stay_open),
        CHANGE_TEST(money_behind_the_horizon_is_the_tails),
        CHANGE_TEST(the_start_cuts_a_calendar_with_a_tail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
