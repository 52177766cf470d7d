/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "lateness.h"
#include "plan_table.h"
#include "view.h"
#include "ways.h"

#include <math.h>
#include <stdlib.h>

/* A promise missed by less than this share of it is kept. */
#define KEPT 1e-9

static double shipped_in(const fab_plan *plan, int d, int t)
{
    return fab_view_value(plan, FAB_Y, d, t);
}

static double shipped_of(const fab_plan *plan, int d)
{
    double shipped = 0;
    for (int t = plan->terms->due_period[d]; t <= plan->terms->latest_period[d]; t++)
        shipped += shipped_in(plan, d, t);
    return shipped;
}

fab_table *fab_table_demands(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_demand",
                                           "demand customer item period class quantity price_usd shipped short promised lack shortage_usd commitment_usd "
                                           "usd_per_unit cost_period");
    struct fab_ways *ways = fab_ways_new(plan);
    w.failed = w.failed || !ways;
    for (int d = 0; ways && d < plan->terms->horizon_orders; d++) {
        struct fab_order_cost cost = fab_ways_order(ways, d);
        const struct fab_demand *demand = &model->demand[d];
        int due = plan->terms->due_period[d];
        double shortage = fab_view_value(plan, FAB_SHORT, d, FAB_NONE), lack = fab_view_value(plan, FAB_LACK, d, FAB_NONE);
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, demand->demand);
        fab_plan_table_text(&w, model->customer[demand->customer].customer);
        fab_plan_table_text(&w, model->item[demand->item].item);
        fab_plan_table_text(&w, plan->terms->period[due].name);
        fab_plan_table_text(&w, demand->class);
        fab_plan_table_real(&w, demand->quantity);
        fab_plan_table_real(&w, demand->price_usd);
        fab_plan_table_real(&w, shipped_of(plan, d));
        fab_plan_table_real(&w, shortage);
        fab_plan_table_real(&w, plan->terms->promised_fill[d] * demand->quantity);
        fab_plan_table_real(&w, lack);
        fab_plan_table_real(&w, shortage * demand->shortage_usd);
        fab_plan_table_real(&w, lack * model->commitment_factor * demand->price_usd);
        fab_plan_table_real(&w, cost.period == FAB_NONE ? (double)NAN : cost.usd / plan->terms->period[cost.period].discount);
        fab_plan_table_period(&w, cost.period);
    }
    fab_ways_free(ways);
    return fab_plan_table_end(&w);
}

static void write_shipment(struct fab_plan_table *w, int d, int t)
{
    const fab_plan *plan = w->plan;
    const struct fab_demand *demand = &plan->model->demand[d];
    double units = shipped_in(plan, d, t);
    double weeks = fab_late_days(plan->terms, d, t) / FAB_DAYS_PER_WEEK;
    if (units <= 0)
        return;
    fab_plan_table_row(w);
    fab_plan_table_text(w, demand->demand);
    fab_plan_table_text(w, plan->terms->period[t].name);
    fab_plan_table_text(w, plan->model->customer[demand->customer].customer);
    fab_plan_table_text(w, plan->model->item[demand->item].item);
    fab_plan_table_real(w, units);
    fab_plan_table_real(w, demand->price_usd);
    fab_plan_table_real(w, weeks);
    fab_plan_table_real(w, units * demand->price_usd);
    fab_plan_table_real(w, units * weeks * demand->late_usd_per_week);
}

fab_table *fab_table_shipments(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_shipment", "demand period customer item quantity price_usd late_weeks revenue_usd late_usd");
    for (int d = 0; d < plan->terms->horizon_orders; d++)
        for (int t = plan->terms->due_period[d]; t <= plan->terms->latest_period[d]; t++)
            write_shipment(&w, d, t);
    return fab_plan_table_end(&w);
}

/* Shipped under every shipment limit and period. */
struct shipped {
    int period_count;
    double *units; /* [shipment_limit row x T] */
};

static void add_shipped(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    struct shipped *shipped = user;
    (void)column;
    shipped->units[row.a * shipped->period_count + row.period] += amount;
}

static void write_shipment_limit(struct fab_plan_table *w, int r, int t, double shipped)
{
    const fab_plan *plan = w->plan;
    const struct fab_shipment_limit *limit = &plan->model->shipment_limit[r];
    fab_plan_table_row(w);
    fab_plan_table_text(w, plan->model->customer[limit->customer].customer);
    fab_plan_table_text(w, plan->model->item[limit->item].item);
    fab_plan_table_period(w, t);
    fab_plan_table_real(w, limit->max_per_week * plan->terms->period[t].days / FAB_DAYS_PER_WEEK);
    fab_plan_table_real(w, shipped);
    fab_plan_table_real(w, fab_view_limit(plan, FAB_SHP, r, t));
}

fab_table *fab_table_shipment_limits(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count, limits = plan->model->shipment_limit_count;
    struct fab_plan_table w =
        fab_plan_table_begin(plan, number, "plan_shipment_limit", "customer item period max_quantity shipped usd_per_unit");
    struct shipped shipped = {T, calloc((size_t)limits * (size_t)T + 1, sizeof *shipped.units)};
    if (shipped.units)
        fab_view_each_addend(plan, FAB_SHP, add_shipped, &shipped);
    else
        w.failed = true;
    for (int r = 0; shipped.units && r < limits; r++)
        for (int t = 0; t < plan->terms->horizon_periods; t++)
            if (fab_program_at(plan->program, FAB_SHP, r, t) != FAB_NONE)
                write_shipment_limit(&w, r, t, shipped.units[r * T + t]);
    free(shipped.units);
    return fab_plan_table_end(&w);
}

static void write_promise(struct fab_plan_table *w, const char *kind, const char *key, int t, double promised, double missing, double penalty_usd)
{
    if (missing <= KEPT * promised)
        return;
    fab_plan_table_row(w);
    fab_plan_table_text(w, kind);
    fab_plan_table_text(w, key);
    fab_plan_table_text(w, w->plan->terms->period[t].name);
    fab_plan_table_real(w, promised);
    fab_plan_table_real(w, promised - missing);
    fab_plan_table_real(w, missing);
    fab_plan_table_real(w, penalty_usd);
}

fab_table *fab_table_promises(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_promise", "kind key period promised kept missing penalty_usd");
    for (int d = 0; d < plan->terms->horizon_orders; d++) {
        double lack = fab_view_value(plan, FAB_LACK, d, FAB_NONE);
        write_promise(&w, "min_fill", model->demand[d].demand, plan->terms->due_period[d], plan->terms->promised_fill[d] * model->demand[d].quantity,
                      lack, lack * model->commitment_factor * model->demand[d].price_usd);
    }
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            double penalty_usd, missing = fab_view_missing_starts(plan, s, t, &penalty_usd);
            write_promise(&w, "min_starts", model->source[s].source, t, plan->terms->source[s].period[t].min_starts, missing, penalty_usd);
        }
    return fab_plan_table_end(&w);
}
