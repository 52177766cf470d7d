/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include "bounds.h"
#include "columns.h"

#include <stdlib.h>

const struct fab_equation fab_equations[] = {
    {"BAL", "item balance", "what is there and arrives = what stays, goes into other items, is shipped or thrown away", fab_eq_bal},
    {"CAP", "tool hours", "hours of a tool group's work <= hours its tools give", fab_eq_cap},
    {"OFF", "qualified hours", "hours moved to alternates <= hours of the steps that may move", fab_eq_off},
    {"DEM", "demand", "shipped + never shipped = wanted", fab_eq_dem},
    {"MIN", "minimum fill", "shipped + missing >= promised share of the demand", fab_eq_min},
    {"SHP", "shipment limit", "shipments <= what the customer can take", fab_eq_shp},
    {"SRC", "source limit", "minimum <= starts + missing starts; starts <= maximum", fab_eq_src},
    {"LIN", "line limit", "weekly starts of a line and their growth", fab_eq_lin},
    {"PWR", "power", "power drawn at a site <= its limit and what its generators add", fab_eq_pwr},
    {"DLV", "tool deliveries", "tools delivered in a window <= what can be had", fab_eq_dlv},
    {"FLR", "cleanroom floor", "floor of a line's tools <= its floor and shells", fab_eq_flr},
    {"BUD", "capital budget", "price of tools ordered so far <= money available so far", fab_eq_bud},
};
const int fab_equations_count = (int)(sizeof fab_equations / sizeof *fab_equations);

const char *const fab_money_names[FAB_MONEY_COUNT] = {
    "revenue_usd",      "cost_usd",    "shortage_usd", "late_usd",  "commitment_usd", "shortfall_usd",
    "substitution_usd", "holding_usd", "power_usd",    "capex_usd", "removal_usd",    "end_value_usd",
};

/* Takes count ints, all FAB_NONE. */
static bool take_indices(fab_arena *arena, int **indices, int rows, int columns)
{
    size_t count = (size_t)rows * (size_t)columns;
    *indices = fab_arena_take(arena, count, sizeof(int));
    for (size_t i = 0; *indices && i < count; i++)
        (*indices)[i] = FAB_NONE;
    return *indices != NULL;
}

static bool take_all_indices(fab_program *p)
{
    const fab_model *model = p->terms->model;
    fab_arena *arena = p->lp->arena;
    int T = p->terms->period_count;
    const struct {
        int **indices;
        int rows, columns;
    } all[] = {
        {&p->starts, model->source_count, T},
        {&p->stock, model->item_count, T},
        {&p->substitute, model->substitute_count, T},
        {&p->discard, model->item_count, T},
        {&p->first_ship, model->demand_count, 1},
        {&p->shortage, model->demand_count, 1},
        {&p->lack, model->demand_count, 1},
        {&p->lack_starts, model->source_limit_count, T},
        {&p->offload, model->tool_alternate_count, T},
        {&p->order, model->tool_group_count, T},
        {&p->removal, model->tool_group_count, T},
        {&p->balance, model->item_count, T},
        {&p->capacity, model->tool_group_count, T},
        {&p->demand, model->demand_count, 1},
        {&p->promise, model->demand_count, 1},
        {&p->shipment_limit, model->shipment_limit_count, T},
        {&p->minimum_starts, model->source_limit_count, T},
        {&p->line_starts, model->line_limit_count, T},
        {&p->line_ramp, model->line_limit_count, T},
        {&p->power, model->site_count, T},
        {&p->delivery, model->tool_delivery_limit_count, 1},
        {&p->floor, model->line_count, T},
        {&p->budget, 1, T},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!take_indices(arena, all[i].indices, all[i].rows, all[i].columns))
            return false;
    return true;
}

int fab_program_add_row(fab_program *program, const char *code, const char *first, const char *second, double lower, double upper)
{
    fab_lp *lp = program->lp;
    const char *name = second ? fab_arena_printf(lp->arena, "%s[%s,%s]", code, first, second) : fab_arena_printf(lp->arena, "%s[%s]", code, first);
    return name ? fab_lp_add_row(lp, name, lower, upper) : FAB_NONE;
}

bool fab_program_add_tools(fab_program *program, int row, int tool_group, int period, double scale)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    for (int t = 0; t <= period; t++) {
        int order = program->order[tool_group * T + t], removal = program->removal[tool_group * T + t];
        if (order != FAB_NONE && fab_program_delivery_period(terms, tool_group, t) <= period && !fab_lp_add(program->lp, row, order, scale))
            return false;
        if (removal != FAB_NONE && !fab_lp_add(program->lp, row, removal, -scale))
            return false;
    }
    return true;
}

void fab_program_totals(const fab_program *program, const double *x, double totals[FAB_MONEY_COUNT])
{
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        totals[k] = program->constant[k];
    for (int a = 0; a < program->amount_count; a++)
        totals[program->amount[a].kind] += program->amount[a].usd * x[program->amount[a].column];
}

fab_status fab_program_new(fab_context *context, const fab_terms *terms, fab_program **result)
{
    fab_status status = FAB_NO_MEMORY;
    fab_program *program = calloc(1, sizeof *program);
    if (!program)
        return fab_fail_memory(context);
    program->terms = terms;
    program->lp = fab_lp_new(terms->model->plan_name);
    if (!program->lp || !take_all_indices(program))
        goto failed;
    program->bounds = fab_bounds_new(program->lp->arena, terms);
    if (!program->bounds || !fab_columns_add(program))
        goto failed;
    for (int e = 0; e < fab_equations_count; e++)
        if (!fab_equations[e].build(program))
            goto failed;
    status = fab_lp_seal(context, program->lp);
    if (status != FAB_OK) {
        fab_program_free(program);
        return status;
    }
    *result = program;
    return FAB_OK;
failed:
    fab_program_free(program);
    return fab_fail_memory(context);
}

void fab_program_free(fab_program *program)
{
    if (!program)
        return;
    fab_lp_free(program->lp);
    free(program->amount);
    free(program);
}
