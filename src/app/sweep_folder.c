/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep_folder.h"

#include "date.h"
#include "fail.h"
#include "json_text.h"
#include "output.h"
#include "try.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] = "fabplan.sweep-folder/1", job_schema[] = "fabplan.sweep-job/1";

enum { JSON_FLAGS = JSON_INDENT(1) | JSON_REAL_PRECISION(17), PIECE = 65536, LARGEST = 1 << 30 };

/* ---- texts ---- */

const char *fab_sweep_job_path(fab_arena *arena, const char *folder, int64_t run)
{
    return fab_arena_printf(arena, "%s/job-%05lld.json", folder, (long long)run);
}

const char *fab_sweep_result_path(fab_arena *arena, const char *folder, int64_t run)
{
    return fab_arena_printf(arena, "%s/run-%05lld.json", folder, (long long)run);
}

static fab_status read_stream(fab_context *context, const char *path, FILE *stream, struct fab_text_bytes *text)
{
    fab_status status = FAB_OK;
    char piece[PIECE];
    size_t size;
    while ((size = fread(piece, 1, sizeof piece, stream)) > 0) {
        TRY_MEMORY(context, fab_text_append(piece, size, text) == 0);
        if (text->length > LARGEST)
            TRY(fab_fail(context, FAB_INPUT, "%s: is no file of a sweep: too long", path));
    }
    if (ferror(stream))
        TRY(fab_fail_errno(context, FAB_INPUT, "%s: cannot be read", path));
    TRY_MEMORY(context, fab_text_append("", 0, text) == 0);
out:
    return status;
}

fab_status fab_sweep_read_text(fab_context *context, const char *path, bool may_miss, char **result)
{
    fab_status status = FAB_OK;
    struct fab_text_bytes text = {0};
    FILE *stream = fopen(path, "rbe");
    *result = NULL;
    if (!stream && may_miss && errno == ENOENT)
        return FAB_OK;
    if (!stream)
        return fab_fail_errno(context, FAB_INPUT, "%s", path);
    TRY(read_stream(context, path, stream, &text));
    *result = text.bytes;
    text.bytes = NULL;
out:
    free(text.bytes);
    fclose(stream);
    return status;
}

fab_status fab_sweep_write_text(fab_context *context, const char *path, const char *text)
{
    fab_status status = FAB_OK;
    struct fab_output output = {0};
    TRY(fab_output_begin(context, path, &output));
    TRY(fab_output_write(context, &output, text, strlen(text)));
    TRY(fab_output_commit(context, &output));
out:
    fab_output_end(&output);
    return status;
}

static bool hash_text(const char *text, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool good = sha256 && fab_sha256_add(sha256, text, strlen(text)) && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    return good;
}

char *fab_sweep_json_text(const json_t *json, char hex[FAB_SHA256_HEX_SIZE])
{
    char *text = fab_json_text(json, JSON_FLAGS);
    if (text && hash_text(text, hex))
        return text;
    free(text);
    return NULL;
}

static fab_status parse(fab_context *context, const char *path, const char *text, const char *wanted, json_t **json)
{
    json_error_t error;
    *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    const char *found = json_string_value(json_object_get(*json, "schema"));
    if (found && strcmp(found, wanted) == 0)
        return FAB_OK;
    json_decref(*json);
    *json = NULL;
    return fab_fail(context, FAB_INPUT, "%s: is not %s", path, wanted);
}

/* ---- jobs ---- */

static json_t *date_json(int32_t date)
{
    char text[FAB_DATE_TEXT_SIZE];
    return date == FAB_DATE_NONE ? json_null() : json_string(fab_date_print(date, text));
}

static json_t *changes_json(const struct fab_change_list *list)
{
    json_t *array = json_array();
    for (int c = 0; array && c < list->count; c++) {
        const struct fab_change *change = &list->change[c];
        json_t *row = json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "scenario", change->scenario, "number", (json_int_t)change->number, "table", change->table, "key", change->key, "column",
                                change->column, "operation", fab_change_operation_names[change->operation], "value", change->value, "from", date_json(change->from), "to", date_json(change->to));
        if (json_array_append_new(array, row) != 0) {
            json_decref(array);
            array = NULL;
        }
    }
    return array;
}

