/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "served.h"

#include <math.h>

/* Calls back with every shipment column of an order; false when it has none. */
static bool weigh_order(const fab_program *program, int d, double objective[])
{
    const fab_terms *terms = program->terms;
    bool ships = false;
    for (int t = 0; t < terms->period_count; t++) {
        int column = fab_program_at(program, FAB_Y, d, t);
        if (column == FAB_NONE)
            continue;
        ships = true;
        if (objective)
            objective[column] += terms->model->demand[d].price_usd * terms->period[t].discount;
    }
    return ships;
}

void fab_served_weigh(const fab_program *program, int customer, double objective[])
{
    const fab_model *model = program->terms->model;
    for (int d = 0; d < program->terms->horizon_orders; d++)
        if (model->demand[d].customer == customer)
            weigh_order(program, d, objective);
}

double fab_served_whole(const fab_program *program, int customer)
{
    const fab_terms *terms = program->terms;
    double whole = 0;
    for (int d = 0; d < terms->horizon_orders; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        if (demand->customer == customer && weigh_order(program, d, NULL))
            whole += demand->price_usd * demand->quantity * terms->period[terms->due_period[d]].discount;
    }
    return whole;
}

double fab_served_at(const fab_program *program, int customer, const double *x)
{
    const fab_terms *terms = program->terms;
    double served = 0;
    for (int d = 0; d < terms->horizon_orders; d++)
        for (int t = 0; terms->model->demand[d].customer == customer && t < terms->period_count; t++) {
            int column = fab_program_at(program, FAB_Y, d, t);
            if (column != FAB_NONE)
                served += terms->model->demand[d].price_usd * terms->period[t].discount * x[column];
        }
    return served;
}

bool fab_served_has_orders(const fab_program *program, int customer)
{
    const fab_model *model = program->terms->model;
    for (int d = 0; d < program->terms->horizon_orders; d++)
        if (model->demand[d].customer == customer)
            return true;
    return false;
}

double fab_promises_weigh(const fab_program *program, double objective[])
{
    const fab_terms *terms = program->terms;
    double whole = 0;
    for (int d = 0; d < terms->model->demand_count; d++) {
        int column = fab_program_at(program, FAB_LACK, d, FAB_NONE);
        if (column == FAB_NONE)
            continue;
        const struct fab_demand *demand = &terms->model->demand[d];
        double usd = terms->model->commitment_factor * demand->price_usd * terms->period[terms->due_period[d]].discount;
        objective[column] = -usd;
        whole += usd * terms->promised_fill[d] * demand->quantity;
    }
    return whole;
}
