/* The cross-checks of an import on a model in memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "member.h"
#include "try.h"

#include <math.h>

static int bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    return text ? sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC) : sqlite3_bind_null(statement, index);
}

static int bind_reference(sqlite3_stmt *statement, int index, const fab_model *model, const struct fab_column *column, const void *row)
{
    const struct fab_table_def *parent = fab_dictionary_find(column->ref);
    int found = fab_member_reference(column, row);
    const char *rows = *fab_model_rows((fab_model *)model, parent);
    return bind_text(statement, index, found == FAB_NONE ? NULL : fab_member_text(&parent->columns[0], rows + (size_t)found * parent->record_size));
}

static int bind_number(sqlite3_stmt *statement, int index, const struct fab_column *column, const void *row)
{
    double number = fab_member_number(column, row);
    char date[FAB_DATE_TEXT_SIZE];
    if (isnan(number))
        return sqlite3_bind_null(statement, index);
    if (column->type == FAB_COLUMN_DATE)
        return sqlite3_bind_text(statement, index, fab_date_print((int32_t)number, date), -1, SQLITE_TRANSIENT);
    return column->type == FAB_COLUMN_REAL ? sqlite3_bind_double(statement, index, number) : sqlite3_bind_int64(statement, index, (int64_t)number);
}

static int bind_member(sqlite3_stmt *statement, int index, const fab_model *model, const struct fab_column *column, const void *row)
{
    if (fab_member_is_text(column))
        return bind_text(statement, index, fab_member_text(column, row));
    return column->type == FAB_COLUMN_REF ? bind_reference(statement, index, model, column, row) : bind_number(statement, index, column, row);
}

static fab_status write_table(fab_context *context, fab_store *store, const fab_model *model, const struct fab_table_def *def)
{
    fab_status status = FAB_OK;
    sqlite3_stmt *statement = NULL;
    const char *rows = *fab_model_rows((fab_model *)model, def);
    int count = *fab_model_row_count((fab_model *)model, def);
    TRY(fab_statement_prepare_insert(context, store, def, 1, &statement));
    for (int r = 0; r < count; r++) {
        for (int c = 0; c < def->column_count; c++)
            if (bind_member(statement, c + 1, model, &def->columns[c], rows + (size_t)r * def->record_size) != SQLITE_OK) {
                status = fab_store_fail(context, store);
                goto out;
            }
        TRY(fab_store_execute(context, store, statement));
    }
out:
    sqlite3_finalize(statement);
    return status;
}

fab_status fab_store_open_model(fab_context *context, const fab_model *model, fab_store **opened)
{
    fab_status status = FAB_OK;
    fab_store *store = NULL;
    TRY(fab_store_open(context, NULL, FAB_STORE_MEMORY, &store));
    fab_store_enter(store, context);
    TRY(fab_store_enforce_references(context, store, false)); /* the model has indices, which cannot miss */
    TRY(fab_store_begin(context, store));
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            TRY(write_table(context, store, model, &fab_dictionary[t]));
    TRY(fab_store_commit(context, store));
    *opened = store;
    store = NULL;
out:
    if (store)
        fab_store_rollback(store);
    fab_store_close(store);
    return status;
}

fab_status fab_store_check_model(fab_context *context, const fab_model *model, fab_table **findings)
{
    fab_status status = FAB_OK;
    fab_store *store = NULL;
    TRY(fab_store_open_model(context, model, &store));
    TRY(fab_store_check(context, store, findings));
out:
    fab_store_close(store);
    return status;
}
