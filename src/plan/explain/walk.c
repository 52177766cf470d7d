/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include "tied.h"
#include "view.h"
#include "ways.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_STEPS = 400 };

struct fab_walk {
    const fab_plan *plan;
    struct fab_ways *ways;
    struct fab_tied *tied;
    struct fab_parts parts;
    int steps;
    int source; /* the first one that the walk came to, FAB_NONE */
    double lead_days; /* from its start to its units */
    bool *visited; /* [item x T]: on the way at present */
    int *levels;   /* [item]: of these, any period */
    const char *loop; /* the item that a loop of bills has come back to, NULL: not yet */
};

struct fab_walk *fab_walk_new(const fab_plan *plan)
{
    struct fab_walk *walk = calloc(1, sizeof *walk);
    if (!walk)
        return NULL;
    walk->plan = plan;
    walk->ways = fab_ways_new(plan);
    walk->tied = fab_tied_new(plan);
    walk->source = FAB_NONE;
    walk->visited = calloc((size_t)plan->model->item_count * (size_t)plan->terms->period_count + 1, sizeof *walk->visited);
    walk->levels = calloc((size_t)plan->model->item_count + 1, sizeof *walk->levels);
    walk->parts.arena = fab_arena_new();
    if (walk->ways && walk->tied && walk->visited && walk->levels && walk->parts.arena)
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
    fab_ways_free(walk->ways);
    fab_tied_free(walk->tied);
    free(walk->visited);
    free(walk->levels);
    free(walk);
}

const struct fab_ways *fab_walk_ways(const struct fab_walk *walk)
{
    return walk->ways;
}

int fab_walk_source(const struct fab_walk *walk, double *lead_days)
{
    *lead_days = walk->lead_days;
    return walk->source;
}

double fab_walk_value(const fab_plan *plan, int item, int t)
{
    return 0.0 - plan->solution->multiplier[fab_program_at(plan->program, FAB_BAL, item, t)];
}

/* ---- one column ---- */

static struct fab_way column_at(const fab_plan *plan, struct fab_tag tag)
{
    return (struct fab_way){fab_program_find(plan->program, tag), tag, 1, tag.period == FAB_NONE ? 0 : tag.period};
}

/* Discounted value of all the units that a column gives. */
static double value_given(const fab_plan *plan, const struct fab_way *column)
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

/* Money of the day beside discounted money. */
static void add_part(struct fab_walk *walk, const struct fab_part *part)
{
    struct fab_part added = *part;
    if (part->usd == 0 && !part->tied)
        return;
    if (walk->loop && !(added.kind = fab_arena_printf(walk->parts.arena, "through the loop of %s: %s", walk->loop, part->kind))) {
        walk->parts.failed = true;
        return;
    }
    added.day_usd = part->usd / walk->plan->terms->period[part->period == FAB_NONE ? 0 : part->period].discount;
    fab_parts_add(&walk->parts, &added);
}

/* The words of a column's own money: of starts by kind, of stock and substitutes as a whole. */
static void add_money(struct fab_walk *walk, const struct fab_way *column)
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
        add_part(walk, &part);
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
    add_part(walk, &part);
}

/* What the column's own limits are worth, or what it loses. */
static void add_limit(struct fab_walk *walk, const struct fab_way *column)
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
    add_part(walk, &part);
}

double fab_walk_row(struct fab_walk *walk, int row, double amount)
{
    const fab_plan *plan = walk->plan;
    struct fab_tag tag = plan->program->lp->row[row].tag;
    const struct fab_family *family = &plan->program->family[tag.family];
    struct fab_label label;
    fab_program_label(plan->program, tag, &label);
    const struct fab_part part = {.family = family->reason_code, .key = label.subject, .kind = label.reason, .unit = family->unit, .binding = true,
                                  .usd = plan->solution->multiplier[row] * amount, .amount = amount, .period = tag.period,
                                  .tied = amount > 0 && family->reason_code && fab_tied_is(walk->tied, row)};
    add_part(walk, &part);
    return part.usd;
}

static void walk_item(struct fab_walk *walk, int item, int t, double units, double unit_usd);

static bool consumes(struct fab_tag tag)
{
    return tag.family == FAB_X || tag.family == FAB_GO || tag.family == FAB_GO_IN;
}

/* What a column takes of an item. A loop of bills comes back to what is on the way already, in another period: what follows is said to be of the loop. */
static void walk_taken(struct fab_walk *walk, const struct fab_way *column, struct fab_tag row, double units, double unit_usd)
{
    bool comes_back = !walk->loop && consumes(column->tag) && walk->levels[row.a] > 0;
    if (comes_back)
        walk->loop = walk->plan->model->item[row.a].item;
    walk_item(walk, row.a, row.period, units, unit_usd);
    if (comes_back)
        walk->loop = NULL;
}

