/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "columns.h"

#include "bounds.h"

#include <math.h>
#include <stdlib.h>

/* Penalty of a missing start whose limit names none, in costs of the start. */
#define SHORTFALL_COST_FACTOR 10.0

double fab_program_charged_share(const fab_terms *terms, int tool_group, int period)
{
    const struct fab_tool_group *group = &terms->model->tool_group[tool_group];
    return fmin(1, (terms->horizon_days - terms->period[period].begin - group->lead_time_days) / group->life_days);
}

double fab_program_shortfall_usd(const fab_terms *terms, int limit, int period)
{
    const struct fab_source_limit *row = &terms->model->source_limit[limit];
    const struct fab_source_period *at = &terms->source[row->source].period[period];
    /* the cost of a start has the share that is owed in it already */
    return isnan(row->shortfall_usd_per_start) ? SHORTFALL_COST_FACTOR * at->usd_per_start : row->shortfall_usd_per_start * at->owed;
}

int fab_program_delivery_period(const fab_terms *terms, int tool_group, int order_period)
{
    double day = terms->period[order_period].begin + terms->model->tool_group[tool_group].lead_time_days;
    for (int u = order_period; u < terms->period_count; u++)
        if (day <= terms->period[u].begin)
            return u;
    return FAB_NONE;
}

double fab_program_mwh_per_hour(const fab_terms *terms, int tool_group)
{
    const struct fab_tool_group *group = &terms->model->tool_group[tool_group];
    return terms->model->line[group->line].facility_power_factor * group->power_kw / FAB_KW_PER_MW;
}

/* Adds money to a column's objective; 0 is not kept. */
static bool add_money(fab_program *program, int column, fab_money kind, double usd)
{
    if (usd == 0)
        return true;
    if (program->amount_count == program->amount_capacity) {
        int capacity = program->amount_capacity ? 2 * program->amount_capacity : 4096;
        struct fab_amount *amount = realloc(program->amount, (size_t)capacity * sizeof *amount);
        if (!amount)
            return false;
        program->amount = amount;
        program->amount_capacity = capacity;
    }
    program->amount[program->amount_count++] = (struct fab_amount){column, kind, usd};
    program->lp->column[column].objective += usd;
    return true;
}

/* A column "symbol[key,period]" from 0 to upper; FAB_NONE when memory is short. */
static int add_column(fab_program *program, const char *symbol, const char *key, const char *period, double upper)
{
    fab_lp *lp = program->lp;
    const char *name = period ? fab_arena_printf(lp->arena, "%s[%s,%s]", symbol, key, period) : fab_arena_printf(lp->arena, "%s[%s]", symbol, key);
    return name ? fab_lp_add_column(lp, name, 0, upper, 0) : FAB_NONE;
}

static bool add_start(fab_program *program, int s, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    const struct fab_period *period = &terms->period[t];
    int place = s * terms->period_count + t;
    int column = add_column(program, "x", terms->model->source[s].source, period->name, program->bounds->starts[place]);
    double unfinished = at->behind * at->good_units * terms->source[s].output_value_usd;
    program->starts[place] = column;
    return column != FAB_NONE && add_money(program, column, FAB_MONEY_COST, -at->usd_per_start * period->discount) &&
           add_money(program, column, FAB_MONEY_END_VALUE, terms->model->end_value_frac * unfinished * terms->end_discount);
}

/* A promised minimum also holds while the source is not available: then all of it is missing. */
static bool add_lack_of_starts(fab_program *program, int r, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_limit *limit = &terms->model->source_limit[r];
    const struct fab_period *period = &terms->period[t];
    double promised = limit->min_starts_per_week * period->days / FAB_DAYS_PER_WEEK;
    if (promised <= 0 || terms->source[limit->source].period[t].owed <= 0 || !fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date))
        return true;
    int column = add_column(program, "lackmin", terms->model->source[limit->source].source, period->name, promised);
    program->lack_starts[r * terms->period_count + t] = column;
    return column != FAB_NONE && add_money(program, column, FAB_MONEY_SHORTFALL, -fab_program_shortfall_usd(terms, r, t) * period->discount);
}

