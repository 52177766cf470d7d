/* The life of a fab in another program: plan, change an input, plan again; what answers look like.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "assert_close.h"
#include "fab.h"
#include "internal.h"

#include <fabplan/fabplan.h>
#include <math.h>

static fab *open_mini(struct fixture *fixture)
{
    fab *opened = NULL;
    fixture_ok(fixture, fab_open(fixture->context, FAB_SOURCE_FOLDER "/data/mini", FAB_WRITE, &opened));
    return opened;
}

static fab_result *plan(struct fixture *fixture, fab *opened)
{
    fab_optimise_result result;
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){0}, &result));
    return result.answer;
}

static double fact(const fab_result *result, const char *name)
{
    const fab_value *value = fab_result_fact(result, name);
    assert_non_null(value);
    return fab_value_number(value);
}

/* A table of the mini fab's only tool group with so many tools. */
static fab_table *new_tools(const char *line, fab_value tools)
{
    static const char *const columns[] = {"tools", "tool_group", "line", "name", "availability", "max_utilisation"};
    fab_table *table = fab_table_new("tool_group", columns, 6);
    fab_value *row = fab_table_add_row(table);
    row[0] = tools;
    row[1] = fab_text("TESTER");
    row[2] = fab_text(line);
    row[3] = fab_text("Tester");
    row[4] = fab_text("1.0");
    row[5] = fab_integer(1);
    return table;
}

static fab_status put(struct fixture *fixture, fab *opened, fab_table *table, const fab_put_request *how, fab_result **result)
{
    const fab_table *const tables[] = {table};
    fab_put_request request = *how;
    request.tables = tables;
    request.table_count = 1;
    fab_status status = fab_put(fixture->context, opened, &request, result);
    fab_table_free(table);
    return status;
}

static void rows_are_put_and_planned_with(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *before = plan(fixture, opened), *summary = NULL;
    assert_close(fact(before, "objective_usd"), 9240, 1e-12, 0);
    fixture_ok(fixture, put(fixture, opened, new_tools("FAB", fab_integer(2)), &(fab_put_request){0}, &summary));
    const fab_table *tables = fab_result_table(summary, "tables");
    assert_string_equal(fab_result_schema(summary), "fabplan.import/1");
    assert_string_equal(fab_table_get(tables, 0, 0)->text, "tool_group");
    assert_int_equal(fab_table_get(tables, 0, fab_table_find_column(tables, "rows_changed"))->integer, 1);
    fab_result *after = plan(fixture, opened);
    assert_close(fact(after, "objective_usd"), 14400, 1e-12, 0);
    assert_close(fact(after, "plan"), 2, 0, 0);
    fab_result_free(before);
    fab_result_free(summary);
    fab_result_free(after);
    fab_close(opened);
}

static void with_a_finding_nothing_changes(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *summary = NULL;
    assert_int_equal(put(fixture, opened, new_tools("FABB", fab_integer(2)), &(fab_put_request){0}, &summary), FAB_INPUT);
    assert_string_equal(fixture->lines[0], "tool_group:2:3: line is 'FABB', must be in table line (FAB?)");
    assert_int_equal(put(fixture, opened, new_tools("FAB", fab_real(NAN)), &(fab_put_request){0}, &summary), FAB_INPUT);
    assert_int_equal(put(fixture, opened, new_tools("FAB", fab_integer(-1)), &(fab_put_request){0}, &summary), FAB_INPUT);
    assert_int_equal(put(fixture, opened, new_tools("FAB", (fab_value){.type = FAB_NULL}), &(fab_put_request){0}, &summary), FAB_INPUT);
    assert_null(summary);
    assert_int_equal(fab_context_findings(fixture->context), 4);
    /* a dry run counts and changes nothing either */
    fixture_ok(fixture, put(fixture, opened, new_tools("FAB", fab_integer(2)), &(fab_put_request){.dry_run = true}, &summary));
    fab_result_free(summary);
    fab_result *after = plan(fixture, opened);
    assert_close(fact(after, "objective_usd"), 9240, 1e-12, 0);
    fab_result_free(after);
    assert_int_equal(fab_put(fixture->context, opened, &(fab_put_request){0}, &summary), FAB_INPUT);
    fab_close(opened);
}

