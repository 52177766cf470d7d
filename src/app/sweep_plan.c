/* The folder of a sweep.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_folder.h"

#include <fabplan/sweep.h>

#include "changes.h"
#include "compare_words.h"
#include "output.h"
#include "record.h"
#include "replan.h"
#include "result.h"
#include "scenario_store.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sweep on its way into a folder. */
struct planning {
    fab_context *context;
    fab *handle, *base; /* base: what the base plan was made from */
    const fab_sweep_plan_request *request;
    struct fab_sweep_file *file;
    struct fab_scenarios *known;
    struct fab_sweep_futures *futures;
    struct fab_sweep_index index;
};

static fab_status check_draws(const struct planning *planning)
{
    int rows = fab_sweep_file_rows(planning->file, FAB_SWEEP_DRAW);
    int64_t draws = planning->request->draws;
    if (rows > 0 && draws == 0)
        return fab_fail_as(planning->context, FAB_USAGE, "no_draws", "%s has figures that are drawn: how often is not said", planning->file->path);
    if (rows == 0 && draws > 0)
        return fab_fail(planning->context, FAB_USAGE, "%s has no row of kind draw: there is nothing to draw", planning->file->path);
    return FAB_OK;
}

/* ---- the base ---- */

static fab_status find_base(struct planning *planning)
{
    fab_status status = FAB_OK;
    const fab_sweep_plan_request *request = planning->request;
    const fab_compare_request asked = {.progress = request->progress, .user = request->user};
    fab_table *plans = NULL;
    struct fab_sweep_index *index = &planning->index;
    if (request->plan > 0)
        TRY(fab_find_plan(planning->context, planning->handle, request->plan, &index->base_plan));
    else
        TRY(fab_compare_word(planning->context, planning->handle, &asked, &(struct fab_compare_word){NULL, true}, &index->base_plan));
    TRY(fab_open_plan(planning->context, planning->handle, index->base_plan, &planning->base));
    TRY(fab_select_plan(planning->context, planning->handle, "plan_proofs", index->base_plan, &plans));
    const char *inputs = fab_table_get(plans, 0, fab_table_find_column(plans, "inputs_sha256"))->text;
    const fab_value *content = fab_table_get(plans, 0, fab_table_find_column(plans, "content_sha256"));
    TRY_MEMORY(planning->context, index->inputs_sha256 = fab_arena_dup(index->arena, inputs));
    TRY_MEMORY(planning->context, index->base_sha256 = fab_arena_dup(index->arena, content->type == FAB_TEXT ? content->text : ""));
out:
    fab_table_free(plans);
    return status;
}

static fab_status write_base(const struct planning *planning, const char *folder)
{
    fab_status status = FAB_OK;
    fab_context *context = planning->context;
    fab_store *store = NULL;
    fab_table *plans = NULL;
    const char *path = NULL;
    TRY_MEMORY(context, path = fab_arena_printf(planning->index.arena, "%s/base.db", folder));
    TRY(fab_select_plan(context, planning->handle, "plan_proofs", planning->index.base_plan, &plans));
    TRY(fab_store_open(context, path, FAB_STORE_CREATE, &store));
    TRY(fab_store_copy_input(context, planning->handle->store, store, fab_table_get(plans, 0, fab_table_find_column(plans, "input_sha256"))->text));
    TRY(fab_store_copy_plan(context, planning->handle->store, store, planning->index.base_plan));
out:
    fab_table_free(plans);
    fab_store_close(store);
    return status;
}

/* ---- the runs ---- */

/* Whether the changes of a future make a data set: its findings go to the context. */
static fab_status check_future(const struct planning *planning, const struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    struct fab_planned planned = {0};
    TRY(fab_replan_load(planning->context, planning->base, &(struct fab_replan_asked){.more = future->changes}, &planned));
out:
    fab_planned_fini(&planned);
    return status;
}

/* Of draws the first one stands for all. */
static fab_status check_futures(const struct planning *planning)
{
    fab_status status = FAB_OK;
    int64_t draws = planning->request->draws, wrong = 0;
    for (int f = 1; f < planning->futures->count; f += (int)(draws > 0 ? draws : 1)) {
        status = check_future(planning, &planning->futures->future[f]);
        if (status == FAB_INPUT)
            wrong++;
        else if (status != FAB_OK)
            return status;
    }
    return wrong > 0 ? fab_fail(planning->context, FAB_INPUT, "%lld run%s with findings; no folder is made", (long long)wrong, wrong == 1 ? "" : "s") : FAB_OK;
}

static fab_status write_job(struct planning *planning, const char *folder, int f)
{
    fab_status status = FAB_OK;
    struct fab_sweep_index *index = &planning->index;
    char hex[FAB_SHA256_HEX_SIZE], *text = NULL;
    const char *path = NULL;
    json_t *json = NULL;
    TRY_MEMORY(planning->context, json = fab_sweep_job_json(&planning->futures->future[f]));
    TRY_MEMORY(planning->context, text = fab_sweep_json_text(json, hex));
    TRY_MEMORY(planning->context, index->job_sha256[f] = fab_arena_dup(index->arena, hex));
    TRY_MEMORY(planning->context, path = fab_sweep_job_path(index->arena, folder, f));
    TRY(fab_sweep_write_text(planning->context, path, text));
out:
    json_decref(json);
    free(text);
    return status;
}

