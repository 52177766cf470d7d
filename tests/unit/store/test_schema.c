/* The schema that the migrations make, against the data dictionary; every query compiles on it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"

#include "dictionary.h"
#include "internal.h"

#include <math.h>

static fab_store *open_memory(struct fixture *fixture)
{
    fab_store *store = NULL;
    fixture_ok(fixture, fab_store_open(fixture->context, NULL, FAB_STORE_MEMORY, &store));
    return store;
}

static sqlite3_stmt *prepare(fab_store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
    return statement;
}

static const char *sql_type(fab_column_type type)
{
    switch (type) {
    case FAB_COLUMN_REAL: return "REAL";
    case FAB_COLUMN_INT:
    case FAB_COLUMN_FLAG: return "INTEGER";
    default: return "TEXT";
    }
}

static bool has_optional_key(const struct fab_table_def *def)
{
    for (int c = 0; c < def->column_count; c++)
        if ((def->columns[c].flags & FAB_KEY) && (def->columns[c].flags & FAB_OPTIONAL))
            return true;
    return false;
}

/* table_info: cid, name, type, notnull, dflt_value, pk. */
static void check_column(sqlite3_stmt *info, const char *table, const char *name, const char *type, bool required, int key)
{
    if (sqlite3_step(info) != SQLITE_ROW)
        fail_msg("%s has no column %s", table, name);
    assert_string_equal((const char *)sqlite3_column_text(info, 1), name);
    assert_string_equal((const char *)sqlite3_column_text(info, 2), type);
    if (sqlite3_column_int(info, 3) != required || sqlite3_column_int(info, 5) != key)
        fail_msg("%s.%s: notnull %d, pk %d", table, name, sqlite3_column_int(info, 3), sqlite3_column_int(info, 5));
}

static void tables_have_the_columns_of_the_dictionary(void **state)
{
    fab_store *store = open_memory(*state);
    for (int t = 0; t < fab_dictionary_count; t++) {
        const struct fab_table_def *def = &fab_dictionary[t];
        bool unique_index = has_optional_key(def);
        int keys = 0;
        char sql[128];
        snprintf(sql, sizeof sql, "PRAGMA table_info(%s)", def->name);
        sqlite3_stmt *info = prepare(store, sql);
        for (int c = 0; c < def->column_count; c++) {
            const struct fab_column *column = &def->columns[c];
            int key = (column->flags & FAB_KEY) && !unique_index ? ++keys : 0;
            check_column(info, def->name, column->name, sql_type(column->type), !(column->flags & FAB_OPTIONAL), key);
        }
        check_column(info, def->name, "basis", "TEXT", false, 0);
        check_column(info, def->name, "note", "TEXT", false, 0);
        if (sqlite3_step(info) != SQLITE_DONE)
            fail_msg("%s has the column %s that the dictionary does not have", def->name, (const char *)sqlite3_column_text(info, 1));
        sqlite3_finalize(info);
    }
    fab_store_close(store);
}

/* foreign_key_list: id, seq, table, from, to, ... */
static void references_are_foreign_keys(void **state)
{
    fab_store *store = open_memory(*state);
    for (int t = 0; t < fab_dictionary_count; t++) {
        const struct fab_table_def *def = &fab_dictionary[t];
        int expected = 0, found = 0;
        char sql[128];
        for (int c = 0; c < def->column_count; c++)
            expected += def->columns[c].type == FAB_COLUMN_REF;
        snprintf(sql, sizeof sql, "PRAGMA foreign_key_list(%s)", def->name);
        sqlite3_stmt *list = prepare(store, sql);
        for (; sqlite3_step(list) == SQLITE_ROW; found++) {
            int c = fab_table_def_find_column(def, (const char *)sqlite3_column_text(list, 3));
            assert_true(c >= 0);
            assert_int_equal(def->columns[c].type, FAB_COLUMN_REF);
            assert_string_equal((const char *)sqlite3_column_text(list, 2), def->columns[c].ref);
        }
        sqlite3_finalize(list);
        assert_int_equal(found, expected);
    }
    fab_store_close(store);
}

/* Does the column's own CHECK accept the value? The other columns are left out, so that the row itself is refused for them: only the
 * message tells. */
static bool check_refuses(fab_store *store, const char *table, const char *column, const char *value)
{
    char sql[512];
    snprintf(sql, sizeof sql, "INSERT OR FAIL INTO %s (%s) VALUES (%s)", table, column, value);
    sqlite3_exec(store->db, "PRAGMA foreign_keys = OFF; BEGIN", NULL, NULL, NULL);
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    bool refused = code == SQLITE_CONSTRAINT_CHECK || code == SQLITE_CONSTRAINT_DATATYPE;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return refused;
}

