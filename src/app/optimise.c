/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "clock.h"
#include "cease.h"
#include "cell.h"
#include "changes.h"
#include "dictionary.h"
#include "interruption.h"
#include "measured.h"
#include "planning.h"
#include "old_plan.h"
#include "optimise_families.h"
#include "plan_table.h"
#include "policy_cost.h"
#include "plan_tables.h"
#include "result.h"
#include "standing.h"
#include "surprise.h"
#include "taken_over.h"
#include "taken_rows.h"
#include "try.h"
#include "utf8.h"
#include "robust_plan.h"
#include "values.h"
#include "view.h"
#include "load_parts.h"
#include "loops.h"
#include "wip_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void report_progress(void *user, const fab_lp *lp, const fab_lp_progress *progress)
{
    const fab_optimise_request *request = user;
    const fab_progress public = {.rows = lp->row_count,
                                 .columns = lp->column_count,
                                 .nonzeros = lp->nonzero_count,
                                 .iterations = progress->iterations,
                                 .objective_usd = progress->objective,
                                 .seconds = progress->seconds};
    request->progress(request->user, &public);
}

/* A run on its way into the store. */
struct run {
    fab *handle;
    struct fab_planning planning;
    struct fab_planned planned;
    char hash[65], input[65]; /* of the inputs, and of the snapshot of them that is kept */
    double load_start, seconds_load, store_start;
    int said_before; /* findings and warnings before the run */
    const struct fab_more_families *more; /* NULL: none */
    struct fab_planned planned_before; /* of the plan without a surprise */
    fab_plan *before;                  /* NULL: nothing comes as a surprise */
    struct fab_values *values;            /* NULL: none were asked for */
    struct fab_taken *taken;              /* from the plan that this one goes on from; NULL: there is none */
    struct fab_robust_plan robust;        /* tools for many futures, zeroed: they are not asked for */
};

enum { DESCRIPTION_SIZE = 80 }; /* of the method, in words */
enum { WORDS_SIZE = 96 };

/* What is taken as measured; NULL: nothing. */
static const char *measured_words(const struct fab_planning *planning, char words[WORDS_SIZE])
{
    int length = 0;
    for (int what = 0; what < FAB_MEASURED_COUNT; what++)
        if (planning->measured & 1u << what)
            length += snprintf(words + length, (size_t)(WORDS_SIZE - length), "%s%s", length ? ", " : "", fab_measured_names[what]);
    return length ? words : NULL;
}

/* Of a plan that was given none: the data set's, and what it takes of the history in place of what was planned. */
static void write_name(struct fab_plan_table *w, const struct fab_planning *planning)
{
    char name[FAB_TEXT_MAX + 128];
    bool yields = planning->yield && strcmp(planning->yield, "plan") != 0;
    char words[WORDS_SIZE];
    const char *measured = measured_words(planning, words);
    snprintf(name, sizeof name, "%s%s%s%s%s", w->plan->model->plan_name, yields ? ", yields " : "", yields ? planning->yield : "",
             measured ? ", measured " : "", measured ? measured : "");
    fab_plan_table_copy(w, name);
}

/* Versions, and what is asked for and done beside them: a plan by auto's simplex method is the same on every machine, one by the interior point where its arithmetic is. NULL when memory is short. */
static char *describe_versions(const fab_plan *plan)
{
    static const char *const asked[] = {[FAB_LP_AUTO] = "by size", [FAB_LP_SIMPLEX] = "as asked", [FAB_LP_INTERIOR] = "as asked"};
    enum fab_lp_method method = plan->program->lp->method;
    bool interior = plan->solution->interior;
    char *versions = fab_versions(), *text = NULL;
    if (!versions || (method == FAB_LP_AUTO && !interior))
        return versions;
    size_t size = strlen(versions) + strlen(fab_lp_arithmetic_name()) + DESCRIPTION_SIZE;
    text = malloc(size);
    if (text)
        snprintf(text, size, "%s, method %s (%s)%s%s", versions, interior ? "interior" : "simplex", plan->stages.whole.asked ? "whole tools" : interior == (method != FAB_LP_SIMPLEX) ? asked[method] : "the other one gave no proof", interior ? ", " : "",
                 interior ? fab_lp_arithmetic_name() : "");
    free(versions);
    return text;
}

