/* Steps of the routes: a route of wafers comes back to its tool groups slice after slice, and every group of a line has its routes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

enum { SLICE = 320 /* per mille of the cycle time */, THROUGHOUT = 3, REWORK_MOST = 30 };

/* An area of a line: its groups are `stride` apart, the routes take them in a drawn order. */
struct area_plan {
    const struct synth_area *area;
    int first, groups, stride, each; /* each: groups that a route visits */
    int turn;
};

static void add_step(struct synth *synth, fab_random *random, int route, int slice, int slices, const struct area_plan *plan)
{
    const struct synth_route *on = &synth->route[route];
    struct synth_step *step = &synth->step[synth->steps++];
    int visits = synth_draw(random, plan->area->visits_low, plan->area->visits_high) * on->height;
    *step = (struct synth_step){.route = route, .group = plan->first + (plan->turn * plan->each + slice % plan->each) % plan->groups * plan->stride, .from = SYNTH_NONE, .to = SYNTH_NONE};
    step->minutes = synth_draw(random, plan->area->minutes_low, plan->area->minutes_high);
    step->sample = plan->area->sample;
    step->rework = on->line != SYNTH_PACKAGING && slice == 0 ? synth_draw(random, 0, REWORK_MOST) : 0;
    if (on->line == SYNTH_PACKAGING) {
        step->visits = visits;
        return;
    }
    step->visits = visits / slices > 0 ? visits / slices : 1;
    step->from = plan->area->from + (plan->area->to - plan->area->from) * slice / slices;
    step->to = plan->area->from + (plan->area->to - plan->area->from) * (slice + 1) / slices;
}

/* Steps of all routes of the line in one area. */
static void visit_area(struct synth *synth, enum synth_line line, struct area_plan *plan)
{
    int routes = 0, turn = 0;
    fab_random random = fab_random_stream(synth->options.seed, SYNTH_STREAM_AREA, (uint64_t)plan->first);
    for (int r = 0; r < synth->routes; r++)
        routes += synth->route[r].line == line;
    plan->each = (plan->groups + routes - 1) / routes;
    turn = synth_draw(&random, 0, plan->groups - 1);
    int slices = line == SYNTH_PACKAGING ? 1 : (plan->area->to - plan->area->from) / SLICE;
    int least = plan->each + (slices == THROUGHOUT); /* areas that are visited all the way through see a group twice */
    slices = slices > least ? slices : least;
    for (int r = 0; r < synth->routes; r++)
        if (synth->route[r].line == line) {
            plan->turn = turn++;
            for (int slice = 0; slice < slices; slice++)
                add_step(synth, &random, r, slice, slices, plan);
        }
}

void synth_make_steps(struct synth *synth)
{
    for (enum synth_line line = SYNTH_LOGIC; line < SYNTH_OWN; line++) {
        int areas, first = synth->first_group[line], groups = synth->first_group[line + 1] - first;
        const struct synth_area *area = synth_areas(line, &areas);
        areas = areas < groups ? areas : groups;
        for (int a = 0; a < areas; a++)
            visit_area(synth, line, &(struct area_plan){.area = &area[a], .first = first + a, .groups = (groups - a + areas - 1) / areas, .stride = areas});
    }
}
