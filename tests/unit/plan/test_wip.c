/* Starting WIP: lots in the line give units later and need hours until then. On the fab solved by hand (data/mini): one step at the start of the route, lead time 3.5 days, line
 * yield 0.5, a tool of 168 hours a week.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_source.h"
#include "assert_close.h"
#include "plan.h"
#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    fab_context *context;
    fab_store *store;
    fab_model *model;
    fab_plan *plan;
    int warnings;
};

static void hear(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    if (level == FAB_LEVEL_FINDING)
        print_error("%s\n", text);
    if (level == FAB_LEVEL_WARNING && strstr(text, "starting WIP"))
        fixture->warnings++;
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

/* Plans data/mini with one more table; text NULL: as it is. */
static void plan_with(struct fixture *fixture, const char *table, const char *text)
{
    const char *path = FAB_SOURCE_FOLDER "/data/mini";
    *fixture = (struct fixture){.context = fab_context_new()};
    fab_context_set_sink(fixture->context, hear, fixture);
    assert_int_equal(fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &fixture->store), FAB_OK);
    assert_int_equal(fab_csv_import(fixture->context, fixture->store, &path, 1, NULL, NULL), FAB_OK);
    if (text)
        import_text(fixture, table, text);
    assert_int_equal(fab_store_load_model(fixture->context, fixture->store, &fixture->model), FAB_OK);
    assert_int_equal(fab_store_load_wip(fixture->context, fixture->store, fixture->model), FAB_OK);
    assert_int_equal(fab_plan_optimise(fixture->context, fixture->model, NULL, &fixture->plan), FAB_OK);
    assert_int_equal(fixture->plan->outcome, FAB_OPTIMAL);
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

static const char *source_of_mini(void)
{
    static char name[64];
    struct fixture fixture;
    plan_with(&fixture, NULL, NULL);
    snprintf(name, sizeof name, "%s", fixture.model->source[0].source);
    finish(&fixture);
    return name;
}

#define LOT_HEADER "lot,source,start_time,wafers,progress,status\n"

/* Half-way through, past its only step: 20 wafers x 0.5^0.5 units after 1.75 days, no hours. */
static void wip_equals_receipts_of_the_same_units(void **state)
{
    struct fixture lots, receipts;
    char text[256];
    (void)state;
    snprintf(text, sizeof text, LOT_HEADER "L1,%s,2027-01-02T00:00:00,12,0.5,active\nL2,%s,2027-01-02T00:00:00,8,0.5,active\n", source_of_mini(), source_of_mini());
    plan_with(&lots, "lot", text);
    assert_int_equal(lots.model->wip_count, 2);
    assert_close(lots.plan->terms->wip_units[0], 20 * sqrt(0.5), 1e-14, 0);
    assert_close(lots.plan->terms->wip_hours[0], 0, 0, 0);
    snprintf(text, sizeof text, "item,date,quantity\nCHIP,2027-01-05,%.17g\n", 20 * sqrt(0.5));
    plan_with(&receipts, "receipt", text);
    assert_close(objective(&lots), objective(&receipts), 1e-12, 0);
    assert_close(objective(&lots), 9240 + 100 * 20 * sqrt(0.5), 1e-12, 0);
    finish(&lots);
    finish(&receipts);
}

/* Not begun: its hours load the tool in the first week, where an hour is worth 40; its units arrive in that week. */
static void wip_loads_the_tools_that_lie_ahead(void **state)
{
    struct fixture fixture;
    char text[256];
    (void)state;
    snprintf(text, sizeof text, LOT_HEADER "L1,%s,2027-01-03T00:00:00,10,0,active\n", source_of_mini());
    plan_with(&fixture, "lot", text);
    assert_close(fixture.plan->terms->wip_hours[0], 10, 1e-14, 0);
    assert_close(objective(&fixture), 9240 - 10 * 40 + 10 * 0.5 * 100, 1e-12, 0);
    finish(&fixture);
}

/* Held lots wait hold_days (14): behind the horizon of two weeks. */
static void held_lots_wait(void **state)
{
    struct fixture fixture;
    char text[256];
    (void)state;
    snprintf(text, sizeof text, LOT_HEADER "L1,%s,2027-01-03T00:00:00,10,0.5,held\n", source_of_mini());
    plan_with(&fixture, "lot", text);
    assert_close(objective(&fixture), 9240, 1e-12, 0);
    finish(&fixture);
}

/* 200 hours in a week of 168: 32 wait for the second week, with a warning, and the plan exists. */
static void hours_beyond_the_tools_wait(void **state)
{
    struct fixture fixture;
    char text[256];
    (void)state;
    snprintf(text, sizeof text, LOT_HEADER "L1,%s,2027-01-03T00:00:00,200,0,active\n", source_of_mini());
    plan_with(&fixture, "lot", text);
    assert_int_equal(fixture.warnings, 1);
    assert_close(fixture.plan->terms->wip_hours[0], 168, 1e-14, 0);
    assert_close(fixture.plan->terms->wip_hours[1], 32, 1e-13, 0);
    finish(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wip_equals_receipts_of_the_same_units),
        cmocka_unit_test(wip_loads_the_tools_that_lie_ahead),
        cmocka_unit_test(held_lots_wait),
        cmocka_unit_test(hours_beyond_the_tools_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
