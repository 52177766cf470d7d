/* The plan of policy `profit`: what every other policy is measured against, and what it may cost; and promises, which come before the policy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies.h"

#include "served.h"
#include "try.h"
#include "weigh.h"
#include "widen.h"

#include <math.h>
#include <string.h>

/* The plan as it was found, whose point and objective stay. */
static fab_status take_profit(struct fab_run *run, const fab_lp_solution *found)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate;
    size_t count = (size_t)run->program->lp->column_count;
    double *x = fab_arena_take(run->program->lp->arena, count + 1, sizeof *x);
    TRY_MEMORY(run->context, x);
    TRY(fab_lp_check(run->context, run->program->lp, found->x, found->multiplier, &certificate));
    memcpy(x, found->x, count * sizeof *x);
    run->answer->profit.x = x;
    run->answer->profit.objective = certificate.objective;
    run->answer->profit.gap = certificate.gap;
out:
    return status;
}

/* Like with like: with whole decisions the plan of policy `profit` has them, too. */
static fab_status find_whole(struct fab_run *run, fab_lp_solution **found, struct fab_whole_proof *proof)
{
    const struct fab_whole_job job = {run->program, run->solver, run->options, run->asked.gap};
    fab_status status = fab_whole_try(run->context, &job, found, proof);
    run->answer->interrupted = run->answer->interrupted || proof->interrupted;
    if (*found && (*found)->outcome == FAB_INFEASIBLE)
        run->answer->whole = *proof;
    return status;
}

/* The most that the policy may cost, as a row of every stage. */
static fab_status keep_profit(struct fab_run *run)
{
    double profit = run->answer->profit.objective, least = profit - run->asked.give * fabs(profit);
    if (!run->asked.limited)
        return FAB_OK;
    const struct fab_kept kept = {.kind = FAB_KEPT_PROFIT, .stage = "profit", .least = least - run->program->lp->objective_constant};
    return fab_run_keep(run, &kept);
}

fab_status fab_run_profit(struct fab_run *run)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    struct fab_whole_proof proof = {0};
    double constant = 0;
    fab_weigh_money(run->program, run->objective, &constant);
    run->ended = fab_run_is_late(run);
    if (run->ended)
        return FAB_OK;
    TRY(fab_solver_set_objective(run->context, run->solver, run->objective, constant));
    TRY(fab_widen_solve(run->context, run->program, run->solver, run->options, &found));
    if (found->outcome == FAB_OPTIMAL && run->asked.whole)
        TRY(find_whole(run, &found, &proof));
    run->answer->outcome = found->outcome;
    run->ended = found->outcome != FAB_OPTIMAL || proof.interrupted;
    if (!run->ended) {
        TRY(take_profit(run, found));
        if (proof.asked)
            run->answer->profit.gap = fab_whole_gap(fmax(proof.bound, run->answer->profit.objective), run->answer->profit.objective);
        TRY(keep_profit(run));
    }
out:
    fab_lp_solution_free(found);
    return status;
}

/* ---- promises ---- */

/* The plan of policy `profit` breaks none: nothing is left to be found. */
static fab_status keep_all_promises(struct fab_run *run, const struct fab_stage *stage)
{
    struct fab_stage_result *result = fab_run_result(run, stage);
    if (!result)
        return fab_fail_memory(run->context);
    result->done = true;
    result->bound = result->gap = 0;
    result->within = stage->within;
    return fab_run_keep(run, &(struct fab_kept){.kind = stage->kept.kind, .stage = stage->name});
}

fab_status fab_run_promises(struct fab_run *run)
{
    static const double nothing = 1e-9; /* of all that is promised */
    struct fab_stage stage = {.name = "promises", .objective = "least value of broken promises", .unit = "USD", .keep = FAB_KEEP_VALUE, .kept = {.kind = FAB_KEPT_PROMISES},
                              .within = run->asked.within, .least = true};
    double broken = 0;
    if (run->program->terms->model->hard)
        return FAB_OK; /* none can be broken */
    stage.whole = fab_promises_weigh(run->program, run->objective);
    if (stage.whole <= 0)
        return FAB_OK;
    for (int j = 0; j < run->program->lp->column_count; j++)
        broken -= run->objective[j] * run->answer->profit.x[j];
    return broken < nothing * stage.whole ? keep_all_promises(run, &stage) : fab_run_solve(run, &stage, 0);
}
