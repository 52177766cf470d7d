/* The walk from a unit that is wanted to what it would cost: its marginal cost, taken apart along the way by which the plan would get it.
 *
 * For every column that the optimum uses between its limits, dual feasibility says exactly
 *     value of the units it gives = - its own money + sum over all its other rows of multiplier x coefficient + its reduced cost
 * so one loop over a column's coefficients explains it, whatever the families of its rows are: units of other items that it takes are walked in turn, every other row is a part that its
 * family names, the column's own money and its limit are parts too. A start that gives several items, or gives them over two periods, is charged to a unit by the unit's share of the value
 * of all that comes out. Where no column in use gives the unit, the cheapest way (ways.h) is taken; where there is none, that is the answer. All parts together are the cost of the unit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WALK_H
#define FAB_WALK_H

#include "parts.h"
#include "ways.h"

struct fab_walk;

/* NULL when memory is short. Borrows the plan; O(coefficients). */
struct fab_walk *fab_walk_new(const fab_plan *plan);
void fab_walk_free(struct fab_walk *walk);

/* Takes apart one more unit of an item in a period. The parts belong to the walk until the next unit; parts->failed says that memory was short. */
struct fab_parts *fab_walk_unit(struct fab_walk *walk, int item, int period);

/* Adds, to the parts of the present unit, `amount` of what a row limits, in the words of the row's family; gives its cost, discounted. */
double fab_walk_row(struct fab_walk *walk, int row, double amount);

/* The same of a start that is not in use, as often as it says. */
struct fab_parts *fab_walk_start(struct fab_walk *walk, struct fab_way start);

/* Adds the rows of a shipment but those of its item, its order and its promise: what stands between the item and the customer. */
void fab_walk_shipment(struct fab_walk *walk, int demand, int period);

/* Adds what lateness costs, discounted. */
void fab_walk_late(struct fab_walk *walk, const char *demand, int period, double usd);

/* The costs that the walk follows: its own. */
const struct fab_ways *fab_walk_ways(const struct fab_walk *walk);

/* The source of the first start on the way of the present unit, FAB_NONE: none; and the days from its start to its units. */
int fab_walk_source(const struct fab_walk *walk, double *lead_days);

/* Discounted multiplier of one more unit of an item in a period: what somebody would give for it, and its cost where the plan supplies it. */
double fab_walk_value(const fab_plan *plan, int item, int period);

#endif
