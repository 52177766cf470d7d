/* Who gets what another optimum gives, and what of the money it is: the difference of two plans of the same orders.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_GAINERS_H
#define FAB_GAINERS_H

#include "plan_table.h"

/* output: demand, customer, item, units (shipped more, or below 0 less), usd (their price, discounted): the orders of the horizon that get more or less, the largest gain first; NULL when memory is short. O(shipments). */
fab_table *fab_gainers_table(const fab_plan *plan, const fab_plan *other);

/* money: kind, usd (discounted, signed as in the objective): the difference by kind, those that are not 0; they add up to the difference of the objectives. */
fab_table *fab_gainers_money(const fab_plan *plan, const fab_plan *other);

#endif
