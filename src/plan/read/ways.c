/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ways.h"

#include "view.h"

#include <math.h>
#include <stdlib.h>

/* A cost that is lower by less than this share is not lower. */
#define SAME 1e-12
/* Of the cost of a start, what less of it is nothing. */
#define SMALLEST_RENT 1e-9

/* An item in a period. */
struct node {
    double usd; /* of one more unit */
    struct fab_way way;
    bool supplied; /* something arrives, is thrown away or is left, here or where columns in use lead */
    bool given_up; /* the way starts from what others have to give up */
    int takers;    /* columns in use that take the item for good */
    struct fab_way source; /* the cheapest start that is not in use, brings the item and needs nothing but money, whatever the plan supplies */
    double source_usd;     /* of a unit by it */
    bool barred;           /* it has a maximum of 0, and there is none that has not */
};

struct fab_ways {
    const fab_plan *plan;
    struct node *node; /* [item x T] */
    int *column;       /* [count]: those that are not in use and give units, by period */
    int count;
};

static struct node *node_of(const struct fab_ways *ways, int item, int period)
{
    return &ways->node[item * ways->plan->terms->period_count + period];
}

double fab_ways_cost(const struct fab_ways *ways, int item, int period)
{
    return node_of(ways, item, period)->usd;
}

bool fab_ways_supplied(const struct fab_ways *ways, int item, int period)
{
    return node_of(ways, item, period)->supplied;
}

struct fab_way fab_ways_cheapest(const struct fab_ways *ways, int item, int period)
{
    return node_of(ways, item, period)->way;
}

void fab_ways_free(struct fab_ways *ways)
{
    if (!ways)
        return;
    free(ways->node);
    free(ways->column);
    free(ways);
}

static double value_of(const fab_plan *plan, int row)
{
    return 0.0 - plan->solution->multiplier[row];
}

/* ---- what is in use ---- */

/* Stock that is kept for a period, and substitutes: they move what there is. */
static bool is_move(const struct fab_ways *ways, struct fab_tag tag)
{
    return tag.family == FAB_M || (tag.family == FAB_I && tag.period + 1 < ways->plan->terms->period_count);
}

/* What arrives, and what is thrown away or left at the end and could do without, is supply; stock and substitutes only move it. */
static void mark_used(struct fab_ways *ways, int column)
{
    const fab_lp *lp = ways->plan->program->lp;
    struct fab_tag own = lp->column[column].tag;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        struct fab_tag tag = lp->row[lp->row_index[k]].tag;
        if (tag.family != FAB_BAL || lp->value[k] == 0)
            continue;
        struct node *node = node_of(ways, tag.a, tag.period);
        bool left = own.family == FAB_Z || own.family == FAB_I;
        node->supplied = node->supplied || (!is_move(ways, own) && (lp->value[k] > 0 || left));
        node->takers += lp->value[k] < 0 && !left;
    }
}

/* Supply of the item, or period, that a column in use comes from or, for stock, goes to is supply here too. */
static bool pass_on(struct fab_ways *ways, struct fab_tag own)
{
    const struct fab_substitute *row = own.family == FAB_M ? &ways->plan->model->substitute[own.a] : NULL;
    struct node *from = row ? node_of(ways, row->item, own.period) : node_of(ways, own.a, own.period);
    struct node *to = row ? node_of(ways, row->instead_of, own.period) : node_of(ways, own.a, own.period + 1);
    bool forward = from->supplied && !to->supplied, back = !row && to->supplied && !from->supplied;
    to->supplied = to->supplied || forward;
    from->supplied = from->supplied || back;
    return forward || back;
}

static void find_supply(struct fab_ways *ways)
{
    const fab_lp *lp = ways->plan->program->lp;
    bool changed = true;
    for (int c = 0; c < lp->column_count; c++)
        if (fab_view_column(ways->plan, c) > 0)
            mark_used(ways, c);
    while (changed) {
        changed = false;
        for (int c = 0; c < lp->column_count; c++) {
            struct fab_tag tag = lp->column[c].tag;
            changed = (is_move(ways, tag) && fab_view_column(ways->plan, c) > 0 && pass_on(ways, tag)) || changed;
        }
    }
}

static void price_supply(struct fab_ways *ways)
{
    const fab_plan *plan = ways->plan;
    for (int i = 0; i < plan->model->item_count; i++)
        for (int t = 0; t < plan->terms->period_count; t++) {
            struct node *node = node_of(ways, i, t);
            node->usd = node->supplied ? value_of(plan, fab_program_at(plan->program, FAB_BAL, i, t)) : (double)INFINITY;
            node->way.place = node->source.place = FAB_NONE;
            node->source_usd = (double)INFINITY;
        }
}

/* ---- what is not ---- */

