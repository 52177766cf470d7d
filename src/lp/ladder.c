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
 * Soft rows are left out at first (soft.h).
 *
 * A start basis makes presolve pointless as long as the start is near: the next stage of a policy took 0.7 s instead of 26 s. SPDX-License-Identifier: GPL-3.0-or-later */
#include "ladder.h"

#include "basis_repair.h"
#include "climb.h"
#include "farkas.h"
#include "interior.h"
#include "soft.h"
#include "try.h"

#include <stdlib.h>

/* Exact arithmetic is hopeless for large programs: beyond this many rows the last rung is left out. */
enum { EXACT_ROWS = 300 };

/* GLPK's presolve needs more time than it saves beyond. */
enum { PRESOLVE_ROWS = 10000 };

/* A start with more infeasible rows than this share of them is farther than no start at all, if presolve helps the cold one. Measured on the sample fab from its optimal basis, processor time warm against cold: 11 % of 7,289 rows
 * infeasible (budgets x 0.5) 4 s against 8; 12 % (fixed tools, foreign stops) 2 against 4.5; 16 % (demand x 0.3) 8.5 against 9.5; 20 % (nothing bought) 9 against 5; 24 % (no Taiwan) 11 against 10. */
#define FAR 0.16

/* Where constants fill rows there is little room between them: an answer that is outside of them by the usual tolerance has no proof. */
#define THIN 1e-10

/* The first rung that gives a verified answer ends the climb. FAB_ENGINE_FROM_BASIS: from that of the best answer so far. */
static const struct fab_rung ladder_rungs[] = {
    {"dual simplex after presolve", {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_UNSCALED, .presolve = true, .long_step = true, .tolerance = 1e-9}},
    {"primal simplex from the basis before", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-10}},
    {"dual simplex", {FAB_ENGINE_DUAL, FAB_ENGINE_FROM_CRASH, FAB_ENGINE_GIVEN_SCALE, .tolerance = 1e-9}},
    {"primal simplex after presolve", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_UNSCALED, .presolve = true, .tolerance = 1e-9}},
    {"primal simplex, other scaling", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_SLACKS, FAB_ENGINE_OWN_SCALE, .tolerance = 1e-8}},
    {"exact simplex", {FAB_ENGINE_EXACT, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_UNSCALED, .tolerance = 1e-9}},
};
enum { RUNG_COUNT = sizeof ladder_rungs / sizeof *ladder_rungs };

static bool is_useless(const struct fab_climb *climb, const struct fab_rung *rung)
{
    int rows = climb->ladder->lp->row_count;
    if (rung->run.presolve)
        return rows > PRESOLVE_ROWS;
    if (rung->run.method == FAB_ENGINE_EXACT)
        return rows > EXACT_ROWS;
    return rung->run.start == FAB_ENGINE_FROM_BASIS && !climb->best;
}

/* A basis of a program that has lost rows or columns, or whose columns may not move any more, made whole. */
static fab_status set_repaired(struct fab_climb *climb, struct fab_engine_standing *standing)
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

static fab_status climb_warm(struct fab_climb *climb)
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
    struct fab_rung rung = standing.infeasible == 0 ? fab_climb_primal : fab_climb_dual;
    rung.run.near = climb->ladder->warm_only || fab_climb_has_constants(lp);
    if (fab_climb_has_constants(lp) && rung.run.method == FAB_ENGINE_DUAL)
        rung.run.tolerance = THIN;
    return fab_climb_rung(climb, &rung);
}

/* ---- soft rows */

/* The rest of the program first, as the first rung has it: with what its answer leaves missing filled up, it is a feasible basis of the whole. */
static const struct fab_rung soft_primal = {"primal simplex from the answer without soft rows", {FAB_ENGINE_PRIMAL, FAB_ENGINE_FROM_BASIS, FAB_ENGINE_GIVEN_SCALE, .long_step = true, .tolerance = 1e-7, .cost_tolerance = 1e-10}};

