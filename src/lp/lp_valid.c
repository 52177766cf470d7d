/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_valid.h"

#include <math.h>

/* Numbers of this size and above are taken for a mistake of the data, not for a quantity (the largest honest ones are prices of 1e11 USD).
 */
#define MAGNITUDE_LIMIT 1e18

bool fab_lp_is_number(double value)
{
    return fabs(value) < MAGNITUDE_LIMIT; /* false for NaN */
}

fab_status fab_lp_valid_row(fab_context *context, const struct fab_lp_row *row)
{
    bool lower_right = fab_lp_is_number(row->lower) || row->lower == -INFINITY;
    bool upper_right = fab_lp_is_number(row->upper) || row->upper == INFINITY;
    if (lower_right && upper_right && row->lower <= row->upper)
        return FAB_OK;
    return fab_fail(context, FAB_INTERNAL, "linear program: row %s has the limits %g and %g", row->name, row->lower, row->upper);
}

fab_status fab_lp_valid_column(fab_context *context, const struct fab_lp_column *column)
{
    if (!fab_lp_is_number(column->lower) || !fab_lp_is_number(column->upper) || column->lower > column->upper)
        return fab_fail(context, FAB_INTERNAL, "linear program: column %s has the limits %g and %g", column->name, column->lower, column->upper);
    if (!fab_lp_is_number(column->objective))
        return fab_fail(context, FAB_INTERNAL, "linear program: column %s has the objective coefficient %g", column->name, column->objective);
    return FAB_OK;
}

fab_status fab_lp_valid_constant(fab_context *context, double constant)
{
    return fab_lp_is_number(constant) ? FAB_OK : fab_fail(context, FAB_INTERNAL, "linear program: the objective constant is %g", constant);
}
