/* States of tools after SEMI E10, and the bad tool.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim_capacity.h"

#include "upkeep.h"

#include <limits.h>
#include <math.h>

/* Days from one stop to the next, on average; gamma shapes of up and scheduled times; parts of them. */
static const double UP_DAYS = 4, UP_SHAPE = 2, SCHEDULED_SHAPE = 4, SCHEDULED_CHANCE = 0.5, ENGINEERING_CHANCE = 0.15,
                    ENGINEERING_SHARE = 0.1;
/* The fab is closed: chance after a stop, and days. */
static const double CLOSED_CHANCE = 0.01, CLOSED_DAYS = 1;

#define EXCURSION_DAYS 14

/* Events of one tool; what lies before the window, or while the group has fewer tools, is drawn, but not written. */
struct tool_run {
    struct sim *sim;
    struct sim_tools *tools;
    const char *name;
    fab_random random;
    double time;     /* seconds */
    int group, number;
    int64_t written; /* time of the last row, INT64_MIN: none */
    bool away;       /* the last row says that it is not there any more */
    double busy;     /* share of the up time that is productive */
};

static const char off_state[] = "nonscheduled";

static void write_state(struct tool_run *run, const char *state, const char *cause, double from, double to)
{
    fab_table_file *file = &run->sim->file[SIM_TOOL_EVENT];
    int64_t start = (int64_t)from;
    if (start <= run->written)
        return;
    fab_table_file_text(file, run->name);
    fab_table_file_text(file, run->tools->id);
    fab_table_file_time(file, start);
    fab_table_file_text(file, state);
    fab_table_file_text(file, cause);
    fab_table_file_end_row(file);
    run->written = start;
    run->tools->total_days += (to - from) / SIM_SECONDS_A_DAY;
    if (state[0] == off_state[0])
        run->tools->off_days += (to - from) / SIM_SECONDS_A_DAY;
    else if (state[0] == 'u' || (state[0] == 's' && state[1] == 'c')) /* unscheduled_down, scheduled_down */
        run->tools->down_days += (to - from) / SIM_SECONDS_A_DAY;
}

static bool is_there(const struct tool_run *run, double time)
{
    return sim_tools_on(run->sim, run->group, (int32_t)(time / SIM_SECONDS_A_DAY)) > run->number;
}

/* The end of the time from `from` on, at most to `to`, in which the tool is as much there as at its beginning. */
static double same_until(const struct tool_run *run, double from, double to)
{
    double next = from;
    do
        next = (floor(next / SIM_SECONDS_A_DAY) + 1) * SIM_SECONDS_A_DAY;
    while (next < to && is_there(run, next) == is_there(run, from));
    return fmin(next, to);
}

/* A state, and the cause of a stop (NULL: the state's name), as far as it lies in the window; a tool that has left is out of the plan. */
static void add_stop(struct tool_run *run, const char *state, const char *cause, double days)
{
    double from = fmax(run->time, (double)run->sim->begin), to = fmin(run->time + days * SIM_SECONDS_A_DAY, (double)run->sim->end);
    run->time += days * SIM_SECONDS_A_DAY;
    for (double until; from < to; from = until) {
        bool there = is_there(run, from);
        until = same_until(run, from, to);
        if (there)
            write_state(run, state, cause, from, until);
        else if (run->written != INT64_MIN && !run->away)
            write_state(run, off_state, NULL, from, until);
        run->away = !there;
    }
}

static void add_state(struct tool_run *run, const char *state, double days)
{
    add_stop(run, state, NULL, days);
}

/* Up time between two stops: work with pauses, sometimes engineering. */
static void add_up(struct tool_run *run, double days)
{
    double engineering = fab_random_chance(&run->random, ENGINEERING_CHANCE) ? ENGINEERING_SHARE * days : 0;
    double first = (0.3 + 0.4 * fab_random_uniform(&run->random)) * (days - engineering);
    add_state(run, "productive", first * run->busy);
    add_state(run, "standby", first * (1 - run->busy));
    if (engineering > 0)
        add_state(run, "engineering", engineering);
    add_state(run, "productive", (days - engineering - first) * run->busy);
    add_state(run, "standby", (days - engineering - first) * (1 - run->busy));
}

