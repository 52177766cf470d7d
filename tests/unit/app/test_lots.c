/* Lots: every figure of a history of a few lots, worked out by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lot_history.h"

#include "assert_close.h"

/* P1 (25 wafers) splits 5 into its child P1.1, loses 3 to scrap, is held twice; both finish. P2 loses all. P3 is on the way, held since the
 * 20th; P4 has no progress, only a step. P5 is of the packaging line. P6 is merged into P7 in two parts, which ships in two. The last event
 * of all is 2026-04-01T00:00:00. */
static void write_history(struct fixture *fixture, const char *basis)
{
    char text[4096];
    lh_write_network(fixture);
    snprintf(text, sizeof text,
             "lot,source,customer,start_time,due_time,wafers,parent_lot,progress,status,basis\n"
             "P1,A,BUYER,2026-01-01T00:00:00,2026-03-01T00:00:00,17,,,done,%s\n"
             "P1.1,A,BUYER,2026-01-01T00:00:00,2026-01-15T00:00:00,5,P1,,done,\n"
             "P2,A,,2026-01-10T00:00:00,,0,,,scrapped,\n"
             "P3,A,BUYER,2026-03-02T00:00:00,2026-03-31T00:00:00,25,,0.55,held,\n"
             "P4,B,,2026-03-22T00:00:00,,24,,,active,\n"
             "P5,C,BUYER,2026-03-30T00:00:00,,10,,1,active,\n"
             "P6,B,,2026-02-01T00:00:00,,0,,,done,\n"
             "P7,B,,2026-02-01T00:00:00,,12,,,done,\n",
             basis);
    lh_table(fixture, "lot", text);
    lh_table(fixture, "lot_event",
             "lot,seq,time,event,step,tool,wafers_before,wafers_after,reason\n"
             "P1,1,2026-01-01T00:00:00,start,,,25,25,\n"
             "P1,2,2026-01-05T00:00:00,hold,10,,25,25,particles\n"
             "P1,3,2026-01-05T12:00:00,release,10,,25,25,\n"
             "P1,4,2026-01-06T00:00:00,split,10,,25,20,\n"
             "P1,5,2026-01-07T00:00:00,hold,10,,20,20,particles\n"
             "P1,6,2026-01-08T12:00:00,release,10,,20,20,\n"
             "P1,7,2026-01-09T00:00:00,scrap,20,E1,20,17,broken\n"
             "P1,8,2026-01-21T00:00:00,move_out,20,E1,17,17,\n"
             "P1.1,1,2026-01-06T00:00:00,split,10,,0,5,\n"
             "P1.1,2,2026-01-31T00:00:00,move_out,20,E1,5,5,\n"
             "P2,1,2026-01-10T00:00:00,start,,,20,20,\n"
             "P2,2,2026-01-12T00:00:00,scrap,10,,20,0,misprocessed\n"
             "P3,1,2026-03-02T00:00:00,start,,,25,25,\n"
             "P3,2,2026-03-20T00:00:00,hold,10,,25,25,customer\n"
             "P4,1,2026-03-22T00:00:00,start,,,24,24,\n"
             "P4,2,2026-03-25T00:00:00,move_in,10,L1,24,24,\n"
             "P5,1,2026-04-01T00:00:00,start,,,10,10,\n"
             "P6,1,2026-02-01T00:00:00,start,,,10,10,\n"
             "P6,2,2026-02-03T00:00:00,move_out,10,L1,10,10,\n"
             "P6,3,2026-02-04T00:00:00,merge,,,10,6,P7\n"
             "P6,4,2026-02-05T00:00:00,merge,,,6,0,P7\n"
             "P7,1,2026-02-01T00:00:00,start,,,8,8,\n"
             "P7,2,2026-02-04T00:00:00,merge,,,8,12,\n"
             "P7,3,2026-02-05T00:00:00,merge,,,12,18,\n"
             "P7,4,2026-02-11T00:00:00,ship,,,18,12,\n"
             "P7,5,2026-02-12T00:00:00,ship,,,12,12,\n");
    /* T1: 10 h productive, 4 standby, 2 engineering, 3 scheduled, 1 unscheduled, 4 nonscheduled; T2: 20 h productive, 4 h unscheduled */
    lh_table(
        fixture, "tool_event",
        "tool,tool_group,time,state\n"
        "T1,LITHO,2026-01-01T00:00:00,productive\nT1,LITHO,2026-01-01T10:00:00,standby\nT1,LITHO,2026-01-01T14:00:00,engineering\n"
        "T1,LITHO,2026-01-01T16:00:00,scheduled_down\nT1,LITHO,2026-01-01T19:00:00,unscheduled_down\nT1,LITHO,2026-01-01T20:00:00,"
        "nonscheduled\n"
        "T1,LITHO,2026-01-02T00:00:00,standby\n"
        "T2,LITHO,2026-01-01T00:00:00,productive\nT2,LITHO,2026-01-01T20:00:00,unscheduled_down\nT2,LITHO,2026-01-02T00:00:00,standby\n");
}

