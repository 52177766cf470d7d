/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terms_build.h"

#include "bills.h"
#include "changed.h"
#include "flow.h"
#include "source_terms.h"
#include "try.h"
#include "wip.h"
#include "wip_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double discount(const fab_model *model, double day)
{
    return pow(1 + model->discount_rate, -day / FAB_DAYS_PER_YEAR);
}

static bool make_periods(fab_terms *terms)
{
    const fab_model *model = terms->model;
    terms->period_count = model->calendar_count;
    terms->horizon_periods = model->calendar_count - model->tail_period_count;
    terms->horizon_orders = model->demand_count - model->tail_demand_count;
    terms->period = fab_arena_take(terms->arena, (size_t)model->calendar_count, sizeof *terms->period);
    if (!terms->period)
        return false;
    for (int t = 0; t < terms->period_count; t++) {
        const struct fab_calendar *row = &model->calendar[t];
        struct fab_period *period = &terms->period[t];
        double first = (double)model->calendar[0].start_date;
        *period = (struct fab_period){row->period, row->start_date, row->start_date - first, row->end_date - first, 0, 0};
        period->days = period->end - period->begin;
        period->discount = discount(model, period->begin);
    }
    terms->horizon_days = terms->period[terms->period_count - 1].end;
    terms->horizon_end = terms->period[terms->horizon_periods - 1].end;
    terms->end_discount = discount(model, terms->horizon_days);
    return true;
}

static double *take_doubles(fab_terms *terms, int rows)
{
    return fab_arena_take(terms->arena, (size_t)rows * (size_t)terms->period_count, sizeof(double));
}

/* tools(g,u): `tool_count` in force, else `tool_group.tools`; and the hours one tool gives. */
static bool make_tools(fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    terms->tools = take_doubles(terms, model->tool_group_count);
    terms->hours_per_tool = take_doubles(terms, model->tool_group_count);
    if (!terms->tools || !terms->hours_per_tool)
        return false;
    for (int g = 0; g < model->tool_group_count; g++) {
        const struct fab_tool_group *group = &model->tool_group[g];
        for (int t = 0; t < T; t++) {
            terms->tools[g * T + t] = group->tools;
            double availability = fab_changed_availability(terms, g, t);
            terms->hours_per_tool[g * T + t] = FAB_HOURS_PER_DAY * terms->period[t].days * availability * group->max_utilisation;
        }
    }
    for (int c = 0; c < model->tool_count_count; c++) { /* rows of a group come in order of from_date: the last one in force wins */
        const struct fab_tool_count *row = &model->tool_count[c];
        for (int t = 0; t < T; t++)
            if (row->from_date <= terms->period[t].date)
                terms->tools[row->tool_group * T + t] = row->tools;
    }
    return true;
}

/* Room and holding rate: the item's own, or those of the limit in force. */
static bool make_stock_limits(fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    terms->max_stock = take_doubles(terms, model->item_count);
    terms->holding_frac = take_doubles(terms, model->item_count);
    if (!terms->max_stock || !terms->holding_frac)
        return false;
    for (int i = 0; i < model->item_count; i++)
        for (int t = 0; t < T; t++) {
            terms->max_stock[i * T + t] = model->item[i].max_stock;
            terms->holding_frac[i * T + t] = model->item[i].holding_frac_per_year;
        }
    for (int r = 0; r < model->stock_limit_count; r++) {
        const struct fab_stock_limit *row = &model->stock_limit[r];
        for (int t = 0; t < T; t++) {
            if (!fab_terms_starts_inside(terms, t, row->from_date, row->to_date))
                continue;
            if (!isnan(row->max_stock))
                terms->max_stock[row->item * T + t] = row->max_stock;
            if (!isnan(row->holding_frac_per_year))
                terms->holding_frac[row->item * T + t] = row->holding_frac_per_year;
        }
    }
    return true;
}

