/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "independence.h"

#include "dictionary.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what arrives ---- */

struct arrivals {
    const fab_plan *plan;
    const double *part; /* [source]: o of the source */
    double *all, *own, *shipped; /* [item x T] */
};

/* An addend of a balance: what a source gives, and shipments. */
static void add_arrival(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct arrivals *arrivals = user;
    const fab_terms *terms = arrivals->plan->terms;
    int place = row.a * terms->period_count + row.period, source = FAB_NONE;
    if (column.family == FAB_Y)
        arrivals->shipped[place] -= amount;
    if (column.family == FAB_X && amount > 0)
        source = column.a;
    if (amount > 0 && (column.family == FAB_GO || column.family == FAB_GO_IN))
        source = terms->wip[column.a].source;
    if (source == FAB_NONE)
        return;
    arrivals->all[place] += amount;
    arrivals->own[place] += amount * arrivals->part[source];
}

/* Open orders: own is what is ordered from a source of an own line. False when memory is short. */
static bool add_receipts(const struct arrivals *arrivals)
{
    const fab_terms *terms = arrivals->plan->terms;
    double *arrives = fab_view_receipts(arrivals->plan);
    for (int r = 0; arrives && r < terms->model->receipt_count; r++) {
        const struct fab_receipt *receipt = &terms->model->receipt[r];
        int t = fab_terms_find_period(terms, receipt->date), place = receipt->item * terms->period_count + t;
        if (t == FAB_NONE)
            continue;
        arrivals->all[place] += arrives[r];
        arrivals->own[place] += receipt->source == FAB_NONE ? 0 : arrives[r] * arrivals->part[receipt->source];
    }
    free(arrives);
    return arrives != NULL;
}

/* Own of all in every period; where nothing arrives as before. */
static void divide(const struct arrivals *arrivals, double *own)
{
    int T = arrivals->plan->terms->period_count;
    for (int i = 0; i < arrivals->plan->model->item_count; i++)
        for (int t = 0; t < T; t++) {
            int place = i * T + t;
            double before = t > 0 ? own[place - 1] : (double)NAN;
            own[place] = arrivals->all[place] > 0 ? arrivals->own[place] / arrivals->all[place] : before;
        }
}

bool fab_independence_make(const fab_plan *plan, struct fab_independence *independence)
{
    const fab_model *model = plan->model;
    int T = plan->terms->period_count;
    size_t places = (size_t)model->item_count * (size_t)T + 1;
    double *part = calloc((size_t)model->source_count + 1, sizeof *part);
    struct arrivals arrivals = {plan, part, calloc(places, sizeof(double)), calloc(places, sizeof(double)), calloc(places, sizeof(double))};
    *independence = (struct fab_independence){T, plan->terms->layer, arrivals.own, arrivals.shipped};
    bool complete = part && arrivals.all && arrivals.own && arrivals.shipped;
    for (int s = 0; complete && s < model->source_count; s++)
        part[s] = fab_layers_own_part(model, s);
    if (complete) {
        fab_view_each_addend(plan, FAB_BAL, add_arrival, &arrivals);
        complete = add_receipts(&arrivals);
        divide(&arrivals, independence->own);
    }
    free(part);
    free(arrivals.all);
    return complete;
}

void fab_independence_free(struct fab_independence *independence)
{
    free(independence->own);
    free(independence->shipped);
}

/* ---- layers ---- */

/* A mean by value, by units where nothing has a value. */
struct mean {
    double usd, units, of_usd, of_units;
};

static void add(struct mean *mean, double share, double units, double usd)
{
    if (isnan(share))
        return;
    mean->usd += usd;
    mean->units += units;
    mean->of_usd += usd * share;
    mean->of_units += units * share;
}

static double value_of(const struct mean *mean)
{
    if (mean->usd > 0)
        return mean->of_usd / mean->usd;
    return mean->units > 0 ? mean->of_units / mean->units : (double)NAN;
}

static double at(const struct fab_independence *independence, const double *figures, int item, int t)
{
    return figures[item * independence->period_count + t];
}

/* What others assemble is nobody's own, whatever is in it. */
static double own_of_component(const struct fab_independence *independence, const struct fab_bom *bom, int t)
{
    double chip = at(independence, independence->own, bom->item, t);
    return chip == 0 ? 0 : chip * at(independence, independence->own, bom->component, t);
}

