/* Comparisons: results against the plans' own tables, reasons against plans of each change alone, solved cold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "fab.h"
#include "replan.h"

static const char header[] = "scenario,number,table,key,column,operation,value,from,to,basis\n";

static void write_file(struct fixture *fixture, const char *name, const char *rows)
{
    char text[8192];
    snprintf(text, sizeof text, "%s%s", header, rows);
    fixture_write(fixture, name, text, strlen(text));
}

/* A database with the small fab and scenarios of one file. */
static fab *open_small(struct fixture *fixture, const char *scenarios)
{
    char path[FIXTURE_PATH_SIZE * 2], file[FIXTURE_PATH_SIZE * 2];
    fab *opened = NULL;
    fab_result *result = NULL;
    write_fab(fixture, "fab", NULL);
    const char *paths[] = {fixture_path(fixture, "fab", path)};
    fixture_ok(fixture, fab_open(fixture->context, fixture_path(fixture, "fab.db", file), FAB_CREATE, &opened));
    fixture_ok(fixture, fab_import(fixture->context, opened, &(fab_import_request){.paths = paths, .path_count = 1}, &result));
    fab_result_free(result);
    if (scenarios) {
        write_file(fixture, "s.csv", scenarios);
        const char *added[] = {fixture_path(fixture, "s.csv", path)};
        fixture_ok(fixture, fab_scenario_add(fixture->context, opened, added, 1, &result));
        fab_result_free(result);
    }
    fixture_clear(fixture);
    return opened;
}

static fab_status compare(struct fixture *fixture, fab *opened, const char *first, const char *second, fab_result **result)
{
    const char *words[] = {first, second};
    return fab_compare(fixture->context, opened, &(fab_compare_request){.plans = words, .count = second ? 2 : 1, .whole = true}, result);
}

static double objective_with(struct fixture *fixture, fab *opened, const char *scenario)
{
    fab_optimise_result result = {0};
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.scenario = scenario, .values = -1}, &result));
    assert_int_equal(result.outcome, FAB_OPTIMAL);
    double objective = fab_value_number(fab_result_fact(result.answer, "objective_usd"));
    fab_result_free(result.answer);
    return objective;
}

static const fab_value *cell(const fab_result *result, const char *list, int row, const char *column)
{
    const fab_table *table = fab_result_table(result, list);
    int c = fab_table_find_column(table, column);
    assert_true(row < fab_table_rows(table) && c >= 0);
    return fab_table_get(table, row, c);
}

static double number(const fab_result *result, const char *list, int row, const char *column)
{
    return fab_value_number(cell(result, list, row, column));
}

static int find_row(const fab_result *result, const char *list, const char *column, const char *text)
{
    const fab_table *table = fab_result_table(result, list);
    for (int r = 0; r < fab_table_rows(table); r++)
        if (strcmp(cell(result, list, r, column)->text, text) == 0)
            return r;
    fail_msg("no %s '%s' in %s", column, text, list);
    return -1;
}

/* Three kinds of changes: each reason is the difference of two plans that were made without any of this, and with what they make together they add up. */
static void a_reason_is_a_plan_of_that_change_alone(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_small(fixture, "all,1,demand,D3,price_usd,scale,2,,,\nall,2,demand,*,quantity,scale,40,,,\nall,3,tool_group,LITHO,availability,scale,0.02,2027-02-01,,\n"
                                      "one,1,demand,D3,price_usd,scale,2,,,\ntwo,1,demand,*,quantity,scale,40,,,\nthree,1,tool_group,LITHO,availability,scale,0.02,2027-02-01,,\n");
    static const char *const inputs[] = {"demand.price_usd", "demand.quantity", "tool_group.availability"}, *const alone[] = {"one", "two", "three"};
    fab_result *result = NULL;
    double base = objective_with(fixture, opened, NULL), all = objective_with(fixture, opened, "all"), sum = 0;
    fixture_ok(fixture, compare(fixture, opened, "base", "all", &result));
    assert_int_equal(number(result, "plans", 0, "plan"), 1); /* those that are stored already */
    assert_int_equal(number(result, "plans", 1, "plan"), 2);
    for (int i = 0; i < 3; i++) {
        int row = find_row(result, "reasons", "input", inputs[i]);
        double effect = number(result, "reasons", row, "objective_usd");
        assert_close(effect, objective_with(fixture, opened, alone[i]) - base, 1e-9, 1e-6);
        assert_true(number(result, "reasons", row, "gap") <= 1e-9);
        sum += effect;
    }
    int rest = find_row(result, "reasons", "input", "together");
    assert_close(sum + number(result, "reasons", rest, "objective_usd"), all - base, 1e-9, 1e-6);
    assert_true(fabs(number(result, "reasons", rest, "objective_usd")) > 1); /* dear orders that the tools cannot make */
    assert_close(number(result, "money", 0, "change"), all - base, 1e-12, 1e-9);
    assert_int_equal(fab_table_rows(fab_result_table(result, "differences")), 5);
    fab_result_free(result);
    fab_close(opened);
}

