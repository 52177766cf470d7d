/* Derived columns and regions: the adjustments that changes make, and what adjustments make of figures.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "adjust.h"
#include "assert_close.h"
#include "upkeep.h"

static fab_model *changed_fab(struct fixture *fixture, const char *const lines[])
{
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    fixture_clear(fixture);
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    assert_int_equal(base->adjustment_count, 0);
    fab_model_free(base);
    return changed;
}

static double day(int month, int date)
{
    return fab_date_from_civil(2027, month, date);
}

static void a_derived_column_holds_in_its_dates(void **state)
{
    static const char *const lines[] = {"process,P,d0_per_cm2,scale,2,2027-02-01,2027-04-01", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_int_equal(model->adjustment_count, 1);
    assert_string_equal(model->adjustment[0].origin, "scenario T, change 1");
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(1, 31), 0.3), 0.3, 0, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(2, 1), 0.3), 0.6, 0, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(3, 31), 0.3), 0.6, 0, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(4, 1), 0.3), 0.3, 0, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, 0, day(2, 1), 0.8), 0.8, 0, 0);
    fab_model_free(model);
}

static void they_work_one_after_the_other(void **state)
{
    static const char *const lines[] = {"process,P,line_yield,set,0.5,2027-02-01,", "process,P,line_yield,add,0.1,,", "process,P,line_yield,scale,0.5,,2027-03-01", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_close(fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, 0, day(1, 1), 0.7), 0.4, 1e-15, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, 0, day(2, 1), 0.7), 0.3, 1e-15, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, 0, day(3, 1), 0.7), 0.6, 1e-15, 0);
    fab_model_free(model);
}

static void a_ramp_of_a_derived_column_stays_behind_its_end(void **state)
{
    static const char *const lines[] = {"process,P,d0_per_cm2,scale,1..1.8,2027-01-01,2027-03-01", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(1, 1), 1), 1 + 0.8 * 15.5 / 59, 1e-15, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(2, 1), 1), 1 + 0.8 * 45 / 59, 1e-15, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(4, 1), 1), 1.8, 1e-15, 0);
    assert_close(fab_adjust_at(model, FAB_ADJUST_D0, 0, day(1, 1) - 1, 1), 1, 0, 0);
    fab_model_free(model);
}

/* Stops make 0.9: changes of all days and of some scale and set what comes out of them, in their order, beside given ones. */
static void computed_availability_is_changed_as_a_figure(void **state)
{
    struct fixture *fixture = *state;
    static const struct table_text other[] = {{"tool_group", "tool_group,line,name,tools,availability,max_utilisation\nETCH,LOGIC,Etch,2,,0.9\nLITHO,LOGIC,Litho,3,0.8,0.9\nPOWER,LOGIC,Gas,0,1,1\n"},
                                              {"tool_down", "tool_group,cause,hours_between,units_between,hours\nETCH,break,95,,5\nETCH,clean,95,,5\n"},
                                              {NULL, NULL}};
    static const char *const lines[] = {"tool_group,*,availability,scale,0.5,,", "tool_group,ETCH,availability,add,0.1,2027-02-01,2027-03-01", NULL};
    fab_model *base = load_fab(fixture, other), *model = NULL;
    fixture_ok(fixture, change_model(fixture, base, lines, &model));
    assert_true(isnan(model->tool_group[0].availability));
    for (int month = 1; month <= 3; month++) {
        assert_close(fab_adjust_at(model, FAB_ADJUST_AVAILABILITY, 0, day(month, 1), fab_upkeep_availability(model, 0)), month == 2 ? 0.55 : 0.45, 1e-15, 0);
        assert_close(fab_adjust_at(model, FAB_ADJUST_AVAILABILITY, 1, day(month, 1), fab_upkeep_availability(model, 1)), 0.4, 1e-15, 0);
    }
    fab_model_free(model);
    fab_model_free(base);
}

static void availability_without_dates_is_the_column_itself(void **state)
{
    struct fixture *fixture = *state;
    static const char *const dated[] = {"tool_group,ETCH,availability,scale,0.5,2027-02-01,2027-03-01", "tool_group,*,availability,set,0.6,,", NULL};
    assert_change(fixture, "tool_group,ETCH,availability,scale,0.5,,", "tool_group",
                  "tool_group,line,name,tools,availability,max_utilisation,price_usd,floor_m2,lead_time_days,buyable,supply_mw\n"
                  "ETCH,LOGIC,Etch,2,0.45,0.9,1000,10,30,1,\nLITHO,LOGIC,Litho,3,0.8,0.9,2000,20,60,1,\nPOWER,LOGIC,Gas,0,1,1,3000,0,0,1,5\n");
    fab_model *model = changed_fab(fixture, dated); /* the later change wins, also where an earlier one is dated */
    for (int month = 1; month <= 4; month++)
        assert_close(fab_adjust_at(model, FAB_ADJUST_AVAILABILITY, 0, day(month, 1), model->tool_group[0].availability), 0.6, 0, 0);
    fab_model_free(model);
}

