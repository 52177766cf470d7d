/* Trials: the program of a plan with limits moved, solved again from the plan's basis, with its own proof.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TRIAL_H
#define FAB_TRIAL_H

#include "moves.h"

/* Money below this share of the objective is nothing. */
#define FAB_SMALLEST_GAIN 1e-12

/* How closely the gain of a unit must stay that of the first step's, to hold, and how many steps are looked at. */
#define FAB_HOLDS 0.01
enum { FAB_MOST_STEPS = 1024 };

struct fab_trial {
    fab_context *context;
    const fab_plan *plan; /* its solver stands at its money stage; it may have rows behind the program's, which stay as they are */
    const fab_solver_options *options;
    const struct fab_moves *moves;
    long pivots; /* that the trials have taken */
};

/* What a trial found. */
struct fab_tried {
    fab_lp_solution *solution; /* NULL: no optimum was proven; the caller frees it */
    fab_lp_certificate certificate;
    double gain_usd; /* optimum less the plan's; NAN without one. Below the smallest gain it is 0 */
};

/* Moves `count` candidates by so many of their steps each, solves, and puts the solver's limits back. */
fab_status fab_trial_solve(struct fab_trial *trial, const int *candidate, int count, double steps, struct fab_tried *tried);

/* The largest of 2, 4, 8, ... steps (at most 1,024) up to which the gain of a step stays within 1 % of `gain_usd`, that of the first: 1 where not even two do. A solve for each. */
fab_status fab_trial_holds(struct fab_trial *trial, const int *candidate, int count, double gain_usd, double *steps);

/* What a step of a candidate is worth by the multipliers of a solution. */
double fab_trial_worth(const struct fab_trial *trial, const struct fab_candidate *candidate, const fab_lp_solution *solution);

#endif
