/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* SHP[r,t]: shipments of an item to a customer in t, against whatever demand, <= max_per_week x d_t / 7. */

static bool add_shipments(fab_program *program, const struct fab_shipment_limit *limit, int t, int row)
{
    const fab_terms *terms = program->terms;
    for (int d = 0; d < terms->model->demand_count; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        bool shipped = demand->customer == limit->customer && demand->item == limit->item && terms->due_period[d] <= t && t <= terms->latest_period[d];
        if (shipped && !fab_lp_add(program->lp, row, program->first_ship[d] + t - terms->due_period[d], 1))
            return false;
    }
    return true;
}

bool fab_eq_shp(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int r = 0; r < model->shipment_limit_count; r++)
        for (int t = 0; t < T; t++) {
            const struct fab_shipment_limit *limit = &model->shipment_limit[r];
            if (!fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date))
                continue;
            const char *key = fab_arena_printf(program->lp->arena, "%s,%s", model->customer[limit->customer].customer, model->item[limit->item].item);
            int row = key ? fab_program_add_row(program, "SHP", key, terms->period[t].name, -(double)INFINITY,
                                                limit->max_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK)
                          : FAB_NONE;
            if (row == FAB_NONE || !add_shipments(program, limit, t, row))
                return false;
            program->shipment_limit[r * T + t] = row;
        }
    return true;
}
