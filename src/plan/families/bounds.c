/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"

#include <math.h>

/* How far a bound that follows from an equation stays above what the equation allows. */
#define LOOSE 2.0
/* A tool group with neither price, budget nor delivery limit: more than any fab holds. */
#define UNLIMITED_TOOLS 1e5
/* Levels of bills of material that the search for useful quantities follows. */
enum { MOST_LEVELS = 24 };
/* Units that no fab makes. */
#define MOST_OF_USE 1e12
/* No limit is above: a linear program takes numbers below ten times this. */
#define MOST 1e17
/* A plan that lives on a smaller share of what it starts is solved again with a wider bound. */
#define SMALLEST_SHARE 0.01

double fab_bounds_loosen(double most)
{
    return most > 0 ? fmin(LOOSE * most, MOST) : 1;
}

static double *take(fab_arena *arena, int rows, int columns)
{
    return fab_arena_take(arena, (size_t)rows * (size_t)columns, sizeof(double));
}

/* Tools of a group that the floor of its line could hold at once, with all the shells that can be bought; INFINITY when nothing says. */
static double most_on_floor(const struct fab_bounds *bounds, const fab_terms *terms, int g)
{
    const fab_model *model = terms->model;
    const struct fab_tool_group *group = &model->tool_group[g];
    double room = model->line[group->line].floor_m2;
    if (isnan(room) || !(group->floor_m2 > 0))
        return (double)INFINITY;
    for (int h = 0; h < model->tool_group_count; h++)
        if (model->tool_group[h].line == group->line && model->tool_group[h].floor_m2 < 0)
            room -= model->tool_group[h].floor_m2 * bounds->tools[(h + 1) * terms->period_count - 1];
    return fmax(0, room) / group->floor_m2;
}

/* Tools of a group that can be ordered in a period: what the budget so far buys, what the windows of the delivery day let through. */
static double most_orders(const fab_terms *terms, int g, int t)
{
    const fab_model *model = terms->model;
    const struct fab_tool_group *group = &model->tool_group[g];
    double most = UNLIMITED_TOOLS, day = terms->period[t].begin + group->lead_time_days;
    if (!group->buyable || fab_terms_delivery_period(terms, g, t) == FAB_NONE)
        return 0;
    if (terms->budget_usd && group->price_usd > 0)
        most = fmin(most, fab_bounds_loosen(terms->budget_usd[t] / group->price_usd));
    for (int r = 0; r < model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *row = &model->tool_delivery_limit[r];
        if (row->tool_group == g && day >= fab_terms_day(terms, row->from_date) && day < fab_terms_day(terms, row->to_date))
            most = fmin(most, fab_bounds_loosen(row->max_tools));
    }
    return most;
}

static void bound_group(struct fab_bounds *bounds, const fab_terms *terms, int g)
{
    int T = terms->period_count;
    const struct fab_tool_group *group = &terms->model->tool_group[g];
    double most = fab_bounds_loosen(most_on_floor(bounds, terms, g));
    if (terms->budget_usd && group->price_usd > 0)
        most = fmin(most, fab_bounds_loosen(terms->budget_usd[T - 1] / group->price_usd));
    for (int t = 0; t < T; t++) {
        int delivered = fab_terms_delivery_period(terms, g, t);
        bounds->orders[g * T + t] = fmin(most, most_orders(terms, g, t));
        for (int u = delivered; delivered != FAB_NONE && u < T; u++)
            bounds->tools[g * T + u] += bounds->orders[g * T + t];
    }
    for (int u = 0; u < T; u++)
        bounds->tools[g * T + u] = fmin(most, bounds->tools[g * T + u]) + terms->tools[g * T + u];
}

/* Shells first: they make the floor of the others. */
static void bound_tools(struct fab_bounds *bounds, const fab_terms *terms)
{
    const fab_model *model = terms->model;
    for (int shells = 1; shells >= 0; shells--)
        for (int g = 0; g < model->tool_group_count; g++)
            if ((model->tool_group[g].floor_m2 < 0) == shells)
                bound_group(bounds, terms, g);
}

