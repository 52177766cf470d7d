/* Which limits a point inside an optimal face is held at, read from the point and its multipliers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_SIDES_H
#define FAB_LP_SIDES_H

#include "lp.h"

/* Sets the statuses of x, multipliers and reduced costs: 's' for what has one limit, 'l' or 'u' where the multiplier says more than the room to that limit does, 'b' elsewhere. Each is taken as a share of what it could be: room of the value, a
 * multiplier of the largest price that a unit of its row has anywhere in it; at an optimum one of the two is nothing but rounding. False when memory is short. O(nonzeros). */
bool fab_lp_set_sides(const fab_lp *lp, fab_lp_solution *solution);

#endif
