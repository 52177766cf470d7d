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

/* The plan of a fab that is a plan's (fab_open_plan), with its own choices and with more changes behind its own (NULL: none). `near`: a plan from whose basis the solve starts, NULL: none; `quiet`
 * takes what is found wrong with the changes. FAB_INPUT: there is something. Cost: the solve's. */
fab_status fab_replan(fab_context *context, fab *opened, const struct fab_change_list *more, const fab_plan *near, fab_context *quiet, struct fab_replan *result);
void fab_replan_fini(struct fab_replan *replan);

#endif
