/* What a policy costs: its price in profit, and of each row that keeps a customer's or a rank's value.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_POLICY_COST_H
#define FAB_POLICY_COST_H

#include "plan.h"

/* Profit of policy `profit` less the plan's, USD; 0 within the two gaps, and for policy `profit`. O(1). */
double fab_policy_price(const fab_plan *plan);

/* Fills plan->loss_usd: the plan's profit without the row, found by solving again, less its profit; 0 within the gaps; NAN where the deadline came, and for promises. A warm solve a row. */
fab_status fab_policy_losses(fab_context *context, fab_plan *plan, const fab_solver_options *options);

/* Profit that the last USD of a kept value costs: an untested multiplier, "costs at least". */
double fab_policy_last_usd(const fab_plan *plan, const struct fab_kept *kept);

#endif
