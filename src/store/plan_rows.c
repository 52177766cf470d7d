/* All rows of a plan, whatever tables there are: their hash, and copies.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "number.h"
#include "sha256.h"
#include "try.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* What is done with the rows of a plan in one table: a statement that gives them by key. */
typedef fab_status table_sink(void *user, const char *table, sqlite3_stmt *statement);

/* By all columns, the first of which are the key. */
static char *make_sql(const char *table, int columns)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "SELECT * FROM main.\"%w\" WHERE plan = :plan ORDER BY 1", table);
    for (int c = 2; c <= columns; c++)
        sqlite3_str_appendf(sql, ", %d", c);
    return sqlite3_str_finish(sql);
}

static fab_status count_columns(fab_context *context, fab_store *store, const char *table, int *columns)
{
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    char *sql = sqlite3_mprintf("SELECT * FROM main.\"%w\"", table);
    TRY_MEMORY(context, sql);
    TRY(fab_store_prepare(context, store, sql, &statement));
    *columns = sqlite3_column_count(statement);
out:
    sqlite3_free(sql);
    sqlite3_finalize(statement);
    return status;
}

static fab_status visit(fab_context *context, fab_store *store, const char *table, int64_t plan, table_sink *sink, void *user)
{
    sqlite3_stmt *statement = NULL;
    char *sql = NULL;
    int columns = 0;
    fab_status status = FAB_OK;
    TRY(count_columns(context, store, table, &columns));
    TRY_MEMORY(context, sql = make_sql(table, columns));
    TRY(fab_store_prepare(context, store, sql, &statement));
    TRY(fab_store_bind(context, store, statement, &(fab_parameter){":plan", fab_integer(plan)}, 1, FAB_INTERNAL));
    TRY(sink(user, table, statement));
out:
    sqlite3_free(sql);
    sqlite3_finalize(statement);
    return status;
}

static fab_status visit_tables(fab_context *context, fab_store *store, int64_t plan, table_sink *sink, void *user)
{
    fab_table *tables = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "store_plan_tables", NULL, 0, &tables));
    for (int t = 0; t < fab_table_rows(tables); t++)
        TRY(visit(context, store, fab_table_get(tables, t, 0)->text, plan, sink, user));
out:
    fab_table_free(tables);
    return status;
}

/* ---- copies ---- */

struct copy {
    fab_context *context;
    fab_store *from, *to;
};

static fab_status copy_table(void *user, const char *table, sqlite3_stmt *statement)
{
    struct copy *copy = user;
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    TRY(fab_store_collect(copy->context, copy->from, statement, table, INT_MAX, &rows));
    status = fab_store_insert(copy->context, copy->to, rows);
    if (status == FAB_INTERNAL) /* a value that no plan can have: somebody else wrote it */
        status = fab_fail_in(copy->context, FAB_DATABASE, "a stored plan");
out:
    fab_table_free(rows);
    return status;
}

fab_status fab_store_copy_plan(fab_context *context, fab_store *from, fab_store *to, int64_t plan)
{
    struct copy copy = {context, from, to};
    fab_status status = FAB_OK;
    fab_store_enter(from, context);
    TRY(fab_store_begin(context, to));
    TRY(visit_tables(context, from, plan, copy_table, &copy));
    TRY(fab_store_commit(context, to));
out:
    fab_store_rollback(to);
    return status;
}

/* ---- the hash ---- */

struct hash {
    fab_context *context;
    fab_store *store;
    fab_sha256 *sha256;
};

/* Rows that come later, rows that seal the others, and where a solver stood. */
static bool is_content(const char *table)
{
    static const char *const others[] = {"plan_value", "plan_hash", "plan_basis"};
    for (size_t o = 0; o < sizeof others / sizeof *others; o++)
        if (strcmp(others[o], table) == 0)
            return false;
    return true;
}

/* What two runs of the same plan may differ in, and where the inputs are kept, whose hash counts. */
static bool is_counted(const char *column)
{
    static const char *const others[] = {"plan", "name", "created_utc", "iterations", "versions", "input_sha256"};
    for (size_t o = 0; o < sizeof others / sizeof *others; o++)
        if (strcmp(others[o], column) == 0)
            return false;
    return strncmp(column, "seconds_", strlen("seconds_")) != 0;
}

/* "column=value" and an end, texts with a mark before them. */
static bool add_value(fab_sha256 *sha256, sqlite3_stmt *statement, int column)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    const char *name = sqlite3_column_name(statement, column), *text = number;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return true;
    case SQLITE_INTEGER: snprintf(number, sizeof number, "%lld", sqlite3_column_int64(statement, column)); break;
    case SQLITE_FLOAT: fab_number_print(sqlite3_column_double(statement, column), number); break;
    default: text = (const char *)sqlite3_column_text(statement, column); break;
    }
    return name && text && fab_sha256_add(sha256, name, strlen(name)) && fab_sha256_add(sha256, text == number ? "=" : "='", text == number ? 1 : 2) &&
           fab_sha256_add(sha256, text, strlen(text)) && fab_sha256_add(sha256, "\x1F", 1);
}

static bool add_row(fab_sha256 *sha256, const char *table, sqlite3_stmt *statement)
{
    bool of_plan = strcmp(table, "plan") == 0, good = fab_sha256_add(sha256, table, strlen(table)) && fab_sha256_add(sha256, "\x1D", 1);
    for (int c = 0; good && c < sqlite3_column_count(statement); c++) {
        const char *name = sqlite3_column_name(statement, c);
        if (!name || strcmp(name, "plan") == 0 || (of_plan && !is_counted(name)))
            continue;
        good = add_value(sha256, statement, c);
    }
    return good && fab_sha256_add(sha256, "\x1E", 1);
}

static fab_status hash_table(void *user, const char *table, sqlite3_stmt *statement)
{
    struct hash *hash = user;
    bool row = is_content(table);
    fab_status status = FAB_OK;
    while (row) {
        TRY(fab_store_step(hash->context, hash->store, statement, &row));
        TRY_MEMORY(hash->context, !row || add_row(hash->sha256, table, statement));
    }
out:
    return status;
}

fab_status fab_store_hash_plan(fab_context *context, fab_store *store, int64_t plan, char hex[65])
{
    struct hash hash = {context, store, fab_sha256_new()};
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    TRY_MEMORY(context, hash.sha256);
    TRY(visit_tables(context, store, plan, hash_table, &hash));
    TRY_MEMORY(context, fab_sha256_finish(hash.sha256, hex));
out:
    fab_sha256_free(hash.sha256);
    return status;
}

fab_status fab_store_seal_plan(fab_context *context, fab_store *store, int64_t plan)
{
    char hex[FAB_SHA256_HEX_SIZE];
    const fab_parameter parameters[] = {{":plan", fab_integer(plan)}, {":sha256", fab_text(hex)}};
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_hash_plan(context, store, plan, hex));
    TRY(fab_store_prepare_query(context, store, "store_write_hash", &statement));
    TRY(fab_store_bind(context, store, statement, parameters, 2, FAB_INTERNAL));
    TRY(fab_store_execute(context, store, statement));
out:
    sqlite3_finalize(statement);
    return status;
}
