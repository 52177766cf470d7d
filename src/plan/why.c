/* Why demand is short: what one more unit would cost, and of what.
 *
 * The value of one more unit of an item (its BAL multiplier) is taken apart along the way by which the plan would get it. For every start of a source the optimum says, exactly,
 *     value of what it gives = cost + components + tool hours + power + line limits + minimum starts + the limit of the source itself
 * (dual feasibility of column x, with the reduced cost as the last term). A start that gives several bins, or gives them over two periods, is charged to a unit by the unit's share
 * of the value of all that comes out. Components are taken apart in turn; stock carried from or kept for another period and substitutes are followed. Where no source in use explains a
 * unit, the one that would lose least is taken, with its loss as a part; where nothing can arrive in time at all, that is the answer. All parts together are the marginal cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include "bounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A demand short of less than this share of its quantity is served. */
#define SERVED 1e-7
/* Parts below this share of the marginal cost are added up as "other". */
#define SMALLEST_PART 0.002

/* A rest below this share is the rounding of the sum. */
#define SMALLEST_REST 1e-9

enum { MOST_PARTS = 256, MOST_SHOWN = 10, MOST_STEPS = 400 };

/* A part of the marginal cost; parts of the same family and key are one. */
struct part {
    const char *family, *key, *kind, *unit;
    bool binding;
    double usd, amount, largest_usd;
    int period; /* where the largest share falls */
};

/* The walk through one demand. Money is discounted until the parts are written. */
struct walk {
    const fab_plan *plan;
    struct part part[MOST_PARTS];
    int part_count, steps;
    bool *visited; /* [item x T]: on the way at present */
};

static void add_part(struct walk *walk, const char *family, const char *kind, const char *key, bool binding, double usd, double amount, const char *unit,
                     int period)
{
    int p = 0;
    if (usd == 0)
        return;
    while (p < walk->part_count && (strcmp(walk->part[p].family, family) != 0 || strcmp(walk->part[p].key, key) != 0))
        p++;
    if (p == MOST_PARTS) {
        p = MOST_PARTS - 1; /* the last place takes what is too much; the sum stays right */
        key = "";
    }
    struct part *part = &walk->part[p];
    if (p == walk->part_count) {
        *part = (struct part){.family = family, .key = key, .kind = kind, .unit = unit, .binding = binding, .period = period};
        walk->part_count++;
    }
    part->usd += usd;
    part->amount += amount;
    if (fabs(usd) > part->largest_usd) {
        part->largest_usd = fabs(usd);
        part->period = period;
    }
}

/* Value of one more unit of an item, discounted. */
static double unit_value(const fab_plan *plan, int item, int t)
{
    return 0.0 - plan->solution->multiplier[plan->program->balance[item * plan->terms->period_count + t]];
}

static double multiplier(const fab_plan *plan, int row)
{
    return row == FAB_NONE ? 0 : plan->solution->multiplier[row];
}

/* Money that the objective itself puts on a start: cost, energy, end value. */
static void add_money_of_start(struct walk *walk, int s, int t, double starts)
{
    const fab_plan *plan = walk->plan;
    const fab_terms *terms = plan->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    int column = plan->program->starts[s * terms->period_count + t];
    double cost = at->usd_per_start * terms->period[t].discount * starts;
    add_part(walk, "COST", "cost of starts", plan->model->source[s].source, false, cost, starts, "starts", t);
    /* all that is left of the column's objective: energy and the end value of what does not arrive before the horizon's end */
    double other = -plan->program->lp->column[column].objective * starts - cost;
    add_part(walk, "POWER", "energy", "energy less end value", false, other, 0, NULL, t);
}

static void add_limits_of_start(struct walk *walk, int s, int t, double starts)
{
    const fab_plan *plan = walk->plan;
    const fab_terms *terms = plan->terms;
    const fab_program *program = plan->program;
    const fab_model *model = plan->model;
    int T = terms->period_count, line = model->source[s].line, column = program->starts[s * T + t];
    const struct fab_source_period *at = &terms->source[s].period[t];
    for (int l = at->first_load; l < at->first_load + at->load_count; l++) {
        const struct fab_load *load = &terms->load[l];
        double hours = load->hours * starts, mw = hours * fab_program_mwh_per_hour(terms, load->tool_group) / (FAB_HOURS_PER_DAY * terms->period[load->period].days);
        int site = model->line[model->tool_group[load->tool_group].line].site;
        add_part(walk, "CAP", "tool hours", model->tool_group[load->tool_group].tool_group, true,
                 hours * multiplier(plan, program->capacity[load->tool_group * T + load->period]), hours, "hours", load->period);
        add_part(walk, "PWR", "power limit", model->site[site].site, true, mw * multiplier(plan, program->power[site * T + load->period]), mw, "MW",
                 load->period);
    }
    for (int r = 0; r < model->line_limit_count; r++) {
        double rate = starts * FAB_DAYS_PER_WEEK / terms->period[t].days;
        if (model->line_limit[r].line != line)
            continue;
        double usd = multiplier(plan, program->line_starts[r * T + t]) + multiplier(plan, program->line_ramp[r * T + t]);
        if (t + 1 < T)
            usd -= multiplier(plan, program->line_ramp[r * T + t + 1]);
        add_part(walk, "LIN", "starts and ramp of the line", model->line[line].line, true, rate * usd, rate, "starts a week", t);
    }
    for (int r = 0; r < model->source_limit_count; r++)
        if (model->source_limit[r].source == s)
            add_part(walk, "MIN_STARTS", "promised minimum of", model->source[s].source, true, starts * multiplier(plan, program->minimum_starts[r * T + t]),
                     starts, "starts", t);
    double reduced = plan->solution->reduced_cost[column];
    add_part(walk, reduced < 0 ? "LOSS" : "SRC", reduced < 0 ? "more than the unit is worth, by" : "maximum of", model->source[s].source, reduced > 0, starts * reduced,
             starts, "starts", t);
}

