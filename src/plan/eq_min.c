/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* MIN[d]: sum over t of y[d,t] + lack[d] >= min_fill x quantity. No row for a promise of 0. */
bool fab_eq_min(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int d = 0; d < terms->model->demand_count; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        if (program->lack[d] == FAB_NONE)
            continue;
        int row = fab_program_add_row(program, "MIN", demand->demand, NULL, terms->promised_fill[d] * demand->quantity, (double)INFINITY);
        if (row == FAB_NONE || !fab_lp_add(program->lp, row, program->lack[d], 1))
            return false;
        for (int n = 0; n <= terms->latest_period[d] - terms->due_period[d]; n++)
            if (!fab_lp_add(program->lp, row, program->first_ship[d] + n, 1))
                return false;
        program->promise[d] = row;
    }
    return true;
}
