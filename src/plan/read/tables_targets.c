/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "plan_table.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

struct uses {
    int period_count;
    double *units; /* [stock_target row x T]: of use that the target covers */
};

/* Use takes from the left side of a target's row. */
static void add_use(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct uses *uses = user;
    if (column.family != FAB_I && column.family != FAB_BELOW)
        uses->units[row.a * uses->period_count + row.period] -= amount;
}

/* Penalty of a unit of the column, of the day of a period. */
static double usd_of(const fab_plan *plan, int column, int period)
{
    return column == FAB_NONE ? 0 : fab_view_column(plan, column) * -plan->program->lp->column[column].objective / plan->terms->period[period].discount + 0.0;
}

static void write_target(struct fab_plan_table *w, int r, int t, double use)
{
    const fab_plan *plan = w->plan;
    const struct fab_stock_target *row = &plan->model->stock_target[r];
    int below = fab_program_at(plan->program, FAB_BELOW, r, t);
    fab_plan_table_row(w);
    fab_plan_table_text(w, plan->model->item[row->item].item);
    fab_plan_table_text(w, row->target ? row->target : "");
    fab_plan_table_text(w, plan->terms->period[t].name);
    fab_plan_table_real(w, plan->program->lp->row[fab_program_at(plan->program, FAB_TGT, r, t)].lower + use);
    fab_plan_table_real(w, fab_view_value(plan, FAB_I, row->item, t));
    fab_plan_table_real(w, fab_view_column(plan, below));
    fab_plan_table_real(w, usd_of(plan, below, t));
}

fab_table *fab_table_targets(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count, rows = plan->model->stock_target_count;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_target", "item target period wanted stock under usd");
    struct uses uses = {T, calloc((size_t)rows * (size_t)T + 1, sizeof *uses.units)};
    w.failed = w.failed || !uses.units;
    if (uses.units)
        fab_view_each_addend(plan, FAB_TGT, add_use, &uses);
    for (int r = 0; uses.units && r < rows; r++)
        for (int t = 0; t < plan->terms->horizon_periods; t++)
            if (fab_program_at(plan->program, FAB_TGT, r, t) != FAB_NONE)
                write_target(&w, r, t, uses.units[r * T + t]);
    free(uses.units);
    return fab_plan_table_end(&w);
}

/* Shipped by the date of a promise, of the customer's orders of the horizon. */
static double shipped_by(const fab_plan *plan, const struct fab_ship_target *row)
{
    double units = row->shipped_before;
    int last = fab_terms_find_period(plan->terms, row->by_date);
    for (int d = 0; d < plan->terms->horizon_orders; d++) {
        bool counts = plan->model->demand[d].customer == row->customer && plan->model->demand[d].item == row->item;
        for (int t = plan->terms->due_period[d]; counts && t <= plan->terms->latest_period[d]; t++)
            units += last == FAB_NONE || t <= last ? fab_view_value(plan, FAB_Y, d, t) : 0;
    }
    return units;
}

fab_table *fab_table_cumulated(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_cumulated", "customer item by_date shipped min_quantity max_quantity behind usd");
    for (int r = 0; r < plan->model->ship_target_count; r++) {
        const struct fab_ship_target *row = &plan->model->ship_target[r];
        int behind = fab_program_at(plan->program, FAB_BEHIND, r, FAB_NONE), t = fab_terms_find_period(plan->terms, row->by_date);
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, plan->model->customer[row->customer].customer);
        fab_plan_table_text(&w, plan->model->item[row->item].item);
        fab_plan_table_date(&w, row->by_date);
        fab_plan_table_real(&w, shipped_by(plan, row));
        fab_plan_table_real(&w, row->min_quantity);
        fab_plan_table_real(&w, row->max_quantity);
        fab_plan_table_real(&w, fab_view_column(plan, behind));
        fab_plan_table_real(&w, usd_of(plan, behind, t));
    }
    return fab_plan_table_end(&w);
}

/* Good units that are started of an item in a period, all of them or by one source. */
static double started(const fab_plan *plan, int item, int only, int t)
{
    double units = 0;
    for (int s = 0; s < plan->model->source_count; s++)
        if (plan->model->source[s].item == item && (only == FAB_NONE || only == s))
            units += fab_view_value(plan, FAB_X, s, t) * plan->terms->source[s].period[t].good_units;
    return units;
}

fab_table *fab_table_mixes(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_mix", "item source period share min_share max_share");
    for (int r = 0; r < plan->model->source_mix_count; r++)
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            const struct fab_source_mix *row = &plan->model->source_mix[r];
            double all = started(plan, row->item, FAB_NONE, t);
            if (!fab_terms_starts_inside(plan->terms, t, row->from_date, row->to_date) || fab_program_at(plan->program, FAB_X, row->source, t) == FAB_NONE)
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, plan->model->item[row->item].item);
            fab_plan_table_text(&w, plan->model->source[row->source].source);
            fab_plan_table_text(&w, plan->terms->period[t].name);
            fab_plan_table_real(&w, all > 0 ? started(plan, row->item, row->source, t) / all : (double)NAN);
            fab_plan_table_real(&w, row->min_share);
            fab_plan_table_real(&w, row->max_share);
        }
    return fab_plan_table_end(&w);
}
