/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "plan_table.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

fab_table *fab_table_offloads(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_offload", "tool_group alternate route step period hours alternate_hours usd");
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < plan->terms->horizon_periods; u++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            double hours = fab_view_value(plan, FAB_MOVED, a, u);
            if (hours <= 0)
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, model->tool_group[row->tool_group].tool_group);
            fab_plan_table_text(&w, model->tool_group[row->alternate].tool_group);
            fab_plan_table_text(&w, row->route == FAB_NONE ? "" : model->route[row->route].route);
            fab_plan_table_integer(&w, row->step);
            fab_plan_table_text(&w, plan->terms->period[u].name);
            fab_plan_table_real(&w, hours);
            fab_plan_table_real(&w, hours * row->hours_ratio);
            fab_plan_table_real(&w, hours * row->usd_per_hour);
        }
    return fab_plan_table_end(&w);
}

static void write_purchase(struct fab_plan_table *w, int g, int t, bool order)
{
    const fab_plan *plan = w->plan;
    const struct fab_tool_group *group = &plan->model->tool_group[g];
    double tools = fab_view_value(plan, order ? FAB_N : FAB_R, g, t), usd = order ? group->price_usd : group->removal_usd;
    if (tools <= 0)
        return;
    fab_plan_table_row(w);
    fab_plan_table_text(w, group->tool_group);
    fab_plan_table_text(w, plan->terms->period[t].name);
    fab_plan_table_text(w, order ? "order" : "removal");
    fab_plan_table_real(w, tools);
    fab_plan_table_real(w, usd);
    fab_plan_table_real(w, tools * usd);
    fab_plan_table_date(w, plan->terms->period[t].date + (order ? (int32_t)ceil(group->lead_time_days) : 0));
    fab_plan_table_real(w, tools * usd * (order ? fab_terms_charged_share(plan->terms, g, t, plan->terms->horizon_end) : 1));
}

fab_table *fab_table_purchases(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_purchase", "tool_group period event tools usd_per_tool usd delivery_date charged_usd");
    for (int g = 0; g < plan->model->tool_group_count; g++)
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            write_purchase(&w, g, t, true);
            write_purchase(&w, g, t, false);
        }
    return fab_plan_table_end(&w);
}

/* First period of the window of a delivery limit, for the discount of its value: the last period when the window lies behind the horizon. */
static int window_period(const fab_terms *terms, int32_t from_date)
{
    int t = 0;
    while (t + 1 < terms->period_count && terms->period[t].date < from_date)
        t++;
    return t;
}

static void add_delivery(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    double *tools = user; /* [tool_delivery_limit row] */
    (void)column;
    tools[row.a] += amount;
}

fab_table *fab_table_deliveries(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w =
        fab_plan_table_begin(plan, number, "plan_delivery", "tool_group from_date to_date tools max_tools usd_per_tool");
    double *tools = calloc((size_t)model->tool_delivery_limit_count + 1, sizeof *tools);
    w.failed = w.failed || !tools;
    if (tools)
        fab_view_each_addend(plan, FAB_DLV, add_delivery, tools);
    for (int r = 0; tools && r < model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *limit = &model->tool_delivery_limit[r];
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, model->tool_group[limit->tool_group].tool_group);
        fab_plan_table_date(&w, limit->from_date);
        fab_plan_table_date(&w, limit->to_date);
        fab_plan_table_real(&w, tools[r]);
        fab_plan_table_real(&w, limit->max_tools);
        fab_plan_table_real(&w, fab_view_limit(plan, FAB_DLV, r, window_period(plan->terms, limit->from_date)));
    }
    free(tools);
    return fab_plan_table_end(&w);
}

fab_table *fab_table_budget(const fab_plan *plan, int64_t number)
{
    double spent = 0;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_budget", "period budget_usd spent_usd usd_per_usd");
    for (int t = 0; t < plan->terms->horizon_periods; t++) {
        for (int g = 0; g < plan->model->tool_group_count; g++) {
            double tools = fab_view_value(plan, FAB_N, g, t);
            if (tools > 0)
                spent += tools * plan->model->tool_group[g].price_usd;
        }
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, plan->terms->period[t].name);
        fab_plan_table_real(&w, plan->terms->budget_usd ? plan->terms->budget_usd[t] : (double)NAN);
        fab_plan_table_real(&w, spent);
        fab_plan_table_real(&w, fab_view_limit(plan, FAB_BUD, 0, t));
    }
    return fab_plan_table_end(&w);
}

/* Power of every site and period that has a limit. */
struct power {
    double tools_mw, supply_mw;
};

struct power_of_all {
    int period_count;
    struct power *power; /* [site x T] */
};

static void add_power(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct power_of_all *all = user;
    struct power *power = &all->power[row.a * all->period_count + row.period];
    if (column.family == FAB_N || column.family == FAB_R)
        power->supply_mw -= amount;
    else
        power->tools_mw += amount;
}

/* What no decision changes: installed generators. */
static void add_given_power(const fab_plan *plan, const struct power_of_all *all)
{
    const fab_terms *terms = plan->terms;
    int T = terms->period_count;
    for (int g = 0; g < plan->model->tool_group_count; g++)
        for (int u = 0; u < T; u++) {
            struct power *power = &all->power[plan->model->line[plan->model->tool_group[g].line].site * T + u];
            power->supply_mw += plan->model->tool_group[g].supply_mw * terms->tools[g * T + u];
        }
}

static void write_power(struct fab_plan_table *w, const struct power *power, int site, int u)
{
    const fab_plan *plan = w->plan;
    const fab_model *model = plan->model;
    int place = site * plan->terms->period_count + u;
    double base = 0, hours = FAB_HOURS_PER_DAY * plan->terms->period[u].days, price = plan->terms->usd_per_mwh[place];
    for (int l = 0; l < model->line_count; l++)
        if (model->line[l].site == site)
            base += model->line[l].base_load_mw;
    double used = base + power->tools_mw;
    fab_plan_table_row(w);
    fab_plan_table_text(w, model->site[site].site);
    fab_plan_table_period(w, u);
    fab_plan_table_real(w, plan->terms->power_mw[place]);
    fab_plan_table_real(w, power->supply_mw);
    fab_plan_table_real(w, base);
    fab_plan_table_real(w, power->tools_mw);
    fab_plan_table_real(w, used);
    fab_plan_table_real(w, used * hours);
    fab_plan_table_real(w, price);
    fab_plan_table_real(w, used * hours * price);
    fab_plan_table_real(w, fab_view_limit(plan, FAB_PWR, site, u));
}

fab_table *fab_table_power(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count, sites = plan->model->site_count;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_power",
                                                   "site period limit_mw supply_mw base_mw tools_mw used_mw energy_mwh usd_per_mwh power_usd usd_per_mw");
    struct power_of_all all = {T, calloc((size_t)sites * (size_t)T + 1, sizeof *all.power)};
    w.failed = w.failed || !all.power;
    if (all.power) {
        add_given_power(plan, &all);
        fab_view_each_addend(plan, FAB_PWR, add_power, &all);
    }
    for (int site = 0; all.power && site < sites; site++)
        for (int u = 0; u < plan->terms->horizon_periods; u++)
            if (!isnan(plan->terms->power_mw[site * T + u]))
                write_power(&w, &all.power[site * T + u], site, u);
    free(all.power);
    return fab_plan_table_end(&w);
}
