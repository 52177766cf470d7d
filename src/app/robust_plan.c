/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "robust_plan.h"

#include "clock.h"
#include "scenario_store.h"
#include "sweep_folder.h"
#include "terms_build.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Futures on their way. */
struct finding {
    fab_context *context;
    fab *handle;
    const struct fab_planning *planning;
    struct fab_robust_plan *plan;
    struct fab_robust_future *future; /* [plan->count] */
};

/* ---- the futures ---- */

/* Names and scenarios outlive the index or the file that they are read from. */
static fab_status keep_texts(struct finding *finding, struct fab_sweep_futures *futures)
{
    fab_status status = FAB_OK;
    for (int f = 0; f < futures->count; f++) {
        struct fab_sweep_future *future = &futures->future[f];
        TRY_MEMORY(finding->context, future->name = fab_arena_dup(futures->arena, future->name));
        TRY_MEMORY(finding->context, future->scenarios = fab_arena_dup(futures->arena, future->scenarios));
    }
out:
    return status;
}

static fab_status read_folder(struct finding *finding, const char *path, struct fab_sweep_futures *futures)
{
    fab_status status = FAB_OK;
    struct fab_sweep_index *index = NULL;
    char inputs[65];
    TRY(fab_sweep_index_read(finding->context, path, &index));
    TRY(fab_store_hash_inputs(finding->context, finding->handle->store, inputs));
    if (strcmp(inputs, index->inputs_sha256) != 0)
        TRY(fab_fail(finding->context, FAB_USAGE, "%s: is of other inputs (SHA-256 %.12s, these are %.12s)", path, index->inputs_sha256, inputs));
    TRY_MEMORY(finding->context, futures->future = calloc((size_t)index->count, sizeof *futures->future));
    for (int run = 0; run < index->count; run++) {
        TRY(fab_sweep_job_read(finding->context, index, run, &futures->future[run]));
        futures->count++;
    }
    TRY(keep_texts(finding, futures));
out:
    fab_sweep_index_free(index);
    return status;
}

static fab_status read_file(struct finding *finding, const char *path, struct fab_sweep_futures **futures)
{
    fab_status status = FAB_OK;
    struct fab_sweep_file *file = NULL;
    struct fab_scenarios *known = NULL;
    TRY(fab_sweep_file_read(finding->context, path, &file));
    if (fab_sweep_file_rows(file, FAB_SWEEP_DRAW) > 0)
        TRY(fab_fail(finding->context, FAB_USAGE, "%s has figures that are drawn: plan its folder, with the number of draws, and name that", path));
    TRY(fab_scenarios_known(finding->context, finding->handle, &known));
    TRY(fab_sweep_futures_make(finding->context, &(struct fab_sweep_making){.file = file, .known = known}, futures));
    TRY(keep_texts(finding, *futures));
out:
    fab_scenarios_free(known);
    fab_sweep_file_free(file);
    return status;
}

static fab_status read_futures(struct finding *finding, const char *path, struct fab_sweep_futures **result)
{
    fab_status status = FAB_OK;
    struct fab_sweep_futures *futures = NULL;
    if (fab_is_folder(path)) {
        TRY_MEMORY(finding->context, futures = calloc(1, sizeof *futures));
        TRY_MEMORY(finding->context, futures->arena = fab_arena_new());
        TRY(read_folder(finding, path, futures));
    } else {
        TRY(read_file(finding, path, &futures));
    }
    *result = futures;
    futures = NULL;
out:
    fab_sweep_futures_free(futures);
    return status;
}

/* Of all jobs: what the tools were found for. */
static fab_status hash_futures(struct finding *finding, const struct fab_sweep_futures *futures)
{
    fab_status status = FAB_OK;
    fab_sha256 *sha256 = fab_sha256_new();
    char hex[FAB_SHA256_HEX_SIZE];
    TRY_MEMORY(finding->context, sha256);
    for (int f = 0; f < futures->count; f++) {
        json_t *json = fab_sweep_job_json(&futures->future[f]);
        char *text = fab_sweep_json_text(json, hex);
        bool good = text && fab_sha256_add(sha256, hex, sizeof hex);
        json_decref(json);
        free(text);
        TRY_MEMORY(finding->context, good);
    }
    TRY_MEMORY(finding->context, fab_sha256_finish(sha256, finding->plan->found.sha256));
out:
    fab_sha256_free(sha256);
    return status;
}