/* Hours of a group in a period, its alternates' included. */
static double most_hours(const struct fab_bounds *bounds, const fab_terms *terms, int g, int u)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    double hours = terms->hours_per_tool[g * T + u] * bounds->tools[g * T + u];
    for (int a = 0; a < model->tool_alternate_count; a++) {
        const struct fab_tool_alternate *row = &model->tool_alternate[a];
        if (row->tool_group == g && fab_terms_starts_inside(terms, u, row->from_date, row->to_date))
            hours += terms->hours_per_tool[row->alternate * T + u] * bounds->tools[row->alternate * T + u] / row->hours_ratio;
    }
    return hours;
}

/* Starts of a source in a period that its contract, its line and its tool hours allow; INFINITY when none of them says. */
static double allowed_starts(struct fab_bounds *bounds, const fab_terms *terms, int s, int t)
{
    const fab_model *model = terms->model;
    const struct fab_source_period *at = &terms->source[s].period[t];
    double weeks = terms->period[t].days / FAB_DAYS_PER_WEEK, most = (double)INFINITY;
    if (!at->available)
        return 0;
    for (int l = 0; l < at->load_count; l++) {
        const struct fab_load *load = &terms->load[at->first_load + l];
        most = fmin(most, fab_bounds_loosen(most_hours(bounds, terms, load->tool_group, load->period) / load->hours));
    }
    for (int r = 0; r < model->line_limit_count; r++) {
        const struct fab_line_limit *row = &model->line_limit[r];
        if (row->line == model->source[s].line && !isnan(row->max_starts_per_week) && fab_terms_starts_inside(terms, t, row->from_date, row->to_date))
            most = fmin(most, fab_bounds_loosen(row->max_starts_per_week * weeks));
    }
    if (at->max_starts <= most) {
        most = at->max_starts;
        bounds->own_limit[s * terms->period_count + t] = true;
    }
    return most;
}

/* The smallest share of its starts that arrives in a period, as far as a plan may have to live on it. */
static double least_share(const fab_terms *terms, const struct fab_source_period *at)
{
    double least = 1;
    for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++)
        least = fmin(least, terms->arrival[a].share);
    return fmax(least, SMALLEST_SHARE);
}

/* Starts of a source in a period that could give everything that is of use of what comes out. */
static double useful_starts(const fab_terms *terms, int s, int t, const double *useful)
{
    const struct fab_source_terms *source = &terms->source[s];
    const struct fab_source_period *at = &source->period[t];
    double starts = at->min_starts; /* a promise may be kept even if nothing needs the units */
    for (int o = 0; at->available && o < source->output_count; o++)
        if (source->share[o * terms->period_count + t] > 0 && at->good_units > 0)
            starts = fmax(starts, useful[source->output[o].item] / (source->share[o * terms->period_count + t] * at->good_units * least_share(terms, at)));
    return starts;
}

/* True when the units of a start are worth more at the horizon's end than it costs: then use sets no limit, unless nothing else does. */
static bool is_worth_stocking(const fab_terms *terms, int s, int t)
{
    const struct fab_source_period *at = &terms->source[s].period[t];
    double end_value = terms->model->end_value_frac * at->good_units * terms->source[s].output_value_usd * terms->end_discount;
    return end_value > at->usd_per_start * terms->period[t].discount;
}

/* Starts in a period at most: what is allowed, and what is of use where more than that is no gain. loose: of use with room to spare. */
static double bounded_starts(const fab_terms *terms, int s, int t, double allowed, const double *useful, bool loose)
{
    if (isfinite(allowed) && is_worth_stocking(terms, s, t))
        return allowed;
    double of_use = useful_starts(terms, s, t, useful);
    return fmin(allowed, loose ? fab_bounds_loosen(of_use) : of_use);
}