/* The first start on the way is the one that a reason names. */
static void note_source(struct fab_walk *walk, struct fab_tag tag)
{
    const fab_terms *terms = walk->plan->terms;
    if (walk->source != FAB_NONE || !consumes(tag))
        return;
    const struct fab_wip_group *group = tag.family == FAB_X ? NULL : &terms->wip[tag.a];
    walk->source = group ? group->source : tag.a;
    walk->lead_days = group ? (1 - group->progress) * group->lead_days : terms->source[tag.a].period[tag.period].lead_days;
}

/* Every row of a column but the balances of what it gives; what it takes is walked in turn, at its multiplier or at its cost. */
static void walk_rows(struct fab_walk *walk, const struct fab_way *column, bool in_use)
{
    const fab_lp *lp = walk->plan->program->lp;
    note_source(walk, column->tag);
    add_money(walk, column);
    for (int k = lp->start[column->place]; k < lp->start[column->place + 1]; k++)
        if (lp->row[lp->row_index[k]].tag.family != FAB_BAL)
            fab_walk_row(walk, lp->row_index[k], lp->value[k] * column->scale);
    if (in_use)
        add_limit(walk, column);
    for (int k = lp->start[column->place]; k < lp->start[column->place + 1]; k++) {
        struct fab_tag tag = lp->row[lp->row_index[k]].tag;
        double amount = lp->value[k] * column->scale;
        if (tag.family == FAB_BAL && amount < 0)
            walk_taken(walk, column, tag, -amount,
                       in_use ? fab_walk_value(walk->plan, tag.a, tag.period) : fab_ways_cost(walk->ways, tag.a, tag.period));
    }
}

/* Takes a value apart along the column in use that gives it. */
static void walk_column(struct fab_walk *walk, double value, struct fab_way column)
{
    column.scale *= value / value_given(walk->plan, &column);
    walk_rows(walk, &column, true);
}

/* ---- which column ---- */

static bool in_use(const fab_plan *plan, const struct fab_way *column)
{
    return column->place != FAB_NONE && fab_view_column(plan, column->place) > 0;
}

/* How good a column of starts, or of wafers in process, in use explains a unit: between its limits best, then at its maximum; the larger share of arrivals in the period decides between equals. */
static double score_start(const fab_plan *plan, const struct fab_way *column, double share)
{
    if (!in_use(plan, column) || value_given(plan, column) <= 0)
        return 0;
    return (plan->solution->x[column->place] < plan->program->lp->column[column->place].upper ? 3 : 2) + share / 2;
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
    int item, period;
    struct fab_way best;
    double best_score;
};

/* Looks at a column whose units arrive as said. */
static void look_at(struct search *search, struct fab_tag tag, int first, int count)
{
    const struct fab_come *come = search->plan->terms->come;
    struct fab_way column = column_at(search->plan, tag);
    for (int k = first; column.place != FAB_NONE && k < first + count; k++) {
        double score = come[k].period == search->period && come[k].item == search->item ? score_start(search->plan, &column, come[k].share) : 0;
        if (score > search->best_score) {
            search->best_score = score;
            search->best = column;
        }
    }
}

/* The start, or the wafer in process, in use that brings an item in a period; place FAB_NONE when there is none. */
static struct fab_way find_start(const fab_plan *plan, int item, int u)
{
    const fab_terms *terms = plan->terms;
    struct search search = {.plan = plan, .item = item, .period = u, .best = {.place = FAB_NONE}};
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; gives(&terms->source[s], item) && t <= u; t++)
            look_at(&search, fab_tag_of(FAB_X, s, t), terms->source[s].period[t].first_come, terms->source[s].period[t].come_count);
    for (int k = 0; k < terms->wip_count; k++)
        for (int w = 0; !terms->wip[k].begun && gives(&terms->source[terms->wip[k].source], item) && w < terms->wip[k].go_count; w++) {
            const struct fab_go *go = &terms->wip[k].go[w];
            look_at(&search, fab_tag_of(go->period == FAB_NONE ? FAB_GO : FAB_GO_IN, k, go->period), go->first_come, go->come_count);
        }
    return search.best;
}

static bool may_walk(const struct fab_walk *walk, int item, int t)
{
    return fab_ways_supplied(walk->ways, item, t) && !walk->visited[item * walk->plan->terms->period_count + t];
}

