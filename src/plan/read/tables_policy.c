/* Stages, shares, and what is kept: what a policy did.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "kept.h"
#include "policy_cost.h"
#include "served.h"

#include <math.h>

fab_table *fab_table_stages(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_stage", "number name objective unit value bound gap within");
    for (int n = 0; n < plan->stages.result_count; n++) {
        const struct fab_stage_result *result = &plan->stages.result[n];
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, n + 1);
        fab_plan_table_text(&w, result->name);
        fab_plan_table_text(&w, result->objective);
        fab_plan_table_text(&w, result->unit);
        fab_plan_table_real(&w, result->done ? result->value : (double)NAN);
        fab_plan_table_real(&w, result->done ? result->bound : (double)NAN);
        fab_plan_table_real(&w, result->done ? result->gap : (double)NAN);
        fab_plan_table_real(&w, result->within);
    }
    return fab_plan_table_end(&w);
}

/* Price of a customer's shipments at a point, of their own days. */
static double shipped_usd(const fab_plan *plan, int customer, const double *x)
{
    double usd = 0;
    for (int d = 0; d < plan->terms->horizon_orders; d++)
        for (int t = 0; plan->model->demand[d].customer == customer && t < plan->terms->horizon_periods; t++) {
            int column = fab_program_at(plan->program, FAB_Y, d, t);
            usd += column == FAB_NONE ? 0 : plan->model->demand[d].price_usd * x[column];
        }
    return usd;
}

fab_table *fab_table_customers(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_customer", "customer wanted_usd served_usd profit_shipped_usd");
    for (int c = 0; c < plan->model->customer_count; c++) {
        if (!fab_served_has_orders(plan->program, c))
            continue;
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, plan->model->customer[c].customer);
        fab_plan_table_real(&w, fab_served_whole(plan->program, c));
        fab_plan_table_real(&w, fab_served_at(plan->program, c, plan->solution->x));
        fab_plan_table_real(&w, plan->stages.profit.x ? shipped_usd(plan, c, plan->stages.profit.x) : (double)NAN);
    }
    return fab_plan_table_end(&w);
}

static void write_kept(struct fab_plan_table *w, int number, const char *customer)
{
    const fab_plan *plan = w->plan;
    const struct fab_kept *kept = &plan->program->kept[number];
    fab_plan_table_row(w);
    fab_plan_table_integer(w, number);
    fab_plan_table_text(w, customer);
    fab_plan_table_text(w, kept->stage);
    fab_plan_table_text(w, fab_kept_kinds[kept->kind]);
    fab_plan_table_real(w, kept->least);
    fab_plan_table_integer(w, kept->reversed);
    fab_plan_table_real(w, fab_policy_last_usd(plan, kept));
    fab_plan_table_real(w, plan->loss_usd ? plan->loss_usd[number] : (double)NAN);
}

fab_table *fab_table_kept(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_kept", "number customer stage kind least reversed last_usd_costs loss_usd");
    for (int k = 0; k < plan->program->kept_count; k++) {
        const struct fab_kept *kept = &plan->program->kept[k];
        for (int c = 0; c < kept->customer_count; c++)
            write_kept(&w, k, plan->model->customer[kept->customer[c]].customer);
        if (kept->kind != FAB_KEPT_SERVED)
            write_kept(&w, k, "");
    }
    return fab_plan_table_end(&w);
}
