/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* CAP[g,u]: hours of starts + of starting WIP - hours moved off + hours moved on <= 24 d A E N(g,u). With removable tools also N[g,u]: N(g,u) >= 0. */

static bool add_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    return fab_lp_add(program->lp, program->capacity[tool_group * program->terms->period_count + period], column, hours);
}

static bool add_installed(fab_program *program, int g, int u)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count, row;
    if (isnan(terms->model->tool_group[g].removal_usd))
        return true;
    row = fab_program_add_row(program, "N", terms->model->tool_group[g].tool_group, terms->period[u].name, -terms->tools[g * T + u], (double)INFINITY);
    return row != FAB_NONE && fab_program_add_tools(program, row, g, u, 1);
}

bool fab_eq_cap(fab_program *program)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    for (int g = 0; g < terms->model->tool_group_count; g++)
        for (int u = 0; u < T; u++) {
            double hours = terms->hours_per_tool[g * T + u];
            int row = fab_program_add_row(program, "CAP", terms->model->tool_group[g].tool_group, terms->period[u].name, -(double)INFINITY,
                                          hours * terms->tools[g * T + u] - terms->wip_hours[g * T + u]);
            if (row == FAB_NONE || !fab_program_add_tools(program, row, g, u, -hours) || !add_installed(program, g, u))
                return false;
            program->capacity[g * T + u] = row;
        }
    return fab_program_each_hours(program, add_hours);
}
