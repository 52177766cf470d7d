/* Runs of a sweep, each solved by whoever has its folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_folder.h"
#include "sweep_result.h"

#include <fabplan/sweep.h>

#include "clock.h"
#include "replan.h"
#include "standing.h"
#include "sweep_outcome.h"
#include "tools_fixed.h"
#include "try.h"

#include <stdlib.h>

struct fab_sweep {
    struct fab_sweep_index *index;
    bool standing; /* the base is open and solved: what is below is there */
    struct fab_standing base;
    struct fab_tools tools; /* of the base plan */
};

fab_status fab_sweep_open(fab_context *context, const char *folder, fab_sweep **result)
{
    fab_status status = FAB_OK;
    fab_sweep *sweep = calloc(1, sizeof *sweep);
    TRY_MEMORY(context, sweep);
    TRY(fab_sweep_index_read(context, folder, &sweep->index));
    *result = sweep;
    sweep = NULL;
out:
    fab_sweep_close(sweep);
    return status;
}

void fab_sweep_close(fab_sweep *sweep)
{
    if (!sweep)
        return;
    fab_tools_fini(&sweep->tools);
    if (sweep->standing)
        fab_standing_close(&sweep->base);
    fab_sweep_index_free(sweep->index);
    free(sweep);
}

int64_t fab_sweep_jobs(const fab_sweep *sweep)
{
    return sweep->index->count;
}

static fab_status check_number(fab_context *context, const fab_sweep *sweep, int64_t run)
{
    if (run >= 0 && run < sweep->index->count)
        return FAB_OK;
    return fab_fail(context, FAB_USAGE, "%s: there is no run %lld", sweep->index->folder, (long long)run);
}

fab_status fab_sweep_is_done(fab_context *context, fab_sweep *sweep, int64_t run, bool *done)
{
    fab_status status = FAB_OK;
    struct fab_sweep_result result;
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(context, quiet);
    TRY(check_number(context, sweep, run));
    status = fab_sweep_result_read(quiet, sweep->index, sweep->index->folder, run, &result);
    *done = status == FAB_OK && result.content != NULL;
    if (status == FAB_OK)
        fab_sweep_result_fini(&result);
    status = status == FAB_INPUT ? FAB_OK : status; /* one that is no good is made again */
out:
    fab_context_free(quiet);
    return status;
}

/* ---- the base ---- */

static fab_status open_base(fab_context *context, fab_sweep *sweep)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_index *index = sweep->index;
    const char *path = NULL;
    fab *handle = NULL;
    if (sweep->standing)
        return FAB_OK;
    TRY_MEMORY(context, path = fab_arena_printf(index->arena, "%s/base.db", index->folder));
    TRY(fab_open(context, path, FAB_READ, &handle));
    TRY(fab_standing_open(context, handle, index->base_plan, &sweep->base));
    sweep->standing = true;
    TRY(fab_tools_take(context, sweep->base.plan, sweep->base.x, &sweep->tools));
    TRY(fab_tools_prepare(context, &sweep->tools));
out:
    fab_close(handle);
    return status;
}

/* ---- a run ---- */

/* The plan of a future; where a part of it is a surprise, what was decided before is that of the plan without that. */
static fab_status solve(fab_context *context, const fab_sweep *sweep, const struct fab_sweep_future *future, fab_context *quiet, struct fab_replan *moved)
{
    fab_status status = FAB_OK;
    struct fab_replan unknowing = {0};
    struct fab_replan_asked asked = {.more = future->changes, .near = sweep->base.plan, .untied = true};
    if (future->surprise_from != FAB_DATE_NONE) {
        TRY(fab_replan(context, sweep->base.kept, &(struct fab_replan_asked){.more = future->known, .near = sweep->base.plan}, quiet, &unknowing));
        asked.before = unknowing.plan->outcome == FAB_OPTIMAL ? unknowing.plan : NULL;
        asked.surprise_from = future->surprise_from;
    }
    TRY(fab_replan(context, sweep->base.kept, &asked, quiet, moved));
out:
    fab_replan_fini(&unknowing);
    return status;
}

static fab_status solve_both(fab_context *context, const fab_sweep *sweep, const struct fab_sweep_future *future, fab_context *quiet, json_t **content)
{
    fab_status status = FAB_OK;
    struct fab_replan moved = {0};
    struct fab_sweep_fixed fixed = {.possible = false};
    TRY(solve(context, sweep, future, quiet, &moved));
    if (moved.plan->outcome != FAB_OPTIMAL) {
        TRY_MEMORY(context, *content = fab_sweep_outcome_json(moved.plan, &fixed));
        goto out;
    }
    /* what the plan says is taken after its tools were fixed: that moves limits of its program alone */
    status = fab_tools_fix(context, moved.plan, &sweep->tools, &fixed.possible, &fixed.certificate);
    fixed.unproven = status == FAB_REJECTED;
    if (!fixed.unproven)
        TRY(status);
    status = FAB_OK;
    TRY_MEMORY(context, *content = fab_sweep_outcome_json(moved.plan, &fixed));
out:
    fab_replan_fini(&moved);
    return status;
}

/* What is wrong with a run itself is its result; what is wrong with the machine is not. */
static bool is_of_run(fab_status status)
{
    return status == FAB_INPUT || status == FAB_USAGE || status == FAB_REJECTED;
}

static fab_status solve_run(fab_context *context, const fab_sweep *sweep, const struct fab_sweep_future *future, json_t **content)
{
    fab_status status = FAB_OK;
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(context, quiet);
    status = solve_both(context, sweep, future, quiet, content);
    if (is_of_run(status)) {
        const char *message = fab_context_message(status == FAB_INPUT ? quiet : context);
        TRY_MEMORY(context, *content = fab_sweep_failure_json("failed", *message ? message : fab_context_message(context)));
        status = FAB_OK;
    }
out:
    fab_context_free(quiet);
    return status;
}

fab_status fab_sweep_run(fab_context *context, fab_sweep *sweep, int64_t run, const char *shard)
{
    fab_status status = FAB_OK;
    double start = fab_clock();
    struct fab_sweep_future future = {0};
    json_t *content = NULL;
    TRY(check_number(context, sweep, run));
    TRY(fab_sweep_job_read(context, sweep->index, run, &future));
    TRY(open_base(context, sweep));
    TRY(solve_run(context, sweep, &future, &content));
    TRY(fab_sweep_result_write(context, sweep->index, run, &(struct fab_sweep_made){content, shard ? shard : "1/1", fab_clock() - start}));
out:
    json_decref(content);
    fab_sweep_future_fini(&future);
    return status;
}
