/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "track.h"

#include "changed.h"
#include "share.h"
#include "source_terms.h"

#include <math.h>
#include <stdlib.h>

struct fab_track_cell *fab_track_at(const struct fab_track *track, int source, int period)
{
    return &track->cell[source * track->periods + period];
}

/* ---- planned ---- */

/* The end of a period, or the day. */
static double end_of(const struct fab_track *track, int t)
{
    return fmin(track->plan->terms->period[t].end, track->cut);
}

/* Share of what goes on evenly over [begin, end), or at once, that is there after so many days, in a period up to the day. */
static double share_in(const struct fab_track *track, double begin, double end, double days, int u)
{
    double low = track->plan->terms->period[u].begin, high = end_of(track, u);
    if (end > begin)
        return fab_overlap(begin + days, end + days, low, high) / (end - begin);
    return begin + days >= low && begin + days < high;
}

/* Wafers of a plan on their way. */
struct flow {
    int source;
    double begin, end, wafers;
    double days;       /* until they are out */
    double cycle_days; /* their whole cycle time */
    double good_units;
};

static void add_flow(struct fab_track *track, const struct flow *flow)
{
    for (int u = 0; u < track->periods; u++) {
        struct fab_track_cell *cell = fab_track_at(track, flow->source, u);
        double wafers = flow->wafers * share_in(track, flow->begin, flow->end, flow->days, u) * fab_changed_delivered(track->plan->terms, flow->source, u);
        cell->units_planned += wafers * flow->good_units;
        cell->wafers_planned += wafers;
        cell->days_planned += wafers * flow->cycle_days;
    }
}

static void plan_starts(struct fab_track *track, int s)
{
    const fab_terms *terms = track->plan->terms;
    for (int t = 0; t < track->periods; t++) {
        const struct fab_period *period = &terms->period[t];
        const struct fab_source_period *at = &terms->source[s].period[t];
        int column = fab_program_at(track->plan->program, FAB_X, s, t);
        double starts = column == FAB_NONE ? 0 : track->x[column];
        fab_track_at(track, s, t)->starts_planned = starts * (end_of(track, t) - period->begin) / period->days;
        add_flow(track, &(struct flow){s, period->begin, period->end, starts, at->lead_days, at->lead_days, at->good_units});
    }
}

static void plan_process(struct fab_track *track, int k)
{
    const struct fab_wip_group *group = &track->plan->terms->wip[k];
    for (int w = 0; w < group->go_count; w++) {
        const struct fab_go *go = &group->go[w];
        add_flow(track, &(struct flow){group->source, go->begin, go->end, track->x[fab_program_go(track->plan->program, k, go)], (1 - group->progress) * group->lead_days, group->lead_days,
                                       group->good_units});
    }
}

/* A balance is everything that goes in less everything that goes out, and what is given stands on its right side with a minus. */
static double unit_usd(const struct fab_track *track, int s, int u)
{
    const struct fab_source_terms *source = &track->plan->terms->source[s];
    double usd = 0;
    for (int o = 0; o < source->output_count; o++)
        usd -= source->share[o * track->plan->terms->period_count + u] * track->multiplier[fab_program_at(track->plan->program, FAB_BAL, source->output[o].item, u)];
    return usd + 0.0;
}

bool fab_track_init(struct fab_track *track, const fab_plan *plan, const double x[], const double multiplier[], double cut)
{
    const fab_terms *terms = plan->terms;
    *track = (struct fab_track){.plan = plan, .x = x, .multiplier = multiplier, .cut = cut};
    while (track->periods < terms->horizon_periods && terms->period[track->periods].begin < cut)
        track->periods++;
    track->cell = calloc((size_t)plan->model->source_count * (size_t)track->periods + 1, sizeof *track->cell);
    if (!track->cell)
        return false;
    for (int s = 0; s < plan->model->source_count; s++) {
        plan_starts(track, s);
        for (int u = 0; u < track->periods; u++)
            fab_track_at(track, s, u)->usd_per_unit = unit_usd(track, s, u);
    }
    for (int k = 0; k < terms->wip_count; k++)
        plan_process(track, k);
    return true;
}

void fab_track_fini(struct fab_track *track)
{
    free(track->cell);
    track->cell = NULL;
}

/* ---- actual ---- */

/* The period of a day up to the day; FAB_NONE: before the plan, or behind it. */
static int period_of(const struct fab_track *track, double day)
{
    for (int t = 0; t < track->periods; t++)
        if (day >= track->plan->terms->period[t].begin && day < end_of(track, t))
            return t;
    return FAB_NONE;
}

void fab_track_started(struct fab_track *track, int source, double day, double wafers)
{
    int t = period_of(track, day);
    if (t != FAB_NONE)
        fab_track_at(track, source, t)->starts += wafers;
}

/* Good units of a start on a day, as planned: the plan's where the day is its own, else as of the day itself. */
static double planned_units(const struct fab_track *track, int source, int32_t date)
{
    const fab_terms *terms = track->plan->terms;
    int t = fab_terms_find_period(terms, date);
    double line_yield, unit_yield;
    if (t != FAB_NONE)
        return terms->source[source].period[t].good_units;
    fab_source_yields_at(track->plan->model, source, date, &line_yield, &unit_yield);
    return terms->source[source].units_per_start * line_yield * unit_yield;
}

/* Wafers that were not tested are as good as planned. */
void fab_track_finished(struct fab_track *track, const struct fab_track_lot *lot)
{
    int u = period_of(track, lot->out_day);
    if (u == FAB_NONE)
        return;
    struct fab_track_cell *cell = fab_track_at(track, lot->source, u);
    double expected = lot->started * planned_units(track, lot->source, lot->start_date), line_yield, unit_yield;
    fab_source_yields_at(track->plan->model, lot->source, lot->start_date, &line_yield, &unit_yield);
    cell->units += isnan(lot->good) ? lot->out * track->plan->terms->source[lot->source].units_per_start * unit_yield : lot->good;
    cell->wafers += lot->started;
    cell->days += lot->started * lot->days;
    cell->expected += expected;
}

void fab_track_received(struct fab_track *track, int source, double day, double units)
{
    int u = period_of(track, day);
    if (u != FAB_NONE)
        fab_track_at(track, source, u)->units += units;
}

void fab_track_attribute(struct fab_track *track)
{
    const fab_terms *terms = track->plan->terms;
    for (int s = 0; s < track->plan->model->source_count; s++)
        for (int t = 0; t < track->periods; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            const struct fab_track_cell *cell = fab_track_at(track, s, t);
            double units = (cell->starts - cell->starts_planned) * at->good_units;
            for (int u = t; units != 0 && u < track->periods; u++)
                fab_track_at(track, s, u)->by_starts += units * share_in(track, terms->period[t].begin, end_of(track, t), at->lead_days, u) * fab_changed_delivered(terms, s, u);
        }
}
