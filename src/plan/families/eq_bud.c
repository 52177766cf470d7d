/* BUD[t]: price of the tools ordered up to t <= money available up to t, in the periods of the horizon.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

bool fab_eq_bud(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    for (int t = 0; terms->budget_usd && t < terms->horizon_periods; t++) {
        int row = fab_program_add_row(program, fab_tag_of(FAB_BUD, 0, t), -(double)INFINITY, terms->budget_usd[t]);
        if (row == FAB_NONE)
            return false;
        for (int g = 0; g < model->tool_group_count; g++)
            for (int order = 0; order <= t; order++)
                if (!fab_program_put(program, row, fab_program_at(program, FAB_N, g, order), model->tool_group[g].price_usd))
                    return false;
    }
    return true;
}
