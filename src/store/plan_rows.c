/* Copies of a plan, whatever tables there are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sealed.h"

#include "try.h"

#include <limits.h>

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
    TRY(fab_sealed_visit(context, from, &fab_sealed_plan, from, plan, copy_table, &copy));
    TRY(fab_store_commit(context, to));
out:
    fab_store_rollback(to);
    return status;
}
