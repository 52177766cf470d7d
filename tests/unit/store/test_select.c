/* Queries, SQL from outside, insertion and transactions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include <math.h>

static fab_store *open_mini(struct fixture *fixture)
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini");
    return store;
}

static void a_select_gives_a_table(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = NULL;
    const fab_parameter parameters[] = {
        {":item", fab_text("CHIP")}, {":unused", fab_real(1)}, {":more", fab_real(0.5)}, {":n", fab_integer(3)}};
    fixture_ok(
        fixture,
        fab_store_select_text(
            fixture->context, store,
            "SELECT demand, quantity + :more AS \"more\", NULL AS none, :n AS n FROM demand WHERE item = :item ORDER BY 1;\n-- end\n",
            "test", parameters, 4, &table));
    assert_int_equal(fab_table_rows(table), 2);
    assert_int_equal(fab_table_find_column(table, "more"), 1);
    assert_string_equal(fab_table_get(table, 1, 0)->text, "D2");
    assert_true(fab_table_get(table, 0, 1)->real == 100.5);
    assert_int_equal(fab_table_get(table, 0, 2)->type, FAB_NULL);
    assert_int_equal(fab_table_get(table, 0, 3)->integer, 3);
    fab_table_free(table);
    fab_store_close(store);
}

/* A parameter is one of the statement: not a name in a text, a remark, or a longer name. */
static void parameters_are_those_of_the_statement(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    static const char *const names[] = {":plan", ":snapshot", ":item"};
    bool found[3];
    const char *sql = "SELECT ':snapshot' AS text, :planned, [:item] FROM (SELECT 1 AS \":item\" /* :snapshot */) WHERE 1 < :plan -- :item";
    fixture_ok(fixture, fab_store_find_parameters(fixture->context, store, sql, "test", names, 3, found));
    assert_true(found[0]);
    assert_false(found[1]);
    assert_false(found[2]);
    assert_int_equal(fab_store_find_parameters(fixture->context, store, "SELEKT", "test.sql", names, 3, found), FAB_INPUT);
    assert_message(fixture, "test.sql:1: near");
    fab_store_close(store);
}

static void outside_sql_can_only_read(void **state)
{
    static const struct {
        const char *sql, *message;
    } cases[] = {
        {"DELETE FROM demand", "only a SELECT that reads"},
        {"UPDATE demand SET quantity = 0 RETURNING demand", "only a SELECT that reads"},
        {"DROP TABLE demand", "only a SELECT that reads"},
        {"PRAGMA writable_schema = 1", "only a SELECT that reads"},
        {"ATTACH 'x.db' AS x", "only a SELECT that reads"},
        {"SELECT load_extension('x')", ""},
        {"CREATE TEMP TABLE t (x)", "only a SELECT that reads"},
        {"BEGIN", "only a SELECT that reads"},
        {"VACUUM", ""},
        {"SELECT 1; SELECT 2", "report.sql:1: only one statement"},
        {"SELECT 1;\n\nDROP TABLE demand", "report.sql:1: only one statement"},
        {"", "there is no statement"},
        {"-- nothing", "there is no statement"},
        {"SELECT *\nFROM demand\nWHERE quantty > 1", "report.sql:3: no such column: quantty"},
        {"SELECT * FROM demnd", "report.sql:1: no such table: demnd"},
        {"SELECT\n\n1 1", "report.sql:3: near \"1\""},
        {"SELECT :missing", "report.sql: parameter :missing has no value"},
        {"SELECT ?", "has no value"},
        {"SELECT abs(-9223372036854775808)", "report.sql: memory: integer overflow"},
    };
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fab_table *table = NULL;
        fab_status status = fab_store_select_text(fixture->context, store, cases[i].sql, "report.sql", NULL, 0, &table);
        if (status != FAB_INPUT)
            fail_msg("%s: %s", cases[i].sql, fab_status_name(status));
        assert_null(table);
        assert_message(fixture, cases[i].message);
    }
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM demand"), 2);
    fab_store_close(store);
}

static void an_endless_select_can_be_interrupted(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = NULL;
    fab_context_interrupt(fixture->context);
    assert_int_equal(fab_store_select_text(fixture->context, store,
                                           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n", "test",
                                           NULL, 0, &table),
                     FAB_INTERRUPTED);
    fab_store_close(store);
}

static void unknown_queries_are_internal_errors(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *table = NULL;
    assert_int_equal(fab_store_select(fixture->context, store, "no_such_query", NULL, 0, &table), FAB_INTERNAL);
    assert_int_equal(fab_store_select(fixture->context, store, "store_write_seal", NULL, 0, &table), FAB_INTERNAL);
    assert_message(fixture, ":sha256");
    fab_store_close(store);
}

static fab_table *budget_rows(int plan, int count)
{
    static const char *const names[] = {"plan", "period", "budget_usd", "spent_usd", "usd_per_usd"};
    fab_table *table = fab_table_new("plan_budget", names, 5);
    for (int r = 0; r < count; r++) {
        fab_value *row = fab_table_add_row(table);
        char period[16];
        snprintf(period, sizeof period, "P%d", r);
        row[0] = fab_integer(plan);
        row[1] = fab_text(fab_table_keep(table, period));
        row[3] = fab_real(r);
        row[4] = fab_real(0);
    }
    return table;
}

