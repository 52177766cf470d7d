/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include "view.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_STEPS = 400 };

struct fab_walk {
    const fab_plan *plan;
    struct fab_parts parts;
    int steps;
    bool *visited; /* [item x T]: on the way at present */
};

struct fab_walk *fab_walk_new(const fab_plan *plan)
{
    struct fab_walk *walk = calloc(1, sizeof *walk);
    if (!walk)
        return NULL;
    walk->plan = plan;
    walk->visited = calloc((size_t)plan->model->item_count * (size_t)plan->terms->period_count + 1, sizeof *walk->visited);
    walk->parts.arena = fab_arena_new();
    if (walk->visited && walk->parts.arena)
        return walk;
    fab_walk_free(walk);
    return NULL;
}

void fab_walk_free(struct fab_walk *walk)
{
    if (!walk)
        return;
    fab_parts_fini(&walk->parts);
    fab_arena_free(walk->parts.arena);
    free(walk->visited);
    free(walk);
}

double fab_walk_value(const fab_plan *plan, int item, int t)
{
    return 0.0 - plan->solution->multiplier[fab_program_at(plan->program, FAB_BAL, item, t)];
}

/* ---- one column ---- */

/* A column taken `scale` times, for units that its balances with coefficient x scale > 0 give. */
struct column {
    int place;
    struct fab_tag tag;
    double scale;
    int period; /* in which its money is said to be spent */
};

static struct column column_at(const fab_plan *plan, struct fab_tag tag)
{
    return (struct column){fab_program_find(plan->program, tag), tag, 1, tag.period == FAB_NONE ? 0 : tag.period};
}

/* Discounted value of all the units that a column gives. */
static double value_given(const fab_plan *plan, const struct column *column)
{
    const fab_lp *lp = plan->program->lp;
    double value = 0;
    for (int k = lp->start[column->place]; k < lp->start[column->place + 1]; k++) {
        int row = lp->row_index[k];
        if (lp->row[row].tag.family == FAB_BAL && lp->value[k] * column->scale > 0)
            value -= lp->value[k] * column->scale * plan->solution->multiplier[row];
    }
    return value;
}

/* The words of a column's own money: of starts by kind, of stock and substitutes as a whole. */
static void add_money(struct fab_walk *walk, const struct column *column)
{
    const fab_plan *plan = walk->plan;
    struct fab_label label;
    double all = -plan->program->lp->column[column->place].objective * column->scale;
    fab_program_label(plan->program, column->tag, &label);
    struct fab_part part = {.key = label.subject, .usd = all, .amount = fabs(column->scale), .unit = "units", .period = column->period};
    if (column->tag.family == FAB_X) {
        const struct fab_source_period *at = &plan->terms->source[column->tag.a].period[column->tag.period];
        part.family = "COST";
        part.kind = "cost of starts";
        part.unit = "starts";
        part.usd = at->usd_per_start * plan->terms->period[column->tag.period].discount * column->scale;
        fab_parts_add(&walk->parts, &part);
        /* all that is left: energy and the end value of what does not arrive before the horizon's end */
        part = (struct fab_part){.family = "POWER", .key = "energy less end value", .kind = "energy", .usd = all - part.usd, .period = column->tag.period};
    } else if (column->tag.family == FAB_GO || column->tag.family == FAB_GO_IN) {
        /* the wafers have been paid for */
        part = (struct fab_part){.family = "POWER", .key = "energy less end value", .kind = "energy", .usd = all, .period = column->period};
    } else if (column->tag.family == FAB_M) {
        part.family = "SUB";
        part.kind = "change of";
        part.key = plan->model->item[plan->model->substitute[column->tag.a].item].item;
    } else {
        part.family = "HOLD";
        part.kind = "holding stock of";
    }
    fab_parts_add(&walk->parts, &part);
}

