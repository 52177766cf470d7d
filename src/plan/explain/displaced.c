/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "displaced.h"

#include "margin.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_GROUPS = 3, TEXT_SIZE = 512 };

/* A tool group and the item that wants its hours. */
struct contest {
    const struct fab_margins *margins;
    int tool_group, item;
    double usd_per_hour;
};

static bool ships(const fab_plan *plan, int item)
{
    for (int d = 0; d < plan->terms->horizon_orders; d++)
        for (int t = 0; plan->model->demand[d].item == item && t < plan->terms->period_count; t++)
            if (fab_view_value(plan, FAB_Y, d, t) > 0)
                return true;
    return false;
}

static void write_row(struct fab_plan_table *w, const struct contest *contest, int other, double other_usd)
{
    const fab_model *model = w->plan->model;
    const char *group = model->tool_group[contest->tool_group].tool_group, *item = model->item[contest->item].item, *winner = model->item[other].item;
    char text[TEXT_SIZE];
    double times = contest->usd_per_hour > 0 ? other_usd / contest->usd_per_hour : (double)NAN;
    if (isnan(times))
        snprintf(text, sizeof text, "%s earns %.6g USD per %s hour, %s %.6g", winner, other_usd, group, item, contest->usd_per_hour);
    else
        snprintf(text, sizeof text, "%s earns %.3g times what %s earns per %s hour", winner, times, item, group);
    fab_plan_table_row(w);
    fab_plan_table_text(w, group);
    fab_plan_table_text(w, item);
    fab_plan_table_real(w, contest->usd_per_hour);
    fab_plan_table_text(w, winner);
    fab_plan_table_real(w, other_usd);
    fab_plan_table_real(w, times);
    fab_plan_table_copy(w, text);
}

/* The item that earns most below a limit, and more than the one that wants the hours; FAB_NONE: none is left. Equals are in the order of the items. */
static int find_next(const struct contest *contest, double limit, int last)
{
    const fab_plan *plan = contest->margins->plan;
    int best = FAB_NONE;
    double most = -(double)INFINITY;
    for (int i = 0; i < plan->model->item_count; i++) {
        double usd = i == contest->item ? (double)NAN : fab_margin_per_hour(contest->margins, i, contest->tool_group);
        if (!isnan(usd) && (usd < limit || (usd == limit && i > last)) && usd > most && usd > contest->usd_per_hour && ships(plan, i)) {
            most = usd;
            best = i;
        }
    }
    return best;
}

static void write_group(struct fab_plan_table *w, const struct contest *contest)
{
    double limit = (double)INFINITY;
    int other = FAB_NONE;
    while ((other = find_next(contest, limit, other)) != FAB_NONE) {
        limit = fab_margin_per_hour(contest->margins, other, contest->tool_group);
        write_row(w, contest, other, limit);
    }
}

static int find_group(const fab_model *model, const char *key)
{
    for (int g = 0; g < model->tool_group_count; g++)
        if (strcmp(model->tool_group[g].tool_group, key) == 0)
            return g;
    return FAB_NONE;
}

fab_table *fab_displaced_table(const fab_plan *plan, int item, const fab_table *chain)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "displaced", "tool_group item usd_per_hour other_item other_usd_per_hour times text");
    struct fab_margins *margins = fab_margins_new(plan);
    int family = fab_table_find_column(chain, "family"), key = fab_table_find_column(chain, "key"), usd = fab_table_find_column(chain, "usd"), groups = 0;
    w.failed = w.failed || !margins;
    for (int r = 0; !w.failed && r < fab_table_rows(chain) && groups < MOST_GROUPS; r++) {
        if (strcmp(fab_table_get(chain, r, family)->text, "CAP") != 0 || !(fab_value_number(fab_table_get(chain, r, usd)) > 0))
            continue;
        struct contest contest = {margins, find_group(plan->model, fab_table_get(chain, r, key)->text), item, 0};
        if (contest.tool_group == FAB_NONE)
            continue;
        contest.usd_per_hour = fab_margin_per_hour(margins, item, contest.tool_group);
        groups++;
        if (!isnan(contest.usd_per_hour))
            write_group(&w, &contest);
    }
    fab_margins_free(margins);
    return fab_plan_table_end(&w);
}
