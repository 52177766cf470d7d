/* Opening databases: new, existing, locked, foreign, newer, damaged, hostile.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "internal.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

enum { PATH_SIZE = FIXTURE_PATH_SIZE * 2, FLIPS = 200, OLDER = 4 /* schema */ };

static const char mini[] = FAB_SOURCE_FOLDER "/data/mini";

/* Makes a database with a small data set; path gets its name. */
static void make_database(struct fixture *fixture, char path[PATH_SIZE])
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, fixture_path(fixture, "fab.db", path), FAB_STORE_CREATE, &store));
    fixture_import(fixture, store, mini);
    fab_store_close(store);
}

/* Changes the file behind fabplan's back. */
static void run_outside(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static void assert_refused(struct fixture *fixture, const char *path, fab_status expected, const char *message)
{
    static const fab_store_mode modes[] = {FAB_STORE_READ, FAB_STORE_WRITE};
    for (size_t m = 0; m < sizeof modes / sizeof *modes; m++) {
        fab_store *store = NULL;
        fab_status status = fab_store_open(fixture->context, path, modes[m], &store);
        if (status != expected)
            fail_msg("%s: %s", fab_status_name(status), fab_context_message(fixture->context));
        assert_null(store);
        assert_message(fixture, message);
    }
}

static int files_in(const char *folder)
{
    int count = 0;
    DIR *directory = opendir(folder);
    while (readdir(directory))
        count++;
    closedir(directory);
    return count - 2;
}

static void a_new_database_can_be_opened_again(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = NULL;
    make_database(fixture, path);
    assert_int_equal(files_in(fixture->folder), 1);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM demand"), 2);
    fixture_ok(fixture, fab_store_verify(fixture->context, store));
    fab_store_close(store);
    assert_int_equal(files_in(fixture->folder), 1);
}

static void an_existing_file_is_never_made_anew(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = NULL;
    make_database(fixture, path);
    assert_int_equal(fab_store_open(fixture->context, path, FAB_STORE_CREATE, &store), FAB_USAGE);
    assert_message(fixture, "exists already");
    fixture_write(fixture, "text", "hello", 5);
    assert_int_equal(fab_store_open(fixture->context, fixture_path(fixture, "text", path), FAB_STORE_CREATE, &store), FAB_USAGE);
    assert_int_equal(fab_store_open(fixture->context, fixture_path(fixture, "no/such/folder", path), FAB_STORE_CREATE, &store), FAB_OUTPUT);
    assert_int_equal(fab_store_open(fixture->context, "", FAB_STORE_CREATE, &store), FAB_USAGE);
}

static void what_is_not_there_or_no_database_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    assert_refused(fixture, fixture_path(fixture, "none.db", path), FAB_USAGE, "No such file");
    assert_refused(fixture, fixture->folder, FAB_USAGE, "not a file");
    fixture_write(fixture, "text.db",
                  "This is no database, but it is long enough to be looked at for quite a while, a hundred bytes at least.", 103);
    assert_refused(fixture, fixture_path(fixture, "text.db", path), FAB_DATABASE, "not a database");
    fixture_write(fixture, "empty.db", "", 0);
    assert_refused(fixture, fixture_path(fixture, "empty.db", path), FAB_DATABASE, "empty");
}

static void foreign_and_newer_databases_are_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    run_outside(fixture_path(fixture, "other.db", path), "CREATE TABLE t (x)");
    assert_refused(fixture, path, FAB_DATABASE, "foreign: a database, but not a fabplan database");
    make_database(fixture, path);
    run_outside(path, "PRAGMA user_version = 9999");
    assert_refused(fixture, path, FAB_DATABASE, "newer: its schema is 9999");
}

