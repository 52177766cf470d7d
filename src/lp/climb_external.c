/* Another program's answer: proven as it is, else after the engine has gone on from its basis.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "climb.h"

#include "try.h"

#include <math.h>

/* What its answer may miss the proof by, with a basis to go on from or without: the rest is no rounding. */
#define ROUNDED 1e-4
#define ROUNDED_GAP 0.05

static fab_status refuse(const struct fab_climb *climb, const char *why, const fab_lp_certificate *found)
{
    return fab_fail_as(climb->context, FAB_REJECTED, "solver_refused", "solver %s: its answer is refused: %s (objective %.10g, proven bound %.10g; rows are missed by %.3g of their scale, columns by %.3g)",
                       climb->ladder->external->program, why, found->objective, found->bound, found->row_residual, found->column_residual);
}

/* Goes on from its basis. */
static fab_status polish(struct fab_climb *climb, const fab_lp_solution *answer)
{
    const struct fab_engine_basis basis = {answer->row_status, answer->column_status};
    struct fab_engine_standing standing = {0};
    fab_status status = fab_engine_set_basis(climb->context, climb->ladder->engine, &basis, &standing);
    if (status != FAB_OK)
        return status == FAB_INTERNAL ? FAB_OK : status;
    fab_say(climb->context, FAB_LEVEL_DETAIL, "going on from its basis: %s, %d of %d rows infeasible", standing.usable ? "usable" : "singular", standing.infeasible, climb->ladder->lp->row_count);
    return standing.usable ? fab_climb_rung(climb, standing.infeasible == 0 ? &fab_climb_primal : &fab_climb_dual) : FAB_OK;
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
static fab_status prove_external(struct fab_climb *climb, struct fab_external_answer *answer)
{
    fab_status status = FAB_OK;
    fab_lp_certificate claimed, polished;
    bool outside = is_outside(climb->ladder->lp, answer->solution->x);
    TRY(fab_climb_check(climb, answer->solution, &claimed));
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

fab_status fab_climb_external(struct fab_climb *climb)
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
