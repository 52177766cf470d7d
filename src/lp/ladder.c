/* The ladder and the judge.
 *
 * Why this first rung. Measured with GLPK on the sample fab (8,345 rows, 11,541 columns, 308,254 coefficients, all columns limited), processor time against plain
 * `glpsol --freemps` (presolve, primal simplex) as 1:
 * - 0.4 to 0.75, taken: dual simplex, GLPK's presolve, long-step ratio test, basis factorised anew after 50 updates
 * and against the one taken as 1:
 * - 1.1: factorised anew after 100 updates (GLPK's default)
 * - 1.3 to 1.5: Harris' ratio test
 * - 1.7 to 1.9: no presolve, whether from the advanced, Bixby's or the slack basis
 * - 1.9: textbook pricing instead of projected steepest edge
 * - 1.3: costs perturbed by 1e-6 to 1e-3 and cleaned up after; 1.0: tolerances of 1e-6 or 1e-9 instead of 1e-7
 * - more than 5: primal simplex without presolve
 * With limits on all columns every basis is dual feasible (nonbasic columns move to the right limit): the dual simplex has no first phase and the long step jumps over many
 * limits at once. GLPK's presolve works on a copy without scale factors and scales what is left by itself, so that rungs with presolve are run unscaled; the others start from
 * the factors that the program keeps.
 *
 * A start basis makes presolve pointless as long as the start is near: the next stage of a policy took 0.7 s instead of 26 s. SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder.h"

#include "basis_repair.h"
#include "clock.h"
#include "farkas.h"
#include "interior.h"
#include "lp_refine.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Exact arithmetic is hopeless for large programs: beyond this many rows the last rung is left out. */
enum { EXACT_ROWS = 300 };

/* GLPK's presolve needs more time than it saves beyond. */
enum { PRESOLVE_ROWS = 10000 };

/* A start with more infeasible rows than this share of them is farther than no start at all, if presolve helps the cold one. Measured on the sample fab from its optimal basis, processor time warm against cold: 11 % of 7,289 rows
 * infeasible (budgets x 0.5) 4 s against 8; 12 % (fixed tools, foreign stops) 2 against 4.5; 16 % (demand x 0.3) 8.5 against 9.5; 20 % (nothing bought) 9 against 5; 24 % (no Taiwan) 11 against 10. */
#define FAR 0.16

/* Two rungs must agree, one of them without presolve, before a program is called infeasible. */
enum { VERDICTS_NEEDED = 2 };

/* The first rung that gives a verified answer ends the climb. FAB_ENGINE_FROM_BASIS: from that of the best answer so far. */
static const struct rung {
    const char *name;
    struct fab_engine_run run;
} ladder_rungs[] = {
    {"dual simplex after presolve", {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_UNSCALED, .presolve = true, .long_step = true, .tolerance = 1e-9}},
    {"primal simplex from the basis before", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-10}},
    {"dual simplex", {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_CRASH, FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-9}},
    {"primal simplex after presolve", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_UNSCALED, .presolve = true, .tolerance = 1e-9}},
    {"primal simplex, other scaling", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_OWN_SCALE, .tolerance = 1e-8}},
    {"exact simplex", {FAB_ENGINE_EXACT, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_UNSCALED, .tolerance = 1e-9}},
};
enum { RUNG_COUNT = sizeof ladder_rungs / sizeof *ladder_rungs };

/* The rungs before the ladder when a basis to start from is given: one that is still feasible is continued by the primal simplex; one that is not, by the dual. */
static const struct rung warm_primal = {"primal simplex from the given basis",
                                        {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .long_step = true, .tolerance = 1e-7}};
static const struct rung warm_dual = {"dual simplex from the given basis",
                                      {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .long_step = true, .tolerance = 1e-9}};

/* An error from which on an answer is not one that only rounding keeps from its proof. */
#define NEAR 1e-4

/* Where constants fill rows there is little room between them: an answer that is outside of them by the usual tolerance has no proof. */
#define THIN 1e-10

/* What a rung says. */
enum verdict { VERDICT_NONE, VERDICT_VERIFIED, VERDICT_INFEASIBLE, VERDICT_TIME };

