/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "start.h"

#include "try.h"

#include <stdio.h>
#include <string.h>

static void count_row(struct fab_rows_left *left, double units, double usd_per_unit)
{
    left->count++;
    left->units += units;
    left->usd += units * usd_per_unit;
}

/* Orders due before the first period that stays are history; one due in its cut-off part is due on its first day. */
static void leave_orders(fab_model *model, int32_t border, int32_t date, bool stay, struct fab_start_history *history)
{
    int kept = 0;
    for (int d = 0; d < model->demand_count; d++) {
        struct fab_demand order = model->demand[d];
        if (order.due_date >= border) {
            order.due_date = order.due_date < date ? date : order.due_date;
            model->demand[kept++] = order;
            continue;
        }
        bool open = (double)date - (double)order.due_date <= order.max_late_days;
        if (open)
            count_row(&history->open, order.quantity, order.price_usd);
        if (open && stay)
            model->demand[kept++] = order;
        else
            count_row(&history->orders, order.quantity, order.price_usd);
    }
    model->demand_count = kept;
}

/* Promises dated before the start, and those without an order left. The orders have been sorted out. */
static void leave_ship_targets(fab_model *model, int32_t date, struct fab_start_history *history)
{
    int kept = 0;
    for (int r = 0; r < model->ship_target_count; r++) {
        const struct fab_ship_target *row = &model->ship_target[r];
        bool ordered = false;
        for (int d = 0; d < model->demand_count - model->tail_demand_count && !ordered; d++)
            ordered = model->demand[d].customer == row->customer && model->demand[d].item == row->item;
        if (ordered && row->by_date >= date)
            model->ship_target[kept++] = *row;
        else
            history->ship_targets++;
    }
    model->ship_target_count = kept;
}

static void leave_receipts(fab_model *model, int32_t date, struct fab_start_history *history)
{
    int kept = 0;
    for (int r = 0; r < model->receipt_count; r++) {
        const struct fab_receipt *receipt = &model->receipt[r];
        if (receipt->date >= date)
            model->receipt[kept++] = *receipt;
        else
            count_row(&history->receipts, receipt->quantity, model->item[receipt->item].unit_value_usd);
    }
    model->receipt_count = kept;
}

/* The rows come in order of their dates. */
static void spend_budget(fab_model *model, int32_t date)
{
    int spent = 0;
    while (spent + 1 < model->capex_budget_count && model->capex_budget[spent + 1].from_date <= date)
        spent++;
    model->capex_budget += spent;
    model->capex_budget_count -= spent;
}

/* The calendar from a day on. False when memory is short. */
static bool cut_calendar(fab_model *model, int first, int32_t date)
{
    int count = model->calendar_count - first;
    struct fab_calendar *rest = fab_arena_take(model->arena, (size_t)count, sizeof *rest);
    if (!rest)
        return false;
    memcpy(rest, model->calendar + first, (size_t)count * sizeof *rest);
    rest[0].start_date = date;
    fab_model_replace_calendar(model, rest, count);
    return true;
}

fab_status fab_model_start(fab_context *context, fab_model *model, int32_t date, const struct fab_taken *taken, struct fab_start_history *history)
{
    fab_status status = FAB_OK;
    const struct fab_calendar *calendar = model->calendar;
    int first = 0, count = model->calendar_count - model->tail_period_count;
    *history = (struct fab_start_history){.date = FAB_DATE_NONE};
    if (count == 0 || (date == calendar[0].start_date && !taken))
        return FAB_OK;
    if (date < calendar[0].start_date || date >= calendar[count - 1].end_date) {
        char day[FAB_DATE_TEXT_SIZE], from[FAB_DATE_TEXT_SIZE], to[FAB_DATE_TEXT_SIZE];
        return fab_fail_as(context, FAB_USAGE, "request.start", "start '%s': must be a day of the calendar, %s to %s", fab_date_print(date, day),
                           fab_date_print(calendar[0].start_date, from), fab_date_print(calendar[count - 1].end_date - 1, to));
    }
    while (calendar[first].end_date <= date)
        first++;
    history->date = date;
    if (taken)
        TRY(fab_taken_orders(context, taken, model));
    leave_orders(model, calendar[first].start_date, date, taken != NULL, history);
    leave_ship_targets(model, date, history);
    leave_receipts(model, date, history);
    if (!taken)
        spend_budget(model, date);
    TRY_MEMORY(context, cut_calendar(model, first, date));
    if (taken)
        TRY(fab_taken_apply(context, taken, model));
out:
    return status;
}

/* ---- messages ---- */

/* What a message is put together in: parts with a separator between them. */
struct sentence {
    char text[1024];
    size_t length;
    const char *separator;
};

static void add_part(struct sentence *sentence, const char *part)
{
    int written = snprintf(sentence->text + sentence->length, sizeof sentence->text - sentence->length, "%s%s", sentence->length > 0 ? sentence->separator : "", part);
    if (written > 0 && sentence->length + (size_t)written < sizeof sentence->text)
        sentence->length += (size_t)written;
    else
        sentence->text[sentence->length] = '\0';
}

static void add_rows(struct sentence *sentence, const char *one, const char *many, const struct fab_rows_left *left, const char *currency)
{
    char part[256];
    if (left->count == 0)
        return;
    snprintf(part, sizeof part, "%d %s (%.12g units, %.12g %s)", left->count, left->count == 1 ? one : many, left->units, left->usd, currency);
    add_part(sentence, part);
}

/* Tool groups that can be bought, the first ones by name. */
static void add_tools(struct sentence *sentence, const fab_model *model)
{
    enum { NAMED = 5 };
    struct sentence names = {.separator = ", "};
    char part[1100], more[32];
    int count = 0;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->tool_group[g].buyable && model->tool_group[g].price_usd > 0 && count++ < NAMED)
            add_part(&names, model->tool_group[g].tool_group);
    if (count == 0)
        return;
    snprintf(more, sizeof more, " and %d more", count - NAMED);
    snprintf(part, sizeof part, "tools with a price (%s%s)", names.text, count > NAMED ? more : "");
    add_part(sentence, part);
}

void fab_start_tell(fab_context *context, const fab_model *model, const struct fab_start_history *history)
{
    struct sentence left = {.separator = " and "}, unknown = {.separator = "; "};
    char date[FAB_DATE_TEXT_SIZE];
    if (history->date == FAB_DATE_NONE)
        return;
    fab_date_print(history->date, date);
    add_rows(&left, "order", "orders", &history->orders, model->currency);
    add_rows(&left, "receipt", "receipts", &history->receipts, model->currency);
    if (left.length > 0)
        fab_say(context, FAB_LEVEL_NOTE, "dated before the start %s, history and left out: %s", date, left.text);
    if (history->ship_targets > 0)
        fab_say(context, FAB_LEVEL_NOTE, "%d row%s of ship_target left out: dated before the start %s, or without an order left", history->ship_targets,
                history->ship_targets == 1 ? "" : "s", date);
    if (model->before)
        return;
    add_tools(&unknown, model);
    if (model->stock_count == 0)
        add_part(&unknown, "an empty table stock");
    add_rows(&unknown, "open order that could still ship late", "open orders that could still ship late", &history->open, model->currency);
    if (unknown.length > 0)
        fab_say(context, FAB_LEVEL_WARNING, "what was bought, made and owed before the start %s is in no table: %s", date, unknown.text);
}