static void one_kind_of_change_is_the_whole_difference(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_small(fixture, "s,1,demand,D1|D2,price_usd,add,100,,,\n");
    fab_result *result = NULL;
    fixture_ok(fixture, compare(fixture, opened, "base", "s", &result));
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT count(*) FROM plan"), 2); /* both were planned */
    assert_int_equal(fab_table_rows(fab_result_table(result, "reasons")), 1);
    assert_string_equal(cell(result, "reasons", 0, "input")->text, "demand.price_usd");
    assert_string_equal(cell(result, "reasons", 0, "example")->text, "D1: 500 -> 600");
    assert_close(number(result, "reasons", 0, "objective_usd"), number(result, "plans", 1, "objective_usd") - number(result, "plans", 0, "objective_usd"), 0, 0);
    int row = find_row(result, "customers", "customer", "C1");
    assert_close(number(result, "customers", row, "shipped_usd_change"), 100.0 * (double)fixture_integer(fixture, opened->store, "SELECT CAST(sum(shipped) AS INTEGER) FROM plan_demand WHERE plan = 1 AND customer = 'C1'"), 1e-9, 0);
    fab_result_free(result);
    fixture_ok(fixture, compare(fixture, opened, "1", "1", &result)); /* nothing differs */
    assert_int_equal(fab_table_rows(fab_result_table(result, "reasons")), 0);
    assert_int_equal(fab_table_rows(fab_result_table(result, "chips")), 0);
    fab_result_free(result);
    fab_close(opened);
}

/* January against February: other prices, a new order, one that is gone; by name, whatever was imported since. */
static void months_are_compared_by_name(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = open_small(fixture, NULL);
    fab_optimise_result made = {0};
    fab_result *result = NULL;
    static const char february[] = "demand,customer,item,due_date,quantity,price_usd,min_fill,class\nD1,C1,CHIP,2027-01-05,10,700,,firm\nD3,C2,CHIP,2027-03-01,40,450,,forecast\nD4,C2,CHIP,2027-04-01,5,900,,firm\n";
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.name = "January", .values = -1}, &made));
    fab_result_free(made.answer);
    fixture_write(fixture, "demand.csv", february, strlen(february));
    const char *paths[] = {fixture_path(fixture, "demand.csv", path)};
    fixture_ok(fixture, fab_import(fixture->context, opened, &(fab_import_request){.paths = paths, .path_count = 1, .replace = true}, &result));
    fab_result_free(result);
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){.name = "February", .values = -1}, &made));
    fab_result_free(made.answer);
    fixture_ok(fixture, compare(fixture, opened, "January", "February", &result));
    assert_int_equal(fixture_integer(fixture, opened->store, "SELECT count(*) FROM plan"), 2);
    int price = find_row(result, "reasons", "input", "demand.price_usd"), rows = find_row(result, "reasons", "input", "demand");
    assert_close(number(result, "reasons", rows, "differences"), 2, 0, 0);
    double sum = number(result, "reasons", price, "objective_usd") + number(result, "reasons", rows, "objective_usd") + number(result, "reasons", find_row(result, "reasons", "input", "together"), "objective_usd");
    assert_close(sum, number(result, "money", 0, "change"), 1e-9, 1e-6);
    assert_true(number(result, "reasons", price, "objective_usd") > 0);
    fab_result_free(result);
    fixture_ok(fixture, compare(fixture, opened, "1", NULL, &result)); /* one alone: against the plan that counts, the newest optimal one */
    assert_close(number(result, "plans", 0, "plan"), 2, 0, 0);
    assert_close(number(result, "plans", 1, "plan"), 1, 0, 0);
    fab_result_free(result);
    fab_close(opened);
}

