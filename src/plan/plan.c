/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "bounds.h"
#include "conflict.h"
#include "ties.h"

#include <stdlib.h>
#include <time.h>

double fab_plan_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static fab_status check_solution(fab_context *context, fab_plan *plan)
{
    double start = fab_plan_clock();
    const fab_lp *lp = plan->program->lp;
    fab_lp_certificate *certificate = &plan->certificate;
    fab_status status = fab_lp_check(context, lp, plan->solution->x, plan->solution->multiplier, certificate);
    plan->seconds_check = fab_plan_clock() - start;
    if (status != FAB_OK || certificate->verified)
        return status;
    return fab_fail_as(context, FAB_REJECTED, "out_of_scale",
                    "the plan failed its check and was not stored: gap %.3g (allowed %.3g), worst row %s by %.3g, worst column %s by %.3g (allowed "
                    "%.3g); coefficients out of scale are the usual cause",
                    certificate->gap, FAB_LP_GAP, certificate->worst_row < 0 ? "(none)" : lp->row[certificate->worst_row].name, certificate->row_residual,
                    certificate->worst_column < 0 ? "(none)" : lp->column[certificate->worst_column].name, certificate->column_residual,
                    FAB_LP_FEASIBILITY);
}

/* Breaks ties, and keeps the result only if the same proof holds for it. */
static fab_status break_ties(fab_context *context, fab_plan *plan)
{
    double *moved = NULL;
    fab_lp_certificate certificate;
    fab_status status = fab_ties_break(context, plan->program, plan->solution, &moved);
    if (status != FAB_OK || !moved)
        return status;
    status = fab_lp_check(context, plan->program->lp, moved, plan->solution->multiplier, &certificate);
    if (status == FAB_OK && certificate.verified) {
        free(plan->solution->x);
        plan->solution->x = moved;
        moved = NULL;
    }
    free(moved);
    return status;
}

static void sum_totals(fab_plan *plan)
{
    fab_program_totals(plan->program, plan->solution->x, plan->totals);
    static const fab_money profit[] = {FAB_MONEY_REVENUE, FAB_MONEY_COST,  FAB_MONEY_SUBSTITUTION, FAB_MONEY_HOLDING,
                                       FAB_MONEY_POWER,   FAB_MONEY_CAPEX, FAB_MONEY_REMOVAL};
    for (size_t k = 0; k < sizeof profit / sizeof *profit; k++)
        plan->profit_usd += plan->totals[profit[k]];
}

/* Starts that only the bound of a useful quantity holds back are a sign of a source that earns without end. */
static void warn_of_bounds(fab_context *context, const fab_plan *plan)
{
    const fab_program *program = plan->program;
    int T = plan->terms->period_count;
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; t < T; t++) {
            int column = program->starts[s * T + t];
            if (column == FAB_NONE || program->bounds->own_limit[s * T + t] || program->bounds->starts[s * T + t] <= 0 ||
                plan->solution->x[column] < program->bounds->starts[s * T + t])
                continue;
            fab_say(context, FAB_LEVEL_WARNING,
                    "source %s: starts of %s are limited by nothing but twice what demand and stock room can use; stock is worth more than it costs: "
                    "give a maximum in source_limit",
                    plan->model->source[s].source, plan->terms->period[t].name);
            return;
        }
}

/* Tells the caller of a solve which program its progress is of. */
struct reporter {
    const fab_plan_options *options;
    const fab_lp *lp;
};

static void report_progress(void *user, const fab_lp_progress *progress)
{
    const struct reporter *reporter = user;
    reporter->options->progress(reporter->options->user, reporter->lp, progress);
}

static fab_status solve(fab_context *context, const fab_plan_options *options, fab_plan *plan)
{
    double start = fab_plan_clock();
    struct reporter reporter = {options, plan->program->lp};
    fab_lp_options lp_options = {.user = &reporter};
    if (options) {
        lp_options.time_limit_seconds = options->time_limit_seconds;
        lp_options.progress = options->progress ? report_progress : NULL;
    }
    fab_status status = fab_lp_solve(context, plan->program->lp, &lp_options, &plan->solution);
    if (status != FAB_OK)
        return status;
    plan->outcome = plan->solution->outcome;
    if (plan->outcome == FAB_INFEASIBLE)
        return fab_conflict_find(context, plan->program->lp, &plan->conflict);
    if (plan->outcome != FAB_OPTIMAL)
        return FAB_OK;
    status = break_ties(context, plan);
    plan->seconds_solve = fab_plan_clock() - start;
    if (status == FAB_OK)
        status = check_solution(context, plan);
    if (status == FAB_OK) {
        sum_totals(plan);
        warn_of_bounds(context, plan);
    }
    return status;
}

fab_status fab_plan_optimise(fab_context *context, const fab_model *model, const fab_plan_options *options, fab_plan **result)
{
    double start = fab_plan_clock();
    fab_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        return fab_fail_memory(context);
    plan->model = model;
    fab_status status = fab_terms_new(context, model, &plan->terms);
    if (status == FAB_OK)
        status = fab_program_new(context, plan->terms, &plan->program);
    plan->seconds_build = fab_plan_clock() - start;
    if (status == FAB_OK && fab_context_interrupted(context))
        status = fab_fail(context, FAB_INTERRUPTED, "interrupted");
    if (status == FAB_OK)
        status = solve(context, options, plan);
    if (status != FAB_OK) {
        fab_plan_free(plan);
        return status;
    }
    *result = plan;
    return FAB_OK;
}

void fab_plan_free(fab_plan *plan)
{
    if (!plan)
        return;
    fab_table_free(plan->conflict);
    fab_lp_solution_free(plan->solution);
    fab_program_free(plan->program);
    fab_terms_free(plan->terms);
    free(plan);
}
