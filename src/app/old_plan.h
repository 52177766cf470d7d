/* The old plan that a new one changes as little as it must.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_APP_OLD_PLAN_H
#define FAB_APP_OLD_PLAN_H

#include "fab.h"
#include "held_reasons.h"
#include "plan.h"

/* What is asked of an old plan. */
struct fab_old_asked {
    int64_t plan;             /* 0: the released one */
    double freeze, stability; /* days, and share of a price (model.h, fab_old_plan); both 0: no old plan */
};

/* Puts it into the model: what the asked plan decided (asked->plan gets its number), or with stored > 0 what that stored plan was held to itself. FAB_USAGE: there is no such plan, or none is released. O(its rows). */
fab_status fab_old_plan_read(fab_context *context, fab *handle, struct fab_old_asked *asked, int64_t stored, fab_model *model);

/* Puts a plan that was just made into the model, for periods that start before a day. O(columns). */
fab_status fab_old_plan_take(fab_context *context, const fab_plan *before, int32_t until, fab_model *model);

/* The changes against it as table plan_held: what is frozen and changed first, the dearest first; with why of those that are changed (reasons NULL: without). NULL when memory is short. */
fab_table *fab_old_plan_table(const fab_plan *plan, int64_t number, const struct fab_held_reasons *reasons);

#endif
