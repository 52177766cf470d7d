/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"

#include "check_made.h"
#include "findings.h"
#include "number.h"
#include "try.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "check_";

enum { NAME_SIZE = 128 };

/* The columns that every check gives. row_id is a rowid or the key as text. */
enum { SEVERITY, TABLE, ROW_ID, COLUMN, VALUE, MESSAGE };

/* Which tables a statement reads, as SQLite compiles it. */
struct reading {
    const bool *changed;
    bool history, changes;
};

static int note_reading(void *user, int action, const char *table, const char *column, const char *database, const char *trigger)
{
    struct reading *reading = user;
    const struct fab_table_def *def = action == SQLITE_READ && table ? fab_dictionary_find(table) : NULL;
    (void)column, (void)database, (void)trigger;
    if (def) {
        reading->history |= def->record_size == 0;
        reading->changes |= reading->changed[def - fab_dictionary];
    }
    return SQLITE_OK;
}

/* Prepares a query by its name, or SQL. *statement stays NULL when the check need not be run. */
static fab_status prepare_check(fab_context *context, fab_store *store, const char *name, const char *sql, const bool changed[], sqlite3_stmt **statement)
{
    struct reading reading = {.changed = changed};
    if (changed)
        sqlite3_set_authorizer(store->db, note_reading, &reading);
    fab_status status = sql ? fab_store_prepare(context, store, sql, statement) : fab_store_prepare_query(context, store, name, statement);
    if (changed)
        sqlite3_set_authorizer(store->db, NULL, NULL);
    if (reading.history && !reading.changes) {
        sqlite3_finalize(*statement);
        *statement = NULL;
    }
    return status;
}

/* The value at fault as text, NULL for none. */
static const char *value_text(sqlite3_stmt *statement, char number[FAB_NUMBER_TEXT_SIZE])
{
    switch (sqlite3_column_type(statement, VALUE)) {
    case SQLITE_NULL: return NULL;
    case SQLITE_TEXT: return (const char *)sqlite3_column_text(statement, VALUE);
    default: return fab_number_print(sqlite3_column_double(statement, VALUE), number);
    }
}

/* "column is 'value', message" or, without a column, "message". */
static void make_text(sqlite3_stmt *statement, const struct fab_check_row *found, char text[FAB_PROBLEM_SIZE])
{
    char shown[FAB_SHOWN_SIZE];
    const char *message = (const char *)sqlite3_column_text(statement, MESSAGE);
    message = message ? message : "";
    if (!found->column)
        snprintf(text, FAB_PROBLEM_SIZE, "%s", message);
    else if (!found->value)
        snprintf(text, FAB_PROBLEM_SIZE, "%s is empty, %s", found->column, message);
    else
        snprintf(text, FAB_PROBLEM_SIZE, "%s is '%s', %s", found->column,
                 fab_utf8_quote(found->value, FAB_SHOWN_CHARACTERS, shown, sizeof shown), message);
}

/* The key of the row at fault, NULL when there is none. */
static fab_status read_key(fab_context *context, fab_store *store, sqlite3_stmt *statement, const struct fab_table_def *def,
                           char buffer[FAB_ROW_KEY_SIZE], const char **key)
{
    fab_status status = FAB_OK;
    *key = NULL;
    if (!def || sqlite3_column_type(statement, ROW_ID) == SQLITE_NULL)
        return FAB_OK;
    if (sqlite3_column_type(statement, ROW_ID) == SQLITE_INTEGER) {
        TRY(fab_statement_read_key(context, store, def, sqlite3_column_int64(statement, ROW_ID), buffer, FAB_ROW_KEY_SIZE));
        *key = buffer;
    } else {
        *key = (const char *)sqlite3_column_text(statement, ROW_ID);
    }
    TRY_MEMORY(context, *key);
out:
    return status;
}

static fab_status run_check(fab_context *context, fab_store *store, const char *name, const char *sql, const bool changed[], fab_check_sink *sink,
                            void *user)
{
    sqlite3_stmt *statement = NULL;
    char text[FAB_PROBLEM_SIZE], key[FAB_ROW_KEY_SIZE], number[FAB_NUMBER_TEXT_SIZE];
    fab_status status = FAB_OK;
    TRY(prepare_check(context, store, name, sql, changed, &statement));
    for (bool row = true; statement;) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        const char *severity = (const char *)sqlite3_column_text(statement, SEVERITY);
        const char *table = (const char *)sqlite3_column_text(statement, TABLE);
        struct fab_check_row found = {
            .finding = severity && strcmp(severity, "finding") == 0,
            .table = table ? table : "",
            .def = table ? fab_dictionary_find(table) : NULL,
            .code = name,
            .column = (const char *)sqlite3_column_text(statement, COLUMN),
            .value = value_text(statement, number),
            .text = text,
        };
        make_text(statement, &found, text);
        TRY(read_key(context, store, statement, found.def, key, &found.key));
        TRY(sink(user, &found));
    }