static void write_run(struct fab_plan_table *w, const fab_optimise_request *request, const struct run *run)
{
    char now[FAB_UTC_SIZE];
    char *versions = describe_versions(w->plan);
    const char *solver = w->plan->external.version;
    if (request->name)
        fab_plan_table_text(w, request->name);
    else
        write_name(w, &run->planning);
    fab_plan_table_text(w, w->plan->model->plan_name);
    fab_plan_table_text(w, w->plan->model->currency);
    fab_plan_table_text(w, run->planning.policy);
    fab_plan_table_copy(w, fab_clock_utc(now));
    fab_plan_table_text(w, run->hash);
    fab_plan_table_text(w, run->planned.options);
    fab_plan_table_copy(w, *solver && versions ? fab_arena_printf(w->plan->program->lp->arena, "%s, solver %s", versions, solver) : versions);
    fab_plan_table_real(w, run->seconds_load);
    free(versions);
}

static void write_proof(struct fab_plan_table *w, double store_start)
{
    const fab_plan *plan = w->plan;
    const fab_lp *lp = plan->program->lp;
    fab_plan_table_text(w, plan->complete ? "optimal" : "limit");
    fab_plan_table_real(w, plan->certificate.objective);
    fab_plan_table_real(w, plan->certificate.bound);
    fab_plan_table_real(w, plan->certificate.gap);
    fab_plan_table_real(w, fmax(plan->certificate.row_residual, plan->certificate.column_residual));
    fab_plan_table_text(w, "verified");
    fab_plan_table_integer(w, lp->row_count);
    fab_plan_table_integer(w, lp->column_count);
    fab_plan_table_integer(w, lp->nonzero_count);
    fab_plan_table_integer(w, plan->solution->iterations);
    fab_plan_table_real(w, plan->seconds_build);
    fab_plan_table_real(w, plan->seconds_solve);
    fab_plan_table_real(w, plan->seconds_check);
    fab_plan_table_real(w, fab_clock() - store_start);
    fab_plan_table_real(w, plan->model->discount_rate);
    fab_plan_table_real(w, plan->model->end_value_frac);
    fab_plan_table_date(w, plan->model->calendar[0].start_date);
    fab_plan_table_date(w, plan->model->calendar[plan->terms->horizon_periods - 1].end_date);
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        fab_plan_table_real(w, plan->totals[k]);
    fab_plan_table_real(w, plan->profit_usd);
    fab_plan_table_real(w, fab_view_restlessness(plan));
    fab_plan_table_real(w, fab_policy_price(plan));
    fab_plan_table_real(w, plan->calm_usd);
    fab_plan_table_integer(w, plan->stages.whole.asked);
}

static fab_table *make_plan_table(const fab_plan *plan, int64_t number, const fab_optimise_request *request, const struct run *run)
{
    char words[WORDS_SIZE];
    struct fab_plan_table w = fab_plan_table_begin(
        plan, number, "plan",
        "name plan_name currency policy created_utc inputs_sha256 options versions seconds_load status objective_usd bound_usd gap row_residual check_result "
        "model_rows model_columns model_nonzeros iterations seconds_build seconds_solve seconds_check seconds_store discount_rate end_value_frac "
        "horizon_start horizon_end revenue_usd cost_usd shortage_usd late_usd commitment_usd shortfall_usd substitution_usd holding_usd power_usd "
        "capex_usd removal_usd end_value_usd change_usd policy_usd discard_usd moved_usd target_usd cumulated_usd fixed_usd tail_usd profit_usd restlessness policy_price_usd calm_usd whole_tools simulated input_sha256 yields measured");
    fab_plan_table_row(&w);
    write_run(&w, request, run);
    write_proof(&w, run->store_start);
    fab_plan_table_integer(&w, run->planned.simulated);
    fab_plan_table_text(&w, run->input);
    fab_plan_table_text(&w, run->planning.yield ? run->planning.yield : "plan");
    if (measured_words(&run->planning, words))
        fab_plan_table_copy(&w, words);
    else
        fab_plan_table_text(&w, NULL);
    return fab_plan_table_end(&w);
}

