/* The hash of the inputs: what a plan was made of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "number.h"
#include "sha256.h"
#include "try.h"

#include <stdio.h>
#include <string.h>

/* Between cells, rows and tables stand bytes that no value holds: a text cannot be moved over a border without changing the hash. */
static const char cell_end = '\x1F', row_end = '\x1E', table_end = '\x1D';

/* NULL is what SQLite gives when memory is short. */
static bool add_text(fab_sha256 *sha256, const char *text)
{
    return text && fab_sha256_add(sha256, text, strlen(text));
}

/* Numbers in their shortest decimal, which tells every two doubles apart; an empty cell as nothing, a text with a mark before it. */
static bool add_cell(fab_sha256 *sha256, sqlite3_stmt *statement, int column)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    bool good = true;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: good = add_text(sha256, fab_number_print(sqlite3_column_double(statement, column), number)); break;
    default: good = add_text(sha256, "'") && add_text(sha256, (const char *)sqlite3_column_text(statement, column)); break;
    }
    return good && fab_sha256_add(sha256, &cell_end, 1);
}

/* A column that came later counts where it has a value, by its name: data that do not use it keep their hash. */
static bool add_column(fab_sha256 *sha256, sqlite3_stmt *statement, const struct fab_column *column, int place)
{
    if (!(column->flags & FAB_LATER))
        return add_cell(sha256, statement, place);
    return sqlite3_column_type(statement, place) == SQLITE_NULL || (add_text(sha256, column->name) && add_cell(sha256, statement, place));
}

/* Only the columns of the dictionary: where a figure comes from does not change a plan. */
static fab_status add_table(fab_context *context, fab_store *store, const struct fab_table_def *def, fab_sha256 *sha256)
{
    sqlite3_stmt *statement = NULL;
    bool row = false, begun = !(def->columns[0].flags & FAB_LATER);
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_SELECT_SORTED, &statement));
    if (begun)
        TRY_MEMORY(context, add_text(sha256, def->name));
    for (;;) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        if (!begun)
            TRY_MEMORY(context, add_text(sha256, def->name));
        begun = true;
        TRY_MEMORY(context, fab_sha256_add(sha256, &row_end, 1));
        for (int c = 0; c < def->column_count; c++)
            TRY_MEMORY(context, add_column(sha256, statement, &def->columns[c], c));
    }
    if (begun)
        TRY_MEMORY(context, fab_sha256_add(sha256, &table_end, 1));
out:
    sqlite3_finalize(statement);
    return status;
}

/* In the order of the dictionary, but for bills of material: they came before substitutes when plans were first hashed. */
fab_status fab_store_hash_inputs(fab_context *context, fab_store *store, char hex[65])
{
    bool held = false;
    fab_sha256 *sha256 = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, sha256 = fab_sha256_new());
    TRY(fab_store_hold(context, store, &held));
    for (int t = 0; t < fab_dictionary_count; t++) {
        if (strcmp(fab_dictionary[t].name, "substitute") == 0)
            TRY(add_table(context, store, fab_dictionary_find("bom"), sha256));
        if (fab_dictionary[t].record_size > 0 && strcmp(fab_dictionary[t].name, "bom") != 0)
            TRY(add_table(context, store, &fab_dictionary[t], sha256));
    }
    TRY_MEMORY(context, fab_sha256_finish(sha256, hex));
out:
    fab_store_let_go(store, held);
    fab_sha256_free(sha256);
    return status;
}

/* ---- the seal ---- */

/* All columns of a table, those beside the dictionary too: whoever reads a note believes it. */
static fab_status add_whole_table(fab_context *context, fab_store *store, const char *table, fab_sha256 *sha256)
{
    const fab_parameter of_table = {":table", fab_text(table)};
    sqlite3_stmt *order = NULL, *rows = NULL;
    char *sql = NULL;
    bool row = true;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, "store_select_sorted", &order));
    TRY(fab_store_bind(context, store, order, &of_table, 1, FAB_INTERNAL));
    TRY(fab_store_step(context, store, order, &row));
    TRY_MEMORY(context, sql = sqlite3_mprintf("%s", sqlite3_column_text(order, 0)));
    TRY(fab_store_prepare(context, store, sql, &rows));
    TRY_MEMORY(context, add_text(sha256, table));
    for (;;) {
        TRY(fab_store_step(context, store, rows, &row));
        if (!row)
            break;
        for (int c = 0; c < sqlite3_column_count(rows); c++)
            TRY_MEMORY(context, add_cell(sha256, rows, c));
    }
    TRY_MEMORY(context, fab_sha256_add(sha256, &table_end, 1));
out:
    sqlite3_free(sql);
    sqlite3_finalize(rows);
    sqlite3_finalize(order);
    return status;
}

/* The hash of the inputs is over what plans read, a seal over everything that is stored of them. */
static fab_status make_seal(fab_context *context, fab_store *store, char hex[65])
{
    fab_sha256 *sha256 = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, sha256 = fab_sha256_new());
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            TRY(add_whole_table(context, store, fab_dictionary[t].name, sha256));
    TRY_MEMORY(context, fab_sha256_finish(sha256, hex));
out:
    fab_sha256_free(sha256);
    return status;
}

fab_status fab_store_seal(fab_context *context, fab_store *store)
{
    char hex[FAB_SHA256_HEX_SIZE];
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    TRY(make_seal(context, store, hex));
    TRY(fab_store_prepare_query(context, store, "store_write_seal", &statement));
    TRY(fab_store_bind(context, store, statement, &(fab_parameter){":sha256", fab_text(hex)}, 1, FAB_INTERNAL));
    TRY(fab_store_execute(context, store, statement));
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_check_seal(fab_context *context, fab_store *store)
{
    char hex[FAB_SHA256_HEX_SIZE];
    sqlite3_stmt *statement = NULL;
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, "store_read_seal", &statement));
    TRY(fab_store_step(context, store, statement, &row));
    const char *seal = row ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (row)
        TRY(make_seal(context, store, hex));
    if (row && strcmp(hex, seal) != 0) /* seals of before were the hash of the inputs */
        TRY(fab_store_hash_inputs(context, store, hex));
    if (row && strcmp(hex, seal) != 0)
        status = fab_fail(context, FAB_DATABASE,
                          "%s: damaged, or its inputs were changed by another program: their hash is not the stored one; "
                          "restore a copy, or import the data into a new database",
                          store->path);
out:
    sqlite3_finalize(statement);
    return status;
}
