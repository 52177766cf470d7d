/* Rows of sites, lines, tools and routes, and what limits them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { KILO = 1000, HUNDRED = 100, QUARTER = 13, LIFE_DAYS = 1826, ALTERNATE_PERCENT = 30 };

static const struct {
    const char *site, *kind, *name;
    int base_load, power_factor; /* tenths of a MW, tenths */
} lines[SYNTH_LINES] = {
    {"AUSTIN", "logic", "Logic wafers", 40, 21},         {"BASTROP", "memory", "DRAM wafers", 30, 21},       {"AUSTIN", "packaging", "Packaging and test", 20, 16},
    {"PARTNERS", "external", "Foundry partners", 0, 10}, {"PARTNERS", "external", "Assembly partners", 0, 10}, {"PARTNERS", "external", "Suppliers", 0, 10},
};

static const char *const sites[][2] = {{"AUSTIN", "Austin"}, {"BASTROP", "Bastrop"}, {"PARTNERS", "Partners and suppliers"}};

/* ---- sites, lines, calendar ---- */

/* Floor of the installed tools of a line, and what they draw at full use in kW. */
static void add_up(const struct synth *synth, int line, int64_t *floor, int64_t *power)
{
    *floor = *power = 0;
    for (int g = 0; g < synth->groups; g++)
        if ((int)synth->group[g].line == line) {
            *floor += synth->group[g].tools * synth->group[g].area->floor_m2;
            *power += synth->group[g].tools * synth->group[g].area->power_kw;
        }
}

static void write_lines(struct synth *synth)
{
    for (int l = 0; l < SYNTH_LINES; l++) {
        int64_t floor, power;
        add_up(synth, l, &floor, &power);
        SYNTH_PUT(synth, SYNTH_T_LINE, synth_text(synth_line_id((enum synth_line)l)), synth_text(lines[l].site), synth_text(lines[l].kind), synth_text(lines[l].name),
                  synth_decimal(lines[l].base_load, 1), synth_decimal(lines[l].power_factor, 1), synth_given(l < SYNTH_OWN ? floor * 108 / HUNDRED : SYNTH_NONE, 0));
    }
}

static void write_calendar(struct synth *synth)
{
    for (int week = 0; week < synth->options.periods; week++)
        SYNTH_PUT(synth, SYNTH_T_CALENDAR, synth_text(synth_week_name(synth, week)), synth_day(synth_week(synth, week)), synth_day(synth_week(synth, week + 1)));
}

static void write_power(struct synth *synth)
{
    for (int s = 0; s < 2; s++) {
        int64_t tenths = 0, floor, power;
        for (int l = 0; l < SYNTH_OWN; l++)
            if (lines[l].site[0] == sites[s][0][0]) {
                add_up(synth, l, &floor, &power);
                tenths += lines[l].base_load + power * lines[l].power_factor / KILO;
            }
        for (int week = 0; week < synth->options.periods; week += QUARTER)
            SYNTH_PUT(synth, SYNTH_T_POWER_LIMIT, synth_text(sites[s][0]), synth_day(synth_week(synth, week)), synth_decimal(tenths * 95 / HUNDRED + 1, 1),
                      synth_whole(42 + 6 * (week / QUARTER % 4)));
    }
}

/* ---- tools ---- */

static void write_group(struct synth *synth, const struct synth_group *group)
{
    const struct synth_area *area = group->area;
    SYNTH_PUT(synth, SYNTH_T_TOOL_GROUP, synth_text(group->id), synth_text(synth_line_id(group->line)), synth_text(group->name), synth_text(area->id), synth_whole(group->tools),
              synth_decimal(group->availability, 3), synth_decimal(group->utilisation, 3), synth_whole(area->power_kw), synth_whole((int64_t)group->price_musd * SYNTH_PPM),
              synth_whole(area->floor_m2), synth_given(group->buyable ? group->lead_days : SYNTH_NONE, 0), synth_whole(group->buyable), synth_whole(LIFE_DAYS));
}

/* Deliveries of the dear tools, by the half-year. */
static void write_delivery_limits(struct synth *synth)
{
    enum { DEAR_MUSD = 50, HALF_YEAR = 26 };
    for (int g = 0; g < synth->groups; g++)
        for (int week = 0; week < synth->options.periods && synth->group[g].buyable && synth->group[g].price_musd >= DEAR_MUSD; week += HALF_YEAR)
            SYNTH_PUT(synth, SYNTH_T_TOOL_DELIVERY_LIMIT, synth_text(synth->group[g].id), synth_day(synth_week(synth, week)), synth_day(synth_week(synth, week + HALF_YEAR)), synth_whole(1 + g % 2));
}

/* In a year a twentieth of what the installed tools have cost. */
static void write_budget(struct synth *synth)
{
    int64_t installed = 0;
    for (int g = 0; g < synth->groups; g++)
        installed += synth->group[g].tools * synth->group[g].price_musd;
    for (int week = 0; week < synth->options.periods; week += QUARTER)
        SYNTH_PUT(synth, SYNTH_T_CAPEX_BUDGET, synth_day(synth_week(synth, week)), synth_whole((installed / 80 + 1) * SYNTH_PPM));
}

/* The next group of the same area, else of the line; SYNTH_NONE: there is none. */
static int neighbour(const struct synth *synth, int index)
{
    const struct synth_group *group = &synth->group[index];
    int first = synth->first_group[group->line], count = synth->first_group[group->line + 1] - first, other = SYNTH_NONE;
    for (int k = 1; k < count; k++) {
        int g = first + (index - first + k) % count;
        if (synth->group[g].area == group->area)
            return g;
        other = other == SYNTH_NONE ? g : other;
    }
    return other;
}