static int count_said(const fab_context *context)
{
    const fab_table *found = fab_context_found(context);
    return found ? fab_table_rows(found) : 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Texts from a row on, behind the `count` that are there; their count. */
static int collect_warnings(const fab_context *context, int first, const char **texts, int count)
{
    const fab_table *found = fab_context_found(context);
    for (int r = first; r < count_said(context); r++) {
        const char *text = fab_table_get(found, r, fab_table_find_column(found, "text"))->text;
        if (text)
            texts[count++] = text;
    }
    return count;
}

/* The warnings about the inputs, and those since the run began: the same whether the data set is a folder or a database, in the order of their texts, so that the order of rows does not count. */
static fab_table *make_warnings(const fab_context *context, const fab_plan *plan, int64_t number, const struct run *run)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_warning", "number text");
    const fab_context *inputs = run->handle->inputs;
    int most = count_said(context) + (inputs ? count_said(inputs) : 0), count = 0;
    const char **texts = malloc(((size_t)most + 1) * sizeof *texts);
    w.failed = w.failed || !texts;
    if (texts && inputs)
        count = collect_warnings(inputs, 0, texts, count);
    if (texts)
        count = collect_warnings(context, run->said_before, texts, count);
    if (texts)
        qsort(texts, (size_t)count, sizeof *texts, by_text);
    for (int k = 0; k < count; k++) {
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, k + 1);
        fab_plan_table_copy(&w, texts[k]);
    }
    free(texts);
    return fab_plan_table_end(&w);
}

/* Another program may have imported while the plan was made: `now` is what would be kept. */
static fab_status expect_unchanged(fab_context *context, const struct run *run, const char *now)
{
    if (!run->planning.watched || strcmp(run->planned.input, now) == 0)
        return FAB_OK;
    return fab_fail_as(context, FAB_BUSY, "inputs_changed", "the inputs were changed by somebody else while the plan was made: it would not be theirs, and is not stored; plan again");
}

/* The old plan is the one without a surprise, or a stored one, which is looked at again. */
static fab_status make_held(fab_context *context, struct run *run, const fab_plan *plan, int64_t number, fab_table **table)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    struct fab_held_old old = {0};
    struct fab_held_reasons *reasons = NULL;
    double *multiplier = NULL;
    if (run->before) {
        old = (struct fab_held_old){run->planned_before.model, run->before->program->lp, run->before->solution->multiplier};
    } else if (plan->program->held_count > 0) {
        TRY(fab_standing_look(context, run->handle, run->planned.old_plan, &standing));
        TRY(fab_standing_multipliers(context, &standing, &multiplier));
        old = (struct fab_held_old){standing.planned.model, standing.plan->program->lp, multiplier};
    }
    if (old.model)
        TRY(fab_held_reasons_new(context, &old, plan, &reasons));
    TRY_MEMORY(context, *table = fab_old_plan_table(plan, number, reasons));
out:
    fab_held_reasons_free(reasons);
    fab_standing_close(&standing);
    free(multiplier);
    return status;
}

/* Inserts the tables, then the row of the plan itself, which knows how long that took; foreign keys are looked at when the transaction ends. */
static fab_status insert_plan(fab_context *context, struct run *run, const fab_optimise_request *request, const fab_plan *plan, int64_t *number)
{
    fab_store *store = run->handle->store;
    int count = 0;
    fab_status status;
    fab_table *tables[FAB_PLAN_MOST_TABLES] = {NULL};
    fab_table *head = NULL;
    TRY(fab_store_next_plan(context, store, number));
    TRY(fab_store_hash_inputs(context, store, run->hash));
    TRY(fab_store_keep_input(context, store, run->input));
    TRY(expect_unchanged(context, run, run->input));
    TRY(fab_plan_make_tables(context, plan, *number, tables, &count));
    if (run->values) {
        TRY_MEMORY(context, tables[count] = fab_values_table(plan, run->values->line, run->values->count, *number, 1));
        count++;
    }
    TRY(make_held(context, run, plan, *number, &tables[count]));
    count++;
    TRY_MEMORY(context, tables[count] = fab_taken_table(run->taken, plan->model, *number));
    count++;
    TRY_MEMORY(context, tables[count] = fab_changes_table(run->planned.changes, *number));
    count++;
    TRY_MEMORY(context, tables[count] = make_warnings(context, plan, *number, run));
    count++;
    for (int t = 0; t < count; t++)
        TRY(fab_store_insert(context, store, tables[t]));
    TRY_MEMORY(context, head = make_plan_table(plan, *number, request, run));
    TRY(fab_store_insert(context, store, head));
    TRY(fab_store_seal_plan(context, store, *number));
out:
    fab_table_free(head);
    for (int t = 0; t < count; t++)
        fab_table_free(tables[t]);
    return status;
}