/* Rows that are left out go with replace, unless others need them. */
static void replace_deletes(void **state)
{
    static const char *const columns[] = {"demand", "customer", "item", "due_date", "quantity", "price_usd"};
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *summary = NULL;
    fab_table *table = fab_table_new("demand", columns, 6);
    fab_value *row = fab_table_add_row(table);
    row[0] = fab_text("D1");
    row[1] = fab_text("BUYER");
    row[2] = fab_text("CHIP");
    row[3] = fab_text("2027-01-04");
    row[4] = fab_real(7.5);
    row[5] = fab_integer(100);
    fixture_ok(fixture, put(fixture, opened, table, &(fab_put_request){.replace = true}, &summary));
    const fab_table *tables = fab_result_table(summary, "tables");
    assert_int_equal(fab_table_get(tables, 0, fab_table_find_column(tables, "rows_deleted"))->integer, 1);
    fab_result_free(summary);
    fab_close(opened);
}

/* A plan's load seconds are those of opening and of its own run: they do not grow with the runs of one fab. */
static void load_seconds_are_of_one_run(void **state)
{
    enum { RUNS = 12 };
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *result = NULL;
    for (int r = 0; r < RUNS; r++) {
        fab_result_free(plan(fixture, opened));
        fixture_clear(fixture);
    }
    const fab_select_request request = {.sql = "SELECT seconds_load FROM plan ORDER BY plan"};
    fixture_ok(fixture, fab_select(fixture->context, opened, &request, &result));
    const fab_table *rows = fab_result_table(result, "rows");
    assert_int_equal(fab_table_rows(rows), RUNS);
    int less = 0; /* than the run before: sums never are */
    for (int r = 1; r < RUNS; r++)
        less += fab_table_get(rows, r, 0)->real < fab_table_get(rows, r - 1, 0)->real;
    assert_true(less > 0);
    fab_result_free(result);
    fab_close(opened);
}

/* A tool that needs 12 square metres on a line that has 5: no plan can be. */
static void an_answer_without_a_plan_says_why(void **state)
{
    static const char *const line_columns[] = {"line", "site", "kind", "name", "floor_m2"};
    static const char *const tool_columns[] = {"tool_group", "line", "name", "tools", "availability", "max_utilisation", "floor_m2"};
    static const char *const lines[] = {"FAB", "HOME", "packaging", "Line", "5"}, *const tools[] = {"TESTER", "FAB", "Tester", "1", "1", "1", "12"};
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_table *line = fab_table_new("line", line_columns, 5), *tool = fab_table_new("tool_group", tool_columns, 7);
    const fab_table *const tables[] = {tool, line};
    fab_optimise_result result = {.plan = 7};
    fab_result *summary = NULL;
    fab_value *row = fab_table_add_row(line);
    for (int c = 0; c < 5; c++)
        row[c] = fab_text(lines[c]);
    row = fab_table_add_row(tool);
    for (int c = 0; c < 7; c++)
        row[c] = fab_text(tools[c]);
    fixture_ok(fixture, fab_put(fixture->context, opened, &(fab_put_request){.tables = tables, .table_count = 2}, &summary));
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){0}, &result));
    assert_int_equal(result.outcome, FAB_INFEASIBLE);
    assert_int_equal(result.plan, 0);
    assert_string_equal(fab_result_schema(result.answer), "fabplan.plan/2");
    assert_string_equal(fab_result_fact(result.answer, "status")->text, "infeasible");
    assert_int_equal(fab_result_fact(result.answer, "plan")->type, FAB_NULL);
    const fab_table *conflict = fab_result_table(result.answer, "conflict");
    assert_int_equal(fab_table_rows(conflict), 2);
    assert_string_equal(fab_table_get(conflict, 0, fab_table_find_column(conflict, "equation"))->text, "FLR");
    fab_result_free(result.answer);
    assert_int_equal(fab_optimise(fixture->context, opened, &(fab_optimise_request){.policy = "fairest"}, &result), FAB_USAGE);
    assert_null(result.answer);
    fab_result_free(summary);
    fab_table_free(line);
    fab_table_free(tool);
    fab_close(opened);
}

