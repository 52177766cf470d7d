/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stages.h"

#include "clock.h"
#include "interruption.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A reduced cost or multiplier below this share of the money it is made of is 0: the column or row is free on the optimal face. */
#define FREE 1e-11

struct run {
    fab_context *context;
    fab_program *program;
    const struct fab_policy *policy;
    fab_solver *solver;
    const fab_solver_options *options;
    struct fab_stages_answer *answer;
    double *objective; /* [columns of the program] of the present stage */
};

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
static fab_status keep_rows(const struct run *run, const fab_lp_solution *solution)
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

static fab_status keep_columns(const struct run *run, const fab_lp_solution *solution)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(run->solver);
    for (int j = 0; j < lp->column_count; j++)
        if (solution->column_status[j] != 'b' && fabs(solution->reduced_cost[j]) > FREE * money_in_column(lp, solution, j))
            TRY(fab_solver_set_column_limits(run->context, run->solver, j, solution->x[j], solution->x[j]));
out:
    return status;
}

/* The row that keeps a value, in the program and in the solver. */
static fab_status keep_value(const struct run *run, int number, double value)
{
    fab_status status = FAB_OK;
    const struct fab_stage *stage = run->policy->stages[number];
    int count = 0, index, columns = run->program->lp->column_count;
    int *place = malloc(((size_t)columns + 1) * sizeof *place);
    double *weight = malloc(((size_t)columns + 1) * sizeof *weight);
    TRY_MEMORY(run->context, place && weight);
    run->program->stage[number] = stage->name;
    int row = fab_program_add_row(run->program, fab_tag_of(FAB_POL, number, FAB_NONE), value - stage->within * fabs(value), (double)INFINITY);
    TRY_MEMORY(run->context, row != FAB_NONE);
    for (int j = 0; j < columns; j++)
        if (run->objective[j] != 0) {
            TRY_MEMORY(run->context, fab_program_put(run->program, row, j, run->objective[j]));
            place[count] = j;
            weight[count++] = run->objective[j];
        }
    TRY(fab_lp_seal(run->context, run->program->lp));
    TRY(fab_solver_add_row(run->context, run->solver, &run->program->lp->row[row], &(struct fab_lp_terms){count, place, weight}, &index));
out:
    free(place);
    free(weight);
    return status;
}

static fab_status keep(const struct run *run, int number, const fab_lp_solution *found)
{
    fab_status status = FAB_OK;
    enum fab_keep what = run->policy->stages[number]->keep;
    if (what == FAB_KEEP_VALUE)
        TRY(keep_value(run, number, run->answer->result[number].value));
    if (what == FAB_KEEP_FACE) {
        TRY(keep_columns(run, found));
        TRY(keep_rows(run, found));
    }
out:
    return status;
}

/* ---- one stage ---- */

/* The value without the constant: it is the same at every point. */
static double value_at(const struct run *run, const double *x)
{
    double value = 0;
    for (int j = 0; j < run->program->lp->column_count; j++)
        value += run->objective[j] * x[j];
    return value;
}

/* The point of a stage behind the money stage is the plan's when the money stage's proof holds for it. */
static fab_status take_point(const struct run *run, fab_lp_solution *found, bool *taken)
{
    fab_lp_certificate certificate;
    fab_lp_solution *plan = run->answer->solution;
    fab_status status = fab_lp_check(run->context, run->program->lp, found->x, plan->multiplier, &certificate);
    *taken = status == FAB_OK && certificate.verified;
    if (*taken) {
        double *x = plan->x;
        plan->x = found->x;
        found->x = x;
    }
    return status;
}

