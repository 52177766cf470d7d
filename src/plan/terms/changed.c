/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "changed.h"

#include "adjust.h"
#include "share.h"
#include "upkeep.h"

/* A share below this is the rounding of a sum of shares. */
#define NOTHING 1e-12

double fab_changed_availability(const fab_terms *terms, int tool_group, int period)
{
    return fab_adjust_at(terms->model, FAB_ADJUST_AVAILABILITY, tool_group, terms->period[period].date, fab_upkeep_availability(terms->model, tool_group));
}

double fab_changed_delivered(const fab_terms *terms, int source, int period)
{
    double first = (double)terms->period[0].date;
    if (source == FAB_NONE)
        return 1;
    return fab_adjust_output(terms->model, source, first + terms->period[period].begin, first + terms->period[period].end);
}

/* Share of a start that does not come although it would: 1 - a, the part behind the horizon with it. */
static double lost_share(const fab_terms *terms, int s, int t)
{
    const struct fab_source_period *at = &terms->source[s].period[t];
    double begin = terms->period[t].begin + at->lead_days, end = terms->period[t].end + at->lead_days, behind = 1, lost = 0;
    for (int u = t; u < terms->period_count; u++) {
        double share = fab_overlap(begin, end, terms->period[u].begin, terms->period[u].end) / terms->period[t].days;
        behind -= share;
        lost += share > 0 ? share * (1 - fab_changed_delivered(terms, s, u)) : 0;
    }
    return lost + behind * (1 - fab_adjust_output_behind(terms->model, s));
}

static void deliver(fab_terms *terms, int s, struct fab_source_period *at)
{
    at->behind *= fab_adjust_output_behind(terms->model, s);
    at->arriving = 0;
    for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++) {
        struct fab_arrival *arrival = &terms->arrival[a];
        arrival->share *= fab_changed_delivered(terms, s, arrival->period);
        at->arriving += arrival->share;
    }
}

static void stop(struct fab_source_period *at)
{
    at->owed = 0;
    at->available = false;
    at->min_starts = 0;
    at->arrival_count = 0;
}

void fab_changed_deliveries(fab_terms *terms)
{
    for (int s = 0; s < terms->model->source_count; s++) {
        bool changed = fab_adjust_any(terms->model, FAB_ADJUST_OUTPUT, s);
        for (int t = 0; t < terms->period_count; t++) {
            struct fab_source_period *at = &terms->source[s].period[t];
            at->owed = 1;
            if (!changed)
                continue;
            deliver(terms, s, at);
            if (terms->model->source[s].route != FAB_NONE)
                continue;
            at->owed = 1 - lost_share(terms, s, t);
            at->usd_per_start *= at->owed;
            if (at->owed < NOTHING)
                stop(at);
        }
    }
}
