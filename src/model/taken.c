/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "taken.h"

#include "array.h"
#include "dictionary.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A rest of an order below this share of it has been shipped. */
#define NOTHING_LEFT 1e-9
/* A day of delivery that is later than a whole day by less is that day. */
#define SAME_DAY 1e-9

static const char *const names[FAB_TAKEN_KINDS] = {"tools", "shipped", "rate", "stock", "starts", "gone", "waiting"};

/* ---- the list ---- */

struct fab_taken *fab_taken_new(int64_t plan, int32_t date)
{
    struct fab_taken *taken = calloc(1, sizeof *taken);
    if (!taken)
        return NULL;
    taken->plan = plan;
    taken->date = date;
    taken->arena = fab_arena_new();
    if (taken->arena)
        return taken;
    free(taken);
    return NULL;
}

void fab_taken_free(struct fab_taken *taken)
{
    if (!taken)
        return;
    fab_arena_free(taken->arena);
    free(taken->row);
    free(taken);
}

bool fab_taken_add(struct fab_taken *taken, const struct fab_taken_row *row)
{
    struct fab_taken_row added = *row;
    if (!FAB_ARRAY_ROOM(&taken->row, taken->count, &taken->capacity))
        return false;
    added.key = fab_arena_dup(taken->arena, row->key);
    added.done = row->done ? fab_arena_dup(taken->arena, row->done) : NULL;
    if (!added.key || (row->done && !added.done))
        return false;
    taken->row[taken->count++] = added;
    return true;
}

const char *fab_taken_name(fab_taken_kind kind)
{
    return names[kind];
}

fab_taken_kind fab_taken_find(const char *name)
{
    int kind = 0;
    while (kind < FAB_TAKEN_KINDS && strcmp(names[kind], name) != 0)
        kind++;
    return (fab_taken_kind)kind;
}

bool fab_taken_holds(const struct fab_taken *taken, const fab_model *model, fab_taken_kind kind)
{
    return kind < FAB_TAKEN_STOCK || model->as_of != taken->date;
}

/* ---- orders ---- */

static double shipped_of(const struct fab_taken *taken, const char *demand)
{
    double units = 0;
    for (int r = 0; r < taken->count; r++)
        if (taken->row[r].kind == FAB_TAKEN_SHIPPED && strcmp(taken->row[r].key, demand) == 0)
            units += taken->row[r].quantity;
    return units;
}

/* min_fill is of the whole quantity. */
static void take_shipped(const fab_model *model, struct fab_demand *order, double shipped)
{
    double fill = isnan(order->min_fill) ? model->customer[order->customer].min_fill : order->min_fill, left = order->quantity - shipped;
    order->min_fill = fmin(1, fmax(0, fill * order->quantity - shipped) / left);
    order->quantity = left;
}

/* Shipments count in the promises of their customer and item that add up from the beginning. */
static void promise_shipped(const struct fab_taken *taken, fab_model *model, const struct fab_demand *order, double shipped)
{
    for (int r = 0; fab_taken_holds(taken, model, FAB_TAKEN_STOCK) && r < model->ship_target_count; r++)
        if (model->ship_target[r].customer == order->customer && model->ship_target[r].item == order->item)
            model->ship_target[r].shipped_before += shipped;
}

fab_status fab_taken_orders(fab_context *context, const struct fab_taken *taken, fab_model *model)
{
    int kept = 0, horizon = model->demand_count - model->tail_demand_count;
    struct fab_demand *orders = fab_arena_take(model->arena, (size_t)model->demand_count, sizeof *orders);
    if (!orders)
        return fab_fail_memory(context);
    for (int d = 0; d < model->demand_count; d++) {
        struct fab_demand order = model->demand[d];
        double shipped = d < horizon ? shipped_of(taken, order.demand) : 0;
        promise_shipped(taken, model, &order, shipped);
        if (shipped > 0 && order.quantity - shipped <= NOTHING_LEFT * order.quantity)
            continue;
        if (shipped > 0)
            take_shipped(model, &order, shipped);
        orders[kept++] = order;
    }
    model->demand = orders;
    model->demand_count = kept;
    return FAB_OK;
}

