/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver_orders.h"

#include "array.h"
#include "change_order.h"
#include "member.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double days_per_year = 365.25;

/* The living rows of a table in their order. */
struct sorted {
    const struct fab_edit_table *table;
    int *order, count;
};

/* A figure that is linear between points. */
struct point {
    double day, value; /* day -INFINITY: from the beginning of time on */
};

struct curve {
    struct point *point;
    int count, capacity;
};

/* What one customer wants of one item in one period. */
struct order {
    double quantity;
    const struct fab_driver_use *terms; /* NULL: nothing yet */
    bool won;                           /* the table demand has it */
};

struct pair {
    int customer, item;
    struct order *order; /* [periods] */
    bool told;           /* that terms differ has been said */
};

struct making {
    struct fab_edit *edit;
    struct sorted calendar, driver, use;
    struct curve quantity, units; /* of the use under way */
    struct pair *pair;
    int pair_count, pair_capacity;
};

static fab_status sort_rows(struct making *making, const char *name, struct sorted *sorted)
{
    fab_status status = FAB_OK;
    sorted->table = fab_edit_table(making->edit, fab_dictionary_find(name));
    TRY_MEMORY(making->edit->context, sorted->order = fab_order_new(sorted->table, &sorted->count));
out:
    return status;
}

static const void *row_at(const struct sorted *sorted, int k)
{
    return fab_edit_row(sorted->table, sorted->order[k]);
}

static const struct fab_calendar *period_at(const struct making *making, int t)
{
    return row_at(&making->calendar, t);
}

static const struct fab_driver_use *use_at(const struct making *making, int k)
{
    return row_at(&making->use, k);
}

/* ---- curves ---- */

static double day_of(int32_t date)
{
    return date == FAB_DATE_NONE ? -(double)INFINITY : date;
}

static bool add_point(struct curve *curve, int32_t date, double value)
{
    if (!FAB_ARRAY_ROOM(&curve->point, curve->count, &curve->capacity))
        return false;
    curve->point[curve->count++] = (struct point){day_of(date), value};
    return true;
}

/* Before the first point and behind the last one the nearest; what holds from the beginning of time on holds until the next point. */
static double value_at(const struct curve *curve, double day)
{
    const struct point *point = curve->point;
    int next = 0;
    while (next < curve->count && point[next].day <= day)
        next++;
    if (next == 0)
        return point[0].value;
    if (next == curve->count || isinf(point[next - 1].day))
        return point[next - 1].value;
    double part = (day - point[next - 1].day) / (point[next].day - point[next - 1].day);
    return point[next - 1].value + part * (point[next].value - point[next - 1].value);
}

/* Piece by piece between the points: the middle of a piece has its mean. */
static double mean_over(const struct curve *curve, double from, double to)
{
    double sum = 0, begin = from;
    for (int k = 0; k <= curve->count; k++) {
        double end = k < curve->count ? fmin(to, curve->point[k].day) : to;
        if (end <= begin)
            continue;
        sum += (end - begin) * value_at(curve, (begin + end) / 2);
        begin = end;
    }
    return sum / (to - from);
}

/* ---- uses ---- */

/* The rows [first, end) of one use. */
struct use {
    int first, end;
};

static struct use next_use(const struct making *making, int first)
{
    const struct sorted *use = &making->use;
    int end = first + 1;
    while (end < use->count && fab_order_same_key(use->table, use->order[first], use->order[end]))
        end++;
    return (struct use){first, end};
}

static fab_status read_curves(struct making *making, const struct use *use)
{
    fab_status status = FAB_OK;
    const char *name = use_at(making, use->first)->driver;
    making->quantity.count = making->units.count = 0;
    for (int k = 0; k < making->driver.count; k++) {
        const struct fab_driver *driver = row_at(&making->driver, k);
        if (strcmp(driver->driver, name) == 0)
            TRY_MEMORY(making->edit->context, add_point(&making->quantity, driver->date, driver->quantity));
    }
    for (int k = use->first; k < use->end; k++)
        TRY_MEMORY(making->edit->context, add_point(&making->units, use_at(making, k)->from_date, use_at(making, k)->units_per_driver));
    if (making->quantity.count == 0)
        fab_edit_finding_of_data(making->edit, "table driver_use: driver is '%s', must be a driver of table driver", name);
out:
    return status;
}

