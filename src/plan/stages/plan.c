/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include "anything.h"
#include "clock.h"
#include "conflict.h"
#include "endless.h"
#include "fills.h"
#include "near.h"
#include "loops.h"
#include "nothing.h"
#include "terms_build.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* A gap up to this is told from a wrong answer: the plan is good, its last digits are not proven. */
#define NEARLY 1e-6

static fab_status reject(fab_context *context, const fab_plan *plan)
{
    const fab_lp *lp = plan->program->lp;
    const fab_lp_certificate *certificate = &plan->certificate;
    return fab_fail_as(context, FAB_REJECTED, "out_of_scale",
                    "the plan failed its check and was not stored: gap %.3g (allowed %.3g), worst row %s by %.3g, worst column %s by %.3g (allowed "
                    "%.3g); coefficients out of scale are the usual cause",
                    certificate->gap, FAB_LP_GAP, certificate->worst_row < 0 ? "(none)" : lp->row[certificate->worst_row].name, certificate->row_residual,
                    certificate->worst_column < 0 ? "(none)" : lp->column[certificate->worst_column].name, certificate->column_residual,
                    FAB_LP_FEASIBILITY);
}

/* A point that calm moved is feasible, and worth what it is worth: the money, its bound and its gap are those of the money stage. */
static void take_calm(fab_plan *plan)
{
    fab_lp_certificate *certificate = &plan->certificate;
    const fab_lp_certificate *money = &plan->stages.money;
    if (isnan(plan->stages.least) || !(certificate->objective < money->objective))
        return;
    plan->calm_usd = money->objective - certificate->objective;
    certificate->objective = money->objective;
    certificate->bound = money->bound;
    certificate->gap = money->gap;
    certificate->verified = money->verified && fab_lp_is_feasible(certificate);
}

/* With whole decisions the point is the best with them fixed; what is proven of it is the bound of the search. */
static void take_whole(fab_plan *plan)
{
    fab_lp_certificate *certificate = &plan->certificate;
    if (!plan->stages.whole.asked)
        return;
    certificate->bound = fmax(plan->stages.whole.bound, certificate->objective);
    certificate->gap = fab_whole_gap(certificate->bound, certificate->objective);
}

/* A limit came before the gap was proven: the plan stands when its gap is small enough. */
static void judge_whole(fab_context *context, fab_plan *plan, double worst_gap)
{
    const fab_lp_certificate *certificate = &plan->certificate;
    if (!plan->stages.whole.asked || plan->stages.whole.finished)
        return;
    if (certificate->gap <= worst_gap) {
        fab_say_as(context, FAB_LEVEL_WARNING, "limit", "the plan is the best one with whole tools that was found in time: it is proven to be within %.3g of the best, relative to its objective", certificate->gap);
        return;
    }
    plan->outcome = FAB_LIMIT;
    fab_lp_solution_free(plan->solution);
    plan->solution = NULL;
}

static fab_status check_solution(fab_context *context, fab_plan *plan)
{
    double start = fab_clock();
    fab_lp_certificate *certificate = &plan->certificate;
    fab_status status = fab_lp_check(context, plan->program->lp, plan->solution->x, plan->solution->multiplier, certificate);
    plan->seconds_check = fab_clock() - start;
    if (status == FAB_OK)
        take_calm(plan);
    if (status != FAB_OK)
        return status;
    if (certificate->verified) {
        take_whole(plan);
        return FAB_OK;
    }
    if (!fab_lp_is_feasible(certificate) || !(fabs(certificate->gap) <= NEARLY))
        return reject(context, plan);
    plan->complete = false;
    fab_say_as(context, FAB_LEVEL_WARNING, "nearly_proven", "no way to the optimum proved its last digits: the plan is within %.3g of the best, not within %.3g", certificate->gap, FAB_LP_GAP);
    return FAB_OK;
}

/* The best point whose check is done becomes the plan when its gap is small enough; else there is none. */
static fab_status take_incumbent(fab_context *context, fab_plan *plan, double worst_gap)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate = {.gap = (double)INFINITY, .row_residual = (double)INFINITY};
    if (plan->solution)
        TRY(fab_lp_check(context, plan->program->lp, plan->solution->x, plan->solution->multiplier, &certificate));
    if (plan->nothing && !(fab_lp_is_feasible(&certificate) && certificate.gap <= plan->certificate.gap)) {
        fab_lp_solution_free(plan->solution);
        plan->solution = plan->nothing;
        plan->nothing = NULL;
        certificate = plan->certificate;
    }
    plan->certificate = certificate;
    if (plan->solution && fab_lp_is_feasible(&certificate) && certificate.gap <= worst_gap) {
        plan->outcome = FAB_OPTIMAL;
        fab_say_as(context, FAB_LEVEL_WARNING, "limit", "the plan is the best one that was found in time: it is proven to be within %.3g of the best, relative to its objective", certificate.gap);
    } else {
        fab_lp_solution_free(plan->solution);
        plan->solution = NULL;
    }
out:
    return status;
}