static fab_status set_without_soft(struct fab_climb *climb, bool *set)
{
    const struct fab_ladder *ladder = climb->ladder;
    fab_status status = FAB_OK;
    enum fab_engine_result result;
    struct fab_engine_standing standing = {0};
    struct fab_engine_run run = ladder_rungs[0].run;
    fab_lp_solution *rest = fab_lp_solution_new(ladder->lp);
    TRY_MEMORY(climb->context, rest);
    run.without_soft = true;
    run.presolve = ladder->lp->row_count <= PRESOLVE_ROWS;
    TRY(fab_engine_run(climb->context, ladder->engine, &run, &result));
    if (result != FAB_ENGINE_OPTIMAL)
        goto out;
    TRY(fab_engine_read(climb->context, ladder->engine, rest));
    TRY(fab_soft_fill(climb->context, ladder->lp, rest));
    TRY(fab_engine_set_basis(climb->context, ladder->engine, &(struct fab_engine_basis){rest->row_status, rest->column_status}, &standing));
    *set = standing.usable && standing.infeasible == 0;
out:
    fab_lp_solution_free(rest);
    return status;
}

static fab_status climb_soft(struct fab_climb *climb)
{
    bool set = false;
    fab_status status = set_without_soft(climb, &set);
    if (status != FAB_OK)
        return status == FAB_INTERNAL ? FAB_OK : status;
    climb->feasible |= set;
    return set ? fab_climb_rung(climb, &soft_primal) : FAB_OK;
}

/* The best answer's basis, or that of the slacks; that of an interior point is none, and the engine says so. */
static fab_status set_best_basis(struct fab_climb *climb)
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
static fab_status take_interior(struct fab_climb *climb, enum fab_interior_result result, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    enum fab_verdict verdict = result == FAB_INTERIOR_TIME ? FAB_VERDICT_TIME : FAB_VERDICT_NONE;
    static const struct fab_rung rung = {.name = "interior point"};
    bool empty = false;
    if (result == FAB_INTERIOR_INFEASIBLE)
        TRY(fab_farkas_check(climb->context, climb->ladder->lp, (*solution)->multiplier, &empty));
    else if (*solution)
        TRY(fab_climb_judge(climb, solution, &verdict));
    fab_climb_note(climb, &rung, verdict);
    if (empty) {
        climb->ended = true;
        climb->outcome = FAB_INFEASIBLE;
    }
out:
    return status;
}

static fab_status climb_interior(struct fab_climb *climb)
{
    const struct fab_ladder *ladder = climb->ladder;
    enum fab_interior_result result = FAB_INTERIOR_UNDECIDED;
    fab_lp_solution *solution = NULL;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "%d rows, method %s: interior point", ladder->lp->row_count, ladder->lp->method == FAB_LP_AUTO ? "by size" : "as asked");
    fab_status status = fab_interior_solve(climb->context, &(struct fab_interior_asked){ladder->lp, ladder->factors, ladder->watch, ladder->brief}, &result, &solution);
    if (status == FAB_INTERNAL) {
        fab_say(climb->context, FAB_LEVEL_DETAIL, "interior point: %s", fab_context_message(climb->context));
        return FAB_OK;
    }
    if (status == FAB_OK)
        status = take_interior(climb, result, &solution);
    fab_lp_solution_free(solution);
    return status;
}

static fab_status climb_all(struct fab_climb *climb)
{
    fab_status status = FAB_OK;
    if (climb->ladder->start.row_status && climb->ladder->start.column_status)
        TRY(climb_warm(climb));
    if (climb->ladder->external && !climb->ended && !climb->ladder->warm_only)
        return fab_climb_external(climb);
    if (!climb->ended && is_for_interior(climb->ladder)) {
        TRY(climb_interior(climb));
        if (!climb->ended && climb->ladder->brief)
            return fab_fail_in(climb->context, FAB_INTERNAL, "the interior point gives no proof, and no other method was wanted");
    }
    if (!climb->ended && !climb->best && !climb->ladder->warm_only && fab_soft_has(climb->ladder->lp))
        TRY(climb_soft(climb));
    for (int k = 0; k < RUNG_COUNT && !climb->ended && !climb->ladder->warm_only; k++) {
        const struct fab_rung *rung = &ladder_rungs[k];
        if (is_useless(climb, rung))
            continue;
        if (rung->run.start == FAB_ENGINE_FROM_BASIS)
            status = set_best_basis(climb);
        if (status == FAB_OK)
            TRY(fab_climb_rung(climb, rung));
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
static fab_lp_solution *take_solution(struct fab_climb *climb)
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
    struct fab_climb climb = {.context = context, .ladder = ladder};
    fab_status status = FAB_OK;
    TRY(climb_all(&climb));
    TRY_MEMORY(context, *solution = take_solution(&climb));
    if (ladder->proof)
        *ladder->proof = climb.best_proof;
out:
    fab_lp_solution_free(climb.best);
    return status;
}
