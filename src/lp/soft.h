/* Soft rows (fab_lp_row.soft): a row with a lower limit and a column of its own, of one coefficient, that fills up what the others leave missing, at a cost. Without them the rest of a program is
 * solved in fewer pivots, and its answer, filled up, is a feasible basis of the whole. Measured on drawn fabs of 10 chips, 26 weeks and 40 tool groups with safety stock for every item, GLPK's
 * dual simplex on the whole against the rest and then the primal simplex: 7,891 pivots and 2.6 s against 4,364 and 1.1 s; cover of four weeks at a hundred times the price 15,970 and 6.3 s against
 * 10,360 and 3.4 s; at ten thousand times the price, where targets all but are limits, 5,431 and 1.8 s against 10,315 and 4.7 s.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SOFT_H
#define FAB_SOFT_H

#include "lp.h"

/* Whether a program has any. O(rows). */
bool fab_soft_has(const fab_lp *lp);

/* From an answer of the rest (values and statuses, soft rows basic) the statuses of a basis of the whole: the columns of soft rows that miss their limit are basic, in the place of the row. FAB_NO_MEMORY. O(nonzeros). */
fab_status fab_soft_fill(fab_context *context, const fab_lp *lp, fab_lp_solution *rest);

#endif
