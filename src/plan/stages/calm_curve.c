/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calm_curve.h"

#include "calm.h"
#include "try.h"
#include "widen.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double fab_calm_shares[FAB_CALM_POINTS] = {0.0001, 0.001, 0.003, 0.01, 0.03};

static double value_at(const struct fab_run *run, const double *x)
{
    double value = 0;
    for (int j = 0; j < fab_solver_program(run->solver)->column_count; j++)
        value += run->objective[j] * x[j];
    return value;
}

/* All starts of own lines in the horizon: what the movement is measured by. */
static double starts_at(const fab_program *program, const double *x)
{
    const fab_terms *terms = program->terms;
    double starts = 0;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->horizon_periods; t++) {
            int column = fab_program_at(program, FAB_X, s, t);
            if (column != FAB_NONE && strcmp(terms->model->line[terms->model->source[s].line].kind, "external") != 0)
                starts += x[column];
        }
    return starts;
}

/* The point by the program of the plan and by that of the movement. */
static fab_status check_point(struct fab_run *run, const fab_plan *plan, const fab_lp_solution *found, double least, struct fab_calm_point *point)
{
    fab_status status = FAB_OK;
    fab_lp_certificate money, movement;
    TRY(fab_lp_check(run->context, plan->program->lp, found->x, plan->solution->multiplier, &money));
    TRY(fab_lp_check(run->context, fab_solver_program(run->solver), found->x, found->multiplier, &movement));
    point->objective = money.objective;
    point->movement = -value_at(run, found->x);
    point->bound = -movement.bound;
    point->gap = movement.gap;
    point->verified = fab_lp_is_feasible(&money) && money.objective >= least - FAB_LP_GAP * fmax(1, fabs(least)) && movement.verified;
out:
    return status;
}

/* The point of a share, with the profit row at what it must be worth; *done is false when no time was left. */
static fab_status find_point(struct fab_run *run, const fab_plan *plan, int profit, struct fab_calm_point *point, bool *done)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    double objective = plan->certificate.objective, least = objective - fmax(point->share, FAB_LP_GAP) * fabs(objective);
    *done = !fab_run_is_late(run);
    if (!*done)
        return FAB_OK;
    TRY(fab_solver_set_row_limits(run->context, run->solver, profit, least - plan->program->lp->objective_constant, (double)INFINITY));
    TRY(fab_solver_set_objective(run->context, run->solver, run->objective, 0));
    TRY(fab_widen_behind(run->context, run->program, run->solver, run->options, &found));
    *done = found->outcome == FAB_OPTIMAL;
    if (*done)
        TRY(check_point(run, plan, found, least, point));
    if (*done)
        point->restlessness = point->movement / fmax(starts_at(plan->program, found->x), DBL_MIN);
out:
    fab_lp_solution_free(found);
    return status;
}

fab_status fab_calm_curve(fab_context *context, fab_plan *plan, const fab_solver_options *options, struct fab_calm_point points[FAB_CALM_POINTS], int *count)
{
    fab_status status = FAB_OK;
    struct fab_stages_answer answer = plan->stages;
    struct fab_run run = {.context = context, .program = plan->program, .solver = plan->solver, .options = options, .answer = &answer};
    int profit;
    bool done = true;
    *count = 0;
    answer.solution = plan->solution;
    TRY_MEMORY(context, run.objective = calloc((size_t)plan->program->lp->column_count + 1, sizeof *run.objective));
    TRY(fab_calm_open(&run, plan->certificate.objective, &profit));
    for (int p = 0; p < FAB_CALM_POINTS && done; p++) {
        points[p] = (struct fab_calm_point){.share = fab_calm_shares[p]};
        TRY(find_point(&run, plan, profit, &points[p], &done));
        *count += done;
    }
out:
    free(run.objective);
    fab_solver_close(run.calm);
    return status;
}
