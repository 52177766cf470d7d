/* y[d,t]: shipments against an order, from its due period on; short[d]: what is never shipped; lack[d]: what is missing from its promise.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "lateness.h"
#include "program.h"

static bool add_shipment(fab_program *program, int d, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_demand *demand = &terms->model->demand[d];
    double weeks_late = fab_late_days_discounted(terms, d, t) / FAB_DAYS_PER_WEEK;
    int column = fab_program_add_column(program, fab_tag_of(FAB_Y, d, t), demand->quantity);
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_REVENUE, demand->price_usd * terms->period[t].discount) &&
           fab_program_pay(program, column, FAB_MONEY_LATE, -demand->late_usd_per_week * weeks_late);
}

static bool add_order(fab_program *program, int d)
{
    const fab_terms *terms = program->terms;
    const struct fab_demand *demand = &terms->model->demand[d];
    double discount = terms->period[terms->due_period[d]].discount, promised = terms->promised_fill[d] * demand->quantity;
    for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
        if (!add_shipment(program, d, t))
            return false;
    int shortage = fab_program_add_column(program, fab_tag_of(FAB_SHORT, d, FAB_NONE), demand->quantity);
    if (shortage == FAB_NONE || !fab_program_pay(program, shortage, FAB_MONEY_SHORTAGE, -demand->shortage_usd * discount))
        return false;
    if (promised <= 0)
        return true;
    int lack = fab_program_add_column(program, fab_tag_of(FAB_LACK, d, FAB_NONE), terms->model->hard ? 0 : promised);
    return lack != FAB_NONE &&
           fab_program_pay(program, lack, FAB_MONEY_COMMITMENT, -terms->model->commitment_factor * demand->price_usd * discount);
}

bool fab_col_orders(fab_program *program)
{
    for (int d = 0; d < program->terms->model->demand_count; d++)
        if (!add_order(program, d))
            return false;
    return true;
}
