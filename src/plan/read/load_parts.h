/* What the hours of tool groups are spent on, and what they would carry with full batches, without setups and without gaps (language.md "Tools as they are").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LOAD_PARTS_H
#define FAB_LOAD_PARTS_H

#include "plan.h"

/* Of a tool group in a period. */
struct fab_load_parts {
    double load;                 /* hours of the group's own steps and lots, before offloading: the sum of the parts */
    double part[FAB_PART_COUNT]; /* hours */
    double unfilled;             /* hours that full batches would not take */
    double gaps;                 /* hours of setups and of leads of trains, rework's included */
    double starts;               /* that the hours carry: of each source its hours over those of a start on the group */
};

/* [tool groups x T]: what the plan's decisions load with the terms of its own model, or of another one of the same rows. The caller frees it. NULL when memory is short. O(loads). */
struct fab_load_parts *fab_view_load_parts(const fab_plan *plan, const fab_terms *terms);

/* Starts that the same hours would carry of the same mix if some of them were not needed. NAN when there is no load. */
double fab_load_parts_starts_without(const struct fab_load_parts *parts, double hours);

/* Says of every group that limits the plan with batches that are not full, setups or leads of trains what its hours would carry without. A note for each. */
fab_status fab_load_parts_note(fab_context *context, const fab_plan *plan);

#endif
