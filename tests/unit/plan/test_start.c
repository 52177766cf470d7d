/* A plan that starts on a day inside the calendar: the model is the one that the import of a data set gives whose calendar, orders, receipts and budget were edited by hand; what the terms make of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "build.h"
#include "start.h"
#include "terms_build.h"

#define ORDERS "demand,customer,item,due_date,quantity,price_usd,max_late_days,class\n"
#define D1 "D1,C1,CHIP,2027-01-05,10,500,60,\n"
#define D2 "D2,C1,CHIP,2027-02-03,20,500,,firm\n"
#define D3 "D3,C2,CHIP,2027-03-01,40,450,,\n"
static const struct table_text data[] = {{"demand", ORDERS D1 D2 D3}, {NULL, NULL}};

static int32_t day(const char *text)
{
    int32_t date = FAB_DATE_NONE;
    const char *why = NULL;
    assert_true(fab_date_parse(text, &date, &why));
    return date;
}

static fab_model *load_started(struct fixture *fixture, const struct table_text tables[], const char *start, struct fab_start_history *history)
{
    fab_model *model = load_fab(fixture, tables);
    fixture_clear(fixture);
    fixture_ok(fixture, fab_model_start(fixture->context, model, day(start), NULL, history));
    return model;
}

static void assert_starts_as(struct fixture *fixture, const char *start, const struct table_text edited[])
{
    struct fab_start_history history;
    fab_model *started = load_started(fixture, data, start, &history), *expected = load_fab(fixture, edited);
    assert_same_model(started, expected, start);
    fab_model_free(started);
    fab_model_free(expected);
    fixture_clear(fixture);
}

/* The period keeps its name; the order due in its cut-off part stays due in it, the one before is history; the receipt has arrived. */
static void the_period_that_the_day_falls_into_is_cut(void **state)
{
    const struct table_text edited[] = {
        {"calendar", "period,start_date,end_date\n2027-02,2027-02-10,2027-03-01\n2027-03,2027-03-01,2027-04-01\n2027-04,2027-04-01,2027-05-01\n"},
        {"demand", ORDERS "D2,C1,CHIP,2027-02-10,20,500,,firm\n" D3},
        {"receipt", "item,date,quantity,source\nPART,2027-03-10,200,\n"},
        {NULL, NULL}};
    assert_starts_as(*state, "2027-02-10", edited);
}

/* On a border nothing is cut; of the budget earlier rows are spent, the last one counts in full. */
static void periods_that_end_by_the_day_go(void **state)
{
    const struct table_text edited[] = {{"calendar", "period,start_date,end_date\n2027-03,2027-03-01,2027-04-01\n2027-04,2027-04-01,2027-05-01\n"},
                                        {"demand", ORDERS D3},
                                        {"receipt", "item,date,quantity,source\nPART,2027-03-10,200,\n"},
                                        {"capex_budget", "from_date,usd\n2027-03-01,4000\n"},
                                        {NULL, NULL}};
    assert_starts_as(*state, "2027-03-01", edited);
}

static void a_receipt_in_the_cut_off_part_has_arrived(void **state)
{
    const struct table_text edited[] = {{"calendar", "period,start_date,end_date\n2027-03,2027-03-11,2027-04-01\n2027-04,2027-04-01,2027-05-01\n"},
                                        {"demand", ORDERS "D3,C2,CHIP,2027-03-11,40,450,,\n"},
                                        {"receipt", "item,date,quantity,source\n"},
                                        {"capex_budget", "from_date,usd\n2027-03-01,4000\n"},
                                        {NULL, NULL}};
    assert_starts_as(*state, "2027-03-11", edited);
}

static void the_first_day_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *model = load_started(fixture, data, "2027-01-01", &history);
    assert_starts_as(fixture, "2027-01-01", data);
    fab_start_tell(fixture->context, model, &history);
    assert_int_equal(fixture->line_count, 0);
    fab_model_free(model);
}

static void a_day_outside_the_calendar_is_refused(void **state)
{
    static const char *const outside[] = {"2026-12-31", "2027-05-01"};
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *model = load_fab(fixture, data);
    for (int d = 0; d < 2; d++) {
        assert_int_equal(fab_model_start(fixture->context, model, day(outside[d]), NULL, &history), FAB_USAGE);
        assert_string_equal(fab_context_code(fixture->context), "request.start");
    }
    assert_int_equal(model->calendar_count, 4);
    assert_non_null(strstr(fab_context_message(fixture->context), "2027-01-01 to 2027-04-30"));
    fab_model_free(model);
}

/* One note with counts, units and money; a warning of what no table knows: D1, due on 5 January and 60 days late at most, is open on 3 March, D2 cannot be late. */
static void what_is_left_out_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *model = load_started(fixture, data, "2027-03-03", &history);
    fab_start_tell(fixture->context, model, &history);
    assert_int_equal(fixture->line_count, 2);
    assert_int_equal(fixture->levels[0], FAB_LEVEL_NOTE);
    assert_string_equal(fixture->lines[0], "dated before the start 2027-03-03, history and left out: 2 orders (30 units, 15000 USD) and 1 receipt (100 units, 100 USD)");
    assert_int_equal(fixture->levels[1], FAB_LEVEL_WARNING);
    assert_string_equal(fixture->lines[1],
                        "what was bought, made and owed before the start 2027-03-03 is in no table: tools with a price (ETCH, LITHO, POWER); an empty table stock; "
                        "1 open order that could still ship late (10 units, 5000 USD)");
    fab_model_free(model);
}