static fab_status write_folder(struct planning *planning)
{
    fab_status status = FAB_OK;
    struct fab_sweep_index *index = &planning->index;
    const char *temporary = NULL;
    TRY(fab_folder_begin(planning->context, index->arena, planning->request->folder, &temporary));
    TRY(write_base(planning, temporary));
    index->count = planning->futures->count;
    TRY_MEMORY(planning->context, index->job_sha256 = fab_arena_take(index->arena, (size_t)index->count, sizeof *index->job_sha256));
    for (int f = 0; f < index->count; f++)
        TRY(write_job(planning, temporary, f));
    TRY(fab_sweep_index_write(planning->context, index, temporary));
    if (fab_context_interrupted(planning->context))
        TRY(fab_fail(planning->context, FAB_INTERRUPTED, "interrupted"));
    TRY(fab_folder_commit(planning->context, temporary, planning->request->folder));
    temporary = NULL;
out:
    if (temporary)
        fab_folder_remove(temporary);
    return status;
}

/* ---- the answer ---- */

static fab_status add_facts(const struct planning *planning, fab_result *result)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_index *index = &planning->index;
    fab_table *facts = NULL;
    struct fab_record record = {.count = 0};
    fab_record_text(&record, "folder", planning->request->folder);
    fab_record_text(&record, "name", index->name);
    fab_record_text(&record, "sweep_sha256", index->sweep_sha256);
    fab_record_text(&record, "inputs_sha256", index->inputs_sha256);
    fab_record_integer(&record, "base_plan", index->base_plan);
    fab_record_integer(&record, "draws", index->draws);
    fab_record_integer(&record, "seed", index->seed);
    TRY(fab_record_add(planning->context, &facts, "sweep", &record));
    status = fab_result_add(planning->context, result, &(fab_section){.kind = FAB_SECTION_FACTS}, facts);
    facts = NULL;
out:
    fab_table_free(facts);
    return status;
}

static fab_status answer(const struct planning *planning, fab_result **result)
{
    fab_status status = FAB_OK;
    fab_table *runs = NULL;
    fab_result *made = fab_result_new("fabplan.sweep-plan/1");
    TRY_MEMORY(planning->context, made);
    TRY(add_facts(planning, made));
    for (int f = 1; f < planning->futures->count; f++) {
        const struct fab_sweep_future *future = &planning->futures->future[f];
        struct fab_record record = {.count = 0};
        fab_record_integer(&record, "run", future->run);
        fab_record_text(&record, "name", future->name);
        fab_record_real(&record, "weight", future->weight);
        fab_record_text(&record, "scenarios", future->scenarios);
        fab_record_integer(&record, "changes", future->changes->count);
        TRY(fab_record_add(planning->context, &runs, "runs", &record));
    }
    status = fab_result_add_list(planning->context, made, "runs", "Runs", runs);
    runs = NULL;
    if (status != FAB_OK)
        goto out;
    *result = made;
    made = NULL;
out:
    fab_table_free(runs);
    fab_result_free(made);
    return status;
}

/* The file's name without folder and ending. */
static const char *name_of(fab_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return fab_arena_dup_length(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static fab_status make(struct planning *planning)
{
    fab_status status = FAB_OK;
    const fab_sweep_plan_request *request = planning->request;
    struct fab_sweep_index *index = &planning->index;
    TRY_MEMORY(planning->context, index->arena = fab_arena_new());
    TRY_MEMORY(planning->context, index->name = name_of(index->arena, request->file));
    index->draws = request->draws;
    index->seed = request->draws > 0 ? request->seed : 0;
    TRY(fab_sweep_file_read(planning->context, request->file, &planning->file));
    TRY(check_draws(planning));
    TRY(fab_scenarios_known(planning->context, planning->handle, &planning->known));
    const struct fab_sweep_making making = {planning->file, planning->known, request->draws, request->seed};
    TRY(fab_sweep_futures_make(planning->context, &making, &planning->futures));
    TRY(find_base(planning));
    TRY(check_futures(planning));
    TRY(write_folder(planning));
out:
    return status;
}

fab_status fab_sweep_plan(fab_context *context, fab *handle, const fab_sweep_plan_request *request, fab_result **planned)
{
    fab_status status = FAB_OK;
    struct planning planning = {.context = context, .handle = handle, .request = request};
    TRY(make(&planning));
    TRY(answer(&planning, planned));
out:
    fab_close(planning.base);
    fab_sweep_futures_free(planning.futures);
    fab_scenarios_free(planning.known);
    fab_sweep_file_free(planning.file);
    fab_arena_free(planning.index.arena);
    return status;
}
