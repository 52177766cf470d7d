/* Which limit, moved alone, lets an order be served.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SERVES_H
#define FAB_SERVES_H

#include "force.h"
#include "values.h"

/* What a step of a candidate costs: a tool's price, the dollars of a budget; NAN: it has no price in the data. */
double fab_serves_cost(const fab_plan *plan, const struct fab_candidate *candidate);

struct fab_serves_asked {
    const fab_plan *plan;
    struct fab_forced *forced; /* the order, of demand */
    int demand;
    const struct fab_values *values[2]; /* lists of limits */
    const fab_solver_options *options;
};

/* serves (explain.h): of the lines that were tested those whose limit, moved alone by 1, 2, 4, ... (at most 1,024) of its steps, makes the optimum ship the step by itself; the cheapest first, those without a price
 * last by their steps. Of an order that is served it is the optimum with the larger quantity; where that ships without any of them, nothing is listed. Gains are against the plan. Releases the order. */
fab_status fab_serves_find(fab_context *context, const struct fab_serves_asked *asked, fab_table **serves);

#endif
