/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_loading.h"

#include "sim_capacity.h"
#include "try.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* A lot waits for its batch at most this share of the cycle time. */
static const double WAIT_SHARE = 0.03;

enum { WINDOWS_MAX = 200000, LANES_MAX = 64, BUCKETS_MAX = 4096, SECONDS_AN_HOUR = 3600 };

/* Windows of equal length from a first moment on; what a window has is in `tool` and `wafers`. */
struct sim_windows {
    double from, seconds;
    int count;
    int *tool; /* [lanes x count] number of the tool + 1; 0: not chosen yet */
};

struct sim_batches {
    struct sim_windows windows;
    int most, *wafers; /* [count] */
};

/* A step that needs several tools at once has a campaign on each: its lanes. */
struct sim_campaigns {
    struct sim_windows windows;
    int lanes;
};

/* Which tools of a group have a campaign when, by buckets of time. */
struct sim_taken_tools {
    double from, seconds;
    int buckets;
    unsigned char *taken; /* [tools x buckets] */
};

static double first_moment(const struct sim *sim, const struct sim_source *source)
{
    return (double)sim->begin - sim_cycle_days(sim, source, (int32_t)(sim->begin / SIM_SECONDS_A_DAY)) * SIM_SECONDS_A_DAY;
}

/* NULL when memory is short. */
static int *take_zeros(struct sim *sim, int count)
{
    int *zeros = fab_arena_take(sim->arena, (size_t)count, sizeof *zeros);
    if (zeros)
        memset(zeros, 0, (size_t)count * sizeof *zeros);
    return zeros;
}

static struct sim_windows windows_of(const struct sim *sim, double from, double seconds)
{
    double count = ((double)sim->end - from) / seconds + 2;
    return (struct sim_windows){.from = from, .seconds = seconds, .count = (int)fmin(count, WINDOWS_MAX)};
}

/* Steps of one size must not have their batches at the same moments: every step begins at another part of a window. */
static fab_status make_batches(struct sim *sim, struct sim_source *source, struct sim_step *step, double wafers_per_second, fab_random *random)
{
    const struct fab_route_step *row = step->row;
    fab_status status = FAB_OK;
    double from = first_moment(sim, source), cycle = sim_cycle_days(sim, source, (int32_t)(sim->begin / SIM_SECONDS_A_DAY)) * SIM_SECONDS_A_DAY;
    double fill = isnan(row->batch_fill) ? 1 : row->batch_fill, seconds = fmin(fill * row->batch_max / wafers_per_second, WAIT_SHARE * cycle);
    TRY_MEMORY(sim->context, step->batches = fab_arena_take(sim->arena, 1, sizeof *step->batches));
    *step->batches = (struct sim_batches){windows_of(sim, from - seconds * fab_random_uniform(random), seconds), .most = (int)fmin(row->batch_max, 1e6)};
    TRY_MEMORY(sim->context, step->batches->wafers = take_zeros(sim, step->batches->windows.count));
    TRY_MEMORY(sim->context, step->batches->windows.tool = take_zeros(sim, step->batches->windows.count));
out:
    return status;
}

static fab_status make_campaigns(struct sim *sim, struct sim_source *source, struct sim_step *step, double wafers_per_second)
{
    fab_status status = FAB_OK;
    int most = sim->tools[step->tool_group].count < LANES_MAX ? sim->tools[step->tool_group].count : LANES_MAX;
    int lanes = (int)fmin(fmax(ceil(wafers_per_second * step->hours * SECONDS_AN_HOUR), 1), most);
    if (lanes < 1)
        return FAB_OK; /* no tools */
    struct sim_windows windows = windows_of(sim, first_moment(sim, source), step->row->units_per_setup * lanes / (wafers_per_second * fmax(step->row->visits, 1)));
    TRY_MEMORY(sim->context, step->campaigns = fab_arena_take(sim->arena, 1, sizeof *step->campaigns));
    TRY_MEMORY(sim->context, windows.tool = take_zeros(sim, lanes * windows.count));
    *step->campaigns = (struct sim_campaigns){windows, lanes};
out:
    return status;
}

/* Buckets so small that a campaign is some of them. */
static fab_status make_taken(struct sim *sim, const struct sim_step *step)
{
    struct sim_tools *tools = &sim->tools[step->tool_group];
    const struct sim_windows *windows = &step->campaigns->windows;
    fab_status status = FAB_OK;
    if (tools->taken)
        return FAB_OK;
    double span = (double)sim->end - windows->from, buckets = fmin(4 * span / windows->seconds + 1, BUCKETS_MAX);
    TRY_MEMORY(sim->context, tools->taken = fab_arena_take(sim->arena, 1, sizeof *tools->taken));
    *tools->taken = (struct sim_taken_tools){windows->from, span / buckets, (int)buckets + 1, NULL};
    size_t size = (size_t)tools->count * (size_t)tools->taken->buckets;
    TRY_MEMORY(sim->context, tools->taken->taken = fab_arena_take(sim->arena, size, 1));
    memset(tools->taken->taken, 0, size);
out:
    return status;
}

