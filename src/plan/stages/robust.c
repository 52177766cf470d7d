/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robust.h"

#include "extensive.h"
#include "lshaped.h"
#include "try.h"
#include "widen.h"

#include <math.h>

enum { MOST_TIMES = 3 };

/* Money that a bound takes, of the objective, below which its reduced cost is rounding. */
#define NOTHING 1e-9

/* ---- solved whole ---- */


/* Bounds that are no limits of the data and decide are widened; how many there were. */
static fab_status widen(struct fab_extensive *extensive, fab_solver *solver, const fab_lp_solution *found, int *count)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = extensive->lp;
    double objective = lp->objective_constant;
    *count = 0;
    for (int j = 0; j < lp->column_count; j++)
        objective += lp->column[j].objective * found->x[j];
    for (int f = 0; f < extensive->count; f++)
        for (int j = 0; j < extensive->future[f].program->lp->column_count; j++) {
            int at = extensive->place[extensive->first[f] + j];
            if (at == FAB_NONE || lp->column[at].lower >= lp->column[at].upper || fab_bound_is_of_data(extensive->future[f].program, j) || found->column_status[at] != 'u' ||
                !(found->reduced_cost[at] * lp->column[at].upper > NOTHING * fmax(1, fabs(objective))))
                continue;
            extensive->lp->column[at].upper = fmin(fmax(lp->column[at].upper * 1000, 1e6), 1e15);
            TRY(fab_solver_set_column_limits(extensive->context, solver, at, lp->column[at].lower, lp->column[at].upper));
            (*count)++;
        }
out:
    return status;
}

static fab_status solve(struct fab_extensive *extensive, struct fab_robust *robust, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    int widened = 1;
    TRY(fab_solver_open(extensive->context, extensive->lp, &solver));
    for (int times = 0; widened > 0 && times < MOST_TIMES; times++) {
        fab_lp_solution_free(*solution);
        *solution = NULL;
        TRY(fab_solver_solve(extensive->context, solver, NULL, solution));
        robust->outcome = (*solution)->outcome;
        widened = 0;
        if (robust->outcome == FAB_OPTIMAL)
            TRY(widen(extensive, solver, *solution, &widened));
    }
    if (robust->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(extensive->context, extensive->lp, (*solution)->x, (*solution)->multiplier, &robust->certificate));
    if (!robust->certificate.verified)
        TRY(fab_fail_as(extensive->context, FAB_REJECTED, "out_of_scale", "one set of tools for all futures cannot be proven: gap %.3g (allowed %.3g)", robust->certificate.gap, FAB_LP_GAP));
out:
    fab_solver_close(solver);
    return status;
}

/* With `fixed` (NULL: none) the tools are these, which gives what another plan's tools are worth on the mean. */
static fab_status solve_whole(fab_context *context, const struct fab_robust_asked *asked, const struct fab_tools *fixed, struct fab_robust *robust)
{
    fab_status status = FAB_OK;
    struct fab_extensive extensive = {0};
    fab_lp_solution *solution = NULL;
    robust->outcome = FAB_INFEASIBLE;
    TRY(fab_extensive_open(context, asked->future, asked->count, &extensive));
    if (fixed && !fab_extensive_fix(&extensive, fixed))
        goto out;
    TRY(solve(&extensive, robust, &solution));
    if (robust->outcome == FAB_OPTIMAL)
        TRY(fab_extensive_tools(&extensive, solution->x, &robust->tools));
out:
    fab_lp_solution_free(solution);
    fab_extensive_close(&extensive);
    return status;
}

/* A future alone, whatever its weight. */
static fab_status solve_alone(fab_context *context, const struct fab_robust_asked *asked, int f, struct fab_robust *robust)
{
    const struct fab_robust_future alone = {asked->future[f].program, 1};
    return solve_whole(context, &(struct fab_robust_asked){.future = &alone, .count = 1}, NULL, robust);
}

/* The mean of the futures' own optima; NAN when one has none. */
static fab_status find_knowing(fab_context *context, const struct fab_robust_asked *asked, double *mean)
{
    fab_status status = FAB_OK;
    double sum = 0, weights = 0;
    for (int f = 0; f < asked->count; f++) {
        struct fab_robust robust = {0};
        if (asked->future[f].weight == 0)
            continue;
        TRY(solve_alone(context, asked, f, &robust));
        sum += asked->future[f].weight * (robust.outcome == FAB_OPTIMAL ? robust.certificate.objective : (double)NAN);
        weights += asked->future[f].weight;
        fab_tools_fini(&robust.tools);
    }
    *mean = sum / weights;
out:
    return status;
}

/* The mean with the tools that are best for the base; NAN when they cannot be had in all futures. */
static fab_status find_base(fab_context *context, const struct fab_robust_asked *asked, double *mean)
{
    fab_status status = FAB_OK;
    struct fab_robust base = {0}, fixed = {0};
    *mean = (double)NAN;
    TRY(solve_alone(context, asked, 0, &base));
    if (base.outcome != FAB_OPTIMAL)
        goto out;
    TRY(solve_whole(context, asked, &base.tools, &fixed));
    if (fixed.outcome == FAB_OPTIMAL)
        *mean = fixed.certificate.objective;
out:
    fab_tools_fini(&base.tools);
    fab_tools_fini(&fixed.tools);
    return status;
}

fab_status fab_robust_solve(fab_context *context, const struct fab_robust_asked *asked, struct fab_robust *robust)
{
    fab_status status = FAB_OK;
    *robust = (struct fab_robust){.outcome = FAB_INFEASIBLE, .base_tools = (double)NAN, .knowing = (double)NAN};
    if (fab_extensive_rows(asked->future, asked->count) > (asked->rows > 0 ? asked->rows : FAB_ROBUST_ROWS))
        return fab_lshaped_solve(context, asked, robust);
    TRY(solve_whole(context, asked, NULL, robust));
    if (robust->outcome != FAB_OPTIMAL)
        goto out;
    TRY(find_base(context, asked, &robust->base_tools));
    TRY(find_knowing(context, asked, &robust->knowing));
out:
    return status;
}