static void explain_item(struct walk *walk, int item, int t, double units);

/* Discounted value of all that one start gives before the horizon's end. */
static double value_of_start(const fab_plan *plan, int s, int t)
{
    const struct fab_source_terms *source = &plan->terms->source[s];
    const struct fab_source_period *at = &source->period[t];
    double value = 0;
    for (int o = 0; o < source->output_count; o++)
        for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++)
            value += at->good_units * source->output[o].amount * plan->terms->arrival[a].share *
                     unit_value(plan, source->output[o].item, plan->terms->arrival[a].period);
    return value;
}

/* Takes a value apart along the starts of source s in period t that are worth as much. */
static void explain_source(struct walk *walk, double value, int s, int t)
{
    const struct fab_source_terms *source = &walk->plan->terms->source[s];
    double starts = value / value_of_start(walk->plan, s, t);
    add_money_of_start(walk, s, t, starts);
    add_limits_of_start(walk, s, t, starts);
    for (int c = 0; c < source->component_count; c++)
        explain_item(walk, source->component[c].item, t, starts * source->component[c].amount);
}

/* How good starts of a source in a period explain a unit: in use and between their limits best, then in use at their maximum, then by what they would lose, per unit of value;
 * the larger share of arrivals in the period decides between equals. */
static double score_start(const fab_plan *plan, int s, int t, double share)
{
    int column = plan->program->starts[s * plan->terms->period_count + t];
    double value = value_of_start(plan, s, t), loss = fmax(0, -plan->solution->reduced_cost[column]);
    if (value <= 0 || plan->program->lp->column[column].upper <= 0)
        return 0;
    if (fab_view_column(plan, column) <= 0)
        return 1 / (1 + loss / value);
    return (plan->solution->column_status[column] == 'b' ? 3 : 2) + share / 2;
}

/* The start that would bring one more unit of an item in a period; *best_source is FAB_NONE when nothing can arrive. */
static void find_source(const fab_plan *plan, int item, int u, int *best_source, int *best_period)
{
    const fab_terms *terms = plan->terms;
    double best = 0;
    *best_source = *best_period = FAB_NONE;
    for (int s = 0; s < plan->model->source_count; s++) {
        const struct fab_source_terms *source = &terms->source[s];
        bool gives = false;
        for (int o = 0; o < source->output_count; o++)
            gives = gives || (source->output[o].item == item && source->output[o].amount > 0);
        for (int t = 0; gives && t <= u; t++) {
            const struct fab_source_period *at = &source->period[t];
            for (int a = at->first_arrival; plan->program->starts[s * terms->period_count + t] != FAB_NONE && a < at->first_arrival + at->arrival_count; a++) {
                double score = terms->arrival[a].period == u ? score_start(plan, s, t, terms->arrival[a].share) : 0;
                if (score > best) {
                    best = score;
                    *best_source = s;
                    *best_period = t;
                }
            }
        }
    }
}

/* Follows a substitute in use, stock carried from the period before, or stock kept for the next one; false when there is none. */
static bool explain_stock(struct walk *walk, int item, int t, double units)
{
    const fab_plan *plan = walk->plan;
    const fab_program *program = plan->program;
    int T = plan->terms->period_count;
    for (int j = 0; j < plan->model->substitute_count; j++) {
        const struct fab_substitute *row = &plan->model->substitute[j];
        int column = program->substitute[j * T + t];
        if (row->instead_of != item || fab_view_column(plan, column) <= 0 || walk->visited[row->item * T + t])
            continue;
        add_part(walk, "SUB", "change of", plan->model->item[row->item].item, false, units * (unit_value(plan, item, t) - unit_value(plan, row->item, t)), units,
                 "units", t);
        explain_item(walk, row->item, t, units);
        return true;
    }
    for (int back = 1; back >= 0; back--) {
        int kept = back ? t - 1 : t, other = back ? t - 1 : t + 1;
        if (kept < 0 || other >= T || walk->visited[item * T + other] || fab_view_column(plan, program->stock[item * T + kept]) <= 0)
            continue;
        add_part(walk, "HOLD", "holding stock of", plan->model->item[item].item, false, units * (unit_value(plan, item, t) - unit_value(plan, item, other)), units,
                 "units", t);
        explain_item(walk, item, other, units);
        return true;
    }
    return false;
}

