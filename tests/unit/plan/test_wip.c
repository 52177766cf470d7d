/* Starting WIP: lots in the line give units later and need hours until then. On the fab solved by hand (data/mini): one step of one hour at the start of the route, lead time
 * 3.5 days, line yield 0.5, a tool of 168 hours a week, two weeks. A start earns 40 a tool hour in the first week and 15 in the second; a wafer of a lot costs nothing, and earns 50 an
 * hour when it goes on in the first week, 25 in the second (half of what goes on then arrives behind the horizon).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_source.h"
#include "assert_close.h"
#include "plan.h"
#include "reasons.h"
#include "store.h"
#include "view.h"
#include "wip_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    fab_context *context;
    fab_store *store;
    fab_model *model;
    fab_plan *plan;
    int warnings, notes;
};

static void hear(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    if (level == FAB_LEVEL_FINDING)
        print_error("%s\n", text);
    if (level == FAB_LEVEL_WARNING && strstr(text, "starting WIP"))
        fixture->warnings++;
    if (level == FAB_LEVEL_NOTE && strstr(text, "starting WIP"))
        fixture->notes++;
}

static void import_text(struct fixture *fixture, const char *table, const char *text)
{
    char folder[] = "/tmp/fabplan-wip-XXXXXX", path[64];
    const char *paths[] = {path};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s.csv", folder, table);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(fab_csv_import(fixture->context, fixture->store, paths, 1, NULL, NULL), FAB_OK);
    remove(path);
    rmdir(folder);
}

/* A table and its rows. */
struct text {
    const char *table, *text;
};

/* Plans data/mini with more tables, ended by one without a name. */
static void plan_with(struct fixture *fixture, const struct text texts[])
{
    const char *path = FAB_SOURCE_FOLDER "/data/mini";
    *fixture = (struct fixture){.context = fab_context_new()};
    fab_context_set_sink(fixture->context, hear, fixture);
    assert_int_equal(fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &fixture->store), FAB_OK);
    assert_int_equal(fab_csv_import(fixture->context, fixture->store, &path, 1, NULL, NULL), FAB_OK);
    for (; texts->table; texts++)
        import_text(fixture, texts->table, texts->text);
    assert_int_equal(fab_store_load_model(fixture->context, fixture->store, &fixture->model), FAB_OK);
    assert_int_equal(fab_store_load_wip(fixture->context, fixture->store, fixture->model), FAB_OK);
    assert_int_equal(fab_plan_optimise(fixture->context, fixture->model, NULL, &fixture->plan), FAB_OK);
    assert_int_equal(fixture->plan->outcome, FAB_OPTIMAL);
    assert_int_equal(fab_wip_warn(fixture->context, fixture->plan), FAB_OK);
}

static void plan_lots(struct fixture *fixture, const char *lots)
{
    plan_with(fixture, (const struct text[]){{"lot", lots}, {NULL, NULL}});
}

static void finish(struct fixture *fixture)
{
    fab_plan_free(fixture->plan);
    fab_model_free(fixture->model);
    fab_store_close(fixture->store);
    fab_context_free(fixture->context);
}

static double objective(const struct fixture *fixture)
{
    return fixture->plan->certificate.objective;
}

/* What became of the first WIP group. */
static struct fab_wip_view view(const struct fixture *fixture)
{
    struct fab_wip_view *views = fab_view_wip(fixture->plan);
    assert_non_null(views);
    struct fab_wip_view first = views[0];
    free(views);
    return first;
}

#define LOT "lot,source,start_time,wafers,progress,status\n"
#define EVENT "lot,seq,time,event,step,wafers_before,wafers_after\n"

/* Half-way through, past its only step: 20 wafers x 0.5^0.5 units after 1.75 days, no hours. */
static void wip_equals_receipts_of_the_same_units(void **state)
{
    struct fixture lots, receipts;
    char text[128];
    (void)state;
    plan_lots(&lots, LOT "L1,CHIP@R,2027-01-02T00:00:00,12,0.5,active\nL2,CHIP@R,2027-01-02T00:00:00,8,0.5,active\n");
    assert_int_equal(lots.plan->terms->wip_count, 1);
    assert_close(view(&lots).going, 20, 1e-12, 0);
    assert_close(view(&lots).delay_days, 0, 0, 1e-12);
    assert_int_equal(view(&lots).tool_group, FAB_NONE);
    assert_int_equal(lots.warnings, 0);
    snprintf(text, sizeof text, "item,date,quantity\nCHIP,2027-01-05,%.17g\n", 20 * sqrt(0.5));
    plan_with(&receipts, (const struct text[]){{"receipt", text}, {NULL, NULL}});
    assert_close(objective(&lots), objective(&receipts), 1e-12, 0);
    assert_close(objective(&lots), 9240 + 100 * 20 * sqrt(0.5), 1e-12, 0);
    finish(&lots);
    finish(&receipts);
}

