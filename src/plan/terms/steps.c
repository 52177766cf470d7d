/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "steps.h"

#include "occupancy.h"

#include <math.h>
#include <stdlib.h>

/* The rows of route_step of one route, in order of the step. */
struct way {
    const fab_model *model;
    const struct fab_route_step *row;
    int count;
    bool goes_back; /* a step is repeated from an earlier one on */
};

static struct way find_way(const fab_model *model, int route)
{
    struct way way = {.model = model};
    int first = 0;
    while (first < model->route_step_count && model->route_step[first].route != route)
        first++;
    while (first + way.count < model->route_step_count && model->route_step[first + way.count].route == route) {
        const struct fab_route_step *row = &model->route_step[first + way.count++];
        way.goes_back |= row->rework_frac > 0 && row->rework_to != FAB_NONE;
    }
    way.row = model->route_step + first;
    return way;
}

/* The step that a step's rework goes back to. */
static int find_back(const struct way *way, int k)
{
    if (way->row[k].rework_to == FAB_NONE)
        return k;
    for (int j = 0; j < k; j++)
        if (way->row[j].step == way->row[k].rework_to)
            return j;
    return k;
}

static void share_parts(struct fab_load_step *step, const struct fab_occupancy *occupancy, double rework)
{
    double maintenance = occupancy->part[FAB_PART_MAINTENANCE];
    if (!(occupancy->minutes > 0)) {
        step->part[FAB_PART_PROCESS] = 1;
        step->unfilled = step->gaps = 0;
        return;
    }
    step->unfilled = occupancy->unfilled / occupancy->minutes;
    step->gaps = (occupancy->part[FAB_PART_SETUP] + occupancy->part[FAB_PART_LEAD]) / occupancy->minutes;
    for (int p = 0; p < FAB_PART_COUNT; p++)
        step->part[p] = occupancy->part[p] / occupancy->minutes * (1 - rework);
    step->part[FAB_PART_REWORK] = rework * (1 - maintenance / occupancy->minutes);
    step->part[FAB_PART_MAINTENANCE] = maintenance / occupancy->minutes;
}

/* Where nothing goes back, the repeats of a step are among its own hours: visits x minutes / 60 x sample / (1 - rework). */
static void make_own(const struct way *way, int k, double units, struct fab_load_step *step)
{
    const struct fab_route_step *row = &way->row[k];
    const struct fab_occupancy occupancy = fab_occupancy_of(way->model, row);
    double place = (k + 0.5) / way->count; /* (k - 0.5) / n, counted from 1 */
    double from = isnan(row->from_frac) ? row->to_frac : row->from_frac;
    double to = isnan(row->to_frac) ? row->from_frac : row->to_frac;
    double repeated = way->goes_back ? 0 : row->rework_frac;
    double hours = row->visits * occupancy.minutes / FAB_MINUTES_PER_HOUR * row->sample_frac / (1 - repeated);
    *step = (struct fab_load_step){.tool_group = row->tool_group,
                                   .step = row->step,
                                   .at = k,
                                   .hours_per_start = hours * units,
                                   .hours_per_unit = hours,
                                   .from = isnan(from) ? place : from,
                                   .to = isnan(to) ? place : to,
                                   .visits = row->visits * row->sample_frac,
                                   .repeats = way->goes_back ? row->rework_frac / (1 - row->rework_frac) : 0,
                                   .back = find_back(way, k)};
    share_parts(step, &occupancy, repeated);
}

static struct fab_load_step make_pass(const struct way *way, const struct fab_load_step *own, int k, int j, double passes)
{
    const struct fab_occupancy occupancy = fab_occupancy_of(way->model, &way->row[j]);
    struct fab_load_step step = own[j];
    step.at = k;
    step.hours_per_unit = occupancy.minutes / FAB_MINUTES_PER_HOUR;
    step.hours_per_start = passes * step.hours_per_unit;
    step.from = own[k].from;
    step.to = own[k].to;
    share_parts(&step, &occupancy, 1);
    return step;
}

void fab_steps_passes(const struct fab_source_terms *source, const double *units, const double *open, double *passes)
{
    for (int k = source->own_step_count - 1; k >= 0; k--) {
        const struct fab_load_step *step = &source->step[k];
        double times = step->visits * (units ? units[k] : 1);
        for (int l = k + 1; l < source->own_step_count; l++)
            if (source->step[l].back <= k)
                times += (open ? open[l] : 1) * passes[l];
        passes[k] = step->repeats * times;
    }
}

static int count_passes(const struct fab_source_terms *source)
{
    int count = 0;
    for (int k = 0; k < source->own_step_count; k++)
        count += source->step[k].repeats > 0 ? k - source->step[k].back + 1 : 0;
    return count;
}

static bool add_passes(fab_terms *terms, const struct way *way, struct fab_source_terms *source, const double *units)
{
    int count = source->own_step_count;
    struct fab_load_step *step = fab_arena_take(terms->arena, (size_t)(count + count_passes(source)), sizeof *step);
    double *passes = calloc((size_t)count + 1, sizeof *passes);
    bool ok = step && passes;
    if (ok) {
        fab_steps_passes(source, units, NULL, passes);
        for (int k = 0; k < count; k++)
            step[k] = source->step[k];
        for (int k = 0; k < count; k++)
            for (int j = step[k].back; step[k].repeats > 0 && j <= k; j++)
                step[source->step_count++] = make_pass(way, step, k, j, passes[k]);
        source->step = step;
    }
    free(passes);
    return ok;
}

bool fab_steps_make(fab_terms *terms, int s)
{
    int route = terms->model->source[s].route;
    struct fab_source_terms *source = &terms->source[s];
    if (route == FAB_NONE)
        return true;
    const struct way way = find_way(terms->model, route);
    double *units = calloc((size_t)way.count + 1, sizeof *units), surviving = 1;
    bool ok = units && (source->step = fab_arena_take(terms->arena, (size_t)way.count, sizeof *source->step)) != NULL;
    for (int k = 0; ok && k < way.count; k++) {
        units[k] = surviving;
        make_own(&way, k, surviving, &source->step[k]);
        surviving *= 1 - way.row[k].scrap_frac;
    }
    source->step_count = source->own_step_count = way.count;
    ok = ok && (!way.goes_back || add_passes(terms, &way, source, units));
    free(units);
    return ok;
}
