/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lshaped_cut.h"

#include "model.h"

#include "try.h"
#include <math.h>
#include <stdlib.h>

/* What a term brings at the side of its interval that is best. */
static long double best_side(long double factor, double lower, double upper)
{
    return factor == 0 ? 0 : factor * (factor > 0 ? upper : lower);
}

/* Rows bound from the side that their multiplier pulls to, where they have one. */
static long double take_multipliers(const fab_lp *lp, const double multiplier[], double usable[])
{
    long double sum = 0;
    for (int i = 0; i < lp->row_count; i++) {
        double limit = multiplier[i] > 0 ? lp->row[i].upper : lp->row[i].lower;
        usable[i] = isfinite(limit) ? multiplier[i] : 0;
        sum += best_side(usable[i], lp->row[i].lower, lp->row[i].upper);
    }
    return sum;
}

fab_status fab_lshaped_cut_make(fab_context *context, const struct fab_lshaped_program *of, bool possibility, const double multiplier[], struct fab_lshaped_cut *result)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = of->lp;
    struct fab_lshaped_cut cut = {.future = of->future, .possibility = possibility};
    TRY_MEMORY(context, cut.slope = calloc((size_t)of->tools + 1, sizeof *cut.slope));
    TRY_MEMORY(context, cut.multiplier = calloc((size_t)lp->row_count + 1, sizeof *cut.multiplier));
    long double sum = take_multipliers(lp, multiplier, cut.multiplier) + (possibility ? 0 : lp->objective_constant);
    for (int j = 0; j < lp->column_count; j++) {
        long double reduced = possibility ? 0 : lp->column[j].objective;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            reduced -= (long double)lp->value[k] * cut.multiplier[lp->row_index[k]];
        if (of->tool[j] != FAB_NONE)
            cut.slope[of->tool[j]] = (double)reduced;
        else
            sum += best_side(reduced, lp->column[j].lower, lp->column[j].upper);
    }
    cut.intercept = (double)sum;
    *result = cut;
    cut = (struct fab_lshaped_cut){0};
out:
    fab_lshaped_cut_fini(&cut);
    return status;
}

void fab_lshaped_cut_fini(struct fab_lshaped_cut *cut)
{
    free(cut->slope);
    free(cut->multiplier);
    *cut = (struct fab_lshaped_cut){0};
}
