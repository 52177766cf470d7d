/* Dates of changes: rows split at borders, windows, amounts, ramps. A changed model is the one that the import of a hand-edited data set gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "change_window.h"

static void a_row_in_force_over_a_border_is_split_there(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "cycle_time,R,days,scale,2,2027-02-10,2027-03-20", "cycle_time",
                  "route,from_date,days\nR,2027-01-01,10\nR,2027-02-10,20\nR,2027-03-01,24\nR,2027-03-20,12\n");
    assert_change(fixture, "cycle_time,R,days,add,1,2027-01-01,2027-03-01", "cycle_time", /* borders that are there */
                  "route,from_date,days\nR,2027-01-01,11\nR,2027-03-01,12\n");
    assert_change(fixture, "cycle_time,R,days,set,5,2027-02-15,", "cycle_time", "route,from_date,days\nR,2027-01-01,10\nR,2027-02-15,5\nR,2027-03-01,5\n");
    assert_change(fixture, "cycle_time,R,days,set,5,2027-01-10,2027-01-20", "cycle_time", /* inside one row */
                  "route,from_date,days\nR,2027-01-01,10\nR,2027-01-10,5\nR,2027-01-20,10\nR,2027-03-01,12\n");
    assert_change(fixture, "power_limit,S,mw,scale,0.5,2027-02-01,2027-04-01", "power_limit",
                  "site,from_date,mw,usd_per_mwh\nS,2027-01-01,20,50\nS,2027-02-01,10,50\nS,2027-03-01,15,50\nS,2027-04-01,30,50\n");
}

static void windows_are_split_alike(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "shipment_limit,C1/CHIP,max_per_week,scale,0.5,2027-02-01,2027-03-01", "shipment_limit",
                  "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-02-01,50\nC1,CHIP,2027-02-01,2027-03-01,25\n"
                  "C1,CHIP,2027-03-01,2027-05-01,50\n");
    assert_change(fixture, "source_limit,BUY_PART,min_starts_per_week,add,4,2027-02-01,2027-04-01", "source_limit", /* over two rows */
                  "source,from_date,to_date,min_starts_per_week,max_starts_per_week,shortfall_usd_per_start\n"
                  "BUY/CHIP,2027-01-01,2027-05-01,5,100,\nBUY_PART,2027-01-01,2027-02-01,,,3\nBUY_PART,2027-02-01,2027-03-01,4,,3\n"
                  "BUY_PART,2027-03-01,2027-04-01,14,1000,3\nBUY_PART,2027-04-01,2027-05-01,10,1000,3\n");
    assert_change(fixture, "shipment_limit,C1/CHIP,max_per_week,set,7,,2027-02-01", "shipment_limit", /* open to the past */
                  "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-02-01,7\nC1,CHIP,2027-02-01,2027-05-01,50\n");
    assert_change(fixture, "shipment_limit,C1/CHIP,to_date,set,2027-06-01,,", "shipment_limit", /* the end of a window is no key */
                  "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-06-01,50\n");
    assert_finding(fixture, "shipment_limit,C1/CHIP,max_per_week,set,7,2028-01-01,", "from and to leave no row, must meet a row of table shipment_limit");
}

static void only_rows_that_the_key_names_are_split(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "source_cost,*;usd_per_start=100,usd_per_start,set,90,2027-02-01,2027-02-15", "source_cost",
                  "source,from_date,usd_per_start\nBUY_PART,2027-01-15,2\nMAKE,2027-01-01,100\nMAKE,2027-02-01,90\nMAKE,2027-02-15,100\nMAKE,2027-03-01,120\n");
    assert_change(fixture, "cycle_time,R;from_date=2027-03-01,days,add,1,2027-02-01,", "cycle_time", "route,from_date,days\nR,2027-01-01,10\nR,2027-03-01,13\n");
}

