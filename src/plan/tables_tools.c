/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include <math.h>

/* Hours of every tool group and period. */
struct hours {
    double load, moved_out, moved_in;
};

static struct hours *sum_hours(const fab_plan *plan, fab_arena *arena)
{
    const fab_terms *terms = plan->terms;
    const fab_model *model = plan->model;
    int T = terms->period_count;
    struct hours *hours = fab_arena_take(arena, (size_t)model->tool_group_count * (size_t)T, sizeof *hours);
    if (!hours)
        return NULL;
    for (int i = 0; i < model->tool_group_count * T; i++)
        hours[i].load = terms->wip_hours[i];
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            double starts = fab_view_column(plan, plan->program->starts[s * T + t]);
            for (int l = at->first_load; l < at->first_load + at->load_count; l++)
                hours[terms->load[l].tool_group * T + terms->load[l].period].load += starts * terms->load[l].hours;
        }
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < T; u++) {
            double moved = fab_view_column(plan, plan->program->offload[a * T + u]);
            hours[model->tool_alternate[a].tool_group * T + u].moved_out += moved;
            hours[model->tool_alternate[a].alternate * T + u].moved_in += moved * model->tool_alternate[a].hours_ratio;
        }
    return hours;
}

static double used_hours(const struct hours *hours)
{
    return hours->load - hours->moved_out + hours->moved_in;
}

static void write_capacity(struct fab_writer *w, const struct hours *hours, int g, int u)
{
    const fab_plan *plan = w->plan;
    const fab_program *program = plan->program;
    const struct fab_tool_group *group = &plan->model->tool_group[g];
    int T = plan->terms->period_count, site = plan->model->line[group->line].site;
    double tools = fab_view_tools(plan, g, u), per_tool = plan->terms->hours_per_tool[g * T + u], used = used_hours(hours);
    double usd_per_hour = fab_view_row(plan, program->capacity[g * T + u], u);
    fab_writer_row(w);
    fab_writer_text(w, group->tool_group);
    fab_writer_text(w, plan->terms->period[u].name);
    fab_writer_real(w, tools);
    fab_writer_real(w, tools * per_tool);
    fab_writer_real(w, hours->load);
    fab_writer_real(w, hours->moved_out);
    fab_writer_real(w, hours->moved_in);
    fab_writer_real(w, used);
    fab_writer_real(w, tools * per_tool > 0 ? used / (tools * per_tool) : 0);
    fab_writer_real(w, usd_per_hour);
    fab_writer_real(w, usd_per_hour * per_tool + group->supply_mw * fab_view_row(plan, program->power[site * T + u], u) -
                           group->floor_m2 * fab_view_row(plan, program->floor[group->line * T + u], u));
}

fab_table *fab_table_capacity(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_capacity",
                                           "tool_group period tools available_hours load_hours moved_out_hours moved_in_hours used_hours utilisation "
                                           "usd_per_hour usd_per_tool");
    fab_arena *arena = fab_arena_new();
    struct hours *hours = arena ? sum_hours(plan, arena) : NULL;
    w.failed = w.failed || !hours;
    for (int g = 0; hours && g < plan->model->tool_group_count; g++)
        for (int u = 0; u < T; u++)
            write_capacity(&w, &hours[g * T + u], g, u);
    fab_arena_free(arena);
    return fab_writer_end(&w);
}

fab_table *fab_table_offloads(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    int T = plan->terms->period_count;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_offload", "tool_group alternate route step period hours alternate_hours");
    for (int a = 0; a < model->tool_alternate_count; a++)
        for (int u = 0; u < T; u++) {
            const struct fab_tool_alternate *row = &model->tool_alternate[a];
            double hours = fab_view_column(plan, plan->program->offload[a * T + u]);
            if (hours <= 0)
                continue;
            fab_writer_row(&w);
            fab_writer_text(&w, model->tool_group[row->tool_group].tool_group);
            fab_writer_text(&w, model->tool_group[row->alternate].tool_group);
            fab_writer_text(&w, row->route == FAB_NONE ? "" : model->route[row->route].route);
            fab_writer_integer(&w, row->step);
            fab_writer_text(&w, plan->terms->period[u].name);
            fab_writer_real(&w, hours);
            fab_writer_real(&w, hours * row->hours_ratio);
        }
    return fab_writer_end(&w);
}

static void write_purchase(struct fab_writer *w, int g, int t, bool order)
{
    const fab_plan *plan = w->plan;
    const struct fab_tool_group *group = &plan->model->tool_group[g];
    int column = (order ? plan->program->order : plan->program->removal)[g * plan->terms->period_count + t];
    double tools = fab_view_column(plan, column), usd = order ? group->price_usd : group->removal_usd;
    if (tools <= 0)
        return;
    fab_writer_row(w);
    fab_writer_text(w, group->tool_group);
    fab_writer_text(w, plan->terms->period[t].name);
    fab_writer_text(w, order ? "order" : "removal");
    fab_writer_real(w, tools);
    fab_writer_real(w, usd);
    fab_writer_real(w, tools * usd);
    fab_writer_date(w, plan->terms->period[t].date + (order ? (int32_t)ceil(group->lead_time_days) : 0));
    fab_writer_real(w, tools * usd * (order ? fab_program_charged_share(plan->terms, g, t) : 1));
}

