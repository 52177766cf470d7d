/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_scale.h"

#include "array.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

enum { PASSES = 10 };

struct extremes {
    double least, largest; /* 0 for a row without coefficients */
};

static void add_extreme(struct extremes *extremes, double size)
{
    if (extremes->largest == 0 || size < extremes->least)
        extremes->least = size;
    if (size > extremes->largest)
        extremes->largest = size;
}

static double geometric(const struct extremes *extremes)
{
    return extremes->largest > 0 ? 1 / (sqrt(extremes->least) * sqrt(extremes->largest)) : 1;
}

void fab_lp_factors_fini(struct fab_lp_factors *factors)
{
    free(factors->row);
    free(factors->column);
}

/* Rows from `first` on, by the columns that have factors. */
static void scale_rows(const fab_lp *lp, struct fab_lp_factors *factors, struct extremes *row, int first)
{
    for (int i = first; i < lp->row_count; i++)
        row[i] = (struct extremes){0, 0};
    for (int j = 0; j < factors->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (lp->row_index[k] >= first)
                add_extreme(&row[lp->row_index[k]], fabs(lp->value[k]) * factors->column[j]);
    for (int i = first; i < lp->row_count; i++)
        factors->row[i] = geometric(&row[i]);
}

static void scale_columns(const fab_lp *lp, struct fab_lp_factors *factors, int first, bool largest_to_one)
{
    for (int j = first; j < lp->column_count; j++) {
        struct extremes column = {0, 0};
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            add_extreme(&column, fabs(lp->value[k]) * factors->row[lp->row_index[k]]);
        factors->column[j] = largest_to_one && column.largest > 0 ? 1 / column.largest : geometric(&column);
    }
}

static void round_to_powers(double *scale, int first, int count)
{
    for (int i = first; i < count; i++)
        scale[i] = exp2(rint(log2(scale[i])));
}

fab_status fab_lp_scale(fab_context *context, const fab_lp *lp, struct fab_lp_factors *factors)
{
    fab_status status = FAB_OK;
    int rows = factors->row_count, columns = factors->column_count, passes = rows == 0 && columns == 0 ? PASSES : 1;
    struct extremes *row = NULL;
    if (rows == lp->row_count && columns == lp->column_count)
        return FAB_OK;
    TRY_MEMORY(context, fab_array_room(&factors->row, rows, lp->row_count - rows, &factors->row_capacity, sizeof *factors->row) &&
                            fab_array_room(&factors->column, columns, lp->column_count - columns, &factors->column_capacity, sizeof *factors->column));
    TRY_MEMORY(context, row = malloc(((size_t)lp->row_count + 1) * sizeof *row));
    if (passes > 1)
        for (factors->column_count = 0; factors->column_count < lp->column_count; factors->column_count++)
            factors->column[factors->column_count] = 1;
    for (int pass = 0; pass < passes; pass++) {
        scale_rows(lp, factors, row, rows);
        scale_columns(lp, factors, columns, pass + 1 == passes);
    }
    round_to_powers(factors->row, rows, lp->row_count);
    round_to_powers(factors->column, columns, lp->column_count);
    factors->row_count = lp->row_count;
    factors->column_count = lp->column_count;
out:
    free(row);
    return status;
}
