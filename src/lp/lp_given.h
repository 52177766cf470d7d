/* What the constants of a program (fab_lp_column_is_constant) give to its rows: who solves it without them moves the limits of the rows by that.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_GIVEN_H
#define FAB_LP_GIVEN_H

#include "lp.h"

struct fab_lp_given {
    long double sum; /* long, since limits and constants may all but cancel */
    double loose;    /* by how much the row's limits may be missed: what is left of large terms is known to their rounding only, and rows that were tight contradict each other there. A thousandth of what a proof allows; 0 for equations */
};

/* [rows], ended by a spare one, which the caller frees with free(); NULL when memory is short. O(rows + nonzeros). */
struct fab_lp_given *fab_lp_given_find(const fab_lp *lp);

#endif
