/* Stages: a plan is a list of stages on one living solver; a policy is a row of a table of such lists.
 *
 * Every list ends alike (fab_policy_list); fills are rows of the program before the first stage (fills.h).
 *
 * A stage maximises an objective under all that the stages before it keep. The money stage is the one whose multipliers, bound and gap are the plan's; the stages behind it only move the point inside its optimal
 * face. One deadline runs through all. A stage of a policy may run more than one solve (a rank after the other, round after round): each of them is a result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STAGES_H
#define FAB_STAGES_H

#include "run.h"

struct fab_policy {
    const char *name, *meaning;
    const struct fab_stage *own; /* who gets the capacity; NULL: whoever earns most */
    bool promises;               /* come before it */
};

extern const struct fab_policy fab_policies[];
extern const int fab_policies_count;

/* NULL when there is none of that name. */
const struct fab_policy *fab_policy_find(const char *name);

enum { FAB_STAGES_LISTED = 8 };

/* Stages in their order. */
struct fab_stage_list {
    const struct fab_stage *stage[FAB_STAGES_LISTED];
    int count;
};

/* The stages of a plan: that of policy `profit`, where one is measured against it; promises, unless they are hard; the policy; least capital; money; calm; ties. */
struct fab_stage_list fab_policy_list(const struct fab_policy *policy, const struct fab_stages_asked *asked);

/* True when no stage comes before the money stage. */
bool fab_policy_begins_with_money(const struct fab_policy *policy, const struct fab_stages_asked *asked);

/* Runs the stages on the solver, which was opened on the program. Values that are kept become rows of both. With outcome FAB_INFEASIBLE the solver stands at the stage that has no solution. Points of stages behind the money stage are taken only
 * when the money stage's proof holds for them too. asked may be NULL: kept exactly, at any price. O(solves). */
fab_status fab_stages_run(fab_context *context, fab_program *program, const struct fab_stage_list *list, const struct fab_stages_asked *asked,
                          fab_solver *solver, const fab_solver_options *options, struct fab_stages_answer *answer);

#endif
