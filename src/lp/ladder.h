/* From a program without whole numbers to a checked answer: several ways through an engine, one after the other, until the exact check says yes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LADDER_H
#define FAB_LADDER_H

#include "ladder_asked.h"

/* FAB_OK with outcome FAB_OPTIMAL (verified by fab_lp_check, or the answer with the smallest error when no way gave one that is), FAB_INFEASIBLE (arrays NULL) or FAB_LIMIT
 * (arrays NULL unless a feasible point is known); FAB_INTERRUPTED; FAB_NO_MEMORY; FAB_INTERNAL when no way gave an answer.
 * An external solver's answer is proven as it is, or after the engine has gone on from its basis, which must be worth what it said; else FAB_REJECTED (code "solver_refused"): nobody else is asked. */
fab_status fab_ladder_climb(fab_context *context, const struct fab_ladder *ladder, fab_lp_solution **solution);

#endif
