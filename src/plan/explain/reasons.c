/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reasons.h"

#include "never.h"
#include "view.h"
#include "walk.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Parts below this share of the cost are added up as "other". */
#define SMALLEST_PART 0.002
/* A rest, or a loss, below this share is the rounding of the sum. */
#define SMALLEST_REST 1e-9

enum { MOST_SHOWN = 10, MOST_SAID = 3, LABEL_SIZE = 1024, MONEY_SIZE = 64 };

/* An order and what one more unit of it costs. */
struct explained {
    const struct fab_demand *demand;
    struct fab_order_cost cost;
    double discount;                /* of the period in which it would ship */
    const struct fab_part *first;   /* the reason */
    const char *words;              /* of the reason, "": those of its part */
};

static void write_part(struct fab_plan_table *w, const struct explained *order, int rank, const struct fab_part *part)
{
    char label[LABEL_SIZE];
    double amount = part->unit ? part->amount : (double)NAN, discount = order->discount;
    snprintf(label, sizeof label, "%s%s%s%s", part->kind, *part->key ? " " : "", part->key, part->tied ? ", as full" : "");
    if (part == order->first && *order->words)
        snprintf(label, sizeof label, "%s", order->words);
    fab_plan_table_row(w);
    fab_plan_table_text(w, order->demand->demand);
    fab_plan_table_integer(w, rank);
    fab_plan_table_text(w, part->family);
    fab_plan_table_copy(w, part->key);
    fab_plan_table_copy(w, label);
    fab_plan_table_period(w, part->period);
    fab_plan_table_integer(w, part->binding);
    fab_plan_table_real(w, part->usd / discount);
    fab_plan_table_real(w, amount);
    fab_plan_table_text(w, part->unit);
    fab_plan_table_real(w, amount != 0 ? part->usd / discount / amount : (double)NAN);
}

/* The reason, the limits that are tied with it, the largest parts, then one row with all the rest, so that the rows of a demand add up to the total. */
static void write_parts(struct fab_plan_table *w, const struct explained *order, const struct fab_parts *parts)
{
    struct fab_part other = {.family = "OTHER", .key = "", .kind = "other", .period = FAB_NONE, .usd = order->cost.usd};
    int rank = 1;
    write_part(w, order, rank, order->first);
    other.usd -= order->first->usd;
    for (int p = 0; p < parts->count && order->first->binding && rank < MOST_SHOWN; p++)
        if (parts->part[p].tied)
            write_part(w, order, ++rank, &parts->part[p]);
    for (int p = 0; p < parts->count; p++) {
        const struct fab_part *part = &parts->part[p];
        bool small = fabs(part->usd) < SMALLEST_PART * fabs(order->cost.usd);
        if (part == order->first || part->tied || rank >= MOST_SHOWN || small || strcmp(part->family, other.family) == 0)
            continue;
        write_part(w, order, ++rank, part);
        other.usd -= part->usd;
    }
    if (fabs(other.usd) > SMALLEST_REST * fabs(order->cost.usd))
        write_part(w, order, ++rank, &other);
}

/* Money in whole units from a thousand on, else with up to two digits; commas between thousands. */
static const char *print_money(char text[MONEY_SIZE], double usd)
{
    char plain[MONEY_SIZE];
    int length = snprintf(plain, sizeof plain, fabs(usd) >= 1000 ? "%.0f" : "%.2f", usd), written = 0;
    char *point = strchr(plain, '.');
    if (point && strcmp(point, ".00") == 0)
        *point = '\0';
    int whole = point ? (int)(point - plain) : length;
    for (int n = 0; plain[n]; n++) {
        if (n > 0 && n < whole && (whole - n) % 3 == 0 && plain[n - 1] != '-')
            text[written++] = ',';
        text[written++] = plain[n];
    }
    text[written] = '\0';
    return text;
}