fab_status sim_loading_init(struct sim *sim)
{
    fab_status status = FAB_OK;
    for (int s = 0; s < sim->source_count; s++) {
        struct sim_source *source = &sim->source[s];
        fab_random random = fab_random_stream(sim->options.seed, SIM_STREAM_LOADING, (uint64_t)source->number);
        double wafers_per_second = source->wafers_per_month / (SIM_DAYS_A_MONTH * SIM_SECONDS_A_DAY);
        for (int k = 0; k < source->step_count && wafers_per_second > 0; k++) {
            struct sim_step *step = &source->step[k];
            if (step->row->minutes_per_batch > 0 && step->row->batch_max >= source->lot_size)
                TRY(make_batches(sim, source, step, wafers_per_second, &random));
            if (step->row->setup_minutes > 0 && step->row->units_per_setup > 0)
                TRY(make_campaigns(sim, source, step, wafers_per_second));
            if (step->campaigns)
                TRY(make_taken(sim, step));
        }
    }
out:
    return status;
}

static int window_at(const struct sim_windows *windows, double time)
{
    double window = floor((time - windows->from) / windows->seconds);
    return (int)fmin(fmax(window, 0), windows->count - 1);
}

int64_t sim_load(struct sim *sim, struct sim_step *step, int64_t time, int wafers)
{
    struct sim_batches *batches = step->batches;
    if (!batches || wafers > batches->most)
        return time;
    int window = window_at(&batches->windows, (double)time);
    while (window < batches->windows.count && batches->wafers[window] + wafers > batches->most)
        window++;
    if (window == batches->windows.count)
        return sim->end;
    batches->wafers[window] += wafers;
    int64_t end = (int64_t)ceil(batches->windows.from + (window + 1) * batches->windows.seconds);
    return end > time ? end : time;
}

/* ---- campaigns ---- */

/* The buckets of a tool in [from, to): first of them, *count how many. */
static unsigned char *buckets_of(struct sim_taken_tools *tools, int tool, double from, double to, int *count)
{
    int first = (int)fmin(fmax((from - tools->from) / tools->seconds, 0), tools->buckets - 1), last = (int)fmin(fmax((to - tools->from) / tools->seconds, first), tools->buckets - 1);
    *count = last - first + 1;
    return tools->taken + (size_t)tool * (size_t)tools->buckets + first;
}

/* The tool with the least other campaigns in a window, not that of the lane's window before if there is another one; it is taken. */
static int take_tool(struct sim_taken_tools *tools, double from, double to, int before, int installed, fab_random *random)
{
    int start = fab_random_below(random, installed), best = start, least = INT_MAX, count;
    for (int i = 0; i < installed && least > 0; i++) {
        int tool = (start + i) % installed, met = 0;
        const unsigned char *taken = buckets_of(tools, tool, from, to, &count);
        for (int b = 0; b < count; b++)
            met += taken[b];
        if (tool != before && met < least) {
            least = met;
            best = tool;
        }
    }
    unsigned char *taken = buckets_of(tools, best, from, to, &count);
    for (int b = 0; b < count; b++)
        taken[b] = (unsigned char)(taken[b] + (taken[b] < UCHAR_MAX));
    return best;
}

static int choose_by_campaign(struct sim *sim, struct sim_step *step, int64_t time, int installed, fab_random *random)
{
    struct sim_campaigns *campaigns = step->campaigns;
    const struct sim_windows *windows = &campaigns->windows;
    int lane = fab_random_below(random, campaigns->lanes);
    double shift = windows->seconds * lane / campaigns->lanes; /* lanes change their tools one after the other */
    int window = window_at(windows, (double)time + shift);
    int *tool = windows->tool + (size_t)lane * (size_t)windows->count + window;
    if (*tool == 0 || *tool > installed) {
        double from = windows->from + window * windows->seconds - shift;
        *tool = take_tool(sim->tools[step->tool_group].taken, from, from + windows->seconds, window > 0 ? tool[-1] - 1 : FAB_NONE, installed, random) + 1;
    }
    return *tool - 1;
}

static int choose(struct sim *sim, struct sim_step *step, int64_t time, int installed, fab_random *random)
{
    return step->campaigns ? choose_by_campaign(sim, step, time, installed, random) : fab_random_below(random, installed);
}

int sim_choose_tool(struct sim *sim, struct sim_step *step, int64_t time, int installed, fab_random *random)
{
    if (!step->batches)
        return choose(sim, step, time, installed, random);
    const struct sim_windows *windows = &step->batches->windows;
    int *tool = windows->tool + window_at(windows, (double)time); /* the lots of one moment are a batch */
    if (*tool == 0 || *tool > installed)
        *tool = choose(sim, step, time, installed, random) + 1;
    return *tool - 1;
}
