/* The exact proof that a program has no point at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EMPTY_H
#define FAB_EMPTY_H

#include "empty_least.h"
#include "solver.h"

/* True in *proven when no point of a sealed program exists: the exact weak-duality bound of the program whose rows are elastic says that they are broken by more than FAB_EMPTY_LEAST. Works on a copy. Cost: one cold solve. */
fab_status fab_empty_prove(fab_context *context, const fab_lp *lp, const fab_solver_options *options, bool *proven);

#endif