/* What is spent on a unit, without what is lost by limits and lateness. */
struct spent {
    double usd, day_usd; /* discounted; each cost as of its own day */
    const struct fab_part *largest;
};

static struct spent add_up(const struct fab_parts *parts)
{
    struct spent spent = {0, 0, NULL};
    for (int p = 0; p < parts->count; p++) {
        const struct fab_part *part = &parts->part[p];
        if (part->binding || strcmp(part->family, "LATE") == 0)
            continue;
        spent.usd += part->usd;
        spent.day_usd += part->day_usd;
        if (!spent.largest || part->usd > spent.largest->usd)
            spent.largest = part;
    }
    return spent;
}

static void append(char words[LABEL_SIZE], const char *format, ...) __attribute__((format(printf, 2, 3)));

static void append(char words[LABEL_SIZE], const char *format, ...)
{
    size_t length = strlen(words);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words + length, LABEL_SIZE - length, format, arguments);
    va_end(arguments);
}

/* Whether the data allow starts of a source in a period. */
static bool may_start(const fab_plan *plan, int source, int period)
{
    const struct fab_source_period *at = &plan->terms->source[source].period[period];
    return at->available && !(at->max_starts <= 0); /* NAN: no maximum */
}

/* Adds from when on a source may be started, where that is too late for the order's due date: then it is not the lead time alone that delays it. */
static void say_when(const fab_plan *plan, int source, double latest_start, char words[LABEL_SIZE])
{
    char date[FAB_DATE_TEXT_SIZE];
    int first = 0;
    while (first < plan->terms->period_count && !may_start(plan, source, first))
        first++;
    if (first == plan->terms->period_count)
        append(words, ", may not be started");
    else if (first > 0 && plan->terms->period[first].begin > latest_start)
        append(words, ", may be started from %s", fab_date_print(plan->terms->period[first].date, date));
}

/* Whether a unit that costs so much is not worth it, and the words for it: its source, its cost beside what it would bring, and when it may be started. */
static bool is_too_dear(const fab_plan *plan, const struct fab_walk *walk, const struct explained *order, const struct spent *spent, char words[LABEL_SIZE])
{
    char cost[MONEY_SIZE], price[MONEY_SIZE], penalty[MONEY_SIZE], late[MONEY_SIZE];
    double lead_days;
    int source = fab_walk_source(walk, &lead_days);
    if (source == FAB_NONE || spent->usd + order->cost.late_usd < order->cost.worth_usd * (1 - SMALLEST_REST))
        return false;
    snprintf(words, LABEL_SIZE, "%s delivers from day %.6g at %s USD; price %s, penalty %s%s%s", plan->model->source[source].source, lead_days,
             print_money(cost, spent->day_usd), print_money(price, order->demand->price_usd), print_money(penalty, order->cost.penalty_usd),
             order->cost.late_usd > 0 ? ", lateness " : "", order->cost.late_usd > 0 ? print_money(late, order->cost.late_usd / order->discount) : "");
    say_when(plan, source, plan->terms->period[plan->terms->due_period[order->demand - plan->model->demand]].begin - lead_days, words);
    return true;
}

/* Words for the source that could deliver besides what the plan supplies, where that costs more than it brings; "" for none. */
static void say_other_source(struct fab_walk *walk, const fab_plan *plan, const struct explained *order, int d, char words[LABEL_SIZE])
{
    double usd;
    struct fab_way start = fab_ways_other_source(fab_walk_ways(walk), d, &usd);
    *words = '\0';
    if (start.place == FAB_NONE)
        return;
    struct spent spent = add_up(fab_walk_start(walk, start));
    if (!is_too_dear(plan, walk, order, &spent, words))
        *words = '\0';
}