static void cycle_time_days_are_rows(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"cycle_time,R,days,scale,2,2027-02-01,2027-03-01", NULL};
    fab_model *model = changed_fab(fixture, lines);
    assert_int_equal(model->adjustment_count, 0);
    assert_int_equal(model->cycle_time_count, 3);
    fab_model_free(model);
}

static void output_counts_by_the_days_of_a_period(void **state)
{
    static const char *const lines[] = {"source,BUY\\/CHIP,output,scale,0.4,2027-01-11,2027-02-15", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_close(fab_adjust_output(model, 0, day(1, 1), day(2, 1)), 1 - 0.6 * 21 / 31, 1e-15, 0);
    assert_close(fab_adjust_output(model, 0, day(2, 1), day(3, 1)), 1 - 0.6 * 14 / 28, 1e-15, 0);
    assert_close(fab_adjust_output(model, 0, day(3, 1), day(4, 1)), 1, 0, 0);
    assert_close(fab_adjust_output(model, 1, day(1, 1), day(2, 1)), 1, 0, 0);
    assert_close(fab_adjust_output_behind(model, 0), 1, 0, 0); /* it has an end */
    fab_model_free(model);
}

static void overlapping_changes_of_output_work_day_by_day(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0,2027-01-01,2027-01-16", "source,BUY_PART,output,scale,0.5,2027-01-06,", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_close(fab_adjust_output(model, 1, day(1, 1), day(2, 1)), 0.5 * 16 / 31, 1e-15, 0);
    assert_close(fab_adjust_output_behind(model, 1), 0.5, 0, 0); /* the one without an end */
    fab_model_free(model);
}

static void a_stop_of_a_region_takes_shares_and_lags(void **state)
{
    static const char *const lines[] = {"region,TW|KR,output,scale,0.2,2027-01-01,2027-02-01", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_int_equal(model->adjustment_count, 3);
    assert_close(fab_adjust_output(model, 0, day(1, 1), day(2, 1)), 0.2, 1e-15, 0);              /* BUY/CHIP: all of it */
    assert_close(fab_adjust_output(model, 1, day(1, 1), day(2, 1)), 1 - 0.25 * 0.8, 1e-15, 0);   /* BUY_PART: TW at once */
    assert_close(fab_adjust_output(model, 1, day(2, 1), day(3, 1)), 1 - 0.5 * 0.8, 1e-15, 0);    /* and KR 31 days later */
    assert_close(fab_adjust_output(model, 1, day(3, 1), day(3, 4)), 1 - 0.5 * 0.8, 1e-15, 0);
    assert_close(fab_adjust_output(model, 1, day(3, 4), day(4, 1)), 1, 1e-15, 0);
    assert_close(fab_adjust_output(model, 2, day(1, 1), day(2, 1)), 1, 0, 0);
    fab_model_free(model);
}

static void a_region_reads_the_dependencies_that_changes_have_made(void **state)
{
    static const char *const lines[] = {"dependency,BUY_PART/TW,share,set,1,,", "dependency,BUY\\/CHIP/TW,,delete,,,", "region,TW,output,scale,0,2027-02-01,", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_int_equal(model->adjustment_count, 1);
    assert_close(fab_adjust_output(model, 1, day(2, 1), day(3, 1)), 0, 1e-15, 0);
    assert_close(fab_adjust_output_behind(model, 1), 0, 0, 0);
    fab_model_free(model);
}

static void a_ramp_of_a_region_is_a_ramp_of_its_sources(void **state)
{
    static const char *const lines[] = {"region,KR,output,scale,1..0,2027-01-01,2027-03-01", NULL};
    fab_model *model = changed_fab(*state, lines); /* share 0.5, 31 days later: 2027-02-01 to 2027-04-01 */
    assert_close(fab_adjust_output(model, 1, day(1, 1), day(2, 1)), 1, 0, 0);
    assert_close(fab_adjust_output(model, 1, day(2, 1), day(3, 1)), 1 - 0.5 * 14 / 59, 1e-15, 0);
    assert_close(fab_adjust_output(model, 1, day(4, 1), day(5, 1)), 0.5, 1e-15, 0);
    assert_close(fab_adjust_output_behind(model, 1), 0.5, 0, 0);
    fab_model_free(model);
}

static void adjustments_follow_their_rows(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0.5,,", "source,,,insert,source=A;item=PART;line=X;lead_time_days=1,,", NULL};
    fab_model *model = changed_fab(*state, lines);
    assert_string_equal(model->source[model->adjustment[0].row].source, "BUY_PART");
    assert_int_equal(model->adjustment[0].row, 2);
    fab_model_free(model);
}

static void a_changed_model_may_be_changed_again(void **state)
{
    struct fixture *fixture = *state;
    static const char *const first[] = {"source,BUY_PART,output,scale,0.5,,", NULL}, *const second[] = {"source,BUY_PART,output,scale,0.5,2027-02-01,", NULL};
    fab_model *once = changed_fab(fixture, first), *twice = NULL;
    fixture_ok(fixture, change_model(fixture, once, second, &twice));
    assert_int_equal(once->adjustment_count, 1);
    fab_model_free(once);
    assert_close(fab_adjust_output(twice, 1, day(1, 1), day(2, 1)), 0.5, 1e-15, 0);
    assert_close(fab_adjust_output(twice, 1, day(2, 1), day(3, 1)), 0.25, 1e-15, 0);
    fab_model_free(twice);
}

static void what_is_wrong_with_derived_columns(void **state)
{
    struct fixture *fixture = *state;
    static const char *const deleted[] = {"source,BUY_PART,output,add,0.5,,", NULL};
    static const char *const twice[] = {"source,BUY_PART,output,scale,0.5,,", "source,BUY_PART,output,scale,1.9,,", "source,BUY_PART,output,scale,1.9,,", NULL};
    assert_finding(fixture, "process,P,d0_per_cm2,shift,2,,", "operation is 'shift', must be set, scale or add for d0_per_cm2");
    assert_finding(fixture, "process,P,d0_per_cm2,scale,-1,,", "value is '-1', must be 0 or more");
    assert_finding(fixture, "process,P,d0_per_cm2,scale,1,,", "value is '1', must change something");
    assert_finding(fixture, "process,P,d0_per_cm2,add,0,,", "value is '0', must change something");
    assert_finding(fixture, "process,P,d0_per_cm2,scale,1..2,2027-01-01,", "must have from and to that the ramp runs between");
    assert_finding(fixture, "process,P,line_yield,set,95,,", "line_yield is '95', must be 0 to 1 (percent? write 0.95)");
    assert_finding(fixture, "process,Q,line_yield,set,0.9,,", "key is 'Q', must meet a row of table process");
    assert_refused(fixture, deleted, 1, "output becomes 1.5 on 2027-01-01, must be 0 to 1");
    assert_refused(fixture, twice, 1, "changes.csv:4:");
    assert_finding(fixture, "tool_group,ETCH,availability,scale,1.2,2027-02-01,", "availability becomes 1.08 on 2027-02-01, must be 0 to 1");
}

static void what_is_wrong_with_regions(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "region,TW,outputs,scale,0,,", "column is 'outputs', must be output for a region");
    assert_finding(fixture, "region,TW,output,set,0,,", "operation is 'set', must be scale for a region");
    assert_finding(fixture, "region,TW,output,scale,1,,", "must change something");
    assert_finding(fixture, "region,TX,output,scale,0,,", "key is 'TX', must meet a row of table dependency");
    assert_finding(fixture, "region,TW/X,output,scale,0,,", "key has 2 parts, must be region");
    assert_finding(fixture, "region,TW,output,scale,2,,", "output becomes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(a_derived_column_holds_in_its_dates),
        CHANGE_TEST(they_work_one_after_the_other),
        CHANGE_TEST(a_ramp_of_a_derived_column_stays_behind_its_end),
        CHANGE_TEST(availability_without_dates_is_the_column_itself),
        CHANGE_TEST(computed_availability_is_changed_as_a_figure),
        CHANGE_TEST(cycle_time_days_are_rows),
        CHANGE_TEST(output_counts_by_the_days_of_a_period),
        CHANGE_TEST(overlapping_changes_of_output_work_day_by_day),
        CHANGE_TEST(a_stop_of_a_region_takes_shares_and_lags),
        CHANGE_TEST(a_region_reads_the_dependencies_that_changes_have_made),
        CHANGE_TEST(a_ramp_of_a_region_is_a_ramp_of_its_sources),
        CHANGE_TEST(adjustments_follow_their_rows),
        CHANGE_TEST(a_changed_model_may_be_changed_again),
        CHANGE_TEST(what_is_wrong_with_derived_columns),
        CHANGE_TEST(what_is_wrong_with_regions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
