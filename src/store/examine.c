/* Is this file a sound fabplan database? The schema must be, to the letter, what the migrations make: then no trigger, view or index of
 * somebody else can change what a query means. SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"
#include "internal.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Up to this size everything is checked on opening, indexes against their tables too (milliseconds). Above it is a history of millions of
 * rows, whose check takes seconds: then all tables but the history, and the history by `doctor`. */
static const int64_t SMALL_DATABASE = 32 << 20; /* bytes */

enum { SCHEMA_COLUMNS = 4 /* of store_schema.sql */, FIELD_END = 0x1f /* in the list of objects */ };

static fab_status pragma_integer(fab_context *context, fab_store *store, const char *sql, int64_t *value)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare(context, store, sql, &statement));
    TRY(fab_store_step(context, store, statement, &row));
    *value = row ? sqlite3_column_int64(statement, 0) : 0;
out:
    sqlite3_finalize(statement);
    return status;
}

static fab_status check_header(fab_context *context, fab_store *store, int *version)
{
    int64_t application = 0, schema = 0;
    fab_status status = FAB_OK;
    TRY(pragma_integer(context, store, "PRAGMA application_id", &application));
    TRY(pragma_integer(context, store, "PRAGMA user_version", &schema));
    if (application != FAB_STORE_APPLICATION_ID)
        return fab_fail(context, FAB_DATABASE, "%s: foreign: a database, but not a fabplan database", store->path);
    if (schema > fab_store_schema_version())
        return fab_fail(context, FAB_DATABASE, "%s: newer: its schema is %lld, this program knows up to %d; use a newer fabplan",
                        store->path, (long long)schema, fab_store_schema_version());
    if (schema < 1)
        return fab_fail(context, FAB_DATABASE, "%s: foreign: schema version %lld", store->path, (long long)schema);
    *version = (int)schema;
out:
    return status;
}

static const char *column(sqlite3_stmt *statement, int index)
{
    const char *text = (const char *)sqlite3_column_text(statement, index);
    return text ? text : "";
}

/* Order of two rows (type, name, ...); the end comes last. */
static int compare_rows(sqlite3_stmt *a, bool a_row, sqlite3_stmt *b, bool b_row)
{
    if (!a_row || !b_row)
        return (int)b_row - (int)a_row;
    int order = strcmp(column(a, 0), column(b, 0));
    return order ? order : strcmp(column(a, 1), column(b, 1));
}

/* Walks the two sorted lists of schema objects side by side. */
static fab_status compare_schemas(fab_context *context, fab_store *store, sqlite3_stmt *actual, sqlite3_stmt *expected, fab_store *fresh)
{
    fab_status status = FAB_OK;
    for (;;) {
        bool actual_row, expected_row;
        TRY(fab_store_step(context, store, actual, &actual_row));
        TRY(fab_store_step(context, fresh, expected, &expected_row));
        if (!actual_row && !expected_row)
            break;
        int order = compare_rows(actual, actual_row, expected, expected_row);
        if (order < 0)
            return fab_fail(context, FAB_DATABASE, "%s: foreign: %s %s is not of fabplan", store->path, column(actual, 0),
                            column(actual, 1));
        if (order > 0)
            return fab_fail(context, FAB_DATABASE, "%s: foreign: %s %s is missing", store->path, column(expected, 0), column(expected, 1));
        for (int c = 2; c < SCHEMA_COLUMNS; c++)
            if (strcmp(column(actual, c), column(expected, c)) != 0)
                return fab_fail(context, FAB_DATABASE, "%s: foreign: %s %s is not what fabplan makes", store->path, column(actual, 0),
                                column(actual, 1));
    }
out:
    return status;
}

/* Goes on behind a field of the list of objects if it is this one. */
static bool take_field(const char **list, const char *field)
{
    size_t length = strlen(field);
    if (strncmp(*list, field, length) != 0 || (*list)[length] != FIELD_END)
        return false;
    *list += length + 1;
    return true;
}

/* Whether all objects are those of the list that the build has made of this program's schema. */
static fab_status is_as_listed(fab_context *context, fab_store *store, bool *listed)
{
    const struct fab_file *file = fab_store_find_file("schema.list");
    const char *list = file ? file->bytes : "";
    sqlite3_stmt *objects = NULL;
    bool row = true, same = true;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, "store_schema", &objects));
    while (same && row) {
        TRY(fab_store_step(context, store, objects, &row));
        for (int c = 0; c < SCHEMA_COLUMNS && same && row; c++)
            same = take_field(&list, column(objects, c));
    }
    *listed = same && *list == '\0';
out:
    sqlite3_finalize(objects);
    return status;
}