static fab_status store_plan(fab_context *context, struct run *run, const fab_optimise_request *request, const fab_plan *plan, int64_t *number)
{
    fab_store *store = run->handle->store;
    fab_status status;
    int64_t inserted = 0;
    run->store_start = fab_clock();
    TRY(fab_store_begin(context, store));
    TRY(insert_plan(context, run, request, plan, &inserted));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    TRY(fab_store_commit(context, store));
    *number = inserted;
out:
    if (status != FAB_OK)
        fab_store_rollback(store);
    return status;
}

/* The answer when there is no plan. */
static fab_status answer_without_plan(fab_context *context, fab_plan *plan, fab_result **answer)
{
    static const char *const columns[] = {"plan", "status", "violation"};
    fab_status status = FAB_OK;
    fab_table *facts = NULL;
    fab_value *row = NULL;
    fab_result *made = NULL;
    TRY_MEMORY(context, made = fab_result_new("fabplan.plan/2"));
    TRY_MEMORY(context, facts = fab_table_new("plan", columns, plan->outcome == FAB_LIMIT ? 2 : 3));
    TRY_MEMORY(context, row = fab_table_add_row(facts));
    row[1] = fab_text(plan->outcome == FAB_INFEASIBLE ? "infeasible" : plan->outcome == FAB_UNDECIDED ? "undecided" : "limit");
    if (plan->outcome != FAB_LIMIT && !isnan(plan->violation))
        row[2] = fab_real(plan->violation);
    status = fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, facts);
    facts = NULL;
    if (status == FAB_OK && plan->conflict) {
        status = fab_result_add_list(context, made, "conflict", NULL, plan->conflict);
        plan->conflict = NULL;
    }
    if (status == FAB_OK && plan->conflict_set) {
        status = fab_result_add_list(context, made, "conflict_set", NULL, plan->conflict_set);
        plan->conflict_set = NULL;
    }
    if (status != FAB_OK)
        goto out;
    *answer = made;
    made = NULL;
out:
    fab_table_free(facts);
    fab_result_free(made);
    return status;
}

/* Of a folder they have been said: they are kept for the plan. */
static fab_status warn_of_inputs(fab_context *context, fab *handle)
{
    fab_status status = FAB_OK;
    if (handle->is_file)
        return fab_store_warn(context, handle->store);
    if (!handle->inputs)
        TRY_MEMORY(context, handle->inputs = fab_context_new());
    fab_context_reset(handle->inputs);
    fab_context_follow(handle->inputs, context);
    status = fab_store_warn(handle->inputs, handle->store);
    fab_context_follow(handle->inputs, NULL);
    if (status != FAB_OK)
        fab_fail(context, status, "%s", fab_context_message(handle->inputs));
out:
    return status;
}

/* A last USD of value that costs more than its own worth is said. */
static void warn_of_policy(fab_context *context, const fab_plan *plan)
{
    static const double dear = 1, very_dear = 10;
    for (int k = 0; k < plan->program->kept_count; k++) {
        const struct fab_kept *kept = &plan->program->kept[k];
        double costs = fab_policy_last_usd(plan, kept);
        if (kept->kind == FAB_KEPT_SERVED && costs > dear)
            fab_say(context, costs > very_dear ? FAB_LEVEL_WARNING : FAB_LEVEL_NOTE, "%s: the last USD of value that it keeps costs at least %.3g USD of profit",
                    plan->program->lp->row[kept->row].name, costs);
    }
}

