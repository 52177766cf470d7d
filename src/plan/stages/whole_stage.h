/* Whole decisions: the money stage with tools in whole numbers.
 *
 * The money stage is solved without them first; a tree (tree.h) finds the best whole numbers and proves a bound; then they are fixed in the program, and what follows, values among it, is that of the program with them fixed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WHOLE_STAGE_H
#define FAB_WHOLE_STAGE_H

#include "program.h"
#include "solver.h"

/* What is proven of a money stage with whole decisions. */
struct fab_whole_proof {
    bool asked;       /* false: there are none, and all else is 0 */
    bool finished;    /* the gap that was asked for is proven */
    bool interrupted; /* the context asked to stop; the wish is taken */
    double bound;     /* no plan is worth more */
};

struct fab_whole_job {
    fab_program *program;
    fab_solver *solver; /* at the money stage, without whole numbers */
    const fab_solver_options *options;
    double gap; /* relative */
};

/* Rows that keep what a stage reached give way at a price, commitment_factor for each unit, so that whole tools can meet them: a column and its money for each, in the program. O(nonzeros). */
fab_status fab_whole_soften(fab_context *context, fab_program *program);

/* *found, an optimum of the money stage without whole numbers, becomes one with them, fixed in program and solver; without one its outcome says why (FAB_INFEASIBLE, FAB_LIMIT), and it has no arrays. */
fab_status fab_whole_run(fab_context *context, const struct fab_whole_job *job, fab_lp_solution **found, struct fab_whole_proof *proof);

/* The same for a stage before the money stage, under its own objective: the limits are those of before again, in program and solver. Takes at most half of the time that is left. */
fab_status fab_whole_try(fab_context *context, const struct fab_whole_job *job, fab_lp_solution **found, struct fab_whole_proof *proof);

/* Distance of an objective from a bound, relative. */
double fab_whole_gap(double bound, double objective);

#endif
