/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_given.h"

#include <math.h>
#include <stdlib.h>

/* Of the sum of the constants' terms. */
#define LOOSE (FAB_LP_FEASIBILITY / 1000)

struct fab_lp_given *fab_lp_given_find(const fab_lp *lp)
{
    struct fab_lp_given *given = calloc((size_t)lp->row_count + 1, sizeof *given);
    for (int j = 0; given && j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1] && fab_lp_column_is_constant(&lp->column[j]); k++) {
            const struct fab_lp_row *row = &lp->row[lp->row_index[k]];
            double term = lp->value[k] * lp->column[j].lower;
            given[lp->row_index[k]].sum += (long double)lp->value[k] * lp->column[j].lower;
            given[lp->row_index[k]].loose += row->lower < row->upper ? LOOSE * fabs(term) : 0;
        }
    return given;
}
