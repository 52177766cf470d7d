/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* DLV[r]: tools ordered with b_t + lead_g inside the window of a tool_delivery_limit <= max_tools. */
bool fab_eq_dlv(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int r = 0; r < model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *limit = &model->tool_delivery_limit[r];
        const struct fab_tool_group *group = &model->tool_group[limit->tool_group];
        char from[FAB_DATE_TEXT_SIZE];
        const char *window = fab_arena_dup(program->lp->arena, fab_date_print(limit->from_date, from));
        int row = window ? fab_program_add_row(program, "DLV", group->tool_group, window, -(double)INFINITY, limit->max_tools) : FAB_NONE;
        if (row == FAB_NONE)
            return false;
        program->delivery[r] = row;
        for (int t = 0; t < T; t++) {
            double day = terms->period[t].begin + group->lead_time_days;
            int column = program->order[limit->tool_group * T + t];
            if (column != FAB_NONE && day >= fab_terms_day(terms, limit->from_date) && day < fab_terms_day(terms, limit->to_date) &&
                !fab_lp_add(program->lp, row, column, 1))
                return false;
        }
    }
    return true;
}
