/* LIN[line,t]: R_t <= max_starts_per_week, and from the second period on R_t - R_{t-1} <= max_ramp_per_week x (m_t - m_{t-1}) / 7 and
 * R_{t-1} - R_t <= max_drop_per_week x (m_t - m_{t-1}) / 7, with R_t the line's starts as a weekly rate and m_t the middle of the period. A plan that goes on
 * from another one has these rows in its first period too, with that one's last rate and middle.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool put_rate(fab_program *program, int row, int line, int t, double sign)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        if (terms->model->source[s].line == line &&
            !fab_program_put(program, row, fab_program_at(program, FAB_X, s, t), sign * FAB_DAYS_PER_WEEK / terms->period[t].days))
            return false;
    return true;
}

static bool add_rate(fab_program *program, int r, int t)
{
    const struct fab_line_limit *limit = &program->terms->model->line_limit[r];
    if (isnan(limit->max_starts_per_week))
        return true;
    int row = fab_program_add_row(program, (struct fab_tag){FAB_LIN, r, FAB_LIN_RATE, t}, -(double)INFINITY, limit->max_starts_per_week);
    return row != FAB_NONE && put_rate(program, row, limit->line, t, 1);
}

/* The rate changes by at most most_per_week a week, upwards (sign 1) or downwards (-1); NAN: by any amount. */
static bool add_change(fab_program *program, int r, int t, int kind, double most_per_week, double sign)
{
    const struct fab_period *period = &program->terms->period[t];
    const struct fab_before *before = program->terms->model->before;
    int line = program->terms->model->line_limit[r].line;
    if (isnan(most_per_week) || (t == 0 && (!before || isnan(before->rate[line]))))
        return true;
    double middle = t > 0 ? (period[-1].begin + period[-1].end) / 2 : before->middle;
    double weeks = ((period->begin + period->end) / 2 - middle) / FAB_DAYS_PER_WEEK, rate = t > 0 ? 0 : sign * before->rate[line];
    int row = fab_program_add_row(program, (struct fab_tag){FAB_LIN, r, kind, t}, -(double)INFINITY, most_per_week * weeks + rate);
    return row != FAB_NONE && put_rate(program, row, line, t, sign) && (t == 0 || put_rate(program, row, line, t - 1, -sign));
}

bool fab_eq_lin(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->line_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_line_limit *limit = &terms->model->line_limit[r];
            if (!fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date))
                continue;
            if (!add_rate(program, r, t) || !add_change(program, r, t, FAB_LIN_RAMP, limit->max_ramp_per_week, 1) ||
                !add_change(program, r, t, FAB_LIN_DROP, limit->max_drop_per_week, -1))
                return false;
        }
    return true;
}