/* What the column's own limits are worth, or what it loses. */
static void add_limit(struct fab_walk *walk, const struct column *column)
{
    const fab_plan *plan = walk->plan;
    double reduced = plan->solution->reduced_cost[column->place] * column->scale;
    struct fab_label label;
    fab_program_label(plan->program, column->tag, &label);
    struct fab_part part = {.family = "SRC", .key = label.subject, .kind = "maximum of", .unit = plan->program->family[column->tag.family].unit,
                            .binding = true, .usd = reduced, .amount = fabs(column->scale), .period = column->period};
    if (reduced < 0) {
        part.family = "LOSS";
        part.kind = "more than the unit is worth, by";
        part.binding = false;
    } else if (column->tag.family == FAB_I) {
        part.family = "STOCK";
        part.kind = "room in stock for";
    }
    fab_parts_add(&walk->parts, &part);
}

double fab_walk_row(struct fab_walk *walk, int row, double amount)
{
    const fab_plan *plan = walk->plan;
    struct fab_tag tag = plan->program->lp->row[row].tag;
    const struct fab_family *family = &plan->program->family[tag.family];
    struct fab_label label;
    fab_program_label(plan->program, tag, &label);
    const struct fab_part part = {.family = family->reason_code, .key = label.subject, .kind = label.reason, .unit = family->unit, .binding = true,
                                  .usd = plan->solution->multiplier[row] * amount, .amount = amount, .period = tag.period};
    fab_parts_add(&walk->parts, &part);
    return part.usd;
}

static void walk_item(struct fab_walk *walk, int item, int t, double units);

/* Takes a value apart along the column that gives it. */
static void walk_column(struct fab_walk *walk, double value, struct column column)
{
    const fab_plan *plan = walk->plan;
    const fab_lp *lp = plan->program->lp;
    column.scale *= value / value_given(plan, &column);
    add_money(walk, &column);
    for (int k = lp->start[column.place]; k < lp->start[column.place + 1]; k++) {
        double amount = lp->value[k] * column.scale;
        if (lp->row[lp->row_index[k]].tag.family != FAB_BAL)
            fab_walk_row(walk, lp->row_index[k], amount);
    }
    add_limit(walk, &column);
    for (int k = lp->start[column.place]; k < lp->start[column.place + 1]; k++) {
        struct fab_tag tag = lp->row[lp->row_index[k]].tag;
        double amount = lp->value[k] * column.scale;
        if (tag.family == FAB_BAL && amount < 0)
            walk_item(walk, tag.a, tag.period, -amount);
    }
}

/* ---- which column ---- */

static bool in_use(const fab_plan *plan, const struct column *column)
{
    return column->place != FAB_NONE && fab_view_column(plan, column->place) > 0;
}

/* How good a column of starts, or of wafers in process, explains a unit: in use and between their limits best, then in use at their maximum, then by what they would lose, per unit of value;
 * the larger share of arrivals in the period decides between equals. */
static double score_start(const fab_plan *plan, const struct column *column, double share)
{
    double value = value_given(plan, column), loss = fmax(0, -plan->solution->reduced_cost[column->place]);
    double upper = plan->program->lp->column[column->place].upper;
    if (value <= 0 || upper <= 0)
        return 0;
    if (!in_use(plan, column))
        return 1 / (1 + loss / value);
    return (plan->solution->x[column->place] < upper ? 3 : 2) + share / 2;
}

static bool gives(const struct fab_source_terms *source, int item)
{
    for (int o = 0; o < source->output_count; o++)
        if (source->output[o].item == item && source->output[o].amount > 0)
            return true;
    return false;
}

/* The best column so far that gives units in a period. */
struct search {
    const fab_plan *plan;
    int period;
    struct column best;
    double best_score;
};

/* Looks at a column whose units arrive as said. */
static void look_at(struct search *search, struct fab_tag tag, int first_arrival, int arrival_count)
{
    const struct fab_arrival *arrival = search->plan->terms->arrival;
    struct column column = column_at(search->plan, tag);
    for (int a = first_arrival; column.place != FAB_NONE && a < first_arrival + arrival_count; a++) {
        double score = arrival[a].period == search->period ? score_start(search->plan, &column, arrival[a].share) : 0;
        if (score > search->best_score) {
            search->best_score = score;
            search->best = column;
        }
    }
}

