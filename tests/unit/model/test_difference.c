/* What two models differ in: each operation of a change on the small fab, as lines.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "difference.h"

struct lines {
    char text[16384];
    int count;
};

static fab_status take_line(void *user, const struct fab_difference *difference)
{
    struct lines *lines = user;
    char from[FAB_DATE_TEXT_SIZE] = "", to[FAB_DATE_TEXT_SIZE] = "";
    size_t used = strlen(lines->text);
    if (difference->from != FAB_DATE_NONE)
        fab_date_print(difference->from, from);
    if (difference->to != FAB_DATE_NONE)
        fab_date_print(difference->to, to);
    snprintf(lines->text + used, sizeof lines->text - used, "%s %s %s: %s -> %s%s%s%s%s\n", difference->table, difference->key, difference->column ? difference->column : "row",
             difference->before ? difference->before : "none", difference->after ? difference->after : "none", *from ? " from " : "", from, *to ? " to " : "", to);
    lines->count++;
    return FAB_OK;
}

static void assert_differences(struct fixture *fixture, const char *const changes[], const char *expected)
{
    fab_model *base = NULL, *changed = NULL;
    struct lines lines = {"", 0};
    char path[FIXTURE_PATH_SIZE * 2];
    write_fab(fixture, "fab", NULL);
    base = load_folder(fixture, fixture_path(fixture, "fab", path));
    fixture_ok(fixture, change_model(fixture, base, changes, &changed));
    fixture_ok(fixture, fab_model_differ(fixture->context, base, changed, take_line, &lines));
    assert_string_equal(lines.text, expected);
    lines = (struct lines){"", 0};
    fixture_ok(fixture, fab_model_differ(fixture->context, base, base, take_line, &lines));
    assert_int_equal(lines.count, 0);
    fab_model_free(changed);
    fab_model_free(base);
}

static void columns_that_are_changed(void **state)
{
    static const char *const changes[] = {"tool_group,LITHO,lead_time_days,add,30.5,,", "demand,D1|D3,quantity,scale,2,,", "item,DIE,max_stock,set,,,", "source,BUY_PART,line,set,LOGIC,,", NULL};
    assert_differences(*state, changes,
                       "tool_group LITHO lead_time_days: 60 -> 90.5\n"
                       "item DIE max_stock: 500 -> \n"
                       "source BUY_PART line: X -> LOGIC\n"
                       "demand D1 quantity: 10 -> 20\n"
                       "demand D3 quantity: 40 -> 80\n");
}

/* A window splits the row in force at its borders: what holds inside and behind it are rows of their own. */
static void rows_that_come_and_go(void **state)
{
    static const char *const changes[] = {"power_limit,S,mw,scale,0.5,2027-02-01,2027-03-01", "demand,D2,,delete,,,",
                                          "demand,,,insert,demand=D9;customer=C2;item=CHIP;due_date=2027-04-01;quantity=7;price_usd=1,,", "tool_count,LITHO,,shift,31,2027-04-01,", NULL};
    assert_differences(*state, changes,
                       "tool_count LITHO/2027-04-01 row: tools=5 -> none\n"
                       "tool_count LITHO/2027-05-02 row: none -> tools=5\n"
                       "demand D2 row: customer=C1;item=CHIP;due_date=2027-02-20;quantity=20;price_usd=500;shortage_usd=0;late_usd_per_week=0;max_late_days=0;min_fill=0.9;class=firm;whole=0 -> none\n"
                       "demand D9 row: none -> customer=C2;item=CHIP;due_date=2027-04-01;quantity=7;price_usd=1;shortage_usd=0;late_usd_per_week=0;max_late_days=0;whole=0\n"
                       "power_limit S/2027-02-01 row: none -> mw=10;usd_per_mwh=50\n");
}

static void figures_that_no_table_holds(void **state)
{
    static const char *const changes[] = {"process,P,d0_per_cm2,scale,1..1.8,2027-02-01,2027-04-01", "tool_group,ETCH,availability,set,0.5,2027-03-01,", "region,KR,output,scale,0,2027-02-01,2027-03-01",
                                          "source,MAKE,output,add,-0.25,,", NULL};
    assert_differences(*state, changes,
                       "process P d0_per_cm2: none -> scale 1..1.8 from 2027-02-01 to 2027-04-01\n"
                       "tool_group ETCH availability: none -> set 0.5 from 2027-03-01\n"
                       "source BUY_PART output: none -> scale 0.5 from 2027-03-04 to 2027-04-01\n"
                       "source MAKE output: none -> add -0.25\n");
}

static fab_status stop(void *user, const struct fab_difference *difference)
{
    (void)difference;
    ++*(int *)user;
    return FAB_INTERRUPTED;
}

static void a_failure_of_the_sink_ends_it(void **state)
{
    struct fixture *fixture = *state;
    static const char *const changes[] = {"demand,*,quantity,scale,2,,", NULL};
    fab_model *changed = NULL;
    char path[FIXTURE_PATH_SIZE * 2];
    int calls = 0;
    write_fab(fixture, "fab", NULL);
    fab_model *base = load_folder(fixture, fixture_path(fixture, "fab", path));
    fixture_ok(fixture, change_model(fixture, base, changes, &changed));
    assert_int_equal(fab_model_differ(fixture->context, base, changed, stop, &calls), FAB_INTERRUPTED);
    assert_int_equal(calls, 1);
    fab_model_free(changed);
    fab_model_free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(columns_that_are_changed),
        CHANGE_TEST(rows_that_come_and_go),
        CHANGE_TEST(figures_that_no_table_holds),
        CHANGE_TEST(a_failure_of_the_sink_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
