/* A stored plan solved again with something changed: in memory, with its own proof, never stored.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPLAN_H
#define FAB_REPLAN_H

#include "fab.h"
#include "planning.h"
#include "plan.h"

struct fab_replan {
    struct fab_planned planned; /* the plan's model is of it */
    fab_plan *plan;
};

/* What is asked besides the plan's own choices. */
struct fab_replan_asked {
    const struct fab_change_list *more; /* changes behind the plan's own, NULL: none */
    const fab_plan *near;               /* from whose basis the solve starts, NULL: none */
    const fab_plan *before;             /* what is decided before surprise_from is what this plan decided, NULL: everything is known from the start */
    int32_t surprise_from;
    bool untied;                        /* any of equally good points will do: no stage of ties */
};

/* The plan of a fab that is a plan's (fab_open_plan), with its own choices and what is asked besides. `quiet` takes what is found wrong with the changes. FAB_INPUT: there is something. Cost: the solve's. */
fab_status fab_replan(fab_context *context, fab *opened, const struct fab_replan_asked *asked, fab_context *quiet, struct fab_replan *result);
/* The model of it alone: findings of the changes go to the context, FAB_INPUT when there are any. fab_planned_fini. O(inputs). */
fab_status fab_replan_load(fab_context *context, fab *opened, const struct fab_replan_asked *asked, struct fab_planned *planned);

void fab_replan_fini(struct fab_replan *replan);

#endif
