/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "independence.h"
#include "plan_table.h"

#include <math.h>

/* What weights of layers with data are multiplied by, so that they bear those of the layers without. */
static double spread(const fab_model *model)
{
    double all = 0, known = 0;
    for (int l = 0; l < model->layer_count; l++) {
        all += model->layer[l].weight;
        known += fab_independence_has_data(model, l) ? model->layer[l].weight : 0;
    }
    return known > 0 ? all / known : 0;
}

fab_table *fab_table_independence(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_independence", "layer period own_share weight");
    struct fab_independence independence = {0};
    double factor = spread(model);
    if (model->layer_count > 0 && !fab_independence_make(plan, &independence))
        w.failed = true;
    for (int l = 0; !w.failed && l < model->layer_count; l++)
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, model->layer[l].layer);
            fab_plan_table_text(&w, plan->terms->period[t].name);
            fab_plan_table_real(&w, fab_independence_share(plan, &independence, l, t));
            fab_plan_table_real(&w, fab_independence_has_data(model, l) ? factor * model->layer[l].weight : 0);
        }
    fab_independence_free(&independence);
    return fab_plan_table_end(&w);
}

static const char *layer_name(fab_layer_kind kind)
{
    static const char *const names[] = {[FAB_LAYER_LOGIC] = "LO", [FAB_LAYER_MEMORY] = "ME", [FAB_LAYER_PACKAGING] = "PK"};
    return names[kind];
}

fab_table *fab_table_own(const fab_plan *plan, int64_t number)
{
    const fab_model *model = plan->model;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_own", "item period layer own_share shipped own_units");
    struct fab_independence independence = {0};
    if (model->layer_count > 0 && !fab_independence_make(plan, &independence))
        w.failed = true;
    for (int i = 0; !w.failed && model->layer_count > 0 && i < model->item_count; i++)
        for (int t = 0; independence.kind[i] != FAB_LAYER_NONE && t < plan->terms->horizon_periods; t++) {
            bool chip = independence.kind[i] == FAB_LAYER_PACKAGING;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, model->item[i].item);
            fab_plan_table_text(&w, plan->terms->period[t].name);
            fab_plan_table_text(&w, layer_name(independence.kind[i]));
            fab_plan_table_real(&w, independence.own[i * independence.period_count + t]);
            fab_plan_table_real(&w, independence.shipped[i * independence.period_count + t]);
            fab_plan_table_real(&w, chip ? fab_independence_own_units(plan, &independence, i, t) : (double)NAN);
        }
    fab_independence_free(&independence);
    return fab_plan_table_end(&w);
}
