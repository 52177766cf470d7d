/* A start from the basis of a program that is nearly the same one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NEAR_H
#define FAB_NEAR_H

#include "solver.h"

/* Gives a solver, before its first solve, the basis of the answer to another program: a row or column takes the letter of the one of its name, a new row is basic, a new column at its lower limit. It
 * need not be a basis of this program: then it does no good and no harm. Nothing when the answer has none. FAB_NO_MEMORY. O(names x log). */
fab_status fab_near_start(fab_context *context, const fab_lp *near, const fab_lp_solution *answer, fab_solver *solver);

#endif