/* The row in force on a day: before the first one that. */
static const struct fab_driver_use *terms_at(const struct making *making, const struct use *use, double day)
{
    int k = use->first;
    while (k + 1 < use->end && day_of(use_at(making, k + 1)->from_date) <= day)
        k++;
    return use_at(making, k);
}

static double units_of(const struct making *making, const struct fab_driver_use *terms, const struct fab_calendar *period)
{
    double from = period->start_date + terms->lead_days, to = period->end_date + terms->lead_days, middle = (from + to) / 2;
    return value_at(&making->units, middle) * mean_over(&making->quantity, from, to) * (1 + terms->replacement_frac) * (to - from) / days_per_year;
}

/* ---- orders ---- */

static struct pair *find_pair(struct making *making, int customer, int item)
{
    for (int p = 0; p < making->pair_count; p++)
        if (making->pair[p].customer == customer && making->pair[p].item == item)
            return &making->pair[p];
    return NULL;
}

static fab_status get_pair(struct making *making, const struct fab_driver_use *use, struct pair **pair)
{
    fab_status status = FAB_OK;
    struct order *orders = NULL;
    *pair = find_pair(making, use->customer, use->item);
    if (*pair)
        return FAB_OK;
    TRY_MEMORY(making->edit->context, FAB_ARRAY_ROOM(&making->pair, making->pair_count, &making->pair_capacity));
    TRY_MEMORY(making->edit->context, orders = calloc((size_t)making->calendar.count + 1, sizeof *orders));
    *pair = &making->pair[making->pair_count++];
    **pair = (struct pair){use->customer, use->item, orders, false};
out:
    return status;
}

/* The name of the first term that two uses of one order do not have in common, NULL when there is none. */
static const char *find_difference(const struct fab_driver_use *left, const struct fab_driver_use *right)
{
    static const char *const terms[] = {"price_usd", "shortage_usd", "late_usd_per_week", "max_late_days", "min_fill", "class"};
    const struct fab_table_def *def = fab_dictionary_find("driver_use");
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (fab_member_compare(&def->columns[fab_table_def_find_column(def, terms[i])], left, right) != 0)
            return terms[i];
    return NULL;
}

static void add_units(struct making *making, struct pair *pair, int t, const struct fab_driver_use *terms, double units)
{
    struct order *order = &pair->order[t];
    const char *difference = order->terms && !pair->told ? find_difference(order->terms, terms) : NULL;
    if (difference) {
        fab_edit_finding_of_data(making->edit, "table driver_use: %s of %s differs between drivers %s and %s in %s, must be equal: what they make is one order",
                                 difference, fab_edit_id(making->edit, "item", pair->item), order->terms->driver, terms->driver, period_at(making, t)->period);
        pair->told = true;
    }
    order->terms = order->terms ? order->terms : terms;
    order->quantity += units;
}

static fab_status add_use(struct making *making, const struct use *use)
{
    fab_status status = FAB_OK;
    struct pair *pair = NULL;
    TRY(read_curves(making, use));
    TRY(get_pair(making, use_at(making, use->first), &pair));
    for (int t = 0; t < making->calendar.count && making->quantity.count > 0; t++) {
        const struct fab_calendar *period = period_at(making, t);
        const struct fab_driver_use *terms = terms_at(making, use, period->start_date);
        double units = pair->order[t].won ? 0 : units_of(making, terms, period);
        if (units > 0)
            add_units(making, pair, t, terms, units);
    }
out:
    return status;
}

/* The period that a day falls into, -1: none. */
static int find_period(const struct making *making, int32_t day)
{
    int low = 0, high = making->calendar.count - 1;
    while (low < high) {
        int middle = low + (high - low + 1) / 2;
        if (period_at(making, middle)->start_date <= day)
            low = middle;
        else
            high = middle - 1;
    }
    return high >= 0 && period_at(making, low)->start_date <= day && day < period_at(making, low)->end_date ? low : -1;
}

/* Pairs of all uses, and what the table demand has of them. */
static fab_status find_won(struct making *making)
{
    fab_status status = FAB_OK;
    const struct fab_edit_table *demand = fab_edit_table(making->edit, fab_dictionary_find("demand"));
    struct pair *pair = NULL;
    for (int k = 0; k < making->use.count; k++)
        TRY(get_pair(making, use_at(making, k), &pair));
    for (int d = 0; d < demand->count; d++) {
        const struct fab_demand *row = fab_edit_row(demand, d);
        pair = demand->state[d].dead ? NULL : find_pair(making, row->customer, row->item);
        int t = pair ? find_period(making, row->due_date) : -1;
        if (t >= 0)
            pair->order[t].won = true;
    }
out:
    return status;
}