static void before_the_first_row_is_written_what_holds_there(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "source_cost,BUY_PART,usd_per_start,scale,3,2027-01-01,2027-02-01", "source_cost", /* the first row's value */
                  "source,from_date,usd_per_start\nBUY_PART,2027-01-01,6\nBUY_PART,2027-01-15,6\nBUY_PART,2027-02-01,2\nMAKE,2027-01-01,100\nMAKE,2027-03-01,120\n");
    assert_change(fixture, "source_cost,BUY_PART,usd_per_start,scale,3,2027-01-01,2027-01-10", "source_cost", /* a window that ends before it */
                  "source,from_date,usd_per_start\nBUY_PART,2027-01-01,6\nBUY_PART,2027-01-10,2\nBUY_PART,2027-01-15,2\nMAKE,2027-01-01,100\nMAKE,2027-03-01,120\n");
    assert_change(fixture, "tool_count,LITHO,tools,add,1,2027-01-01,2027-03-01", "tool_count", /* tool_group.tools: 3 */
                  "tool_group,from_date,tools\nLITHO,2027-01-01,4\nLITHO,2027-02-01,5\nLITHO,2027-03-01,4\nLITHO,2027-04-01,5\n");
    assert_change(fixture, "tool_count,LITHO,tools,add,1,2027-01-01,2027-01-15", "tool_count",
                  "tool_group,from_date,tools\nLITHO,2027-01-01,4\nLITHO,2027-01-15,3\nLITHO,2027-02-01,4\nLITHO,2027-04-01,5\n");
    assert_change(fixture, "tool_count,LITHO,tools,add,1,,2027-03-01", "tool_count", /* open to the past: from the calendar's start */
                  "tool_group,from_date,tools\nLITHO,2027-01-01,4\nLITHO,2027-02-01,5\nLITHO,2027-03-01,4\nLITHO,2027-04-01,5\n");
    assert_change(fixture, "tool_count,LITHO,tools,add,1,,", "tool_count", /* all rows, and rows alone */
                  "tool_group,from_date,tools\nLITHO,2027-02-01,5\nLITHO,2027-04-01,6\n");
}

static void amounts_and_points_are_never_split(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "demand,*,quantity,scale,2,2027-02-20,2027-03-01", "demand",
                  "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,10,500,,firm\n"
                  "D2,C1,CHIP,2027-02-20,40,500,0.9,firm\nD3,C2,CHIP,2027-03-01,40,450,,forecast\n");
    assert_change(fixture, "receipt,PART,quantity,scale,0,2027-02-01,", "receipt", "item,date,quantity,source\nPART,2027-01-10,100,BUY_PART\nPART,2027-03-10,0,\n");
    assert_change(fixture, "capex_budget,*,usd,scale,0.5,2027-02-01,2027-04-01", "capex_budget", "from_date,usd\n2027-01-01,1000\n2027-03-01,2000\n");
    assert_change(fixture, "tool_delivery_limit,LITHO,max_tools,set,1,2027-02-01,2027-04-01", "tool_delivery_limit", /* by from_date */
                  "tool_group,from_date,to_date,max_tools\nLITHO,2027-01-01,2027-03-01,2\nLITHO,2027-03-01,2027-05-01,1\n");
    assert_finding(fixture, "capex_budget,*,usd,scale,0.5,2027-02-01,2027-03-01", "from and to leave no row, must meet a row of table capex_budget (by its from_date)");
}

/* From 2027-01-01 over 59 days: the middles of January and February are 15.5 and 45 days on the way, March's is behind it. */
static void a_ramp_runs_by_the_middle_of_each_period(void **state)
{
    struct fixture *fixture = *state;
    char expected[512];
    double january = 1 + 15.5 / 59, february = 1 + 45.0 / 59;
    snprintf(expected, sizeof expected, "route,from_date,days\nR,2027-01-01,%.17g\nR,2027-02-01,%.17g\nR,2027-03-01,24\n", 10 * january, 10 * february);
    assert_change(fixture, "cycle_time,R,days,scale,1..2,2027-01-01,2027-03-01", "cycle_time", expected);
    snprintf(expected, sizeof expected,
             "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-02-01,%.17g\nC1,CHIP,2027-02-01,2027-03-01,%.17g\n"
             "C1,CHIP,2027-03-01,2027-05-01,100\n",
             50 * january, 50 * february);
    assert_change(fixture, "shipment_limit,C1/CHIP,max_per_week,scale,1..2,2027-01-01,2027-03-01", "shipment_limit", expected); /* split at every period's start */
}

static void a_ramp_begins_at_from_and_stays_behind_to(void **state)
{
    struct fixture *fixture = *state;
    char expected[512];
    double march = 1 - 0.5 * 15.5 / 31;
    snprintf(expected, sizeof expected, "site,from_date,mw,usd_per_mwh\nS,2027-01-01,20,50\nS,2027-03-01,%.17g,50\nS,2027-04-01,15,50\n", 30 * march);
    assert_change(fixture, "power_limit,S,mw,scale,1..0.5,2027-03-01,2027-04-01", "power_limit", expected);
    /* a border in a period: the period that it falls into has begun before the ramp, and takes nothing of it */
    snprintf(expected, sizeof expected, "route,from_date,days\nR,2027-01-01,10\nR,2027-02-15,10\nR,2027-03-01,%.17g\nR,2027-04-01,24\n", 12 * (1 + 29.5 / 45));
    assert_change(fixture, "cycle_time,R,days,scale,1..2,2027-02-15,2027-04-01", "cycle_time", expected);
}