/* Not begun: its hours load the tool in the first week, where an hour is worth 40; its units arrive in that week. The tools suffice: all goes on at once. */
static void wip_loads_the_tools_that_lie_ahead(void **state)
{
    struct fixture fixture;
    (void)state;
    plan_lots(&fixture, LOT "L1,CHIP@R,2027-01-03T00:00:00,10,0,active\n");
    assert_close(objective(&fixture), 9240 - 10 * 40 + 10 * 0.5 * 100, 1e-12, 0);
    assert_close(fab_view_value(fixture.plan, FAB_GO, 0, FAB_NONE), 10, 1e-12, 0);
    finish(&fixture);
}

/* Ten lots of 168 wafers need 1,680 hours; there are 336. 168 wafers go on in the first week, 84 units; 168 in the second, of whose 84 units half arrive; nothing is started, the
 * other wafers wait. */
static void units_come_out_only_as_hours_allow(void **state)
{
    struct fixture fixture;
    (void)state;
    plan_lots(&fixture, LOT "L0,CHIP@R,2027-01-03T00:00:00,168,0,active\nL1,CHIP@R,2027-01-03T00:00:00,168,0,active\nL2,CHIP@R,2027-01-03T00:00:00,168,0,active\n"
                            "L3,CHIP@R,2027-01-03T00:00:00,168,0,active\nL4,CHIP@R,2027-01-03T00:00:00,168,0,active\nL5,CHIP@R,2027-01-03T00:00:00,168,0,active\n"
                            "L6,CHIP@R,2027-01-03T00:00:00,168,0,active\nL7,CHIP@R,2027-01-03T00:00:00,168,0,active\nL8,CHIP@R,2027-01-03T00:00:00,168,0,active\n"
                            "L9,CHIP@R,2027-01-03T00:00:00,168,0,active\n");
    struct fab_wip_view wip = view(&fixture);
    assert_close(objective(&fixture), (84 + 42) * 100, 1e-12, 0);
    assert_close(fab_view_value(fixture.plan, FAB_GO, 0, FAB_NONE), 168, 1e-12, 0);
    assert_close(fab_view_value(fixture.plan, FAB_GO_IN, 0, 1), 168, 1e-12, 0);
    assert_close(wip.going, 336, 1e-12, 0);
    assert_close(wip.waiting, 1344, 1e-12, 0);
    assert_close(wip.waiting_units, 672, 1e-12, 0);
    assert_close(wip.delay_days, 10.5 / 2, 1e-12, 0); /* half of it on average in the middle of the second week */
    assert_int_equal(wip.tool_group, 0);
    assert_int_equal(fixture.warnings, 2); /* what waits, what is late */
    finish(&fixture);
}

/* Held lots wait hold_days: 14 are the whole horizon; after 7 it is as if the lot came a week later. */
static void held_lots_wait(void **state)
{
    struct fixture fixture;
    const char *lot = LOT "L1,CHIP@R,2027-01-03T00:00:00,10,0.5,held\n";
    (void)state;
    plan_lots(&fixture, lot);
    assert_close(objective(&fixture), 9240, 1e-12, 0);
    assert_close(view(&fixture).waiting, 10, 1e-12, 0);
    finish(&fixture);
    plan_with(&fixture, (const struct text[]){{"lot", lot}, {"setting", "key,value\nhold_days,7\n"}, {NULL, NULL}});
    assert_close(objective(&fixture), 9240 + 100 * 10 * sqrt(0.5), 1e-12, 0);
    assert_close(fab_view_value(fixture.plan, FAB_GO, 0, FAB_NONE), 10, 1e-12, 0);
    assert_int_equal(fixture.warnings, 0);
    finish(&fixture);
}

