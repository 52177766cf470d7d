/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* SRC[s,t]: x + lackmin >= min_starts_per_week x d_t / 7. The maximum is the upper bound of x itself (bounds.c). */
bool fab_eq_src(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            int lack = program->lack_starts[s * T + t];
            if (lack == FAB_NONE)
                continue;
            const struct fab_source_limit *limit = &model->source_limit[terms->source[s].period[t].limit];
            int row = fab_program_add_row(program, "SRC", model->source[s].source, terms->period[t].name,
                                          limit->min_starts_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK, (double)INFINITY);
            int starts = program->starts[s * T + t];
            if (row == FAB_NONE || !fab_lp_add(program->lp, row, lack, 1) || (starts != FAB_NONE && !fab_lp_add(program->lp, row, starts, 1)))
                return false;
            program->minimum_starts[s * T + t] = row;
        }
    return true;
}