static void a_ramp_takes_the_period_that_an_amount_falls_into(void **state)
{
    struct fixture *fixture = *state;
    char expected[1024];
    snprintf(expected, sizeof expected,
             "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,%.17g,500,,firm\n"
             "D2,C1,CHIP,2027-02-20,%.17g,500,0.9,firm\nD3,C2,CHIP,2027-03-01,80,450,,forecast\n",
             10 * (1 + 15.5 / 59), 20 * (1 + 45.0 / 59));
    assert_change(fixture, "demand,*,quantity,scale,1..2,2027-01-01,2027-03-01", "demand", expected);
    assert_finding(fixture, "demand,*,quantity,scale,1..2,2027-01-01,", "value is '1..2', must have from and to that the ramp runs between");
    assert_finding(fixture, "demand,*,quantity,scale,1..x,2027-01-01,2027-02-01", "must be a plain decimal number, or two of a ramp as in 1..1.8");
}

static void delete_takes_the_pieces_inside(void **state)
{
    struct fixture *fixture = *state;
    assert_change(fixture, "shipment_limit,C1/CHIP,,delete,,2027-02-01,2027-03-01", "shipment_limit",
                  "customer,item,from_date,to_date,max_per_week\nC1,CHIP,2027-01-01,2027-02-01,50\nC1,CHIP,2027-03-01,2027-05-01,50\n");
    assert_change(fixture, "cycle_time,R,,delete,,2027-02-01,2027-04-01", "cycle_time", /* what holds before goes on */
                  "route,from_date,days\nR,2027-01-01,10\nR,2027-04-01,12\n");
    assert_finding(fixture, "cycle_time,R,,delete,,2027-02-01,2027-02-15", "no row of table cycle_time begins inside from and to");
}

static void several_changes_split_again(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"cycle_time,R,days,add,1,2027-02-01,2027-04-01", "cycle_time,R,days,add,10,2027-02-15,2027-03-15", "cycle_time,R,days,scale,2,,", NULL};
    static const struct table_text other[] = {
        {"cycle_time", "route,from_date,days\nR,2027-01-01,20\nR,2027-02-01,22\nR,2027-02-15,42\nR,2027-03-01,46\nR,2027-03-15,26\nR,2027-04-01,24\n"}, {NULL, NULL}};
    assert_changes_to(fixture, lines, other);
}

/* The value in force on a day, of the rows of route R. */
static double in_force(const fab_model *model, int32_t day)
{
    double days = model->cycle_time[0].days;
    for (int r = 0; r < model->cycle_time_count; r++)
        if (model->cycle_time[r].from_date <= day)
            days = model->cycle_time[r].days;
    return days;
}

/* Whatever the window: inside it every day has the changed value, outside the old one. */
static void a_change_holds_inside_its_dates_and_nowhere_else(void **state)
{
    struct fixture *fixture = *state;
    fab_model *base = load_fab(fixture, NULL);
    int32_t first = fab_date_from_civil(2026, 12, 20), last = fab_date_from_civil(2027, 5, 10);
    for (int32_t from = first; from < last; from += 13)
        for (int32_t to = from + 1; to < last; to += 17) {
            char line[128], a[FAB_DATE_TEXT_SIZE], b[FAB_DATE_TEXT_SIZE];
            const char *const lines[] = {line, NULL};
            fab_model *changed = NULL;
            snprintf(line, sizeof line, "cycle_time,R,days,add,100,%s,%s", fab_date_print(from, a), fab_date_print(to, b));
            fixture_ok(fixture, change_model(fixture, base, lines, &changed));
            for (int32_t day = first; day < last; day++)
                if (in_force(changed, day) != in_force(base, day) + (day >= from && day < to ? 100 : day < from && from < base->cycle_time[0].from_date ? 100 : 0))
                    fail_msg("%s: %g on day %d", line, in_force(changed, day), day - first);
            fab_model_free(changed);
        }
    fab_model_free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(a_row_in_force_over_a_border_is_split_there),
        CHANGE_TEST(windows_are_split_alike),
        CHANGE_TEST(only_rows_that_the_key_names_are_split),
        CHANGE_TEST(before_the_first_row_is_written_what_holds_there),
        CHANGE_TEST(amounts_and_points_are_never_split),
        CHANGE_TEST(a_ramp_runs_by_the_middle_of_each_period),
        CHANGE_TEST(a_ramp_begins_at_from_and_stays_behind_to),
        CHANGE_TEST(a_ramp_takes_the_period_that_an_amount_falls_into),
        CHANGE_TEST(delete_takes_the_pieces_inside),
        CHANGE_TEST(several_changes_split_again),
        CHANGE_TEST(a_change_holds_inside_its_dates_and_nowhere_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