out:
    sqlite3_finalize(statement);
    return status;
}

/* What the dictionary says of a table. */
static fab_status run_made(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool changed[], fab_check_sink *sink, void *user)
{
    fab_status status = FAB_OK;
    char *sql = NULL;
    for (int m = 0; m < fab_made_check_count; m++) {
        if (!fab_made_checks[m].concerns(def))
            continue;
        sqlite3_free(sql);
        TRY_MEMORY(context, sql = fab_made_checks[m].make(def));
        TRY(run_check(context, store, fab_made_checks[m].name, sql, changed, sink, user));
    }
out:
    sqlite3_free(sql);
    return status;
}

/* The embedded files are in the order of their names. */
fab_status fab_checks_run(fab_context *context, fab_store *store, const bool changed[], fab_check_sink *sink, void *user)
{
    fab_status status = FAB_OK;
    char name[NAME_SIZE];
    for (const struct fab_file *file = fab_store_files; file->name; file++) {
        if (strncmp(file->name, prefix, sizeof prefix - 1) != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(strlen(file->name) - strlen(".sql")), file->name);
        TRY(run_check(context, store, name, NULL, changed, sink, user));
    }
    for (int t = 0; t < fab_dictionary_count; t++)
        TRY(run_made(context, store, &fab_dictionary[t], changed, sink, user));
out:
    return status;
}

/* ---- as a table ---- */

struct collector {
    fab_context *context;
    fab_store *store;
    fab_table *table;
};

static fab_status collect(void *user, const struct fab_check_row *found)
{
    struct collector *collector = user;
    char key[FAB_ROW_KEY_SIZE];
    snprintf(key, sizeof key, "%s", found->key ? found->key : "");
    fab_value *row = fab_table_add_row(collector->table);
    if (!row)
        return fab_fail_memory(collector->context);
    const char *shown = found->key ? fab_statement_show_key(key) : NULL;
    const char *texts[] = {found->finding ? "finding" : "warning", found->table, shown, found->column, found->text};
    for (size_t c = 0; c < sizeof texts / sizeof *texts; c++) {
        row[c] = fab_text(fab_table_keep(collector->table, texts[c]));
        if (texts[c] && row[c].type == FAB_NULL)
            return fab_fail_memory(collector->context);
    }
    return FAB_OK;
}

fab_status fab_store_check(fab_context *context, fab_store *store, fab_table **findings)
{
    static const char *const names[] = {"severity", "tbl", "row_key", "column", "message"};
    struct collector collector = {context, store, NULL};
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    TRY_MEMORY(context, collector.table = fab_table_new("check", names, sizeof names / sizeof *names));
    TRY(fab_checks_run(context, store, NULL, collect, &collector));
    *findings = collector.table;
    collector.table = NULL;
out:
    fab_table_free(collector.table);
    return status;
}

/* ---- as warnings ---- */

static fab_status warn(void *user, const struct fab_check_row *found)
{
    char key[FAB_ROW_KEY_SIZE];
    if (found->finding) /* what cannot be planned says so itself */
        return FAB_OK;
    snprintf(key, sizeof key, "%s", found->key ? found->key : "");
    const fab_finding known = {.code = found->code,
                               .table = found->table,
                               .key = found->key ? fab_statement_show_key(key) : NULL,
                               .column = found->column,
                               .value = found->value};
    fab_finding_say(user, FAB_LEVEL_WARNING, &known, found->text);
    return FAB_OK;
}

fab_status fab_store_warn(fab_context *context, fab_store *store)
{
    fab_status status = FAB_OK;
    bool *none_changed = calloc((size_t)fab_dictionary_count, sizeof *none_changed);
    fab_store_enter(store, context);
    TRY_MEMORY(context, none_changed);
    TRY(fab_checks_run(context, store, none_changed, warn, context));
out:
    free(none_changed);
    return status;
}