/* ---- tools ---- */

/* What is taken over into a model. */
struct taking {
    fab_context *context; /* NULL: nothing is said */
    const struct fab_taken *taken;
    fab_model *model;
};

static int find_key(const struct taking *taking, const char *table, const struct fab_taken_row *row)
{
    int found = fab_model_find_row(taking->model, fab_dictionary_find(table), row->key);
    if (found == FAB_NONE && taking->context)
        fab_say(taking->context, FAB_LEVEL_WARNING, "plan %lld has %s of %s '%s', which the data do not have any more: left out", (long long)taking->taken->plan,
                fab_taken_name(row->kind), table, row->key);
    return found;
}

/* Tools of a group that have come, less those that have gone, by a day. */
static double tools_by(const struct taking *taking, int g, int32_t date)
{
    double day = (double)date - (double)taking->taken->date, tools = 0;
    for (int r = 0; r < taking->taken->count; r++) {
        const struct fab_taken_row *row = &taking->taken->row[r];
        if (row->kind == FAB_TAKEN_TOOLS && strcmp(row->key, taking->model->tool_group[g].tool_group) == 0 && row->begin <= day + SAME_DAY)
            tools += row->quantity;
    }
    return tools;
}

/* The row in force of a table that is in the order of its dates; FAB_NONE before the first. */
static double installed_on(const fab_model *model, int g, int32_t date)
{
    double tools = model->tool_group[g].tools;
    for (int c = 0; c < model->tool_count_count; c++)
        if (model->tool_count[c].tool_group == g && model->tool_count[c].from_date <= date)
            tools = model->tool_count[c].tools;
    return tools;
}

static int compare_counts(const void *left, const void *right)
{
    const struct fab_tool_count *a = left, *b = right;
    if (a->tool_group != b->tool_group)
        return a->tool_group < b->tool_group ? -1 : 1;
    return (a->from_date > b->from_date) - (a->from_date < b->from_date);
}

/* Every day on which the number of tools changes is a row: the table's own days, and those on which tools come or go after the start. */
static fab_status put_tools(struct taking *taking)
{
    fab_model *model = taking->model;
    const struct fab_taken *taken = taking->taken;
    int count = model->tool_count_count;
    struct fab_tool_count *counts = fab_arena_take(model->arena, (size_t)(count + taken->count), sizeof *counts);
    if (!counts)
        return fab_fail_memory(taking->context);
    if (count > 0)
        memcpy(counts, model->tool_count, (size_t)count * sizeof *counts);
    for (int r = 0; r < taken->count; r++) {
        int g = taken->row[r].kind == FAB_TAKEN_TOOLS ? find_key(taking, "tool_group", &taken->row[r]) : FAB_NONE;
        if (g != FAB_NONE && taken->row[r].begin > SAME_DAY)
            counts[count++] = (struct fab_tool_count){g, taken->date + (int32_t)ceil(taken->row[r].begin - SAME_DAY), 0};
    }
    if (count > 0)
        qsort(counts, (size_t)count, sizeof *counts, compare_counts);
    int kept = 0;
    for (int c = 0; c < count; c++)
        if (kept == 0 || compare_counts(&counts[kept - 1], &counts[c]) != 0)
            counts[kept++] = counts[c];
    for (int c = 0; c < kept; c++) {
        int32_t date = counts[c].from_date < taken->date ? taken->date : counts[c].from_date;
        counts[c].tools = fmax(0, installed_on(model, counts[c].tool_group, counts[c].from_date) + tools_by(taking, counts[c].tool_group, date));
    }
    for (int g = 0; g < model->tool_group_count; g++)
        model->tool_group[g].tools = fmax(0, model->tool_group[g].tools + tools_by(taking, g, taken->date));
    model->tool_count = counts;
    model->tool_count_count = kept;
    return FAB_OK;
}