/* A scenario that was replaced since is planned anew; what is neither plan nor scenario is said so. */
static void words_that_mean_something_else_now(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = open_small(fixture, "s,1,demand,D1,price_usd,add,100,,,\n");
    fab_result *result = NULL;
    fixture_ok(fixture, compare(fixture, opened, "base", "s", &result));
    fab_result_free(result);
    write_file(fixture, "s.csv", "s,1,demand,D1,price_usd,add,200,,,\n");
    const char *added[] = {fixture_path(fixture, "s.csv", path)};
    fixture_ok(fixture, fab_scenario_add(fixture->context, opened, added, 1, &result));
    fab_result_free(result);
    fixture_ok(fixture, compare(fixture, opened, "base", "s", &result));
    assert_close(number(result, "plans", 0, "plan"), 1, 0, 0);
    assert_close(number(result, "plans", 1, "plan"), 3, 0, 0);
    fab_result_free(result);
    assert_int_equal(compare(fixture, opened, "base", "ss", &result), FAB_USAGE);
    assert_message(fixture, "'ss' is no plan's number or name, no scenario and no file (s?)");
    assert_int_equal(compare(fixture, opened, "base", "17", &result), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "unknown_plan");
    fab_close(opened);
}

/* From the basis of a plan that is near, the same optimum is found in fewer steps. */
static void a_near_plan_is_a_good_start(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_small(fixture, "s,1,demand,D3,quantity,scale,0.5,,,\n"), *kept = NULL;
    struct fab_replan base = {0}, cold = {0}, warm = {0};
    struct fab_change_list *more = fab_change_list_new();
    fixture_ok(fixture, fab_change_list_add(fixture->context, more, &(struct fab_change){.origin = FAB_CHANGE_SCENARIO, .number = 1, .table = "demand", .key = "D3", .column = "quantity",
                                                                                        .operation = FAB_CHANGE_SCALE, .value = "0.5", .from = FAB_DATE_NONE, .to = FAB_DATE_NONE}));
    objective_with(fixture, opened, NULL);
    fixture_ok(fixture, fab_open_plan(fixture->context, opened, 1, &kept));
    fixture_ok(fixture, fab_replan(fixture->context, kept, &(struct fab_replan_asked){0}, fixture->context, &base));
    fixture_ok(fixture, fab_replan(fixture->context, kept, &(struct fab_replan_asked){.more = more}, fixture->context, &cold));
    fixture_ok(fixture, fab_replan(fixture->context, kept, &(struct fab_replan_asked){.more = more, .near = base.plan}, fixture->context, &warm));
    assert_close(base.plan->certificate.objective, (double)fixture_integer(fixture, opened->store, "SELECT CAST(round(objective_usd) AS INTEGER) FROM plan"), 0, 1);
    assert_close(warm.plan->certificate.objective, cold.plan->certificate.objective, 1e-12, 0);
    assert_true(warm.plan->certificate.verified);
    assert_true(warm.plan->solution->iterations <= cold.plan->solution->iterations);
    fab_replan_fini(&base);
    fab_replan_fini(&cold);
    fab_replan_fini(&warm);
    fab_change_list_free(more);
    fab_close(kept);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(a_reason_is_a_plan_of_that_change_alone),
        CHANGE_TEST(one_kind_of_change_is_the_whole_difference),
        CHANGE_TEST(months_are_compared_by_name),
        CHANGE_TEST(words_that_mean_something_else_now),
        CHANGE_TEST(a_near_plan_is_a_good_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
