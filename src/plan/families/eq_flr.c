/* FLR[line,u]: sum over the line's tool groups of floor_m2 x N(g,u) <= floor_m2 of the line. A cleanroom shell is a tool group with a negative floor.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_line(fab_program *program, int line, int u)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    double limit = model->line[line].floor_m2;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->tool_group[g].line == line)
            limit -= model->tool_group[g].floor_m2 * terms->tools[g * terms->period_count + u];
    int row = fab_program_add_row(program, fab_tag_of(FAB_FLR, line, u), -(double)INFINITY, limit);
    if (row == FAB_NONE)
        return false;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->tool_group[g].line == line && model->tool_group[g].floor_m2 != 0 &&
            !fab_program_put_tools(program, row, g, u, model->tool_group[g].floor_m2))
            return false;
    return true;
}

bool fab_eq_flr(fab_program *program)
{
    const fab_model *model = program->terms->model;
    for (int line = 0; line < model->line_count; line++)
        for (int u = 0; !isnan(model->line[line].floor_m2) && u < program->terms->period_count; u++)
            if (!add_line(program, line, u))
                return false;
    return true;
}
