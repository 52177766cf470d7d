/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_capacity.h"

#include "array.h"
#include "try.h"
#include "upkeep.h"

#include <math.h>
#include <stdlib.h>

#define HOURS_A_DAY 24.0

/* Share of the capacity that the default starts take, and starts of a line whose tools say nothing. A thousandth of the hours is left for what is rounded to whole seconds. */
static const double LOADED = 0.85, STARTS_WITHOUT_TOOLS = 1000, TAKEN_AT_MOST = 0.999;

/* ---- tools ---- */

double sim_installed_tools(const struct sim *sim, int group, int32_t day)
{
    const fab_model *model = sim->model;
    double tools = model->tool_group[group].tools;
    for (int c = sim->capacity.first_count[group]; c < model->tool_count_count && model->tool_count[c].tool_group == group; c++) {
        const struct fab_tool_count *row = &model->tool_count[c];
        if (row->from_date <= day)
            tools = row->tools;
        else if (c == sim->capacity.first_count[group])
            tools = fmin(tools, row->tools);
    }
    return tools;
}

int sim_tools_on(const struct sim *sim, int group, int32_t day)
{
    return (int)fmin(ceil(sim_installed_tools(sim, group, day)), sim->tools[group].count);
}

static double hours_a_day(const struct sim *sim, int group, int32_t day)
{
    const struct fab_tool_group *row = &sim->model->tool_group[group];
    return HOURS_A_DAY * sim_installed_tools(sim, group, day) * fab_upkeep_availability(sim->model, group) * row->max_utilisation;
}

/* ---- the ledger ---- */

