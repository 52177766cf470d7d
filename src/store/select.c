/* Queries that give tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "try.h"
#include "utf8.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 128, COLUMNS_MAX = 2000 /* SQLite's own limit */ };

const struct fab_file *fab_store_find_file(const char *name)
{
    for (const struct fab_file *file = fab_store_files; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return file;
    return NULL;
}

fab_status fab_store_prepare_query(fab_context *context, fab_store *store, const char *name, sqlite3_stmt **statement)
{
    char file_name[NAME_SIZE];
    snprintf(file_name, sizeof file_name, "%s.sql", name);
    const struct fab_file *file = fab_store_find_file(file_name);
    if (!file)
        return fab_fail(context, FAB_INTERNAL, "there is no query %s", file_name);
    fab_status status = fab_store_prepare(context, store, file->bytes, statement);
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s", file_name);
}

static int bind_value(sqlite3_stmt *statement, int index, const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER: return sqlite3_bind_int64(statement, index, value->integer);
    case FAB_REAL: return sqlite3_bind_double(statement, index, value->real);
    case FAB_TEXT: return sqlite3_bind_text(statement, index, value->text, -1, SQLITE_STATIC);
    case FAB_NULL: break;
    }
    return sqlite3_bind_null(statement, index);
}

static const fab_value *find_parameter(const fab_parameter parameters[], int count, const char *name)
{
    for (int p = 0; p < count; p++)
        if (strcmp(parameters[p].name, name) == 0)
            return &parameters[p].value;
    return NULL;
}

fab_status fab_store_bind(fab_context *context, fab_store *store, sqlite3_stmt *statement, const fab_parameter parameters[], int count,
                          fab_status missing)
{
    int used = sqlite3_bind_parameter_count(statement);
    for (int index = 1; index <= used; index++) {
        const char *name = sqlite3_bind_parameter_name(statement, index);
        const fab_value *value = name ? find_parameter(parameters, count, name) : NULL;
        if (!value)
            return fab_fail(context, missing, "parameter %s has no value", name ? name : "?");
        if (bind_value(statement, index, value) != SQLITE_OK)
            return fab_store_fail(context, store);
    }
    return FAB_OK;
}

/* ---- results ---- */

fab_status fab_store_read_value(fab_context *context, const fab_store *store, sqlite3_stmt *statement, int column, fab_value *value)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: *value = fab_integer(sqlite3_column_int64(statement, column)); return FAB_OK;
    case SQLITE_FLOAT: *value = fab_real(sqlite3_column_double(statement, column)); return FAB_OK;
    case SQLITE_NULL: *value = (fab_value){.type = FAB_NULL}; return FAB_OK;
    default: break;
    }
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t length = text ? strlen(text) : 0;
    if (!text)
        return fab_fail_memory(context);
    if (fab_utf8_valid_length(text, length) != length)
        return fab_fail(context, FAB_DATABASE, "%s: text that is not UTF-8 (damaged?): '%s'", store->path, text);
    *value = fab_text(text);
    return FAB_OK;
}

/* Fills a row of the table, which keeps the texts. */
static fab_status take_row(fab_context *context, fab_store *store, sqlite3_stmt *statement, fab_table *table)
{
    fab_value *values = fab_table_add_row(table);
    fab_status status = FAB_OK;
    TRY_MEMORY(context, values);
    for (int c = 0; c < fab_table_columns(table); c++) {
        TRY(fab_store_read_value(context, store, statement, c, &values[c]));
        if (values[c].type != FAB_TEXT)
            continue;
        values[c] = fab_text(fab_table_keep(table, values[c].text));
        TRY_MEMORY(context, values[c].type == FAB_TEXT);
    }
out:
    return status;
}

static fab_table *make_table(sqlite3_stmt *statement, const char *name)
{
    const char *names[COLUMNS_MAX];
    int count = sqlite3_column_count(statement);
    for (int c = 0; c < count; c++) {
        names[c] = sqlite3_column_name(statement, c);
        if (!names[c])
            return NULL;
    }
    return fab_table_new(name, names, count);
}

fab_status fab_store_collect(fab_context *context, fab_store *store, sqlite3_stmt *statement, const char *name, int limit, fab_table **result)
{
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    bool row = true;
    TRY_MEMORY(context, table = make_table(statement, name));
    while (fab_table_rows(table) < limit) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        TRY(take_row(context, store, statement, table));
    }
    *result = table;
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

fab_status fab_store_select(fab_context *context, fab_store *store, const char *query, const fab_parameter parameters[],
                            int parameter_count, fab_table **result)
{
    sqlite3_stmt *statement = NULL;
    fab_store_enter(store, context);
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, query, &statement));
    TRY(fab_store_bind(context, store, statement, parameters, parameter_count, FAB_INTERNAL));
    TRY(fab_store_collect(context, store, statement, query, INT_MAX, result));
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_select_integer(fab_context *context, fab_store *store, const char *query, int64_t *integer)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, query, &statement));
    TRY(fab_store_step(context, store, statement, &row));
    *integer = row ? sqlite3_column_int64(statement, 0) : 0;
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_next_plan(fab_context *context, fab_store *store, int64_t *plan)
{
    fab_store_enter(store, context);
    return fab_store_select_integer(context, store, "store_next_plan", plan);
}
