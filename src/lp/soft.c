/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soft.h"

#include "try.h"

#include <stdlib.h>

bool fab_soft_has(const fab_lp *lp)
{
    for (int i = 0; i < lp->row_count; i++)
        if (lp->row[i].soft)
            return true;
    return false;
}

/* The soft row that a column fills, -1: none. */
static int filled_by(const fab_lp *lp, int j)
{
    int k = lp->start[j];
    bool fills = lp->start[j + 1] == k + 1 && lp->value[k] > 0 && lp->row[lp->row_index[k]].soft;
    return fills ? lp->row_index[k] : -1;
}

/* What soft rows add up to without what fills them. */
static void add_up(const fab_lp *lp, const double *x, long double *sum)
{
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; filled_by(lp, j) < 0 && k < lp->start[j + 1]; k++)
            sum[lp->row_index[k]] += (long double)lp->value[k] * x[j];
}

fab_status fab_soft_fill(fab_context *context, const fab_lp *lp, fab_lp_solution *rest)
{
    fab_status status = FAB_OK;
    long double *sum = calloc((size_t)lp->row_count + 1, sizeof *sum);
    TRY_MEMORY(context, sum);
    add_up(lp, rest->x, sum);
    for (int j = 0; j < lp->column_count; j++) {
        int i = filled_by(lp, j);
        if (i < 0 || rest->row_status[i] != 'b' || rest->column_status[j] == 'b')
            continue;
        bool missing = sum[i] < lp->row[i].lower;
        rest->column_status[j] = missing ? 'b' : 'l';
        rest->row_status[i] = missing ? 'l' : 'b';
    }
out:
    free(sum);
    return status;
}
