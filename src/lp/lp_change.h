/* Changes to a sealed program that keep it sealed: each is checked as it is made.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_CHANGE_H
#define FAB_LP_CHANGE_H

#include "lp.h"

/* All of them: FAB_INTERNAL, and the program as it was, for a number that a program may not hold or an index that it does not have. */

/* objective[column_count]. O(columns). */
fab_status fab_lp_set_objective(fab_context *context, fab_lp *lp, const double objective[], double constant);

/* O(1). */
fab_status fab_lp_set_row_limits(fab_context *context, fab_lp *lp, int row, double lower, double upper);
fab_status fab_lp_set_column_limits(fab_context *context, fab_lp *lp, int column, double lower, double upper);

/* Add a row behind the others (terms: columns) or a column (terms: rows); the name is copied. FAB_NO_MEMORY as well. A row costs O(nonzeros + columns), for the
 * coefficients behind its own move up; a column O(its terms x log). */
fab_status fab_lp_insert_row(fab_context *context, fab_lp *lp, const struct fab_lp_row *row, const struct fab_lp_terms *terms);
fab_status fab_lp_insert_column(fab_context *context, fab_lp *lp, const struct fab_lp_column *column, const struct fab_lp_terms *terms);

#endif
