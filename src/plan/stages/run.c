/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include "clock.h"
#include "interruption.h"
#include "kept.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A reduced cost or multiplier below this share of the money it is made of is 0: the column or row is free on the optimal face. */
#define FREE 1e-11
/* The interior point's are never 0: below this share they are. */
#define FREE_INSIDE 1e-9

/* A value below this share of the most it could be is 0. */
#define NOTHING 1e-9

/* ---- what is kept ---- */

/* Largest |multiplier x coefficient| in a column, its objective included: what its reduced cost is a sum of. */
static double money_in_column(const fab_lp *lp, const fab_lp_solution *solution, int j)
{
    double most = fabs(lp->column[j].objective);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        most = fmax(most, fabs(lp->value[k] * solution->multiplier[lp->row_index[k]]));
    return most;
}

/* Rows with a multiplier stay at the limit it speaks of. */
static fab_status keep_rows(struct fab_run *run, const fab_lp_solution *solution)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(run->solver);
    for (int i = 0; i < lp->row_count; i++) {
        double lower = lp->row[i].lower, upper = lp->row[i].upper;
        if (solution->row_status[i] == 'u' && solution->multiplier[i] > 0)
            lower = upper;
        else if (solution->row_status[i] == 'l' && solution->multiplier[i] < 0)
            upper = lower;
        else
            continue;
        TRY(fab_solver_set_row_limits(run->context, run->solver, i, lower, upper));
    }
out:
    return status;
}

/* The limit that a column is held at; a point inside the face is only near it, and what is left between the two would contradict the rows that are kept. */
static double limit_of(const fab_lp *lp, const fab_lp_solution *solution, int j)
{
    char side = solution->column_status[j];
    return side == 'l' ? lp->column[j].lower : side == 'u' ? lp->column[j].upper : solution->x[j];
}

static fab_status keep_columns(struct fab_run *run, const fab_lp_solution *solution)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(run->solver);
    double nothing = solution->interior ? FREE_INSIDE : FREE;
    for (int j = 0; j < lp->column_count; j++) {
        double limit = limit_of(lp, solution, j);
        if (solution->column_status[j] != 'b' && fabs(solution->reduced_cost[j]) > nothing * money_in_column(lp, solution, j))
            TRY(fab_solver_set_column_limits(run->context, run->solver, j, limit, limit));
    }
out:
    return status;
}

fab_status fab_run_add_row(struct fab_run *run, fab_solver *solver, const struct fab_lp_row *row, int column, double coefficient, int *index)
{
    fab_status status = FAB_OK;
    int count = 0, columns = fab_solver_program(run->solver)->column_count;
    int *place = malloc(((size_t)columns + 1) * sizeof *place);
    double *weight = malloc(((size_t)columns + 1) * sizeof *weight);
    TRY_MEMORY(run->context, place && weight);
    for (int j = 0; j < columns; j++)
        if (run->objective[j] != 0) {
            place[count] = j;
            weight[count++] = run->objective[j];
        }
    if (column != FAB_NONE) {
        place[count] = column;
        weight[count++] = coefficient;
    }
    TRY(fab_solver_add_row(run->context, solver, row, &(struct fab_lp_terms){count, place, weight}, index));
out:
    free(place);
    free(weight);
    return status;
}

fab_status fab_run_keep(struct fab_run *run, const struct fab_kept *kept)
{
    fab_status status = FAB_OK;
    TRY(fab_kept_add(run->context, run->program, kept, run->objective));
    TRY(fab_run_add_row(run, run->solver, &run->program->lp->row[run->program->kept[run->program->kept_count - 1].row], FAB_NONE, 0, NULL));
out:
    return status;
}

static fab_status keep_value(struct fab_run *run, const struct fab_stage *stage, struct fab_stage_result *result, double constant)
{
    struct fab_kept kept = stage->kept;
    double best = stage->least ? -result->value : result->value;
    kept.stage = stage->name;
    kept.least = best - (stage->within + FAB_ROUNDING) * fabs(best) - constant;
    result->within = stage->within;
    return fab_run_keep(run, &kept);
}

