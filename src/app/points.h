/* What one point of batch fill, of availability by its largest cause and of setup batching of a tool group is worth, in capacity and, solved again, in money.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_POINTS_H
#define FAB_POINTS_H

#include "standing.h"
#include "values.h"

enum { FAB_POINT_COUNT = 3 };

struct fab_points {
    struct fab_value_line line[FAB_POINT_COUNT]; /* those that were solved again; texts belong to the plan */
    int count;
    fab_table *table; /* point, cause, step, from, to, capacity_frac, capacity_starts, gain_usd, objective_usd, bound_usd */
};

/* Of a tool group with batches that are not full: batch_fill 0.01 higher (up to 1). With stops by time: availability 0.01 higher, by shorter stops of the cause that takes most (all of it, if it takes less). With setups or
 * trains: units_per_setup and units_per_train 1 % more. Capacity is that of the plan's mix in the horizon. A point with which there is no plan is left out. FAB_NO_MEMORY, FAB_INTERRUPTED. Cost: building the program and a solve for each. */
fab_status fab_points_find(fab_context *context, const struct fab_standing *standing, int tool_group, struct fab_points *points);
void fab_points_fini(struct fab_points *points);

#endif