static void additions_to_the_schema_are_refused(void **state)
{
    static const struct {
        const char *sql, *message;
    } cases[] = {
        {"CREATE TRIGGER t AFTER INSERT ON site BEGIN DELETE FROM line; END", "foreign: trigger t"},
        {"CREATE TEMP TABLE x (y); CREATE VIEW spy AS SELECT * FROM demand", "foreign: view spy"},
        {"CREATE TABLE extra (x)", "foreign: table extra"},
        {"CREATE INDEX i ON demand (quantity)", "foreign: index i"},
        {"DROP TABLE capex_budget", "foreign: table capex_budget is missing"},
        {"ALTER TABLE site ADD COLUMN city TEXT", "foreign: table site is not what fabplan makes"},
        {"DROP TRIGGER plan_no_update", "foreign: trigger plan_no_update is missing"},
        {"CREATE VIRTUAL TABLE v USING fts5(x)", "foreign: table v"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[PATH_SIZE];
        make_database(fixture, path);
        run_outside(path, cases[i].sql);
        assert_refused(fixture, path, FAB_DATABASE, cases[i].message);
        unlink(path);
    }
}

static void statistics_are_no_addition(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = NULL;
    make_database(fixture, path);
    run_outside(path, "ANALYZE");
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    fab_store_close(store);
}

static void inputs_changed_by_another_program_are_refused(void **state)
{
    static const char *const changes[] = {"UPDATE demand SET quantity = quantity + 1", "UPDATE demand SET note = 'promised'", "UPDATE source_cost SET basis = 'contract'"};
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
        make_database(fixture, path);
        run_outside(path, changes[c]);
        assert_refused(fixture, path, FAB_DATABASE, "changed by another program");
        unlink(path);
    }
    make_database(fixture, path);
    run_outside(path, "PRAGMA foreign_keys = OFF; DELETE FROM site");
    assert_refused(fixture, path, FAB_DATABASE, "damaged: a row of line names a row of site");
    unlink(path);
    make_database(fixture, path);
    run_outside(path, "PRAGMA ignore_check_constraints = ON; UPDATE demand SET quantity = -1; DELETE FROM input_seal");
    assert_refused(fixture, path, FAB_DATABASE, "damaged: CHECK constraint failed in demand");
}

/* Databases of before were sealed with the hash of what plans read. */
static void a_seal_of_before_is_right(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE], hex[65], sql[200];
    fab_store *store = NULL;
    make_database(fixture, path);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, hex));
    fab_store_close(store);
    snprintf(sql, sizeof sql, "UPDATE input_seal SET inputs_sha256 = '%s'", hex);
    run_outside(path, sql);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    fab_store_close(store);
    run_outside(path, "UPDATE demand SET quantity = quantity + 1");
    assert_refused(fixture, path, FAB_DATABASE, "changed by another program");
}

static void truncated_files_are_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    size_t size;
    make_database(fixture, path);
    char *bytes = fixture_read(path, &size);
    for (int part = 1; part < 16; part++) {
        fixture_write(fixture, "fab.db", bytes, size * (size_t)part / 16);
        assert_refused(fixture, path, FAB_DATABASE, "");
    }
    free(bytes);
}

/* Refused, or all inputs are as they were: a turned byte may lie where nothing is stored. */
static void flipped_bytes_are_refused_or_harmless(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE], right[65], hex[65];
    size_t size;
    fab_store *store = NULL;
    int refused = 0;
    uint64_t random = 12345;
    make_database(fixture, path);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, right));
    fab_store_close(store);
    char *bytes = fixture_read(path, &size);
    for (int i = 0; i < FLIPS; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t at = i < 120 ? (size_t)i : (size_t)(random >> 33) % size;
        bytes[at] = (char)(bytes[at] ^ (1 << (random >> 61)));
        fixture_write(fixture, "fab.db", bytes, size);
        bytes[at] = (char)(bytes[at] ^ (1 << (random >> 61)));
        store = NULL;
        fab_status status = fab_store_open(fixture->context, path, FAB_STORE_READ, &store);
        if (status == FAB_OK)
            status = fab_store_hash_inputs(fixture->context, store, hex);
        if (status != FAB_OK && status != FAB_DATABASE)
            fail_msg("byte %zu: %s: %s", at, fab_status_name(status), fab_context_message(fixture->context));
        if (status == FAB_OK)
            assert_string_equal(hex, right);
        refused += status != FAB_OK;
        fab_store_close(store);
    }
    free(bytes);
    assert_true(refused > FLIPS / 20);
}

static void a_locked_database_is_busy(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = NULL, *other = NULL;
    make_database(fixture, path);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_WRITE, &store));
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_WRITE, &other));
    fixture_ok(fixture, fab_store_begin(fixture->context, store));
    assert_int_equal(fab_store_begin(fixture->context, other), FAB_BUSY);
    assert_message(fixture, "locked by another program");
    fab_store_rollback(store);
    fixture_ok(fixture, fab_store_begin(fixture->context, other));
    fab_store_rollback(other);
    fab_store_close(store);
    fab_store_close(other);
}

static void a_database_opened_for_reading_is_not_written(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    size_t size, size_after;
    fab_store *store = NULL;
    const char *paths[] = {mini};
    make_database(fixture, path);
    char *before = fixture_read(path, &size);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 1, NULL, NULL), FAB_OUTPUT);
    fab_store_close(store);
    char *after = fixture_read(path, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
}

