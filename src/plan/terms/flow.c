/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow.h"

#include "array.h"
#include "share.h"

#include <math.h>

bool fab_flow_add_arrival(fab_terms *terms, int period, double share)
{
    if (!FAB_ARRAY_ROOM(&terms->arrival, terms->arrival_count, &terms->arrival_capacity))
        return false;
    terms->arrival[terms->arrival_count++] = (struct fab_arrival){period, share};
    return true;
}

bool fab_flow_add_load(fab_terms *terms, int tool_group, int period, int step, double hours)
{
    if (!FAB_ARRAY_ROOM(&terms->load, terms->load_count, &terms->load_capacity))
        return false;
    terms->load[terms->load_count++] = (struct fab_load){tool_group, period, step, hours};
    return true;
}

bool fab_flow_add_take(fab_terms *terms, int item, int period, double units)
{
    if (!FAB_ARRAY_ROOM(&terms->take, terms->take_count, &terms->take_capacity))
        return false;
    terms->take[terms->take_count++] = (struct fab_take){item, period, units};
    return true;
}

bool fab_flow_add_come(fab_terms *terms, const struct fab_come *come)
{
    if (!FAB_ARRAY_ROOM(&terms->come, terms->come_count, &terms->come_capacity))
        return false;
    terms->come[terms->come_count++] = *come;
    return true;
}

double fab_flow_go_share(const struct fab_go *go, double lead_days, double from, double to, const struct fab_period *period)
{
    if (go->end > go->begin)
        return fab_load_share(go->begin, go->end, lead_days, from, to, period->begin, period->end);
    double begin = go->begin + from * lead_days, end = go->begin + to * lead_days;
    if (end > begin)
        return fab_overlap(begin, end, period->begin, period->end) / (end - begin);
    return begin >= period->begin && begin < period->end;
}

double fab_flow_go_before(const struct fab_wip_group *group, const struct fab_go *go, double part)
{
    double days = part * group->lead_days;
    if (!group->begun)
        return 0;
    if (go->end > go->begin)
        return fab_overlap(go->begin + days, go->end + days, -(double)INFINITY, 0) / (go->end - go->begin);
    return go->begin + days < 0;
}

static bool make_arrivals(fab_terms *terms, struct fab_source_period *at, int t)
{
    const struct fab_period *period = &terms->period[t];
    double begin = period->begin + at->lead_days, end = period->end + at->lead_days;
    at->first_arrival = terms->arrival_count;
    for (int u = t; u < terms->period_count && terms->period[u].begin < end; u++) {
        double share = fab_overlap(begin, end, terms->period[u].begin, terms->period[u].end) / period->days;
        if (share <= 0)
            continue;
        if (!fab_flow_add_arrival(terms, u, share))
            return false;
        at->arriving += share;
    }
    at->arriving = fmin(1, at->arriving); /* rounding of the sum is no unit that comes out of nothing */
    at->behind = 1 - at->arriving;
    at->arrival_count = terms->arrival_count - at->first_arrival;
    return true;
}

static bool make_loads(fab_terms *terms, const struct fab_source_terms *source, struct fab_source_period *at, int t)
{
    const struct fab_period *period = &terms->period[t];
    at->first_load = terms->load_count;
    for (int k = 0; k < source->step_count; k++) {
        const struct fab_load_step *step = &source->step[k];
        if (step->hours_per_start <= 0)
            continue;
        for (int u = t; u < terms->period_count && terms->period[u].begin < period->end + step->to * at->lead_days; u++) {
            double share = fab_load_share(period->begin, period->end, at->lead_days, step->from, step->to, terms->period[u].begin,
                                          terms->period[u].end);
            if (share > 0 && !fab_flow_add_load(terms, step->tool_group, u, k, step->hours_per_start * share))
                return false;
        }
    }
    at->load_count = terms->load_count - at->first_load;
    return true;
}

fab_status fab_flow_make(fab_context *context, fab_terms *terms)
{
    for (int s = 0; s < terms->model->source_count; s++) {
        struct fab_source_terms *source = &terms->source[s];
        for (int t = 0; t < terms->period_count; t++) {
            struct fab_source_period *at = &source->period[t];
            if (at->available && (!make_arrivals(terms, at, t) || !make_loads(terms, source, at, t)))
                return fab_fail_memory(context);
        }
    }
    return FAB_OK;
}
