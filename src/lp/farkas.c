/* For y with |y_i| <= 1 / max(1, |limit|), y A x <= sum of y_i limit_i + what the rows are broken by, each relative to max(1, |limit|); and y A x is at least its least over the columns' limits. So the bound of
 * a program without costs at y, turned, is what is broken at least. SPDX-License-Identifier: GPL-3.0-or-later */
#include "farkas.h"

#include "empty_least.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

static double unit_of(const struct fab_lp_row *row, double multiplier)
{
    double limit = multiplier > 0 ? row->upper : row->lower;
    return isfinite(limit) ? fmax(1, fabs(limit)) : 0;
}

/* The multipliers made as long as they may be, by a power of two: nothing is rounded. Those that pull to no limit prove nothing. */
static bool fit(const fab_lp *lp, const double *multiplier, double *fitted)
{
    double most = 0;
    for (int i = 0; i < lp->row_count; i++)
        most = fmax(most, fabs(multiplier[i]) * unit_of(&lp->row[i], multiplier[i]));
    if (!(most > 0) || !isfinite(most))
        return false;
    int exponent;
    frexp(most, &exponent); /* most < 2^exponent */
    for (int i = 0; i < lp->row_count; i++)
        fitted[i] = unit_of(&lp->row[i], multiplier[i]) > 0 ? ldexp(multiplier[i], -exponent) : 0;
    return true;
}

fab_status fab_farkas_check(fab_context *context, const fab_lp *lp, const double *multiplier, bool *proven)
{
    fab_status status = FAB_OK;
    fab_lp *idle = NULL;
    fab_lp_certificate certificate;
    double *x = calloc((size_t)lp->column_count + 1, sizeof *x), *fitted = calloc((size_t)lp->row_count + 1, sizeof *fitted);
    *proven = false;
    TRY_MEMORY(context, x && fitted);
    if (!fit(lp, multiplier, fitted))
        goto out;
    TRY(fab_lp_copy(context, lp, &idle));
    idle->objective_constant = 0;
    for (int j = 0; j < lp->column_count; j++) {
        idle->column[j].objective = 0;
        x[j] = lp->column[j].lower;
    }
    TRY(fab_lp_check(context, idle, x, fitted, &certificate));
    *proven = -certificate.bound > FAB_EMPTY_LEAST;
out:
    fab_lp_free(idle);
    free(x);
    free(fitted);
    return status;
}
