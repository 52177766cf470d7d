/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "again.h"

#include "terms_build.h"
#include "try.h"
#include "widen.h"

#include <stdlib.h>

fab_status fab_plan_build(fab_context *context, const fab_model *model, fab_plan **result)
{
    fab_status status = FAB_OK;
    fab_plan *plan = NULL;
    TRY_MEMORY(context, plan = calloc(1, sizeof *plan));
    plan->model = model;
    plan->policy = fab_policy_find("profit");
    plan->outcome = FAB_LIMIT;
    TRY(fab_terms_new(context, model, &plan->terms));
    TRY(fab_program_new(context, plan->terms, NULL, &plan->program));
    *result = plan;
    plan = NULL;
out:
    fab_plan_free(plan);
    return status;
}

fab_status fab_plan_solve_again(fab_context *context, fab_plan *plan, const struct fab_stored_point *point, const fab_solver_options *options)
{
    fab_status status = FAB_OK;
    if (point->x)
        fab_widen_to(plan->program, point->x);
    TRY(fab_solver_open(context, plan->program->lp, &plan->solver));
    TRY(fab_solver_give_basis(context, plan->solver, point->row_status, point->column_status));
    TRY(fab_widen_solve(context, plan->program, plan->solver, options, &plan->solution));
    plan->outcome = plan->solution->outcome;
    if (plan->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(context, plan->program->lp, plan->solution->x, plan->solution->multiplier, &plan->certificate));
    if (!plan->certificate.verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "the plan cannot be proven again: gap %.3g (allowed %.3g)", plan->certificate.gap, FAB_LP_GAP));
    plan->complete = true;
    fab_program_totals(plan->program, plan->solution->x, plan->totals);
out:
    return status;
}
