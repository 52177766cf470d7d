/* What a plan takes over from an earlier one: the model is the one that the import of a data set gives that was edited by hand to what is left on the day; what the terms make of what is under way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "build.h"
#include "start.h"
#include "terms_build.h"

#define ORDERS "demand,customer,item,due_date,quantity,price_usd,min_fill,max_late_days,class\n"
#define D3 "D3,C2,CHIP,2027-03-01,40,450,,,forecast\n"

static int32_t day(const char *text)
{
    int32_t date = FAB_DATE_NONE;
    const char *why = NULL;
    assert_true(fab_date_parse(text, &date, &why));
    return date;
}

static void expect_said(const struct fixture *fixture, const char *text)
{
    bool said = false;
    for (int l = 0; l < fixture->line_count; l++)
        said = said || strstr(fixture->lines[l], text);
    if (!said)
        fail_msg("not said: %s", text);
}

static struct fab_taken *take(const char *date, const struct fab_taken_row rows[])
{
    struct fab_taken *taken = fab_taken_new(7, day(date));
    assert_non_null(taken);
    for (int r = 0; rows[r].key; r++)
        assert_true(fab_taken_add(taken, &rows[r]));
    return taken;
}

static fab_model *go_on(struct fixture *fixture, const struct table_text tables[], const char *date, const struct fab_taken_row rows[])
{
    struct fab_start_history history;
    struct fab_taken *taken = take(date, rows);
    fab_model *model = load_fab(fixture, tables);
    fixture_clear(fixture);
    fixture_ok(fixture, fab_model_start(fixture->context, model, day(date), taken, &history));
    fab_taken_free(taken);
    return model;
}

static void assert_goes_on_as(struct fixture *fixture, const struct table_text tables[], const struct fab_taken_row rows[], const struct table_text edited[])
{
    fab_model *model = go_on(fixture, tables, "2027-03-01", rows), *expected = load_fab(fixture, edited);
    assert_same_model(model, expected, "2027-03-01");
    fab_model_free(model);
    fab_model_free(expected);
    fixture_clear(fixture);
}

#define CALENDAR {"calendar", "period,start_date,end_date\n2027-03,2027-03-01,2027-04-01\n2027-04,2027-04-01,2027-05-01\n"}
#define RECEIPT {"receipt", "item,date,quantity,source\nPART,2027-03-10,200,\n"}
/* The day's data with no tool that came or went: rows of before the day stay as they are. */
#define SAME_BUDGET {"capex_budget", "from_date,usd\n2027-01-01,1000\n2027-03-01,4000\n"}

/* D1 was due 55 days ago and may be late by 60: 4 of 10 are left of it, of its promise of 5 nothing. D2 (9 days, 30) has 15 of 20 left and 13 of 15 of a promise of 18; D4 is too late, D5 has all been shipped. */
static void of_orders_what_has_not_been_shipped_stays(void **state)
{
    const struct table_text orders[] = {{"demand", ORDERS "D1,C1,CHIP,2027-01-05,10,500,,60,firm\nD2,C1,CHIP,2027-02-20,20,500,0.9,30,firm\n" D3 "D4,C1,CHIP,2027-01-05,8,500,,54,\nD5,C2,CHIP,2027-02-20,8,500,,90,\n"},
                                        {NULL, NULL}};
    const struct fab_taken_row rows[] = {{.kind = FAB_TAKEN_SHIPPED, .key = "D1", .quantity = 2}, {.kind = FAB_TAKEN_SHIPPED, .key = "D1", .quantity = 4}, {.kind = FAB_TAKEN_SHIPPED, .key = "D2", .quantity = 5},
                                         {.kind = FAB_TAKEN_SHIPPED, .key = "D5", .quantity = 8}, {.key = NULL}};
    const struct table_text edited[] = {CALENDAR, RECEIPT, SAME_BUDGET,
                                        {"demand", ORDERS "D1,C1,CHIP,2027-01-05,4,500,0,60,firm\nD2,C1,CHIP,2027-02-20,15,500,0.8666666666666667,30,firm\n" D3}, {NULL, NULL}};
    assert_goes_on_as(*state, orders, rows, edited);
}