static fab_table *plan_row(int64_t plan)
{
    static const char *const names[] = {
        "plan",          "name",         "plan_name",     "currency",      "policy",         "status",        "objective_usd",
        "bound_usd",     "gap",          "row_residual",  "check_result",  "model_rows",     "model_columns", "model_nonzeros",
        "iterations",    "seconds_load", "seconds_build", "seconds_solve", "seconds_check",  "seconds_store", "created_utc",
        "inputs_sha256", "options",      "versions",      "discount_rate", "end_value_frac", "horizon_start", "horizon_end",
        "revenue_usd",   "cost_usd",     "shortage_usd",  "late_usd",      "commitment_usd", "shortfall_usd", "substitution_usd",
        "holding_usd",   "power_usd",    "capex_usd",     "removal_usd",   "end_value_usd",  "profit_usd"};
    static const char *const texts[] = {"name",    "plan_name", "currency",      "policy",     "created_utc",
                                        "options", "versions",  "horizon_start", "horizon_end"};
    enum { COLUMNS = sizeof names / sizeof *names };
    fab_table *table = fab_table_new("plan", names, COLUMNS);
    fab_value *row = fab_table_add_row(table);
    for (int c = 0; c < COLUMNS; c++)
        row[c] = fab_integer(1);
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        row[fab_table_find_column(table, texts[t])] = fab_text("x");
    row[0] = fab_integer(plan);
    row[fab_table_find_column(table, "status")] = fab_text("optimal");
    row[fab_table_find_column(table, "check_result")] = fab_text("verified");
    row[fab_table_find_column(table, "inputs_sha256")] = fab_text("0123456789012345678901234567890123456789012345678901234567890123");
    return table;
}

static void plans_are_numbered_and_stored_whole(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    int64_t number = 0;
    fab_table *plan = NULL, *rows = NULL;
    for (int64_t expected = 1; expected <= 3; expected++) {
        fixture_ok(fixture, fab_store_begin(fixture->context, store));
        fixture_ok(fixture, fab_store_next_plan(fixture->context, store, &number));
        assert_int_equal(number, expected);
        plan = plan_row(number);
        rows = budget_rows((int)number, 5);
        fixture_ok(fixture, fab_store_insert(fixture->context, store, plan));
        fixture_ok(fixture, fab_store_insert(fixture->context, store, rows));
        fixture_ok(fixture, fab_store_commit(fixture->context, store));
        fab_table_free(plan);
        fab_table_free(rows);
    }
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM plan_budget WHERE budget_usd IS NULL"), 15);
    fab_store_close(store);
}

static void a_failed_insertion_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *rows = budget_rows(99, 3);
    assert_int_equal(fab_store_insert(fixture->context, store, rows), FAB_INTERNAL);
    assert_message(fixture, "FOREIGN KEY");
    fab_table_free(rows);
    fab_table *plan = plan_row(1);
    fixture_ok(fixture, fab_store_insert(fixture->context, store, plan));
    fab_table_free(plan);
    rows = budget_rows(1, 3);
    ((fab_value *)fab_table_get(rows, 2, 3))->real = INFINITY;
    assert_int_equal(fab_store_insert(fixture->context, store, rows), FAB_INTERNAL);
    assert_message(fixture, "plan_budget.spent_usd is not a finite number");
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM plan_budget"), 0);
    fab_table_free(rows);
    fixture_ok(fixture, fab_store_begin(fixture->context, store));
    rows = budget_rows(1, 3);
    fixture_ok(fixture, fab_store_insert(fixture->context, store, rows));
    fab_store_rollback(store);
    fab_store_rollback(store);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM plan_budget"), 0);
    fab_table_free(rows);
    fab_store_close(store);
}

/* Names of tables and columns are quoted: they cannot become SQL. */
static void names_do_not_become_sql(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    static const char *const names[] = {"site\") VALUES ('x'); DROP TABLE site; --"};
    fab_table *table = fab_table_new("site", names, 1);
    *fab_table_add_row(table) = fab_text("x");
    assert_int_equal(fab_store_insert(fixture->context, store, table), FAB_INTERNAL);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM site"), 1);
    fab_table_free(table);
    fab_store_close(store);
}

static void the_check_of_a_right_data_set_is_empty(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_mini(fixture);
    fab_table *findings = NULL;
    fixture_ok(fixture, fab_store_check(fixture->context, store, &findings));
    assert_int_equal(fab_table_rows(findings), 0);
    fab_table_free(findings);
    fab_store_close(store);
}

static void the_check_names_severity_table_key_and_column(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = NULL;
    fab_table *findings = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_ok(fixture, fab_store_check(fixture->context, store, &findings));
    assert_int_equal(fab_table_rows(findings), 1);
    assert_string_equal(fab_table_get(findings, 0, 0)->text, "finding");
    assert_string_equal(fab_table_get(findings, 0, 1)->text, "calendar");
    assert_int_equal(fab_table_get(findings, 0, 2)->type, FAB_NULL);
    fab_table_free(findings);
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini/calendar.csv");
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini/site.csv");
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini/line.csv");
    fixture_import(fixture, store, FAB_SOURCE_FOLDER "/data/mini/route.csv");
    fixture_ok(fixture, fab_store_check(fixture->context, store, &findings));
    assert_int_equal(fab_table_rows(findings), 2);
    assert_string_equal(fab_table_get(findings, 0, 0)->text, "warning");
    assert_string_equal(fab_table_get(findings, 0, 2)->text, "R");
    assert_string_equal(fab_table_get(findings, 0, 3)->text, "route");
    assert_string_equal(fab_table_get(findings, 0, 4)->text, "route is 'R', should have steps (no row in route_step: it loads no tools)");
    fab_table_free(findings);
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_select_gives_a_table, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(parameters_are_those_of_the_statement, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(outside_sql_can_only_read, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_endless_select_can_be_interrupted, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(unknown_queries_are_internal_errors, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(plans_are_numbered_and_stored_whole, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_failed_insertion_leaves_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(names_do_not_become_sql, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_check_of_a_right_data_set_is_empty, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_check_names_severity_table_key_and_column, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
