/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_outcome.h"

#include "view.h"

#include <math.h>

/* Orders below this are rounding. */
#define NO_TOOL 1e-9

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value + 0.0) : json_null();
}

/* Takes the row, also when it fails. */
static bool append(json_t *array, json_t *row)
{
    return array && row && json_array_append_new(array, row) == 0;
}

/* The array, or NULL when a part of it is missing. */
static json_t *whole(json_t *array, bool good)
{
    if (good)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *customers_json(const fab_plan *plan)
{
    json_t *array = json_array();
    bool good = array != NULL;
    for (int c = 0; good && c < plan->model->customer_count; c++) {
        double shipped = 0, demanded = fab_view_customer(plan, c, &shipped);
        if (!(demanded > 0) && !(shipped > 0))
            continue;
        good = append(array, json_pack("{s:s, s:o, s:o, s:o}", "customer", plan->model->customer[c].customer, "demanded_usd", number(demanded), "shipped_usd", number(shipped), "fill",
                                       number(demanded > 0 ? shipped / demanded : (double)NAN)));
    }
    return whole(array, good);
}

static json_t *tools_json(const fab_plan *plan)
{
    json_t *array = json_array();
    bool good = array != NULL;
    for (int g = 0; good && g < plan->model->tool_group_count; g++) {
        const struct fab_tool_group *group = &plan->model->tool_group[g];
        double tools = 0, removed = 0;
        int first = FAB_NONE;
        for (int t = 0; t < plan->terms->period_count; t++) {
            double ordered = fab_view_value(plan, FAB_N, g, t);
            tools += ordered;
            removed += fab_view_value(plan, FAB_R, g, t);
            first = first == FAB_NONE && ordered > NO_TOOL ? t : first;
        }
        if (tools > NO_TOOL || removed > NO_TOOL)
            good = append(array, json_pack("{s:s, s:o, s:o, s:o, s:o}", "tool_group", group->tool_group, "tools", number(tools), "removed", number(removed), "usd", number(tools > 0 ? tools * group->price_usd : 0),
                                           "first_period", first == FAB_NONE ? json_null() : json_string(plan->terms->period[first].name)));
    }
    return whole(array, good);
}

/* By customer, item and period; orders of one customer and item together. */
static double shipped_in(const fab_plan *plan, int d, int t)
{
    const struct fab_demand *first = &plan->model->demand[d];
    double quantity = 0;
    for (int e = 0; e < plan->model->demand_count; e++)
        if (plan->model->demand[e].customer == first->customer && plan->model->demand[e].item == first->item)
            quantity += fab_view_value(plan, FAB_Y, e, t);
    return quantity;
}

static bool is_first_order(const fab_model *model, int d)
{
    for (int e = 0; e < d; e++)
        if (model->demand[e].customer == model->demand[d].customer && model->demand[e].item == model->demand[d].item)
            return false;
    return true;
}

static json_t *shipments_json(const fab_plan *plan)
{
    const fab_model *model = plan->model;
    json_t *array = json_array();
    bool good = array != NULL;
    for (int d = 0; good && d < model->demand_count; d++)
        for (int t = 0; good && is_first_order(model, d) && t < plan->terms->period_count; t++) {
            double quantity = shipped_in(plan, d, t);
            if (quantity > 0)
                good = append(array, json_pack("{s:s, s:s, s:s, s:o}", "customer", model->customer[model->demand[d].customer].customer, "item", model->item[model->demand[d].item].item, "period",
                                               plan->terms->period[t].name, "quantity", number(quantity)));
        }
    return whole(array, good);
}

static const char *status_of(const fab_plan *plan)
{
    switch (plan->outcome) {
    case FAB_OPTIMAL: return plan->complete ? "optimal" : "limit";
    case FAB_INFEASIBLE: return "infeasible";
    case FAB_UNDECIDED: return "undecided";
    case FAB_LIMIT: break;
    }
    return "limit";
}

json_t *fab_sweep_failure_json(const char *status, const char *note)
{
    return json_pack("{s:s, s:s, s:[], s:[], s:[]}", "status", status, "note", note, "customers", "tools", "shipments");
}

json_t *fab_sweep_outcome_json(const fab_plan *plan, const struct fab_sweep_fixed *fixed)
{
    const fab_lp_certificate *certificate = &plan->certificate;
    if (plan->outcome != FAB_OPTIMAL)
        return fab_sweep_failure_json(status_of(plan), "no plan exists, or none was found");
    double with_base = fixed->possible ? fixed->certificate.objective : (double)NAN, bound = fixed->possible ? fixed->certificate.bound : (double)NAN;
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "status", status_of(plan), "note", fixed->possible ? "" : fixed->unproven ? "with the base's tools nothing could be proven" : "the base's tools cannot be had", "objective_usd",
                     number(certificate->objective), "bound_usd", number(certificate->bound), "gap", number(certificate->gap), "profit_usd", number(plan->profit_usd), "base_tools_usd", number(with_base),
                     "base_tools_bound_usd", number(bound), "customers", customers_json(plan), "tools", tools_json(plan), "shipments", shipments_json(plan));
}
