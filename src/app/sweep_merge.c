/* The results of a sweep, from one folder or many, into a planning database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_rows.h"

#include <fabplan/sweep.h>

#include "fab.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* A merge on its way. */
struct merging {
    fab_context *context;
    const fab_sweep_merge_request *request;
    struct fab_sweep_index *index;       /* of the first folder */
    struct fab_sweep_result *result;     /* [index->count] */
    const char **from;                   /* [index->count] the folder that a result is of */
    int findings, repeated;
};

/* ---- folders ---- */

/* The others are copies of the first. */
static fab_status check_folders(const struct merging *merging)
{
    fab_status status = FAB_OK;
    struct fab_sweep_index *other = NULL;
    for (int f = 1; f < merging->request->folder_count; f++) {
        const char *folder = merging->request->folders[f];
        TRY(fab_sweep_index_read(merging->context, folder, &other));
        if (strcmp(other->inputs_sha256, merging->index->inputs_sha256) != 0)
            TRY(fab_fail(merging->context, FAB_INPUT, "%s: is of other inputs than %s (SHA-256 %.12s and %.12s)", folder, merging->index->folder, other->inputs_sha256, merging->index->inputs_sha256));
        if (strcmp(other->sweep_sha256, merging->index->sweep_sha256) != 0)
            TRY(fab_fail(merging->context, FAB_INPUT, "%s: is of another sweep than %s (SHA-256 %.12s and %.12s)", folder, merging->index->folder, other->sweep_sha256, merging->index->sweep_sha256));
        fab_sweep_index_free(other);
        other = NULL;
    }
out:
    fab_sweep_index_free(other);
    return status;
}

/* ---- results ---- */

static void find_fault(struct merging *merging, const char *text)
{
    merging->findings++;
    fab_say(merging->context, FAB_LEVEL_FINDING, "%s", text);
}

/* A result that another folder has too must be the same. */
static void take_result(struct merging *merging, const char *folder, int64_t run, struct fab_sweep_result *result)
{
    if (!merging->result[run].content) {
        merging->result[run] = *result;
        merging->from[run] = folder;
        return;
    }
    if (strcmp(merging->result[run].content_sha256, result->content_sha256) == 0) {
        merging->repeated++;
        fab_say(merging->context, FAB_LEVEL_DETAIL, "run %lld: %s and %s have the same result", (long long)run, merging->from[run], folder);
    } else {
        merging->findings++;
        fab_say(merging->context, FAB_LEVEL_FINDING, "run %lld: %s and %s have different results; remove the wrong one", (long long)run, merging->from[run], folder);
    }
    fab_sweep_result_fini(result);
}

static fab_status read_results(struct merging *merging, const char *folder)
{
    fab_status status = FAB_OK;
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(merging->context, quiet);
    for (int run = 0; run < merging->index->count; run++) {
        struct fab_sweep_result result;
        status = fab_sweep_result_read(quiet, merging->index, folder, run, &result);
        if (status == FAB_INPUT)
            find_fault(merging, fab_context_message(quiet));
        else if (status != FAB_OK)
            break;
        else if (result.content)
            take_result(merging, folder, run, &result);
        status = FAB_OK;
    }
    if (status != FAB_OK)
        fab_fail(merging->context, status, "%s", fab_context_message(quiet));
out:
    fab_context_free(quiet);
    return status;
}

static void find_lost(struct merging *merging)
{
    int before = merging->findings;
    for (int run = 0; before == 0 && run < merging->index->count; run++)
        if (!merging->result[run].content) {
            merging->findings++;
            fab_say(merging->context, FAB_LEVEL_FINDING, "run %d has no result in any folder: its shard is lost or not done", run);
        }
}

static fab_status read_folders(struct merging *merging)
{
    fab_status status = FAB_OK;
    const fab_sweep_merge_request *request = merging->request;
    if (request->folder_count < 1)
        return fab_fail(merging->context, FAB_USAGE, "no folder of a sweep is named");
    TRY(fab_sweep_index_read(merging->context, request->folders[0], &merging->index));
    TRY(check_folders(merging));
    TRY_MEMORY(merging->context, merging->result = calloc((size_t)merging->index->count, sizeof *merging->result));
    TRY_MEMORY(merging->context, merging->from = calloc((size_t)merging->index->count, sizeof *merging->from));
    for (int f = 0; f < request->folder_count; f++)
        TRY(read_results(merging, request->folders[f]));
    find_lost(merging);
    if (merging->findings > 0)
        TRY(fab_fail(merging->context, FAB_INPUT, "%d finding%s; nothing is stored", merging->findings, merging->findings == 1 ? "" : "s"));
    if (merging->repeated > 0)
        fab_say(merging->context, FAB_LEVEL_NOTE, "%d result%s come from more than one folder, and are the same", merging->repeated, merging->repeated == 1 ? "" : "s");
out:
    return status;
}

/* ---- the verb ---- */

static fab_status find_stored(fab_context *context, fab *handle, const char *hex, int64_t *sweep)
{
    fab_status status = FAB_OK;
    const fab_parameter parameters[] = {{":sweep", fab_integer(0)}, {":results_sha256", fab_text(hex)}};
    fab_table *found = NULL;
    TRY(fab_store_select(context, handle->store, "sweep_find", parameters, 2, &found));
    *sweep = fab_table_rows(found) > 0 ? fab_table_get(found, 0, 0)->integer : 0;
out:
    fab_table_free(found);
    return status;
}

static fab_status store(const struct merging *merging, fab *handle, int64_t *sweep)
{
    fab_status status = FAB_OK;
    const struct fab_sweep_stored stored = {merging->index, merging->result};
    char hex[FAB_SHA256_HEX_SIZE];
    TRY_MEMORY(merging->context, fab_sweep_hash_results(&stored, hex));
    TRY(find_stored(merging->context, handle, hex, sweep));
    if (*sweep > 0)
        fab_say(merging->context, FAB_LEVEL_NOTE, "sweep %lld has these results already", (long long)*sweep);
    else
        TRY(fab_sweep_store(merging->context, handle, &stored, hex, sweep));
out:
    return status;
}

fab_status fab_sweep_merge(fab_context *context, fab *handle, const fab_sweep_merge_request *request, fab_result **shown)
{
    fab_status status = FAB_OK;
    struct merging merging = {.context = context, .request = request};
    int64_t sweep = 0;
    TRY(read_folders(&merging));
    TRY(store(&merging, handle, &sweep));
    if (request->sweep)
        *request->sweep = sweep;
    TRY(fab_sweep_show(context, handle, &(fab_sweep_show_request){.sweep = sweep}, shown));
out:
    for (int run = 0; merging.result && run < merging.index->count; run++)
        fab_sweep_result_fini(&merging.result[run]);
    free(merging.result);
    free(merging.from);
    fab_sweep_index_free(merging.index);
    return status;
}
