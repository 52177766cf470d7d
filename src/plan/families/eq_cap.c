/* CAP[g,u]: hours of starts + of work in process - hours moved off + hours moved on <= 24 d A E N(g,u). With removable tools also RMV[g,u]: N(g,u) >= 0.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool put_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    return fab_program_put(program, fab_program_at(program, FAB_CAP, tool_group, period), column, hours);
}

static bool add_capacity(fab_program *program, int g, int u)
{
    const fab_terms *terms = program->terms;
    int place = g * terms->period_count + u;
    double hours = terms->hours_per_tool[place], limit = hours * terms->tools[place];
    int row = fab_program_add_row(program, fab_tag_of(FAB_CAP, g, u), -(double)INFINITY, limit);
    return row != FAB_NONE && fab_program_put_tools(program, row, g, u, -hours);
}

static bool add_left(fab_program *program, int g, int u)
{
    const fab_terms *terms = program->terms;
    if (isnan(terms->model->tool_group[g].removal_usd))
        return true;
    int row = fab_program_add_row(program, fab_tag_of(FAB_RMV, g, u), -terms->tools[g * terms->period_count + u], (double)INFINITY);
    return row != FAB_NONE && fab_program_put_tools(program, row, g, u, 1);
}

bool fab_eq_cap(fab_program *program)
{
    for (int g = 0; g < program->terms->model->tool_group_count; g++)
        for (int u = 0; u < program->terms->period_count; u++)
            if (!add_capacity(program, g, u) || !add_left(program, g, u))
                return false;
    return fab_program_each_hours(program, put_hours);
}
