/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wip.h"

#include "adjust.h"
#include "bills.h"
#include "changed.h"
#include "flow.h"
#include "share.h"
#include "source_terms.h"
#include "steps.h"
#include "try.h"

#include <math.h>

static bool add_arrivals(fab_terms *terms, const struct fab_wip_group *group, struct fab_go *go)
{
    double left = 1 - group->progress;
    go->first_arrival = terms->arrival_count;
    go->behind = 1 - fab_flow_go_before(group, go, left);
    for (int u = 0; u < terms->period_count; u++) {
        double share = fab_flow_go_share(go, group->lead_days, left, left, &terms->period[u]);
        if (share <= 0)
            continue;
        go->behind -= share;
        share *= fab_changed_delivered(terms, group->source, u);
        if (share > 0 && !fab_flow_add_arrival(terms, u, share))
            return false;
    }
    go->behind = fmax(0, go->behind) * group->behind;
    go->arrival_count = terms->arrival_count - go->first_arrival;
    return true;
}

/* Whether a step at a point, or some of a stretch, lies ahead. */
static bool is_ahead(const struct fab_wip_group *group, const struct fab_load_step *step)
{
    return step->to > step->from ? step->to > group->progress : step->to >= group->progress - FAB_SAME_PLACE;
}

/* Hours of the k-th step: starts have those that earlier steps have scrapped no more; wafers of lots as many passes of rework as are ahead of them. */
static double hours_of(const fab_terms *terms, const struct fab_wip_group *group, int k)
{
    const struct fab_load_step *step = &terms->source[group->source].step[k];
    if (group->begun && group->begun->starts)
        return step->hours_per_start;
    return k < terms->source[group->source].own_step_count ? step->hours_per_unit : step->hours_per_unit * group->passes[step->at];
}

/* Hours a wafer of a step that lie beyond the progress, and the part of the lead time, counted from there, over which they fall; 0 when the step is done. */
static double hours_ahead(const struct fab_wip_group *group, const struct fab_load_step *step, double hours, double *from, double *to)
{
    double width = step->to - step->from, ahead = step->to - fmax(step->from, group->progress);
    *from = fmax(0, step->from - group->progress);
    *to = fmax(0, step->to - group->progress);
    if (!is_ahead(group, step))
        return 0;
    return width > 0 ? hours * ahead / width : hours * (1 - group->recorded[step->at]);
}

/* Rework is over where its step lies behind the progress, for wafers with a record of the step at it too. */
static bool make_passes(fab_terms *terms, struct fab_wip_group *group)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    double *open = fab_arena_take(terms->arena, (size_t)source->own_step_count, sizeof *open);
    group->passes = fab_arena_take(terms->arena, (size_t)source->own_step_count, sizeof *group->passes);
    if (!open || !group->passes)
        return false;
    for (int k = 0; k < source->own_step_count; k++) {
        const struct fab_load_step *step = &source->step[k];
        open[k] = !is_ahead(group, step) ? 0 : step->to > step->from ? 1 : 1 - group->recorded[k];
    }
    fab_steps_passes(source, NULL, open, group->passes);
    return true;
}

static bool add_loads(fab_terms *terms, const struct fab_wip_group *group, struct fab_go *go)
{
    const struct fab_source_terms *source = &terms->source[group->source];
    go->first_load = terms->load_count;
    for (int k = 0; k < source->step_count; k++) {
        const struct fab_load_step *step = &source->step[k];
        double from, to, hours = hours_ahead(group, step, hours_of(terms, group, k), &from, &to);
        for (int u = 0; hours > 0 && u < terms->period_count; u++) {
            double share = fab_flow_go_share(go, group->lead_days, from, to, &terms->period[u]);
            if (share > 0 && !fab_flow_add_load(terms, step->tool_group, u, k, hours * share))
                return false;
        }
    }
    go->load_count = terms->load_count - go->first_load;
    return true;
}

/* At once, and in every period that begins soon enough and does not end before the first day. */
static bool add_ways(fab_terms *terms, struct fab_wip_group *group)
{
    if (group->begun) {
        group->go = fab_arena_take(terms->arena, 1, sizeof *group->go);
        group->go_count = group->go != NULL;
        if (group->go)
            group->go[0] = (struct fab_go){.period = FAB_NONE, .begin = group->begun->begin, .end = group->begun->end};
        return group->go && add_arrivals(terms, group, &group->go[0]) && add_loads(terms, group, &group->go[0]);
    }
    group->go = fab_arena_take(terms->arena, (size_t)terms->period_count + 1, sizeof *group->go);
    if (!group->go || group->first_day >= terms->horizon_days)
        return group->go != NULL;
    group->go[group->go_count++] = (struct fab_go){.period = FAB_NONE, .begin = group->first_day, .end = group->first_day};
    for (int t = 0; t < terms->period_count; t++)
        if (terms->period[t].begin <= terms->model->wip_wait_days && terms->period[t].end > group->first_day)
            group->go[group->go_count++] =
                (struct fab_go){.period = t, .begin = fmax(terms->period[t].begin, group->first_day), .end = terms->period[t].end};
    for (int g = 0; g < group->go_count; g++)
        if (!add_arrivals(terms, group, &group->go[g]) || !add_loads(terms, group, &group->go[g]))
            return false;
    return true;
}

/* Yields and lead time are those of the lots' start date. */
static void look_up(const fab_terms *terms, struct fab_wip_group *group)
{
    double line_yield, unit_yield;
    fab_source_yields_at(terms->model, group->source, group->start_date, &line_yield, &unit_yield);
    group->good_units = terms->source[group->source].units_per_start * pow(line_yield, 1 - group->progress) * unit_yield;
    group->lead_days = fab_source_lead_days_at(terms->model, group->source, group->start_date);
}

fab_status fab_wip_make(fab_context *context, fab_terms *terms)
{
    fab_status status = FAB_OK;
    for (int k = 0; k < terms->wip_count; k++) {
        struct fab_wip_group *group = &terms->wip[k];
        if (!group->begun)
            look_up(terms, group);
        group->behind = fab_adjust_output_behind(terms->model, group->source);
        TRY_MEMORY(context, make_passes(terms, group) && add_ways(terms, group) && fab_bills_wip(terms, group));
    }
out:
    return status;
}
