/* SHP[r,t]: shipments of an item to a customer in t, against whatever demand, <= max_per_week x d_t / 7.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_row(fab_program *program, int r, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_shipment_limit *limit = &terms->model->shipment_limit[r];
    int row = fab_program_add_row(program, fab_tag_of(FAB_SHP, r, t), -(double)INFINITY,
                                  limit->max_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK);
    for (int d = 0; row != FAB_NONE && d < terms->model->demand_count; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        if (demand->customer == limit->customer && demand->item == limit->item &&
            !fab_program_put(program, row, fab_program_at(program, FAB_Y, d, t), 1))
            return false;
    }
    return row != FAB_NONE;
}

bool fab_eq_shp(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->shipment_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_shipment_limit *limit = &terms->model->shipment_limit[r];
            if (fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date) && !add_row(program, r, t))
                return false;
        }
    return true;
}
