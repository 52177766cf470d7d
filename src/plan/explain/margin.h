/* What a unit of an item costs and which tool hours it takes, over its whole bill of materials, as the plan makes it.
 *
 * An item is supplied by the sources that the plan starts, by the units that each brings (none is started: the cheapest that could be). What a start costs and takes is charged to its outputs by their unit value
 * (all 0: by units). Hours are of the steps' own tool groups, wherever they are done; horizon's ends do not cut them. Money is of the day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MARGIN_H
#define FAB_MARGIN_H

#include "plan.h"

struct fab_margins {
    const fab_plan *plan;
    double *usd;   /* [items] of a unit: starts, components and energy; INFINITY: no source could make it */
    double *hours; /* [items x tool groups] of a unit */
};

/* NULL when memory is short. O(items x sources x periods). */
struct fab_margins *fab_margins_new(const fab_plan *plan);
void fab_margins_free(struct fab_margins *margins);

/* Hours of a tool group that a unit of an item takes. */
double fab_margin_hours(const struct fab_margins *margins, int item, int tool_group);

/* Mean price of an item, by the quantities of its orders of the horizon; NAN without any. */
double fab_margin_price(const fab_plan *plan, int item);

/* What a tool hour earns with an item: (price - usd) / hours; NAN where it takes none, or has no price. */
double fab_margin_per_hour(const struct fab_margins *margins, int item, int tool_group);

#endif