fab_table *fab_table_purchases(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_purchase", "tool_group period event tools usd_per_tool usd delivery_date charged_usd");
    for (int g = 0; g < plan->model->tool_group_count; g++)
        for (int t = 0; t < plan->terms->period_count; t++) {
            write_purchase(&w, g, t, true);
            write_purchase(&w, g, t, false);
        }
    return fab_writer_end(&w);
}

/* First period of the window of a delivery limit, for the discount of its value: the last period when the window lies behind the horizon. */
static int window_period(const fab_terms *terms, int32_t from_date)
{
    int t = 0;
    while (t + 1 < terms->period_count && terms->period[t].date < from_date)
        t++;
    return t;
}

fab_table *fab_table_deliveries(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_delivery", "tool_group from_date to_date tools max_tools usd_per_tool");
    for (int r = 0; r < model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *limit = &model->tool_delivery_limit[r];
        double tools = 0;
        for (int t = 0; t < plan->terms->period_count; t++) {
            double day = plan->terms->period[t].begin + model->tool_group[limit->tool_group].lead_time_days;
            if (day >= fab_terms_day(plan->terms, limit->from_date) && day < fab_terms_day(plan->terms, limit->to_date))
                tools += fab_view_column(plan, plan->program->order[limit->tool_group * plan->terms->period_count + t]);
        }
        fab_writer_row(&w);
        fab_writer_text(&w, model->tool_group[limit->tool_group].tool_group);
        fab_writer_date(&w, limit->from_date);
        fab_writer_date(&w, limit->to_date);
        fab_writer_real(&w, tools);
        fab_writer_real(&w, limit->max_tools);
        fab_writer_real(&w, fab_view_row(plan, plan->program->delivery[r], window_period(plan->terms, limit->from_date)));
    }
    return fab_writer_end(&w);
}

fab_table *fab_table_budget(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    double spent = 0;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_budget", "period budget_usd spent_usd usd_per_usd");
    for (int t = 0; t < T; t++) {
        for (int g = 0; g < plan->model->tool_group_count; g++) {
            double tools = fab_view_column(plan, plan->program->order[g * T + t]);
            if (tools > 0)
                spent += tools * plan->model->tool_group[g].price_usd;
        }
        fab_writer_row(&w);
        fab_writer_text(&w, plan->terms->period[t].name);
        fab_writer_real(&w, plan->terms->budget_usd ? plan->terms->budget_usd[t] : (double)NAN);
        fab_writer_real(&w, spent);
        fab_writer_real(&w, fab_view_row(plan, plan->program->budget[t], t));
    }
    return fab_writer_end(&w);
}

static void write_power(struct fab_writer *w, const struct hours *hours, int site, int u)
{
    const fab_plan *plan = w->plan;
    const fab_model *model = plan->model;
    int T = plan->terms->period_count;
    double base = 0, mwh = 0, supply = 0, period_hours = FAB_HOURS_PER_DAY * plan->terms->period[u].days, price = plan->terms->usd_per_mwh[site * T + u];
    for (int l = 0; l < model->line_count; l++)
        if (model->line[l].site == site)
            base += model->line[l].base_load_mw;
    for (int g = 0; g < model->tool_group_count; g++) {
        if (model->line[model->tool_group[g].line].site != site)
            continue;
        mwh += used_hours(&hours[g * T + u]) * fab_program_mwh_per_hour(plan->terms, g);
        supply += model->tool_group[g].supply_mw * fab_view_tools(plan, g, u);
    }
    fab_writer_row(w);
    fab_writer_text(w, model->site[site].site);
    fab_writer_text(w, plan->terms->period[u].name);
    fab_writer_real(w, plan->terms->power_mw[site * T + u]);
    fab_writer_real(w, supply);
    fab_writer_real(w, base);
    fab_writer_real(w, mwh / period_hours);
    fab_writer_real(w, base + mwh / period_hours);
    fab_writer_real(w, base * period_hours + mwh);
    fab_writer_real(w, price);
    fab_writer_real(w, (base * period_hours + mwh) * price);
    fab_writer_real(w, fab_view_row(plan, plan->program->power[site * T + u], u));
}

fab_table *fab_table_power(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_power",
                                           "site period limit_mw supply_mw base_mw tools_mw used_mw energy_mwh usd_per_mwh power_usd usd_per_mw");
    fab_arena *arena = fab_arena_new();
    struct hours *hours = arena ? sum_hours(plan, arena) : NULL;
    w.failed = w.failed || !hours;
    for (int site = 0; hours && site < plan->model->site_count; site++)
        for (int u = 0; u < T; u++)
            if (!isnan(plan->terms->power_mw[site * T + u]))
                write_power(&w, hours, site, u);
    fab_arena_free(arena);
    return fab_writer_end(&w);
}
