/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cease.h"

#include "try.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Levels of bills of material that are followed. */
enum { MOST_LEVELS = 24 };

/* Days are sums of real numbers. */
#define SAME_DAY 1e-6

/* What becomes of a unit of an item once it is there. */
struct way {
    double days; /* longest way to the shipment of an order; -INFINITY: nothing is ordered that needs it */
    int due;     /* last period in which such an order is due */
};

/* Takes over the way of `next`, so many days behind. True when that changes something. */
static bool follow(struct way *way, const struct way *next, double days)
{
    bool longer = next->days + days > way->days + SAME_DAY, later = next->due > way->due;
    if (longer)
        way->days = next->days + days;
    if (later)
        way->due = next->due;
    return longer || later;
}

static double lead_days(const fab_plan *plan, int s)
{
    return plan->terms->source[s].period[plan->terms->horizon_periods - 1].lead_days;
}

/* One level up: through substitutes, and through what consumes an item. True when something changed. */
static bool climb(const fab_plan *plan, struct way *ways)
{
    const fab_model *model = plan->model;
    bool changed = false;
    for (int r = 0; r < model->substitute_count; r++)
        changed = follow(&ways[model->substitute[r].item], &ways[model->substitute[r].instead_of], 0) || changed;
    for (int s = 0; s < model->source_count; s++) {
        const struct fab_source_terms *source = &plan->terms->source[s];
        for (int c = 0; c < source->component_count; c++)
            for (int o = 0; o < source->output_count; o++)
                changed = follow(&ways[source->component[c].item], &ways[source->output[o].item], lead_days(plan, s)) || changed;
    }
    return changed;
}

/* The ways of all items; NULL when memory is short. */
static struct way *find_ways(const fab_plan *plan)
{
    const fab_model *model = plan->model;
    struct way *ways = calloc((size_t)model->item_count + 1, sizeof *ways);
    if (!ways)
        return NULL;
    for (int i = 0; i < model->item_count; i++)
        ways[i] = (struct way){-(double)INFINITY, FAB_NONE};
    for (int d = 0; d < plan->terms->horizon_orders; d++)
        if (model->demand[d].quantity > 0)
            follow(&ways[model->demand[d].item], &(struct way){0, plan->terms->due_period[d]}, 0);
    for (int level = 0; level < MOST_LEVELS && climb(plan, ways); level++)
        continue;
    return ways;
}

/* The last period in which an item is started, FAB_NONE: none; and whether a source of it is there later. */
static int find_last_start(const fab_plan *plan, int item, bool *goes_on)
{
    int last = FAB_NONE, available = FAB_NONE;
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; plan->model->source[s].item == item && t < plan->terms->horizon_periods; t++) {
            if (fab_view_value(plan, FAB_X, s, t) > 0 && t > last)
                last = t;
            if (plan->terms->source[s].period[t].available && t > available)
                available = t;
        }
    *goes_on = available > last;
    return last;
}

/* How many days before the end the starts of an item cease although they would be of use later; 0: they do not. */
static double ceases(const fab_plan *plan, const struct way *ways, int item)
{
    const fab_terms *terms = plan->terms;
    bool goes_on;
    double days = 0;
    int last = find_last_start(plan, item, &goes_on);
    if (last == FAB_NONE || !goes_on)
        return 0;
    for (int s = 0; s < plan->model->source_count; s++)
        for (int o = 0; plan->model->source[s].item == item && o < terms->source[s].output_count; o++) {
            const struct way *way = &ways[terms->source[s].output[o].item];
            if (way->due > last)
                days = fmax(days, way->days + lead_days(plan, s));
        }
    double before = terms->horizon_end - terms->period[last].end;
    return before <= days + SAME_DAY ? before : 0;
}

fab_status fab_cease_warn(fab_context *context, const fab_plan *plan)
{
    enum { NAMED = 5 };
    fab_status status = FAB_OK;
    char names[NAMED * (FAB_DETAIL_SIZE + 2)] = "", more[32] = "";
    size_t length = 0;
    double most = 0;
    int count = 0;
    struct way *ways = NULL;
    if (plan->terms->horizon_periods < plan->terms->period_count)
        return FAB_OK;
    TRY_MEMORY(context, ways = find_ways(plan));
    for (int i = 0; i < plan->model->item_count; i++) {
        double days = ceases(plan, ways, i);
        if (days <= 0)
            continue;
        most = fmax(most, days);
        if (count++ < NAMED)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", length > 0 ? ", " : "", plan->model->item[i].item);
    }
    snprintf(more, sizeof more, " and %d more", count - NAMED);
    if (count > 0)
        fab_say(context, FAB_LEVEL_WARNING,
                "starts cease up to %.4g days before the horizon's end, inside the lead time, although orders go on: %s%s; setting tail_days plans on behind the end", most,
                names, count > NAMED ? more : "");
out:
    free(ways);
    return status;
}
