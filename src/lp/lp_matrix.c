/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_matrix.h"

#include <stdlib.h>
#include <string.h>

void fab_lp_matrix_drop(fab_lp *lp)
{
    if (lp->holders && --*lp->holders == 0) {
        free(lp->start);
        free(lp->row_index);
        free(lp->value);
        free(lp->holders);
    }
    lp->holders = lp->start = lp->row_index = NULL;
    lp->value = NULL;
}

bool fab_lp_matrix_take(fab_lp *lp, size_t columns, size_t nonzeros)
{
    fab_lp_matrix_drop(lp);
    lp->holders = malloc(sizeof *lp->holders);
    if (!lp->holders)
        return false;
    *lp->holders = 1;
    lp->start = malloc((columns + 1) * sizeof *lp->start);
    lp->row_index = malloc((nonzeros + 1) * sizeof *lp->row_index);
    lp->value = malloc((nonzeros + 1) * sizeof *lp->value);
    if (lp->start && lp->row_index && lp->value)
        return true;
    fab_lp_matrix_drop(lp);
    return false;
}

void fab_lp_matrix_share(fab_lp *lp, const fab_lp *from)
{
    lp->holders = from->holders;
    lp->start = from->start;
    lp->row_index = from->row_index;
    lp->value = from->value;
    ++*lp->holders;
}

bool fab_lp_matrix_own(fab_lp *lp)
{
    size_t columns = (size_t)lp->packed_columns, nonzeros = (size_t)lp->nonzero_count;
    const fab_lp shared = *lp;
    if (*lp->holders == 1)
        return true;
    lp->holders = NULL;
    if (!fab_lp_matrix_take(lp, columns, nonzeros)) {
        lp->holders = shared.holders;
        lp->start = shared.start;
        lp->row_index = shared.row_index;
        lp->value = shared.value;
        return false;
    }
    memcpy(lp->start, shared.start, (columns + 1) * sizeof *lp->start);
    memcpy(lp->row_index, shared.row_index, nonzeros * sizeof *lp->row_index);
    memcpy(lp->value, shared.value, nonzeros * sizeof *lp->value);
    --*shared.holders;
    return true;
}
