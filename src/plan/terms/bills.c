/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bills.h"

#include "adjust.h"
#include "changed.h"
#include "flow.h"
#include "share.h"

#include <math.h>

/* A share below this is the rounding of a sum of shares. */
#define NOTHING 1e-12

/* ---- outputs ---- */

/* The row of an output in force on a day: the last one that has begun, else the first. Rows of a source and item come in order of their dates. */
static const struct fab_source_output *output_row(const fab_model *model, int s, int item, int32_t date)
{
    const struct fab_source_output *found = NULL;
    for (int r = 0; r < model->source_output_count; r++) {
        const struct fab_source_output *row = &model->source_output[r];
        if (row->source == s && row->item == item && (!found || row->from_date <= date))
            found = row;
    }
    return found;
}

void fab_bills_output_at(const fab_terms *terms, int source, int output, int32_t date, double *share, double *at_frac)
{
    const struct fab_source_output *row = output_row(terms->model, source, terms->source[source].output[output].item, date);
    *share = row ? row->share : 1;
    *at_frac = row ? row->at_frac : 1;
}

static bool has_output(const struct fab_source_terms *source, int item)
{
    for (int o = 0; o < source->output_count; o++)
        if (source->output[o].item == item)
            return true;
    return false;
}

/* One share at all times, those of lots of before among them, at the end of the lead time. */
static bool is_plain(const fab_model *model, int s, int item)
{
    const struct fab_source_output *first = NULL;
    for (int r = 0; r < model->source_output_count; r++) {
        const struct fab_source_output *row = &model->source_output[r];
        if (row->source != s || row->item != item)
            continue;
        first = first ? first : row;
        if (row->share != first->share || row->at_frac != 1)
            return false;
    }
    return true;
}

static void fill_output(fab_terms *terms, int s, int o)
{
    struct fab_source_terms *source = &terms->source[s];
    int T = terms->period_count;
    double most = 0;
    for (int t = 0; t < T; t++) {
        fab_bills_output_at(terms, s, o, terms->period[t].date, &source->share[o * T + t], &source->at_frac[o * T + t]);
        most = fmax(most, source->share[o * T + t]);
    }
    source->plain = source->plain && is_plain(terms->model, s, source->output[o].item);
    source->output[o].amount = most;
    source->output_value_usd += most * terms->model->item[source->output[o].item].unit_value_usd;
}

bool fab_bills_outputs(fab_terms *terms, int s)
{
    const fab_model *model = terms->model;
    struct fab_source_terms *source = &terms->source[s];
    size_t count = 1, T = (size_t)terms->period_count;
    for (int r = 0; r < model->source_output_count; r++)
        count += model->source_output[r].source == s;
    source->output = fab_arena_take(terms->arena, count, sizeof *source->output);
    source->share = fab_arena_take(terms->arena, count * T, sizeof *source->share);
    source->at_frac = fab_arena_take(terms->arena, count * T, sizeof *source->at_frac);
    if (!source->output || !source->share || !source->at_frac)
        return false;
    for (int r = 0; r < model->source_output_count; r++)
        if (model->source_output[r].source == s && !has_output(source, model->source_output[r].item))
            source->output[source->output_count++].item = model->source_output[r].item;
    if (source->output_count == 0)
        source->output[source->output_count++].item = model->source[s].item;
    source->plain = true;
    for (int o = 0; o < source->output_count; o++)
        fill_output(terms, s, o);
    return true;
}

/* ---- bills ---- */

bool fab_bills_holds(const struct fab_bill *bill, int32_t date)
{
    return bill->from_date <= date && (date < bill->to_date || bill->to_date == FAB_DATE_NONE);
}

/* Rows for a source take the place of all rows without one. */
static bool has_own_bill(const fab_model *model, int s)
{
    for (int r = 0; r < model->bom_count; r++)
        if (model->bom[r].source == s)
            return true;
    return false;
}

/* Units of an item that starts take at most, over the periods. */
static double most_taken(const fab_terms *terms, const struct fab_source_terms *source, int item)
{
    double most = 0;
    for (int t = 0; t < terms->period_count; t++) {
        double units = 0;
        for (int k = 0; k < source->bill_count; k++)
            units += source->bill[k].item == item && fab_bills_holds(&source->bill[k], terms->period[t].date) ? source->bill[k].units : 0;
        most = fmax(most, units);
    }
    return most;
}

static void add_component(const fab_terms *terms, struct fab_source_terms *source, int item)
{
    for (int c = 0; c < source->component_count; c++)
        if (source->component[c].item == item)
            return;
    source->component[source->component_count++] = (struct fab_share){item, most_taken(terms, source, item)};
}