/* The start, or the wafer in process, that would bring one more unit of an item in a period; place FAB_NONE when nothing can arrive. */
static struct column find_start(const fab_plan *plan, int item, int u)
{
    const fab_terms *terms = plan->terms;
    struct search search = {.plan = plan, .period = u, .best = {.place = FAB_NONE}};
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; gives(&terms->source[s], item) && t <= u; t++)
            look_at(&search, fab_tag_of(FAB_X, s, t), terms->source[s].period[t].first_arrival, terms->source[s].period[t].arrival_count);
    for (int k = 0; k < terms->wip_count; k++)
        for (int w = 0; gives(&terms->source[terms->wip[k].source], item) && w < terms->wip[k].go_count; w++) {
            const struct fab_go *go = &terms->wip[k].go[w];
            look_at(&search, fab_tag_of(go->period == FAB_NONE ? FAB_GO : FAB_GO_IN, k, go->period), go->first_arrival, go->arrival_count);
        }
    return search.best;
}

/* A substitute in use, stock carried from the period before, or stock kept for the next one; place FAB_NONE when there is none. */
static struct column find_stock(const struct fab_walk *walk, int item, int t)
{
    const fab_plan *plan = walk->plan;
    int T = plan->terms->period_count;
    for (int j = 0; j < plan->model->substitute_count; j++) {
        const struct fab_substitute *row = &plan->model->substitute[j];
        struct column column = column_at(plan, fab_tag_of(FAB_M, j, t));
        if (row->instead_of == item && in_use(plan, &column) && !walk->visited[row->item * T + t])
            return column;
    }
    for (int back = 1; back >= 0; back--) {
        int kept = back ? t - 1 : t, other = back ? t - 1 : t + 1;
        if (kept < 0 || other >= T || walk->visited[item * T + other])
            continue;
        struct column column = column_at(plan, fab_tag_of(FAB_I, item, kept));
        column.scale = back ? 1 : -1; /* what is kept for the next period is taken from it */
        column.period = t;
        if (in_use(plan, &column))
            return column;
    }
    return (struct column){.place = FAB_NONE};
}

/* ---- one item ---- */

static void add_word(struct fab_walk *walk, const char *family, const char *kind, const char *key, double usd, double units, int period)
{
    const struct fab_part part = {.family = family, .key = key, .kind = kind, .unit = units != 0 ? "units" : NULL, .binding = units != 0,
                                  .usd = usd, .amount = units, .period = period};
    fab_parts_add(&walk->parts, &part);
}

static void walk_item(struct fab_walk *walk, int item, int t, double units)
{
    const fab_plan *plan = walk->plan;
    int place = item * plan->terms->period_count + t;
    double value = units * fab_walk_value(plan, item, t);
    if (value == 0)
        return;
    if (++walk->steps > MOST_STEPS) {
        add_word(walk, "OTHER", "other", "", value, 0, t);
        return;
    }
    walk->visited[place] = true;
    struct column start = find_start(plan, item, t), stock = {.place = FAB_NONE};
    if (!in_use(plan, &start))
        stock = find_stock(walk, item, t);
    if (stock.place != FAB_NONE)
        walk_column(walk, value, stock);
    else if (start.place != FAB_NONE)
        walk_column(walk, value, start);
    else
        add_word(walk, "TIME", "nothing more can arrive in time of", plan->model->item[item].item, value, units, t);
    walk->visited[place] = false;
}

struct fab_parts *fab_walk_unit(struct fab_walk *walk, int item, int t)
{
    walk->parts.count = 0;
    walk->steps = 0;
    walk_item(walk, item, t, 1);
    return &walk->parts;
}