struct climb {
    fab_context *context;
    const struct fab_ladder *ladder;
    fab_lp_solution *best; /* verified, or the one with the smallest error so far */
    double best_error;     /* largest of its gap and residuals */
    fab_lp_certificate best_proof;
    int infeasible;        /* rungs that said so */
    bool feasible;         /* the start is a feasible basis: whoever says that there is none is wrong */
    bool ended;
    fab_outcome outcome;
};

/* Values that rounding has put beyond their limits: stock of a hundred million units that is used up is 0 to their last digit, not to that of 1. The rows, which have the scale of what they add up, are judged anew. */
static void put_inside(const fab_lp *lp, double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        x[j] = fmin(fmax(x[j], lp->column[j].lower), lp->column[j].upper);
}

/* The exact check; where columns alone fail it, of the point inside their limits. */
static fab_status check(const struct climb *climb, fab_lp_solution *solution, fab_lp_certificate *certificate)
{
    const fab_lp *lp = climb->ladder->lp;
    fab_status status = fab_lp_check(climb->context, lp, solution->x, solution->multiplier, certificate);
    if (status != FAB_OK || certificate->verified || certificate->column_residual <= FAB_LP_FEASIBILITY)
        return status;
    put_inside(lp, solution->x);
    return fab_lp_check(climb->context, lp, solution->x, solution->multiplier, certificate);
}

/* Keeps an answer when it is verified or has a smaller error than the one kept. */
static fab_status judge(struct climb *climb, fab_lp_solution **solution, enum verdict *verdict)
{
    fab_lp_certificate certificate;
    fab_status status = check(climb, *solution, &certificate);
    if (status)
        return status;
    double error = fmax(fabs(certificate.gap), fmax(certificate.row_residual, certificate.column_residual));
    fab_say(climb->context, FAB_LEVEL_DETAIL, "check: objective %.17g, gap %.3g, rows %.3g, columns %.3g", certificate.objective, certificate.gap,
            certificate.row_residual, certificate.column_residual);
    if (certificate.verified)
        *verdict = VERDICT_VERIFIED;
    if (certificate.verified || !climb->best || error < climb->best_error) {
        fab_lp_solution_free(climb->best);
        climb->best = *solution;
        climb->best_error = error;
        climb->best_proof = certificate;
        *solution = NULL;
    }
    return FAB_OK;
}

static fab_status take_refined(struct climb *climb, enum fab_refine_way way, enum verdict *verdict)
{
    const struct fab_ladder *ladder = climb->ladder;
    fab_status status = FAB_OK;
    fab_lp_solution *solution = fab_lp_solution_new(ladder->lp);
    TRY_MEMORY(climb->context, solution);
    TRY(fab_engine_read(climb->context, ladder->engine, solution));
    TRY(fab_lp_refine(climb->context, ladder->lp, ladder->engine, way, solution));
    TRY(judge(climb, &solution, verdict));
out:
    fab_lp_solution_free(solution);
    return status;
}

static bool has_constants(const fab_lp *lp)
{
    for (int j = 0; j < lp->column_count; j++)
        if (fab_lp_column_is_constant(&lp->column[j]))
            return true;
    return false;
}

/* An answer that misses the proof by little misses it where basic values just outside of their limits were put onto them, and rows with large coefficients felt it: such values stay where they are. Rows
 * that constants fill to the last digit contradict each other there: they stand as the engine has them. */
static fab_status take_answer(struct climb *climb, enum verdict *verdict)
{
    fab_status status = FAB_OK;
    enum fab_refine_way last = has_constants(climb->ladder->lp) ? FAB_REFINE_LOOSELY : FAB_REFINE_GENTLY;
    TRY(take_refined(climb, FAB_REFINE_FIRMLY, verdict));
    for (enum fab_refine_way way = FAB_REFINE_GENTLY; way <= last && *verdict == VERDICT_NONE && climb->best && climb->best_error < NEAR; way++)
        TRY(take_refined(climb, way, verdict));
out:
    return status;
}

static fab_status run_rung(struct climb *climb, const struct rung *rung, enum verdict *verdict)
{
    enum fab_engine_result result;
    fab_status status = FAB_OK;
    TRY(fab_engine_run(climb->context, climb->ladder->engine, &rung->run, &result));
    if (result == FAB_ENGINE_INFEASIBLE)
        *verdict = VERDICT_INFEASIBLE;
    else if (result == FAB_ENGINE_TIME || result == FAB_ENGINE_TIME_FEASIBLE)
        *verdict = VERDICT_TIME;
    if (result == FAB_ENGINE_OPTIMAL || result == FAB_ENGINE_TIME_FEASIBLE)
        TRY(take_answer(climb, verdict));
out:
    return status;
}

