/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* OFF[scope,u]: hours moved off within a scope - hours of the scope's own steps <= those of its starting WIP. Scopes are the tool group as a whole, a route on it, a step of that route on it, as far as
 * `tool_alternate` names them. They are nested, so these rows together say that every moved hour is a different qualified one. */

struct scope {
    int tool_group, route, step; /* FAB_NONE: every */
};

static bool covers(const struct scope *scope, int tool_group, int route, int step)
{
    return scope->tool_group == tool_group && (scope->route == FAB_NONE || scope->route == route) &&
           (scope->step == FAB_NONE || scope->step == step);
}

static bool same(const struct scope *a, const struct scope *b)
{
    return a->tool_group == b->tool_group && a->route == b->route && a->step == b->step;
}

/* The scopes that the alternates name, and those around them, each once. */
static int collect_scopes(const fab_model *model, struct scope *scopes)
{
    int count = 0;
    for (int a = 0; a < model->tool_alternate_count; a++) {
        const struct fab_tool_alternate *row = &model->tool_alternate[a];
        const struct scope nested[] = {{row->tool_group, FAB_NONE, FAB_NONE}, {row->tool_group, row->route, FAB_NONE}, {row->tool_group, row->route, row->step}};
        for (int n = 0; n < 3; n++) {
            int known = 0;
            while (known < count && !same(&scopes[known], &nested[n]))
                known++;
            if (known == count)
                scopes[count++] = nested[n];
        }
    }
    return count;
}

static bool add_scope_loads(fab_program *program, const struct scope *scope, const int *rows)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            for (int l = at->first_load; l < at->first_load + at->load_count; l++) {
                const struct fab_load *load = &terms->load[l];
                if (covers(scope, load->tool_group, model->source[s].route, terms->source[s].step[load->step].step) &&
                    !fab_lp_add(program->lp, rows[load->period], program->starts[s * T + t], -load->hours))
                    return false;
            }
        }
    return true;
}

/* Hours of starting WIP within a scope. */
static double wip_hours(const fab_terms *terms, const struct scope *scope, int u)
{
    double hours = 0;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int k = 0; terms->source[s].wip_hours && k < terms->source[s].step_count; k++)
            if (covers(scope, terms->source[s].step[k].tool_group, terms->model->source[s].route, terms->source[s].step[k].step))
                hours += terms->source[s].wip_hours[k * terms->period_count + u];
    return hours;
}

static bool add_scope(fab_program *program, const struct scope *scope, int *rows)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    const char *group = model->tool_group[scope->tool_group].tool_group;
    const char *key = scope->route == FAB_NONE  ? group
                      : scope->step == FAB_NONE ? fab_arena_printf(program->lp->arena, "%s,%s", group, model->route[scope->route].route)
                                                : fab_arena_printf(program->lp->arena, "%s,%s,%d", group, model->route[scope->route].route, scope->step);
    for (int u = 0; key && u < T; u++) {
        rows[u] = fab_program_add_row(program, "OFF", key, terms->period[u].name, -(double)INFINITY, wip_hours(terms, scope, u));
        if (rows[u] == FAB_NONE)
            return false;
        for (int a = 0; a < model->tool_alternate_count; a++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            if (covers(scope, row->tool_group, row->route, row->step) && !fab_lp_add(program->lp, rows[u], program->offload[a * T + u], 1))
                return false;
        }
    }
    return key && add_scope_loads(program, scope, rows);
}

bool fab_eq_off(fab_program *program)
{
    const fab_model *model = program->terms->model;
    fab_arena *arena = program->lp->arena;
    struct scope *scopes = fab_arena_take(arena, 3 * (size_t)model->tool_alternate_count, sizeof *scopes);
    int *rows = fab_arena_take(arena, (size_t)program->terms->period_count, sizeof *rows);
    if (!scopes || !rows)
        return false;
    int count = collect_scopes(model, scopes);
    for (int n = 0; n < count; n++)
        if (!add_scope(program, &scopes[n], rows))
            return false;
    return true;
}
