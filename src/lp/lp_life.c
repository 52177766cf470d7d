/* Programs made, copied and freed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_matrix.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

fab_lp *fab_lp_new(const char *title)
{
    fab_lp *lp = calloc(1, sizeof *lp);
    if (!lp)
        return NULL;
    lp->arena = fab_arena_new();
    lp->title = lp->arena ? fab_arena_dup(lp->arena, title ? title : "") : NULL;
    if (!lp->title) {
        fab_lp_free(lp);
        return NULL;
    }
    return lp;
}

void fab_lp_free(fab_lp *lp)
{
    if (!lp)
        return;
    fab_arena_free(lp->arena);
    free(lp->row);
    free(lp->column);
    free(lp->entry);
    fab_lp_matrix_drop(lp);
    free(lp);
}

static void *copy_of(const void *array, size_t count, size_t size)
{
    void *copy = malloc((count + 1) * size);
    if (copy && count > 0)
        memcpy(copy, array, count * size);
    return copy;
}

static bool copy_names(fab_lp *copy)
{
    for (int i = 0; i < copy->row_count; i++)
        if (!(copy->row[i].name = fab_arena_dup(copy->arena, copy->row[i].name)))
            return false;
    for (int j = 0; j < copy->column_count; j++)
        if (!(copy->column[j].name = fab_arena_dup(copy->arena, copy->column[j].name)))
            return false;
    return true;
}

fab_status fab_lp_copy(fab_context *context, const fab_lp *lp, fab_lp **result)
{
    fab_status status = fab_lp_validate(context, lp);
    if (status)
        return status;
    size_t rows = (size_t)lp->row_count, columns = (size_t)lp->column_count;
    fab_lp *copy = fab_lp_new(lp->title);
    TRY_MEMORY(context, copy);
    copy->row = copy_of(lp->row, rows, sizeof *lp->row);
    copy->column = copy_of(lp->column, columns, sizeof *lp->column);
    TRY_MEMORY(context, copy->row && copy->column);
    fab_lp_matrix_share(copy, lp);
    copy->row_count = copy->row_capacity = lp->row_count;
    copy->column_count = copy->column_capacity = copy->packed_columns = lp->column_count;
    copy->nonzero_count = lp->nonzero_count;
    copy->objective_constant = lp->objective_constant;
    copy->method = lp->method;
    TRY_MEMORY(context, copy_names(copy));
    copy->sealed = true;
    *result = copy;
    copy = NULL;
out:
    fab_lp_free(copy);
    return status;
}
