/* fab_select: SQL of whoever embeds the library reads, and does nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "fab.h"

#include <fabplan/fabplan.h>
#include <pthread.h>
#include <time.h>

static fab *open_mini(struct fixture *fixture)
{
    fab *opened = NULL;
    fixture_ok(fixture, fab_open(fixture->context, FAB_SOURCE_FOLDER "/data/mini", FAB_WRITE, &opened));
    return opened;
}

static fab_status run(struct fixture *fixture, fab *opened, const char *sql, int limit, fab_result **result)
{
    const fab_parameter parameters[] = {{":item", fab_text("CHIP")}, {"@more", fab_real(0.5)}};
    const fab_select_request request = {.sql = sql, .parameters = parameters, .parameter_count = 2, .row_limit = limit};
    return fab_select(fixture->context, opened, &request, result);
}

static void rows_come_as_a_table(void **state)
{
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *result = NULL;
    fixture_ok(fixture, run(fixture, opened, "SELECT demand, quantity + @more AS more FROM demand WHERE item = :item ORDER BY 1", 0, &result));
    const fab_table *rows = fab_result_table(result, "rows");
    assert_int_equal(fab_table_rows(rows), 2);
    assert_string_equal(fab_table_get(rows, 1, 0)->text, "D2");
    assert_true(fab_table_get(rows, 0, 1)->real == 100.5);
    char *json = fab_result_json(result);
    assert_string_equal(json, "{\n \"schema\": \"fabplan.select/1\",\n \"complete\": true,\n \"rows\": [\n  {\n   \"demand\": \"D1\",\n   \"more\": 100.5\n  },\n"
                              "  {\n   \"demand\": \"D2\",\n   \"more\": 100.5\n  }\n ]\n}");
    fab_free(json);
    fab_result_free(result);
    fab_close(opened);
}

static void rows_are_limited(void **state)
{
    static const struct {
        int limit, rows, complete;
    } cases[] = {{1, 1, 0}, {2, 2, 1}, {3, 2, 1}, {0, 2, 1}};
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        fab_result *result = NULL;
        fixture_ok(fixture, run(fixture, opened, "SELECT * FROM demand", cases[c].limit, &result));
        assert_int_equal(fab_table_rows(fab_result_table(result, "rows")), cases[c].rows);
        assert_int_equal(fab_result_fact(result, "complete")->integer, cases[c].complete);
        fab_result_free(result);
    }
    fab_result *result = NULL; /* an endless SELECT ends with the limit */
    fixture_ok(fixture, run(fixture, opened, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", 0, &result));
    assert_int_equal(fab_table_rows(fab_result_table(result, "rows")), FAB_SELECT_ROWS);
    fab_result_free(result);
    fab_close(opened);
}

static void hostile_texts_are_refused_and_change_nothing(void **state)
{
    static const char *const texts[] = {
        "ATTACH '/tmp/fabplan-attached.db' AS other",
        "ATTACH ':memory:' AS other",
        "DETACH main",
        "PRAGMA query_only = 0",
        "PRAGMA writable_schema = 1",
        "PRAGMA user_version",
        "SELECT * FROM pragma_table_info('demand')",
        "SELECT * FROM pragma_journal_mode",
        "SELECT * FROM dbstat",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT s",
        "VACUUM",
        "VACUUM INTO '/tmp/fabplan-vacuum.db'",
        "ANALYZE",
        "REINDEX",
        "SELECT load_extension('libm.so.6')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/fabplan-written', 'x')",
        "SELECT sqlite_compileoption_get(1)",
        "SELECT randomblob(1000000000)",
        "SELECT zeroblob(1000000000)",
        "SELECT LOAD_Extension('x')",
        "WITH RECURSIVE b (x) AS (SELECT 'xxxxxxxxxxxxxxxx' UNION ALL SELECT x || x FROM b) SELECT length(x) FROM b",
        "DELETE FROM demand",
        "INSERT INTO demand SELECT * FROM demand",
        "UPDATE demand SET quantity = 0 RETURNING demand",
        "REPLACE INTO item VALUES ('X', 'chip', 'X')",
        "WITH gone AS (SELECT 1) DELETE FROM demand",
        "DROP TABLE demand",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE TEMP TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "ALTER TABLE demand ADD COLUMN x",
        "EXPLAIN DELETE FROM demand",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE demand",
        "SELECT 1;;/**/;DELETE FROM demand",
        "",
        "  -- nothing",
        ";",
        "SELECT ?",
        "SELECT :missing",
        "SELECT * FROM no_such_table",
        "SELECT fts5(1)",
        "SELECT json_extract('{', '$')",
    };
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    char before[65], after[65];
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, opened->store, before));
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        fab_result *result = NULL;
        if (run(fixture, opened, texts[t], 0, &result) != FAB_INPUT)
            fail_msg("not refused: %s", texts[t]);
        assert_null(result);
        assert_memory_equal(fab_context_message(fixture->context), "SQL:", 4);
    }
    assert_int_equal(access("/tmp/fabplan-attached.db", F_OK), -1);
    assert_int_equal(access("/tmp/fabplan-vacuum.db", F_OK), -1);
    assert_int_equal(access("/tmp/fabplan-written", F_OK), -1);
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, opened->store, after));
    assert_string_equal(after, before);
    /* what is refused leaves the fab writable */
    fab_optimise_result made = {.plan = 0};
    fixture_ok(fixture, fab_optimise(fixture->context, opened, &(fab_optimise_request){0}, &made));
    assert_int_equal(made.plan, 1);
    fab_result_free(made.answer);
    fab_close(opened);
}

static void *interrupt_soon(void *context)
{
    const struct timespec moment = {.tv_nsec = 50000000};
    nanosleep(&moment, NULL);
    fab_context_interrupt(context);
    return NULL;
}

static void another_thread_stops_an_endless_one(void **state)
{
    static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n";
    struct fixture *fixture = *state;
    fab *opened = open_mini(fixture);
    fab_result *result = NULL;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, interrupt_soon, fixture->context), 0);
    assert_int_equal(run(fixture, opened, endless, 0, &result), FAB_INTERRUPTED);
    pthread_join(thread, NULL);
    /* the flag stays until it is taken back */
    assert_int_equal(run(fixture, opened, endless, 0, &result), FAB_INTERRUPTED);
    fab_context_reset(fixture->context);
    fixture_ok(fixture, run(fixture, opened, "SELECT 1", 0, &result));
    fab_result_free(result);
    fab_close(opened);
}

/* A fab that is only read stays so after a SELECT. */
static void a_file_that_is_read_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2];
    fab *opened = NULL;
    fab_result *result = NULL;
    fixture_path(fixture, "x.db", path);
    fixture_ok(fixture, fab_open(fixture->context, path, FAB_CREATE, &opened));
    fab_close(opened);
    fixture_ok(fixture, fab_open(fixture->context, path, FAB_READ, &opened));
    fixture_ok(fixture, run(fixture, opened, "SELECT COUNT(*) FROM demand", 0, &result));
    fab_result_free(result);
    const char *columns[] = {"site", "name"};
    fab_table *site = fab_table_new("site", columns, 2);
    fab_value *row = fab_table_add_row(site);
    row[0] = fab_text("S");
    const fab_table *const tables[] = {site};
    assert_int_equal(fab_put(fixture->context, opened, &(fab_put_request){.tables = tables, .table_count = 1}, &result), FAB_OUTPUT);
    fab_table_free(site);
    fab_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_come_as_a_table, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(rows_are_limited, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(hostile_texts_are_refused_and_change_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(another_thread_stops_an_endless_one, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_read_is_not_written, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
