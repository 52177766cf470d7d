/* What became of the starting work in process: what goes on, what waits, how long, and what holds it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIP_VIEW_H
#define FAB_WIP_VIEW_H

#include "plan.h"

/* A WIP group in the plan. */
struct fab_wip_view {
    double going, waiting; /* wafers */
    double waiting_units;  /* good units of the waiting wafers */
    double delay_days;     /* from the first day on which its wafers could go on to the one on which they do, mean of those that do; NAN: none does */
    int tool_group;        /* whose full hours cost its wafers most, FAB_NONE: none does, or nothing waits and nothing is late */
};

/* All groups, [wip_count]; the caller frees them. NULL when memory is short. O(coefficients). */
struct fab_wip_view *fab_view_wip(const fab_plan *plan);

/* Says as warnings how many wafers and units wait, and how many arrive later than they could. */
fab_status fab_wip_warn(fab_context *context, const fab_plan *plan);

#endif