/* ---- their programs ---- */

static fab_status build(struct finding *finding, const struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    struct fab_robust_plan *plan = finding->plan;
    int f = plan->count;
    struct fab_planning planning = *finding->planning;
    if (future->surprise_from != FAB_DATE_NONE)
        TRY(fab_fail(finding->context, FAB_USAGE, "run %s: a scenario that comes as a surprise cannot be planned for: leave its surprise_from out", future->name));
    planning.more = future->changes;
    planning.silent = true;
    TRY(fab_planning_load(finding->context, finding->handle, &planning, &plan->planned[f]));
    plan->count++;
    TRY(fab_terms_new(finding->context, plan->planned[f].model, &plan->terms[f]));
    TRY(fab_program_new(finding->context, plan->terms[f], NULL, &plan->program[f]));
    finding->future[f] = (struct fab_robust_future){plan->program[f], future->run > 0 ? future->weight : 0};
out:
    return status;
}

static fab_status build_all(struct finding *finding, const struct fab_sweep_futures *futures)
{
    fab_status status = FAB_OK;
    struct fab_robust_plan *plan = finding->plan;
    size_t count = (size_t)futures->count;
    TRY_MEMORY(finding->context, plan->planned = calloc(count, sizeof *plan->planned));
    TRY_MEMORY(finding->context, plan->terms = calloc(count, sizeof *plan->terms));
    TRY_MEMORY(finding->context, plan->program = calloc(count, sizeof *plan->program));
    TRY_MEMORY(finding->context, finding->future = calloc(count, sizeof *finding->future));
    for (int f = 0; f < futures->count; f++)
        TRY(build(finding, &futures->future[f]));
out:
    return status;
}

/* ---- their tools ---- */

static fab_status solve(struct finding *finding)
{
    fab_status status = FAB_OK;
    struct fab_robust_plan *plan = finding->plan;
    struct fab_robust robust = {0};
    const double limit = finding->planning->robust_seconds;
    const struct fab_robust_asked asked = {.future = finding->future,
                                           .count = plan->count,
                                           .gap = finding->planning->asked.gap,
                                           .deadline = limit > 0 ? fab_clock() + limit : 0};
    TRY(fab_robust_solve(finding->context, &asked, &robust));
    plan->outcome = robust.outcome;
    plan->tools = robust.tools;
    if (robust.outcome != FAB_OPTIMAL)
        goto out;
    plan->found.tools = &plan->tools;
    plan->found.futures = plan->count - 1;
    plan->found.rounds = robust.rounds;
    plan->found.objective = robust.certificate.objective;
    plan->found.bound = robust.certificate.bound;
    plan->found.gap = robust.certificate.gap;
    plan->found.base_tools = robust.base_tools;
    plan->found.knowing = robust.knowing;
out:
    return status;
}

fab_status fab_robust_plan_find(fab_context *context, fab *handle, const struct fab_planning *planning, const char *path, struct fab_robust_plan *result)
{
    fab_status status = FAB_OK;
    struct fab_robust_plan plan = {.outcome = FAB_LIMIT};
    struct finding finding = {.context = context, .handle = handle, .planning = planning, .plan = &plan};
    struct fab_sweep_futures *futures = NULL;
    TRY(read_futures(&finding, path, &futures));
    if (futures->count < 2)
        TRY(fab_fail(context, FAB_USAGE, "%s: has no run", path));
    TRY(hash_futures(&finding, futures));
    TRY(build_all(&finding, futures));
    TRY(solve(&finding));
    plan.found.sweep = path;
    *result = plan;
    if (result->found.tools)
        result->found.tools = &result->tools;
    plan = (struct fab_robust_plan){0};
out:
    fab_robust_plan_fini(&plan);
    free(finding.future);
    fab_sweep_futures_free(futures);
    return status;
}

void fab_robust_plan_fini(struct fab_robust_plan *plan)
{
    for (int f = 0; f < plan->count; f++) {
        fab_program_free(plan->program[f]);
        fab_terms_free(plan->terms[f]);
        fab_planned_fini(&plan->planned[f]);
    }
    free(plan->program);
    free(plan->terms);
    free(plan->planned);
    fab_tools_fini(&plan->tools);
    *plan = (struct fab_robust_plan){0};
}
