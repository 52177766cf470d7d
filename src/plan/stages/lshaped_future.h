/* A future with its tools fixed, solved again and again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LSHAPED_FUTURE_H
#define FAB_LSHAPED_FUTURE_H

#include "extensive.h"
#include "lshaped_cut.h"
#include "solver.h"

/* The shared tools: `of` [columns of the extensive form] their number, FAB_NONE for others, and `place` [count] the other way. */
struct fab_lshaped_tools {
    int count, *of, *place;
};

struct fab_lshaped_future {
    int number;
    double share; /* of the weights */
    fab_program *program;
    int tools;
    int *tool;          /* [columns] which of the shared ones it is; FAB_NONE: another column, or an order that not every future knows */
    double *lower, *upper; /* [columns] limits of its tools before they were fixed */
    fab_solver *solver; /* from the first solve on */
    fab_lp_solution *now, *best; /* answers with tools fixed: the last one, and that of the best tools */
    fab_lp_certificate certificate; /* of now */
};

/* fab_lshaped_future_close, whatever comes back: it gives the program its limits of tools again. */
fab_status fab_lshaped_future_open(fab_context *context, const struct fab_extensive *extensive, int f, const struct fab_lshaped_tools *tools, struct fab_lshaped_future *future);
void fab_lshaped_future_close(struct fab_lshaped_future *future);

/* The best for it alone, from the basis of `near` (NULL: none) alone: x[tools] its own tools, and the cut. *outcome FAB_INFEASIBLE or FAB_LIMIT: there is none. A near solve. */
fab_status fab_lshaped_future_alone(fab_context *context, struct fab_lshaped_future *future, const struct fab_lshaped_future *near, double deadline, fab_outcome *outcome, double x[], struct fab_lshaped_cut *cut);

/* The best with these tools: `now` and its certificate, and the cut; where they cannot be had the cut is one of possibility. *outcome as above. A warm solve. */
fab_status fab_lshaped_future_fix(fab_context *context, struct fab_lshaped_future *future, const double x[], double deadline, fab_outcome *outcome, struct fab_lshaped_cut *cut);

#endif
