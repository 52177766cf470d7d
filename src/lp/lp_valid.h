/* What numbers a linear program may hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_VALID_H
#define FAB_LP_VALID_H

#include "lp.h"

/* False for NaN, infinity and what is too large to be a quantity (1e18). */
bool fab_lp_is_number(double value);

/* FAB_INTERNAL, with the name, when limits or cost are none that a row or a column may have. O(1). */
fab_status fab_lp_valid_row(fab_context *context, const struct fab_lp_row *row);
fab_status fab_lp_valid_column(fab_context *context, const struct fab_lp_column *column);
fab_status fab_lp_valid_constant(fab_context *context, double constant);

#endif