static void nothing_unknown_is_no_warning(void **state)
{
    const struct table_text known[] = {{"tool_group", "tool_group,line,name,tools,availability,max_utilisation,supply_mw\nETCH,LOGIC,Etch,2,0.9,0.9,\nLITHO,LOGIC,Litho,3,0.8,0.9,\n"
                                                      "POWER,LOGIC,Gas,0,1,1,5\n"},
                                       {"stock", "item,on_hand\nCHIP,3\n"},
                                       {"demand", ORDERS D2 D3},
                                       {NULL, NULL}};
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *model = load_started(fixture, known, "2027-03-03", &history);
    fab_start_tell(fixture->context, model, &history);
    assert_int_equal(fixture->line_count, 1);
    assert_int_equal(fixture->levels[0], FAB_LEVEL_NOTE);
    fab_model_free(model);
}

/* From 10 February: discounting begins there, tools and the budget are as of the day, windows that began in the cut-off part hold, the first period has no ramp. */
static void everything_is_as_of_the_day(void **state)
{
    const struct table_text more[] = {{"tool_count", "tool_group,from_date,tools\nLITHO,2027-02-07,4\nLITHO,2027-04-01,5\n"},
                                      {"capex_budget", "from_date,usd\n2027-01-01,1000\n2027-02-05,200\n2027-03-01,4000\n"},
                                      {"source_limit", "source,from_date,to_date,max_starts_per_week\nMAKE,2027-02-03,2027-03-01,7\n"},
                                      {"line_limit", "line,from_date,to_date,max_ramp_per_week\nLOGIC,2027-01-01,2027-05-01,10\n"},
                                      {NULL, NULL}};
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    fab_model *model = load_started(fixture, more, "2027-02-10", &history);
    int make = fab_model_find_source(model, "MAKE"), litho = 1;
    fixture_ok(fixture, fab_terms_new(fixture->context, model, &terms));
    fixture_ok(fixture, fab_program_new(fixture->context, terms, NULL, &program));
    assert_string_equal(terms->period[0].name, "2027-02");
    assert_close(terms->period[0].days, 19, 0, 0);
    assert_close(terms->period[0].discount, 1, 0, 0);
    assert_close(terms->period[1].discount, pow(1.1, -19 / 365.25), 1e-15, 0);
    assert_close(terms->tools[litho * terms->period_count], 4, 0, 0);
    assert_close(terms->budget_usd[0], 200, 0, 0);
    assert_close(terms->budget_usd[1], 4200, 0, 0);
    assert_close(terms->source[make].period[0].max_starts, 19, 1e-14, 0);
    assert_true(isnan(terms->source[make].period[1].max_starts));
    assert_int_equal(fab_program_find(program, (struct fab_tag){FAB_LIN, 0, FAB_LIN_RAMP, 0}), FAB_NONE);
    assert_int_not_equal(fab_program_find(program, (struct fab_tag){FAB_LIN, 0, FAB_LIN_RAMP, 1}), FAB_NONE);
    fab_program_free(program);
    fab_terms_free(terms);
    fab_model_free(model);
}

/* A ramp takes the middle of the whole month, of which only the last days are planned. */
static void ramps_are_of_the_calendar_of_the_data(void **state)
{
    static const char *const lines[] = {"tool_group,ETCH,availability,scale,1..0.5,2027-01-01,2027-04-01", "cycle_time,R,days,scale,1..2,2027-01-01,2027-05-01", NULL};
    struct fixture *fixture = *state;
    struct fab_start_history history;
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    fab_terms *whole = NULL, *cut = NULL;
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    fixture_ok(fixture, fab_terms_new(fixture->context, changed, &whole));
    fab_model *started = fab_model_copy(changed);
    fixture_ok(fixture, fab_model_start(fixture->context, started, day("2027-02-27"), NULL, &history));
    fab_model *copy = fab_model_copy(started);
    fixture_ok(fixture, fab_terms_new(fixture->context, copy, &cut));
    for (int t = 0; t < cut->period_count; t++) {
        const struct fab_period *here = &cut->period[t], *there = &whole->period[t + 1];
        assert_string_equal(here->name, there->name);
        assert_close(cut->hours_per_tool[t] / here->days, whole->hours_per_tool[t + 1] / there->days, 1e-14, 0);
        assert_close(cut->source[2].period[t].lead_days, whole->source[2].period[t + 1].lead_days, 1e-14, 0);
    }
    fab_terms_free(whole);
    fab_terms_free(cut);
    fab_model_free(base);
    fab_model_free(changed);
    fab_model_free(started);
    fab_model_free(copy);
    fixture_clear(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(the_period_that_the_day_falls_into_is_cut), CHANGE_TEST(periods_that_end_by_the_day_go),
        CHANGE_TEST(a_receipt_in_the_cut_off_part_has_arrived),  CHANGE_TEST(the_first_day_changes_nothing),
        CHANGE_TEST(a_day_outside_the_calendar_is_refused),     CHANGE_TEST(what_is_left_out_is_said),
        CHANGE_TEST(nothing_unknown_is_no_warning),             CHANGE_TEST(everything_is_as_of_the_day),
        CHANGE_TEST(ramps_are_of_the_calendar_of_the_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
