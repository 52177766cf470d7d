/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A value below this share of its column's upper limit is the rounding of 0. */
#define ROUNDING 1e-11
/* planning-model.md "Values". */
#define SHORT 1e-6
#define FULL (1 - 1e-6)
#define BINDING 1e-9

double fab_view_column(const fab_plan *plan, int column)
{
    if (column == FAB_NONE)
        return 0;
    double value = plan->solution->x[column];
    return value <= ROUNDING * plan->program->lp->column[column].upper ? 0 : value;
}

double fab_view_value(const fab_plan *plan, int family, int a, int period)
{
    return fab_view_column(plan, fab_program_at(plan->program, family, a, period));
}

double fab_view_row(const fab_plan *plan, int row, int period)
{
    return row == FAB_NONE ? 0 : plan->solution->multiplier[row] / plan->terms->period[period].discount + 0.0;
}

double fab_view_limit(const fab_plan *plan, int family, int a, int period)
{
    return fab_view_row(plan, fab_program_at(plan->program, family, a, period), period);
}

double fab_view_reduced(const fab_plan *plan, int column, int period)
{
    return column == FAB_NONE ? 0 : plan->solution->reduced_cost[column] / plan->terms->period[period].discount + 0.0;
}

double fab_view_unit_value(const fab_plan *plan, int item, int period)
{
    /* the row says: in - out = -given, so that one more unit given lowers its limit by one */
    return 0.0 - fab_view_limit(plan, FAB_BAL, item, period);
}

void fab_view_each_addend(const fab_plan *plan, int row_family, fab_addend_read *read, void *user)
{
    const fab_lp *lp = plan->program->lp;
    for (int k = 0; k < plan->program->addend_count; k++) {
        const struct fab_addend *addend = &plan->program->addend[k];
        if (lp->row[addend->row].tag.family == row_family)
            read(user, lp->row[addend->row].tag, lp->column[addend->column].tag, addend->value * fab_view_column(plan, addend->column));
    }
}

double *fab_view_receipts(const fab_plan *plan)
{
    const fab_terms *terms = plan->terms;
    const fab_model *model = terms->model;
    double *arrives = calloc((size_t)model->receipt_count + 1, sizeof *arrives);
    double *ordered = calloc((size_t)model->item_count * (size_t)terms->period_count + 1, sizeof *ordered);
    for (int twice = 0; arrives && ordered && twice < 2; twice++) /* sums, then parts */
        for (int r = 0; r < model->receipt_count; r++) {
            const struct fab_receipt *receipt = &model->receipt[r];
            int t = fab_terms_find_period(terms, receipt->date), place = receipt->item * terms->period_count + t;
            if (t == FAB_NONE)
                continue;
            if (twice == 0)
                ordered[place] += receipt->quantity;
            else if (ordered[place] > 0)
                arrives[r] = terms->receipt[place] * receipt->quantity / ordered[place];
        }
    if (!ordered) {
        free(arrives);
        arrives = NULL;
    }
    free(ordered);
    return arrives;
}

double fab_view_tools(const fab_plan *plan, int tool_group, int period)
{
    double tools = plan->terms->tools[tool_group * plan->terms->period_count + period];
    for (int t = 0; t <= period; t++) {
        int delivered = fab_terms_delivery_period(plan->terms, tool_group, t);
        if (delivered != FAB_NONE && delivered <= period)
            tools += fab_view_value(plan, FAB_N, tool_group, t);
        tools -= fab_view_value(plan, FAB_R, tool_group, t);
    }
    return tools;
}

double fab_view_missing_starts(const fab_plan *plan, int s, int t, double *penalty_usd)
{
    double missing = 0;
    *penalty_usd = 0;
    for (int r = 0; r < plan->model->source_limit_count; r++) {
        if (plan->model->source_limit[r].source != s)
            continue;
        double lack = fab_view_value(plan, FAB_LACKMIN, r, t);
        missing = fmax(missing, lack);
        *penalty_usd += lack > 0 ? lack * fab_terms_shortfall_usd(plan->terms, r, t) : 0;
    }
    return missing;
}

double fab_view_restlessness(const fab_plan *plan)
{
    double changes = 0, starts = 0;
    for (int s = 0; s < plan->model->source_count; s++) {
        double before = 0;
        if (strcmp(plan->model->line[plan->model->source[s].line].kind, "external") == 0)
            continue;
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            double units = fab_view_value(plan, FAB_X, s, t), rate = units * FAB_DAYS_PER_WEEK / plan->terms->period[t].days;
            changes += t > 0 ? fabs(rate - before) : 0;
            starts += units;
            before = rate;
        }
    }
    return starts > 0 ? changes / starts : 0;
}

bool fab_view_is_short(double short_units, double quantity)
{
    return short_units > SHORT * fmax(1, quantity);
}

bool fab_view_is_full(double used, double available)
{
    return available > 0 && used >= FULL * available;
}

bool fab_view_binds(const fab_plan *plan, double used, double available, double multiplier)
{
    return fab_view_is_full(used, available) && multiplier * available > BINDING * fabs(plan->certificate.objective);
}

double fab_view_customer(const fab_plan *plan, int customer, double *shipped_usd)
{
    double demanded = 0, shipped = 0;
    for (int d = 0; d < plan->terms->horizon_orders; d++) {
        const struct fab_demand *demand = &plan->model->demand[d];
        if (demand->customer != customer)
            continue;
        demanded += demand->quantity * demand->price_usd;
        for (int t = plan->terms->due_period[d]; t <= plan->terms->latest_period[d]; t++)
            shipped += fab_view_value(plan, FAB_Y, d, t) * demand->price_usd;
    }
    *shipped_usd = shipped;
    return demanded;
}
