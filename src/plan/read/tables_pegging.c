/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "array.h"
#include "dictionary.h"
#include "number.h"
#include "pegging.h"
#include "plan_table.h"

#include <stdio.h>
#include <stdlib.h>

/* Parts below this share of a shipment are not followed further, nor is anything through more levels than any bill has. */
#define LEAST_PART 1e-9
enum { MOST_LEVELS = 64 };

/* A row under way. */
struct peg {
    int item, arrival;
    double quantity;
};

/* One shipment being followed. */
struct tracing {
    const fab_plan *plan;
    const struct fab_pegging *pegging;
    struct peg *peg;
    int count, capacity;
    double least; /* units that count */
    bool *made;   /* [item]: its components are being followed: what a loop of bills comes back to is not followed again */
    bool failed;
};

static void trace(struct tracing *tracing, const struct fab_peg_use *use, double quantity, int level);

static void add_peg(struct tracing *tracing, const struct fab_peg_use *use, int arrival, double quantity)
{
    if (!FAB_ARRAY_ROOM(&tracing->peg, tracing->count, &tracing->capacity)) {
        tracing->failed = true;
        return;
    }
    tracing->peg[tracing->count++] = (struct peg){use->item, arrival, quantity};
}

/* Good units of all outputs of a start: its components are shared out over them. */
static double good_units(const fab_plan *plan, int source, int period)
{
    const struct fab_source_terms *terms = &plan->terms->source[source];
    double share = 0;
    for (int o = 0; o < terms->output_count; o++)
        share += terms->output[o].amount;
    return plan->solution->x[fab_program_at(plan->program, FAB_X, source, period)] * terms->period[period].good_units * share;
}

/* What a part of an arrival was made of, or serves in place of. */
static void trace_arrival(struct tracing *tracing, const struct fab_peg_arrival *arrival, double quantity, int level)
{
    bool served = arrival->from == FAB_PEG_SUBSTITUTE;
    if (!served && arrival->from != FAB_PEG_SOURCE)
        return;
    if (!served && tracing->made[arrival->item])
        return;
    if (!served)
        tracing->made[arrival->item] = true;
    double whole = served ? arrival->quantity : good_units(tracing->plan, arrival->key, arrival->start);
    int first = 0, count = fab_pegging_find(tracing->pegging, served ? FAB_PEG_SERVED : FAB_PEG_START, arrival->key, served ? arrival->period : arrival->start, &first);
    for (int k = first; whole > 0 && k < first + count; k++) {
        const struct fab_peg_use *use = &tracing->pegging->use[tracing->pegging->taking[k]];
        trace(tracing, use, quantity / whole * use->quantity, level + 1);
    }
    if (!served)
        tracing->made[arrival->item] = false;
}

/* Units of a use in the parts in which it was matched. Those that a substitute serves are the substitute's. */
static void trace(struct tracing *tracing, const struct fab_peg_use *use, double quantity, int level)
{
    if (use->matched <= 0 || level > MOST_LEVELS || quantity <= tracing->least)
        return;
    for (int m = use->first; m < use->first + use->count && !tracing->failed; m++) {
        const struct fab_peg_match *match = &tracing->pegging->match[m];
        const struct fab_peg_arrival *arrival = &tracing->pegging->arrival[match->arrival];
        double part = quantity * match->quantity / use->matched;
        if (arrival->from != FAB_PEG_SUBSTITUTE)
            add_peg(tracing, use, match->arrival, part);
        trace_arrival(tracing, arrival, part, level);
    }
}

/* ---- rows ---- */

/* Arrivals are in the order of items and periods; one that several ways lead to is one row. */
static int by_arrival(const void *left, const void *right)
{
    const struct peg *a = left, *b = right;
    return (a->arrival > b->arrival) - (a->arrival < b->arrival);
}

/* Open orders of an item that arrive on one day are one row: of several sources, or overdue ones, which arrive on the first day. They stand side by side. */
static bool same_key(const fab_model *model, const struct fab_peg_arrival *a, const struct fab_peg_arrival *b)
{
    return a->from == FAB_PEG_RECEIPT ? model->receipt[a->key].date == model->receipt[b->key].date : a->key == b->key;
}

static bool same_row(const fab_model *model, const struct fab_peg_arrival *a, const struct fab_peg_arrival *b)
{
    return a->item == b->item && a->period == b->period && a->from == b->from && same_key(model, a, b);
}

