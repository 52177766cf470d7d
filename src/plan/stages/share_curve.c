/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "share_curve.h"

#include "try.h"
#include "weigh_independence.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>

const double fab_share_steps[FAB_SHARE_POINTS] = {0.01, 0.02, 0.05, 0.1, 0.2};

/* A share above 1 by no more than rounding is 1. */
#define NEARLY 1e-12

/* The value of what arrives less the share of it: at 0 what is own, at 1 minus what is not. */
static fab_status weigh(fab_context *context, const fab_plan *plan, fab_layer_kind layer, double share, double **weight, double *constant)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(context, *weight = calloc((size_t)plan->program->lp->column_count + 1, sizeof **weight));
    fab_weigh_share(plan->program, layer, share, *weight, constant);
out:
    return status;
}

fab_status fab_share_at(fab_context *context, const fab_plan *plan, fab_layer_kind layer, const double x[], double *share)
{
    fab_status status = FAB_OK;
    double value[2];
    for (int whole = 0; whole < 2; whole++) {
        double *weight = NULL;
        TRY(weigh(context, plan, layer, whole, &weight, &value[whole]));
        for (int j = 0; j < plan->program->lp->column_count; j++)
            value[whole] += weight[j] * x[j];
        free(weight);
    }
    *share = value[0] - value[1] > 0 ? value[0] / (value[0] - value[1]) : (double)NAN;
out:
    return status;
}

/* At least a share is own, as a row of the solver. */
static fab_status add_row(fab_context *context, const fab_plan *plan, fab_layer_kind layer, double share, fab_solver *solver)
{
    fab_status status = FAB_OK;
    int columns = plan->program->lp->column_count, count = 0;
    double *weight = NULL, constant = 0;
    int *column = NULL;
    TRY(weigh(context, plan, layer, share, &weight, &constant));
    TRY_MEMORY(context, column = malloc(((size_t)columns + 1) * sizeof *column));
    for (int j = 0; j < columns; j++)
        if (weight[j] != 0) {
            weight[count] = weight[j];
            column[count++] = j;
        }
    const struct fab_lp_row row = {.name = "own share", .lower = 0.0 - constant, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    TRY(fab_solver_add_row(context, solver, &row, &(struct fab_lp_terms){count, column, weight}, NULL));
out:
    free(weight);
    free(column);
    return status;
}

/* From the basis of the plan: the row of the share is new. Open orders may be more than can be outweighed: then it is not possible. */
static fab_status find_point(fab_context *context, fab_plan *plan, fab_layer_kind layer, struct fab_share_point *point, bool *possible)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    fab_lp_solution *found = NULL;
    TRY(fab_solver_open(context, plan->program->lp, &solver));
    TRY(add_row(context, plan, layer, point->share, solver));
    TRY(fab_solver_give_basis(context, solver, plan->solution->row_status, plan->solution->column_status));
    TRY(fab_widen_solve(context, plan->program, solver, NULL, &found));
    *possible = found->outcome == FAB_OPTIMAL;
    if (!*possible)
        goto out;
    TRY(fab_lp_check(context, fab_solver_program(solver), found->x, found->multiplier, &point->certificate));
    if (!point->certificate.verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "the profit with an own share of %.4g cannot be proven: gap %.3g (allowed %.3g)", point->share, point->certificate.gap, FAB_LP_GAP));
    TRY(fab_share_at(context, plan, layer, found->x, &point->reached));
out:
    fab_lp_solution_free(found);
    fab_solver_close(solver);
    return status;
}

fab_status fab_share_curve(fab_context *context, fab_plan *plan, fab_layer_kind layer, double first, struct fab_share_point points[FAB_SHARE_POINTS], int *count)
{
    fab_status status = FAB_OK;
    bool possible = true;
    *count = 0;
    for (int p = 0; p < FAB_SHARE_POINTS && possible; p++) {
        double share = first + fab_share_steps[p];
        if (!(share <= 1 + NEARLY))
            break;
        points[p] = (struct fab_share_point){.share = fmin(1, share)};
        TRY(find_point(context, plan, layer, &points[p], &possible));
        *count += possible;
    }
out:
    return status;
}
