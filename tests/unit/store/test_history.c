/* The wafer-lot history: what imports of long, odd and random histories leave. The rules, each broken once, are in
 * tests/faults/history_faults.txt. SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "internal.h"

enum { PATH_SIZE = FIXTURE_PATH_SIZE * 2, ROWS = 1000, LOT_WAFERS = 25 };

static const char mini[] = FAB_SOURCE_FOLDER "/data/mini";

static fab_store *open_mini(struct fixture *fixture)
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    fixture_import(fixture, store, mini);
    return store;
}

static FILE *open_file(struct fixture *fixture, const char *name, const char *header)
{
    char path[PATH_SIZE];
    FILE *file = fopen(fixture_path(fixture, name, path), "wb");
    assert_non_null(file);
    fprintf(file, "%s\n", header);
    return file;
}

static fab_status import_one(struct fixture *fixture, fab_store *store, const char *name, const fab_import_options *options,
                             fab_table **summary)
{
    char path[PATH_SIZE];
    const char *paths[] = {fixture_path(fixture, name, path)};
    return fab_csv_import(fixture->context, store, paths, 1, options, summary);
}

static void assert_counts(struct fixture *fixture, fab_store *store, const char *name, const fab_import_options *options, int read,
                          int added, int changed, int deleted)
{
    const int expected[] = {read, added, changed, deleted};
    fab_table *summary = NULL;
    fixture_ok(fixture, import_one(fixture, store, name, options, &summary));
    for (int c = 0; c < 4; c++)
        if (fab_table_get(summary, 0, c + 1)->integer != expected[c])
            fail_msg("%s: column %d is %lld, not %d", name, c + 1, (long long)fab_table_get(summary, 0, c + 1)->integer, expected[c]);
    fab_table_free(summary);
}

/* A lot of wafers and their tests, ROWS of each. */
static void write_tests(struct fixture *fixture, int good)
{
    FILE *lots = open_file(fixture, "lot.csv", "lot,source,start_time,wafers,status");
    FILE *wafers = open_file(fixture, "wafer.csv", "wafer,lot,slot");
    FILE *tests = open_file(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good");
    for (int w = 0; w < ROWS; w++) {
        if (w % LOT_WAFERS == 0)
            fprintf(lots, "L%04d,CHIP@R,2026-01-01T00:00:00,%d,done\n", w / LOT_WAFERS, LOT_WAFERS);
        fprintf(wafers, "W%05d,L%04d,%d\n", w, w / LOT_WAFERS, w % LOT_WAFERS + 1);
        fprintf(tests, "W%05d,sort,1,2026-01-02T00:00:00,600,%d\n", w, w % 7 == 0 ? good : 500);
    }
    fclose(lots);
    fclose(wafers);
    fclose(tests);
}

static fab_store *open_with_tests(struct fixture *fixture)
{
    fab_store *store = open_mini(fixture);
    write_tests(fixture, 500);
    fixture_import(fixture, store, fixture->folder);
    return store;
}

/* More rows than fit a batch, and not a whole number of batches. */
static void a_long_file_is_added_once_and_changed_where_it_differs(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options replace = {.replace = true};
    fab_store *store = open_with_tests(fixture);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test WHERE good = 500"), ROWS);
    assert_counts(fixture, store, "wafer_test.csv", NULL, ROWS, 0, 0, 0);
    assert_counts(fixture, store, "wafer_test.csv", &replace, ROWS, 0, 0, 0);
    write_tests(fixture, 501);
    assert_counts(fixture, store, "wafer_test.csv", NULL, ROWS, 0, (ROWS + 6) / 7, 0);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test WHERE good = 501"), (ROWS + 6) / 7);
    fab_store_close(store);
}

/* New rows among those that are there, in one batch. */
static void new_and_known_rows_may_alternate(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_with_tests(fixture);
    FILE *tests = open_file(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good,note");
    for (int w = 0; w < 300; w++) {
        fprintf(tests, "W%05d,sort,1,2026-01-02T00:00:00,600,%d,%s\n", w, 500, w % 10 == 0 ? "seen" : "");
        fprintf(tests, "W%05d,sort,2,2026-01-03T00:00:00,600,510,\n", w);
    }
    fclose(tests);
    assert_counts(fixture, store, "wafer_test.csv", NULL, 600, 300, 30, 0);
    assert_counts(fixture, store, "wafer_test.csv", NULL, 600, 0, 0, 0);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test"), ROWS + 300);
    fab_store_close(store);
}

static void replace_deletes_history_that_the_file_does_not_have(void **state)
{
    struct fixture *fixture = *state;
    const fab_import_options replace = {.replace = true};
    fab_store *store = open_with_tests(fixture);
    FILE *tests = open_file(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good");
    for (int w = ROWS - 1; w >= 0; w -= 4)
        fprintf(tests, "W%05d,sort,1,2026-01-02T00:00:00,600,500\n", w);
    fclose(tests);
    assert_counts(fixture, store, "wafer_test.csv", &replace, ROWS / 4, 0, 0, ROWS - ROWS / 4);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM wafer_test"), ROWS / 4);
    FILE *wafers = open_file(fixture, "wafer.csv", "wafer,lot");
    fclose(wafers);
    assert_int_equal(import_one(fixture, store, "wafer.csv", &replace, NULL), FAB_INPUT);
    assert_non_null(strstr(fixture->lines[0], "wafer.csv:1:1: 'W00003' is not in the file, must stay while rows of other tables name it"));
    assert_message(fixture, "250 findings; nothing was changed");
    fab_store_close(store);
}

/* Rows in the order of the key are not remembered; a row out of order is held against those before it all the same. */
static void a_late_duplicate_is_found(void **state)
{
    struct fixture *fixture = *state;
    for (int known = 0; known < 2; known++) {
        fab_store *store = open_with_tests(fixture);
        FILE *tests = open_file(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good");
        for (int w = 0; w < ROWS; w++)
            fprintf(tests, "W%05d,sort,%d,2026-01-02T00:00:00,600,%s\n", w, known ? 1 : 2, w == 20 ? "x" : "500");
        fprintf(tests, "W00020,sort,%d,2026-01-02T00:00:00,600,500\n", known ? 1 : 2); /* that line was no row */
        fprintf(tests, "W00500,sort,%d,2026-01-02T00:00:00,600,500\n", known ? 1 : 2);
        fclose(tests);
        assert_int_equal(import_one(fixture, store, "wafer_test.csv", NULL, NULL), FAB_INPUT);
        assert_int_equal(fixture->line_count, 2);
        assert_non_null(strstr(fixture->lines[0], "wafer_test.csv:22:39: good is 'x'"));
        assert_non_null(strstr(fixture->lines[1], "wafer_test.csv:1003:1: wafer, stage, run is 'W00500, sort, "));
        assert_non_null(strstr(fixture->lines[1], "must be unique (line 502 has it already)"));
        fixture_clear(fixture);
        write_tests(fixture, 500);
        fab_store_close(store);
    }
}

/* Checks of the history are long: those whose tables have not changed are left out, and nothing hashes the history. */
static void only_changed_tables_are_checked_again(void **state)
{
    struct fixture *fixture = *state;
    char before[65], after[65];
    fab_store *store = open_mini(fixture);
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, before));
    fab_store_close(store);
    store = open_with_tests(fixture);
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, after));
    assert_string_equal(before, after);
    assert_int_equal(sqlite3_exec(store->db, "UPDATE wafer_test SET good = 601 WHERE wafer = 'W00007'", NULL, NULL, NULL), SQLITE_OK);
    fixture_import(fixture, store, mini);
    assert_counts(fixture, store, "wafer.csv", NULL, ROWS, 0, 0, 0);
    assert_int_equal(fixture->line_count, 0);
    FILE *tests = open_file(fixture, "wafer_test.csv", "wafer,stage,run,time,tested,good");
    fprintf(tests, "W00008,sort,1,2026-01-02T00:00:00,600,499\n");
    fclose(tests);
    assert_int_equal(import_one(fixture, store, "wafer_test.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 1);
    assert_string_equal(fixture->lines[0], "table wafer_test W00007 sort 1: good is '601', must be at most tested 600");
    fab_store_close(store);
}

/* Findings of other tables are warnings for a single file, and not without end. */
static void findings_of_other_tables_are_limited(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_with_tests(fixture);
    FILE *lots = open_file(fixture, "lot.csv", "lot,source,start_time,wafers,status,note");
    fprintf(lots, "L0000,CHIP@R,2026-01-01T00:00:00,25,done,touched\n");
    fclose(lots);
    assert_int_equal(sqlite3_exec(store->db,
                                  "INSERT INTO bin (item, bin, name, good) VALUES ('CHIP', 1, 'good', 1);"
                                  "INSERT INTO wafer_bin (wafer, stage, run, bin, count) SELECT wafer, stage, run, 3, 600 FROM wafer_test",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_counts(fixture, store, "lot.csv", NULL, 1, 0, 1, 0);
    assert_int_equal(fixture->line_count, 51);
    for (int i = 0; i < fixture->line_count; i++)
        assert_int_equal(fixture->levels[i], FAB_LEVEL_WARNING);
    assert_string_equal(fixture->lines[49], "table wafer_test W00049 sort 1: good is '500', must be 0, the sum of its good bins");
    assert_string_equal(fixture->lines[50], "... and 950 more in tables that are not imported");
    fab_store_close(store);
}

/* Findings of a check are placed in the file, all in one reading. */
static void findings_are_placed_in_long_files(void **state)
{
    struct fixture *fixture = *state;
    char expected[200];
    fab_store *store = open_with_tests(fixture);
    write_tests(fixture, 601);
    assert_int_equal(import_one(fixture, store, "wafer_test.csv", NULL, NULL), FAB_INPUT);
    assert_int_equal(fixture->line_count, 51);
    for (int i = 0; i < 50; i++) {
        snprintf(expected, sizeof expected, "wafer_test.csv:%d:39: good is '601', must be at most tested 600", 2 + 7 * i);
        assert_non_null(strstr(fixture->lines[i], expected));
    }
    assert_non_null(strstr(fixture->lines[50], "wafer_test.csv: ... and 93 more findings in this file"));
    assert_message(fixture, "143 findings; nothing was changed");
    fab_store_close(store);
}

/* SQLite looks for parents again when an import is over, whatever became of it. */
static void references_are_enforced_after_an_import(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = open_with_tests(fixture);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sqlite3_exec(store->db, "INSERT INTO wafer (wafer, lot) VALUES ('X', 'NONE')", NULL, NULL, NULL),
                         SQLITE_CONSTRAINT_FOREIGNKEY);
        fixture_write(fixture, "wafer.csv", "wafer,lot\nX,NONE\n", 17);
        assert_int_equal(import_one(fixture, store, "wafer.csv", NULL, NULL), FAB_INPUT);
        assert_non_null(strstr(fixture->lines[i], "wafer.csv:2:3: lot is 'NONE', must be in table lot"));
    }
    fab_store_close(store);
}

/* ---- random splits and merges ---- */

enum { RANDOM_EVENTS = 10000, RANDOM_LOTS_MAX = RANDOM_EVENTS + 100 };

struct random_lots {
    uint64_t seed;
    int wafers[RANDOM_LOTS_MAX], parent[RANDOM_LOTS_MAX], seq[RANDOM_LOTS_MAX], count;
    int minute;
    FILE *events;
};

static int draw(struct random_lots *lots, int below)
{
    lots->seed = lots->seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((lots->seed >> 33) % (uint64_t)below);
}

static void write_event(struct random_lots *lots, int lot, const char *event, int change, int reason)
{
    char text[16] = "";
    if (reason >= 0)
        snprintf(text, sizeof text, "R%d", reason);
    fprintf(lots->events, "R%d,%d,2026-%02d-%02dT%02d:%02d:00,%s,%d,%d,%s\n", lot, ++lots->seq[lot], lots->minute / 1440 / 28 + 1,
            lots->minute / 1440 % 28 + 1, lots->minute / 60 % 24, lots->minute % 60, event, lots->wafers[lot], lots->wafers[lot] + change,
            text);
    lots->wafers[lot] += change;
}

static int add_lot(struct random_lots *lots, int parent)
{
    lots->parent[lots->count] = parent;
    return lots->count++;
}

/* One split into up to three, or one merge of up to three. Several fall on the same minute. */
static void happen(struct random_lots *lots)
{
    int lot = draw(lots, lots->count), given = 0;
    lots->minute += draw(lots, 4) > 0;
    if (lots->wafers[lot] > 3 && draw(lots, 2)) {
        int children = 1 + draw(lots, 3);
        for (int c = 0; c < children; c++, given++)
            write_event(lots, add_lot(lots, lot), draw(lots, 2) ? "split" : "start", 1, lot);
        write_event(lots, lot, "split", -given, -1);
    } else {
        for (int g = 0; g < 3; g++) {
            int giver = draw(lots, lots->count), gift = lots->wafers[giver] > 0 ? 1 + draw(lots, lots->wafers[giver]) : 0;
            if (giver == lot || gift == 0)
                continue;
            write_event(lots, giver, "merge", -gift, lot);
            given += gift;
        }
        if (given > 0)
            write_event(lots, lot, "merge", given, -1);
    }
}

static void write_lots(struct fixture *fixture, const struct random_lots *lots)
{
    FILE *file = open_file(fixture, "lot.csv", "lot,source,start_time,wafers,parent_lot,status");
    for (int l = 0; l < lots->count; l++) {
        char parent[16] = "";
        if (lots->parent[l] >= 0)
            snprintf(parent, sizeof parent, "R%d", lots->parent[l]);
        fprintf(file, "R%d,CHIP@R,2026-01-01T00:00:00,%d,%s,%s\n", l, lots->wafers[l], parent, lots->wafers[l] > 0 ? "active" : "done");
    }
    fclose(file);
}

static void random_splits_and_merges_keep_wafers(void **state)
{
    static struct random_lots lots;
    struct fixture *fixture = *state;
    const char *paths[] = {fixture->folder};
    fab_store *store = open_mini(fixture);
    lots = (struct random_lots){.seed = 20260101};
    lots.events = open_file(fixture, "lot_event.csv", "lot,seq,time,event,wafers_before,wafers_after,reason");
    for (int l = 0; l < 100; l++)
        write_event(&lots, add_lot(&lots, -1), "start", LOT_WAFERS, -1);
    for (int e = 0; e < RANDOM_EVENTS && lots.count + 3 < RANDOM_LOTS_MAX; e++)
        happen(&lots);
    fclose(lots.events);
    write_lots(fixture, &lots);
    fixture_import(fixture, store, fixture->folder);
    assert_int_equal(fixture_integer(fixture, store, "SELECT CAST(SUM(wafers) AS INTEGER) FROM lot"), 100 * LOT_WAFERS);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot_event WHERE event = 'merge'") > RANDOM_EVENTS / 4);
    assert_true(fixture_integer(fixture, store, "SELECT COUNT(*) FROM lot WHERE parent_lot IS NOT NULL") > 300);

    /* any one wafer more or less is found */
    for (int i = 0; i < 5; i++) {
        char sql[400];
        snprintf(sql, sizeof sql,
                 "UPDATE lot_event SET wafers_after = wafers_after %c 1 WHERE (lot, seq) = (SELECT lot, seq FROM lot_event "
                 "WHERE (event = 'split' OR event = 'merge') AND wafers_after > 1 LIMIT 1 OFFSET %d)",
                 i % 2 ? '-' : '+', 37 * i);
        assert_int_equal(sqlite3_exec(store->db, "SAVEPOINT broken", NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
        fab_table *findings = NULL;
        fixture_ok(fixture, fab_store_check(fixture->context, store, &findings));
        bool split = false;
        for (int r = 0; r < fab_table_rows(findings); r++)
            split |= strstr(fab_table_get(findings, r, 4)->text, "keeps wafers)") != NULL;
        assert_true(split);
        fab_table_free(findings);
        assert_int_equal(sqlite3_exec(store->db, "ROLLBACK TO broken; RELEASE broken", NULL, NULL, NULL), SQLITE_OK);
    }
    fixture_ok(fixture, fab_csv_import(fixture->context, store, paths, 1, NULL, NULL));
    fab_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_file_is_added_once_and_changed_where_it_differs, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(new_and_known_rows_may_alternate, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(replace_deletes_history_that_the_file_does_not_have, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_late_duplicate_is_found, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(only_changed_tables_are_checked_again, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_of_other_tables_are_limited, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(findings_are_placed_in_long_files, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(references_are_enforced_after_an_import, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(random_splits_and_merges_keep_wafers, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