/* The first step of the group: its number on its route. */
static int number_of(const struct synth *synth, int step)
{
    int number = 1;
    for (int s = 0; s < synth->steps; s++)
        number += synth->step[s].route == synth->step[step].route && (synth->step[s].from < synth->step[step].from || (synth->step[s].from == synth->step[step].from && s < step));
    return number * 10;
}

/* Every third is for one route alone, every ninth for one step of it. */
static void write_alternates(struct synth *synth)
{
    enum { RATIO_LOW = 105, RATIO_HIGH = 130, ROUTE_EACH = 3, STEP_EACH = 9 };
    for (int g = 0, count = 0; g < synth->groups; g++) {
        fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_GROUP, UINT64_C(1000000) + (uint64_t)g);
        int onto = neighbour(synth, g), step = 0;
        if (onto == SYNTH_NONE || (g > 0 && synth_draw(&random, 1, HUNDRED) > ALTERNATE_PERCENT))
            continue;
        while (step < synth->steps && synth->step[step].group != g)
            step++;
        bool of_route = count % ROUTE_EACH == 0 && step < synth->steps, of_step = of_route && count % STEP_EACH == 0;
        SYNTH_PUT(synth, SYNTH_T_TOOL_ALTERNATE, synth_text(synth->group[g].id), synth_text(synth->group[onto].id), synth_text(of_route ? synth->route[synth->step[step].route].id : NULL),
                  synth_given(of_step ? number_of(synth, step) : SYNTH_NONE, 0), synth_decimal(synth_draw(&random, RATIO_LOW, RATIO_HIGH), 2));
        count++;
    }
}

/* ---- routes ---- */

static void write_step(struct synth *synth, const struct synth_step *step, int number)
{
    const struct synth_group *group = &synth->group[step->group];
    SYNTH_PUT(synth, SYNTH_T_ROUTE_STEP, synth_text(synth->route[step->route].id), synth_whole(number), synth_text(group->area->name), synth_text(group->id), synth_whole(step->visits),
              synth_decimal(step->minutes, 4), synth_given(step->from, 3), synth_given(step->to, 3), synth_decimal(step->sample, 3), synth_decimal(step->rework, 3));
}

/* By where the visits begin, and by area where that is the same. */
static void write_steps(struct synth *synth, int route)
{
    int number = 0;
    for (int from = SYNTH_NONE; from < SYNTH_MILLI;) {
        int next = SYNTH_MILLI;
        for (int s = 0; s < synth->steps; s++) {
            const struct synth_step *step = &synth->step[s];
            if (step->route != route)
                continue;
            if (step->from == from)
                write_step(synth, step, number += 10);
            else if (step->from > from && step->from < next)
                next = step->from;
        }
        from = next;
    }
}

static void write_routes(struct synth *synth)
{
    for (int r = 0; r < synth->routes; r++) {
        const struct synth_route *route = &synth->route[r];
        SYNTH_PUT(synth, SYNTH_T_ROUTE, synth_text(route->id), synth_text(synth_line_id(route->line)), synth_text(route->name), synth_whole(route->lot_size));
        SYNTH_PUT(synth, SYNTH_T_CYCLE_TIME, synth_text(route->id), synth_day(synth->start), synth_whole(route->days));
        if (synth->options.periods > 2 * QUARTER) /* faster by a twentieth */
            SYNTH_PUT(synth, SYNTH_T_CYCLE_TIME, synth_text(route->id), synth_day(synth_week(synth, 2 * QUARTER)), synth_decimal((int64_t)route->days * 95, 2));
        write_steps(synth, r);
    }
}

/* How fast the wafer lines can start more. */
static void write_line_limits(struct synth *synth)
{
    for (enum synth_line line = SYNTH_LOGIC; line <= SYNTH_MEMORY; line++) {
        int64_t starts = 0;
        for (int r = 0; r < synth->routes; r++)
            starts += synth->route[r].line == line ? synth->route[r].starts / SYNTH_MILLI : 0;
        SYNTH_PUT(synth, SYNTH_T_LINE_LIMIT, synth_text(synth_line_id(line)), synth_day(synth->start), synth_day(synth_week(synth, synth->options.periods)),
                  synth_whole(starts * 120 / HUNDRED + 1), synth_whole(starts * 8 / HUNDRED + 1));
    }
}

void synth_write_network(struct synth *synth)
{
    for (size_t s = 0; s < sizeof sites / sizeof *sites; s++)
        SYNTH_PUT(synth, SYNTH_T_SITE, synth_text(sites[s][0]), synth_text(sites[s][1]));
    write_lines(synth);
    write_calendar(synth);
    for (int g = 0; g < synth->groups; g++)
        write_group(synth, &synth->group[g]);
    write_delivery_limits(synth);
    write_budget(synth);
    write_alternates(synth);
    write_routes(synth);
    write_line_limits(synth);
    write_power(synth);
    SYNTH_PUT(synth, SYNTH_T_SETTING, synth_text("plan_name"),
              synth_text(synth_name(synth, "Drawn fab: %d products %d weeks %d tool groups", synth->options.products, synth->options.periods, synth->options.tool_groups)));
    SYNTH_PUT(synth, SYNTH_T_SETTING, synth_text("discount_rate"), synth_decimal(10, 2));
}