/* A lot stands at the place of a step that is a point. The step is ahead, unless the lot's own events have its move_out; of two lots of one group it is so for the wafers of one. */
static void a_recorded_step_is_behind(void **state)
{
    struct fixture fixture;
    const char *lots = LOT "L1,CHIP@R,2027-01-03T00:00:00,10,0,active\nL2,CHIP@R,2027-01-03T00:00:00,10,0,active\n";
    (void)state;
    plan_lots(&fixture, lots);
    assert_close(objective(&fixture), 9240 + 20 * 0.5 * 100 - 20 * 40, 1e-12, 0);
    finish(&fixture);
    plan_with(&fixture, (const struct text[]){{"lot", lots}, {"lot_event", EVENT "L1,1,2027-01-03T01:00:00,move_out,10,10,10\n"}, {NULL, NULL}});
    assert_int_equal(fixture.plan->terms->wip_count, 1);
    assert_close(objective(&fixture), 9240 + 20 * 0.5 * 100 - 10 * 40, 1e-12, 0);
    finish(&fixture);
    /* what the parent has done is no event of the child: only its place is */
    plan_with(&fixture, (const struct text[]){{"lot", "lot,source,start_time,wafers,progress,status,parent_lot\nL1,CHIP@R,2027-01-02T00:00:00,5,0,active,\n"
                                                      "L1.1,CHIP@R,2027-01-02T00:00:00,5,0,active,L1\n"},
                                              {"lot_event", EVENT "L1,1,2027-01-03T01:00:00,move_out,10,10,10\nL1,2,2027-01-03T02:00:00,split,,10,5\n"
                                                                  "L1.1,1,2027-01-03T02:00:00,split,,0,5\n"},
                                              {NULL, NULL}});
    assert_close(objective(&fixture), 9240 + 10 * 0.5 * 100 - 5 * 40, 1e-12, 0);
    finish(&fixture);
}

/* A lot without progress stands behind its last step; one that was split off where its parent was at that time, whatever its own start says. */
static void a_part_starts_where_its_parent_was(void **state)
{
    struct fixture fixture;
    (void)state;
    plan_with(&fixture, (const struct text[]){{"lot", "lot,source,start_time,wafers,status,parent_lot\nL1,CHIP@R,2027-01-02T00:00:00,5,active,\n"
                                                      "L1.1,CHIP@R,2027-01-02T00:00:00,5,active,L1\nL2,CHIP@R,2027-01-02T00:00:00,5,active,\n"
                                                      "L2.1,CHIP@R,2027-01-02T00:00:00,5,active,L2\n"},
                                              {"lot_event", EVENT "L1,1,2027-01-03T01:00:00,move_out,10,10,10\nL1,2,2027-01-03T02:00:00,split,,10,5\n"
                                                                  "L1.1,1,2027-01-03T02:00:00,split,,0,5\n"
                                                                  "L2,1,2027-01-03T02:00:00,split,,10,5\nL2,2,2027-01-03T03:00:00,move_out,10,5,5\n"
                                                                  "L2.1,1,2027-01-03T02:00:00,split,,0,5\n"},
                                              {NULL, NULL}});
    assert_int_equal(fixture.plan->terms->wip_count, 2);
    assert_close(fixture.plan->terms->wip[0].progress, 0, 0, 0); /* L2.1 */
    assert_close(fixture.plan->terms->wip[0].wafers, 5, 0, 0);
    assert_close(fixture.plan->terms->wip[1].progress, 1, 0, 0); /* L1, L1.1, L2: all one step of one */
    assert_close(fixture.plan->terms->wip[1].wafers, 15, 0, 0);
    finish(&fixture);
}

/* Beyond wip_groups the closest of one source and status become one, with the mean place of their wafers. */
static void neighbours_become_one_group(void **state)
{
    struct fixture fixture;
    const char *lots = LOT "L1,CHIP@R,2027-01-03T00:00:00,30,0.5,active\nL2,CHIP@R,2027-01-02T00:00:00,10,0.6,active\nL3,CHIP@R,2027-01-02T00:00:00,4,0.9,active\n"
                           "L4,CHIP@R,2027-01-02T00:00:00,4,0.55,held\n";
    (void)state;
    plan_with(&fixture, (const struct text[]){{"lot", lots}, {"setting", "key,value\nwip_groups,3\n"}, {NULL, NULL}});
    const struct fab_wip_group *wip = fixture.plan->terms->wip;
    assert_int_equal(fixture.plan->terms->wip_count, 3);
    assert_int_equal(fixture.notes, 1);
    assert_close(wip[0].progress, (30 * 0.5 + 10 * 0.6) / 40, 1e-15, 0);
    assert_close(wip[0].wafers, 40, 0, 0);
    assert_int_equal(wip[0].start_date, fixture.model->calendar[0].start_date - 2);
    assert_close(wip[1].progress, 0.9, 0, 0);
    assert_true(wip[2].held);
    finish(&fixture);
    plan_with(&fixture, (const struct text[]){{"lot", lots}, {"setting", "key,value\nwip_groups,1\n"}, {NULL, NULL}});
    assert_int_equal(fixture.plan->terms->wip_count, 2); /* no further: a held lot is none of the active ones */
    finish(&fixture);
}