/* Alternates up and down so that the share of up is the availability. It begins long before the window, so that no phase is preferred. */
static void run_tool(struct tool_run *run, double availability)
{
    static const double lead_cycles = 8, least = 0.02;
    double up = UP_DAYS, down = UP_DAYS * (1 - availability) / fmax(availability, least);
    run->time = (double)run->sim->begin - (lead_cycles + fab_random_uniform(&run->random)) * (up + down) * SIM_SECONDS_A_DAY;
    while (run->time < (double)run->sim->end) {
        add_up(run, up * fab_random_gamma(&run->random, UP_SHAPE) / UP_SHAPE);
        if (down <= 0)
            continue;
        if (fab_random_chance(&run->random, SCHEDULED_CHANCE))
            add_state(run, "scheduled_down", down * fab_random_gamma(&run->random, SCHEDULED_SHAPE) / SCHEDULED_SHAPE);
        else
            add_state(run, "unscheduled_down", down * fab_random_exponential(&run->random));
        if (fab_random_chance(&run->random, CLOSED_CHANCE))
            add_state(run, off_state, CLOSED_DAYS);
    }
}

/* ---- stops by cause ---- */

enum { CAUSES_MAX = 32 };

/* A cause of stops and when its next one is due, in seconds. */
struct sim_cause {
    const char *name; /* a CSV field; NULL: what a given availability leaves has none */
    bool by_units;
    double between, days, due;
};

/* Seconds on average from one stop to the next: by units those in which a tool of the group gets so many; INFINITY where no wafers come. */
static double seconds_between(const struct sim *sim, const struct fab_tool_down *row)
{
    double units_per_month = 0;
    if (isnan(row->units_between))
        return row->hours_between * SIM_SECONDS_A_DAY / 24;
    for (int s = 0; s < sim->source_count; s++)
        for (int k = 0; k < sim->source[s].step_count; k++)
            if (sim->source[s].step[k].tool_group == row->tool_group)
                units_per_month += sim->source[s].wafers_per_month * sim->source[s].step[k].row->visits;
    return row->units_between * sim->tools[row->tool_group].count / units_per_month * SIM_DAYS_A_MONTH * SIM_SECONDS_A_DAY;
}

/* The causes of a group; 0 where it has none. An availability that is given is one more. */
static int find_causes(const struct sim *sim, int group, struct sim_cause cause[CAUSES_MAX])
{
    double given = sim->model->tool_group[group].availability;
    int count = 0;
    for (int c = 0; c < sim->model->tool_down_count && count < CAUSES_MAX; c++) {
        const struct fab_tool_down *row = &sim->model->tool_down[c];
        if (row->tool_group != group || !(row->hours > 0))
            continue;
        cause[count] = (struct sim_cause){fab_csv_field_of(sim->arena, row->cause), !isnan(row->units_between), seconds_between(sim, row), row->hours / 24, 0};
        count += cause[count].name && cause[count].between < INFINITY;
    }
    if (count > 0 && count < CAUSES_MAX && given > 0 && given < 1)
        cause[count++] = (struct sim_cause){NULL, false, UP_DAYS * SIM_SECONDS_A_DAY, UP_DAYS * (1 - given) / given, 0};
    return count;
}

