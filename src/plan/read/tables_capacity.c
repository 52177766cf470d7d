/* Tool groups by period: hours available, used, lost, and what they are spent on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "changed.h"
#include "load_parts.h"
#include "plan_table.h"
#include "upkeep.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

/* Hours of every tool group and period. */
struct hours {
    double load, moved_out, moved_in;
};

struct hours_of_all {
    int period_count;
    struct hours *hours; /* [tool group x T] */
};

static void add_hours(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct hours_of_all *all = user;
    struct hours *hours = &all->hours[row.a * all->period_count + row.period];
    if (column.family == FAB_X || column.family == FAB_GO || column.family == FAB_GO_IN)
        hours->load += amount;
    if (column.family == FAB_MOVED)
        *(amount < 0 ? &hours->moved_out : &hours->moved_in) += fabs(amount);
}

/* NULL when memory is short. */
static struct hours *sum_hours(const fab_plan *plan)
{
    const fab_terms *terms = plan->terms;
    int T = terms->period_count, groups = plan->model->tool_group_count;
    struct hours_of_all all = {T, calloc((size_t)groups * (size_t)T + 1, sizeof *all.hours)};
    if (all.hours)
        fab_view_each_addend(plan, FAB_CAP, add_hours, &all);
    return all.hours;
}

static double used_hours(const struct hours *hours)
{
    return hours->load - hours->moved_out + hours->moved_in;
}

/* How full tools are of the time in which they can run and are not maintained. */
static double utilisation_of_uptime(double utilisation, double used, double uptime, double max_utilisation, double maintenance)
{
    if (!(maintenance > 0))
        return utilisation * max_utilisation;
    return uptime > maintenance ? (used - maintenance) / (uptime - maintenance) : 0;
}

static void write_floor(struct fab_plan_table *w, const struct fab_load_parts *parts, int g, int u, double used)
{
    const fab_terms *terms = w->plan->terms;
    double tools = fab_view_tools(w->plan, g, u), availability = fab_changed_availability(terms, g, u), most = w->plan->model->tool_group[g].max_utilisation;
    double hours = FAB_HOURS_PER_DAY * terms->period[u].days * tools, available = tools * terms->hours_per_tool[g * terms->period_count + u];
    for (int p = 0; p < FAB_PART_COUNT; p++)
        fab_plan_table_real(w, parts->part[p]);
    fab_plan_table_real(w, hours * (1 - availability));
    fab_plan_table_real(w, utilisation_of_uptime(available > 0 ? used / available : 0, used, hours * availability, most, parts->part[FAB_PART_MAINTENANCE]));
    fab_plan_table_real(w, parts->starts);
    fab_plan_table_real(w, fab_load_parts_starts_without(parts, parts->unfilled));
    fab_plan_table_real(w, fab_load_parts_starts_without(parts, parts->gaps));
}

static void write_capacity(struct fab_plan_table *w, const struct hours *hours, int g, int u)
{
    const fab_plan *plan = w->plan;
    const struct fab_tool_group *group = &plan->model->tool_group[g];
    int T = plan->terms->period_count, site = plan->model->line[group->line].site;
    double tools = fab_view_tools(plan, g, u), per_tool = plan->terms->hours_per_tool[g * T + u], used = used_hours(hours);
    double usd_per_hour = fab_view_limit(plan, FAB_CAP, g, u);
    fab_plan_table_row(w);
    fab_plan_table_text(w, group->tool_group);
    fab_plan_table_text(w, plan->terms->period[u].name);
    fab_plan_table_real(w, tools);
    fab_plan_table_real(w, tools * per_tool);
    fab_plan_table_real(w, hours->load);
    fab_plan_table_real(w, hours->moved_out);
    fab_plan_table_real(w, hours->moved_in);
    fab_plan_table_real(w, used);
    fab_plan_table_real(w, tools * per_tool > 0 ? used / (tools * per_tool) : 0);
    fab_plan_table_real(w, usd_per_hour);
    fab_plan_table_real(w, usd_per_hour * per_tool + group->supply_mw * fab_view_limit(plan, FAB_PWR, site, u) -
                           group->floor_m2 * fab_view_limit(plan, FAB_FLR, group->line, u));
    fab_plan_table_real(w, group->max_utilisation);
}

fab_table *fab_table_capacity(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_capacity",
                                           "tool_group period tools available_hours load_hours moved_out_hours moved_in_hours used_hours utilisation "
                                           "usd_per_hour usd_per_tool max_utilisation process_hours lot_hours batch_hours setup_hours lead_hours rework_hours maintenance_hours lost_hours "
                                           "utilisation_of_uptime starts starts_full_batches starts_without_gaps");
    struct hours *hours = sum_hours(plan);
    struct fab_load_parts *parts = fab_view_load_parts(plan, plan->terms);
    w.failed = w.failed || !hours || !parts;
    for (int g = 0; !w.failed && g < plan->model->tool_group_count; g++)
        for (int u = 0; u < plan->terms->horizon_periods; u++) {
            write_capacity(&w, &hours[g * T + u], g, u);
            write_floor(&w, &parts[g * T + u], g, u, used_hours(&hours[g * T + u]));
        }
    free(hours);
    free(parts);
    return fab_plan_table_end(&w);
}

/* Hours of a period that stops of a cause take: of the time that tools cannot run in proportion to what they would lose, of maintenance by units to hours a unit. */
static double down_hours(const fab_plan *plan, const struct fab_tool_down *cause, const struct fab_load_parts *parts, int u)
{
    const fab_terms *terms = plan->terms;
    int g = cause->tool_group;
    if (isnan(cause->hours_between))
        return parts->part[FAB_PART_MAINTENANCE] * FAB_MINUTES_PER_HOUR * cause->hours / cause->units_between / fab_upkeep_minutes_per_unit(plan->model, g);
    double lost = 1 - fab_upkeep_availability(plan->model, g), now = 1 - fab_changed_availability(terms, g, u);
    return FAB_HOURS_PER_DAY * terms->period[u].days * fab_view_tools(plan, g, u) * now * fab_upkeep_lost_share(cause) / lost;
}

fab_table *fab_table_downs(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_down", "tool_group cause period per hours");
    struct fab_load_parts *parts = fab_view_load_parts(plan, plan->terms);
    w.failed = w.failed || !parts;
    for (int r = 0; parts && r < plan->model->tool_down_count; r++)
        for (int u = 0; u < plan->terms->horizon_periods; u++) {
            const struct fab_tool_down *cause = &plan->model->tool_down[r];
            double hours = cause->hours > 0 ? down_hours(plan, cause, &parts[cause->tool_group * plan->terms->period_count + u], u) : 0;
            if (!(hours > 0))
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, plan->model->tool_group[cause->tool_group].tool_group);
            fab_plan_table_text(&w, cause->cause);
            fab_plan_table_text(&w, plan->terms->period[u].name);
            fab_plan_table_text(&w, isnan(cause->hours_between) ? "units" : "hours");
            fab_plan_table_real(&w, hours);
        }
    free(parts);
    return fab_plan_table_end(&w);
}
