/* Scale factors for a program's rows and columns. GLPK has its own routine, but on linked lists: ten times the time of this one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_SCALE_H
#define FAB_LP_SCALE_H

#include "lp.h"

/* Powers of two r and c for which r_i |a_ij| c_j is near 1: geometric means of the extremes of rows and columns in turn, then the largest
 * of each column to 1 (Tomlin 1975, "On scaling linear programming problems"). Powers of two, so that scaling rounds nothing.
 * row_scale[row_count], column_scale[column_count]. FAB_NO_MEMORY only. O(nonzeros). */
fab_status fab_lp_scale(fab_context *context, const fab_lp *lp, double *row_scale, double *column_scale);

#endif
