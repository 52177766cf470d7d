/* What calm costs: a curve of five points. SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "calm_curve.h"
#include "planning.h"
#include "result.h"
#include "try.h"

static fab_status add_facts(fab_context *context, const fab_plan *plan, fab_result *result)
{
    static const char *const columns[] = {"policy", "status", "objective_usd", "bound_usd", "gap"};
    fab_status status = FAB_OK;
    fab_table *facts = NULL;
    fab_value *row = NULL;
    TRY_MEMORY(context, facts = fab_table_new("calm", columns, 5));
    TRY_MEMORY(context, row = fab_table_add_row(facts));
    row[0] = fab_text(fab_table_keep(facts, plan->policy->name));
    row[1] = fab_text(plan->outcome == FAB_OPTIMAL ? "optimal" : plan->outcome == FAB_INFEASIBLE ? "infeasible" : plan->outcome == FAB_UNDECIDED ? "undecided" : "limit");
    if (plan->outcome == FAB_OPTIMAL) {
        row[2] = fab_real(plan->certificate.objective);
        row[3] = fab_real(plan->certificate.bound);
        row[4] = fab_real(plan->certificate.gap);
    }
    status = fab_result_add(context, result, &(fab_section){.kind = FAB_SECTION_FACTS}, facts);
    facts = NULL;
out:
    fab_table_free(facts);
    return status;
}

static fab_status add_points(fab_context *context, const fab_plan *plan, const struct fab_calm_point *points, int count, fab_result *result)
{
    static const char *const columns[] = {"share", "objective_usd", "given_usd", "movement", "movement_bound", "gap", "restlessness", "check"};
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    TRY_MEMORY(context, table = fab_table_new("points", columns, 8));
    for (int p = 0; p < count; p++) {
        fab_value *row = NULL;
        TRY_MEMORY(context, row = fab_table_add_row(table));
        row[0] = fab_real(points[p].share);
        row[1] = fab_real(points[p].objective);
        row[2] = fab_real(plan->certificate.objective - points[p].objective);
        row[3] = fab_real(points[p].movement);
        row[4] = fab_real(points[p].bound);
        row[5] = fab_real(points[p].gap);
        row[6] = fab_real(points[p].restlessness);
        row[7] = fab_text(points[p].verified ? "verified" : "rejected");
    }
    status = fab_result_add_list(context, result, "points", NULL, table);
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

static fab_status answer(fab_context *context, fab_plan *plan, const fab_solver_options *options, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_calm_point points[FAB_CALM_POINTS];
    int count = 0;
    fab_result *made = NULL;
    TRY_MEMORY(context, made = fab_result_new("fabplan.calm/1"));
    if (plan->outcome == FAB_OPTIMAL && plan->certificate.verified)
        TRY(fab_calm_curve(context, plan, options, points, &count));
    TRY(add_facts(context, plan, made));
    TRY(add_points(context, plan, points, count, made));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

fab_status fab_calm(fab_context *context, fab *handle, const fab_calm_request *request, fab_outcome *outcome, fab_result **result)
{
    static const double within = 0.001;
    fab_status status = FAB_OK;
    struct fab_planning planning = {.policy = request->policy ? request->policy : "profit", .asked = {.within = within}, .scenario = request->scenario, .start = request->start};
    struct fab_planned planned = {0};
    fab_plan *plan = NULL;
    *result = NULL;
    TRY(fab_planning_load(context, handle, &planning, &planned));
    TRY(fab_plan_optimise(context, planned.model, &(fab_plan_options){.policy = planning.policy, .asked = planned.asked, .time_limit_seconds = request->time_limit_seconds}, &plan));
    *outcome = plan->outcome;
    TRY(answer(context, plan, &(fab_solver_options){.deadline = plan->deadline}, result));
out:
    fab_plan_free(plan);
    fab_planned_fini(&planned);
    return status;
}
