/* What may happen to a plan: regions that stop, scenarios; solved again from its basis.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SHOCK_H
#define FAB_SHOCK_H

#include "replan.h"
#include "standing.h"
#include "survival.h"

struct fab_shock {
    const char *key; /* the region, or the scenario's name */
    bool stop;       /* of a region, for good */
    int32_t from;    /* its first day, at least the plan's */
    int period;      /* in which that is */
    int32_t surprise_from; /* FAB_DATE_NONE: known from the start */
    struct fab_change_list *changes;
};

struct fab_shocks {
    fab_arena *arena;
    struct fab_shock *shock;
    int count;
};

/* Every region that sources of the plan depend on, stopped from the requested day on, which is a surprise unless it is the plan's first, and the requested scenarios, which come as they say. FAB_USAGE: a day outside the horizon, an
 * unknown scenario. O(dependencies x regions). */
fab_status fab_shocks_find(fab_context *context, fab *handle, const struct fab_standing *standing, const fab_independence_request *request, struct fab_shocks **shocks);
void fab_shocks_free(struct fab_shocks *shocks);

/* The same day a year later. */
int32_t fab_shock_year_end(const struct fab_shock *shock);

/* The plan with it: what was decided before a surprise is what `base`, the plan at its stored point, decided. Cost: a solve. */
fab_status fab_shock_solve(fab_context *context, const struct fab_standing *standing, const fab_plan *base, const struct fab_shock *shock, struct fab_replan *moved);

#endif