/* What differs is found beside a database that the migrations have just made; so is a schema of before. */
static fab_status compare_with_fresh(fab_context *context, fab_store *store, int version)
{
    fab_store *fresh = NULL;
    sqlite3_stmt *actual = NULL, *expected = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_open_memory(context, &fresh));
    TRY(fab_store_migrate(context, fresh, 0, version));
    TRY(fab_store_prepare_query(context, store, "store_schema", &actual));
    TRY(fab_store_prepare_query(context, fresh, "store_schema", &expected));
    TRY(compare_schemas(context, store, actual, expected, fresh));
out:
    sqlite3_finalize(actual);
    sqlite3_finalize(expected);
    fab_store_close(fresh);
    return status;
}

static fab_status check_schema(fab_context *context, fab_store *store, int version)
{
    bool listed = false;
    fab_status status = version == fab_store_schema_version() ? is_as_listed(context, store, &listed) : FAB_OK;
    return status != FAB_OK || listed ? status : compare_with_fresh(context, store, version);
}

/* The error that kept a check of SQLite from looking at a page, SQLITE_OK for none: it says nothing about what the page holds. */
static int error_met(const char *found)
{
    static const char mark[] = "error code=";
    const char *place = strstr(found, mark);
    int code = place ? (int)strtol(place + sizeof mark - 1, NULL, 10) : SQLITE_OK;
    return (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_NOMEM ? code : SQLITE_OK;
}

/* Runs one of SQLite's checks, which give the single row "ok" or what is wrong. */
static fab_status check_pages(fab_context *context, fab_store *store, const char *pragma)
{
    sqlite3_stmt *statement = NULL;
    const char *found = "no answer";
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare(context, store, pragma, &statement));
    TRY(fab_store_step(context, store, statement, &row));
    if (row)
        found = column(statement, 0);
    if (error_met(found))
        status = fab_store_fail_code(context, store->path, error_met(found), sqlite3_errstr(error_met(found)));
    else if (strcmp(found, "ok") != 0)
        status = fab_fail(context, FAB_DATABASE, "%s: damaged: %s; restore a copy of it", store->path, found);
out:
    sqlite3_finalize(statement);
    return status;
}

static bool is_history(const char *table)
{
    const struct fab_table_def *def = fab_dictionary_find(table);
    return def && def->record_size == 0;
}

static fab_status check_table(fab_context *context, fab_store *store, const char *table)
{
    fab_status status = FAB_OK;
    char *pragma = NULL;
    TRY_MEMORY(context, pragma = sqlite3_mprintf("PRAGMA integrity_check(%Q)", table));
    TRY(check_pages(context, store, pragma));
out:
    sqlite3_free(pragma);
    return status;
}

/* Checks each table but those of the history. */
static fab_status check_plan_tables(fab_context *context, fab_store *store)
{
    sqlite3_stmt *schema = NULL;
    bool row = true;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, "store_schema", &schema));
    for (;;) {
        TRY(fab_store_step(context, store, schema, &row));
        if (!row)
            break;
        if (strcmp(column(schema, 0), "table") == 0 && !is_history(column(schema, 1)))
            TRY(check_table(context, store, column(schema, 1)));
    }
out:
    sqlite3_finalize(schema);
    return status;
}

static fab_status measure(fab_context *context, fab_store *store, int64_t *bytes)
{
    int64_t pages = 0, page_size = 0;
    fab_status status = FAB_OK;
    TRY(pragma_integer(context, store, "PRAGMA page_count", &pages));
    TRY(pragma_integer(context, store, "PRAGMA page_size", &page_size));
    *bytes = pages * page_size;
out:
    return status;
}

static fab_status examine(fab_context *context, fab_store *store, bool full, int *version)
{
    int64_t bytes = 0;
    fab_status status = FAB_OK;
    TRY(check_header(context, store, version));
    TRY(check_schema(context, store, *version));
    TRY(measure(context, store, &bytes));
    if (full || bytes <= SMALL_DATABASE) {
        TRY(check_pages(context, store, "PRAGMA integrity_check(1)"));
        TRY(fab_store_check_references(context, store));
    } else {
        TRY(check_plan_tables(context, store));
    }
    /* the seal of an older schema is over columns that this one has not: there is nothing to compare it with */
    if (*version == fab_store_schema_version())
        TRY(fab_store_check_seal(context, store));
out:
    return status;
}

/* What SQLite cannot make sense of is the file's fault. */
fab_status fab_store_examine(fab_context *context, fab_store *store, bool full, int *version)
{
    fab_status status = examine(context, store, full, version);
    return status == FAB_INTERNAL ? FAB_DATABASE : status;
}

fab_status fab_store_verify(fab_context *context, fab_store *store)
{
    int version;
    fab_store_enter(store, context);
    return fab_store_examine(context, store, true, &version);
}