/* Of the whole table what has not been ordered for: the first rows are spent first. */
static void spend_budget(struct taking *taking)
{
    double spent = 0;
    for (int r = 0; r < taking->taken->count; r++)
        spent += taking->taken->row[r].kind == FAB_TAKEN_TOOLS ? taking->taken->row[r].usd : 0;
    for (int b = 0; b < taking->model->capex_budget_count; b++) {
        double part = fmin(spent, taking->model->capex_budget[b].usd);
        taking->model->capex_budget[b].usd -= part;
        spent -= part;
    }
    if (spent > 0 && taking->model->capex_budget_count > 0 && taking->context)
        fab_say(taking->context, FAB_LEVEL_WARNING, "plan %lld ordered tools for %.12g %s more than the whole budget: nothing is left of it", (long long)taking->taken->plan, spent, taking->model->currency);
}

/* What was ordered is delivered, inside a window too that begins later. */
static void limit_deliveries(struct taking *taking)
{
    fab_model *model = taking->model;
    for (int l = 0; l < model->tool_delivery_limit_count; l++) {
        struct fab_tool_delivery_limit *limit = &model->tool_delivery_limit[l];
        double from = (double)limit->from_date - (double)taking->taken->date, to = (double)limit->to_date - (double)taking->taken->date;
        for (int r = 0; r < taking->taken->count; r++) {
            const struct fab_taken_row *row = &taking->taken->row[r];
            if (row->kind == FAB_TAKEN_TOOLS && row->quantity > 0 && row->begin >= from && row->begin < to && strcmp(row->key, model->tool_group[limit->tool_group].tool_group) == 0)
                limit->max_tools = fmax(0, limit->max_tools - row->quantity);
        }
    }
}

/* ---- what is there, and what is under way ---- */

static int compare_stock(const void *left, const void *right)
{
    const struct fab_stock *a = left, *b = right;
    return (a->item > b->item) - (a->item < b->item);
}

static fab_status put_stock(struct taking *taking)
{
    fab_model *model = taking->model;
    struct fab_stock *stock = fab_arena_take(model->arena, (size_t)taking->taken->count, sizeof *stock);
    if (!stock)
        return fab_fail_memory(taking->context);
    model->stock_count = 0;
    for (int r = 0; r < taking->taken->count; r++) {
        const struct fab_taken_row *row = &taking->taken->row[r];
        int item = row->kind == FAB_TAKEN_STOCK ? find_key(taking, "item", row) : FAB_NONE;
        if (item != FAB_NONE)
            stock[model->stock_count++] = (struct fab_stock){item, row->quantity};
    }
    if (model->stock_count > 0)
        qsort(stock, (size_t)model->stock_count, sizeof *stock, compare_stock);
    model->stock = stock;
    return FAB_OK;
}

/* "10=1 20=0.5" */
static bool read_done(fab_arena *arena, const char *text, int **done, double **share, int *count)
{
    size_t most = text ? strlen(text) / 4 + 1 : 1;
    *done = fab_arena_take(arena, most, sizeof **done);
    *share = fab_arena_take(arena, most, sizeof **share);
    *count = 0;
    for (char *end = NULL; *done && *share && text && *text; text = *end == ' ' ? end + 1 : end) {
        (*done)[*count] = (int)strtol(text, &end, 10);
        if (*end != '=')
            return true;
        (*share)[(*count)++] = strtod(end + 1, &end);
    }
    return *done && *share;
}

static fab_status put_waiting(struct taking *taking, int source, const struct fab_taken_row *row)
{
    fab_model *model = taking->model;
    struct fab_wip *wip = &model->wip[model->wip_count];
    *wip = (struct fab_wip){.source = source, .start_date = row->start_date, .wafers = row->quantity, .progress = row->progress, .held = row->held, .waited = true, .first_day = row->begin};
    wip->lot = fab_arena_printf(model->arena, "plan %lld %04d", (long long)taking->taken->plan, ++model->wip_count);
    return wip->lot && read_done(model->arena, row->done, &wip->done, &wip->done_share, &wip->done_count) ? FAB_OK : fab_fail_memory(taking->context);
}

