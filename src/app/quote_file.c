/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quote_file.h"

#include "array.h"
#include "scenario_file.h"
#include "subjects.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEM, QUANTITY, DATE, CUSTOMER, QUOTE, COLUMNS };

static const struct fab_column columns[COLUMNS] = {
    {"item", FAB_COLUMN_ID, 0, 0, 0, 0, 0, (double)NAN, 0, "what is ordered", FAB_NO_OFFSET},
    {"quantity", FAB_COLUMN_REAL, 0, 0, 0, 0, 1e15, (double)NAN, "units", "how much of it", FAB_NO_OFFSET},
    {"date", FAB_COLUMN_DATE, 0, 0, 0, 0, 0, (double)NAN, 0, "when it is due", FAB_NO_OFFSET},
    {"customer", FAB_COLUMN_ID, 0, 0, 0, 0, 0, (double)NAN, 0, "who orders", FAB_NO_OFFSET},
    {"quote", FAB_COLUMN_ID, FAB_OPTIONAL, 0, 0, 0, 0, (double)NAN, 0, "name of the quote", FAB_NO_OFFSET},
};

/* A file under way. */
struct reading {
    fab_context *context;
    const fab_plan *plan;
    struct fab_quote_orders *orders;
};

/* An order as it is given. */
struct given {
    const char *name, *item, *date, *customer;
    double quantity;
};

static fab_status find_period(fab_context *context, const fab_plan *plan, const char *given, int *period)
{
    const char *why;
    int32_t day;
    if (!fab_date_parse(given, &day, &why))
        return fab_fail_as(context, FAB_USAGE, "unknown_id", "date '%s': %s", given, why);
    *period = fab_terms_find_period(plan->terms, day);
    if (*period == FAB_NONE || *period >= plan->terms->horizon_periods)
        return fab_fail_as(context, FAB_USAGE, "unknown_id", "date '%s' is outside of the plan's calendar", given);
    return FAB_OK;
}

static fab_status find_pair(fab_context *context, struct fab_quote_orders *orders, struct fab_quote_order *order)
{
    fab_status status = FAB_OK;
    int p = 0;
    while (p < orders->pair_count && (orders->pair[p].customer != order->customer || orders->pair[p].item != order->item))
        p++;
    order->asked.pair = p;
    if (p < orders->pair_count)
        return FAB_OK;
    struct fab_desk_pair *grown = realloc(orders->pair, ((size_t)p + 1) * sizeof *grown);
    TRY_MEMORY(context, grown);
    orders->pair = grown;
    orders->pair[orders->pair_count++] = (struct fab_desk_pair){order->customer, order->item};
out:
    return status;
}

static fab_status add_order(struct reading *reading, const struct given *given)
{
    fab_status status = FAB_OK;
    struct fab_quote_orders *orders = reading->orders;
    struct fab_quote_order order = {.asked = {.quantity = given->quantity}};
    TRY(fab_subjects_find(reading->context, reading->plan, "item", given->item, fab_subjects_item, &order.item));
    TRY(fab_subjects_find(reading->context, reading->plan, "customer", given->customer, fab_subjects_customer, &order.customer));
    TRY(find_period(reading->context, reading->plan, given->date, &order.asked.period));
    if (!(given->quantity > 0))
        TRY(fab_fail_as(reading->context, FAB_USAGE, "unknown_id", "a quantity of %g cannot be quoted: above 0", given->quantity));
    TRY(find_pair(reading->context, orders, &order));
    TRY_MEMORY(reading->context, order.date = fab_arena_dup(orders->arena, given->date));
    if (given->name)
        TRY_MEMORY(reading->context, order.name = fab_arena_dup(orders->arena, given->name));
    TRY_MEMORY(reading->context, FAB_ARRAY_ROOM(&orders->order, orders->count, &orders->capacity));
    orders->order[orders->count++] = order;
out:
    return status;
}

/* What is not of the plan is a finding of the row. */
static fab_status take_row(void *user, const struct fab_scenario_row *row, int *column, char problem[FAB_PROBLEM_SIZE])
{
    struct reading *reading = user;
    const struct given given = {.name = row->cell[QUOTE].type == FAB_CELL_TEXT ? row->cell[QUOTE].text : NULL,
                                .item = row->cell[ITEM].text,
                                .date = row->cell[DATE].text,
                                .customer = row->cell[CUSTOMER].text,
                                .quantity = row->cell[QUANTITY].real};
    fab_status status = add_order(reading, &given);
    *column = ITEM;
    if (status != FAB_USAGE)
        return status;
    snprintf(problem, FAB_PROBLEM_SIZE, "%s", fab_context_message(reading->context));
    return FAB_OK;
}

fab_status fab_quote_orders_read(fab_context *context, const fab_quote_request *request, const fab_plan *plan, struct fab_quote_orders *orders)
{
    fab_status status = FAB_OK;
    struct reading reading = {context, plan, orders};
    int findings = 0;
    *orders = (struct fab_quote_orders){.arena = fab_arena_new()};
    TRY_MEMORY(context, orders->arena);
    if (!request->file) {
        if (!request->item || !request->date || !request->customer)
            TRY(fab_fail(context, FAB_USAGE, "a quote needs an item, a quantity, a date and a customer"));
        TRY(add_order(&reading, &(struct given){NULL, request->item, request->date, request->customer, request->quantity}));
        goto out;
    }
    TRY(fab_scenario_read_file(context, request->file, columns, COLUMNS, take_row, &reading, &findings));
    if (findings > 0)
        TRY(fab_fail(context, FAB_INPUT, "%s: %d finding%s", request->file, findings, findings == 1 ? "" : "s"));
    if (orders->count == 0)
        TRY(fab_fail(context, FAB_INPUT, "%s: has no order", request->file));
out:
    return status;
}

void fab_quote_orders_fini(struct fab_quote_orders *orders)
{
    free(orders->order);
    free(orders->pair);
    fab_arena_free(orders->arena);
    *orders = (struct fab_quote_orders){0};
}