static bool time_is_up(const struct climb *climb)
{
    return climb->ladder->deadline > 0 && fab_clock() >= climb->ladder->deadline;
}

/* What a rung's verdict says about the whole. */
static void note_verdict(struct climb *climb, const struct rung *rung, enum verdict verdict)
{
    climb->infeasible += verdict == VERDICT_INFEASIBLE && !climb->feasible;
    climb->ended = true;
    if (verdict == VERDICT_VERIFIED) {
        climb->outcome = FAB_OPTIMAL;
    } else if (climb->infeasible == VERDICTS_NEEDED) {
        climb->outcome = FAB_INFEASIBLE;
    } else if (verdict == VERDICT_TIME || time_is_up(climb)) {
        climb->outcome = FAB_LIMIT;
    } else {
        climb->ended = false;
        fab_say(climb->context, FAB_LEVEL_DETAIL, "%s: no verified answer", rung->name);
    }
}

/* A rung on which the engine gives up only leads to the next one. */
static fab_status climb_rung(struct climb *climb, const struct rung *rung)
{
    enum verdict verdict = VERDICT_NONE;
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
    note_verdict(climb, rung, verdict);
    return FAB_OK;
}

static bool is_useless(const struct climb *climb, const struct rung *rung)
{
    int rows = climb->ladder->lp->row_count;
    if (rung->run.presolve)
        return rows > PRESOLVE_ROWS;
    if (rung->run.method == FAB_ENGINE_EXACT)
        return rows > EXACT_ROWS;
    return rung->run.start == FAB_ENGINE_FROM_BASIS && !climb->best;
}

/* A basis of a program that has lost rows or columns, or whose columns may not move any more, made whole. */
static fab_status set_repaired(struct climb *climb, struct fab_engine_standing *standing)
{
    const struct fab_ladder *ladder = climb->ladder;
    fab_status status = FAB_OK;
    struct fab_basis_repair repair;
    TRY(fab_basis_repair(climb->context, ladder->lp, ladder->factors, &ladder->start, &repair));
    if (!repair.row_status)
        goto out;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "start from a basis: singular; %d columns leave it, %d rows enter it", repair.dropped, repair.added);
    TRY(fab_engine_set_basis(climb->context, ladder->engine, &(struct fab_engine_basis){repair.row_status, repair.column_status}, standing));
out:
    free(repair.row_status);
    free(repair.column_status);
    return status;
}

static fab_status climb_warm(struct climb *climb)
{
    const fab_lp *lp = climb->ladder->lp;
    struct fab_engine_standing standing = {0};
    fab_status status = fab_engine_set_basis(climb->context, climb->ladder->engine, &climb->ladder->start, &standing);
    if (status == FAB_OK && !standing.usable && climb->ladder->factors)
        status = set_repaired(climb, &standing);
    if (status == FAB_INTERNAL)
        return FAB_OK; /* cold, then */
    if (status != FAB_OK)
        return status;
    bool far = standing.infeasible > FAR * lp->row_count && lp->row_count <= PRESOLVE_ROWS;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "start from a basis: %s, %d of %d rows infeasible", standing.usable ? "usable" : "singular", standing.infeasible, lp->row_count);
    if (!standing.usable || far)
        return FAB_OK;
    climb->feasible = standing.infeasible == 0;
    struct rung rung = standing.infeasible == 0 ? warm_primal : warm_dual;
    rung.run.near = climb->ladder->warm_only || has_constants(lp);
    if (has_constants(lp) && rung.run.method == FAB_ENGINE_DUAL)
        rung.run.tolerance = THIN;
    return climb_rung(climb, &rung);
}

/* ---- another program's answer */

/* What its answer may miss the proof by, with a basis to go on from or without: the rest is no rounding. */
#define ROUNDED 1e-4
#define ROUNDED_GAP 0.05