/* What a stage found becomes part of the answer; *found is NULL when the answer took it. */
static fab_status take_answer(const struct run *run, int number, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    struct fab_stage_result *result = &run->answer->result[number];
    result->done = (*found)->outcome == FAB_OPTIMAL;
    result->limit = (*found)->outcome == FAB_LIMIT;
    if (result->limit && run->policy->stages[number]->money && (*found)->x) {
        run->answer->solution = *found;
        *found = NULL;
    }
    if (!result->done)
        return FAB_OK;
    result->value = value_at(run, (*found)->x);
    if (run->answer->solution)
        TRY(take_point(run, *found, &result->done));
    if (number + 1 < run->policy->stage_count)
        TRY(keep(run, number, *found));
    if (run->policy->stages[number]->money) {
        run->answer->solution = *found;
        *found = NULL;
    }
out:
    return status;
}

/* What a solve without an answer means: a stage that may find nothing leaves the plan as it is, whatever its solver says, but for memory; a wish to stop ends the stages like a deadline; any other stage is undecided. */
static fab_status settle(const struct run *run, int number, fab_status status)
{
    struct fab_stages_answer *answer = run->answer;
    if (status == FAB_INTERRUPTED && fab_context_take_interruption(run->context)) {
        answer->interrupted = answer->result[number].limit = true;
        return FAB_OK;
    }
    if (status != FAB_INTERNAL)
        return status;
    if (!answer->solution)
        answer->outcome = FAB_UNDECIDED;
    return FAB_OK;
}

/* Even a stage that would need no pivot is not begun when the time is over: what is solved then depends on the program alone. */
static bool is_late(const fab_solver_options *options)
{
    return options && options->deadline > 0 && fab_clock() >= options->deadline;
}

/* Behind the money stage every column that decides is held, and the bounds are those of its proof. */
static fab_status solve_stage(const struct run *run, const struct fab_stage *stage, fab_lp_solution **found)
{
    if (run->answer->solution || stage->optional)
        return fab_solver_solve(run->context, run->solver, run->options, found);
    return fab_widen_solve(run->context, run->program, run->solver, run->options, found);
}

static fab_status run_stage(const struct run *run, int number)
{
    fab_status status = FAB_OK;
    const struct fab_stage *stage = run->policy->stages[number];
    fab_lp_solution *found = NULL;
    double constant = 0;
    run->answer->result[number].stage = stage;
    memset(run->objective, 0, (size_t)run->program->lp->column_count * sizeof *run->objective);
    stage->weigh(run->program, run->objective, &constant);
    TRY(fab_solver_set_objective(run->context, run->solver, run->objective, constant));
    run->answer->result[number].limit = is_late(run->options);
    if (run->answer->result[number].limit)
        return FAB_OK;
    TRY(settle(run, number, solve_stage(run, stage, &found)));
    if (!found)
        return FAB_OK;
    run->answer->interrupted = found->outcome == FAB_LIMIT && fab_context_take_interruption(run->context);
    if (!run->answer->solution)
        run->answer->outcome = found->outcome;
    TRY(take_answer(run, number, &found));
out:
    fab_lp_solution_free(found);
    return status;
}

fab_status fab_stages_run(fab_context *context, fab_program *program, const struct fab_policy *policy, fab_solver *solver,
                          const fab_solver_options *options, struct fab_stages_answer *answer)
{
    fab_status status = FAB_OK;
    struct run run = {context, program, policy, solver, options, answer, calloc((size_t)program->lp->column_count + 1, sizeof *run.objective)};
    *answer = (struct fab_stages_answer){.outcome = FAB_LIMIT, .complete = true};
    TRY_MEMORY(context, run.objective);
    for (int n = 0; n < policy->stage_count; n++) {
        TRY(run_stage(&run, n));
        bool ended = !answer->result[n].done && (answer->result[n].limit || !policy->stages[n]->optional);
        answer->complete = answer->complete && !ended;
        if (ended)
            break;
    }
    if (!answer->solution && answer->outcome == FAB_OPTIMAL)
        answer->outcome = FAB_LIMIT; /* a stage before the money stage was done, the money stage was not */
out:
    free(run.objective);
    if (status != FAB_OK) {
        fab_lp_solution_free(answer->solution);
        answer->solution = NULL;
    }
    return status;
}