/* A killed writer leaves a journal: the next one who opens, even for reading, finds the database as it was before. */
static void an_interrupted_write_is_undone(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE], journal[PATH_SIZE], saved[PATH_SIZE];
    size_t size, journal_size;
    fab_store *store = NULL;
    sqlite3 *db = NULL;
    make_database(fixture, path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA cache_size = 2; PRAGMA cache_spill = 1; BEGIN; UPDATE demand SET quantity = 7;"
                                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
                                  "INSERT INTO site SELECT 'S' || i, 'x', NULL, NULL FROM n",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    char *bytes = fixture_read(path, &size);
    char *journal_bytes = fixture_read(fixture_path(fixture, "fab.db-journal", journal), &journal_size);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_true(journal_size > 512);
    fixture_write(fixture, "killed.db", bytes, size);
    fixture_write(fixture, "killed.db-journal", journal_bytes, journal_size);
    fixture_ok(fixture, fab_store_open(fixture->context, fixture_path(fixture, "killed.db", saved), FAB_STORE_READ, &store));
    assert_int_equal(fixture_integer(fixture, store, "SELECT CAST(SUM(quantity) AS INTEGER) FROM demand"), 200);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM site"), 1);
    fab_store_close(store);
    free(bytes);
    free(journal_bytes);
}

/* In a process of its own: imports the sample fab over what is there. */
static void import_in_child(const char *path)
{
    const char *paths[] = {FAB_SOURCE_FOLDER "/data/terafab"};
    const fab_import_options replace = {.replace = true};
    fab_context *context = fab_context_new();
    fab_store *store = NULL;
    if (fab_store_open(context, path, FAB_STORE_WRITE, &store) == FAB_OK)
        fab_csv_import(context, store, paths, 1, &replace, NULL);
    _exit(0);
}

static void a_killed_import_is_whole_or_absent(void **state)
{
    enum { KILLS = 12, STEP_MICROSECONDS = 12000 };
    struct fixture *fixture = *state;
    char path[PATH_SIZE], before[65], hex[65], first[65] = "";
    int whole = 0, absent = 0;
    for (int k = 0; k < KILLS; k++) {
        fab_store *store = NULL;
        make_database(fixture, path);
        fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
        fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, before));
        fab_store_close(store);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            import_in_child(path);
        if (k < KILLS - 1) { /* the last one is left to finish, however long that takes */
            usleep((useconds_t)k * STEP_MICROSECONDS);
            kill(child, SIGKILL);
        }
        waitpid(child, NULL, 0);
        fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store));
        fixture_ok(fixture, fab_store_hash_inputs(fixture->context, store, hex));
        fab_store_close(store);
        absent += strcmp(hex, before) == 0;
        whole += strcmp(hex, before) != 0;
        if (whole == 1)
            snprintf(first, sizeof first, "%s", hex);
        assert_true(strcmp(hex, before) == 0 || strcmp(hex, first) == 0);
        unlink(path);
    }
    assert_true(absent > 0);
    assert_true(whole > 0);
}

static void odd_names_are_only_names(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_SIZE];
    fab_store *store = NULL;
    static const char *const names[] = {"file:x?mode=memory", "a b'c\"d.db", "\xF0\x9F\x9A\x80.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_ok(fixture, fab_store_open(fixture->context, fixture_path(fixture, names[i], path), FAB_STORE_CREATE, &store));
        fab_store_close(store);
        assert_int_equal(access(path, R_OK), 0);
    }
}

static void an_interruption_stops_an_import(void **state)
{
    struct fixture *fixture = *state;
    fab_store *store = NULL;
    const char *paths[] = {mini};
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    char text[100000] = "route,from_date,days\n";
    for (size_t used = strlen(text), day = 0; used + 40 < sizeof text; day++)
        used += (size_t)snprintf(text + used, sizeof text - used, "R,%04zu-01-%02zu,3\n", 1950 + day / 28, day % 28 + 1);
    fixture_import(fixture, store, mini);
    fixture_write(fixture, "cycle_time.csv", text, strlen(text));
    fab_context_interrupt(fixture->context);
    paths[0] = fixture->folder;
    assert_int_equal(fab_csv_import(fixture->context, store, paths, 1, NULL, NULL), FAB_INTERRUPTED);
    fab_store_close(store);
}

