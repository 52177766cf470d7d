/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load_parts.h"

#include "try.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Hours below this share of a load are its rounding. */
#define ROUNDING 1e-9

enum { TEXT_SIZE = 80 };

struct summing {
    const fab_plan *plan;
    const fab_terms *terms;
    struct fab_load_parts *parts; /* [tool group x T] */
    double *hours_per_start;      /* [tool group]: of the source under way */
};

static void sum_start(const struct summing *summing, const struct fab_source_terms *source)
{
    for (int g = 0; g < summing->plan->model->tool_group_count; g++)
        summing->hours_per_start[g] = 0;
    for (int k = 0; k < source->step_count; k++)
        summing->hours_per_start[source->step[k].tool_group] += source->step[k].hours_per_start;
}

static void add_loads(const struct summing *summing, const struct fab_source_terms *source, int first, int count, double quantity)
{
    const fab_terms *terms = summing->terms;
    for (int l = first; quantity > 0 && l < first + count; l++) {
        const struct fab_load *load = &terms->load[l];
        const struct fab_load_step *step = &source->step[load->step];
        struct fab_load_parts *parts = &summing->parts[load->tool_group * terms->period_count + load->period];
        double hours = load->hours * quantity, per_start = summing->hours_per_start[load->tool_group];
        parts->load += hours;
        parts->unfilled += hours * step->unfilled;
        parts->gaps += hours * step->gaps;
        parts->starts += per_start > 0 ? hours / per_start : 0;
        for (int p = 0; p < FAB_PART_COUNT; p++)
            parts->part[p] += hours * step->part[p];
    }
}

static void add_wip(const struct summing *summing, int s)
{
    const fab_plan *plan = summing->plan;
    const fab_terms *terms = summing->terms;
    for (int w = 0; w < terms->wip_count; w++) {
        const struct fab_wip_group *group = &terms->wip[w];
        for (int n = 0; group->source == s && n < group->go_count; n++) {
            const struct fab_go *go = &group->go[n];
            double wafers = fab_view_value(plan, go->period == FAB_NONE ? FAB_GO : FAB_GO_IN, w, go->period);
            add_loads(summing, &terms->source[s], go->first_load, go->load_count, wafers);
        }
    }
}

struct fab_load_parts *fab_view_load_parts(const fab_plan *plan, const fab_terms *terms)
{
    size_t groups = (size_t)plan->model->tool_group_count;
    struct summing summing = {plan, terms, calloc(groups * (size_t)terms->period_count + 1, sizeof *summing.parts), calloc(groups + 1, sizeof(double))};
    if (!summing.parts || !summing.hours_per_start) {
        free(summing.parts);
        summing.parts = NULL;
    }
    for (int s = 0; summing.parts && s < plan->model->source_count; s++) {
        const struct fab_source_terms *source = &terms->source[s];
        sum_start(&summing, source);
        for (int t = 0; t < terms->period_count; t++)
            add_loads(&summing, source, source->period[t].first_load, source->period[t].load_count, fab_view_value(plan, FAB_X, s, t));
        add_wip(&summing, s);
    }
    free(summing.hours_per_start);
    return summing.parts;
}

double fab_load_parts_starts_without(const struct fab_load_parts *parts, double hours)
{
    double left = parts->load - hours;
    return left > ROUNDING * parts->load ? parts->starts * parts->load / left : (double)NAN;
}

/* ---- groups that limit the plan ---- */

/* What a group carries in the periods in which it binds. */
static struct fab_load_parts sum_binding(const fab_plan *plan, const struct fab_load_parts *parts, int g, int *periods)
{
    struct fab_load_parts sum = {0};
    int T = plan->terms->period_count;
    *periods = 0;
    for (int u = 0; u < plan->terms->horizon_periods; u++) {
        const struct fab_load_parts *at = &parts[g * T + u];
        int row = fab_program_at(plan->program, FAB_CAP, g, u);
        if (at->unfilled + at->gaps <= ROUNDING * at->load || row == FAB_NONE)
            continue;
        double available = fab_view_tools(plan, g, u) * plan->terms->hours_per_tool[g * T + u];
        if (!fab_view_binds(plan, available, available, plan->solution->multiplier[row])) /* what has a multiplier is full */
            continue;
        sum.load += at->load;
        sum.unfilled += at->unfilled;
        sum.gaps += at->gaps;
        sum.starts += at->starts;
        ++*periods;
    }
    return sum;
}

/* ", 2314 with full batches": of what the group has. */
static void say_without(const struct fab_load_parts *sum, double hours, const char *words, char *text, size_t size)
{
    if (hours > ROUNDING * sum->load)
        snprintf(text, size, ", %.6g %s", fab_load_parts_starts_without(sum, hours), words);
    else
        *text = '\0';
}

fab_status fab_load_parts_note(fab_context *context, const fab_plan *plan)
{
    fab_status status = FAB_OK;
    char full[TEXT_SIZE], without[TEXT_SIZE];
    struct fab_load_parts *parts = fab_view_load_parts(plan, plan->terms);
    TRY_MEMORY(context, parts);
    for (int g = 0; g < plan->model->tool_group_count; g++) {
        int periods;
        const struct fab_load_parts sum = sum_binding(plan, parts, g, &periods);
        if (periods == 0)
            continue;
        say_without(&sum, sum.unfilled, "with full batches", full, sizeof full);
        say_without(&sum, sum.gaps, "without setups and gaps", without, sizeof without);
        fab_say(context, FAB_LEVEL_NOTE, "tool group %s limits the plan in %d period%s: its hours carry %.6g starts%s%s", plan->model->tool_group[g].tool_group, periods, periods == 1 ? "" : "s",
                sum.starts, full, without);
    }
out:
    free(parts);
    return status;
}