/* ---- rows ---- */

static struct fab_demand empty_demand(const struct fab_table_def *def)
{
    struct fab_demand row = {0};
    for (int c = 0; c < def->column_count; c++)
        if (fab_member_is_number(&def->columns[c]))
            fab_member_put_number(&def->columns[c], &row, (double)NAN);
    return row;
}

static fab_status add_order(struct making *making, const struct pair *pair, int t)
{
    fab_status status = FAB_OK;
    struct fab_edit *edit = making->edit;
    struct fab_edit_table *demand = fab_edit_table(edit, fab_dictionary_find("demand"));
    const struct fab_driver_use *terms = pair->order[t].terms;
    struct fab_demand row = empty_demand(demand->def);
    int added = 0;
    TRY_MEMORY(edit->context, row.demand = fab_arena_printf(edit->model->arena, "%s_%s:%s", fab_edit_id(edit, "customer", pair->customer),
                                                            fab_edit_id(edit, "item", pair->item), period_at(making, t)->period));
    row.customer = pair->customer;
    row.item = pair->item;
    row.due_date = period_at(making, t)->start_date;
    row.quantity = pair->order[t].quantity;
    row.price_usd = terms->price_usd;
    row.shortage_usd = terms->shortage_usd;
    row.late_usd_per_week = terms->late_usd_per_week;
    row.max_late_days = terms->max_late_days;
    row.min_fill = terms->min_fill;
    row.class = terms->class;
    TRY(fab_edit_add_row(edit, demand, &row, &added));
    demand->state[added].change = FAB_NONE;
    if (strlen(row.demand) > FAB_ID_MAX)
        fab_edit_finding_of_data(edit, "table driver_use: the order '%s' that it makes has %zu characters, at most %d are allowed: shorten ids of customers, items or periods", row.demand,
                                 strlen(row.demand), FAB_ID_MAX);
out:
    return status;
}

/* Ids are unique: CUSTOMER_ITEM may read as another customer's item, or as an order of another period. Of two of one id the later row is made. */
static fab_status check_ids(struct making *making, int first_made)
{
    fab_status status = FAB_OK;
    struct sorted demand = {0};
    TRY(sort_rows(making, "demand", &demand));
    for (int k = 1; k < demand.count; k++) {
        const struct fab_demand *row = row_at(&demand, k);
        if (demand.order[k] < first_made || !fab_order_same_row(demand.table, demand.order[k - 1], demand.order[k]))
            continue;
        demand.table->state[demand.order[k]].dead = true;
        fab_edit_finding_of_data(making->edit, "table driver_use: the order '%s' that it makes has the id of another one, must be unique: rename one of customer, item, order",
                                 row->demand);
    }
out:
    free(demand.order);
    return status;
}

static fab_status add_orders(struct making *making)
{
    fab_status status = FAB_OK;
    int first_made = fab_edit_table(making->edit, fab_dictionary_find("demand"))->count;
    for (int p = 0; p < making->pair_count; p++)
        for (int t = 0; t < making->calendar.count; t++)
            if (making->pair[p].order[t].quantity > 0)
                TRY(add_order(making, &making->pair[p], t));
    TRY(check_ids(making, first_made));
out:
    return status;
}

static void end_making(struct making *making)
{
    for (int p = 0; p < making->pair_count; p++)
        free(making->pair[p].order);
    free(making->pair);
    free(making->quantity.point);
    free(making->units.point);
    free(making->calendar.order);
    free(making->driver.order);
    free(making->use.order);
}

fab_status fab_driver_orders(struct fab_edit *edit)
{
    fab_status status = FAB_OK;
    struct making making = {.edit = edit};
    TRY(sort_rows(&making, "driver_use", &making.use));
    TRY(sort_rows(&making, "driver", &making.driver));
    TRY(sort_rows(&making, "calendar", &making.calendar));
    TRY(find_won(&making));
    for (struct use use = {0, 0}; use.end < making.use.count;) {
        use = next_use(&making, use.end);
        TRY(add_use(&making, &use));
    }
    if (edit->findings == 0 && making.pair_count > 0)
        TRY(add_orders(&making));
out:
    end_making(&making);
    return status;
}