static fab_status refuse(const struct climb *climb, const char *why, const fab_lp_certificate *found)
{
    return fab_fail_as(climb->context, FAB_REJECTED, "solver_refused", "solver %s: its answer is refused: %s (objective %.10g, proven bound %.10g; rows are missed by %.3g of their scale, columns by %.3g)",
                       climb->ladder->external->program, why, found->objective, found->bound, found->row_residual, found->column_residual);
}

/* Goes on from its basis. */
static fab_status polish(struct climb *climb, const fab_lp_solution *answer)
{
    const struct fab_engine_basis basis = {answer->row_status, answer->column_status};
    struct fab_engine_standing standing = {0};
    fab_status status = fab_engine_set_basis(climb->context, climb->ladder->engine, &basis, &standing);
    if (status != FAB_OK)
        return status == FAB_INTERNAL ? FAB_OK : status;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "going on from its basis: %s, %d of %d rows infeasible", standing.usable ? "usable" : "singular", standing.infeasible, climb->ladder->lp->row_count);
    return standing.usable ? climb_rung(climb, standing.infeasible == 0 ? &warm_primal : &warm_dual) : FAB_OK;
}

/* Whether a value lies beyond its limits by more than rounding. */
static bool is_outside(const fab_lp *lp, const double *x)
{
    for (int j = 0; j < lp->column_count; j++) {
        const struct fab_lp_column *column = &lp->column[j];
        if (!(x[j] >= column->lower - ROUNDED * fmax(1, fabs(column->lower)) && x[j] <= column->upper + ROUNDED * fmax(1, fabs(column->upper))))
            return true;
    }
    return false;
}

/* As it is, else polished to what it is worth. */
static fab_status prove_external(struct climb *climb, struct fab_external_answer *answer)
{
    fab_status status = FAB_OK;
    fab_lp_certificate claimed, polished;
    bool outside = is_outside(climb->ladder->lp, answer->solution->x);
    TRY(check(climb, answer->solution, &claimed));
    if (claimed.verified && !outside) {
        climb->best = answer->solution;
        climb->best_proof = claimed;
        answer->solution = NULL;
        climb->ended = true;
        climb->outcome = FAB_OPTIMAL;
        return FAB_OK;
    }
    if (outside || !(claimed.row_residual <= ROUNDED && claimed.column_residual <= ROUNDED))
        return refuse(climb, "limits do not hold", &claimed);
    if (answer->multipliers && !answer->basis && !(claimed.gap <= ROUNDED_GAP))
        return refuse(climb, "its multipliers do not prove that it is the best", &claimed);
    TRY(polish(climb, answer->solution));
    if (climb->ended && climb->outcome == FAB_LIMIT)
        return FAB_OK;
    if (!climb->ended || climb->outcome != FAB_OPTIMAL)
        return refuse(climb, "it is not proven, nor can it be made better from its basis", &claimed);
    TRY(fab_lp_check(climb->context, climb->ladder->lp, climb->best->x, climb->best->multiplier, &polished));
    if (fabs(polished.objective - claimed.objective) > ROUNDED * fmax(1, fabs(polished.objective)))
        return refuse(climb, "there is a better one", &polished);
out:
    return status;
}

static fab_status climb_external(struct climb *climb)
{
    const struct fab_ladder *ladder = climb->ladder;
    struct fab_external_answer answer;
    fab_status status = FAB_OK;
    fab_lp_solution_free(climb->best); /* of a start that was no use */
    climb->best = NULL;
    TRY(fab_external_solve(climb->context, ladder->external, ladder->lp, ladder->deadline, &answer));
    if (answer.said == FAB_EXTERNAL_OPTIMAL) {
        TRY(prove_external(climb, &answer));
    } else {
        climb->ended = true;
        climb->outcome = answer.said == FAB_EXTERNAL_INFEASIBLE ? FAB_INFEASIBLE : FAB_LIMIT;
    }
out:
    fab_lp_solution_free(answer.solution);
    return status;
}

/* The best answer's basis, or that of the slacks; that of an interior point is none, and the engine says so. */
static fab_status set_best_basis(struct climb *climb)
{
    struct fab_engine_basis basis = {"", ""};
    struct fab_engine_standing standing;
    if (climb->best)
        basis = (struct fab_engine_basis){climb->best->row_status, climb->best->column_status};
    return fab_engine_set_basis(climb->context, climb->ladder->engine, &basis, &standing);
}

/* ---- the interior point */