static bool make_items(fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    terms->receipt = take_doubles(terms, model->item_count);
    terms->on_hand = fab_arena_take(terms->arena, (size_t)model->item_count, sizeof(double));
    terms->unstocked = fab_arena_take(terms->arena, (size_t)model->item_count, sizeof(bool));
    terms->layer = fab_arena_take(terms->arena, (size_t)model->item_count, sizeof *terms->layer);
    if (!terms->receipt || !terms->on_hand || !terms->unstocked || !terms->layer)
        return false;
    for (int r = 0; r < model->stock_count; r++)
        terms->on_hand[model->stock[r].item] = model->stock[r].on_hand;
    for (int r = 0; r < model->receipt_count; r++) {
        int t = fab_terms_find_period(terms, model->receipt[r].date);
        if (t != FAB_NONE)
            terms->receipt[model->receipt[r].item * T + t] += model->receipt[r].quantity * fab_changed_delivered(terms, model->receipt[r].source, t);
    }
    fab_layers_find(model, terms->layer);
    for (int r = 0; r < model->source_output_count; r++)
        terms->unstocked[model->source[model->source_output[r].source].item] = true;
    for (int r = 0; r < model->source_output_count; r++)
        terms->unstocked[model->source_output[r].item] = false;
    return true;
}

static bool make_power(fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    terms->power_mw = take_doubles(terms, model->site_count);
    terms->usd_per_mwh = take_doubles(terms, model->site_count);
    if (!terms->power_mw || !terms->usd_per_mwh)
        return false;
    for (int i = 0; i < model->site_count * T; i++)
        terms->power_mw[i] = (double)NAN;
    for (int r = 0; r < model->power_limit_count; r++) {
        const struct fab_power_limit *row = &model->power_limit[r];
        bool first = r == 0 || row[-1].site != row->site;
        for (int t = 0; t < T; t++)
            if (first || row->from_date <= terms->period[t].date) {
                terms->power_mw[row->site * T + t] = row->mw;
                terms->usd_per_mwh[row->site * T + t] = row->usd_per_mwh;
            }
    }
    return true;
}

static bool make_budget(fab_terms *terms)
{
    const fab_model *model = terms->model;
    if (model->capex_budget_count == 0)
        return true;
    terms->budget_usd = take_doubles(terms, 1);
    if (!terms->budget_usd)
        return false;
    for (int r = 0; r < model->capex_budget_count; r++)
        for (int t = 0; t < terms->period_count; t++)
            if (model->capex_budget[r].from_date <= terms->period[t].date)
                terms->budget_usd[t] += model->capex_budget[r].usd;
    return true;
}

/* The periods in which an order may ship. Overdue it is as if due at the first period's start, late by the days before. False where it cannot ship. */
static bool make_order(fab_terms *terms, int d)
{
    const fab_model *model = terms->model;
    const struct fab_demand *demand = &model->demand[d];
    double overdue = fmax(0, -fab_terms_day(terms, demand->due_date));
    int due = overdue > 0 ? 0 : fab_terms_find_period(terms, demand->due_date), latest = due;
    if (due == FAB_NONE || overdue > demand->max_late_days)
        return false;
    while (latest + 1 < terms->period_count && terms->period[latest + 1].begin - terms->period[due].begin + overdue <= demand->max_late_days)
        latest++;
    terms->due_period[d] = due;
    terms->latest_period[d] = latest;
    terms->overdue_days[d] = overdue;
    terms->promised_fill[d] = isnan(demand->min_fill) ? model->customer[demand->customer].min_fill : demand->min_fill;
    return true;
}

static fab_status make_demands(fab_context *context, fab_terms *terms)
{
    size_t count = (size_t)terms->model->demand_count;
    terms->due_period = fab_arena_take(terms->arena, count, sizeof(int));
    terms->latest_period = fab_arena_take(terms->arena, count, sizeof(int));
    terms->overdue_days = fab_arena_take(terms->arena, count, sizeof(double));
    terms->promised_fill = fab_arena_take(terms->arena, count, sizeof(double));
    if (!terms->due_period || !terms->latest_period || !terms->overdue_days || !terms->promised_fill)
        return fab_fail_memory(context);
    for (int d = 0; d < terms->model->demand_count; d++)
        if (!make_order(terms, d))
            return fab_fail(context, FAB_INPUT, "demand %s: can ship in no period of the calendar", terms->model->demand[d].demand);
    return FAB_OK;
}

