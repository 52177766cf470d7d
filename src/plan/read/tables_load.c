/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "view.h"

#include <stdlib.h>

/* Hours of each tool group and source. */
struct loads {
    const fab_terms *terms;
    double *hours; /* [tool group x source] */
    int horizon_periods, source_count;
};

static void add_load(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct loads *loads = user;
    bool lots = column.family == FAB_GO || column.family == FAB_GO_IN;
    if (row.period >= loads->horizon_periods || !(lots || column.family == FAB_X))
        return;
    int source = lots ? loads->terms->wip[column.a].source : column.a;
    loads->hours[(size_t)row.a * (size_t)loads->source_count + (size_t)source] += amount;
}

fab_table *fab_table_loads(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_load", "tool_group source hours");
    const fab_model *model = plan->model;
    struct loads loads = {plan->terms, NULL, plan->terms->horizon_periods, model->source_count};
    loads.hours = calloc((size_t)model->tool_group_count * (size_t)model->source_count + 1, sizeof *loads.hours);
    w.failed = w.failed || !loads.hours;
    if (loads.hours)
        fab_view_each_addend(plan, FAB_CAP, add_load, &loads);
    for (int g = 0; g < model->tool_group_count && loads.hours; g++)
        for (int s = 0; s < model->source_count; s++) {
            double hours = loads.hours[(size_t)g * (size_t)model->source_count + (size_t)s];
            if (!(hours > 0))
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, model->tool_group[g].tool_group);
            fab_plan_table_text(&w, model->source[s].source);
            fab_plan_table_real(&w, hours);
        }
    free(loads.hours);
    return fab_plan_table_end(&w);
}