struct heard {
    char *text;
    size_t length, most;
};

static bool hear(void *user, const char *bytes, size_t size)
{
    struct heard *heard = user;
    if (heard->length + size > heard->most)
        return false;
    memcpy(heard->text + heard->length, bytes, size);
    heard->length += size;
    return true;
}

/* JSON in pieces is the JSON; who has heard enough ends it; without times it is the same for every run. */
static void json_comes_in_pieces(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *answer = plan(fixture, opened), *again = plan(fixture, opened);
    char *whole = fab_result_json(answer);
    struct heard first = {calloc(1, 1 << 16), 0, 1 << 16}, second = {calloc(1, 1 << 16), 0, 1 << 16};
    assert_true(fab_result_write_json(answer, 0, hear, &first));
    assert_int_equal(first.length, strlen(whole));
    assert_memory_equal(first.text, whole, first.length);
    first = (struct heard){first.text, 0, 100};
    assert_false(fab_result_write_json(answer, 0, hear, &first));
    first = (struct heard){first.text, 0, 1 << 16};
    assert_true(fab_result_write_json(answer, FAB_JSON_NO_TIMES, hear, &first));
    assert_true(fab_result_write_json(again, FAB_JSON_NO_TIMES, hear, &second));
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.text, second.text, first.length);
    first.text[first.length] = '\0';
    assert_null(strstr(first.text, "\"plan\":"));
    assert_null(strstr(first.text, "\"seconds\":"));
    free(first.text);
    free(second.text);
    fab_free(whole);
    fab_result_free(answer);
    fab_result_free(again);
    fab_close(opened);
}

static void codes_say_what_failed(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    int64_t found = 0;
    assert_int_equal(fab_find_plan(fixture->context, opened, 0, &found), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "no_plan");
    assert_int_equal(fab_find_plan(fixture->context, opened, 3, &found), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "unknown_plan");
    assert_string_equal(fab_context_message(fixture->context), "there is no plan 3");
    fab_close(opened);
}

static void make_limits_of_all_plans(fab *opened)
{
    assert_int_equal(sqlite3_exec(opened->store->db, "DROP TRIGGER plan_no_update; UPDATE plan SET status = 'limit'", NULL, NULL, NULL), SQLITE_OK);
}

/* The plan that counts: the released one, else the newest optimal one; a limit alone is none. */
static void the_plan_that_counts_is_found(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    int64_t found = 0;
    fab_result_free(plan(fixture, opened));
    fab_result_free(plan(fixture, opened));
    fixture_ok(fixture, fab_find_plan(fixture->context, opened, 0, &found));
    assert_int_equal(found, 2);
    make_limits_of_all_plans(opened);
    assert_int_equal(fab_find_plan(fixture->context, opened, 0, &found), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "no_optimal_plan");
    fixture_ok(fixture, fab_find_plan(fixture->context, opened, 1, &found));
    assert_int_equal(found, 1);
    fixture_ok(fixture, fab_plan_release(fixture->context, opened, 1));
    fab_result_free(plan(fixture, opened)); /* optimal and newer */
    fixture_ok(fixture, fab_find_plan(fixture->context, opened, 0, &found));
    assert_int_equal(found, 1);
    fixture_ok(fixture, fab_plan_release(fixture->context, opened, 3));
    fixture_ok(fixture, fab_find_plan(fixture->context, opened, 0, &found));
    assert_int_equal(found, 3);
    assert_int_equal(fab_plan_release(fixture->context, opened, 4), FAB_USAGE);
    fab_close(opened);
}