static int find_item(const fab_model *model, const char *id)
{
    for (int i = 0; i < model->item_count; i++)
        if (strcmp(model->item[i].item, id) == 0)
            return i;
    return FAB_NONE;
}

static int find_customer(const fab_model *model, const char *id)
{
    for (int c = 0; c < model->customer_count; c++)
        if (strcmp(model->customer[c].customer, id) == 0)
            return c;
    return FAB_NONE;
}

/* The consumers that substitutes name, each with each item once. Checks of the data see to it that each is an item or a customer. */
static bool make_served(fab_terms *terms)
{
    const fab_model *model = terms->model;
    terms->served = fab_arena_take(terms->arena, (size_t)model->substitute_count, sizeof *terms->served);
    for (int j = 0; terms->served && j < model->substitute_count; j++) {
        const struct fab_substitute *row = &model->substitute[j];
        bool known = !row->consumer;
        for (int k = 0; k < terms->served_count && !known; k++)
            known = fab_terms_is_served(terms, j, &terms->served[k]);
        if (!known)
            terms->served[terms->served_count++] =
                (struct fab_served){row->consumer, find_item(model, row->consumer), find_customer(model, row->consumer), row->instead_of};
    }
    return terms->served != NULL;
}

static bool same_scope(const struct fab_scope *a, const struct fab_scope *b)
{
    return a->tool_group == b->tool_group && a->route == b->route && a->step == b->step;
}

/* The scopes that the alternates name, and those around them, each once. */
static bool make_scopes(fab_terms *terms)
{
    const fab_model *model = terms->model;
    terms->scope = fab_arena_take(terms->arena, 3 * (size_t)model->tool_alternate_count, sizeof *terms->scope);
    for (int a = 0; terms->scope && a < model->tool_alternate_count; a++) {
        const struct fab_tool_alternate *row = &model->tool_alternate[a];
        const struct fab_scope nested[] = {
            {row->tool_group, FAB_NONE, FAB_NONE}, {row->tool_group, row->route, FAB_NONE}, {row->tool_group, row->route, row->step}};
        for (int n = 0; n < 3; n++) {
            int known = 0;
            while (known < terms->scope_count && !same_scope(&terms->scope[known], &nested[n]))
                known++;
            if (known == terms->scope_count)
                terms->scope[terms->scope_count++] = nested[n];
        }
    }
    return terms->scope != NULL;
}

fab_status fab_terms_new(fab_context *context, const fab_model *model, fab_terms **result)
{
    fab_status status = FAB_OK;
    fab_terms *terms = NULL;
    if (model->calendar_count == 0)
        return fab_fail(context, FAB_INPUT, "nothing to plan: the calendar is empty, a plan needs at least one period");
    TRY_MEMORY(context, terms = calloc(1, sizeof *terms));
    terms->model = model;
    TRY_MEMORY(context, terms->arena = fab_arena_new());
    TRY_MEMORY(context, make_periods(terms) && make_tools(terms) && make_items(terms) && make_stock_limits(terms) && make_power(terms) && make_budget(terms) &&
                            make_scopes(terms) && make_served(terms));
    TRY(make_demands(context, terms));
    TRY(fab_source_terms_make(context, terms));
    TRY(fab_flow_make(context, terms));
    fab_changed_deliveries(terms);
    TRY_MEMORY(context, fab_bills_flow(terms));
    TRY(fab_wip_groups_make(context, terms));
    TRY(fab_wip_make(context, terms));
    *result = terms;
    terms = NULL;
out:
    fab_terms_free(terms);
    return status;
}

void fab_terms_free(fab_terms *terms)
{
    if (!terms)
        return;
    fab_arena_free(terms->arena);
    free(terms->arrival);
    free(terms->load);
    free(terms->take);
    free(terms->come);
    free(terms);
}
