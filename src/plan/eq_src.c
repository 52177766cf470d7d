/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* SRC[r,t]: x + lackmin >= min_starts_per_week x d_t / 7. The maximum is the upper bound of x itself (bounds.c). */
bool fab_eq_src(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int r = 0; r < model->source_limit_count; r++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_limit *limit = &model->source_limit[r];
            int lack = program->lack_starts[r * T + t], starts = program->starts[limit->source * T + t];
            if (lack == FAB_NONE)
                continue;
            int row = fab_program_add_row(program, "SRC", model->source[limit->source].source, terms->period[t].name,
                                          limit->min_starts_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK, (double)INFINITY);
            if (row == FAB_NONE || !fab_lp_add(program->lp, row, lack, 1) || (starts != FAB_NONE && !fab_lp_add(program->lp, row, starts, 1)))
                return false;
            program->minimum_starts[r * T + t] = row;
        }
    return true;
}
