/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* BUD[t]: price of the tools ordered up to t <= money available up to t. */
bool fab_eq_bud(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int t = 0; terms->budget_usd && t < T; t++) {
        int row = fab_program_add_row(program, "BUD", terms->period[t].name, NULL, -(double)INFINITY, terms->budget_usd[t]);
        if (row == FAB_NONE)
            return false;
        program->budget[t] = row;
        for (int g = 0; g < model->tool_group_count; g++)
            for (int order = 0; order <= t; order++) {
                int column = program->order[g * T + order];
                if (column != FAB_NONE && !fab_lp_add(program->lp, row, column, model->tool_group[g].price_usd))
                    return false;
            }
    }
    return true;
}