static fab_result *summarise(struct fixture *fixture, fab *opened, const fab_lots_request *request)
{
    fab_result *sections = NULL;
    fixture_ok(fixture, fab_lots_summary(fixture->context, opened, request, &sections));
    return sections;
}

static void work_in_process(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = summarise(fixture, opened, &(fab_lots_request){0});
    const fab_table *facts = lh_section(sections, NULL), *lines = lh_section(sections, "wip_lines"),
                    *places = lh_section(sections, "wip_positions");
    const fab_table *customers = lh_section(sections, "wip_customers");
    assert_string_equal(lh_text(facts, 0, "as_of"), "2026-04-01T00:00:00");
    assert_close(lh_number(facts, 0, "active_wafers"), 59, 0, 0);
    assert_int_equal(lh_value(facts, 0, "simulated")->integer, 0);

    assert_int_equal(fab_table_rows(lines), 2);
    assert_close(lh_number(lines, 0, "wafers"), 49, 0, 0);
    assert_close(lh_number(lines, 0, "held_wafers"), 25, 0, 0);
    assert_close(lh_number(lines, 0, "mean_age_days"), (30 + 10) / 2.0, 1e-9, 0);
    assert_close(lh_number(lines, 0, "overdue_lots"), 1, 0, 0);

    /* P3 0.55; P4 at the first of two steps: 0.5; P5 at 1, which is the last tenth */
    assert_int_equal(fab_table_rows(places), 2);
    assert_close(lh_number(places, 0, "done_from"), 0.5, 1e-12, 0);
    assert_close(lh_number(places, 0, "lots"), 2, 0, 0);
    assert_string_equal(lh_text(places, 1, "route"), "Q");
    assert_close(lh_number(places, 1, "done_from"), 0.9, 1e-12, 0);

    assert_close(lh_number(customers, lh_find(customers, "customer", "BUYER"), "wafers"), 35, 0, 0);
    fab_result_free(sections);
    fab_close(opened);
}

static void times_and_losses(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = summarise(fixture, opened, &(fab_lots_request){0});
    const fab_table *times = lh_section(sections, "cycle_times"), *cohorts = lh_section(sections, "line_yields"),
                    *holds = lh_section(sections, "holds");
    const fab_table *scrap = lh_section(sections, "scrap");

    /* P1 20 days, on time; P1.1 30 days, late */
    assert_int_equal(fab_table_rows(times), 2);
    assert_close(lh_number(times, 0, "mean_days"), 25, 1e-9, 0);
    assert_close(lh_number(times, 0, "median_days"), 25, 1e-9, 0);
    assert_close(lh_number(times, 0, "p95_days"), 30, 1e-9, 0);
    assert_close(lh_number(times, 0, "on_time"), 0.5, 1e-12, 0);
    assert_close(lh_number(times, 0, "raw_process_days"), (20 + 12.5) * 25 / 1440.0, 1e-12, 0);
    /* P6 went into P7: only P7 has finished */
    assert_close(lh_number(times, 1, "lots"), 1, 0, 0);
    assert_close(lh_number(times, 1, "mean_days"), 11, 1e-9, 0);
    assert_int_equal(lh_value(times, 1, "on_time")->type, FAB_NULL);
    assert_close(lh_number(times, 0, "x_factor"), 25 / ((20 + 12.5) * 25 / 1440.0), 1e-9, 0);

    /* January: 45 started, 22 out, 23 scrapped, the child counted with its parent */
    assert_string_equal(lh_text(cohorts, 0, "start_month"), "2026-01");
    assert_close(lh_number(cohorts, 0, "lots"), 2, 0, 0);
    assert_close(lh_number(cohorts, 0, "started"), 45, 0, 0);
    assert_close(lh_number(cohorts, 0, "line_yield"), 22 / 45.0, 1e-12, 0);
    assert_string_equal(lh_text(cohorts, 1, "start_month"), "2026-03");
    assert_int_equal(lh_value(cohorts, 1, "line_yield")->type, FAB_NULL);

    /* P6 and P7: 18 started, 6 shipped and 12 still in the lot that is done */
    int merged = lh_find(cohorts, "start_month", "2026-02");
    assert_close(lh_number(cohorts, merged, "started"), 18, 0, 0);
    assert_close(lh_number(cohorts, merged, "out"), 18, 0, 0);
    assert_close(lh_number(cohorts, merged, "line_yield"), 1, 0, 0);

    int particles = lh_find(holds, "reason", "particles"), customer = lh_find(holds, "reason", "customer");
    assert_close(lh_number(holds, particles, "holds"), 2, 0, 0);
    assert_close(lh_number(holds, particles, "mean_hours"), (12 + 36) / 2.0, 1e-9, 0);
    assert_close(lh_number(holds, customer, "open_holds"), 1, 0, 0);
    assert_close(lh_number(holds, customer, "longest_hours"), 12 * 24, 1e-9, 0);

    assert_close(lh_number(scrap, lh_find(scrap, "reason", "broken"), "wafers"), 3, 0, 0);
    assert_close(lh_number(scrap, lh_find(scrap, "reason", "misprocessed"), "step"), 10, 0, 0);
    fab_result_free(sections);
    fab_close(opened);
}

