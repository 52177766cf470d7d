/* A stored plan is solved again: its program from the same model, its rows kept, from where its solver stood. What is asked of it then is answered by multipliers and optima that are proven anew.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_AGAIN_H
#define FAB_AGAIN_H

#include "plan.h"

/* What is stored of a plan that its program has to know, or may start from. */
struct fab_stored_point {
    const double *x;                            /* [columns]: bounds that are no limits of the data are as wide as it needs; NULL: as they are built */
    const char *row_status, *column_status;     /* basis of the money stage, NULL: none */
};

/* Builds the program of a model, which must outlive the plan, without solving it: the rows of a policy may be added then (kept.h). */
fab_status fab_plan_build(fab_context *context, const fab_model *model, fab_plan **plan);

/* Solves the money stage of a plan that was built, and proves it: outcome, solution, certificate and totals are its own; plan->solver stands there. FAB_REJECTED when no proof is found. Cost: a warm solve from a
 * good basis. */
fab_status fab_plan_solve_again(fab_context *context, fab_plan *plan, const struct fab_stored_point *point, const fab_solver_options *options);

#endif
