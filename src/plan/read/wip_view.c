/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wip_view.h"

#include "try.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

/* Wafers below this share of a group, and days below this many, are rounding. */
#define ROUNDING 1e-6

/* ---- full tools ---- */

struct used {
    int period_count;
    double *hours; /* [tool group x T] */
};

static void add_used(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct used *used = user;
    if (column.family != FAB_N && column.family != FAB_R)
        used->hours[row.a * used->period_count + row.period] += amount;
}

static bool is_full(const fab_plan *plan, const struct used *used, int g, int u)
{
    int place = g * used->period_count + u;
    double available = plan->terms->hours_per_tool[place] * fab_view_tools(plan, g, u);
    return !(available > 0) || fab_view_is_full(used->hours[place], available); /* a group without tools holds wafers too */
}

/* The tool group whose full hours ahead of a wafer that goes on at once are worth most. */
static int find_holder(const fab_plan *plan, const struct used *used, const struct fab_wip_group *group)
{
    const struct fab_go none = {0}, *go = group->go_count > 0 ? &group->go[0] : &none;
    int holder = FAB_NONE;
    double most = 0;
    for (int l = go->first_load; l < go->first_load + go->load_count; l++) {
        const struct fab_load *load = &plan->terms->load[l];
        double usd = load->hours * plan->solution->multiplier[fab_program_at(plan->program, FAB_CAP, load->tool_group, load->period)];
        if (usd > most && is_full(plan, used, load->tool_group, load->period)) {
            most = usd;
            holder = load->tool_group;
        }
    }
    return holder;
}

/* ---- groups ---- */

/* What is only the rounding of 0 of a size is 0. */
static double tidy(double value, double size)
{
    return value > ROUNDING * size ? value : 0;
}

static void view_group(const fab_plan *plan, const struct used *used, int k, struct fab_wip_view *view)
{
    const struct fab_wip_group *group = &plan->terms->wip[k];
    double wafer_days = 0;
    *view = (struct fab_wip_view){.tool_group = FAB_NONE};
    for (int w = 0; w < group->go_count; w++) {
        double wafers = fab_view_column(plan, fab_program_go(plan->program, k, &group->go[w]));
        view->going += wafers;
        wafer_days += wafers * ((group->go[w].begin + group->go[w].end) / 2 - group->first_day);
    }
    view->waiting = tidy(fab_view_value(plan, FAB_WAIT, k, FAB_NONE), group->wafers);
    view->waiting_units = view->waiting * group->good_units;
    view->going = tidy(view->going, group->wafers);
    view->delay_days = view->going > 0 ? tidy(wafer_days / view->going, 1) : (double)NAN;
    if (view->waiting > 0 || view->delay_days > 0)
        view->tool_group = find_holder(plan, used, group);
}

struct fab_wip_view *fab_view_wip(const fab_plan *plan)
{
    int T = plan->terms->period_count;
    struct fab_wip_view *views = calloc((size_t)plan->terms->wip_count + 1, sizeof *views);
    struct used used = {T, calloc((size_t)plan->model->tool_group_count * (size_t)T + 1, sizeof *used.hours)};
    if (!views || !used.hours) {
        free(views);
        free(used.hours);
        return NULL;
    }
    if (plan->terms->wip_count > 0)
        fab_view_each_addend(plan, FAB_CAP, add_used, &used);
    for (int k = 0; k < plan->terms->wip_count; k++)
        if (!plan->terms->wip[k].begun)
            view_group(plan, &used, k, &views[k]);
    free(used.hours);
    return views;
}

/* ---- warnings ---- */

/* The tool group that holds most wafers of those that wait or are late; "" when none does. */
static const char *find_main_holder(const fab_plan *plan, const struct fab_wip_view *views, double *wafers)
{
    int main_holder = FAB_NONE;
    *wafers = 0;
    for (int g = 0; g < plan->model->tool_group_count; g++) {
        double held = 0;
        for (int k = 0; k < plan->terms->wip_count; k++)
            if (!plan->terms->wip[k].begun && views[k].tool_group == g)
                held += plan->terms->wip[k].wafers;
        if (held > *wafers) {
            *wafers = held;
            main_holder = g;
        }
    }
    return main_holder == FAB_NONE ? "" : plan->model->tool_group[main_holder].tool_group;
}

fab_status fab_wip_warn(fab_context *context, const fab_plan *plan)
{
    fab_status status = FAB_OK;
    double waiting = 0, units = 0, late = 0, wafer_days = 0, held = 0;
    struct fab_wip_view *views = fab_view_wip(plan);
    TRY_MEMORY(context, views);
    for (int k = 0; k < plan->terms->wip_count; k++) {
        waiting += views[k].waiting;
        units += views[k].waiting_units;
        if (views[k].delay_days > 0) {
            late += views[k].going;
            wafer_days += views[k].going * views[k].delay_days;
        }
    }
    const char *holder = find_main_holder(plan, views, &held);
    if (waiting > 0)
        fab_say(context, FAB_LEVEL_WARNING, "starting WIP: %.6g wafers (%.6g good units) do not go on inside the horizon%s%s", waiting, units,
                *holder ? "; most are held by " : "", holder);
    if (late > 0)
        fab_say(context, FAB_LEVEL_WARNING, "starting WIP: lots of %.6g wafers arrive later than they could, by %.3g days on average%s%s", late, wafer_days / late,
                *holder ? "; most are held by " : "", holder);
out:
    free(views);
    return status;
}