static int period_of(struct fab_tag tag)
{
    return tag.period == FAB_NONE ? 0 : tag.period;
}

/* The columns that give units but are not in use, by period. */
static bool list_unused(struct fab_ways *ways)
{
    const fab_plan *plan = ways->plan;
    const fab_lp *lp = plan->program->lp;
    ways->column = calloc((size_t)lp->column_count + 1, sizeof *ways->column);
    for (int t = 0; ways->column && t < plan->terms->period_count; t++)
        for (int c = 0; c < lp->column_count; c++) {
            int family = lp->column[c].tag.family;
            bool gives = family == FAB_X || family == FAB_GO || family == FAB_GO_IN || family == FAB_M || family == FAB_I;
            if (gives && period_of(lp->column[c].tag) == t && fab_view_column(plan, c) == 0)
                ways->column[ways->count++] = c;
        }
    return ways->column != NULL;
}

/* Its own money, its other rows and what it takes, each at its cost. */
static double cost_of(const struct fab_ways *ways, int column)
{
    const fab_plan *plan = ways->plan;
    const fab_lp *lp = plan->program->lp;
    double usd = -lp->column[column].objective;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        struct fab_tag tag = lp->row[lp->row_index[k]].tag;
        if (tag.family != FAB_BAL)
            usd += lp->value[k] * plan->solution->multiplier[lp->row_index[k]];
        else if (lp->value[k] < 0)
            usd -= lp->value[k] * node_of(ways, tag.a, tag.period)->usd;
    }
    return usd;
}

/* How much of a column one unit of an item is charged with: the item's share of the value of all that comes out, over its units. */
static double charge(const struct fab_ways *ways, int column, int item)
{
    const fab_plan *plan = ways->plan;
    const fab_lp *lp = plan->program->lp;
    double units = 0, value = 0, all_units = 0, all_value = 0;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int row = lp->row_index[k];
        struct fab_tag tag = lp->row[row].tag;
        if (tag.family != FAB_BAL || lp->value[k] <= 0)
            continue;
        all_units += lp->value[k];
        all_value += lp->value[k] * fmax(0, value_of(plan, row));
        units += tag.a == item ? lp->value[k] : 0;
        value += tag.a == item ? lp->value[k] * fmax(0, value_of(plan, row)) : 0;
    }
    return all_value > 0 ? value / all_value / units : 1 / all_units;
}

/* Whether a start costs nothing but its own money: no component, and no limit that is worth anything. */
static bool is_bought(const struct fab_ways *ways, int column, double usd)
{
    const fab_lp *lp = ways->plan->program->lp;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
        if (lp->row[lp->row_index[k]].tag.family == FAB_BAL && lp->value[k] < 0)
            return false;
    return lp->column[column].tag.family == FAB_X && -lp->column[column].objective >= usd * (1 - SMALLEST_RENT);
}

/* The cheapest start beside what the plan supplies; one with a maximum of 0 is the last choice. */
static void note_source(struct node *node, const struct fab_way *way, double usd, bool barred)
{
    bool none = node->source.place == FAB_NONE;
    if (!none && (barred > node->barred || (barred == node->barred && usd >= node->source_usd)))
        return;
    node->source = *way;
    node->source_usd = usd;
    node->barred = barred;
}

/* Makes the units that a column gives cheaper if it is the cheaper way; only those that had none so far when others have to give up what it takes. */
static bool relax(struct fab_ways *ways, int column, bool given_up)
{
    const fab_lp *lp = ways->plan->program->lp;
    struct fab_tag own = lp->column[column].tag;
    double usd = cost_of(ways, column);
    bool changed = false, barred = !(lp->column[column].upper > 0), bought = is_bought(ways, column, usd);
    for (int k = lp->start[column]; isfinite(usd) && k < lp->start[column + 1]; k++) {
        struct fab_tag tag = lp->row[lp->row_index[k]].tag;
        if (tag.family != FAB_BAL || lp->value[k] <= 0)
            continue;
        struct node *node = node_of(ways, tag.a, tag.period);
        const struct fab_way way = {column, own, charge(ways, column, tag.a), period_of(own)};
        if (bought)
            note_source(node, &way, way.scale * usd, barred);
        if (barred || node->supplied || (given_up && isfinite(node->usd) && !node->given_up) || way.scale * usd >= node->usd - SAME * fabs(node->usd))
            continue;
        node->usd = way.scale * usd;
        node->way = way;
        node->given_up = given_up;
        changed = true;
    }
    return changed;
}