/* 6 and 5 of C1 were shipped beside the 3 of before, which are the data's where they are as of the day; the row of C2 was due before the day. */
static void promises_that_add_up_go_on(void **state)
{
    struct fixture *fixture = *state;
    const struct fab_taken_row rows[] = {{.kind = FAB_TAKEN_SHIPPED, .key = "D1", .quantity = 6}, {.kind = FAB_TAKEN_SHIPPED, .key = "D2", .quantity = 5}, {.key = NULL}};
    for (int own = 0; own <= 1; own++) {
        const struct table_text tables[] = {{"ship_target", "customer,item,by_date,shipped_before,min_quantity\nC1,CHIP,2027-04-10,3,40\nC2,CHIP,2027-02-10,,1\n"},
                                            {"demand", ORDERS "D1,C1,CHIP,2027-01-05,10,500,,60,firm\nD2,C1,CHIP,2027-02-20,20,500,0.9,30,firm\n" D3},
                                            {"setting", own ? "key,value\nas_of,2027-03-01\n" : "key,value\n"},
                                            {NULL, NULL}};
        fab_model *model = go_on(fixture, tables, "2027-03-01", rows);
        assert_int_equal(model->ship_target_count, 1);
        assert_true(model->ship_target[0].shipped_before == (own ? 3 : 14));
        fab_model_free(model);
    }
}

