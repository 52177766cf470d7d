/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <math.h>

/* PWR[site,u]: sum over lines of base_load_mw + facility_power_factor x load hours x power_kw / 1000 / (24 d) <= mw + sum over tool groups of supply_mw N(g,u). */

static bool add_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    const fab_terms *terms = program->terms;
    int site = terms->model->line[terms->model->tool_group[tool_group].line].site;
    int row = program->power[site * terms->period_count + period];
    double mw = hours * fab_program_mwh_per_hour(terms, tool_group) / (FAB_HOURS_PER_DAY * terms->period[period].days);
    return row == FAB_NONE || fab_lp_add(program->lp, row, column, mw);
}

static bool add_site(fab_program *program, int site, int u)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    double limit = terms->power_mw[site * T + u];
    if (isnan(limit))
        return true;
    for (int l = 0; l < model->line_count; l++)
        if (model->line[l].site == site)
            limit -= model->line[l].base_load_mw;
    double wip_mw = 0;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->line[model->tool_group[g].line].site == site) {
            limit += model->tool_group[g].supply_mw * terms->tools[g * T + u];
            wip_mw += terms->wip_hours[g * T + u] * fab_program_mwh_per_hour(terms, g) / (FAB_HOURS_PER_DAY * terms->period[u].days);
        }
    if (limit >= 0) /* starting WIP never makes a plan infeasible: it runs even where its power alone is too much */
        limit = fmax(0, limit - wip_mw);
    int row = fab_program_add_row(program, "PWR", model->site[site].site, terms->period[u].name, -(double)INFINITY, limit);
    if (row == FAB_NONE)
        return false;
    program->power[site * T + u] = row;
    for (int g = 0; g < model->tool_group_count; g++)
        if (model->line[model->tool_group[g].line].site == site && model->tool_group[g].supply_mw != 0 &&
            !fab_program_add_tools(program, row, g, u, -model->tool_group[g].supply_mw))
            return false;
    return true;
}

bool fab_eq_pwr(fab_program *program)
{
    for (int site = 0; site < program->terms->model->site_count; site++)
        for (int u = 0; u < program->terms->period_count; u++)
            if (!add_site(program, site, u))
                return false;
    return fab_program_each_hours(program, add_hours);
}
