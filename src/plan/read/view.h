/* Reading a solved plan by tag: values of decisions, what the rows add up to, and values of limits in money of the day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_VIEW_H
#define FAB_VIEW_H

#include "plan.h"

/* Value of a column; 0 for FAB_NONE and for what is only rounding of 0. */
double fab_view_column(const fab_plan *plan, int column);

/* Value of a decision: fab_view_column of the member of a family; 0 where there is none. */
double fab_view_value(const fab_plan *plan, int family, int a, int period);

/* What the objective gains from one more unit of a row's limit, in money of the period (discount taken out); 0 for FAB_NONE. */
double fab_view_row(const fab_plan *plan, int row, int period);

/* The same of the member of a family. */
double fab_view_limit(const fab_plan *plan, int family, int a, int period);

/* What the objective gains from one more unit of a column's limit, in money of the period: > 0 at its upper limit; < 0 for what one forced unit would lose. */
double fab_view_reduced(const fab_plan *plan, int column, int period);

/* Value of one more unit of an item in a period: what the next unit costs or would earn. */
double fab_view_unit_value(const fab_plan *plan, int item, int period);

/* Calls `read` for every coefficient of the rows of a family as it was put into the program, with the value of its column: what a row adds up to, one addend at a time. Coefficients of the
 * same place come one by one, so that what goes in and what goes out of a balance stay apart. O(coefficients of the program). */
typedef void fab_addend_read(void *user, struct fab_tag row, struct fab_tag column, double amount);
void fab_view_each_addend(const fab_plan *plan, int row_family, fab_addend_read *read, void *user);

/* planning-model.md "Values": an order is short when more than a millionth of it (of one unit, when it is smaller) is never shipped; a limit is full when no more than a millionth of it is left, and there is some; it
 * binds when it is full and worth more than a billionth of the objective. The views of schema/migrations and reports/constants say the same. */
bool fab_view_is_short(double short_units, double quantity);
bool fab_view_is_full(double used, double available);
bool fab_view_binds(const fab_plan *plan, double used, double available, double multiplier);

/* What arrives of each open order (a row of receipt): its part of what the balances take of its item's orders of the period, 0 for one outside of the plan's days. malloc [receipt_count + 1], NULL when memory is short.
 * O(receipts log T + items x T). */
double *fab_view_receipts(const fab_plan *plan);

/* Tools of a group in a period: installed, ordered and delivered, less removed. */
double fab_view_tools(const fab_plan *plan, int tool_group, int period);

/* Starts missing from the promised minimum of a source (the highest of its limits in force), and the penalties paid for all of them. */
double fab_view_missing_starts(const fab_plan *plan, int source, int period, double *penalty_usd);

/* Value of what a customer ordered in the horizon, and of what is shipped of it, at the orders' prices, not discounted. O(shipments). */
double fab_view_customer(const fab_plan *plan, int customer, double *shipped_usd);

/* How much the starts jump: the sum over the sources of own lines and over periods of |weekly rate - that of the period before|, by the starts of
 * these sources; 0 when there are none. O(sources x periods). */
double fab_view_restlessness(const fab_plan *plan);

#endif