/* Two scanners came ten days before the day and one comes 31.5 days after it, one went; 4600 of 5000 are spent, and of the windows that have begun and that have not what came into each. */
static void tools_are_there_and_paid(void **state)
{
    const struct fab_taken_row rows[] = {{.kind = FAB_TAKEN_TOOLS, .key = "LITHO", .begin = -10, .quantity = 2, .usd = 4000},
                                         {.kind = FAB_TAKEN_TOOLS, .key = "LITHO", .begin = 31.5, .quantity = 0.25, .usd = 500},
                                         {.kind = FAB_TAKEN_TOOLS, .key = "ETCH", .begin = -28, .quantity = -1},
                                         {.kind = FAB_TAKEN_TOOLS, .key = "ETCH", .begin = 0, .quantity = 0.1, .usd = 100},
                                         {.key = NULL}};
    const struct table_text edited[] = {
        CALENDAR, RECEIPT,
        {"tool_group", "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                       "ETCH,LOGIC,Etch,1.1,0.9,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,5,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n"},
        {"tool_count", "tool_group,from_date,tools\nLITHO,2027-02-01,6\nLITHO,2027-04-01,7\nLITHO,2027-04-02,7.25\n"},
        {"tool_delivery_limit", "tool_group,from_date,to_date,max_tools\nLITHO,2027-01-01,2027-03-01,0\nLITHO,2027-03-01,2027-05-01,3.75\n"},
        {"capex_budget", "from_date,usd\n2027-01-01,0\n2027-03-01,400\n"},
        {"demand", ORDERS D3}, {NULL, NULL}};
    assert_goes_on_as(*state, NULL, rows, edited);
}

/* A window from which more came than it allows now has nothing left, and so has a budget. */
static void nothing_is_less_than_nothing(void **state)
{
    const struct fab_taken_row rows[] = {{.kind = FAB_TAKEN_TOOLS, .key = "LITHO", .begin = -10, .quantity = 3, .usd = 6000}, {.key = NULL}};
    struct fixture *fixture = *state;
    fab_model *model = go_on(fixture, NULL, "2027-03-01", rows);
    assert_true(model->tool_delivery_limit[0].max_tools == 0 && model->tool_delivery_limit[1].max_tools == 4);
    assert_true(model->capex_budget[0].usd == 0 && model->capex_budget[1].usd == 0);
    expect_said(fixture, "more than the whole budget");
    fab_model_free(model);
}

static const struct fab_taken_row in_process[] = {{.kind = FAB_TAKEN_STOCK, .key = "PART", .quantity = 3},
                                                  {.kind = FAB_TAKEN_STARTS, .key = "MAKE", .begin = -28, .end = 0, .quantity = 10, .lead_days = 14, .good_units = 100},
                                                  {.kind = FAB_TAKEN_GONE, .key = "MAKE", .begin = -1, .end = -1, .quantity = 4, .progress = 0.6, .lead_days = 10, .good_units = 50, .held = true, .done = "20=0.5"},
                                                  {.kind = FAB_TAKEN_WAITING, .key = "MAKE", .begin = 3, .quantity = 5, .progress = 0.25, .start_date = 20800, .done = "10=1"},
                                                  {.kind = FAB_TAKEN_RATE, .key = "LOGIC", .begin = -14, .quantity = 2.5},
                                                  {.key = NULL}};

/* Of the starts, made over 28 days until the day and 14 days long, half have arrived; the rest arrives over the next 14 days. ETCH (0.5 h at a quarter) is done for all but those of the last 3.5 days; LITHO (1 h at three quarters,
 * 10.5 days) for all but 10.5 of 28 days' starts. The lot went on yesterday at 0.6 of 10 days: it arrives on day 3, and is at LITHO, half recorded, on day 0.5. */
static void what_is_under_way_arrives_and_needs_its_hours(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = go_on(fixture, NULL, "2027-03-01", in_process);
    fab_terms *terms = NULL;
    fixture_ok(fixture, fab_terms_new(fixture->context, model, &terms));
    assert_int_equal(terms->wip_count, 3);
    const struct fab_wip_group *waiting = &terms->wip[0], *starts = &terms->wip[1], *gone = &terms->wip[2];
    assert_true(!waiting->begun && waiting->first_day == 3 && waiting->wafers == 5 && waiting->progress == 0.25 && waiting->recorded[0] == 1 && waiting->recorded[1] == 0);
    assert_true(starts->begun && gone->begun && starts->go_count == 1 && starts->wafers == 10 && starts->good_units == 100);
    assert_int_equal(starts->go[0].arrival_count, 1);
    assert_close(terms->arrival[starts->go[0].first_arrival].share, 0.5, 1e-15, 0);
    assert_close(starts->go[0].behind, 0, 0, 1e-15);
    assert_int_equal(starts->go[0].load_count, 2);
    assert_close(terms->load[starts->go[0].first_load].hours, 0.5 * 3.5 / 28, 1e-15, 0);
    assert_close(terms->load[starts->go[0].first_load + 1].hours, 10.5 / 28, 1e-15, 0);
    assert_int_equal(gone->go[0].load_count, 1);
    assert_close(terms->load[gone->go[0].first_load].hours, 0.5, 1e-15, 0);
    assert_close(terms->arrival[gone->go[0].first_arrival].share, 1, 1e-15, 0);
    assert_close(terms->on_hand[fab_model_find_row(model, fab_dictionary_find("item"), "PART")], 3, 0, 0);
    fab_terms_free(terms);
    fab_model_free(model);
}

/* Each has one way and does not wait; nothing of it is decided. */
static void nothing_is_decided_about_it(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = go_on(fixture, NULL, "2027-03-01", in_process);
    struct fab_old_plan old = {.freeze_days = 100, .stability = 1};
    fab_terms *terms = NULL;
    fab_program *program = NULL;
    model->old = &old;
    fixture_ok(fixture, fab_terms_new(fixture->context, model, &terms));
    fixture_ok(fixture, fab_program_new(fixture->context, terms, NULL, &program));
    for (int k = 1; k < 3; k++) {
        int row = fab_program_at(program, FAB_WIP, k, FAB_NONE);
        assert_int_equal(fab_program_at(program, FAB_WAIT, k, FAB_NONE), FAB_NONE);
        assert_true(program->lp->row[row].lower == terms->wip[k].wafers && program->lp->row[row].upper == terms->wip[k].wafers);
    }
    assert_string_equal(program->lp->column[fab_program_at(program, FAB_GO, 1, FAB_NONE)].name, "go[MAKE,0 started -28 to 0]");
    assert_string_equal(program->lp->column[fab_program_at(program, FAB_GO, 2, FAB_NONE)].name, "go[MAKE,0.6 held gone on -1 to -1]");
    for (int k = 0; k < program->held_count; k++) {
        struct fab_tag tag = program->lp->column[program->held[k].column].tag;
        assert_true(tag.family != FAB_GO || tag.a == 0);
    }
    fab_program_free(program);
    fab_terms_free(terms);
    fab_model_free(model);
}

/* R_1 - 2.5 <= 0.7 x (15.5 + 14) / 7, and 2.5 - R_1 <= 1.4 x that; without a rate of before there is no such row. */
static void the_first_period_follows_the_rate_of_before(void **state)
{
    struct fixture *fixture = *state;
    const struct table_text limit[] = {{"line_limit", "line,from_date,to_date,max_ramp_per_week,max_drop_per_week\nLOGIC,2027-01-01,2027-05-01,0.7,1.4\n"}, {NULL, NULL}};
    for (int with = 0; with <= 1; with++) {
        const struct fab_taken_row nothing[] = {{.key = NULL}};
        fab_model *model = go_on(fixture, limit, "2027-03-01", with ? in_process : nothing);
        fab_terms *terms = NULL;
        fab_program *program = NULL;
        fixture_ok(fixture, fab_terms_new(fixture->context, model, &terms));
        fixture_ok(fixture, fab_program_new(fixture->context, terms, NULL, &program));
        int ramp = fab_program_find(program, (struct fab_tag){FAB_LIN, 0, FAB_LIN_RAMP, 0}), drop = fab_program_find(program, (struct fab_tag){FAB_LIN, 0, FAB_LIN_DROP, 0});
        assert_true((ramp != FAB_NONE) == with && (drop != FAB_NONE) == with);
        if (with) {
            assert_close(program->lp->row[ramp].upper, 0.7 * 29.5 / 7 + 2.5, 1e-14, 0);
            assert_close(program->lp->row[drop].upper, 1.4 * 29.5 / 7 - 2.5, 1e-14, 0);
        }
        fab_program_free(program);
        fab_terms_free(terms);
        fab_model_free(model);
    }
}

/* as_of on the day: stock and lots are the data's, tools and orders the plan's; on another day it says nothing. */
static void the_data_may_be_as_of_the_day(void **state)
{
    struct fixture *fixture = *state;
    const char *const dates[] = {"2027-03-01", "2027-W09", "2027-02-01"};
    for (int d = 0; d < 3; d++) {
        char setting[64];
        snprintf(setting, sizeof setting, "key,value\nas_of,%s\n", dates[d]);
        const struct table_text tables[] = {{"setting", setting}, {"stock", "item,on_hand\nCHIP,11\n"}, {NULL, NULL}};
        fab_model *model = go_on(fixture, tables, "2027-03-01", in_process);
        bool own = d < 2;
        assert_int_equal(model->stock_count, 1);
        assert_true(model->stock[0].on_hand == (own ? 11 : 3));
        assert_int_equal(model->before->begun_count, own ? 0 : 2);
        assert_int_equal(model->wip_count, own ? 0 : 1);
        assert_true(model->before->rate[0] == 2.5 && isnan(model->before->rate[1]) && model->before->middle == -14);
        fab_model_free(model);
    }
}

static void what_the_data_do_not_have_any_more_is_said(void **state)
{
    struct fixture *fixture = *state;
    const struct fab_taken_row rows[] = {{.kind = FAB_TAKEN_TOOLS, .key = "GONE", .begin = -10, .quantity = 3, .usd = 60}, {.kind = FAB_TAKEN_STARTS, .key = "NOBODY", .end = 1, .quantity = 1}, {.key = NULL}};
    fab_model *model = go_on(fixture, NULL, "2027-03-01", rows);
    expect_said(fixture, "plan 7 has tools of tool_group 'GONE', which the data do not have any more");
    expect_said(fixture, "plan 7 has starts of source 'NOBODY'");
    assert_int_equal(model->before->begun_count, 0);
    assert_true(model->capex_budget[0].usd == 940);
    fab_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(of_orders_what_has_not_been_shipped_stays), CHANGE_TEST(promises_that_add_up_go_on), CHANGE_TEST(tools_are_there_and_paid),          CHANGE_TEST(nothing_is_less_than_nothing),
        CHANGE_TEST(what_is_under_way_arrives_and_needs_its_hours), CHANGE_TEST(nothing_is_decided_about_it), CHANGE_TEST(the_first_period_follows_the_rate_of_before),
        CHANGE_TEST(the_data_may_be_as_of_the_day),             CHANGE_TEST(what_the_data_do_not_have_any_more_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
