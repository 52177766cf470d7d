/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_estimate.h"

#include <math.h>
#include <string.h>

/* A multiplier that pulls to a limit which is none bounds nothing, and counts as 0. */
static double usable(const struct fab_lp_row *row, double multiplier)
{
    return isfinite(multiplier > 0 ? row->upper : row->lower) ? multiplier : 0;
}

long double fab_lp_estimate_bound(const fab_lp *lp, const double *multiplier, double share, double *reduced)
{
    long double bound = share * (long double)lp->objective_constant;
    for (int i = 0; i < lp->row_count; i++) {
        double y = usable(&lp->row[i], multiplier[i]);
        if (y != 0)
            bound += (long double)y * (y > 0 ? lp->row[i].upper : lp->row[i].lower);
    }
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        long double cost = share * (long double)column->objective;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            cost -= (long double)lp->value[k] * usable(&lp->row[lp->row_index[k]], multiplier[lp->row_index[k]]);
        bound += cost * (cost > 0 ? column->upper : column->lower);
        if (reduced)
            reduced[j] = (double)cost;
    }
    return bound;
}

static void sum_rows(const fab_lp *lp, const double *x, const struct fab_lp_sums *sums)
{
    memset(sums->activity, 0, (size_t)lp->row_count * sizeof *sums->activity);
    memset(sums->largest, 0, (size_t)lp->row_count * sizeof *sums->largest);
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            sums->activity[lp->row_index[k]] += (long double)lp->value[k] * x[j];
            sums->largest[lp->row_index[k]] = fmax(sums->largest[lp->row_index[k]], fabs(lp->value[k] * x[j]));
        }
}

static double excess(long double beyond, double limit, double largest)
{
    return isfinite(limit) ? (double)fmaxl(0, beyond) / fmax(fmax(1, largest), fabs(limit)) : 0;
}

struct fab_lp_estimate fab_lp_estimate(const fab_lp *lp, const double *x, const double *multiplier, const struct fab_lp_sums *sums)
{
    struct fab_lp_estimate estimate = {0};
    long double objective = lp->objective_constant, bound = fab_lp_estimate_bound(lp, multiplier, 1, NULL);
    for (int j = 0; j < lp->column_count; j++)
        objective += (long double)lp->column[j].objective * x[j];
    sum_rows(lp, x, sums);
    for (int i = 0; i < lp->row_count; i++) {
        const struct fab_lp_row *row = &lp->row[i];
        double above = excess(sums->activity[i] - row->upper, row->upper, sums->largest[i]), below = excess(row->lower - sums->activity[i], row->lower, sums->largest[i]);
        estimate.row_residual = fmax(estimate.row_residual, fmax(above, below));
    }
    estimate.objective = (double)objective;
    estimate.bound = (double)bound;
    estimate.gap = (double)((bound - objective) / fmaxl(1, fabsl(objective)));
    return estimate;
}