static double share_of_chips(const fab_plan *plan, const struct fab_independence *independence, int t)
{
    struct mean mean = {0};
    for (int i = 0; i < plan->model->item_count; i++) {
        double units = independence->kind[i] == FAB_LAYER_PACKAGING ? at(independence, independence->shipped, i, t) : 0;
        if (units > 0)
            add(&mean, at(independence, independence->own, i, t), units, units * plan->model->item[i].unit_value_usd);
    }
    return value_of(&mean);
}

static double share_of_components(const fab_plan *plan, const struct fab_independence *independence, fab_layer_kind kind, int t)
{
    struct mean mean = {0};
    for (int b = 0; b < plan->model->bom_count; b++) {
        const struct fab_bom *bom = &plan->model->bom[b];
        if (independence->kind[bom->item] != FAB_LAYER_PACKAGING || independence->kind[bom->component] != kind)
            continue;
        double units = at(independence, independence->shipped, bom->item, t) * bom->quantity;
        if (units > 0)
            add(&mean, own_of_component(independence, bom, t), units, units * plan->model->item[bom->component].unit_value_usd);
    }
    return value_of(&mean);
}

/* The row of a key in force at the start of a period is the last one that has begun, else the first. */
static bool is_in_force(const fab_plan *plan, int row, int t)
{
    const struct fab_layer_share *share = plan->model->layer_share, *next = &share[row + 1];
    int32_t date = plan->terms->period[t].date;
    bool first = row == 0 || share[row - 1].layer != share[row].layer || strcmp(share[row - 1].key, share[row].key) != 0;
    bool last = row + 1 == plan->model->layer_share_count || next->layer != share[row].layer || strcmp(next->key, share[row].key) != 0;
    return (first || share[row].from_date <= date) && (last || date < next->from_date);
}

/* What a line starts in a period, in good units and their value. */
static void add_line(const fab_plan *plan, int line, int t, double share, struct mean *mean)
{
    for (int s = 0; s < plan->model->source_count; s++) {
        if (plan->model->source[s].line != line)
            continue;
        double units = fab_view_value(plan, FAB_X, s, t) * plan->terms->source[s].period[t].good_units;
        if (units > 0)
            add(mean, share, units, units * plan->terms->source[s].output_value_usd);
    }
}

static double share_of_rows(const fab_plan *plan, const struct fab_independence *independence, int layer, int t)
{
    const fab_model *model = plan->model;
    struct mean mean = {0};
    for (int r = 0; r < model->layer_share_count; r++) {
        const struct fab_layer_share *row = &model->layer_share[r];
        if (row->layer != layer || !is_in_force(plan, r, t))
            continue;
        int item = fab_model_find_row(model, fab_dictionary_find("item"), row->key);
        int line = item == FAB_NONE ? fab_model_find_row(model, fab_dictionary_find("line"), row->key) : FAB_NONE;
        double units = item == FAB_NONE ? 0 : at(independence, independence->shipped, item, t);
        if (units > 0)
            add(&mean, row->share, units, units * model->item[item].unit_value_usd);
        if (line != FAB_NONE)
            add_line(plan, line, t, row->share, &mean);
    }
    return value_of(&mean);
}

double fab_independence_share(const fab_plan *plan, const struct fab_independence *independence, int layer, int period)
{
    fab_layer_kind kind = fab_layer_of_name(plan->model->layer[layer].layer);
    if (kind == FAB_LAYER_PACKAGING)
        return share_of_chips(plan, independence, period);
    if (kind != FAB_LAYER_NONE)
        return share_of_components(plan, independence, kind, period);
    return share_of_rows(plan, independence, layer, period);
}

double fab_independence_own_units(const fab_plan *plan, const struct fab_independence *independence, int item, int period)
{
    double units = at(independence, independence->shipped, item, period), least = at(independence, independence->own, item, period);
    if (units <= 0 || least == 0)
        return 0;
    for (int b = 0; b < plan->model->bom_count; b++) {
        const struct fab_bom *bom = &plan->model->bom[b];
        double own = at(independence, independence->own, bom->component, period);
        if (bom->item == item && independence->kind[bom->component] != FAB_LAYER_NONE)
            least = isnan(least) || isnan(own) ? (double)NAN : fmin(least, own);
    }
    return units * least;
}

bool fab_independence_has_data(const fab_model *model, int layer)
{
    bool data = fab_layer_of_name(model->layer[layer].layer) != FAB_LAYER_NONE;
    for (int r = 0; !data && r < model->layer_share_count; r++)
        data = model->layer_share[r].layer == layer;
    return data;
}