/* A substitute in use, stock carried from the period before, or stock kept for the next one or left at the end, where it comes from supply; place FAB_NONE when there is none. */
static struct fab_way find_stock(const struct fab_walk *walk, int item, int t)
{
    const fab_plan *plan = walk->plan;
    int T = plan->terms->period_count;
    for (int j = 0; j < plan->model->substitute_count; j++) {
        const struct fab_substitute *row = &plan->model->substitute[j];
        struct fab_way column = column_at(plan, fab_tag_of(FAB_M, j, t));
        if (row->instead_of == item && in_use(plan, &column) && may_walk(walk, row->item, t))
            return column;
    }
    for (int back = 1; back >= 0; back--) {
        int kept = back ? t - 1 : t, other = back ? t - 1 : t + 1;
        if (kept < 0 || (other < T && !may_walk(walk, item, other)))
            continue;
        struct fab_way column = column_at(plan, fab_tag_of(FAB_I, item, kept));
        column.scale = back ? 1 : -1; /* what is kept for the next period is taken from it */
        column.period = t;
        if (in_use(plan, &column))
            return column;
    }
    return (struct fab_way){.place = FAB_NONE};
}

/* ---- one item ---- */

static void add_word(struct fab_walk *walk, const char *family, const char *kind, const char *key, double usd, double units, int period)
{
    const struct fab_part part = {.family = family, .key = key, .kind = kind, .unit = units != 0 ? "units" : NULL, .binding = units != 0,
                                  .usd = usd, .amount = units, .period = period};
    add_part(walk, &part);
}

/* The column in use that supplies an item, place FAB_NONE when the walk has been everywhere. */
static struct fab_way find_supply(const struct fab_walk *walk, int item, int t)
{
    struct fab_way start = find_start(walk->plan, item, t);
    return start.place != FAB_NONE ? start : find_stock(walk, item, t);
}

/* A column that is not in use, as often as the units need it; less than what it costs is a loss. */
static void walk_way(struct fab_walk *walk, struct fab_way way, int item, int t, double units, double unit_usd)
{
    double rest = units * (unit_usd - fab_ways_cost(walk->ways, item, t));
    way.scale *= units;
    walk_rows(walk, &way, false);
    add_word(walk, "LOSS", "more than the unit is worth, by", walk->plan->model->item[item].item, rest, 0, t);
}

static void walk_item(struct fab_walk *walk, int item, int t, double units, double unit_usd)
{
    int place = item * walk->plan->terms->period_count + t;
    bool supplied = fab_ways_supplied(walk->ways, item, t);
    struct fab_way way = fab_ways_cheapest(walk->ways, item, t), column = {.place = FAB_NONE};
    if (units * unit_usd == 0)
        return;
    if (walk->visited[place] || ++walk->steps > MOST_STEPS) { /* what comes back to itself is walked once */
        add_word(walk, "OTHER", "other", "", units * unit_usd, 0, t);
        return;
    }
    walk->visited[place] = true;
    walk->levels[item]++;
    if (supplied)
        column = find_supply(walk, item, t);
    if (column.place != FAB_NONE)
        walk_column(walk, units * unit_usd, column);
    else if (supplied)
        add_word(walk, "OTHER", "other", "", units * unit_usd, 0, t);
    else if (way.place != FAB_NONE)
        walk_way(walk, way, item, t, units, unit_usd);
    else
        add_word(walk, "TIME", "nothing more can arrive in time of", walk->plan->model->item[item].item, units * unit_usd, units, t);
    walk->visited[place] = false;
    walk->levels[item]--;
}

struct fab_parts *fab_walk_unit(struct fab_walk *walk, int item, int t)
{
    walk->parts.count = 0;
    walk->steps = 0;
    walk->source = FAB_NONE;
    walk_item(walk, item, t, 1, fab_ways_cost(walk->ways, item, t));
    return &walk->parts;
}

struct fab_parts *fab_walk_start(struct fab_walk *walk, struct fab_way start)
{
    walk->parts.count = 0;
    walk->steps = 0;
    walk->source = FAB_NONE;
    walk_rows(walk, &start, false);
    return &walk->parts;
}

void fab_walk_shipment(struct fab_walk *walk, int d, int t)
{
    const fab_lp *lp = walk->plan->program->lp;
    int column = fab_program_at(walk->plan->program, FAB_Y, d, t);
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int family = lp->row[lp->row_index[k]].tag.family;
        if (family != FAB_BAL && family != FAB_DEM && family != FAB_MIN)
            fab_walk_row(walk, lp->row_index[k], lp->value[k]);
    }
}

void fab_walk_late(struct fab_walk *walk, const char *demand, int period, double usd)
{
    add_part(walk, &(struct fab_part){.family = "LATE", .key = demand, .kind = "lateness of", .usd = usd, .period = period});
}
