/* PWR[site,u]: sum over lines of base_load_mw + facility_power_factor x load hours x power_kw / 1000 / (24 d) <= mw + sum over tool groups of supply_mw N(g,u). The energy of its left side is paid for by
 * the columns that draw it, and base load by nobody's decision.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static int site_of(const fab_terms *terms, int tool_group)
{
    return terms->model->line[terms->model->tool_group[tool_group].line].site;
}

static bool put_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    const fab_terms *terms = program->terms;
    double mw = hours * fab_terms_mwh_per_hour(terms, tool_group) / (FAB_HOURS_PER_DAY * terms->period[period].days);
    return fab_program_put(program, fab_program_at(program, FAB_PWR, site_of(terms, tool_group), period), column, mw);
}

static bool pay_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    double mwh = hours * fab_terms_mwh_per_hour(program->terms, tool_group);
    return fab_program_pay(program, column, fab_program_money_in(program, period, FAB_MONEY_POWER), -mwh * fab_terms_usd_per_mwh(program->terms, tool_group, period));
}

static void pay_base(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int l = 0; l < model->line_count; l++)
        for (int t = 0; t < T; t++) {
            double mwh = model->line[l].base_load_mw * FAB_HOURS_PER_DAY * terms->period[t].days;
            program->constant[fab_program_money_in(program, t, FAB_MONEY_POWER)] -= mwh * terms->usd_per_mwh[model->line[l].site * T + t] * terms->period[t].discount;
        }
    program->lp->objective_constant = program->constant[FAB_MONEY_POWER] + program->constant[FAB_MONEY_TAIL];
}

/* The limit less base load, with what installed generators add; NAN where the site has none. */
static double limit_of(const fab_terms *terms, int site, int u)
{
    const fab_model *model = terms->model;
    int T = terms->period_count;
    double limit = terms->power_mw[site * T + u];
    for (int l = 0; l < model->line_count; l++)
        if (model->line[l].site == site)
            limit -= model->line[l].base_load_mw;
    for (int g = 0; g < model->tool_group_count; g++)
        if (site_of(terms, g) == site)
            limit += model->tool_group[g].supply_mw * terms->tools[g * T + u];
    return limit;
}

static bool add_site(fab_program *program, int site, int u)
{
    const fab_terms *terms = program->terms;
    double limit = limit_of(terms, site, u);
    if (isnan(limit))
        return true;
    int row = fab_program_add_row(program, fab_tag_of(FAB_PWR, site, u), -(double)INFINITY, limit);
    if (row == FAB_NONE)
        return false;
    for (int g = 0; g < terms->model->tool_group_count; g++)
        if (site_of(terms, g) == site && terms->model->tool_group[g].supply_mw != 0 &&
            !fab_program_put_tools(program, row, g, u, -terms->model->tool_group[g].supply_mw))
            return false;
    return true;
}

bool fab_eq_pwr(fab_program *program)
{
    for (int site = 0; site < program->terms->model->site_count; site++)
        for (int u = 0; u < program->terms->period_count; u++)
            if (!add_site(program, site, u))
                return false;
    pay_base(program);
    return fab_program_each_hours(program, put_hours) && fab_program_each_hours(program, pay_hours);
}