/* Stops of every cause when they are due, one after the other where they meet; what comes by units is planned, and what comes at random is not. */
static void run_causes(struct tool_run *run, struct sim_cause *cause, int count)
{
    static const double lead_days = 60;
    run->time = (double)run->sim->begin - lead_days * SIM_SECONDS_A_DAY;
    for (int c = 0; c < count; c++)
        cause[c].due = run->time + cause[c].between * fab_random_uniform(&run->random);
    while (run->time < (double)run->sim->end) {
        struct sim_cause *next = cause;
        for (int c = 1; c < count; c++)
            if (cause[c].due < next->due)
                next = &cause[c];
        if (next->due > run->time)
            add_up(run, (next->due - run->time) / SIM_SECONDS_A_DAY);
        double shape = next->by_units ? SCHEDULED_SHAPE : UP_SHAPE;
        add_stop(run, next->by_units ? "scheduled_down" : "unscheduled_down", next->name, next->days * fab_random_gamma(&run->random, shape) / shape);
        next->due = run->time + next->between * fab_random_gamma(&run->random, shape) / shape;
    }
}

fab_status sim_run_tools(struct sim *sim)
{
    struct sim_cause cause[CAUSES_MAX];
    for (int g = 0; g < sim->model->tool_group_count; g++) {
        const struct fab_tool_group *row = &sim->model->tool_group[g];
        int causes = sim->tools[g].count > 0 ? find_causes(sim, g, cause) : 0;
        for (int t = 0; t < sim->tools[g].count; t++) {
            struct tool_run run = {.sim = sim,
                                   .tools = &sim->tools[g],
                                   .name = sim->tools[g].tool[t],
                                   .group = g,
                                   .number = t,
                                   .written = INT64_MIN,
                                   .busy = fmin(fmax(row->max_utilisation, 0), 1)};
            run.random = fab_random_stream(sim->options.seed, SIM_STREAM_TOOLS, (uint64_t)g << 32 | (uint64_t)t);
            if (causes > 0)
                run_causes(&run, cause, causes);
            else
                run_tool(&run, fab_upkeep_availability(sim->model, g));
        }
        if (fab_context_interrupted(sim->context))
            return fab_fail(sim->context, FAB_INTERRUPTED, "interrupted");
    }
    return FAB_OK;
}

/* ---- the excursion ---- */

static const struct sim_source *busiest_source(const struct sim *sim)
{
    const struct sim_source *best = &sim->source[0];
    for (int s = 1; s < sim->source_count; s++)
        if (sim->source[s].wafers_per_month > best->wafers_per_month)
            best = &sim->source[s];
    return best;
}

/* Two tools are best: half of the lots meet the bad one. */
static int group_cost(const struct sim *sim, int group)
{
    int count = sim->tools[group].count;
    return count == 0 ? INT_MAX : count == 1 ? 6 : count - 2;
}

void sim_choose_excursion(struct sim *sim)
{
    static const double from_frac = 0.3, to_frac = 0.8, out_frac = 0.6;
    const struct sim_source *source = busiest_source(sim);
    fab_random random = fab_random_stream(sim->options.seed, SIM_STREAM_EXCURSION, 0);
    int n = source->step_count, first = (int)(from_frac * n), last = (int)(to_frac * n), best = first;
    sim->excursion = (struct sim_excursion){.tool_group = FAB_NONE, .factor = sim->options.excursion_factor};
    if (!(sim->options.excursion_factor > 0))
        return;
    for (int k = first; k <= last && k < n; k++)
        if (group_cost(sim, source->step[k].tool_group) < group_cost(sim, source->step[best].tool_group))
            best = k;
    if (sim->tools[source->step[best].tool_group].count == 0)
        return;
    sim->excursion.tool_group = source->step[best].tool_group;
    sim->excursion.tool = fab_random_below(&random, sim->tools[sim->excursion.tool_group].count);
    /* the lots come out after some 60 % of the window */
    double remaining = (1 - (best + 0.5) / n) * sim_cycle_days(sim, source, (int32_t)(sim->begin / SIM_SECONDS_A_DAY)) * SIM_SECONDS_A_DAY;
    double out = (double)sim->begin + out_frac * (double)(sim->end - sim->begin);
    sim->excursion.from = (int64_t)((out - remaining) / SIM_SECONDS_A_DAY) * SIM_SECONDS_A_DAY;
    sim->excursion.to = sim->excursion.from + EXCURSION_DAYS * (int64_t)SIM_SECONDS_A_DAY;
}
