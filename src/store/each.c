/* The rows of a query one after the other, in bounded memory.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"
#include "try.h"

#include <stdlib.h>

static fab_status step_rows(fab_context *context, fab_store *store, sqlite3_stmt *statement, fab_row_sink *sink, void *user)
{
    int count = sqlite3_column_count(statement);
    fab_value *values = calloc((size_t)count, sizeof *values);
    fab_status status = values ? FAB_OK : fab_fail_memory(context);
    for (bool row = true; status == FAB_OK && row;) {
        status = fab_store_step(context, store, statement, &row);
        if (status != FAB_OK || !row)
            break;
        for (int c = 0; c < count && status == FAB_OK; c++)
            status = fab_store_read_value(context, store, statement, c, &values[c]);
        if (status == FAB_OK)
            status = sink(user, values, count);
    }
    free(values);
    return status;
}

fab_status fab_store_each(fab_context *context, fab_store *store, const char *query, const fab_parameter parameters[], int parameter_count,
                          fab_row_sink *sink, void *user)
{
    sqlite3_stmt *statement = NULL;
    fab_store_enter(store, context);
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(context, store, query, &statement));
    TRY(fab_store_bind(context, store, statement, parameters, parameter_count, FAB_INTERNAL));
    TRY(step_rows(context, store, statement, sink, user));
out:
    sqlite3_finalize(statement);
    return status;
}
