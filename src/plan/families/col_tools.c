/* n[g,t]: tools ordered; r[g,t]: tools removed; off[a,u]: hours moved to an alternate.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_order(fab_program *program, int g, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_tool_group *group = &terms->model->tool_group[g];
    if (!group->buyable || fab_terms_delivery_period(terms, g, t) == FAB_NONE)
        return true;
    int column = fab_program_add_column(program, fab_tag_of(FAB_N, g, t), program->bounds->orders[g * terms->period_count + t]);
    double usd = group->price_usd * terms->period[t].discount, share = fab_terms_charged_share(terms, g, t, terms->horizon_end);
    double behind = fab_terms_charged_share(terms, g, t, terms->horizon_days) - share;
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_CAPEX, -usd * share) &&
           fab_program_pay(program, column, FAB_MONEY_TAIL, -usd * behind);
}

/* What can be removed is limited by RMV: the bound stays above it. */
static bool add_removal(fab_program *program, int g, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_tool_group *group = &terms->model->tool_group[g];
    if (isnan(group->removal_usd))
        return true;
    int column = fab_program_add_column(program, fab_tag_of(FAB_R, g, t), fab_bounds_loosen(program->bounds->tools[g * terms->period_count + t]));
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_REMOVAL, -group->removal_usd * terms->period[t].discount);
}

bool fab_col_tools(fab_program *program)
{
    for (int g = 0; g < program->terms->model->tool_group_count; g++)
        for (int t = 0; t < program->terms->horizon_periods; t++)
            if (!add_order(program, g, t) || !add_removal(program, g, t))
                return false;
    return true;
}

static void add_most(const fab_terms *terms, double *hours, int first, int count, double most)
{
    for (int l = first; l < first + count; l++)
        hours[terms->load[l].tool_group * terms->period_count + terms->load[l].period] += terms->load[l].hours * most;
}

/* Hours of every group and period that its own starts and work in process could ever bring. */
static double *most_loads(const fab_program *program)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count, groups = terms->model->tool_group_count;
    double *hours = fab_arena_take(program->lp->arena, (size_t)groups * (size_t)T, sizeof *hours);
    for (int s = 0; hours && s < terms->model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            add_most(terms, hours, at->first_load, at->load_count, program->bounds->starts[s * T + t]);
        }
    for (int k = 0; hours && k < terms->wip_count; k++)
        for (int w = 0; w < terms->wip[k].go_count; w++)
            add_most(terms, hours, terms->wip[k].go[w].first_load, terms->wip[k].go[w].load_count, terms->wip[k].wafers);
    return hours;
}

/* What can be moved is limited by OFF: the bound stays above it. */
static bool add_moved(fab_program *program, const double *most, int a, int u)
{
    const fab_terms *terms = program->terms;
    const struct fab_tool_alternate *row = &terms->model->tool_alternate[a];
    if (!fab_terms_starts_inside(terms, u, row->from_date, row->to_date))
        return true;
    int column = fab_program_add_column(program, fab_tag_of(FAB_MOVED, a, u), fab_bounds_loosen(most[row->tool_group * terms->period_count + u]));
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_MOVED, -row->usd_per_hour * terms->period[u].discount);
}

bool fab_col_moved(fab_program *program)
{
    const fab_model *model = program->terms->model;
    const double *most = model->tool_alternate_count > 0 ? most_loads(program) : NULL;
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < program->terms->period_count; u++)
            if (!most || !add_moved(program, most, a, u))
                return false;
    return true;
}
