/* Ways to one more unit of an item in a period, and the cheapest of them.
 *
 * Where the plan supplies an item in a period, one more unit costs the multiplier of its balance. Where it does not, that multiplier is only what somebody would pay (a price and a penalty), and says nothing of
 * what a unit costs: there the cost is that of the cheapest column that the plan does not use, its other rows at their multipliers and its components at their own cost. A start that gives several items, or
 * gives them over several periods, is charged to an item by the item's share of the value of all that comes out, the same for each of its units.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WAYS_H
#define FAB_WAYS_H

#include "plan.h"

/* A column taken `scale` times, for units that its balances with coefficient x scale > 0 give. */
struct fab_way {
    int place; /* FAB_NONE: no way */
    struct fab_tag tag;
    double scale;
    int period; /* in which its money is said to be spent */
};

struct fab_ways;

/* NULL when memory is short. Borrows the plan. O(coefficients x levels of bills of material). */
struct fab_ways *fab_ways_new(const fab_plan *plan);
void fab_ways_free(struct fab_ways *ways);

/* Discounted cost of one more unit of an item in a period, at least; INFINITY: no source could deliver it at any price, and nobody has it who could give it up. */
double fab_ways_cost(const struct fab_ways *ways, int item, int period);

/* Whether the plan supplies the item in the period: something arrives, is kept, or is thrown away. */
bool fab_ways_supplied(const struct fab_ways *ways, int item, int period);

/* The cheapest column that is not in use, taken as often as one unit needs; place FAB_NONE when there is none. */
struct fab_way fab_ways_cheapest(const struct fab_ways *ways, int item, int period);

/* What one more unit of an order costs, in the cheapest period of its whole window, what stands between the item and the customer and the lateness included. */
struct fab_order_cost {
    int period;      /* in which it would ship, FAB_NONE: no source could deliver inside the window at any price */
    double usd;      /* discounted, at least; INFINITY */
    double late_usd; /* of it for lateness */
    double penalty_usd; /* that the unit would save, as of the due period, not discounted */
    double worth_usd; /* what it would bring, discounted: its price, and the penalty */
};

struct fab_order_cost fab_ways_order(const struct fab_ways *ways, int demand);

/* The cheapest start that is not in use, needs nothing but money and brings the order's item inside its window, as often as one unit needs, and what that costs, discounted; one that has a maximum of 0 only when there is no other. place
 * FAB_NONE: none. */
struct fab_way fab_ways_other_source(const struct fab_ways *ways, int demand, double *usd);

#endif
