/* OFF[scope,u]: hours moved off within a scope <= hours of the scope's own steps, of starts and of work in process. Scopes are the tool group as a whole, a route on it, a step of that route on it, as far as
 * `tool_alternate` names them. They are nested, so these rows together say that every moved hour is a different qualified one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_row(fab_program *program, int k, int u)
{
    const fab_terms *terms = program->terms;
    const struct fab_scope *scope = &terms->scope[k];
    int row = fab_program_add_row(program, fab_tag_of(FAB_OFF, k, u), -(double)INFINITY, 0);
    for (int a = 0; row != FAB_NONE && a < terms->model->tool_alternate_count; a++) {
        const struct fab_tool_alternate *alternate = &terms->model->tool_alternate[a];
        if (fab_scope_covers(scope, alternate->tool_group, alternate->route, alternate->step) &&
            !fab_program_put(program, row, fab_program_at(program, FAB_MOVED, a, u), 1))
            return false;
    }
    return row != FAB_NONE;
}

/* Those of a column's loads that are within the scope. */
static bool put_loads(fab_program *program, int k, int source, int column, int first, int count)
{
    const fab_terms *terms = program->terms;
    for (int l = first; l < first + count; l++) {
        const struct fab_load *load = &terms->load[l];
        if (fab_scope_covers(&terms->scope[k], load->tool_group, terms->model->source[source].route, terms->source[source].step[load->step].step) &&
            !fab_program_put(program, fab_program_at(program, FAB_OFF, k, load->period), column, -load->hours))
            return false;
    }
    return true;
}

static bool put_scope(fab_program *program, int k)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            if (!put_loads(program, k, s, fab_program_at(program, FAB_X, s, t), at->first_load, at->load_count))
                return false;
        }
    for (int w = 0; w < terms->wip_count; w++)
        for (int g = 0; g < terms->wip[w].go_count; g++) {
            const struct fab_go *go = &terms->wip[w].go[g];
            if (!put_loads(program, k, terms->wip[w].source, fab_program_go(program, w, go), go->first_load, go->load_count))
                return false;
        }
    return true;
}

bool fab_eq_off(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int k = 0; k < terms->scope_count; k++) {
        for (int u = 0; u < terms->period_count; u++)
            if (!add_row(program, k, u))
                return false;
        if (!put_scope(program, k))
            return false;
    }
    return true;
}