bool fab_bills_components(fab_terms *terms, int s)
{
    const fab_model *model = terms->model;
    const struct fab_source *row = &model->source[s];
    struct fab_source_terms *source = &terms->source[s];
    bool consumes = row->consumes_bom == FAB_NONE ? row->route != FAB_NONE : row->consumes_bom != 0;
    int only = has_own_bill(model, s) ? s : FAB_NONE;
    size_t count = 0;
    for (int r = 0; r < model->bom_count; r++)
        count += consumes && model->bom[r].item == row->item;
    source->bill = fab_arena_take(terms->arena, count, sizeof *source->bill);
    source->component = fab_arena_take(terms->arena, count, sizeof *source->component);
    if (!source->bill || !source->component)
        return false;
    for (int r = 0; consumes && r < model->bom_count; r++) {
        const struct fab_bom *bom = &model->bom[r];
        if (bom->item == row->item && bom->source == only)
            source->bill[source->bill_count++] = (struct fab_bill){bom->component, bom->quantity * source->units_per_start, bom->at_frac, bom->from_date, bom->to_date};
    }
    for (int k = 0; k < source->bill_count; k++)
        add_component(terms, source, source->bill[k].item);
    return true;
}

/* ---- starts ---- */

static bool add_come(fab_terms *terms, const struct fab_come *come)
{
    return come->share <= 0 || fab_flow_add_come(terms, come);
}

/* An output as its shares of the starts arrive. *behind gets the share that arrives behind the end. */
static bool add_output(fab_terms *terms, int s, int o, int t, double *behind)
{
    const struct fab_source_terms *source = &terms->source[s];
    const struct fab_source_period *at = &source->period[t];
    const struct fab_period *period = &terms->period[t];
    struct fab_come come = {source->output[o].item, t, source->share[o * terms->period_count + t], 0};
    double lag = source->at_frac[o * terms->period_count + t] * at->lead_days, inside = 0;
    bool whole = source->at_frac[o * terms->period_count + t] == 1;
    for (int a = at->first_arrival; whole && a < at->first_arrival + at->arrival_count; a++) {
        come.period = terms->arrival[a].period;
        come.share = terms->arrival[a].share;
        if (!add_come(terms, &come))
            return false;
    }
    for (int u = t; !whole && u < terms->period_count; u++) {
        double share = fab_overlap(period->begin + lag, period->end + lag, terms->period[u].begin, terms->period[u].end) / period->days;
        inside += share;
        come.period = u;
        come.share = share * fab_changed_delivered(terms, s, u);
        if (share > 0 && !add_come(terms, &come))
            return false;
    }
    *behind = whole ? at->behind : fmax(0, 1 - fmin(1, inside)) * fab_adjust_output_behind(terms->model, s);
    return true;
}

static bool add_outputs(fab_terms *terms, int s, int t)
{
    const struct fab_source_terms *source = &terms->source[s];
    struct fab_source_period *at = &terms->source[s].period[t];
    at->first_come = terms->come_count;
    for (int o = 0; o < source->output_count; o++) {
        double behind;
        if (!add_output(terms, s, o, t, &behind))
            return false;
        at->unfinished_usd += behind * at->good_units * source->share[o * terms->period_count + t] * terms->model->item[source->output[o].item].unit_value_usd;
    }
    if (source->plain)
        at->unfinished_usd = at->behind * at->good_units * source->output_value_usd;
    at->come_count = terms->come_count - at->first_come;
    return true;
}

/* What the starts take of a row of the bill; what lies behind the end is not taken, and missing in the worth of what is unfinished. */
static bool add_bill(fab_terms *terms, int s, int t, const struct fab_bill *bill)
{
    struct fab_source_period *at = &terms->source[s].period[t];
    const struct fab_period *period = &terms->period[t];
    double lag = bill->at_frac * at->lead_days, taken = 0;
    if (lag <= 0)
        return fab_flow_add_take(terms, bill->item, t, bill->units);
    for (int u = t; u < terms->period_count; u++) {
        double share = fab_overlap(period->begin + lag, period->end + lag, terms->period[u].begin, terms->period[u].end) / period->days;
        taken += share;
        if (share > NOTHING && !fab_flow_add_take(terms, bill->item, u, bill->units * share))
            return false;
    }
    if (1 - taken > NOTHING)
        at->unfinished_usd -= bill->units * (1 - taken) * terms->model->item[bill->item].unit_value_usd;
    return true;
}