static bool add_starts(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (terms->source[s].period[t].available && !add_start(program, s, t))
                return false;
    for (int r = 0; r < terms->model->source_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++)
            if (!add_lack_of_starts(program, r, t))
                return false;
    return true;
}

static bool add_items(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int i = 0; i < model->item_count; i++)
        for (int t = 0; t < T; t++) {
            const struct fab_item *item = &model->item[i];
            const struct fab_period *period = &terms->period[t];
            /* twice what can ever be there: at the limit itself the value of a unit would go to the limit */
            double arrivals = FAB_LOOSE * program->bounds->arrivals[i * T + t];
            double room = terms->unstocked[i] ? 0 : isnan(item->max_stock) ? arrivals : fmin(arrivals, item->max_stock);
            int stock = add_column(program, "I", item->item, period->name, room);
            int discard = add_column(program, "z", item->item, period->name, arrivals);
            double holding = item->holding_frac_per_year * item->unit_value_usd * period->days / FAB_DAYS_PER_YEAR;
            if (stock == FAB_NONE || discard == FAB_NONE || !add_money(program, stock, FAB_MONEY_HOLDING, -holding * period->discount))
                return false;
            if (t == T - 1 &&
                !add_money(program, stock, FAB_MONEY_END_VALUE, model->end_value_frac * item->unit_value_usd * terms->end_discount))
                return false;
            program->stock[i * T + t] = stock;
            program->discard[i * T + t] = discard;
        }
    for (int j = 0; j < model->substitute_count; j++)
        for (int t = 0; t < T; t++) {
            const struct fab_substitute *row = &model->substitute[j];
            const char *key = fab_arena_printf(program->lp->arena, "%s>%s", model->item[row->item].item, model->item[row->instead_of].item);
            int column = key ? add_column(program, "m", key, terms->period[t].name, FAB_LOOSE * program->bounds->arrivals[row->item * T + t]) : FAB_NONE;
            if (column == FAB_NONE || !add_money(program, column, FAB_MONEY_SUBSTITUTION, -row->usd_per_unit * terms->period[t].discount))
                return false;
            program->substitute[j * T + t] = column;
        }
    return true;
}

static bool add_shipments(fab_program *program, int d)
{
    const fab_terms *terms = program->terms;
    const struct fab_demand *demand = &terms->model->demand[d];
    int due = terms->due_period[d];
    for (int t = due; t <= terms->latest_period[d]; t++) {
        double weeks_late = (terms->period[t].begin - terms->period[due].begin) / FAB_DAYS_PER_WEEK, discount = terms->period[t].discount;
        int column = add_column(program, "y", demand->demand, terms->period[t].name, demand->quantity);
        if (column == FAB_NONE || !add_money(program, column, FAB_MONEY_REVENUE, demand->price_usd * discount) ||
            !add_money(program, column, FAB_MONEY_LATE, -demand->late_usd_per_week * weeks_late * discount))
            return false;
        if (t == due)
            program->first_ship[d] = column;
    }
    return true;
}

static bool add_demands(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    for (int d = 0; d < model->demand_count; d++) {
        const struct fab_demand *demand = &model->demand[d];
        double discount = terms->period[terms->due_period[d]].discount, promised = terms->promised_fill[d] * demand->quantity;
        if (!add_shipments(program, d))
            return false;
        program->shortage[d] = add_column(program, "short", demand->demand, NULL, demand->quantity);
        if (program->shortage[d] == FAB_NONE || !add_money(program, program->shortage[d], FAB_MONEY_SHORTAGE, -demand->shortage_usd * discount))
            return false;
        if (promised <= 0)
            continue;
        program->lack[d] = add_column(program, "lack", demand->demand, NULL, promised);
        if (program->lack[d] == FAB_NONE ||
            !add_money(program, program->lack[d], FAB_MONEY_COMMITMENT, -model->commitment_factor * demand->price_usd * discount))
            return false;
    }
    return true;
}

