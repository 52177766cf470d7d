/* Limits that are tied with another one: used up, needed, and worth nothing by themselves (planning-model.md "Values").
 *
 * Of two tool groups in series that are equally full the optimum gives one the whole value and the other none. One more hour of the first alone gains nothing, because the second is in the way: who names one
 * has to name both.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TIED_H
#define FAB_TIED_H

#include "plan.h"

struct fab_tied;

/* NULL when memory is short. Borrows the plan; O(coefficients). */
struct fab_tied *fab_tied_new(const fab_plan *plan);
void fab_tied_free(struct fab_tied *tied);

/* Whether a row is worth nothing and is full (fab_view_is_full of what its columns take and, with what they bring, of what there is), and no column that costs nothing could bring more of it, such as hours
 * moved to another group that has some left. O(coefficients) the first time it is asked for a row that is full, then O(1). */
bool fab_tied_is(struct fab_tied *tied, int row);

#endif