bool fab_bills_flow(fab_terms *terms)
{
    for (int s = 0; s < terms->model->source_count; s++) {
        const struct fab_source_terms *source = &terms->source[s];
        for (int t = 0; t < terms->period_count; t++) {
            struct fab_source_period *at = &source->period[t];
            if (!at->available)
                continue;
            if (!add_outputs(terms, s, t))
                return false;
            at->first_take = terms->take_count;
            for (int k = 0; k < source->bill_count; k++)
                if (fab_bills_holds(&source->bill[k], terms->period[t].date) && !add_bill(terms, s, t, &source->bill[k]))
                    return false;
            at->take_count = terms->take_count - at->first_take;
        }
    }
    return true;
}

/* ---- work in process ---- */

/* Part of the lead time from going on to the part `at` of it. */
static double part_to(const struct fab_wip_group *group, double at)
{
    return fmax(0, at - group->progress);
}

/* What of an output is not out yet, as it comes when wafers go on. */
static bool add_go_output(fab_terms *terms, const struct fab_wip_group *group, struct fab_go *go, int o)
{
    struct fab_come come = {.item = terms->source[group->source].output[o].item};
    double at_frac, behind = go->behind;
    fab_bills_output_at(terms, group->source, o, group->start_date, &come.amount, &at_frac);
    double inside = fab_flow_go_before(group, go, part_to(group, at_frac));
    come.amount *= 1 - group->out[o];
    for (int a = go->first_arrival; come.amount > 0 && at_frac == 1 && a < go->first_arrival + go->arrival_count; a++) {
        come.period = terms->arrival[a].period;
        come.share = terms->arrival[a].share;
        if (!add_come(terms, &come))
            return false;
    }
    for (int u = 0; come.amount > 0 && at_frac != 1 && u < terms->period_count; u++) {
        double share = fab_flow_go_share(go, group->lead_days, part_to(group, at_frac), part_to(group, at_frac), &terms->period[u]);
        inside += share;
        come.period = u;
        come.share = share * fab_changed_delivered(terms, group->source, u);
        if (share > 0 && !add_come(terms, &come))
            return false;
    }
    if (at_frac != 1)
        behind = fmax(0, 1 - inside) * group->behind;
    go->unfinished_usd += behind * group->good_units * come.amount * terms->model->item[come.item].unit_value_usd;
    return true;
}

static bool add_go_bill(fab_terms *terms, const struct fab_wip_group *group, struct fab_go *go, int k)
{
    const struct fab_bill *bill = &terms->source[group->source].bill[k];
    double units = bill->units * (1 - group->taken[k]), taken = fab_flow_go_before(group, go, part_to(group, bill->at_frac));
    if (units <= 0 || !fab_bills_holds(bill, group->start_date))
        return true;
    for (int u = 0; u < terms->period_count; u++) {
        double share = fab_flow_go_share(go, group->lead_days, part_to(group, bill->at_frac), part_to(group, bill->at_frac), &terms->period[u]);
        taken += share;
        if (share > NOTHING && !fab_flow_add_take(terms, bill->item, u, units * share))
            return false;
    }
    if (1 - taken > NOTHING)
        go->unfinished_usd -= units * (1 - taken) * terms->model->item[bill->item].unit_value_usd;
    return true;
}

static bool add_go(fab_terms *terms, const struct fab_wip_group *group, struct fab_go *go)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    go->first_come = terms->come_count;
    for (int o = 0; o < source->output_count; o++)
        if (!add_go_output(terms, group, go, o))
            return false;
    if (source->plain)
        go->unfinished_usd = go->behind * group->good_units * source->output_value_usd;
    go->come_count = terms->come_count - go->first_come;
    go->first_take = terms->take_count;
    for (int k = 0; k < source->bill_count; k++)
        if (!add_go_bill(terms, group, go, k))
            return false;
    go->take_count = terms->take_count - go->first_take;
    return true;
}

/* A wafer that waits is worth what has not come out of it, less what it has still to take. */
static double waiting_usd(const fab_terms *terms, const struct fab_wip_group *group)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    double usd = 0;
    for (int o = 0; o < source->output_count; o++) {
        double share, at_frac;
        fab_bills_output_at(terms, group->source, o, group->start_date, &share, &at_frac);
        usd += group->behind * group->good_units * share * (1 - group->out[o]) * terms->model->item[source->output[o].item].unit_value_usd;
    }
    if (source->plain)
        usd = group->behind * group->good_units * source->output_value_usd;
    for (int k = 0; k < source->bill_count; k++)
        if (group->taken[k] < 1 && fab_bills_holds(&source->bill[k], group->start_date))
            usd -= source->bill[k].units * (1 - group->taken[k]) * terms->model->item[source->bill[k].item].unit_value_usd;
    return usd;
}

bool fab_bills_wip(fab_terms *terms, struct fab_wip_group *group)
{
    for (int g = 0; g < group->go_count; g++)
        if (!add_go(terms, group, &group->go[g]))
            return false;
    group->waiting_usd = waiting_usd(terms, group);
    return true;
}
