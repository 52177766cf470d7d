/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

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
    size_t rows = (size_t)lp->row_count, columns = (size_t)lp->column_count, nonzeros = (size_t)lp->nonzero_count;
    fab_lp *copy = fab_lp_new(lp->title);
    TRY_MEMORY(context, copy);
    copy->row = copy_of(lp->row, rows, sizeof *lp->row);
    copy->column = copy_of(lp->column, columns, sizeof *lp->column);
    copy->start = copy_of(lp->start, columns + 1, sizeof *lp->start);
    copy->row_index = copy_of(lp->row_index, nonzeros, sizeof *lp->row_index);
    copy->value = copy_of(lp->value, nonzeros, sizeof *lp->value);
    TRY_MEMORY(context, copy->row && copy->column && copy->start && copy->row_index && copy->value);
    copy->row_count = copy->row_capacity = lp->row_count;
    copy->column_count = copy->column_capacity = copy->packed_columns = lp->column_count;
    copy->nonzero_count = lp->nonzero_count;
    copy->objective_constant = lp->objective_constant;
    TRY_MEMORY(context, copy_names(copy));
    copy->sealed = true;
    *result = copy;
    copy = NULL;
out:
    fab_lp_free(copy);
    return status;
}