/* Period by period: what starts in one needs nothing of a later one. Inside of a period a level of the bills of material at a time. */
static void relax_all(struct fab_ways *ways, bool given_up)
{
    for (int first = 0, last; first < ways->count; first = last) {
        int period = period_of(ways->plan->program->lp->column[ways->column[first]].tag), rounds = ways->plan->model->item_count + 1;
        bool changed = true;
        for (last = first; last < ways->count && period_of(ways->plan->program->lp->column[ways->column[last]].tag) == period; last++)
            ;
        while (changed && rounds-- > 0) {
            changed = false;
            for (int c = first; c < last; c++)
                changed = relax(ways, ways->column[c], given_up) || changed;
        }
    }
}

/* What nobody could bring can still be given up by those who have it. */
static void give_up(struct fab_ways *ways)
{
    const fab_plan *plan = ways->plan;
    for (int i = 0; i < plan->model->item_count; i++)
        for (int t = 0; t < plan->terms->period_count; t++) {
            struct node *node = node_of(ways, i, t);
            if (isinf(node->usd) && node->takers > 0)
                node->usd = value_of(plan, fab_program_at(plan->program, FAB_BAL, i, t));
        }
}

struct fab_ways *fab_ways_new(const fab_plan *plan)
{
    struct fab_ways *ways = calloc(1, sizeof *ways);
    if (!ways)
        return NULL;
    ways->plan = plan;
    ways->node = calloc((size_t)plan->model->item_count * (size_t)plan->terms->period_count + 1, sizeof *ways->node);
    if (!ways->node || !list_unused(ways)) {
        fab_ways_free(ways);
        return NULL;
    }
    find_supply(ways);
    price_supply(ways);
    relax_all(ways, false);
    give_up(ways);
    relax_all(ways, true);
    return ways;
}

/* ---- orders ---- */

/* The item in a period as the order would get it: what the order alone has, it cannot give up for itself. */
static double unit_usd(const struct fab_ways *ways, int d, int t)
{
    const struct node *node = node_of(ways, ways->plan->model->demand[d].item, t);
    int own = fab_view_value(ways->plan, FAB_Y, d, t) > 0;
    return !node->supplied && node->way.place == FAB_NONE && node->takers == own ? (double)INFINITY : node->usd;
}

/* What stands between the item and the customer. */
static double way_out_usd(const fab_plan *plan, int d, int t)
{
    const fab_lp *lp = plan->program->lp;
    int column = fab_program_at(plan->program, FAB_Y, d, t);
    double usd = 0;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int family = lp->row[lp->row_index[k]].tag.family;
        if (family != FAB_BAL && family != FAB_DEM && family != FAB_MIN)
            usd += lp->value[k] * plan->solution->multiplier[lp->row_index[k]];
    }
    return usd;
}

/* The penalties that one more unit saves, not discounted. */
static double saved_usd(const fab_plan *plan, int d)
{
    const struct fab_demand *demand = &plan->model->demand[d];
    double usd = demand->shortage_usd;
    if (fab_view_value(plan, FAB_LACK, d, FAB_NONE) > 0)
        usd += plan->model->commitment_factor * demand->price_usd;
    return usd;
}

struct fab_order_cost fab_ways_order(const struct fab_ways *ways, int d)
{
    const fab_plan *plan = ways->plan;
    double penalty = saved_usd(plan, d), saved = penalty * plan->terms->period[plan->terms->due_period[d]].discount;
    struct fab_order_cost best = {FAB_NONE, (double)INFINITY, 0, penalty, plan->model->demand[d].price_usd * plan->terms->period[plan->terms->due_period[d]].discount + saved};
    for (int t = plan->terms->due_period[d]; t <= plan->terms->latest_period[d]; t++) {
        double price = plan->model->demand[d].price_usd * plan->terms->period[t].discount;
        double late = price - plan->program->lp->column[fab_program_at(plan->program, FAB_Y, d, t)].objective;
        double usd = unit_usd(ways, d, t) + way_out_usd(plan, d, t) + late;
        double worth = price + saved;
        if (isfinite(usd) && (best.period == FAB_NONE || worth - usd > best.worth_usd - best.usd + SAME * fabs(worth)))
            best = (struct fab_order_cost){t, usd, late, penalty, worth};
    }
    return best;
}

struct fab_way fab_ways_other_source(const struct fab_ways *ways, int d, double *usd)
{
    const fab_plan *plan = ways->plan;
    const struct node *best = NULL;
    for (int t = plan->terms->due_period[d]; t <= plan->terms->latest_period[d]; t++) {
        const struct node *node = node_of(ways, plan->model->demand[d].item, t);
        bool some = node->source.place != FAB_NONE;
        if (some && (!best || node->barred < best->barred || (node->barred == best->barred && node->source_usd < best->source_usd)))
            best = node;
    }
    *usd = best ? best->source_usd : (double)INFINITY;
    return best ? best->source : (struct fab_way){.place = FAB_NONE};
}
