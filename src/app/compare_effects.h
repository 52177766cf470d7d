/* Which changed input moved which result: the first plan solved again with one kind of change at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COMPARE_EFFECTS_H
#define FAB_COMPARE_EFFECTS_H

#include "compare_inputs.h"

/* What two stored plans are worth. */
struct fab_compared_plan {
    int64_t plan;
    const char *choices; /* its options: policy, start and so on */
    double objective_usd, profit_usd, gap;
};

struct fab_comparison {
    fab *handle; /* both are stored there */
    struct fab_compared_plan base, other;
    int most; /* kinds of changes that are solved one at a time, the first ones; 0: none */
};

/* Appends to `reasons` (fab_reasons_table) a row for each kind of change: what it is, how many differences, the first one, what it makes of objective and profit of the first plan, its gap, and each
 * customer's fill; and a row for what only all of them together make. A single kind of change is the whole difference of the two plans: nothing is solved. FAB_INTERRUPTED. Cost: a solve for the base
 * and a warm one for each kind. */
fab_status fab_compare_effects(fab_context *context, const struct fab_comparison *comparison, fab *base, const struct fab_input_groups *groups, fab_table *reasons);

/* plan, input, differences, example, objective_usd, profit_usd, gap (NULL: not solved), fills; NULL when memory is short. */
fab_table *fab_reasons_table(void);

#endif
