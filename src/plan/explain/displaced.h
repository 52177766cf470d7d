/* What stands before a customer: which chips earn more an hour of the tools that its own are short of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DISPLACED_H
#define FAB_DISPLACED_H

#include "plan_table.h"

/* displaced: tool_group, item, usd_per_hour, other_item, other_usd_per_hour, times (NULL: the item earns nothing), text; for every tool group that a chain (chain.h) names as full, in its order, the other items that ship, take its hours and earn
 * more an hour, the one that earns most first. NULL when memory is short. */
fab_table *fab_displaced_table(const fab_plan *plan, int item, const fab_table *chain);

#endif
