/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools_fixed.h"

#include "near.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_tool(const struct fab_lp_column *column)
{
    return column->tag.family == FAB_N || column->tag.family == FAB_R;
}

static int compare_orders(const void *left, const void *right)
{
    return strcmp(((const struct fab_tool_order *)left)->name, ((const struct fab_tool_order *)right)->name);
}

fab_status fab_tools_of_program(fab_context *context, const fab_lp *lp, const double x[], struct fab_tools *tools)
{
    fab_status status = FAB_OK;
    *tools = (struct fab_tools){0};
    TRY_MEMORY(context, tools->order = calloc((size_t)lp->column_count + 1, sizeof *tools->order));
    for (int j = 0; j < lp->column_count; j++)
        if (is_tool(&lp->column[j]))
            tools->order[tools->count++] = (struct fab_tool_order){lp->column[j].name, fmax(0, x[j])};
    qsort(tools->order, (size_t)tools->count, sizeof *tools->order, compare_orders);
out:
    return status;
}

fab_status fab_tools_take(fab_context *context, const fab_plan *plan, const double x[], struct fab_tools *tools)
{
    fab_status status = fab_tools_of_program(context, plan->program->lp, x, tools);
    tools->plan = plan;
    return status;
}

double fab_tools_find(const struct fab_tools *tools, const char *name)
{
    const struct fab_tool_order wanted = {name, 0}, *order = bsearch(&wanted, tools->order, (size_t)tools->count, sizeof *order, compare_orders);
    return order ? order->tools : 0;
}

void fab_tools_fini(struct fab_tools *tools)
{
    free(tools->order);
    fab_lp_solution_free(tools->start);
    *tools = (struct fab_tools){0};
}

/* Every order that is not 0 has its column. */
static bool fix(fab_lp *lp, const struct fab_tools *tools, bool settle)
{
    int wanted = 0, found = 0;
    for (int n = 0; n < tools->count; n++)
        wanted += tools->order[n].tools > 0;
    for (int j = 0; j < lp->column_count; j++) {
        struct fab_lp_column *column = &lp->column[j];
        if (!is_tool(column))
            continue;
        column->lower = column->upper = fab_tools_find(tools, column->name);
        column->settled = settle;
        found += column->upper > 0;
    }
    return found == wanted;
}

fab_status fab_tools_prepare(fab_context *context, struct fab_tools *tools)
{
    fab_status status = FAB_OK;
    fab_lp *lp = NULL;
    fab_solver *solver = NULL;
    fab_lp_solution *solution = NULL;
    TRY(fab_lp_copy(context, tools->plan->program->lp, &lp));
    if (!fix(lp, tools, false)) /* the whole program is kinder to presolve: 1.9e-12 of residual in the sample against 5.6e-9 */
        goto out;
    TRY(fab_solver_open(context, lp, &solver));
    TRY(fab_solver_solve(context, solver, NULL, &solution));
    if (solution->outcome != FAB_OPTIMAL)
        goto out;
    tools->start = solution;
    solution = NULL;
out:
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_lp_free(lp);
    return status;
}

fab_status fab_tools_fix(fab_context *context, fab_plan *plan, const struct fab_tools *tools, bool *possible, fab_lp_certificate *certificate)
{
    fab_status status = FAB_OK;
    fab_lp *lp = plan->program->lp;
    fab_solver *solver = NULL;
    fab_lp_solution *solution = NULL;
    *possible = false;
    if (!fix(lp, tools, true))
        return FAB_OK;
    TRY(fab_solver_open(context, lp, &solver));
    TRY(fab_near_start(context, tools->plan->program->lp, tools->start ? tools->start : tools->plan->solution, solver));
    TRY(fab_widen_solve(context, plan->program, solver, NULL, &solution));
    if (solution->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(context, lp, solution->x, solution->multiplier, certificate));
    if (!certificate->verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "the plan with its tools fixed cannot be proven: gap %.3g (allowed %.3g)", certificate->gap, FAB_LP_GAP));
    *possible = true;
out:
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    return status;
}