static int compare_days(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Stretches begin on the first day, on the first of each month and where tools come or go. */
static fab_status make_stretches(struct sim *sim)
{
    fab_status status = FAB_OK;
    const fab_model *model = sim->model;
    struct sim_capacity *capacity = &sim->capacity;
    int days = capacity->end_day - capacity->first_day, count = 0;
    int32_t *begin = NULL;
    TRY_MEMORY(sim->context, begin = malloc(((size_t)days + (size_t)model->tool_count_count + 2) * sizeof *begin));
    for (int32_t day = capacity->first_day; day < capacity->end_day; day++) {
        int year, month, date;
        fab_date_to_civil(day, &year, &month, &date);
        if (date == 1 || day == capacity->first_day)
            begin[count++] = day;
    }
    for (int c = 0; c < model->tool_count_count; c++)
        if (model->tool_count[c].from_date > capacity->first_day && model->tool_count[c].from_date < capacity->end_day)
            begin[count++] = model->tool_count[c].from_date;
    qsort(begin, (size_t)count, sizeof *begin, compare_days);
    TRY_MEMORY(sim->context, capacity->begin = fab_arena_take(sim->arena, (size_t)count + 1, sizeof *capacity->begin));
    for (int i = 0; i < count; i++)
        if (i == 0 || begin[i] != begin[i - 1])
            capacity->begin[capacity->count++] = begin[i];
    capacity->begin[capacity->count] = capacity->end_day;
out:
    free(begin);
    return status;
}

static fab_status make_ledger(struct sim *sim)
{
    fab_status status = FAB_OK;
    struct sim_capacity *capacity = &sim->capacity;
    int groups = sim->model->tool_group_count;
    TRY(make_stretches(sim));
    TRY_MEMORY(sim->context, capacity->left = fab_arena_take(sim->arena, (size_t)groups * (size_t)capacity->count, sizeof *capacity->left));
    for (int g = 0; g < groups; g++)
        for (int i = 0; i < capacity->count; i++)
            capacity->left[g * capacity->count + i] =
                TAKEN_AT_MOST * hours_a_day(sim, g, capacity->begin[i]) * (capacity->begin[i + 1] - capacity->begin[i]);
out:
    return status;
}

/* Share of [time, time + seconds) that lies in a stretch. */
static double share_of(const struct sim_capacity *capacity, int stretch, int64_t time, int64_t seconds)
{
    int64_t from = (int64_t)capacity->begin[stretch] * SIM_SECONDS_A_DAY, to = (int64_t)capacity->begin[stretch + 1] * SIM_SECONDS_A_DAY;
    int64_t begin = time > from ? time : from, end = time + seconds < to ? time + seconds : to;
    return end > begin ? (double)(end - begin) / (double)seconds : 0;
}

/* The first stretch that has not the hours; their number when all have them. */
static int find_full(const struct sim_capacity *capacity, const double *left, int64_t time, int64_t seconds, double hours)
{
    int stretch = 0;
    while (stretch < capacity->count && hours * share_of(capacity, stretch, time, seconds) <= left[stretch])
        stretch++;
    return stretch;
}

int64_t sim_take_hours(struct sim *sim, int group, int64_t time, int64_t seconds, double hours)
{
    struct sim_capacity *capacity = &sim->capacity;
    double *left = capacity->left + group * capacity->count;
    int full;
    seconds = seconds > 0 ? seconds : 1;
    while (time < sim->end && (full = find_full(capacity, left, time, seconds, hours)) < capacity->count)
        time = (int64_t)capacity->begin[full + 1] * SIM_SECONDS_A_DAY;
    if (time >= sim->end)
        return sim->end;
    for (int i = 0; i < capacity->count; i++)
        left[i] -= hours * share_of(capacity, i, time, seconds);
    return time;
}

/* ---- starts ---- */

/* Wafers a month that the scarcest of the source's tools can do, when all sources that can be made on the line have equal wafers: each visit with the tools of its own day. */
static double visit_capacity(const struct sim *sim, const struct sim_source *source, int32_t day, const double *hours_by_group)
{
    double least = (double)INFINITY, cycle = sim_cycle_days(sim, source, day);
    for (int k = 0; k < source->step_count; k++) {
        int group = source->step[k].tool_group;
        int32_t visit = day + (int32_t)(cycle * (k + 0.5) / source->step_count);
        if (source->step[k].hours > 0)
            least = fmin(least, SIM_DAYS_A_MONTH * hours_a_day(sim, group, visit) / (hours_by_group ? hours_by_group[group] : 1));
    }
    return least;
}

/* Whether the tools of all its steps will be there. */
static bool can_be_made(const struct sim *sim, const struct sim_source *source, int32_t day)
{
    return visit_capacity(sim, source, day, NULL) > 0;
}

/* Wafers a month of every source of a line that is started on a day: equal ones, 85 % of what the scarcest tools can do. */
static void set_line_rates(struct sim *sim, int line, int32_t day, double *hours)
{
    int sources = 0, at = day - sim->capacity.first_day;
    double least = (double)INFINITY;
    for (int g = 0; g < sim->model->tool_group_count; g++)
        hours[g] = 0;
    for (int s = 0; s < sim->source_count; s++)
        sources += sim->source[s].row->line == line && can_be_made(sim, &sim->source[s], day);
    for (int s = 0; s < sim->source_count; s++) {
        struct sim_source *source = &sim->source[s];
        if (source->row->line == line)
            source->rate[at] = can_be_made(sim, source, day);
        for (int k = 0; source->row->line == line && source->rate[at] > 0 && k < source->step_count; k++)
            hours[source->step[k].tool_group] += source->step[k].hours / sources;
    }
    for (int s = 0; s < sim->source_count; s++)
        if (sim->source[s].row->line == line && sim->source[s].rate[at] > 0)
            least = fmin(least, visit_capacity(sim, &sim->source[s], day, hours));
    for (int s = 0; s < sim->source_count; s++)
        if (sim->source[s].row->line == line)
            sim->source[s].rate[at] *= (isinf(least) ? STARTS_WITHOUT_TOOLS : LOADED * least) / fmax(sources, 1);
}

/* A wish of so many starts is met as far as the tools allow. */
static void follow_wish(struct sim *sim, int at)
{
    double sum = 0;
    for (int s = 0; s < sim->source_count; s++)
        sum += sim->source[s].rate[at];
    for (int s = 0; s < sim->source_count && sum > sim->options.wafers_per_month; s++)
        sim->source[s].rate[at] *= sim->options.wafers_per_month / sum;
}

/* Rates of every day; of a source the mean of the window. */
static void set_rates(struct sim *sim, double *hours)
{
    struct sim_capacity *capacity = &sim->capacity;
    int days = capacity->end_day - capacity->first_day, before = (int)(sim->begin / SIM_SECONDS_A_DAY) - capacity->first_day;
    double sum = 0;
    for (int at = 0; at < days; at++) {
        for (int l = 0; l < sim->model->line_count; l++)
            set_line_rates(sim, l, capacity->first_day + at, hours);
        if (sim->options.wafers_per_month > 0)
            follow_wish(sim, at);
    }
    for (int s = 0; s < sim->source_count; s++) {
        for (int at = before; at < days; at++)
            sim->source[s].wafers_per_month += sim->source[s].rate[at] / (days - before);
        sum += sim->source[s].wafers_per_month;
    }
    if (!(sim->options.wafers_per_month > 0))
        sim->options.wafers_per_month = sum;
}

static bool has_starts(const struct sim *sim)
{
    for (int s = 0; s < sim->source_count; s++)
        for (int at = 0; at < sim->capacity.end_day - sim->capacity.first_day; at++)
            if (sim->source[s].rate[at] > 0)
                return true;
    return false;
}

double sim_next_start(const struct sim *sim, const struct sim_source *source, double time, double wafers)
{
    while (time < (double)sim->end) {
        int32_t day = (int32_t)floor(time / SIM_SECONDS_A_DAY);
        double next = ((double)day + 1) * SIM_SECONDS_A_DAY, rate = source->rate[day - sim->capacity.first_day] / (SIM_DAYS_A_MONTH * SIM_SECONDS_A_DAY);
        if (rate * (next - time) >= wafers && rate > 0)
            return time + wafers / rate;
        wafers -= rate * (next - time);
        time = next;
    }
    return time;
}

/* ---- all of it ---- */

/* Days from the first start on, a cycle time before the window, to the end. */
static void set_days(struct sim *sim)
{
    int32_t begin = (int32_t)(sim->begin / SIM_SECONDS_A_DAY);
    double longest = 0;
    for (int s = 0; s < sim->source_count; s++)
        longest = fmax(longest, sim_cycle_days(sim, &sim->source[s], begin));
    sim->capacity.first_day = begin - (int32_t)ceil(longest) - 1;
    sim->capacity.end_day = (int32_t)(sim->end / SIM_SECONDS_A_DAY);
}

fab_status sim_capacity_init(struct sim *sim)
{
    fab_status status = FAB_OK;
    const fab_model *model = sim->model;
    double *hours = NULL;
    set_days(sim);
    TRY(make_ledger(sim));
    TRY_MEMORY(sim->context, hours = malloc(((size_t)model->tool_group_count + 1) * sizeof *hours));
    for (int s = 0; s < sim->source_count; s++)
        TRY_MEMORY(sim->context, sim->source[s].rate = fab_arena_take(sim->arena, (size_t)(sim->capacity.end_day - sim->capacity.first_day), sizeof(double)));
    set_rates(sim, hours);
    if (!has_starts(sim)) {
        char end[FAB_DATE_TEXT_SIZE];
        TRY(fab_fail_as(sim->context, FAB_INPUT, "no_tools_yet", "before %s no source could be made with the tools of tool_count and tool_group",
                     fab_date_print(sim->capacity.end_day, end)));
    }
out:
    free(hours);
    return status;
}