/* NOT NULL is checked before CHECK, so the ranges are tried on copies of the tables without NOT NULL and keys. */
static void relax(fab_store *store, const struct fab_table_def *def)
{
    static const char *words[] = {" NOT NULL", " PRIMARY KEY"};
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT sql FROM sqlite_schema WHERE name = '%s'", def->name);
    sqlite3_stmt *statement = prepare(store, sql);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    char *tail = strstr(text, "PRIMARY KEY (");
    if (tail) {
        tail[0] = '\0';
        *strrchr(text, ',') = ')';
        strcpy(strrchr(text, ')') + 1, " STRICT");
    }
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        for (char *at; (at = strstr(text, words[w])) != NULL;)
            memmove(at, at + strlen(words[w]), strlen(at + strlen(words[w])) + 1);
    char *copy = sqlite3_mprintf("CREATE TABLE relaxed_%s %s", def->name, strchr(text, '('));
    if (sqlite3_exec(store->db, copy, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", copy, sqlite3_errmsg(store->db));
    sqlite3_free(copy);
    free(text);
}

static void assert_check(fab_store *store, const struct fab_table_def *def, const struct fab_column *column, const char *value,
                         bool refused)
{
    char table[128];
    snprintf(table, sizeof table, "relaxed_%s", def->name);
    if (check_refuses(store, table, column->name, value) != refused)
        fail_msg("%s.%s: %s is %s", def->name, column->name, value, refused ? "accepted" : "refused");
}

static void check_range(fab_store *store, const struct fab_table_def *def, const struct fab_column *column)
{
    char text[64];
    bool open = (column->flags & FAB_MIN_OPEN) != 0, below = (column->flags & FAB_MAX_OPEN) != 0;
    double beyond = column->type == FAB_COLUMN_REAL ? 1e-9 : 1;
    snprintf(text, sizeof text, "%.17g", column->minimum);
    assert_check(store, def, column, text, open);
    snprintf(text, sizeof text, "%.17g", column->minimum - beyond * fmax(1, 1e7 * fabs(column->minimum)));
    assert_check(store, def, column, text, true);
    snprintf(text, sizeof text, "%.17g", column->maximum);
    assert_check(store, def, column, text, below);
    snprintf(text, sizeof text, "%.17g", column->maximum + beyond * fmax(1, 1e7 * fabs(column->maximum)));
    assert_check(store, def, column, text, true);
    assert_check(store, def, column, "9e999", true);
    assert_check(store, def, column, "'text'", true);
    assert_check(store, def, column, "NULL", false);
}

static void check_choices(fab_store *store, const struct fab_table_def *def, const struct fab_column *column)
{
    char word[128];
    for (const char *start = column->choices, *end; *start; start = *end ? end + 1 : end) {
        end = start + strcspn(start, "|");
        snprintf(word, sizeof word, "'%.*s'", (int)(end - start), start);
        assert_check(store, def, column, word, false);
    }
    assert_check(store, def, column, "'something else'", true);
    assert_check(store, def, column, "''", true);
}

static void checks_are_the_rules_of_the_dictionary(void **state)
{
    fab_store *store = open_memory(*state);
    for (int t = 0; t < fab_dictionary_count; t++) {
        const struct fab_table_def *def = &fab_dictionary[t];
        relax(store, def);
        for (int c = 0; c < def->column_count; c++) {
            const struct fab_column *column = &def->columns[c];
            switch (column->type) {
            case FAB_COLUMN_REAL:
            case FAB_COLUMN_INT:
            case FAB_COLUMN_FLAG: check_range(store, def, column); break;
            case FAB_COLUMN_CHOICE: check_choices(store, def, column); break;
            case FAB_COLUMN_ID:
            case FAB_COLUMN_TEXT:
                assert_check(store, def, column, "''", true);
                assert_check(store, def, column, "'x'", false);
                assert_check(store, def, column, "printf('%.*c', 4001, 'x')", true);
                break;
            case FAB_COLUMN_DATE:
                assert_check(store, def, column, "'2028-02-29'", false);
                assert_check(store, def, column, "'2027-02-29'", true);
                assert_check(store, def, column, "'2027-1-1'", true);
                assert_check(store, def, column, "'2027-01-01T00:00:00'", true);
                break;
            case FAB_COLUMN_TIME:
                assert_check(store, def, column, "'2027-01-01T06:30:00'", false);
                assert_check(store, def, column, "'2027-01-01'", true);
                assert_check(store, def, column, "'2027-01-01 06:30:00'", true);
                break;
            case FAB_COLUMN_REF: break;
            }
        }
    }
    fab_store_close(store);
}

static void alternates_with_empty_columns_are_unique(void **state)
{
    fab_store *store = open_memory(*state);
    const char *row = "INSERT INTO tool_alternate (tool_group, alternate, route) VALUES ('A', 'B', NULL)";
    sqlite3_exec(store->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
    assert_int_equal(sqlite3_exec(store->db, row, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(store->db, row, NULL, NULL, NULL), SQLITE_CONSTRAINT_UNIQUE);
    fab_store_close(store);
}

/* Plans and estimates are written once. */
static void plans_and_estimates_are_never_changed(void **state)
{
    fab_store *store = open_memory(*state);
    sqlite3_exec(store->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
    assert_int_equal(sqlite3_exec(store->db, "INSERT INTO plan_budget VALUES (1, 'P', 1, 2, 3)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(store->db, "UPDATE plan_budget SET spent_usd = 5", NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    assert_int_equal(sqlite3_exec(store->db, "DELETE FROM plan_budget", NULL, NULL, NULL), SQLITE_CONSTRAINT_TRIGGER);
    assert_int_equal(sqlite3_exec(store->db, "REPLACE INTO plan_budget VALUES (1, 'P', 1, 9, 3)", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT_TRIGGER);
    sqlite3_stmt *count = prepare(
        store, "SELECT (SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND (name GLOB 'plan*' OR name GLOB 'yield_*' OR name GLOB 'sweep*')), "
               "(SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_no_*')");
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(count, 1), 2 * sqlite3_column_int(count, 0));
    sqlite3_finalize(count);
    fab_store_close(store);
}

static bool is_query(const struct fab_file *file, const char *prefix)
{
    return strncmp(file->name, prefix, strlen(prefix)) == 0;
}

/* Each is one statement with a head comment; those with temporary tables need them made first. */
static void every_query_compiles(void **state)
{
    fab_store *store = open_memory(*state);
    int count = 0;
    for (const struct fab_file *file = fab_store_files; file->name; file++)
        if (is_query(file, "store_temp_"))
            assert_int_equal(sqlite3_exec(store->db, file->bytes, NULL, NULL, NULL), SQLITE_OK);
    for (const struct fab_file *file = fab_store_files; file->name; file++) {
        sqlite3_stmt *statement = NULL;
        const char *rest = NULL;
        if (is_query(file, "0") || is_query(file, "schema."))
            continue;
        if (sqlite3_prepare_v2(store->db, file->bytes, -1, &statement, &rest) != SQLITE_OK)
            fail_msg("%s: %s", file->name, sqlite3_errmsg(store->db));
        assert_non_null(statement);
        if (strspn(rest, " \n") != strlen(rest))
            fail_msg("%s has more than one statement", file->name);
        if (strncmp(file->bytes, "--", 2) != 0)
            fail_msg("%s has no head comment", file->name);
        if (is_query(file, "check_"))
            assert_int_equal(sqlite3_column_count(statement), 6);
        sqlite3_finalize(statement);
        count++;
    }
    assert_true(count > 20);
    fab_store_close(store);
}

/* The image, from which new databases start, is what the migrations make one by one, to the letter; so is the list that databases are held against. */
static void the_whole_schema_is_what_the_migrations_make(void **state)
{
    static const char objects[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";
    struct fixture *fixture = *state;
    fab_store *whole = open_memory(fixture), *steps = NULL;
    int version = fab_store_schema_version(), count = 0;
    fixture_ok(fixture, fab_store_open_memory(fixture->context, &steps));
    fixture_ok(fixture, fab_store_migrate(fixture->context, steps, 0, version - 1));
    fixture_ok(fixture, fab_store_migrate(fixture->context, steps, version - 1, version));
    const char *rest = fab_store_find_file("schema.list")->bytes;
    sqlite3_stmt *numbered = prepare(whole, "PRAGMA user_version");
    assert_int_equal(sqlite3_step(numbered), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(numbered, 0), version);
    sqlite3_finalize(numbered);
    sqlite3_stmt *left = prepare(whole, objects), *right = prepare(steps, objects);
    for (; sqlite3_step(left) == SQLITE_ROW; count++) {
        assert_int_equal(sqlite3_step(right), SQLITE_ROW);
        for (int c = 0; c < 4; c++) {
            const char *field = (const char *)sqlite3_column_text(left, c);
            assert_string_equal(field, (const char *)sqlite3_column_text(right, c));
            assert_memory_equal(rest, field, strlen(field));
            assert_int_equal(rest[strlen(field)], 0x1f);
            rest += strlen(field) + 1;
        }
    }
    assert_int_equal(sqlite3_step(right), SQLITE_DONE);
    assert_string_equal(rest, "");
    assert_true(count > 100);
    sqlite3_finalize(left);
    sqlite3_finalize(right);
    fab_store_close(whole);
    fab_store_close(steps);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_whole_schema_is_what_the_migrations_make, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(tables_have_the_columns_of_the_dictionary, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(references_are_foreign_keys, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(checks_are_the_rules_of_the_dictionary, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(alternates_with_empty_columns_are_unique, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(plans_and_estimates_are_never_changed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(every_query_compiles, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
