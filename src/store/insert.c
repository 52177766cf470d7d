/* Tables in memory into tables of the database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"
#include "digest.h"
#include "try.h"

#include <math.h>
#include <string.h>

/* INSERT INTO "table" ("a", "b") VALUES (?1, ?2); %w doubles the quotes of a name. */
static char *make_insert(const fab_table *table, const char *verb)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    int columns = fab_table_columns(table);
    sqlite3_str_appendf(sql, "%s INTO main.\"%w\" (", verb, fab_table_name(table));
    for (int c = 0; c < columns; c++)
        sqlite3_str_appendf(sql, "%s\"%w\"", c ? ", " : "", fab_table_column_name(table, c));
    sqlite3_str_appendall(sql, ") VALUES (");
    for (int c = 0; c < columns; c++)
        sqlite3_str_appendf(sql, "%s?", c ? ", " : "");
    sqlite3_str_appendall(sql, ")");
    return sqlite3_str_finish(sql);
}

static fab_status bind_cell(fab_context *context, fab_store *store, sqlite3_stmt *statement, const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    int code = SQLITE_OK;
    switch (value->type) {
    case FAB_NULL: code = sqlite3_bind_null(statement, column + 1); break;
    case FAB_INTEGER: code = sqlite3_bind_int64(statement, column + 1, value->integer); break;
    case FAB_TEXT: code = sqlite3_bind_text(statement, column + 1, value->text, -1, SQLITE_STATIC); break;
    case FAB_REAL:
        if (!isfinite(value->real))
            return fab_fail(context, FAB_INTERNAL, "%s.%s is not a finite number", fab_table_name(table),
                            fab_table_column_name(table, column));
        code = sqlite3_bind_double(statement, column + 1, value->real);
        break;
    }
    return code == SQLITE_OK ? FAB_OK : fab_store_fail(context, store);
}

static fab_status insert_rows(fab_context *context, fab_store *store, sqlite3_stmt *statement, const fab_table *table)
{
    fab_status status = FAB_OK;
    for (int r = 0; r < fab_table_rows(table); r++) {
        for (int c = 0; c < fab_table_columns(table); c++)
            TRY(bind_cell(context, store, statement, table, r, c));
        TRY(fab_store_execute(context, store, statement));
    }
out:
    return status;
}

/* Tables whose rows have digests of their own. */
static bool grows(const char *table)
{
    return strcmp(table, "plan_value") == 0 || strcmp(table, "plan_resilience") == 0 || strcmp(table, "plan_release") == 0;
}

/* All rows or none: without a transaction of the caller in one of its own. */
static fab_status insert_all(fab_context *context, fab_store *store, const fab_table *table, const char *verb)
{
    sqlite3_stmt *statement = NULL;
    bool alone = sqlite3_get_autocommit(store->db) != 0;
    char *sql = NULL;
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    store->inputs_changed |= fab_dictionary_find(fab_table_name(table)) != NULL;
    TRY_MEMORY(context, sql = make_insert(table, verb));
    TRY(fab_store_prepare(context, store, sql, &statement));
    if (alone)
        TRY(fab_store_begin(context, store));
    TRY(insert_rows(context, store, statement, table));
    if (grows(fab_table_name(table)))
        TRY(fab_digest_seal_rows(context, store));
    if (alone)
        TRY(fab_store_commit(context, store));
out:
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    if (status != FAB_OK && alone)
        fab_store_rollback(store);
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s", fab_table_name(table));
}

fab_status fab_store_insert(fab_context *context, fab_store *store, const fab_table *table)
{
    return insert_all(context, store, table, "INSERT");
}

fab_status fab_store_replace(fab_context *context, fab_store *store, const fab_table *table)
{
    return insert_all(context, store, table, "INSERT OR REPLACE");
}