/* What an item can serve as, itself included: units of it that serve as one of another at most; 0: it cannot. A way that is longer than there are items is a circle. What serves for one consumer alone
 * is used up by it: it ends a way. */
static void find_served(const fab_model *model, int item, double *served)
{
    for (int k = 0; k < model->item_count; k++)
        served[k] = k == item;
    bool more = model->substitute_count > 0;
    for (int round = 0; more && round < model->item_count; round++) {
        more = false;
        for (int r = 0; r < model->substitute_count; r++) {
            const struct fab_substitute *row = &model->substitute[r];
            double units = served[row->item] * row->rate;
            if (row->consumer || row->instead_of == item || units <= served[row->instead_of])
                continue;
            served[row->instead_of] = units;
            more = true;
        }
    }
}

/* Units of an item that are of use: for itself, as what it serves as, and for the consumers that take it or that instead of another. */
static double used_as(const fab_model *model, const double *served, const double *own)
{
    double units = 0;
    for (int k = 0; k < model->item_count; k++)
        units += served[k] > 0 ? served[k] * own[k] : 0;
    for (int r = 0; r < model->substitute_count; r++) {
        const struct fab_substitute *row = &model->substitute[r];
        if (row->consumer && served[row->item] > 0)
            units += served[row->item] * row->rate * own[row->instead_of];
    }
    return units;
}

/* The largest limit of stock of an item over the periods, 0 where there is none. */
static double most_stock(const fab_terms *terms, int item)
{
    double most = 0;
    for (int t = 0; t < terms->period_count; t++)
        most = fmax(most, terms->max_stock[item * terms->period_count + t]); /* fmax skips NAN */
    return most;
}

/* Units of every item that are of use for itself: orders, stock room, and what all starts that consume it could take. */
static void find_own_use(const fab_terms *terms, const struct fab_bounds *bounds, const double *useful, double *own)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int i = 0; i < model->item_count; i++)
        own[i] = 1 + most_stock(terms, i);
    for (int d = 0; d < model->demand_count; d++)
        own[model->demand[d].item] += model->demand[d].quantity;
    for (int s = 0; s < model->source_count; s++) {
        const struct fab_source_terms *source = &terms->source[s];
        double allowed = 0, of_use = 0;
        for (int t = 0; source->component_count > 0 && t < T; t++) {
            allowed += bounds->starts[s * T + t];
            of_use = fmax(of_use, bounded_starts(terms, s, t, bounds->starts[s * T + t], useful, false));
            if (is_worth_stocking(terms, s, t))
                of_use = (double)INFINITY;
        }
        for (int c = 0; c < source->component_count; c++)
            own[source->component[c].item] += fmin(allowed, of_use) * source->component[c].amount;
    }
}

/* Units of every item that could be of use. Bills of material are followed from the top, each round one level further; a circle of them stops at MOST_LEVELS. */
static bool find_useful(fab_arena *arena, const fab_terms *terms, const struct fab_bounds *bounds, double *useful)
{
    const fab_model *model = terms->model;
    double *own = take(arena, model->item_count, 1);
    double *served = take(arena, model->item_count, 1);
    bool more = true;
    if (!own || !served)
        return false;
    for (int level = 0; level < MOST_LEVELS && more; level++) {
        more = false;
        find_own_use(terms, bounds, useful, own);
        for (int i = 0; i < model->item_count; i++) {
            find_served(model, i, served);
            double units = used_as(model, served, own);
            more = more || fmin(units, MOST_OF_USE) != useful[i];
            useful[i] = fmin(units, MOST_OF_USE);
        }
    }
    return true;
}

static bool bound_starts(fab_arena *arena, struct fab_bounds *bounds, const fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    double *useful = take(arena, model->item_count, 1);
    if (!useful)
        return false;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++)
            bounds->starts[s * T + t] = allowed_starts(bounds, terms, s, t);
    if (!find_useful(arena, terms, bounds, useful))
        return false;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            double *starts = &bounds->starts[s * T + t];
            double most = bounded_starts(terms, s, t, *starts, useful, true);
            bounds->own_limit[s * T + t] &= most >= *starts;
            *starts = most;
        }
    return true;
}

