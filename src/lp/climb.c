/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "climb.h"

#include "clock.h"
#include "lp_refine.h"
#include "try.h"

#include <math.h>

/* Two rungs must agree, one of them without presolve, before a program is called infeasible. */
enum { VERDICTS_NEEDED = 2 };

/* An error from which on an answer is not one that only rounding keeps from its proof. */
#define NEAR 1e-4

const struct fab_rung fab_climb_primal = {"primal simplex from the given basis",
                                          {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .long_step = true, .tolerance = 1e-7}};
const struct fab_rung fab_climb_dual = {"dual simplex from the given basis",
                                        {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .long_step = true, .tolerance = 1e-9}};

/* Values that rounding has put beyond their limits: stock of a hundred million units that is used up is 0 to their last digit, not to that of 1. The rows, which have the scale of what they add up, are judged anew. */
static void put_inside(const fab_lp *lp, double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        x[j] = fmin(fmax(x[j], lp->column[j].lower), lp->column[j].upper);
}

fab_status fab_climb_check(const struct fab_climb *climb, fab_lp_solution *solution, fab_lp_certificate *certificate)
{
    const fab_lp *lp = climb->ladder->lp;
    fab_status status = fab_lp_check(climb->context, lp, solution->x, solution->multiplier, certificate);
    if (status != FAB_OK || certificate->verified || certificate->column_residual <= FAB_LP_FEASIBILITY)
        return status;
    put_inside(lp, solution->x);
    return fab_lp_check(climb->context, lp, solution->x, solution->multiplier, certificate);
}

fab_status fab_climb_judge(struct fab_climb *climb, fab_lp_solution **solution, enum fab_verdict *verdict)
{
    fab_lp_certificate certificate;
    fab_status status = fab_climb_check(climb, *solution, &certificate);
    if (status)
        return status;
    double error = fmax(fabs(certificate.gap), fmax(certificate.row_residual, certificate.column_residual));
    fab_say(climb->context, FAB_LEVEL_DETAIL, "check: objective %.17g, gap %.3g, rows %.3g, columns %.3g", certificate.objective, certificate.gap,
            certificate.row_residual, certificate.column_residual);
    if (certificate.verified)
        *verdict = FAB_VERDICT_VERIFIED;
    if (certificate.verified || !climb->best || error < climb->best_error) {
        fab_lp_solution_free(climb->best);
        climb->best = *solution;
        climb->best_error = error;
        climb->best_proof = certificate;
        *solution = NULL;
    }
    return FAB_OK;
}

static fab_status take_refined(struct fab_climb *climb, enum fab_refine_way way, enum fab_verdict *verdict)
{
    const struct fab_ladder *ladder = climb->ladder;
    fab_status status = FAB_OK;
    fab_lp_solution *solution = fab_lp_solution_new(ladder->lp);
    TRY_MEMORY(climb->context, solution);
    TRY(fab_engine_read(climb->context, ladder->engine, solution));
    TRY(fab_lp_refine(climb->context, ladder->lp, ladder->engine, way, solution));
    TRY(fab_climb_judge(climb, &solution, verdict));
out:
    fab_lp_solution_free(solution);
    return status;
}

bool fab_climb_has_constants(const fab_lp *lp)
{
    for (int j = 0; j < lp->column_count; j++)
        if (fab_lp_column_is_constant(&lp->column[j]))
            return true;
    return false;
}

/* An answer that misses the proof by little misses it where basic values just outside of their limits were put onto them, and rows with large coefficients felt it: such values stay where they are. Rows
 * that constants fill to the last digit contradict each other there: they stand as the engine has them. */
static fab_status take_answer(struct fab_climb *climb, enum fab_verdict *verdict)
{
    fab_status status = FAB_OK;
    enum fab_refine_way last = fab_climb_has_constants(climb->ladder->lp) ? FAB_REFINE_LOOSELY : FAB_REFINE_GENTLY;
    TRY(take_refined(climb, FAB_REFINE_FIRMLY, verdict));
    for (enum fab_refine_way way = FAB_REFINE_GENTLY; way <= last && *verdict == FAB_VERDICT_NONE && climb->best && climb->best_error < NEAR; way++)
        TRY(take_refined(climb, way, verdict));
out:
    return status;
}

static fab_status run_rung(struct fab_climb *climb, const struct fab_rung *rung, enum fab_verdict *verdict)
{
    enum fab_engine_result result;
    fab_status status = FAB_OK;
    TRY(fab_engine_run(climb->context, climb->ladder->engine, &rung->run, &result));
    if (result == FAB_ENGINE_INFEASIBLE)
        *verdict = FAB_VERDICT_INFEASIBLE;
    else if (result == FAB_ENGINE_TIME || result == FAB_ENGINE_TIME_FEASIBLE)
        *verdict = FAB_VERDICT_TIME;
    if (result == FAB_ENGINE_OPTIMAL || result == FAB_ENGINE_TIME_FEASIBLE)
        TRY(take_answer(climb, verdict));
out:
    return status;
}

static bool time_is_up(const struct fab_climb *climb)
{
    return climb->ladder->deadline > 0 && fab_clock() >= climb->ladder->deadline;
}

void fab_climb_note(struct fab_climb *climb, const struct fab_rung *rung, enum fab_verdict verdict)
{
    climb->infeasible += verdict == FAB_VERDICT_INFEASIBLE && !climb->feasible;
    climb->ended = true;
    if (verdict == FAB_VERDICT_VERIFIED) {
        climb->outcome = FAB_OPTIMAL;
    } else if (climb->infeasible == VERDICTS_NEEDED) {
        climb->outcome = FAB_INFEASIBLE;
    } else if (verdict == FAB_VERDICT_TIME || time_is_up(climb)) {
        climb->outcome = FAB_LIMIT;
    } else {
        climb->ended = false;
        fab_say(climb->context, FAB_LEVEL_DETAIL, "%s: no verified answer", rung->name);
    }
}

fab_status fab_climb_rung(struct fab_climb *climb, const struct fab_rung *rung)
{
    enum fab_verdict verdict = FAB_VERDICT_NONE;
    fab_status status = run_rung(climb, rung, &verdict);
    if (status == FAB_INTERNAL)
        fab_say(climb->context, FAB_LEVEL_DETAIL, "%s: %s", rung->name, fab_context_message(climb->context));
    else if (status != FAB_OK && !(status == FAB_INTERRUPTED && climb->best))
        return status;
    if (fab_context_interrupted(climb->context)) {
        if (!climb->best)
            return fab_fail(climb->context, FAB_INTERRUPTED, "interrupted while solving");
        climb->ended = true;
        climb->outcome = FAB_LIMIT;
        return FAB_OK;
    }
    fab_climb_note(climb, rung, verdict);
    return FAB_OK;
}
