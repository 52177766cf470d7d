/* Why no plan exists: the limits that cannot hold together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONFLICT_H
#define FAB_CONFLICT_H

#include <fabplan/table.h>

#include "lp.h"

/* Solves the elastic program: every row may be broken at a cost of its excess over its scale, nothing else counts. *conflict gets the rows that the cheapest way breaks:
 * equation (family code), name, limit, excess, direction ("above", "below"). O(one solve). */
fab_status fab_conflict_find(fab_context *context, const fab_lp *lp, fab_table **conflict);

#endif
