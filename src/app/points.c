/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "points.h"

#include "change_apply.h"
#include "load_parts.h"
#include "plan_table.h"
#include "try.h"
#include "upkeep.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define POINT 0.01

enum { VALUE_SIZE = 64, KEY_SIZE = 512 };

/* A point under way. */
struct point {
    const struct fab_standing *standing;
    int tool_group;
    struct fab_change_list *list;
    const char *what, *cause, *unit; /* cause NULL: none */
    double from, to;                 /* of the figure: the largest of its steps, or of the group */
};

/* Sets a number of the row whose key is two ids. */
static fab_status set_number(fab_context *context, struct point *point, const struct fab_change *change, const char *id, const char *part, double number)
{
    char value[VALUE_SIZE], key[KEY_SIZE];
    fab_status status = FAB_OK;
    struct fab_change added = *change;
    const char *first, *second;
    TRY_MEMORY(context, (first = fab_change_escape(point->list->arena, id)) && (second = fab_change_escape(point->list->arena, part)));
    snprintf(key, sizeof key, "%s/%s", first, second);
    snprintf(value, sizeof value, "%.17g", number);
    added.origin = FAB_CHANGE_SCENARIO;
    added.scenario = "explain";
    added.number = point->list->count + 1;
    added.operation = FAB_CHANGE_SET;
    added.key = key;
    added.value = value;
    added.from = added.to = FAB_DATE_NONE;
    TRY(fab_change_list_add(context, point->list, &added));
out:
    return status;
}

static fab_status set_step(fab_context *context, struct point *point, const struct fab_route_step *step, const char *column, double number)
{
    char text[VALUE_SIZE];
    snprintf(text, sizeof text, "%d", step->step);
    return set_number(context, point, &(struct fab_change){.table = "route_step", .column = column}, point->standing->plan->model->route[step->route].route, text, number);
}

static void note(struct point *point, double from, double to)
{
    if (!(from <= point->from)) { /* NAN: the first one */
        point->from = from;
        point->to = to;
    }
}

/* ---- the three points ---- */

static fab_status fill_batches(fab_context *context, struct point *point)
{
    fab_status status = FAB_OK;
    const fab_model *model = point->standing->plan->model;
    point->what = "batch_fill";
    point->unit = "of batch fill";
    for (int r = 0; r < model->route_step_count; r++) {
        const struct fab_route_step *step = &model->route_step[r];
        if (step->tool_group != point->tool_group || !(step->minutes_per_batch > 0) || step->batch_fill >= 1)
            continue;
        double fill = fmin(1, step->batch_fill + POINT);
        note(point, step->batch_fill, fill);
        TRY(set_step(context, point, step, "batch_fill", fill));
    }
out:
    return status;
}

/* A stop that is shorter, so that it takes a point less of the calendar; by no more than all of it. */
static fab_status shorten_stops(fab_context *context, struct point *point)
{
    fab_status status = FAB_OK;
    const fab_model *model = point->standing->plan->model;
    const struct fab_tool_down *largest = NULL;
    for (int r = 0; r < model->tool_down_count; r++) {
        const struct fab_tool_down *cause = &model->tool_down[r];
        if (cause->tool_group == point->tool_group && fab_upkeep_lost_share(cause) > (largest ? fab_upkeep_lost_share(largest) : 0))
            largest = cause;
    }
    if (!largest)
        return FAB_OK;
    double lost = fab_upkeep_lost_share(largest), left = fmax(0, lost - POINT);
    point->what = "availability";
    point->unit = "of availability";
    point->cause = largest->cause;
    point->from = fab_upkeep_availability(model, point->tool_group);
    point->to = point->from + lost - left;
    TRY(set_number(context, point, &(struct fab_change){.table = "tool_down", .column = "hours"}, model->tool_group[point->tool_group].tool_group, largest->cause,
                   largest->hours_between * left / (1 - left)));
out:
    return status;
}

static fab_status lengthen_runs(fab_context *context, struct point *point)
{
    fab_status status = FAB_OK;
    const fab_model *model = point->standing->plan->model;
    point->what = "units_per_setup";
    point->unit = "of the units of a setup or train";
    for (int r = 0; r < model->route_step_count; r++) {
        const struct fab_route_step *step = &model->route_step[r];
        if (step->tool_group != point->tool_group)
            continue;
        if (step->setup_minutes > 0) {
            note(point, step->units_per_setup, step->units_per_setup * (1 + POINT));
            TRY(set_step(context, point, step, "units_per_setup", step->units_per_setup * (1 + POINT)));
        }
        if (step->lead_minutes > 0) {
            note(point, step->units_per_train, step->units_per_train * (1 + POINT));
            TRY(set_step(context, point, step, "units_per_train", step->units_per_train * (1 + POINT)));
        }
    }
out:
    return status;
}

