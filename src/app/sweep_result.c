/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_result.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

static const char schema[] = "fabplan.sweep-run/1";

fab_status fab_sweep_result_write(fab_context *context, const struct fab_sweep_index *index, int64_t run, const struct fab_sweep_made *made)
{
    fab_status status = FAB_OK;
    char hex[FAB_SHA256_HEX_SIZE], *content = NULL, *text = NULL;
    const char *path = NULL;
    json_t *json = NULL;
    TRY_MEMORY(context, content = fab_sweep_json_text(made->content, hex));
    TRY_MEMORY(context, json = json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:f, s:O}", "schema", schema, "run", (json_int_t)run, "sweep_sha256", index->sweep_sha256, "inputs_sha256", index->inputs_sha256,
                                         "job_sha256", index->job_sha256[run], "content_sha256", hex, "shard", made->shard, "seconds", made->seconds, "content", (json_t *)made->content));
    TRY_MEMORY(context, text = fab_sweep_json_text(json, hex));
    TRY_MEMORY(context, path = fab_sweep_result_path(index->arena, index->folder, run));
    TRY(fab_sweep_write_text(context, path, text));
out:
    json_decref(json);
    free(content);
    free(text);
    return status;
}

static bool has(const json_t *json, const char *member, const char *wanted)
{
    const char *text = json_string_value(json_object_get(json, member));
    return text && strcmp(text, wanted) == 0;
}

static const char *text_of(const json_t *json, const char *member)
{
    const char *text = json_string_value(json_object_get(json, member));
    return text ? text : "none";
}

static fab_status check(fab_context *context, const struct fab_sweep_index *index, const char *path, const json_t *json, struct fab_sweep_result *result)
{
    fab_status status = FAB_OK;
    char *text = NULL;
    json_t *content = json_object_get(json, "content");
    long long run = (long long)json_integer_value(json_object_get(json, "run"));
    if (!has(json, "schema", schema) || !json_is_object(content))
        TRY(fab_fail(context, FAB_INPUT, "%s: is no result of a run", path));
    if (!has(json, "inputs_sha256", index->inputs_sha256))
        TRY(fab_fail(context, FAB_INPUT, "%s: is of other inputs (SHA-256 %.12s, the sweep's is %.12s)", path, text_of(json, "inputs_sha256"), index->inputs_sha256));
    if (!has(json, "sweep_sha256", index->sweep_sha256) || run < 0 || run >= index->count || !has(json, "job_sha256", index->job_sha256[run]))
        TRY(fab_fail(context, FAB_INPUT, "%s: is of another sweep or job", path));
    TRY_MEMORY(context, text = fab_sweep_json_text(content, result->content_sha256));
    if (!has(json, "content_sha256", result->content_sha256))
        TRY(fab_fail(context, FAB_INPUT, "%s: is not what was written (its SHA-256 is another)", path));
    result->content = json_incref(content);
out:
    free(text);
    return status;
}

fab_status fab_sweep_result_read(fab_context *context, const struct fab_sweep_index *index, const char *folder, int64_t run, struct fab_sweep_result *result)
{
    fab_status status = FAB_OK;
    char *text = NULL;
    const char *path = NULL;
    json_t *json = NULL;
    json_error_t error;
    *result = (struct fab_sweep_result){0};
    TRY_MEMORY(context, path = fab_sweep_result_path(index->arena, folder, run));
    TRY(fab_sweep_read_text(context, path, true, &text));
    if (!text)
        goto out;
    json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    TRY(check(context, index, path, json, result));
    if (json_integer_value(json_object_get(json, "run")) != run)
        TRY(fab_fail(context, FAB_INPUT, "%s: is the result of another run", path));
out:
    if (status != FAB_OK)
        fab_sweep_result_fini(result);
    json_decref(json);
    free(text);
    return status;
}

void fab_sweep_result_fini(struct fab_sweep_result *result)
{
    json_decref(result->content);
    *result = (struct fab_sweep_result){0};
}
