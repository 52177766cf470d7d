/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wip.h"

#include "share.h"
#include "source_terms.h"

#include <math.h>

/* Waiting hours below this share of what the tools can do are rounding. */
#define NO_WAIT 1e-9

/* A lot on its way: days from the plan's start. */
struct journey {
    double hold, lead; /* days it waits first; whole lead time */
    double progress;
};

/* Day of a point of the cycle time that lies ahead. */
static double day_of(const struct journey *journey, double fraction)
{
    return journey->hold + (fraction - journey->progress) * journey->lead;
}

/* The good units arrive at once when the lot is through. */
static void add_units(fab_terms *terms, const struct fab_wip *wip, const struct journey *journey)
{
    const struct fab_source_terms *source = &terms->source[wip->source];
    double line_yield, unit_yield, day = day_of(journey, 1);
    int u = 0;
    while (u < terms->period_count && terms->period[u].end <= day)
        u++;
    if (u == terms->period_count)
        return;
    fab_source_yields_at(terms->model, wip->source, wip->start_date, &line_yield, &unit_yield);
    double units = wip->wafers * source->units_per_start * pow(line_yield, 1 - wip->progress) * unit_yield;
    for (int o = 0; o < source->output_count; o++)
        terms->wip_units[source->output[o].item * terms->period_count + u] += units * source->output[o].amount;
}

/* The part of a step beyond the lot's progress, evenly over its days. */
static void add_step(fab_terms *terms, const struct fab_wip *wip, const struct journey *journey, const struct fab_load_step *step, double *hours)
{
    double from = fmax(step->from, journey->progress), width = step->to - step->from;
    if (step->to < journey->progress || (width > 0 && step->to <= journey->progress))
        return;
    /* hours_per_start has the scrap of earlier steps taken out; the lot's wafers are those that are left */
    double total = wip->wafers * step->hours_per_unit * (width > 0 ? (step->to - from) / width : 1);
    double begin = day_of(journey, from), end = day_of(journey, step->to);
    for (int u = 0; u < terms->period_count; u++) {
        const struct fab_period *period = &terms->period[u];
        double share = end > begin ? fab_overlap(begin, end, period->begin, period->end) / (end - begin) : begin >= period->begin && begin < period->end;
        hours[u] += total * share;
    }
}

static bool add_lot(fab_terms *terms, const struct fab_wip *wip)
{
    struct fab_source_terms *source = &terms->source[wip->source];
    struct journey journey = {.hold = wip->held ? terms->model->hold_days : 0,
                              .lead = fab_source_lead_days_at(terms->model, wip->source, wip->start_date),
                              .progress = wip->progress};
    if (!source->wip_hours)
        source->wip_hours = fab_arena_take(terms->arena, (size_t)source->step_count * (size_t)terms->period_count, sizeof(double));
    if (!source->wip_hours)
        return false;
    add_units(terms, wip, &journey);
    for (int k = 0; k < source->step_count; k++)
        add_step(terms, wip, &journey, &source->step[k], source->wip_hours + k * terms->period_count);
    return true;
}

/* Hours of a group in a period, of all lots. */
static double sum_hours(const fab_terms *terms, int g, int u)
{
    double sum = 0;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int k = 0; terms->source[s].wip_hours && k < terms->source[s].step_count; k++)
            if (terms->source[s].step[k].tool_group == g)
                sum += terms->source[s].wip_hours[k * terms->period_count + u];
    return sum;
}

/* Keeps a share of the group's hours in a period; the rest of every step waits for the next one (behind the horizon it is of no interest). */
static void let_wait(fab_terms *terms, int g, int u, double kept)
{
    for (int s = 0; s < terms->model->source_count; s++)
        for (int k = 0; terms->source[s].wip_hours && k < terms->source[s].step_count; k++) {
            double *hours = terms->source[s].wip_hours + k * terms->period_count;
            if (terms->source[s].step[k].tool_group != g)
                continue;
            if (u + 1 < terms->period_count)
                hours[u + 1] += hours[u] * (1 - kept);
            hours[u] *= kept;
        }
}

/* Spreads the hours of a group over the periods as its tools can do them; true when some wait. */
static bool fit_group(fab_context *context, fab_terms *terms, int g)
{
    int T = terms->period_count;
    bool waits = false;
    for (int u = 0; u < T; u++) {
        double hours = sum_hours(terms, g, u), most = terms->hours_per_tool[g * T + u] * terms->tools[g * T + u];
        if (hours > most * (1 + NO_WAIT)) {
            if (!waits)
                fab_say(context, FAB_LEVEL_DETAIL, "starting WIP needs %.6g hours of %s in %s, its tools can do %.6g", hours,
                        terms->model->tool_group[g].tool_group, terms->period[u].name, most);
            waits = true;
            let_wait(terms, g, u, most / hours);
            hours = most;
        }
        terms->wip_hours[g * T + u] = hours;
    }
    return waits;
}

/* One warning for all groups; details name each. */
static void warn_of_waiting(fab_context *context, const fab_terms *terms, int groups, int first)
{
    if (groups == 1)
        fab_say(context, FAB_LEVEL_WARNING, "starting WIP needs more hours of %s than its tools can do: the rest waits for later periods",
                terms->model->tool_group[first].tool_group);
    else if (groups > 1)
        fab_say_as(context, FAB_LEVEL_WARNING, "wip_waits",
                   "starting WIP needs more hours of %d tool groups (%s, ...) than their tools can do: the rest waits for later periods", groups,
                   terms->model->tool_group[first].tool_group);
}

fab_status fab_wip_make(fab_context *context, fab_terms *terms)
{
    const fab_model *model = terms->model;
    size_t T = (size_t)terms->period_count;
    terms->wip_units = fab_arena_take(terms->arena, (size_t)model->item_count * T, sizeof(double));
    terms->wip_hours = fab_arena_take(terms->arena, (size_t)model->tool_group_count * T, sizeof(double));
    if (!terms->wip_units || !terms->wip_hours)
        return fab_fail_memory(context);
    for (int w = 0; w < model->wip_count; w++)
        if (!add_lot(terms, &model->wip[w]))
            return fab_fail_memory(context);
    int waiting = 0, first = 0;
    for (int g = model->wip_count > 0 ? model->tool_group_count - 1 : -1; g >= 0; g--)
        if (fit_group(context, terms, g)) {
            waiting++;
            first = g;
        }
    warn_of_waiting(context, terms, waiting, first);
    return FAB_OK;
}
