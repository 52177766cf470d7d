/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* LIN[line,t]: R_t <= max_starts_per_week, and from the second period on R_t - R_{t-1} <= max_ramp_per_week x (m_t - m_{t-1}) / 7, with R_t the
 * line's starts as a weekly rate and m_t the middle of the period. */

static bool add_rate(fab_program *program, int row, int line, int t, double sign)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    for (int s = 0; s < terms->model->source_count; s++) {
        int column = terms->model->source[s].line == line ? program->starts[s * T + t] : FAB_NONE;
        if (column != FAB_NONE && !fab_lp_add(program->lp, row, column, sign * FAB_DAYS_PER_WEEK / terms->period[t].days))
            return false;
    }
    return true;
}

static bool add_limit(fab_program *program, int r, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_line_limit *limit = &terms->model->line_limit[r];
    const char *line = terms->model->line[limit->line].line, *period = terms->period[t].name;
    int T = terms->period_count;
    if (!isnan(limit->max_starts_per_week)) {
        int row = fab_program_add_row(program, "LIN", line, period, -(double)INFINITY, limit->max_starts_per_week);
        if (row == FAB_NONE || !add_rate(program, row, limit->line, t, 1))
            return false;
        program->line_starts[r * T + t] = row;
    }
    if (!isnan(limit->max_ramp_per_week) && t > 0) {
        double weeks = (terms->period[t].begin + terms->period[t].end - terms->period[t - 1].begin - terms->period[t - 1].end) / 2 / FAB_DAYS_PER_WEEK;
        const char *key = fab_arena_printf(program->lp->arena, "%s,ramp", line);
        int row = key ? fab_program_add_row(program, "LIN", key, period, -(double)INFINITY, limit->max_ramp_per_week * weeks) : FAB_NONE;
        if (row == FAB_NONE || !add_rate(program, row, limit->line, t, 1) || !add_rate(program, row, limit->line, t - 1, -1))
            return false;
        program->line_ramp[r * T + t] = row;
    }
    return true;
}

bool fab_eq_lin(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->line_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_line_limit *limit = &terms->model->line_limit[r];
            if (fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date) && !add_limit(program, r, t))
                return false;
        }
    return true;
}