static fab_status keep(struct fab_run *run, const struct fab_stage *stage, const fab_lp_solution *found, double constant)
{
    fab_status status = FAB_OK;
    if (stage->keep == FAB_KEEP_VALUE)
        TRY(keep_value(run, stage, &run->answer->result[run->answer->result_count - 1], constant));
    if (stage->keep == FAB_KEEP_FACE) {
        TRY(keep_columns(run, found));
        TRY(keep_rows(run, found));
    }
out:
    return status;
}

/* ---- one stage ---- */

/* The value without the constant: it is the same at every point. */
static double value_at(struct fab_run *run, const double *x)
{
    double value = 0;
    for (int j = 0; j < fab_solver_program(run->solver)->column_count; j++)
        value += run->objective[j] * x[j];
    return value;
}

/* Feasible, and worth what the calm stage left of the objective. */
static bool is_calm(const struct fab_run *run, const fab_lp_certificate *certificate)
{
    double least = run->answer->least; /* a NAN is no limit that is met */
    return fab_lp_is_feasible(certificate) && certificate->objective >= least - FAB_LP_GAP * fmax(1, fabs(least));
}

/* The point of a stage behind the money stage is the plan's when the money stage's proof holds for it; from the calm stage on it may be worth less. */
static fab_status take_point(struct fab_run *run, fab_lp_solution *found, bool *taken)
{
    fab_lp_certificate certificate;
    fab_lp_solution *plan = run->answer->solution;
    fab_status status = fab_lp_check(run->context, run->program->lp, found->x, plan->multiplier, &certificate);
    *taken = status == FAB_OK && (certificate.verified || is_calm(run, &certificate));
    if (*taken) {
        double *x = plan->x;
        plan->x = found->x;
        found->x = x;
    }
    return status;
}

/* The stage's own proof. */
static fab_status prove(struct fab_run *run, const fab_lp_solution *found, struct fab_stage_result *result, bool least, bool money)
{
    fab_lp_certificate certificate;
    fab_status status = fab_lp_check(run->context, fab_solver_program(run->solver), found->x, found->multiplier, &certificate);
    result->bound = least ? -certificate.bound : certificate.bound;
    result->gap = certificate.gap;
    if (money)
        run->answer->money = certificate;
    return status;
}

/* The proof of the whole numbers in the place of that of the program in which they are fixed. */
static void take_whole(struct fab_stages_answer *answer, struct fab_stage_result *result)
{
    struct fab_whole_proof *whole = &answer->whole;
    whole->bound = fmax(whole->bound, answer->money.objective);
    result->bound = whole->bound;
    result->gap = fab_whole_gap(whole->bound, answer->money.objective);
    result->objective = "profit, whole tools";
    result->limit = !whole->finished;
}

/* What a stage found becomes part of the answer; *found is NULL when the answer took it. */
static fab_status take_answer(struct fab_run *run, const struct fab_stage *stage, double constant, struct fab_stage_result *result, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    bool behind = run->answer->solution != NULL;
    result->done = (*found)->outcome == FAB_OPTIMAL;
    result->limit = (*found)->outcome == FAB_LIMIT;
    if (result->limit && stage->money && (*found)->x) {
        run->answer->solution = *found;
        *found = NULL;
    }
    if (!result->done)
        return FAB_OK;
    result->value = (value_at(run, (*found)->x) + constant) * (stage->least ? -1 : 1);
    if (fabs(result->value) < NOTHING * stage->whole)
        result->value = 0;
    TRY(prove(run, *found, result, stage->least, stage->money));
    if (stage->money && run->answer->whole.asked)
        take_whole(run->answer, result);
    if (behind)
        TRY(take_point(run, *found, &result->done));
    TRY(keep(run, stage, *found, constant));
    if (stage->money) {
        run->answer->solution = *found;
        *found = NULL;
    }
out:
    return status;
}

/* What a solve without an answer means: a stage that may find nothing leaves the plan as it is, whatever its solver says, but for memory; a wish to stop ends the stages like a deadline; any other stage is undecided. */
static fab_status settle(struct fab_run *run, struct fab_stage_result *result, fab_status status)
{
    struct fab_stages_answer *answer = run->answer;
    if (status == FAB_INTERRUPTED && fab_context_take_interruption(run->context)) {
        answer->interrupted = result->limit = true;
        return FAB_OK;
    }
    if (status != FAB_INTERNAL)
        return status;
    if (!answer->solution)
        answer->outcome = FAB_UNDECIDED;
    return FAB_OK;
}

