/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_scale.h"

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

static void scale_rows(const fab_lp *lp, struct extremes *row, double *row_scale, const double *column_scale)
{
    for (int i = 0; i < lp->row_count; i++)
        row[i] = (struct extremes){0, 0};
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            add_extreme(&row[lp->row_index[k]], fabs(lp->value[k]) * column_scale[j]);
    for (int i = 0; i < lp->row_count; i++)
        row_scale[i] = geometric(&row[i]);
}

static void scale_columns(const fab_lp *lp, const double *row_scale, double *column_scale, bool largest_to_one)
{
    for (int j = 0; j < lp->column_count; j++) {
        struct extremes column = {0, 0};
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            add_extreme(&column, fabs(lp->value[k]) * row_scale[lp->row_index[k]]);
        column_scale[j] = largest_to_one && column.largest > 0 ? 1 / column.largest : geometric(&column);
    }
}

static void round_to_powers(double *scale, int count)
{
    for (int i = 0; i < count; i++)
        scale[i] = exp2(rint(log2(scale[i])));
}

fab_status fab_lp_scale(fab_context *context, const fab_lp *lp, double *row_scale, double *column_scale)
{
    struct extremes *row = malloc(((size_t)lp->row_count + 1) * sizeof *row);
    if (!row)
        return fab_fail_memory(context);
    for (int j = 0; j < lp->column_count; j++)
        column_scale[j] = 1;
    for (int pass = 0; pass < PASSES; pass++) {
        scale_rows(lp, row, row_scale, column_scale);
        scale_columns(lp, row_scale, column_scale, pass + 1 == PASSES);
    }
    round_to_powers(row_scale, lp->row_count);
    round_to_powers(column_scale, lp->column_count);
    free(row);
    return FAB_OK;
}