static bool add_tools(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int g = 0; g < model->tool_group_count; g++)
        for (int t = 0; t < T; t++) {
            const struct fab_tool_group *group = &model->tool_group[g];
            const struct fab_period *period = &terms->period[t];
            if (group->buyable && fab_program_delivery_period(terms, g, t) != FAB_NONE) {
                int column = add_column(program, "n", group->tool_group, period->name, program->bounds->orders[g * T + t]);
                double usd = group->price_usd * fab_program_charged_share(terms, g, t);
                if (column == FAB_NONE || !add_money(program, column, FAB_MONEY_CAPEX, -usd * period->discount))
                    return false;
                program->order[g * T + t] = column;
            }
            if (!isnan(group->removal_usd)) {
                int column = add_column(program, "r", group->tool_group, period->name, program->bounds->tools[g * T + t]);
                if (column == FAB_NONE || !add_money(program, column, FAB_MONEY_REMOVAL, -group->removal_usd * period->discount))
                    return false;
                program->removal[g * T + t] = column;
            }
        }
    return true;
}

/* Hours of a group in a period that its own starts could ever bring: the most that can be moved off. */
static double most_load(const fab_program *program, int g, int u)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    double hours = terms->wip_hours[g * T + u];
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t <= u; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            for (int l = at->first_load; l < at->first_load + at->load_count; l++)
                if (terms->load[l].tool_group == g && terms->load[l].period == u)
                    hours += terms->load[l].hours * program->bounds->starts[s * T + t];
        }
    return hours;
}

static bool add_offloads(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < T; u++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            const char *route = row->route == FAB_NONE ? "*" : model->route[row->route].route;
            const char *key = row->step == FAB_NONE ? fab_arena_printf(program->lp->arena, "%s>%s,%s", model->tool_group[row->tool_group].tool_group,
                                                                       model->tool_group[row->alternate].tool_group, route)
                                                    : fab_arena_printf(program->lp->arena, "%s>%s,%s,%d", model->tool_group[row->tool_group].tool_group,
                                                                       model->tool_group[row->alternate].tool_group, route, row->step);
            int column = key ? add_column(program, "off", key, terms->period[u].name, most_load(program, row->tool_group, u)) : FAB_NONE;
            if (column == FAB_NONE)
                return false;
            program->offload[a * T + u] = column;
        }
    return true;
}

bool fab_program_each_hours(fab_program *program, fab_hours_add *add)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            for (int l = at->first_load; l < at->first_load + at->load_count; l++)
                if (!add(program, program->starts[s * T + t], terms->load[l].tool_group, terms->load[l].period, terms->load[l].hours))
                    return false;
        }
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < T; u++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            if (!add(program, program->offload[a * T + u], row->tool_group, u, -1) ||
                !add(program, program->offload[a * T + u], row->alternate, u, row->hours_ratio))
                return false;
        }
    return true;
}

static bool add_energy(fab_program *program, int column, int tool_group, int period, double hours)
{
    const fab_terms *terms = program->terms;
    int site = terms->model->line[terms->model->tool_group[tool_group].line].site;
    double usd_per_mwh = terms->usd_per_mwh[site * terms->period_count + period] * terms->period[period].discount;
    return add_money(program, column, FAB_MONEY_POWER, -hours * fab_program_mwh_per_hour(terms, tool_group) * usd_per_mwh);
}

/* Energy that no decision changes: the base load and starting WIP. */
static void add_base_energy(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int l = 0; l < model->line_count; l++)
        for (int t = 0; t < T; t++) {
            double mwh = model->line[l].base_load_mw * FAB_HOURS_PER_DAY * terms->period[t].days;
            program->constant[FAB_MONEY_POWER] -= mwh * terms->usd_per_mwh[model->line[l].site * T + t] * terms->period[t].discount;
        }
    for (int g = 0; g < model->tool_group_count; g++)
        for (int t = 0; t < T; t++) {
            double mwh = terms->wip_hours[g * T + t] * fab_program_mwh_per_hour(terms, g);
            program->constant[FAB_MONEY_POWER] -= mwh * terms->usd_per_mwh[model->line[model->tool_group[g].line].site * T + t] * terms->period[t].discount;
        }
    program->lp->objective_constant = program->constant[FAB_MONEY_POWER];
}

bool fab_columns_add(fab_program *program)
{
    if (!add_starts(program) || !add_items(program) || !add_demands(program) || !add_tools(program) || !add_offloads(program) ||
        !fab_program_each_hours(program, add_energy))
        return false;
    add_base_energy(program);
    return true;
}
