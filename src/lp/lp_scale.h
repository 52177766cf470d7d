/* Scale factors for a program's rows and columns. GLPK has its own routine, but on linked lists: ten times the time of this one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_SCALE_H
#define FAB_LP_SCALE_H

#include "lp.h"

/* Zeroed: factors of no row and no column. */
struct fab_lp_factors {
    double *row, *column;
    int row_count, column_count; /* of the program's that have one */
    int row_capacity, column_capacity;
};

void fab_lp_factors_fini(struct fab_lp_factors *factors);

/* Gives the rows and columns of a program that have none yet their factors; those that have one keep it. The first time: powers of two r and c for which r_i |a_ij| c_j is near
 * 1, geometric means of the extremes of rows and columns in turn, then the largest of each column to 1 (Tomlin 1975, "On scaling linear programming problems"). Later: new
 * rows by their coefficients in the columns that have factors, then new columns by theirs. Powers of two, so that scaling rounds nothing. FAB_NO_MEMORY only. O(nonzeros). */
fab_status fab_lp_scale(fab_context *context, const fab_lp *lp, struct fab_lp_factors *factors);

#endif