json_t *fab_sweep_job_json(const struct fab_sweep_future *future)
{
    bool surprise = future->surprise_from != FAB_DATE_NONE;
    return json_pack("{s:s, s:I, s:s, s:f, s:s, s:o, s:o, s:o}", "schema", job_schema, "run", (json_int_t)future->run, "name", future->name, "weight", future->weight, "scenarios", future->scenarios, "surprise_from",
                     date_json(future->surprise_from), "changes", changes_json(future->changes), "known", surprise ? changes_json(future->known) : json_null());
}

static int32_t date_of(const json_t *json, const char *member)
{
    int32_t date = FAB_DATE_NONE;
    const char *why, *text = json_string_value(json_object_get(json, member));
    if (text && !fab_date_parse(text, &date, &why))
        date = FAB_DATE_NONE;
    return date;
}

static const char *text_of(const json_t *json, const char *member)
{
    const char *text = json_string_value(json_object_get(json, member));
    return text ? text : "";
}

static fab_status read_changes(fab_context *context, const json_t *array, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    for (size_t c = 0; c < json_array_size(array); c++) {
        const json_t *row = json_array_get(array, c);
        int operation = 0;
        while (operation < FAB_CHANGE_OPERATION_COUNT - 1 && strcmp(fab_change_operation_names[operation], text_of(row, "operation")) != 0)
            operation++;
        const struct fab_change change = {.origin = FAB_CHANGE_SCENARIO, .scenario = text_of(row, "scenario"), .number = json_integer_value(json_object_get(row, "number")), .table = text_of(row, "table"),
                                          .key = text_of(row, "key"), .column = text_of(row, "column"), .operation = (fab_change_operation)operation, .value = text_of(row, "value"),
                                          .from = date_of(row, "from"), .to = date_of(row, "to")};
        TRY(fab_change_list_add(context, list, &change));
    }
out:
    return status;
}

static fab_status take_job(fab_context *context, const struct fab_sweep_index *index, const json_t *json, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    future->run = json_integer_value(json_object_get(json, "run"));
    future->weight = json_number_value(json_object_get(json, "weight"));
    future->surprise_from = date_of(json, "surprise_from");
    TRY_MEMORY(context, future->name = fab_arena_dup(index->arena, text_of(json, "name")));
    TRY_MEMORY(context, future->scenarios = fab_arena_dup(index->arena, text_of(json, "scenarios")));
    TRY(read_changes(context, json_object_get(json, "changes"), future->changes));
    TRY(read_changes(context, json_object_get(json, "known"), future->known));
out:
    return status;
}

fab_status fab_sweep_job_read(fab_context *context, const struct fab_sweep_index *index, int64_t run, struct fab_sweep_future *future)
{
    fab_status status = FAB_OK;
    char *text = NULL, hex[FAB_SHA256_HEX_SIZE];
    const char *path = NULL;
    json_t *json = NULL;
    TRY(fab_sweep_future_init(context, future));
    TRY_MEMORY(context, path = fab_sweep_job_path(index->arena, index->folder, run));
    TRY(fab_sweep_read_text(context, path, false, &text));
    TRY_MEMORY(context, hash_text(text, hex));
    if (strcmp(hex, index->job_sha256[run]) != 0)
        TRY(fab_fail(context, FAB_INPUT, "%s: is not the job that the sweep has (SHA-256 %.12s, must be %.12s)", path, hex, index->job_sha256[run]));
    TRY(parse(context, path, text, job_schema, &json));
    TRY(take_job(context, index, json, future));
out:
    json_decref(json);
    free(text);
    if (status != FAB_OK)
        fab_sweep_future_fini(future);
    return status;
}

/* ---- the sweep ---- */

/* Of the hashes, draws and seed: whoever has the same sweep has the same hash. */
static json_t *content_json(const struct fab_sweep_index *index)
{
    json_t *jobs = json_array();
    for (int n = 0; jobs && n < index->count; n++)
        if (json_array_append_new(jobs, json_string(index->job_sha256[n])) != 0) {
            json_decref(jobs);
            jobs = NULL;
        }
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:o}", "schema", schema, "name", index->name, "inputs_sha256", index->inputs_sha256, "base_sha256", index->base_sha256, "draws", (json_int_t)index->draws,
                     "seed", (json_int_t)index->seed, "jobs", jobs);
}

