/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "wip_view.h"

#include <stdlib.h>

static void write_group(struct fab_plan_table *w, const struct fab_wip_group *group, const struct fab_wip_view *view)
{
    const fab_model *model = w->plan->model;
    fab_plan_table_row(w);
    fab_plan_table_text(w, model->source[group->source].source);
    fab_plan_table_real(w, group->progress);
    fab_plan_table_text(w, group->held ? "held" : "active");
    fab_plan_table_real(w, group->wafers);
    fab_plan_table_real(w, view->going);
    fab_plan_table_real(w, view->waiting);
    fab_plan_table_real(w, view->delay_days);
    fab_plan_table_text(w, view->tool_group == FAB_NONE ? NULL : model->tool_group[view->tool_group].tool_group);
}

fab_table *fab_table_wip(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_wip", "source progress status wafers going waiting delay_days tool_group");
    struct fab_wip_view *views = fab_view_wip(plan);
    w.failed = w.failed || !views;
    for (int k = 0; views && k < plan->terms->wip_count; k++)
        if (!plan->terms->wip[k].begun)
            write_group(&w, &plan->terms->wip[k], &views[k]);
    free(views);
    return fab_plan_table_end(&w);
}
