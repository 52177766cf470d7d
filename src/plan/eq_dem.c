/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

/* DEM[d]: sum over t of y[d,t] + short[d] = quantity. */
bool fab_eq_dem(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int d = 0; d < terms->model->demand_count; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        int row = fab_program_add_row(program, "DEM", demand->demand, NULL, demand->quantity, demand->quantity);
        if (row == FAB_NONE || !fab_lp_add(program->lp, row, program->shortage[d], 1))
            return false;
        for (int n = 0; n <= terms->latest_period[d] - terms->due_period[d]; n++)
            if (!fab_lp_add(program->lp, row, program->first_ship[d] + n, 1))
                return false;
        program->demand[d] = row;
    }
    return true;
}
