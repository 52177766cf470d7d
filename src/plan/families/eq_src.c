/* SRC[r,t]: x + lackmin >= min_starts_per_week x d_t / 7. The maximum is the upper bound of x itself (bounds.c).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

bool fab_eq_src(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->source_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_source_limit *limit = &terms->model->source_limit[r];
            int lack = fab_program_at(program, FAB_LACKMIN, r, t);
            if (lack == FAB_NONE)
                continue;
            int row = fab_program_add_row(program, fab_tag_of(FAB_SRC, r, t), limit->min_starts_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK,
                                          (double)INFINITY);
            if (row == FAB_NONE || !fab_program_put(program, row, lack, 1) ||
                !fab_program_put(program, row, fab_program_at(program, FAB_X, limit->source, t), 1))
                return false;
        }
    return true;
}