static bool hash_index(struct fab_sweep_index *index)
{
    json_t *content = content_json(index);
    char *text = fab_sweep_json_text(content, index->sweep_sha256);
    json_decref(content);
    bool good = text != NULL;
    free(text);
    return good;
}

fab_status fab_sweep_index_write(fab_context *context, struct fab_sweep_index *index, const char *folder)
{
    fab_status status = FAB_OK;
    char hex[FAB_SHA256_HEX_SIZE], *text = NULL;
    const char *path = NULL;
    json_t *json = NULL;
    TRY_MEMORY(context, hash_index(index));
    TRY_MEMORY(context, json = content_json(index));
    TRY_MEMORY(context, json_object_set_new(json, "base_plan", json_integer(index->base_plan)) == 0 && json_object_set_new(json, "sweep_sha256", json_string(index->sweep_sha256)) == 0);
    TRY_MEMORY(context, text = fab_sweep_json_text(json, hex));
    TRY_MEMORY(context, path = fab_arena_printf(index->arena, "%s/sweep.json", folder));
    TRY(fab_sweep_write_text(context, path, text));
out:
    json_decref(json);
    free(text);
    return status;
}

static fab_status take_index(fab_context *context, const json_t *json, struct fab_sweep_index *index)
{
    fab_status status = FAB_OK;
    const json_t *jobs = json_object_get(json, "jobs");
    index->count = (int)json_array_size(jobs);
    TRY_MEMORY(context, index->name = fab_arena_dup(index->arena, text_of(json, "name")));
    TRY_MEMORY(context, index->inputs_sha256 = fab_arena_dup(index->arena, text_of(json, "inputs_sha256")));
    TRY_MEMORY(context, index->base_sha256 = fab_arena_dup(index->arena, text_of(json, "base_sha256")));
    TRY_MEMORY(context, index->job_sha256 = fab_arena_take(index->arena, (size_t)index->count + 1, sizeof *index->job_sha256));
    index->base_plan = json_integer_value(json_object_get(json, "base_plan"));
    index->draws = json_integer_value(json_object_get(json, "draws"));
    index->seed = json_integer_value(json_object_get(json, "seed"));
    for (int n = 0; n < index->count; n++) {
        const char *hex = json_string_value(json_array_get(jobs, (size_t)n));
        TRY_MEMORY(context, index->job_sha256[n] = fab_arena_dup(index->arena, hex ? hex : ""));
    }
    TRY_MEMORY(context, hash_index(index));
    if (index->count < 1 || strcmp(index->sweep_sha256, text_of(json, "sweep_sha256")) != 0)
        TRY(fab_fail(context, FAB_INPUT, "%s/sweep.json: is not what was planned (its SHA-256 is another)", index->folder));
out:
    return status;
}

fab_status fab_sweep_index_read(fab_context *context, const char *folder, struct fab_sweep_index **result)
{
    fab_status status = FAB_OK;
    char *text = NULL;
    const char *path = NULL;
    json_t *json = NULL;
    struct fab_sweep_index *index = calloc(1, sizeof *index);
    TRY_MEMORY(context, index);
    TRY_MEMORY(context, index->arena = fab_arena_new());
    TRY_MEMORY(context, index->folder = fab_arena_dup(index->arena, folder));
    TRY_MEMORY(context, path = fab_arena_printf(index->arena, "%s/sweep.json", folder));
    TRY(fab_sweep_read_text(context, path, true, &text));
    if (!text)
        TRY(fab_fail_as(context, FAB_USAGE, "no_sweep_folder", "%s: is no folder of a sweep: it has no sweep.json", folder));
    TRY(parse(context, path, text, schema, &json));
    TRY(take_index(context, json, index));
    *result = index;
    index = NULL;
out:
    json_decref(json);
    free(text);
    fab_sweep_index_free(index);
    return status;
}

void fab_sweep_index_free(struct fab_sweep_index *index)
{
    if (!index)
        return;
    fab_arena_free(index->arena);
    free(index);
}