static const char *name_of(fab_peg_from from)
{
    static const char *const names[] = {[FAB_PEG_STOCK] = "stock", [FAB_PEG_RECEIPT] = "receipt", [FAB_PEG_WIP] = "wip", [FAB_PEG_SOURCE] = "source"};
    return names[from];
}

enum { KEY_SIZE = FAB_ID_MAX + 128 };

/* By the days, from the plan's first one, over which it went on. */
static void write_begun(const fab_program *program, int k, char text[KEY_SIZE])
{
    struct fab_label label;
    fab_program_label(program, fab_tag_of(FAB_GO, k, FAB_NONE), &label);
    snprintf(text, KEY_SIZE, "%.63s %.120s", label.subject, label.detail);
}

/* The lot, when the wafers are of one alone; else their source, status and done part, or from when on they have been under way. */
static void write_lots(struct fab_plan_table *w, int group_number)
{
    const struct fab_wip_group *group = &w->plan->terms->wip[group_number];
    const fab_model *model = w->plan->model;
    char text[KEY_SIZE], progress[FAB_NUMBER_TEXT_SIZE];
    const char *lot = NULL;
    int count = 0;
    for (int k = 0; k < model->wip_count && !group->begun; k++)
        if (model->wip[k].source == group->source && model->wip[k].held == group->held && model->wip[k].progress == group->progress) {
            lot = model->wip[k].lot;
            count++;
        }
    snprintf(text, sizeof text, "%s %s %s", model->source[group->source].source, group->held ? "held" : "active", fab_number_print(group->progress, progress));
    if (group->begun)
        write_begun(w->plan->program, group_number, text);
    fab_plan_table_copy(w, count == 1 ? lot : text);
}

static void write_key(struct fab_plan_table *w, const struct fab_peg_arrival *arrival)
{
    const fab_model *model = w->plan->model;
    if (arrival->from == FAB_PEG_RECEIPT)
        fab_plan_table_date(w, model->receipt[arrival->key].date);
    else if (arrival->from == FAB_PEG_WIP)
        write_lots(w, arrival->key);
    else
        fab_plan_table_text(w, arrival->from == FAB_PEG_SOURCE ? model->source[arrival->key].source : "");
}

static void write_shipment(struct fab_plan_table *w, const struct tracing *tracing, const struct fab_peg_use *use)
{
    for (int k = 0; k < tracing->count;) {
        const struct fab_peg_arrival *arrival = &tracing->pegging->arrival[tracing->peg[k].arrival];
        double quantity = 0;
        for (; k < tracing->count && same_row(w->plan->model, &tracing->pegging->arrival[tracing->peg[k].arrival], arrival); k++)
            quantity += tracing->peg[k].quantity;
        fab_plan_table_row(w);
        fab_plan_table_text(w, w->plan->model->demand[use->key].demand);
        fab_plan_table_text(w, w->plan->terms->period[use->period].name);
        fab_plan_table_text(w, w->plan->model->item[arrival->item].item);
        fab_plan_table_text(w, name_of(arrival->from));
        write_key(w, arrival);
        fab_plan_table_text(w, arrival->period == FAB_NONE ? "" : w->plan->terms->period[arrival->period].name);
        fab_plan_table_real(w, quantity);
    }
}

fab_table *fab_table_pegs(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_peg", "demand period item from key arrival quantity");
    struct fab_pegging pegging;
    struct tracing tracing = {.plan = plan, .pegging = &pegging};
    tracing.made = calloc((size_t)plan->model->item_count + 1, sizeof *tracing.made);
    w.failed = !fab_pegging_make(plan, &pegging) || !tracing.made || w.failed;
    for (int u = 0; u < pegging.use_count && !w.failed; u++) {
        const struct fab_peg_use *use = &pegging.use[u];
        if (use->to != FAB_PEG_SHIPMENT || use->key >= plan->terms->horizon_orders)
            continue;
        tracing.count = 0;
        tracing.least = LEAST_PART * use->quantity;
        trace(&tracing, use, use->quantity, 0);
        w.failed = tracing.failed;
        if (tracing.count > 0)
            qsort(tracing.peg, (size_t)tracing.count, sizeof *tracing.peg, by_arrival);
        write_shipment(&w, &tracing, use);
    }
    free(tracing.peg);
    free(tracing.made);
    fab_pegging_free(&pegging);
    return fab_plan_table_end(&w);
}