static bool is_for_interior(const struct fab_ladder *ladder)
{
    const fab_lp *lp = ladder->lp;
    bool asked = lp->method == FAB_LP_INTERIOR || (lp->method == FAB_LP_AUTO && lp->row_count > FAB_LP_INTERIOR_ROWS);
    return asked && ladder->factors && !ladder->warm_only && lp->row_count > 0 && !fab_lp_has_integers(lp);
}

/* Judges what it says; an answer that has no proof is one of those to choose the best from. */
static fab_status take_interior(struct climb *climb, enum fab_interior_result result, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    enum verdict verdict = result == FAB_INTERIOR_TIME ? VERDICT_TIME : VERDICT_NONE;
    static const struct rung rung = {.name = "interior point"};
    bool empty = false;
    if (result == FAB_INTERIOR_INFEASIBLE)
        TRY(fab_farkas_check(climb->context, climb->ladder->lp, (*solution)->multiplier, &empty));
    else if (*solution)
        TRY(judge(climb, solution, &verdict));
    note_verdict(climb, &rung, verdict);
    if (empty) {
        climb->ended = true;
        climb->outcome = FAB_INFEASIBLE;
    }
out:
    return status;
}

static fab_status climb_interior(struct climb *climb)
{
    const struct fab_ladder *ladder = climb->ladder;
    enum fab_interior_result result = FAB_INTERIOR_UNDECIDED;
    fab_lp_solution *solution = NULL;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "%d rows, method %s: interior point", ladder->lp->row_count, ladder->lp->method == FAB_LP_AUTO ? "by size" : "as asked");
    fab_status status = fab_interior_solve(climb->context, ladder->lp, ladder->factors, ladder->watch, &result, &solution);
    if (status == FAB_INTERNAL) {
        fab_say(climb->context, FAB_LEVEL_DETAIL, "interior point: %s", fab_context_message(climb->context));
        return FAB_OK;
    }
    if (status == FAB_OK)
        status = take_interior(climb, result, &solution);
    fab_lp_solution_free(solution);
    return status;
}

static fab_status climb_all(struct climb *climb)
{
    fab_status status = FAB_OK;
    if (climb->ladder->start.row_status && climb->ladder->start.column_status)
        TRY(climb_warm(climb));
    if (climb->ladder->external && !climb->ended && !climb->ladder->warm_only)
        return climb_external(climb);
    if (!climb->ended && is_for_interior(climb->ladder)) {
        TRY(climb_interior(climb));
        if (!climb->ended && climb->ladder->brief)
            return fab_fail_in(climb->context, FAB_INTERNAL, "the interior point gives no proof, and no other method was wanted");
    }
    for (int k = 0; k < RUNG_COUNT && !climb->ended && !climb->ladder->warm_only; k++) {
        const struct rung *rung = &ladder_rungs[k];
        if (is_useless(climb, rung))
            continue;
        if (rung->run.start == FAB_ENGINE_FROM_BASIS)
            status = set_best_basis(climb);
        if (status == FAB_OK)
            TRY(climb_rung(climb, rung));
        else if (status != FAB_INTERNAL)
            goto out;
    }
    if (climb->ended)
        return FAB_OK;
    climb->outcome = FAB_OPTIMAL;
    status = climb->best ? FAB_OK : fab_fail_in(climb->context, FAB_INTERNAL, "the linear program could not be solved: every method failed");
out:
    return status;
}

/* The answer in its final form: without arrays where there is none. */
static fab_lp_solution *take_solution(struct climb *climb)
{
    fab_lp_solution *solution = climb->outcome == FAB_INFEASIBLE ? NULL : climb->best;
    if (solution)
        climb->best = NULL;
    else
        solution = calloc(1, sizeof *solution);
    if (solution)
        solution->outcome = climb->outcome;
    return solution;
}

fab_status fab_ladder_climb(fab_context *context, const struct fab_ladder *ladder, fab_lp_solution **solution)
{
    struct climb climb = {.context = context, .ladder = ladder};
    fab_status status = FAB_OK;
    TRY(climb_all(&climb));
    TRY_MEMORY(context, *solution = take_solution(&climb));
    if (ladder->proof)
        *ladder->proof = climb.best_proof;
out:
    fab_lp_solution_free(climb.best);
    return status;
}
