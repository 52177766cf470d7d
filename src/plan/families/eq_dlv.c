/* DLV[r]: tools ordered with b_t + lead_g inside the window of a tool_delivery_limit <= max_tools.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

bool fab_eq_dlv(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    for (int r = 0; r < model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *limit = &model->tool_delivery_limit[r];
        int row = fab_program_add_row(program, fab_tag_of(FAB_DLV, r, FAB_NONE), -(double)INFINITY, limit->max_tools);
        if (row == FAB_NONE)
            return false;
        for (int t = 0; t < terms->period_count; t++)
            if (fab_terms_delivers_inside(terms, r, t) &&
                !fab_program_put(program, row, fab_program_at(program, FAB_N, limit->tool_group, t), 1))
                return false;
    }
    return true;
}