/* ---- what it is worth ---- */

/* How much more the group could carry of the plan's mix in the horizon, as a share: hours available and needed, with the model of the plan and with the other one. */
static bool weigh_capacity(const struct point *point, const fab_plan *other, double *share, double *starts)
{
    const fab_plan *plan = point->standing->plan;
    int T = plan->terms->period_count, g = point->tool_group;
    struct fab_load_parts *now = fab_view_load_parts(plan, plan->terms), *then = fab_view_load_parts(plan, other->terms);
    double load[2] = {0}, available[2] = {0};
    *starts = 0;
    for (int u = 0; now && then && u < plan->terms->horizon_periods; u++) {
        double tools = fab_view_tools(plan, g, u);
        load[0] += now[g * T + u].load;
        load[1] += then[g * T + u].load;
        available[0] += tools * plan->terms->hours_per_tool[g * T + u];
        available[1] += tools * other->terms->hours_per_tool[g * T + u];
        *starts += now[g * T + u].starts;
    }
    *share = load[1] > 0 && available[0] > 0 ? load[0] / load[1] * available[1] / available[0] - 1 : 0;
    *starts *= *share;
    bool ok = now && then;
    free(now);
    free(then);
    return ok;
}

static void write_point(struct fab_plan_table *w, const struct point *point, const struct fab_value_line *line, double share, double starts)
{
    fab_plan_table_row(w);
    fab_plan_table_text(w, point->what);
    fab_plan_table_text(w, point->cause);
    fab_plan_table_real(w, line->candidate.step);
    fab_plan_table_text(w, point->unit);
    fab_plan_table_real(w, point->from);
    fab_plan_table_real(w, point->to);
    fab_plan_table_real(w, share);
    fab_plan_table_real(w, starts);
    fab_plan_table_real(w, line->gain_usd);
    fab_plan_table_real(w, line->objective_usd);
    fab_plan_table_real(w, line->bound_usd);
}

static fab_status weigh(fab_context *context, const struct point *point, struct fab_points *points, struct fab_plan_table *w)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = point->standing->plan;
    fab_model *model = NULL;
    fab_plan *other = NULL;
    double share, starts;
    TRY(fab_model_change(context, point->standing->planned.model, point->list, &model));
    TRY(fab_standing_other(context, point->standing, model, &other));
    if (other->outcome != FAB_OPTIMAL)
        goto out;
    TRY_MEMORY(context, weigh_capacity(point, other, &share, &starts));
    double gain = other->certificate.objective - plan->certificate.objective;
    points->line[points->count] = (struct fab_value_line){.candidate = {.what = point->what, .key = plan->model->tool_group[point->tool_group].tool_group, .unit = point->unit,
                                                                        .step = point->cause ? point->to - point->from : POINT, .at_most_usd = gain},
                                                          .tested = true, .gain_usd = gain, .objective_usd = other->certificate.objective, .bound_usd = other->certificate.bound,
                                                          .holds_to = (double)NAN};
    write_point(w, point, &points->line[points->count++], share, starts);
out:
    fab_plan_free(other);
    fab_model_free(model);
    return status;
}

fab_status fab_points_find(fab_context *context, const struct fab_standing *standing, int tool_group, struct fab_points *points)
{
    static fab_status (*const make[FAB_POINT_COUNT])(fab_context *, struct point *) = {fill_batches, shorten_stops, lengthen_runs};
    fab_status status = FAB_OK;
    struct fab_change_list *list = NULL;
    struct fab_plan_table w = fab_plan_table_begin(standing->plan, FAB_NONE, "points", "point cause step unit from to capacity_frac capacity_starts gain_usd objective_usd bound_usd");
    *points = (struct fab_points){0};
    for (int p = 0; p < FAB_POINT_COUNT; p++) {
        TRY_MEMORY(context, list = fab_change_list_new());
        struct point point = {.standing = standing, .tool_group = tool_group, .list = list, .from = (double)NAN, .to = (double)NAN};
        TRY(make[p](context, &point));
        if (list->count > 0)
            TRY(weigh(context, &point, points, &w));
        fab_change_list_free(list);
        list = NULL;
    }
out:
    fab_change_list_free(list);
    points->table = fab_plan_table_end(&w);
    return status == FAB_OK && !points->table ? fab_fail_memory(context) : status;
}

void fab_points_fini(struct fab_points *points)
{
    fab_table_free(points->table);
    points->table = NULL;
}
