/* DEM[d]: sum over t of y[d,t] + short[d] = quantity. MIN[d]: sum over t of y[d,t] + lack[d] >= min_fill x quantity; no row for a promise of 0.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

/* The order's shipments, and what is missing from them, into a row. */
static bool put_order(fab_program *program, int row, int d, int missing)
{
    const fab_terms *terms = program->terms;
    if (row == FAB_NONE || !fab_program_put(program, row, missing, 1))
        return false;
    program->lp->row[row].block = d + 1;
    for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
        if (!fab_program_put(program, row, fab_program_at(program, FAB_Y, d, t), 1))
            return false;
    return true;
}

bool fab_eq_dem(fab_program *program)
{
    for (int d = 0; d < program->terms->model->demand_count; d++) {
        double quantity = program->terms->model->demand[d].quantity;
        int row = fab_program_add_row(program, fab_tag_of(FAB_DEM, d, FAB_NONE), quantity, quantity);
        if (!put_order(program, row, d, fab_program_at(program, FAB_SHORT, d, FAB_NONE)))
            return false;
    }
    return true;
}

bool fab_eq_min(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int d = 0; d < terms->model->demand_count; d++) {
        int lack = fab_program_at(program, FAB_LACK, d, FAB_NONE);
        double promised = terms->promised_fill[d] * terms->model->demand[d].quantity;
        if (lack != FAB_NONE &&
            !put_order(program, fab_program_add_row(program, fab_tag_of(FAB_MIN, d, FAB_NONE), promised, (double)INFINITY), d, lack))
            return false;
    }
    return true;
}
