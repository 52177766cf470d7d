/* Every column of every table plan_... and yield_... is covered by a digest: whichever is changed, one at a time, the check finds it. Plans of before are digested over the columns that there were.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "digest.h"
#include "fab.h"

#include <fabplan/history.h>

enum { NAMES = 80, SQL_SIZE = 2000 };

/* The open database of a handle. */
static sqlite3 *database_of(const fab *handle)
{
    return handle->store->db;
}

static void run(sqlite3 *database, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

static void make_plan(struct fixture *fixture, fab *handle, const fab_optimise_request *request)
{
    fab_optimise_result result;
    fixture_ok(fixture, fab_optimise(fixture->context, handle, request, &result));
    assert_true(result.plan > 0);
    fab_result_free(result.answer);
}

/* Plans with and without changes and policies, tested values, key figures that were solved, a release; two snapshots of yields. */
static fab *open_plans(struct fixture *fixture)
{
    fab *handle = NULL;
    fab_result *worth = NULL;
    fixture_ok(fixture, fab_open(fixture->context, FAB_SOURCE_FOLDER "/tests/cases/everything", FAB_READ, &handle));
    make_plan(fixture, handle, &(fab_optimise_request){.name = "first", .values = 5});
    make_plan(fixture, handle, &(fab_optimise_request){.policy = "priority", .scenario = FAB_SOURCE_FOLDER "/tests/cases/everything/scenarios/less.csv", .values = 5});
    fixture_ok(fixture, fab_plan_release(fixture->context, handle, 1));
    fixture_ok(fixture, fab_plan_release(fixture->context, handle, 2));
    fixture_ok(fixture, fab_independence_worth(fixture->context, handle, &(fab_independence_request){.plan = 1, .scenario = FAB_SOURCE_FOLDER "/tests/cases/everything/scenarios/less.csv"}, &worth));
    fab_result_free(worth);
    fixture_clear(fixture);
    return handle;
}

static fab *open_yields(struct fixture *fixture)
{
    fab *handle = NULL;
    int64_t snapshot = 0;
    fixture_ok(fixture, fab_open(fixture->context, FAB_SOURCE_FOLDER "/tests/cli/support/one_bad_die_spc", FAB_READ, &handle));
    fixture_ok(fixture, fab_yield_fit(fixture->context, handle, &(fab_yield_fit_request){0}, &snapshot));
    fixture_ok(fixture, fab_yield_fit(fixture->context, handle, &(fab_yield_fit_request){.confidence = 0.8}, &snapshot));
    fixture_clear(fixture);
    return handle;
}

/* What the check says, one line of text; "": nothing is wrong. */
static const char *check(struct fixture *fixture, const fab *handle, char text[SQL_SIZE])
{
    fab_table *wrong = NULL;
    *text = '\0';
    fixture_ok(fixture, fab_store_check_digests(fixture->context, handle->store, &wrong));
    for (int r = 0; r < fab_table_rows(wrong); r++)
        snprintf(text + strlen(text), SQL_SIZE - strlen(text), "%s %d %s\n", fab_table_get(wrong, r, 0)->text, (int)fab_table_get(wrong, r, 1)->integer,
                 fab_table_get(wrong, r, 2)->text);
    fab_table_free(wrong);
    return text;
}

/* The texts of the first column of a query. */
static int read_names(sqlite3 *database, const char *sql, char names[NAMES][64])
{
    sqlite3_stmt *statement = NULL;
    int count = 0;
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        assert_true(count < NAMES);
        snprintf(names[count++], 64, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return count;
}

/* As somebody does who knows SQLite: without triggers and constraints. */
static void disarm(sqlite3 *database)
{
    char triggers[NAMES][64], sql[SQL_SIZE], all[200];
    int count;
    do {
        snprintf(all, sizeof all, "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT %d", NAMES);
        count = read_names(database, all, triggers);
        for (int t = 0; t < count; t++) {
            snprintf(sql, sizeof sql, "DROP TRIGGER \"%.63s\"", triggers[t]);
            run(database, sql);
        }
    } while (count > 0);
    run(database, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
}

/* One column of one row becomes another value of its kind; back again afterwards. Rows that were changed. */
static int change(struct fixture *fixture, const fab *handle, const char *table, const char *column)
{
    sqlite3 *database = database_of(handle);
    char sql[SQL_SIZE], text[SQL_SIZE], keys[NAMES][64], key[500] = "";
    snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%.63s') WHERE pk > 0 ORDER BY pk", table);
    int count = read_names(database, sql, keys);
    for (int k = 0; k < count; k++)
        snprintf(key + strlen(key), sizeof key - strlen(key), "%s\"%.63s\"", k ? ", " : "", keys[k]);
    snprintf(sql, sizeof sql,
             "UPDATE %.63s SET \"%.63s\" = CASE typeof(\"%.63s\") WHEN 'integer' THEN \"%.63s\" + 1000 WHEN 'real' THEN 3 * \"%.63s\" + 1 WHEN 'text' THEN \"%.63s\" || 'x' "
             "ELSE (SELECT CASE type WHEN 'TEXT' THEN 'x' WHEN 'INTEGER' THEN 1 ELSE 1.5 END FROM pragma_table_info('%.63s') WHERE name = '%.63s') END "
             "WHERE (%.499s) IN (SELECT %.499s FROM %.63s LIMIT 1)",
             table, column, column, column, column, column, table, column, key, key, table);
    run(database, "SAVEPOINT edit");
    run(database, sql);
    int changed = sqlite3_changes(database);
    if (changed > 0 && !*check(fixture, handle, text))
        fail_msg("%s.%s: nobody finds it", table, column);
    run(database, "ROLLBACK TO edit; RELEASE edit");
    return changed;
}

/* Changes every column of the tables of a pattern; those without rows are counted. */
static int change_all(struct fixture *fixture, const fab *handle, const char *pattern, int *empty)
{
    char tables[NAMES][64], columns[NAMES][64], sql[SQL_SIZE];
    snprintf(sql, sizeof sql, "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = 'plan' OR name LIKE 'plan\\_%%' ESCAPE '\\' OR name LIKE 'yield\\_%%' ESCAPE '\\') AND name LIKE '%s' AND name <> 'plan_input'", pattern);
    int count = read_names(database_of(handle), sql, tables), tried = 0;
    for (int t = 0; t < count; t++) {
        snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%.63s')", tables[t]);
        int column_count = read_names(database_of(handle), sql, columns), changed = 0;
        for (int c = 0; c < column_count; c++)
            changed += change(fixture, handle, tables[t], columns[c]);
        bool needs_old_plan = strcmp(tables[t], "plan_held") == 0 || strcmp(tables[t], "plan_taken") == 0; /* of a plan that is held to an old one, or goes on from one */
        if (changed == 0)
            print_error("%s has no rows\n", tables[t]);
        *empty += changed == 0 && !needs_old_plan;
        tried += changed;
    }
    return tried;
}

static void every_column_is_covered(void **state)
{
    struct fixture *fixture = *state;
    char text[SQL_SIZE];
    int empty = 0;
    fab *handle = open_plans(fixture);
    assert_string_equal(check(fixture, handle, text), "");
    disarm(database_of(handle));
    assert_true(change_all(fixture, handle, "plan%", &empty) > 220);
    assert_int_equal(empty, 0);
    assert_string_equal(check(fixture, handle, text), "");
    fab_close(handle);
    handle = open_yields(fixture);
    assert_string_equal(check(fixture, handle, text), "");
    disarm(database_of(handle));
    assert_true(change_all(fixture, handle, "yield%", &empty) > 60);
    assert_int_equal(empty, 0);
    fab_close(handle);
}

/* A plan that was stored with fewer columns: those that came later do not count, its own do. */
static void a_plan_of_before_is_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    enum { BEFORE_CALM = 16 };
    char hex[FAB_SHA256_HEX_SIZE], now[FAB_SHA256_HEX_SIZE], sql[SQL_SIZE], text[SQL_SIZE];
    fab *handle = open_plans(fixture);
    sqlite3 *database = database_of(handle);
    disarm(database);
    run(database, "DELETE FROM plan_hash; DELETE FROM plan_digest; UPDATE plan_value SET row_sha256 = NULL; UPDATE plan_resilience SET row_sha256 = NULL; UPDATE plan_release SET row_sha256 = NULL");
    for (int plan = 1; plan <= 2; plan++) {
        fixture_ok(fixture, fab_digest_content(fixture->context, handle->store, &fab_sealed_plan, BEFORE_CALM, plan, hex));
        fixture_ok(fixture, fab_digest_content(fixture->context, handle->store, &fab_sealed_plan, fab_store_schema_version(), plan, now));
        assert_string_not_equal(hex, now);
        snprintf(sql, sizeof sql, "INSERT INTO plan_hash (plan, content_sha256) VALUES (%d, '%s')", plan, hex);
        run(database, sql);
    }
    assert_string_equal(check(fixture, handle, text), "");
    run(database, "UPDATE plan SET calm_usd = 1 WHERE plan = 2"); /* no column of that time */
    assert_string_equal(check(fixture, handle, text), "");
    run(database, "UPDATE plan SET bound_usd = 1 WHERE plan = 2");
    assert_string_equal(check(fixture, handle, text), "plan 2 not what was stored (first broken link of the records): its rows: their hash is another\n");
    run(database, "UPDATE plan SET bound_usd = (SELECT bound_usd FROM plan WHERE plan = 1)");
    /* new plans begin a chain behind them, and their values are sealed */
    make_plan(fixture, handle, &(fab_optimise_request){.values = 2});
    fixture_clear(fixture);
    run(database, "UPDATE plan_value SET gain_usd = 7 WHERE plan = 3 AND number = 1");
    assert_non_null(strstr(check(fixture, handle, text), "plan 3 not what was stored: row 1 of plan_value"));
    fab_close(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_column_is_covered, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_plan_of_before_is_as_it_was, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
