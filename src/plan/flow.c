/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow.h"

#include <math.h>
#include <stdlib.h>

/* Below this a share is the rounding of F(high) - F(low), not hours. */
#define SMALLEST_SHARE 1e-12

double fab_overlap(double a, double b, double c, double d)
{
    double length = fmin(b, d) - fmax(a, c);
    return length > 0 ? length : 0;
}

/* integral of max(0, x) */
static double ramp_area(double x)
{
    return x > 0 ? x * x / 2 : 0;
}

double fab_load_share(double begin, double end, double lead_days, double from, double to, double low, double high)
{
    double first = from * lead_days, width = (to - from) * lead_days, days = end - begin;
    if (width <= 0)
        return fab_overlap(begin + first, end + first, low, high) / days;
    if (fab_overlap(begin + first, end + first + width, low, high) <= 0)
        return 0;
    /* F(high) - F(low): the area below the step's trapezium between the two days */
    double area = 0;
    const double edge[2] = {high, low};
    for (int i = 0; i < 2; i++) {
        double y = edge[i] - begin - first;
        double f = ramp_area(y) - ramp_area(y - days) - ramp_area(y - width) + ramp_area(y - days - width);
        area += i == 0 ? f : -f;
    }
    double share = area / (days * width);
    return share > SMALLEST_SHARE ? share : 0;
}

static bool add_arrival(fab_terms *terms, int period, double share)
{
    if (terms->arrival_count == terms->arrival_capacity) {
        int capacity = terms->arrival_capacity ? 2 * terms->arrival_capacity : 1024;
        struct fab_arrival *arrival = realloc(terms->arrival, (size_t)capacity * sizeof *arrival);
        if (!arrival)
            return false;
        terms->arrival = arrival;
        terms->arrival_capacity = capacity;
    }
    terms->arrival[terms->arrival_count++] = (struct fab_arrival){period, share};
    return true;
}

static bool add_load(fab_terms *terms, int tool_group, int period, int step, double hours)
{
    if (terms->load_count == terms->load_capacity) {
        int capacity = terms->load_capacity ? 2 * terms->load_capacity : 4096;
        struct fab_load *load = realloc(terms->load, (size_t)capacity * sizeof *load);
        if (!load)
            return false;
        terms->load = load;
        terms->load_capacity = capacity;
    }
    terms->load[terms->load_count++] = (struct fab_load){tool_group, period, step, hours};
    return true;
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
        if (!add_arrival(terms, u, share))
            return false;
        at->arriving += share;
    }
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
            if (share > 0 && !add_load(terms, step->tool_group, u, k, step->hours_per_start * share))
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