static void tool_states(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, "");
    fab *opened = lh_open(fixture);
    fab_result *sections = summarise(fixture, opened, &(fab_lots_request){0});
    const fab_table *tools = lh_section(sections, "tools");
    assert_int_equal(fab_table_rows(tools), 1);
    assert_close(lh_number(tools, 0, "tools"), 2, 0, 0);
    assert_close(lh_number(tools, 0, "productive_hours"), 30, 1e-9, 0);
    assert_close(lh_number(tools, 0, "availability"), 36 / 44.0, 1e-9, 0);
    assert_close(lh_number(tools, 0, "planned_availability"), 0.9, 0, 0);
    assert_close(lh_number(tools, 0, "utilisation"), 30 / 44.0, 1e-9, 0);
    assert_close(lh_number(tools, 0, "oee"), 30 / 48.0, 1e-9, 0);
    fab_result_free(sections);

    /* a window that ends when T1 has been productive for 10 h and T2 for 20 h begins after both */
    sections = summarise(fixture, opened, &(fab_lots_request){.from = "2026-01-02"});
    assert_int_equal(fab_table_rows(lh_section(sections, "tools")), 0);
    assert_int_equal(fab_table_rows(lh_section(sections, "cycle_times")), 2);
    fab_result_free(sections);
    fab_close(opened);
}

static void selections(void **state)
{
    struct fixture *fixture = *state;
    write_history(fixture, "simulated: seed 1");
    fab *opened = lh_open(fixture);
    fab_result *sections = summarise(fixture, opened, &(fab_lots_request){.line = "L2"});
    assert_int_equal(lh_value(lh_section(sections, NULL), 0, "simulated")->integer, 1);
    assert_int_equal(fab_table_rows(lh_section(sections, "wip_lines")), 1);
    assert_int_equal(fab_table_rows(lh_section(sections, "scrap")), 0);
    fab_result_free(sections);
    sections = summarise(fixture, opened, &(fab_lots_request){.source = "B"});
    assert_close(lh_number(lh_section(sections, "wip_lines"), 0, "wafers"), 24, 0, 0);
    fab_result_free(sections);
    assert_int_equal(fab_lots_summary(fixture->context, opened, &(fab_lots_request){.line = "L9"}, &sections), FAB_USAGE);
    assert_message(fixture, "there is no such line");
    assert_int_equal(fab_lots_summary(fixture->context, opened, &(fab_lots_request){.from = "2026-02-30"}, &sections), FAB_USAGE);
    assert_message(fixture, "there is no such day");
    fab_close(opened);
}

static void no_history(void **state)
{
    struct fixture *fixture = *state;
    lh_write_network(fixture);
    fab *opened = lh_open(fixture);
    fab_result *sections = summarise(fixture, opened, &(fab_lots_request){0});
    for (int p = 1; p < fab_result_sections(sections); p++)
        assert_int_equal(fab_table_rows(fab_result_section(sections, p)->table), 0);
    fab_result_free(sections);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(work_in_process, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(times_and_losses, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(tool_states, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(selections, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_history, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
