/* Which chips earn most an hour of the tools that are short.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RANK_H
#define FAB_RANK_H

#include "values.h"

/* A tool group whose hours bind in at least one period of the horizon. */
struct fab_bottleneck {
    int tool_group;
    int periods;   /* in which they do */
    int period;    /* the one in which all its hours are worth most */
    double usd;    /* what all its hours of those periods would be worth at their multipliers, discounted: at most */
    const struct fab_value_line *line; /* an hour of that period, tested; of values */
};

struct fab_ranking {
    struct fab_bottleneck *bottleneck; /* what is worth most first */
    int count;
    struct fab_values *values;
};

/* The bottlenecks of a plan, `wanted` at most, and what 1 % more of their hours gains, found by solving again. FAB_NO_MEMORY. Some warm solves for each. */
fab_status fab_rank_find(fab_context *context, const fab_plan *plan, int wanted, struct fab_ranking **ranking);
void fab_ranking_free(struct fab_ranking *ranking);

/* bottlenecks: tool_group, periods, period, step, unit, gain_usd, usd_per_hour (of the step, discounted), at_most_usd, holds_to, tie, objective_usd, bound_usd. */
fab_table *fab_rank_bottlenecks(const fab_plan *plan, const struct fab_ranking *ranking);

/* chips: tool_group, rank, item, usd_per_hour ((price - cost) / hours), price_usd (mean of its orders), cost_usd and hours of a unit (margin.h), shipped, short (units); of every bottleneck the items that are ordered and take
 * its hours, the one that earns most first. Money is of the day. */
fab_table *fab_rank_chips(const fab_plan *plan, const struct fab_ranking *ranking);

#endif