static bool in_use(const fab_plan *plan, int source, int period)
{
    return source != FAB_NONE && fab_view_column(plan, plan->program->starts[source * plan->terms->period_count + period]) > 0;
}

static void explain_item(struct walk *walk, int item, int t, double units)
{
    const fab_plan *plan = walk->plan;
    int source, start, T = plan->terms->period_count;
    double value = units * unit_value(plan, item, t);
    if (value == 0)
        return;
    walk->visited[item * T + t] = true;
    find_source(plan, item, t, &source, &start);
    if (++walk->steps > MOST_STEPS)
        add_part(walk, "OTHER", "other", "", false, value, 0, NULL, t);
    else if (in_use(plan, source, start))
        explain_source(walk, value, source, start);
    else if (!explain_stock(walk, item, t, units)) {
        if (source != FAB_NONE)
            explain_source(walk, value, source, start);
        else
            add_part(walk, "TIME", "nothing more can arrive in time of", plan->model->item[item].item, true, value, units, "units", t);
    }
    walk->visited[item * T + t] = false;
}

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    if (fabs(a->usd) != fabs(b->usd))
        return fabs(a->usd) > fabs(b->usd) ? -1 : 1;
    int family = strcmp(a->family, b->family);
    return family ? family : strcmp(a->key, b->key);
}

static void write_part(struct fab_writer *w, const char *demand, int rank, const struct part *part, double discount)
{
    const char *label = w->failed ? NULL : part->kind;
    if (label && *part->key) {
        fab_arena *arena = fab_arena_new();
        char *text = arena ? fab_arena_printf(arena, "%s %s", part->kind, part->key) : NULL;
        label = text ? fab_table_keep(w->table, text) : NULL;
        fab_arena_free(arena);
    }
    w->failed = w->failed || !label;
    fab_writer_row(w);
    fab_writer_text(w, demand);
    fab_writer_integer(w, rank);
    fab_writer_text(w, part->family);
    fab_writer_text(w, part->key);
    fab_writer_text(w, label);
    fab_writer_text(w, part->period == FAB_NONE ? NULL : w->plan->terms->period[part->period].name);
    fab_writer_integer(w, part->binding);
    fab_writer_real(w, part->usd / discount);
    fab_writer_real(w, part->unit ? part->amount : (double)NAN);
    fab_writer_text(w, part->unit);
    fab_writer_real(w, part->unit && part->amount != 0 ? part->usd / discount / part->amount : (double)NAN);
}

/* The largest parts, then one row with all the rest (small parts, hours that only qualified steps may move), so that the rows of a demand add up to the total. */
static void write_parts(struct fab_writer *w, struct walk *walk, const char *demand, double total, double discount)
{
    struct part other = {.family = "OTHER", .key = "", .kind = "other", .period = FAB_NONE, .usd = total};
    int rank = 0;
    qsort(walk->part, (size_t)walk->part_count, sizeof *walk->part, compare_parts);
    for (int p = 0; p < walk->part_count; p++) {
        if (rank >= MOST_SHOWN || fabs(walk->part[p].usd) < SMALLEST_PART * fabs(total))
            continue;
        write_part(w, demand, ++rank, &walk->part[p], discount);
        other.usd -= walk->part[p].usd;
    }
    if (rank == 0 || fabs(other.usd) > SMALLEST_REST * fabs(total))
        write_part(w, demand, ++rank, &other, discount);
}

static void explain_demand(struct fab_writer *w, struct walk *walk, int d)
{
    const fab_plan *plan = w->plan;
    const struct fab_demand *demand = &plan->model->demand[d];
    int t = plan->terms->due_period[d], T = plan->terms->period_count;
    double total = unit_value(plan, demand->item, t);
    walk->part_count = walk->steps = 0;
    explain_item(walk, demand->item, t, 1);
    for (int r = 0; r < plan->model->shipment_limit_count; r++) {
        const struct fab_shipment_limit *limit = &plan->model->shipment_limit[r];
        double usd = limit->customer == demand->customer && limit->item == demand->item ? multiplier(plan, plan->program->shipment_limit[r * T + t]) : 0;
        add_part(walk, "SHP", "what the customer can take:", plan->model->customer[limit->customer].customer, true, usd, 1, "units", t);
        total += usd;
    }
    write_parts(w, walk, demand->demand, total, plan->terms->period[t].discount);
}

fab_table *fab_table_shortages(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_shortage", "demand rank family key label period binding usd_per_unit amount unit usd_per_amount");
    struct walk *walk = calloc(1, sizeof *walk);
    bool *visited = calloc((size_t)plan->model->item_count * (size_t)plan->terms->period_count + 1, sizeof *visited);
    w.failed = w.failed || !walk || !visited;
    for (int d = 0; !w.failed && d < plan->model->demand_count; d++) {
        walk->plan = plan;
        walk->visited = visited;
        if (fab_view_column(plan, plan->program->shortage[d]) > SERVED * plan->model->demand[d].quantity)
            explain_demand(&w, walk, d);
    }
    free(visited);
    free(walk);
    return fab_writer_end(&w);
}