/* Neither tools that are not there nor power that there is not make a plan impossible: all waits. */
static void wip_never_makes_a_plan_impossible(void **state)
{
    struct fixture fixture;
    const char *lots = LOT "L1,CHIP@R,2027-01-03T00:00:00,1000,0,active\n";
    (void)state;
    plan_with(&fixture, (const struct text[]){{"lot", lots}, {"tool_count", "tool_group,from_date,tools\nTESTER,2027-01-01,0\n"}, {NULL, NULL}});
    assert_close(objective(&fixture), 0, 0, 1e-9);
    assert_close(view(&fixture).waiting, 1000, 1e-12, 0);
    assert_int_equal(view(&fixture).tool_group, 0);
    finish(&fixture);
    plan_with(&fixture, (const struct text[]){{"lot", lots},
                                              {"tool_group", "tool_group,line,name,tools,availability,max_utilisation,power_kw\nTESTER,FAB,Tester,1,1,1,100\n"},
                                              {"power_limit", "site,from_date,mw\nHOME,2027-01-01,0\n"},
                                              {NULL, NULL}});
    assert_close(objective(&fixture), 0, 0, 1e-9);
    assert_close(view(&fixture).waiting, 1000, 1e-12, 0);
    finish(&fixture);
}

/* Wafers may begin to go on in the periods that begin within wip_wait_days: with 6 nothing of the 1,680 goes on in the second week, and starts take its hours. */
static void wafers_go_on_within_the_days_of_the_setting(void **state)
{
    struct fixture fixture;
    (void)state;
    plan_with(&fixture, (const struct text[]){{"lot", LOT "L1,CHIP@R,2027-01-03T00:00:00,1680,0,active\n"}, {"setting", "key,value\nwip_wait_days,6\n"}, {NULL, NULL}});
    assert_close(view(&fixture).going, 168, 1e-12, 0);
    assert_close(objective(&fixture), 8400 + 168 * (25 - 10), 1e-12, 0);
    finish(&fixture);
}

/* The one part of what the first order's missing units would cost, found by its family; NULL when there is another one that costs anything. */
static const fab_value *only_reason(const fab_table *parts, const char *family)
{
    const fab_value *found = NULL;
    for (int r = 0; r < fab_table_rows(parts); r++) {
        if (strcmp(fab_table_get(parts, r, fab_table_find_column(parts, "demand"))->text, "D1") != 0)
            continue;
        if (found || strcmp(fab_table_get(parts, r, fab_table_find_column(parts, "family"))->text, family) != 0)
            return NULL;
        found = fab_table_get(parts, r, 0);
    }
    return found;
}

static double reason_number(const fab_table *parts, const fab_value *reason, const char *column)
{
    return fab_value_number(&reason[fab_table_find_column(parts, column)]);
}

/* What is short is explained by the wafers that could give it: by the hours that they wait for, 2 for a unit, or by there being no more of them. */
static void wafers_that_wait_are_the_reason(void **state)
{
    struct fixture fixture;
    (void)state;
    plan_lots(&fixture, LOT "L1,CHIP@R,2027-01-03T00:00:00,1680,0,active\n");
    fab_table *parts = fab_table_shortages(fixture.plan, 1);
    const fab_value *reason = only_reason(parts, "CAP");
    assert_non_null(reason);
    assert_close(reason_number(parts, reason, "amount"), 2, 1e-12, 0);
    assert_close(reason_number(parts, reason, "usd_per_amount"), 50, 1e-12, 0);
    fab_table_free(parts);
    finish(&fixture);
    plan_with(&fixture, (const struct text[]){{"lot", LOT "L1,CHIP@R,2027-01-03T00:00:00,10,0.5,active\n"},
                                              {"source_limit", "source,from_date,to_date,max_starts_per_week\nCHIP@R,2027-01-01,2028-01-01,0\n"},
                                              {NULL, NULL}});
    parts = fab_table_shortages(fixture.plan, 1);
    reason = only_reason(parts, "WIP");
    assert_non_null(reason);
    assert_close(reason_number(parts, reason, "amount"), 1 / sqrt(0.5), 1e-12, 0); /* wafers for a unit */
    assert_close(reason_number(parts, reason, "usd_per_unit"), 100, 1e-12, 0);
    fab_table_free(parts);
    finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wip_equals_receipts_of_the_same_units),
        cmocka_unit_test(wip_loads_the_tools_that_lie_ahead),
        cmocka_unit_test(units_come_out_only_as_hours_allow),
        cmocka_unit_test(held_lots_wait),
        cmocka_unit_test(a_recorded_step_is_behind),
        cmocka_unit_test(a_part_starts_where_its_parent_was),
        cmocka_unit_test(neighbours_become_one_group),
        cmocka_unit_test(wip_never_makes_a_plan_impossible),
        cmocka_unit_test(wafers_go_on_within_the_days_of_the_setting),
        cmocka_unit_test(wafers_that_wait_are_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