/* A file of an older program with two inputs. */
static void make_old_file(struct fixture *fixture, const char *path, int version, const char *rows)
{
    fab_store *old = NULL;
    sqlite3 *db = NULL;
    fixture_ok(fixture, fab_store_open_memory(fixture->context, &old));
    fixture_ok(fixture, fab_store_migrate(fixture->context, old, 0, version));
    assert_int_equal(sqlite3_exec(old->db, rows, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_backup *backup = sqlite3_backup_init(db, "main", old->db, "main");
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    sqlite3_backup_finish(backup);
    sqlite3_close(db);
    fab_store_close(old);
}

/* A database of an older program: it is brought up to date when it is written, keeps its rows, and is sealed anew. */
static void an_older_schema_is_brought_up_to_date(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2], copy[FIXTURE_PATH_SIZE * 2];
    fab_store *store = NULL;
    make_old_file(fixture, fixture_path(fixture, "old.db", path), OLDER,
                  "INSERT INTO site VALUES ('S', 'Site', NULL, NULL); INSERT INTO line (line, site, kind, name) VALUES ('X', 'S', 'external', 'X');"
                  "INSERT INTO item (item, kind, name) VALUES ('I', 'component', 'I'); INSERT INTO source (source, item, line) VALUES ('A', 'I', 'X');"
                  "INSERT INTO dependency VALUES ('A', 'TW', 0.5, 'guess', 'note'); INSERT INTO receipt VALUES ('I', '2027-01-01', 7, 'b', NULL)");
    assert_int_equal(fab_store_open(fixture->context, path, FAB_STORE_READ, &store), FAB_DATABASE);
    assert_message(fixture, "schema 4 is older than this program's");
    fixture_write(fixture, "old.db.schema-4", "mine", 4); /* somebody's file of that name stays */
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_WRITE, &store));
    fab_store_close(store);
    store = NULL;
    assert_int_equal(fab_store_open(fixture->context, fixture_path(fixture, "old.db.schema-4-2", copy), FAB_STORE_READ, &store), FAB_DATABASE); /* what it was is kept */
    assert_message(fixture, "schema 4 is older than this program's");
    assert_int_equal(files_in(fixture->folder), 3);
    fixture_ok(fixture, fab_store_open(fixture->context, path, FAB_STORE_READ, &store)); /* its new seal is right */
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM dependency WHERE share = 0.5 AND lag_days IS NULL AND basis = 'guess' AND note = 'note'"), 1);
    assert_int_equal(fixture_integer(fixture, store, "SELECT COUNT(*) FROM receipt WHERE quantity = 7 AND source IS NULL AND basis = 'b'"), 1);
    fab_store_close(store);
}

/* Stops the work as soon as the old database has been kept. */
static void interrupt_when_kept(void *user, fab_level level, const char *message)
{
    (void)level;
    if (strstr(message, "is kept as"))
        fab_context_interrupt(user);
}

/* What is stopped while it is brought up to date stays what it was, and is kept once however often that happens. */
static void a_stopped_migration_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    char path[FIXTURE_PATH_SIZE * 2], copy[FIXTURE_PATH_SIZE * 2];
    fab_store *store = NULL;
    make_old_file(fixture, fixture_path(fixture, "old.db", path), OLDER, "INSERT INTO site VALUES ('S', 'Site', NULL, NULL)");
    fab_context_set_sink(fixture->context, interrupt_when_kept, fixture->context);
    for (int k = 0; k < 3; k++) {
        assert_int_equal(fab_store_open(fixture->context, path, FAB_STORE_WRITE, &store), FAB_INTERRUPTED);
        fab_context_reset(fixture->context);
        assert_int_equal(files_in(fixture->folder), 2);
        assert_int_equal(fab_store_open(fixture->context, path, FAB_STORE_READ, &store), FAB_DATABASE);
        assert_message(fixture, "schema 4 is older than this program's");
        assert_int_equal(fab_store_open(fixture->context, fixture_path(fixture, "old.db.schema-4", copy), FAB_STORE_READ, &store), FAB_DATABASE);
        assert_message(fixture, "schema 4 is older than this program's");
    }
    fab_context_set_sink(fixture->context, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_database_can_be_opened_again, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_existing_file_is_never_made_anew, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_there_or_no_database_is_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(foreign_and_newer_databases_are_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(additions_to_the_schema_are_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(statistics_are_no_addition, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(inputs_changed_by_another_program_are_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_seal_of_before_is_right, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(truncated_files_are_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(flipped_bytes_are_refused_or_harmless, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_locked_database_is_busy, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_database_opened_for_reading_is_not_written, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_interrupted_write_is_undone, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_killed_import_is_whole_or_absent, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(odd_names_are_only_names, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_interruption_stops_an_import, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_older_schema_is_brought_up_to_date, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_stopped_migration_changes_nothing, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