/* Adds the limits that are as full as the reason: one more of it alone gains nothing. */
static void say_tied(const struct fab_parts *parts, const struct fab_part *limit, char words[LABEL_SIZE])
{
    int said = 0;
    for (int p = 0; p < parts->count && said < MOST_SAID; p++) {
        const struct fab_part *part = &parts->part[p];
        bool same = strcmp(part->kind, limit->kind) == 0;
        if (part->tied)
            append(words, "%s%s%s%s", said++ ? " and " : ", tied with ", same ? "" : part->kind, same ? "" : " ", part->key);
    }
}

/* The reason: where the money alone is more than the unit is worth, no limit is to blame, and it is the dearest part of the money; else it is the limit that costs most, with the other source beside it. */
static void find_reason(const fab_plan *plan, const struct fab_walk *walk, const struct fab_parts *parts, struct explained *order, char words[LABEL_SIZE])
{
    const struct fab_part *limit = NULL;
    char dear[LABEL_SIZE], other[LABEL_SIZE];
    struct spent spent = add_up(parts);
    for (int p = parts->count - 1; p >= 0; p--)
        if (parts->part[p].binding && parts->part[p].usd > 0)
            limit = &parts->part[p];
    order->first = limit ? limit : spent.largest;
    snprintf(other, sizeof other, "%.*s", LABEL_SIZE / 2, words);
    if (spent.largest && is_too_dear(plan, walk, order, &spent, dear)) {
        order->first = spent.largest;
        snprintf(words, LABEL_SIZE, "%s", dear);
    } else if (order->first) {
        *words = '\0';
        append(words, "%s%s%s", order->first->kind, *order->first->key ? " " : "", order->first->key);
        if (limit)
            say_tied(parts, limit, words);
        append(words, "%s%s", *other ? "; " : "", other);
    }
}

static void explain_never(struct fab_plan_table *w, const struct fab_walk *walk, struct explained *order, int d, char words[LABEL_SIZE])
{
    const fab_terms *terms = w->plan->terms;
    struct fab_part part = fab_why_never(w->plan, fab_walk_ways(walk), order->demand->item, terms->due_period[d], terms->latest_period[d]);
    char other[LABEL_SIZE / 2];
    snprintf(other, sizeof other, "%.*s", LABEL_SIZE / 2 - 1, words);
    snprintf(words, LABEL_SIZE, "%s %s%s%s", part.kind, part.key, *other ? "; " : "", other);
    order->first = &part;
    write_part(w, order, 1, &part);
}

static void explain_demand(struct fab_plan_table *w, struct fab_walk *walk, int d)
{
    char words[LABEL_SIZE];
    const fab_plan *plan = w->plan;
    struct explained order = {.demand = &plan->model->demand[d], .cost = fab_ways_order(fab_walk_ways(walk), d), .words = words};
    int t = order.cost.period == FAB_NONE ? plan->terms->due_period[d] : order.cost.period;
    order.discount = plan->terms->period[t].discount;
    say_other_source(walk, plan, &order, d, words);
    if (order.cost.period == FAB_NONE) {
        explain_never(w, walk, &order, d, words);
        return;
    }
    struct fab_parts *parts = fab_walk_unit(walk, order.demand->item, t);
    fab_walk_shipment(walk, d, t);
    fab_walk_late(walk, order.demand->demand, t, order.cost.late_usd);
    fab_parts_sort(parts);
    find_reason(plan, walk, parts, &order, words);
    w->failed = w->failed || parts->failed;
    if (order.first)
        write_parts(w, &order, parts);
}

fab_table *fab_table_shortages(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w =
        fab_plan_table_begin(plan, number, "plan_shortage", "demand rank family key label period binding usd_per_unit amount unit usd_per_amount");
    struct fab_walk *walk = fab_walk_new(plan);
    w.failed = w.failed || !walk;
    for (int d = 0; !w.failed && d < plan->terms->horizon_orders; d++)
        if (fab_view_is_short(fab_view_value(plan, FAB_SHORT, d, FAB_NONE), plan->model->demand[d].quantity))
            explain_demand(&w, walk, d);
    fab_walk_free(walk);
    return fab_plan_table_end(&w);
}