/* Behind the money stage a bound is no wider than the point needs, lest the money stage's proof fail; and a program that is too large for the simplex method has a plan already. */
static fab_status solve_stage(struct fab_run *run, const struct fab_stage *stage, fab_lp_solution **found)
{
    fab_solver_options behind = run->options ? *run->options : (fab_solver_options){0};
    behind.brief = run->answer->solution && run->program->lp->row_count > FAB_LP_INTERIOR_ROWS;
    if (run->answer->solution || stage->optional)
        return fab_widen_behind(run->context, run->program, run->solver, &behind, found);
    return fab_widen_solve(run->context, run->program, run->solver, run->options, found);
}

static fab_status find_whole(struct fab_run *run, fab_lp_solution **found)
{
    const struct fab_whole_job job = {run->program, run->solver, run->options, run->asked.gap};
    fab_status status = fab_whole_run(run->context, &job, found, &run->answer->whole);
    run->answer->interrupted = run->answer->whole.interrupted;
    return status;
}

/* Least capital is that of whole tools; where a policy's values are kept that whole tools may miss, they give way in the money stage alone. */
static bool wants_whole(const struct fab_run *run, const struct fab_stage *stage)
{
    bool capital = stage->least && stage->kept.kind == FAB_KEPT_CAPITAL && !run->answer->solution;
    for (int k = 0; k < run->program->kept_count; k++)
        capital = capital && strcmp(run->program->kept[k].stage, "fill") == 0;
    return run->asked.whole && capital;
}

static fab_status try_whole(struct fab_run *run, fab_lp_solution **found, struct fab_whole_proof *proof)
{
    const struct fab_whole_job job = {run->program, run->solver, run->options, run->asked.gap};
    fab_status status = fab_whole_try(run->context, &job, found, proof);
    run->answer->interrupted = proof->interrupted;
    if (*found && (*found)->outcome == FAB_INFEASIBLE)
        run->answer->whole = *proof;
    return status;
}

bool fab_run_is_late(const struct fab_run *run)
{
    return run->options && run->options->deadline > 0 && fab_clock() >= run->options->deadline;
}

const char *fab_run_text(const struct fab_run *run, const char *format, ...)
{
    char text[FAB_DETAIL_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return fab_arena_printf(run->program->lp->arena, "%s", text);
}

struct fab_stage_result *fab_run_result(struct fab_run *run, const struct fab_stage *stage)
{
    struct fab_stages_answer *answer = run->answer;
    int number = answer->result_count;
    if (number >= fab_stages_most(run->program->terms))
        return NULL;
    answer->result[number] = (struct fab_stage_result){
        .name = stage->name, .objective = stage->objective, .unit = stage->unit, .bound = (double)NAN, .gap = (double)NAN, .within = (double)NAN};
    answer->result_count++;
    return &answer->result[number];
}

void fab_run_clear(struct fab_run *run)
{
    memset(run->objective, 0, (size_t)fab_solver_program(run->solver)->column_count * sizeof *run->objective);
}

fab_status fab_run_solve(struct fab_run *run, const struct fab_stage *stage, double constant)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    struct fab_whole_proof proof = {0};
    struct fab_stage_result *result = fab_run_result(run, stage);
    TRY_MEMORY(run->context, result);
    TRY(fab_solver_set_objective(run->context, run->solver, run->objective, constant));
    result->limit = fab_run_is_late(run);
    if (!result->limit)
        TRY(settle(run, result, solve_stage(run, stage, &found)));
    if (found)
        run->answer->interrupted = found->outcome == FAB_LIMIT && fab_context_take_interruption(run->context);
    if (found && stage->money && run->asked.whole && found->outcome == FAB_OPTIMAL)
        TRY(find_whole(run, &found));
    else if (found && found->outcome == FAB_OPTIMAL && wants_whole(run, stage))
        TRY(try_whole(run, &found, &proof));
    if (found && !run->answer->solution)
        run->answer->outcome = found->outcome;
    if (found)
        TRY(take_answer(run, stage, constant, result, &found));
    if (proof.asked && result->done) {
        result->bound = fmin(-proof.bound, result->value);
        result->gap = fab_whole_gap(result->value, result->bound);
    }
    run->ended = result->limit || proof.interrupted || (!result->done && !stage->optional);
out:
    fab_lp_solution_free(found);
    return status;
}
