/* The tools of a plan that are the same for all futures of a sweep.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROBUST_PLAN_H
#define FAB_ROBUST_PLAN_H

#include "planning.h"
#include "robust.h"

/* What is found, and what owns it. */
struct fab_robust_plan {
    struct fab_planning_robust found; /* found.tools are `tools` */
    struct fab_tools tools;
    fab_outcome outcome;
    struct fab_planned *planned; /* [count] of the futures */
    fab_terms **terms;
    fab_program **program;
    int count;
};

/* The best tool orders and removals for all futures of a sweep, by weight, and possible in the base too. `path`: a folder that was planned for the same inputs, whose runs are the futures, or the file of a sweep without draws.
 * FAB_USAGE: it is neither, is of other inputs or has a surprise; FAB_INPUT: findings of its changes. fab_robust_plan_fini. Cost: fab_robust_solve. */
fab_status fab_robust_plan_find(fab_context *context, fab *handle, const struct fab_planning *planning, const char *path, struct fab_robust_plan *plan);
void fab_robust_plan_fini(struct fab_robust_plan *plan);

#endif