/* Nothing of a WIP group arrives before what goes on at once, its first way. */
static void add_wip(struct fab_bounds *bounds, const fab_terms *terms)
{
    for (int k = 0; k < terms->wip_count; k++) {
        const struct fab_wip_group *group = &terms->wip[k];
        for (int c = 0; group->go_count > 0 && c < group->go[0].come_count; c++) {
            const struct fab_come *come = &terms->come[group->go[0].first_come + c];
            bounds->arrivals[come->item * terms->period_count + come->period] += group->wafers * group->good_units * come->amount;
        }
    }
}

static void add_arrivals(struct fab_bounds *bounds, const fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int i = 0; i < model->item_count; i++)
        for (int t = 0; t < T; t++)
            bounds->arrivals[i * T + t] = terms->receipt[i * T + t] + (t == 0 ? terms->on_hand[i] : 0);
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            for (int c = 0; c < at->come_count; c++) {
                const struct fab_come *come = &terms->come[at->first_come + c];
                bounds->arrivals[come->item * T + come->period] += at->good_units * come->amount * come->share * bounds->starts[s * T + t];
            }
        }
    add_wip(bounds, terms);
    for (int i = 0; i < model->item_count; i++)
        for (int t = 1; t < T; t++)
            bounds->arrivals[i * T + t] += bounds->arrivals[i * T + t - 1];
}

/* Adds to every item what can reach it through substitutes: the closure of "serves as", each item's own arrivals counted once. Not those of one consumer: they put nothing into stock, they take the place of what is used (SUB). */
static bool add_substitutes(fab_arena *arena, struct fab_bounds *bounds, const fab_terms *terms)
{
    const fab_model *model = terms->model;
    int n = model->item_count, T = terms->period_count;
    double *reaches = take(arena, n, 1); /* units that one of an item makes at most */
    double *own = take(arena, n, T);
    if (!reaches || !own)
        return false;
    for (int i = 0; i < n * T; i++)
        own[i] = bounds->arrivals[i];
    for (int i = 0; i < n && model->substitute_count; i++) {
        for (int k = 0; k < n; k++)
            reaches[k] = k == i;
        bool more = true;
        for (int round = 0; more && round < n; round++) {
            more = false;
            for (int r = 0; r < model->substitute_count; r++) {
                const struct fab_substitute *row = &model->substitute[r];
                if (row->consumer || reaches[row->instead_of] / row->rate <= reaches[row->item])
                    continue;
                reaches[row->item] = reaches[row->instead_of] / row->rate;
                more = true;
            }
        }
        for (int k = 0; k < n; k++)
            for (int t = 0; k != i && reaches[k] > 0 && t < T; t++)
                bounds->arrivals[i * T + t] += own[k * T + t] * reaches[k];
    }
    return true;
}

struct fab_bounds *fab_bounds_new(fab_arena *arena, const fab_terms *terms)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    struct fab_bounds *bounds = fab_arena_take(arena, 1, sizeof *bounds);
    if (!bounds)
        return NULL;
    bounds->starts = take(arena, model->source_count, T);
    bounds->own_limit = fab_arena_take(arena, (size_t)model->source_count * (size_t)T, sizeof(bool));
    bounds->arrivals = take(arena, model->item_count, T);
    bounds->orders = take(arena, model->tool_group_count, T);
    bounds->tools = take(arena, model->tool_group_count, T);
    if (!bounds->starts || !bounds->own_limit || !bounds->arrivals || !bounds->orders || !bounds->tools)
        return NULL;
    bound_tools(bounds, terms);
    if (!bound_starts(arena, bounds, terms))
        return NULL;
    add_arrivals(bounds, terms);
    return add_substitutes(arena, bounds, terms) ? bounds : NULL;
}
