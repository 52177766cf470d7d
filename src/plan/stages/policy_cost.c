/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy_cost.h"

#include "clock.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* 0 within the gaps of the two optima that it is the difference of. */
static double difference(double first, double first_gap, double second, double second_gap)
{
    double doubt = fabs(first_gap) * fmax(1, fabs(first)) + fabs(second_gap) * fmax(1, fabs(second));
    return fabs(first - second) <= doubt ? 0 : first - second;
}

double fab_policy_price(const fab_plan *plan)
{
    if (!plan->stages.profit.x)
        return 0;
    return difference(plan->stages.profit.objective, plan->stages.profit.gap, plan->certificate.objective, plan->certificate.gap);
}

double fab_policy_last_usd(const fab_plan *plan, const struct fab_kept *kept)
{
    return fmax(0, -plan->solution->multiplier[kept->row]);
}

static fab_status find_loss(fab_context *context, fab_plan *plan, int number, const fab_solver_options *options)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    fab_lp_certificate certificate;
    int row = plan->program->kept[number].row;
    TRY(fab_plan_stand(context, plan));
    TRY(fab_solver_set_row_limits(context, plan->solver, row, -(double)INFINITY, (double)INFINITY));
    TRY(fab_solver_solve(context, plan->solver, options, &found));
    if (found->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(context, fab_solver_program(plan->solver), found->x, found->multiplier, &certificate));
    if (certificate.verified)
        plan->loss_usd[number] = difference(certificate.objective, certificate.gap, plan->certificate.objective, plan->certificate.gap);
out:
    fab_lp_solution_free(found);
    return status;
}

fab_status fab_policy_losses(fab_context *context, fab_plan *plan, const fab_solver_options *options)
{
    fab_status status = FAB_OK;
    char *row_status = NULL, *column_status = NULL;
    int count = plan->program->kept_count;
    if (!count)
        return FAB_OK;
    TRY_MEMORY(context, plan->loss_usd = fab_arena_take(plan->program->lp->arena, (size_t)count, sizeof *plan->loss_usd));
    TRY(fab_solver_take_basis(context, plan->solver, &row_status, &column_status));
    for (int k = 0; k < count; k++) {
        const struct fab_kept *kept = &plan->program->kept[k];
        bool late = options->deadline > 0 && fab_clock() >= options->deadline;
        plan->loss_usd[k] = (double)NAN;
        if (kept->kind == FAB_KEPT_SERVED && fab_policy_last_usd(plan, kept) == 0)
            plan->loss_usd[k] = 0; /* the proof holds without the row */
        else if (kept->kind == FAB_KEPT_SERVED && !late)
            TRY(find_loss(context, plan, k, options));
    }
    TRY(fab_plan_stand(context, plan));
    TRY(fab_solver_give_basis(context, plan->solver, row_status, column_status));
out:
    free(row_status);
    free(column_status);
    return status;
}
