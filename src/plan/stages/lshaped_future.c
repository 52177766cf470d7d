/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lshaped_future.h"

#include "elastic.h"
#include "near.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

fab_status fab_lshaped_future_open(fab_context *context, const struct fab_extensive *extensive, int f, const struct fab_lshaped_tools *tools, struct fab_lshaped_future *future)
{
    fab_status status = FAB_OK;
    fab_program *program = extensive->future[f].program;
    const int *place = extensive->place + extensive->first[f];
    *future = (struct fab_lshaped_future){.number = f, .tools = tools->count, .share = fab_extensive_share(extensive, f), .program = program};
    TRY_MEMORY(context, future->tool = calloc((size_t)program->lp->column_count + 1, sizeof *future->tool));
    TRY_MEMORY(context, future->lower = calloc((size_t)program->lp->column_count + 1, sizeof *future->lower));
    TRY_MEMORY(context, future->upper = calloc((size_t)program->lp->column_count + 1, sizeof *future->upper));
    for (int j = 0; j < program->lp->column_count; j++) {
        future->lower[j] = program->lp->column[j].lower;
        future->upper[j] = program->lp->column[j].upper;
        future->tool[j] = fab_extensive_is_tool(&program->lp->column[j]) && place[j] != FAB_NONE ? tools->of[place[j]] : FAB_NONE;
    }
out:
    return status;
}

void fab_lshaped_future_close(struct fab_lshaped_future *future)
{
    for (int j = 0; future->upper && j < future->program->lp->column_count; j++)
        if (fab_extensive_is_tool(&future->program->lp->column[j])) {
            future->program->lp->column[j].lower = future->lower[j];
            future->program->lp->column[j].upper = future->upper[j];
        }
    fab_solver_close(future->solver);
    fab_lp_solution_free(future->now);
    fab_lp_solution_free(future->best);
    free(future->tool);
    free(future->lower);
    free(future->upper);
    *future = (struct fab_lshaped_future){0};
}

static fab_status make_cut(fab_context *context, const struct fab_lshaped_future *future, const double multiplier[], bool possibility, struct fab_lshaped_cut *cut)
{
    const struct fab_lshaped_program of = {future->number, future->program->lp, future->tool, future->tools};
    return fab_lshaped_cut_make(context, &of, possibility, multiplier, cut);
}

/* Orders that not every future knows are not made. */
static fab_status set_tools(fab_context *context, struct fab_lshaped_future *future, const double x[])
{
    fab_status status = FAB_OK;
    for (int j = 0; j < future->program->lp->column_count; j++) {
        struct fab_lp_column *column = &future->program->lp->column[j];
        if (!fab_extensive_is_tool(column))
            continue;
        column->lower = column->upper = future->tool[j] == FAB_NONE ? 0 : x[future->tool[j]];
        TRY(fab_solver_set_column_limits(context, future->solver, j, column->lower, column->upper));
    }
out:
    return status;
}

static fab_status solve(fab_context *context, struct fab_lshaped_future *future, double deadline, fab_outcome *outcome)
{
    fab_status status = FAB_OK;
    fab_lp_solution_free(future->now);
    future->now = NULL;
    TRY(fab_widen_solve(context, future->program, future->solver, &(fab_solver_options){.deadline = deadline}, &future->now));
    *outcome = future->now->outcome;
    if (*outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(context, future->program->lp, future->now->x, future->now->multiplier, &future->certificate));
    if (!fab_lp_is_feasible(&future->certificate))
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "a future with its tools fixed cannot be proven: residual %.3g (allowed %.3g)", fmax(future->certificate.row_residual, future->certificate.column_residual), FAB_LP_FEASIBILITY));
out:
    return status;
}

fab_status fab_lshaped_future_alone(fab_context *context, struct fab_lshaped_future *future, const struct fab_lshaped_future *near, double deadline, fab_outcome *outcome, double x[], struct fab_lshaped_cut *cut)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = future->program->lp;
    TRY(fab_solver_open(context, lp, &future->solver));
    if (near && near->now)
        TRY(fab_near_start(context, near->program->lp, near->now, future->solver));
    TRY(solve(context, future, deadline, outcome));
    if (*outcome != FAB_OPTIMAL)
        goto out;
    for (int j = 0; j < lp->column_count; j++)
        if (future->tool[j] != FAB_NONE)
            x[future->tool[j]] = fmax(0, future->now->x[j]);
    TRY(make_cut(context, future, future->now->multiplier, false, cut));
out:
    return status;
}

/* Why tools cannot be had: the multipliers of the least by which rows must be broken. */
static fab_status blame(fab_context *context, struct fab_lshaped_future *future, fab_outcome *outcome, struct fab_lshaped_cut *cut)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    struct fab_elastic elastic = {0};
    fab_lp_solution *solution = NULL;
    double least = 0;
    TRY(fab_solver_open(context, future->program->lp, &solver));
    TRY(fab_elastic_open(context, future->program, solver, &elastic));
    TRY(fab_elastic_solve(context, &elastic, NULL, &solution, &least));
    if (!solution || !(least > 0))
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "a future has no plan with tools that are tried, and nothing proves why"));
    TRY(make_cut(context, future, solution->multiplier, true, cut));
    *outcome = FAB_INFEASIBLE;
out:
    fab_lp_solution_free(solution);
    fab_elastic_close(&elastic);
    fab_solver_close(solver);
    return status;
}

fab_status fab_lshaped_future_fix(fab_context *context, struct fab_lshaped_future *future, const double x[], double deadline, fab_outcome *outcome, struct fab_lshaped_cut *cut)
{
    fab_status status = FAB_OK;
    TRY(set_tools(context, future, x));
    TRY(solve(context, future, deadline, outcome));
    if (*outcome == FAB_OPTIMAL)
        TRY(make_cut(context, future, future->now->multiplier, false, cut));
    else if (*outcome == FAB_INFEASIBLE)
        TRY(blame(context, future, outcome, cut));
out:
    return status;
}