static void sum_totals(fab_plan *plan)
{
    fab_program_totals(plan->program, plan->solution->x, plan->totals);
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        if (fab_money_kinds[k].profit)
            plan->profit_usd += plan->totals[k];
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

/* Proves that there is no plan, or leaves it undecided. */
static fab_status find_conflict(fab_context *context, fab_plan *plan, const fab_solver_options *options)
{
    fab_status status = FAB_OK;
    struct fab_conflict conflict;
    TRY(fab_conflict_find(context, plan->program, plan->solver, options, &conflict));
    plan->outcome = conflict.proven ? FAB_INFEASIBLE : FAB_UNDECIDED;
    plan->conflict = conflict.table;
    plan->conflict_set = conflict.set;
    plan->violation = conflict.found;
    if (options->external && !conflict.proven && !fab_context_interrupted(context) && (plan->deadline == 0 || fab_clock() < plan->deadline))
        TRY(fab_fail_as(context, FAB_REJECTED, "solver_refused", "solver %s: its answer is refused: it said that the limits cannot hold together, which is not proven", options->external->program));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
out:
    return status;
}

static fab_status take_stages(fab_context *context, fab_plan *plan, const struct fab_stages_asked *asked, const fab_solver_options *options,
                              struct fab_stages_answer *answer)
{
    fab_status status = FAB_OK;
    const struct fab_stage_list list = fab_policy_list(plan->policy, asked);
    TRY(fab_stages_run(context, plan->program, &list, asked, plan->solver, options, answer));
    plan->outcome = answer->outcome;
    plan->complete = answer->complete;
    plan->solution = answer->solution;
    plan->stages = *answer;
    plan->stages.solution = NULL;
    plan->interrupted = answer->interrupted;
    bool whole_alone = answer->whole.asked && answer->whole.finished && plan->outcome == FAB_INFEASIBLE; /* every branch is proven empty; with parts there is a plan, and no conflict to be named */
    if (whole_alone)
        plan->violation = (double)NAN;
    else if (plan->outcome == FAB_INFEASIBLE || plan->outcome == FAB_UNDECIDED)
        TRY(find_conflict(context, plan, options));
out:
    return status;
}

/* Of a plan that a limit or an interruption leaves. */
static double worst_gap_of(const fab_plan_options *options)
{
    return options->worst_gap > 0 ? options->worst_gap : options->worst_gap < 0 ? 0 : FAB_WORST_GAP;
}

static fab_status solve(fab_context *context, const fab_plan_options *options, fab_plan *plan)
{
    fab_status status = FAB_OK;
    double start = fab_clock();
    struct fab_stages_answer answer;
    struct reporter reporter = {options, plan->program->lp};
    const fab_solver_options solver_options = {
        .deadline = plan->deadline, .external = plan->external.program ? &plan->external : NULL, .progress = options->progress ? report_progress : NULL, .user = &reporter};
    if (fab_policy_begins_with_money(plan->policy, &options->asked))
        TRY(fab_nothing_find(context, plan->program, &plan->nothing, &plan->certificate));
    TRY(fab_solver_open(context, plan->program->lp, &plan->solver));
    if (options->near)
        TRY(fab_near_start(context, options->near->program->lp, options->near->solution, plan->solver));
    TRY(take_stages(context, plan, &options->asked, &solver_options, &answer));
    plan->seconds_solve = fab_clock() - start;
    if (plan->outcome == FAB_LIMIT)
        TRY(take_incumbent(context, plan, worst_gap_of(options)));
    else if (plan->outcome == FAB_OPTIMAL)
        TRY(check_solution(context, plan));
    if (plan->outcome == FAB_OPTIMAL)
        judge_whole(context, plan, worst_gap_of(options));
    if (plan->outcome != FAB_OPTIMAL && plan->interrupted)
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted while solving"));
    if (plan->outcome != FAB_OPTIMAL)
        goto out;
    sum_totals(plan);
out:
    return status;
}

fab_status fab_plan_optimise(fab_context *context, const fab_model *model, const fab_plan_options *asked, fab_plan **result)
{
    static const fab_plan_options none = {0};
    fab_status status = FAB_OK;
    fab_plan *plan = NULL;
    const fab_plan_options *options = asked ? asked : &none;
    double start = fab_clock();
    TRY_MEMORY(context, plan = calloc(1, sizeof *plan));
    plan->model = model;
    plan->external.program = options->solver;
    plan->policy = fab_policy_find(options->policy ? options->policy : "profit");
    if (!plan->policy)
        TRY(fab_fail(context, FAB_USAGE, "policy '%s' is not known", options->policy));
    TRY(fab_terms_new(context, model, &plan->terms));
    TRY(fab_loops_check(context, plan->terms));
    TRY(fab_program_new(context, plan->terms, options->more, &plan->program));
    plan->program->lp->method = options->method;
    TRY(fab_anything_check(context, plan->program));
    TRY(fab_endless_check(context, plan->program));
    TRY(fab_fills_add(context, plan->program, &options->asked));
    plan->seconds_build = fab_clock() - start;
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    plan->deadline = options->time_limit_seconds > 0 ? start + options->time_limit_seconds : 0;
    TRY(solve(context, options, plan));
    *result = plan;
    plan = NULL;
out:
    fab_plan_free(plan);
    return status;
}

void fab_plan_free(fab_plan *plan)
{
    if (!plan)
        return;
    fab_table_free(plan->conflict);
    fab_table_free(plan->conflict_set);
    fab_solver_close(plan->solver);
    fab_lp_solution_free(plan->solution);
    fab_lp_solution_free(plan->nothing);
    fab_program_free(plan->program);
    fab_terms_free(plan->terms);
    free(plan);
}

fab_status fab_plan_stand(fab_context *context, const fab_plan *plan)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = plan->program->lp;
    double *objective = malloc(((size_t)lp->column_count + 1) * sizeof *objective);
    TRY_MEMORY(context, objective);
    for (int j = 0; j < lp->column_count; j++) {
        objective[j] = lp->column[j].objective;
        TRY(fab_solver_set_column_limits(context, plan->solver, j, lp->column[j].lower, lp->column[j].upper));
    }
    for (int i = 0; i < lp->row_count; i++)
        TRY(fab_solver_set_row_limits(context, plan->solver, i, lp->row[i].lower, lp->row[i].upper));
    TRY(fab_solver_set_objective(context, plan->solver, objective, lp->objective_constant));
out:
    free(objective);
    return status;
}