/* Where a scenario of the request is a surprise: the plan of those who do not know of it, which is kept up to its day. */
static fab_status plan_before(fab_context *context, struct run *run, const fab_plan_options *options)
{
    fab_status status = FAB_OK;
    struct fab_surprise surprise;
    struct fab_planning unknowing = run->planning;
    fab_plan_options asked = *options;
    TRY(fab_surprise_find(context, run->handle, run->planning.scenario, &surprise));
    if (surprise.from == FAB_DATE_NONE)
        goto out;
    if (run->planning.old.freeze > 0 || run->planning.old.stability > 0)
        TRY(fab_fail(context, FAB_USAGE, "a scenario that comes as a surprise keeps to the plan without it: it cannot keep to another one too"));
    unknowing.scenario = surprise.known;
    unknowing.silent = true;
    TRY(fab_planning_load(context, run->handle, &unknowing, &run->planned_before));
    asked.asked = run->planned_before.asked;
    TRY(fab_plan_optimise(context, run->planned_before.model, &asked, &run->before));
    run->planning.before = run->before->outcome == FAB_OPTIMAL ? run->before : NULL;
    run->planning.surprise_from = surprise.from;
out:
    free(surprise.known);
    return status;
}

/* What tools for many futures are worth, in words. */
static void tell_robust(fab_context *context, const struct fab_planning_robust *found)
{
    fab_say_as(context, FAB_LEVEL_NOTE, "robust", "tools for %d futures: mean objective %.10g USD, proven within %.3g", found->futures, found->objective, found->gap);
    if (isfinite(found->base_tools))
        fab_say_as(context, FAB_LEVEL_NOTE, "robust", "value of the stochastic solution: %.6g USD (with the tools that are best for the inputs as they are the mean is %.10g)", found->objective - found->base_tools, found->base_tools);
    else
        fab_say_as(context, FAB_LEVEL_NOTE, "robust", "the tools that are best for the inputs as they are cannot be had in all futures");
    if (isfinite(found->knowing))
        fab_say_as(context, FAB_LEVEL_NOTE, "robust", "value of knowing the future before tools are ordered: %.6g USD", found->knowing - found->objective);
}

/* Tools for all futures of a sweep, where they are asked for. */
static fab_status find_robust(fab_context *context, struct run *run, const char *path, double seconds)
{
    static const double part_of_time = 0.75; /* the rest is for the plan with these tools */
    fab_status status = FAB_OK;
    if (!path)
        return FAB_OK;
    run->planning.robust_seconds = part_of_time * seconds;
    TRY(fab_robust_plan_find(context, run->handle, &run->planning, path, &run->robust));
    if (run->robust.outcome == FAB_LIMIT) {
        fab_say(context, FAB_LEVEL_NOTE, "limit of time reached before orders and removals of tools were found that can be had in all futures of %s", path);
        goto out;
    }
    if (run->robust.outcome != FAB_OPTIMAL) {
        fab_say(context, FAB_LEVEL_NOTE, "no orders and removals of tools can be had in all futures of %s", path);
        goto out;
    }
    run->planning.robust = &run->robust.found;
    tell_robust(context, &run->robust.found);
out:
    return status;
}