static fab_status put_begun(struct taking *taking, int source, const struct fab_taken_row *row)
{
    struct fab_before *before = taking->model->before;
    struct fab_begun *begun = &before->begun[before->begun_count++];
    *begun = (struct fab_begun){.source = source, .starts = row->kind == FAB_TAKEN_STARTS, .held = row->held, .begin = row->begin, .end = row->end, .wafers = row->quantity, .start_date = row->start_date,
                                .progress = row->progress, .lead_days = row->lead_days, .good_units = row->good_units};
    return read_done(taking->model->arena, row->done, &begun->done, &begun->done_share, &begun->done_count) ? FAB_OK : fab_fail_memory(taking->context);
}

/* The lots of the data are not those of the day. */
static fab_status put_process(struct taking *taking)
{
    fab_status status = FAB_OK;
    const struct fab_taken *taken = taking->taken;
    TRY_MEMORY(taking->context, taking->model->wip = fab_arena_take(taking->model->arena, (size_t)taken->count, sizeof *taking->model->wip));
    taking->model->wip_count = 0;
    for (int r = 0; r < taken->count; r++) {
        const struct fab_taken_row *row = &taken->row[r];
        int source = row->kind > FAB_TAKEN_STOCK ? find_key(taking, "source", row) : FAB_NONE;
        if (source != FAB_NONE)
            TRY(row->kind == FAB_TAKEN_WAITING ? put_waiting(taking, source, row) : put_begun(taking, source, row));
    }
out:
    return status;
}

static void put_rates(struct taking *taking)
{
    struct fab_before *before = taking->model->before;
    for (int l = 0; l < taking->model->line_count; l++)
        before->rate[l] = (double)NAN;
    for (int r = 0; r < taking->taken->count; r++) {
        const struct fab_taken_row *row = &taking->taken->row[r];
        int line = row->kind == FAB_TAKEN_RATE ? find_key(taking, "line", row) : FAB_NONE;
        if (line != FAB_NONE) {
            before->rate[line] = row->quantity;
            before->middle = row->begin;
        }
    }
}

fab_status fab_taken_apply(fab_context *context, const struct fab_taken *taken, fab_model *model)
{
    fab_status status = FAB_OK;
    struct taking taking = {context, taken, model};
    TRY_MEMORY(context, model->before = fab_arena_take(model->arena, 1, sizeof *model->before));
    TRY_MEMORY(context, model->before->rate = fab_arena_take(model->arena, (size_t)model->line_count, sizeof *model->before->rate));
    TRY_MEMORY(context, model->before->begun = fab_arena_take(model->arena, (size_t)taken->count, sizeof *model->before->begun));
    TRY(put_tools(&taking));
    spend_budget(&taking);
    limit_deliveries(&taking);
    put_rates(&taking);
    if (!fab_taken_holds(taken, model, FAB_TAKEN_STOCK))
        goto out;
    TRY(put_stock(&taking));
    TRY(put_process(&taking));
out:
    return status;
}

/* ---- messages ---- */

void fab_taken_tell(fab_context *context, const struct fab_taken *taken, const fab_model *model)
{
    double sum[FAB_TAKEN_KINDS] = {0}, removed = 0, usd = 0;
    char date[FAB_DATE_TEXT_SIZE], process[160];
    for (int r = 0; r < taken->count; r++) {
        const struct fab_taken_row *row = &taken->row[r];
        sum[row->kind] += row->quantity > 0 ? row->quantity : 0;
        removed += row->kind == FAB_TAKEN_TOOLS && row->quantity < 0 ? -row->quantity : 0;
        usd += row->usd;
    }
    fab_date_print(taken->date, date);
    snprintf(process, sizeof process, "stock of %.12g units, %.12g starts under way, lots of %.12g wafers that have gone on and %.12g that wait", sum[FAB_TAKEN_STOCK], sum[FAB_TAKEN_STARTS],
             sum[FAB_TAKEN_GONE], sum[FAB_TAKEN_WAITING]);
    fab_say(context, FAB_LEVEL_NOTE, "taken over from plan %lld on %s: %.12g tools ordered (%.12g %s), %.12g removed, %.12g units shipped; %s", (long long)taken->plan, date, sum[FAB_TAKEN_TOOLS], usd,
            model->currency, removed, sum[FAB_TAKEN_SHIPPED], fab_taken_holds(taken, model, FAB_TAKEN_STOCK) ? process : "stock, lots and receipts are the data's (setting as_of)");
}
