/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outside.h"

#include "date.h"

#include <math.h>
#include <stdio.h>

/* Rows of one warning that are named. */
enum { NAMED = 3 };

/* Rows that one warning is about. */
struct rows {
    int count;
    double units, usd, penalty_usd; /* orders: at their price */
    char names[160];                /* the first ones, ", " between them */
    size_t length;
};

static void add_name(struct rows *rows, const char *name)
{
    int written = snprintf(rows->names + rows->length, sizeof rows->names - rows->length, "%s%s", rows->length > 0 ? ", " : "", name);
    if (written > 0 && rows->length + (size_t)written < sizeof rows->names)
        rows->length += (size_t)written;
    else
        rows->names[rows->length] = '\0';
}

static void add_row(struct rows *rows, const char *name, double units)
{
    if (rows->count++ < NAMED)
        add_name(rows, name);
    rows->units += units;
}

static void add_order(struct rows *rows, const fab_model *model, const struct fab_demand *order)
{
    double fill = isnan(order->min_fill) ? model->customer[order->customer].min_fill : order->min_fill;
    add_row(rows, order->demand, order->quantity);
    rows->usd += order->quantity * order->price_usd;
    rows->penalty_usd += order->quantity * (order->shortage_usd + model->commitment_factor * fill * order->price_usd);
}

/* Says how many rows are dated where, which, what they are worth, and what becomes of them. */
static void say(fab_context *context, const fab_model *model, const struct rows *rows, const char *kind, const char *dated, int32_t date, const char *fate)
{
    char day[FAB_DATE_TEXT_SIZE], worth[64] = "", more[16] = "";
    if (!context || rows->count == 0)
        return;
    if (rows->usd > 0)
        snprintf(worth, sizeof worth, ", %.12g %s", rows->usd, model->currency);
    if (rows->count > NAMED)
        snprintf(more, sizeof more, ", ...");
    fab_say(context, FAB_LEVEL_WARNING, "%d %s%s %s %s (%s%s; %.12g units%s): %s", rows->count, kind, rows->count == 1 ? "" : "s", dated, fab_date_print(date, day),
            rows->names, more, rows->units, worth, fate);
}

void fab_outside_end(fab_context *context, fab_model *model)
{
    struct rows orders = {0}, receipts = {0};
    int kept = 0;
    if (model->calendar_count == 0)
        return;
    int32_t end = model->calendar[model->calendar_count - 1].end_date;
    for (int d = 0; d < model->demand_count; d++)
        if (model->demand[d].due_date < end)
            model->demand[kept++] = model->demand[d];
        else
            add_order(&orders, model, &model->demand[d]);
    model->demand_count = kept;
    kept = 0;
    for (int r = 0; r < model->receipt_count; r++)
        if (model->receipt[r].date < end)
            model->receipt[kept++] = model->receipt[r];
        else
            add_row(&receipts, model->item[model->receipt[r].item].item, model->receipt[r].quantity);
    model->receipt_count = kept;
    say(context, model, &orders, "order", "due on or after the calendar's end", end, "left out of the plan");
    say(context, model, &receipts, "receipt", "dated on or after the calendar's end", end, "left out of the plan");
}

/* Overdue orders: those that may still ship stay, in their order. */
static void sort_overdue(fab_model *model, int32_t start, struct rows *late, struct rows *lost)
{
    int kept = 0;
    for (int d = 0; d < model->demand_count; d++) {
        const struct fab_demand order = model->demand[d];
        bool ships = (double)start - (double)order.due_date <= order.max_late_days;
        if (order.due_date < start)
            add_order(ships ? late : lost, model, &order);
        if (order.due_date >= start || ships)
            model->demand[kept++] = order;
    }
    model->demand_count = kept;
}

/* Promises by a day before the plan: the checks of the data say so. */
static void leave_ship_targets(fab_model *model, int32_t start)
{
    int kept = 0;
    for (int r = 0; r < model->ship_target_count; r++)
        if (model->ship_target[r].by_date >= start)
            model->ship_target[kept++] = model->ship_target[r];
    model->ship_target_count = kept;
}

void fab_outside_start(fab_context *context, fab_model *model)
{
    struct rows late = {0}, lost = {0}, receipts = {0};
    char fate[128];
    if (model->calendar_count == 0)
        return;
    int32_t start = model->calendar[0].start_date;
    sort_overdue(model, start, &late, &lost);
    for (int r = 0; r < model->receipt_count; r++)
        if (model->receipt[r].date < start) {
            add_row(&receipts, model->item[model->receipt[r].item].item, model->receipt[r].quantity);
            model->receipt[r].date = start;
        }
    leave_ship_targets(model, start);
    snprintf(fate, sizeof fate, "overdue by more than max_late_days and left out; the penalty of %.12g %s is in no total", lost.penalty_usd, model->currency);
    say(context, model, &late, "order", "due before the plan's first day", start, "overdue: late from the due date on");
    say(context, model, &lost, "order", "due before the plan's first day", start, fate);
    say(context, model, &receipts, "receipt", "dated before the plan's first day", start, "taken as arriving on that day");
}