static fab_status read_method(fab_context *context, const char *asked, enum fab_lp_method *method)
{
    static const char *const names[] = {[FAB_LP_AUTO] = "auto", [FAB_LP_SIMPLEX] = "simplex", [FAB_LP_INTERIOR] = "interior"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        if (!asked || strcmp(asked, names[n]) == 0) {
            *method = (enum fab_lp_method)n;
            return FAB_OK;
        }
    return fab_fail(context, FAB_USAGE, "method '%s' is not known; methods are: auto, interior, simplex", asked);
}

/* Tested values of the next steps of limits start from a vertex. */
static fab_status test_values(fab_context *context, struct run *run, const fab_optimise_request *request, fab_plan *plan)
{
    if (request->values < 0 || !plan->certificate.verified)
        return FAB_OK;
    if (plan->solution->interior) {
        fab_say_as(context, FAB_LEVEL_NOTE, "untested", "values are not tested: the plan is inside its optimal face, and testing what a step gains starts from a vertex of it");
        return FAB_OK;
    }
    return fab_values_test(context, plan, &(struct fab_values_asked){.wanted = request->values > 0 ? request->values : FAB_VALUES},
                           &(fab_solver_options){.deadline = plan->interrupted ? fab_clock() : plan->deadline}, &run->values);
}

static fab_status optimise(fab_context *context, struct run *run, const fab_optimise_request *request, fab_optimise_result *result)
{
    fab_optimise_request asked = *request;
    fab_plan_options options = {.policy = run->planning.policy,
                                      .time_limit_seconds = request->time_limit_seconds,
                                      .solver = request->solver,
                                      .worst_gap = request->worst_gap,
                                      .progress = request->progress ? report_progress : NULL,
                                      .user = &asked,
                                      .more = run->more};
    fab_status status;
    fab_plan *plan = NULL;
    TRY(read_method(context, request->method, &options.method));
    TRY(fab_measured_read(context, request->measured, &run->planning.measured));
    if (request->solver)
        TRY(fab_external_find(context, request->solver));
    TRY(warn_of_inputs(context, run->handle));
    if (request->start && request->from_plan > 0)
        TRY(fab_taken_over(context, run->handle, request->from_plan, request->start, &run->taken));
    run->planning.taken = run->taken;
    TRY(find_robust(context, run, request->robust, request->time_limit_seconds));
    if (request->robust && !run->planning.robust) {
        result->outcome = run->robust.outcome;
        TRY(answer_without_plan(context, &(fab_plan){.outcome = result->outcome, .violation = (double)NAN}, &result->answer));
        goto out;
    }
    TRY(plan_before(context, run, &options));
    if (run->before && !run->planning.before) {
        result->outcome = run->before->outcome;
        TRY(answer_without_plan(context, run->before, &result->answer));
        goto out;
    }
    TRY(fab_planning_load(context, run->handle, &run->planning, &run->planned));
    if (run->before)
        TRY(expect_unchanged(context, run, run->planned_before.input));
    run->seconds_load = run->handle->seconds_open + fab_clock() - run->load_start;
    options.asked = run->planned.asked;
    TRY(fab_plan_optimise(context, run->planned.model, &options, &plan));
    result->outcome = plan->outcome == FAB_OPTIMAL && !plan->complete ? FAB_LIMIT : plan->outcome;
    if (plan->outcome != FAB_OPTIMAL) {
        TRY(answer_without_plan(context, plan, &result->answer));
    } else {
        TRY(fab_wip_warn(context, plan));
        TRY(fab_cease_warn(context, plan));
        TRY(fab_load_parts_note(context, plan));
        TRY(fab_loops_note(context, plan->terms));
        TRY(fab_policy_losses(context, plan, &(fab_solver_options){.deadline = plan->deadline}));
        warn_of_policy(context, plan);
        TRY(test_values(context, run, request, plan));
        TRY(store_plan(context, run, request, plan, &result->plan));
        TRY(fab_plan_show(context, run->handle, result->plan, &result->answer));
    }
out:
    fab_values_free(run->values);
    fab_plan_free(plan);
    return status;
}

static fab_status read_policy(fab_context *context, const fab_optimise_request *request, struct fab_planning *planning)
{
    static const double nearly = 0.001, whole_gap = 1e-4;
    planning->asked = (struct fab_stages_asked){.within = request->within ? *request->within : nearly, .limited = request->give != NULL, .give = request->give ? *request->give : 0, .calm = request->calm,
                                                .whole = request->integer, .gap = request->gap ? *request->gap : whole_gap};
    if (!(request->freeze >= 0 && request->freeze < (double)INFINITY && request->stability >= 0 && request->stability < (double)INFINITY))
        return fab_fail(context, FAB_USAGE, "days that are frozen and what changes cost are numbers from 0 on");
    if (request->from_plan > 0 && !request->start && !(request->freeze > 0) && !(request->stability > 0))
        return fab_fail_as(context, FAB_USAGE, "nothing_held", "nothing is asked to be kept of plan %lld", (long long)request->from_plan);
    if (request->robust && (request->integer || request->goal || request->stages || strcmp(planning->policy, "profit") != 0 || request->freeze > 0 || request->stability > 0))
        return fab_fail(context, FAB_USAGE, "tools for many futures are found for policy profit, without whole tools, goals, stages or an old plan");
    planning->asked.capital = request->goal && strcmp(request->goal, "capital") == 0;
    if (request->goal && !planning->asked.capital && strcmp(request->goal, "profit") != 0)
        return fab_fail(context, FAB_USAGE, "goal '%s' is not known; goals are: profit, capital", request->goal);
    if (planning->asked.capital && !request->fill)
        return fab_fail_as(context, FAB_USAGE, "no_fill", "least capital needs at least one fill that it is for");
    if (request->stages && request->policy)
        return fab_fail(context, FAB_USAGE, "a file of stages is a policy of its own: it cannot be used with policy %s", request->policy);
    if (!request->stages && (!fab_policy_find(planning->policy) || strcmp(planning->policy, "stages") == 0))
        return fab_fail(context, FAB_USAGE, "policy '%s' is not known; policies are: profit, priority, fair, entitlement", planning->policy);
    if (!(planning->asked.within >= 0 && planning->asked.within < 1))
        return fab_fail(context, FAB_USAGE, "a value cannot be kept to within %g of itself: 0 to less than 1", planning->asked.within);
    if (!(planning->asked.give >= 0))
        return fab_fail(context, FAB_USAGE, "a policy cannot cost at most %g of the profit: 0 or more", planning->asked.give);
    if (!(planning->asked.gap >= 0))
        return fab_fail(context, FAB_USAGE, "a gap of %g cannot be left: 0 or more", planning->asked.gap);
    if (request->gap && !request->integer && !request->robust)
        return fab_fail(context, FAB_USAGE, "a gap is left between whole tools, or tools for many futures, and their bound: without them there is none");
    if (!(planning->asked.calm >= 0 && planning->asked.calm < (double)INFINITY))
        return fab_fail(context, FAB_USAGE, "calm cannot cost at most %g of the objective: 0 or more", planning->asked.calm);
    return FAB_OK;
}

/* The name of a plan stands in workbooks, as a text of the data does. */
static fab_status check_name(fab_context *context, const char *name)
{
    static const struct fab_column rule = {.name = "name of the plan", .type = FAB_COLUMN_TEXT, .flags = FAB_OPTIONAL};
    struct fab_cell cell;
    char problem[FAB_PROBLEM_SIZE];
    if (!name)
        return FAB_OK;
    if (fab_utf8_valid_length(name, strlen(name)) != strlen(name))
        return fab_fail(context, FAB_USAGE, "name of the plan must be UTF-8");
    return fab_cell_read(&rule, name, strlen(name), &cell, problem) ? FAB_OK : fab_fail(context, FAB_USAGE, "%s", problem);
}

fab_status fab_optimise_families(fab_context *context, fab *handle, const fab_optimise_request *request, const struct fab_more_families *more,
                                 fab_optimise_result *result)
{
    struct run run = {.handle = handle,
                      .planning = {.policy = request->stages ? "stages" : request->policy ? request->policy : "profit", .fill = request->fill, .stages = request->stages, .yield = request->yield, .scenario = request->scenario, .start = request->start,
                                   .hard = request->hard,
                                   .old = {request->from_plan, request->freeze, request->stability},
                                   .worst_gap = request->worst_gap,
                                   .watched = handle->is_file},
                      .load_start = fab_clock(),
                      .said_before = count_said(context),
                      .more = more};
    fab_optimise_result made = {.outcome = FAB_LIMIT};
    fab_status status = FAB_OK;
    *result = made;
    TRY(check_name(context, request->name));
    TRY(read_policy(context, request, &run.planning));
    status = optimise(context, &run, request, &made);
    *result = made;
out:
    fab_planned_fini(&run.planned);
    fab_plan_free(run.before);
    fab_planned_fini(&run.planned_before);
    fab_taken_free(run.taken);
    fab_robust_plan_fini(&run.robust);
    return status;
}

fab_status fab_optimise(fab_context *context, fab *handle, const fab_optimise_request *request, fab_optimise_result *result)
{
    return fab_optimise_families(context, handle, request, NULL, result);
}
