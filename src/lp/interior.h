/* Interior point: Mehrotra's predictor-corrector with Gondzio's multiple centrality corrections (S. Mehrotra 1992, "On the implementation of a primal-dual interior point method"; J. Gondzio 1996, "Multiple centrality corrections in a primal-dual method for linear programming"), by augmented factors (factor.h) while they
 * have the digits, by normal ones where they have not.
 *
 * The answer is a point and multipliers, which need no basis to be proven; they are those of the middle of the optimal face. Statuses are the point's sides: 'l' and 'u' where a reduced cost holds a column at its limit, 'b'
 * elsewhere; that is no basis. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INTERIOR_H
#define FAB_INTERIOR_H

#include "engine.h"

enum fab_interior_result {
    FAB_INTERIOR_DONE,       /* the estimate of the gap and the residuals are within what the exact check allows */
    FAB_INTERIOR_UNDECIDED,  /* it did not get there; the point is the best that was seen, and may be of use */
    FAB_INTERIOR_INFEASIBLE, /* proven: the multipliers of the answer say so (fab_interior_proves_empty) */
    FAB_INTERIOR_TIME
};

struct fab_interior_asked {
    const fab_lp *lp;                     /* sealed, without whole numbers */
    const struct fab_lp_factors *factors; /* as of fab_lp_scale, for all rows and columns */
    const struct fab_engine_watch *watch;
    bool brief; /* whoever asks has an answer: a few iterations, by factors that are cheap */
};

/* *solution NULL when no point is known. FAB_INTERRUPTED within a block of a factorisation; FAB_NO_MEMORY; FAB_INTERNAL when the factors would be too large. Deterministic for one core of the arithmetic library. Cost: 20 to 60
 * factorisations. */
fab_status fab_interior_solve(fab_context *context, const struct fab_interior_asked *asked, enum fab_interior_result *result, fab_lp_solution **solution);

#endif