struct text {
    char bytes[4096];
    size_t size, room; /* room: bytes that are taken before it says no */
};

static bool take(void *user, const char *bytes, size_t size)
{
    struct text *text = user;
    if (text->size + size > text->room)
        return false;
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    return true;
}

/* Every list of fabplan.plan/2 can be shown, with its columns; as CSV its figures read back as the same doubles. */
static void lists_of_a_plan_are_shown(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *answer = plan(fixture, opened), *shown = NULL;
    for (int p = 0; p < fab_result_sections(answer); p++) {
        const fab_section *part = fab_result_section(answer, p);
        if (part->kind != FAB_SECTION_LIST)
            continue;
        fixture_ok(fixture, fab_show(fixture->context, opened, 1, part->name, &shown));
        const fab_table *table = fab_result_table(shown, part->name);
        assert_int_equal(fab_table_rows(table), fab_table_rows(part->table));
        assert_int_equal(fab_table_columns(table), fab_table_columns(part->table));
        for (int c = 0; c < fab_table_columns(table); c++)
            assert_string_equal(fab_table_column_name(table, c), fab_table_column_name(part->table, c));
        fab_result_free(shown);
    }
    fixture_ok(fixture, fab_show(fixture->context, opened, 1, "demands", &shown));
    struct text text = {.room = sizeof text.bytes - 1}, little = {.room = 10};
    assert_true(fab_result_write_csv(shown, "demands", take, &text));
    assert_string_equal(text.bytes, "demand,customer,item,period,quantity,shipped,short,usd_per_unit\nD1,BUYER,CHIP,2027-W01,100,42,58,100\n"
                                    "D2,BUYER,CHIP,2027-W02,100,84,16,100\n");
    assert_false(fab_result_write_csv(shown, "demands", take, &little));
    assert_false(fab_result_write_csv(shown, "no such part", take, &text));
    assert_int_equal(fab_show(fixture->context, opened, 9, "demands", &(fab_result *){NULL}), FAB_DATABASE);
    assert_int_equal(fab_show(fixture->context, opened, 1, "demnads", &(fab_result *){NULL}), FAB_USAGE);
    assert_string_equal(fab_context_code(fixture->context), "unknown_plan_table");
    fab_result_free(shown);
    fab_result_free(answer);
    fab_close(opened);
}

/* The plan that is shown is the one that the answer of its run was. */
static void a_shown_plan_is_the_answer_of_its_run(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *answer = plan(fixture, opened), *shown = NULL, *summary = NULL;
    fixture_ok(fixture, fab_plan_show(fixture->context, opened, 1, &shown));
    char *first = fab_result_json(answer), *second = fab_result_json(shown);
    assert_string_equal(first, second);
    assert_string_equal(fab_result_schema(shown), "fabplan.plan/2");
    assert_null(fab_result_table(shown, "no such part"));
    assert_null(fab_result_fact(shown, "no such fact"));
    assert_int_equal(fab_table_rows(fab_result_table(shown, "model")), 1);
    fixture_ok(fixture, fab_plan_summary(fixture->context, opened, 1, &summary));
    assert_string_equal(fab_result_section(summary, 1)->title, "Customers");
    assert_int_equal(fab_plan_show(fixture->context, opened, 9, &shown), FAB_DATABASE);
    fab_free(first);
    fab_free(second);
    fab_result_free(answer);
    fab_result_free(shown);
    fab_result_free(summary);
    fab_result_free(NULL);
    fab_free(NULL);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_are_put_and_planned_with, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(with_a_finding_nothing_changes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(replace_deletes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(load_seconds_are_of_one_run, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_answer_without_a_plan_says_why, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(json_comes_in_pieces, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(codes_say_what_failed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_plan_that_counts_is_found, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(lists_of_a_plan_are_shown, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_shown_plan_is_the_answer_of_its_run, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
