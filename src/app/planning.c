/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planning.h"

#include "json_text.h"
#include "measured.h"
#include "yield_planning.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hash of the lots as the plan sees them. */
static fab_status hash_wip(fab_context *context, const fab_model *model, char hex[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool ok = sha256 != NULL;
    for (int w = 0; ok && w < model->wip_count; w++) {
        const struct fab_wip *wip = &model->wip[w];
        char numbers[128];
        int length = snprintf(numbers, sizeof numbers, "|%d|%.17g|%.17g|%d\n", (int)wip->start_date, wip->wafers, wip->progress, wip->held);
        const char *source = model->source[wip->source].source;
        ok = fab_sha256_add(sha256, wip->done, (size_t)wip->done_count * sizeof *wip->done) && fab_sha256_add(sha256, wip->lot, strlen(wip->lot) + 1) && fab_sha256_add(sha256, source, strlen(source) + 1) &&
             fab_sha256_add(sha256, numbers, (size_t)length);
    }
    ok = ok && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    return ok ? FAB_OK : fab_fail_memory(context);
}

static fab_status add_json(fab_context *context, json_t *json, const char *key, json_t *value)
{
    return value && json_object_set_new(json, key, value) == 0 ? FAB_OK : fab_fail_memory(context);
}

static fab_status apply_yields(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model *model, json_t *json)
{
    fab_table *yields = NULL;
    int64_t used = 0;
    if (!planning->yield || strcmp(planning->yield, "plan") == 0)
        return FAB_OK;
    fab_status status = fab_yield_planning(context, handle->store, planning->snapshot, planning->yield, &used, &yields);
    if (status == FAB_OK)
        status = fab_yield_planning_apply(context, yields, model);
    if (status == FAB_OK)
        status = add_json(context, json, "yield", json_pack("{s:s, s:I}", "percentile", planning->yield, "snapshot", (json_int_t)used));
    fab_table_free(yields);
    return status;
}

static fab_status apply_measured(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model *model, json_t *json)
{
    char hash[FAB_SHA256_HEX_SIZE];
    fab_status status = FAB_OK;
    if (planning->availability)
        status = fab_measured_availability(context, handle, model, hash);
    if (planning->availability && status == FAB_OK)
        status = add_json(context, json, "measured_availability_sha256", json_string(hash));
    if (planning->cycle_time && status == FAB_OK)
        status = fab_measured_cycle_time(context, handle, model, hash);
    if (planning->cycle_time && status == FAB_OK)
        status = add_json(context, json, "measured_cycle_time_sha256", json_string(hash));
    return status;
}

/* Starting WIP comes last: its yields and cycle times are those that were chosen. */
static fab_status apply_wip(fab_context *context, fab *handle, fab_model *model, json_t *json)
{
    char hash[FAB_SHA256_HEX_SIZE];
    fab_status status = fab_store_load_wip(context, handle->store, model);
    if (status != FAB_OK || model->wip_count == 0)
        return status;
    status = hash_wip(context, model, hash);
    return status == FAB_OK ? add_json(context, json, "wip", json_pack("{s:i, s:s}", "lots", model->wip_count, "sha256", hash)) : status;
}

fab_status fab_planning_read_measured(fab_context *context, const char *measured, struct fab_planning *planning)
{
    for (const char *word = measured; word && *word;) {
        size_t length = strcspn(word, ",");
        if (length == strlen("availability") && strncmp(word, "availability", length) == 0)
            planning->availability = true;
        else if (length == strlen("cycle_time") && strncmp(word, "cycle_time", length) == 0)
            planning->cycle_time = true;
        else
            return fab_fail(context, FAB_USAGE, "'%.*s' cannot be taken as measured: availability, cycle_time", (int)length, word);
        word += length + (word[length] == ',');
    }
    return FAB_OK;
}

fab_status fab_planning_load(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model **result, char **options)
{
    fab_model *model = NULL;
    json_t *json = json_pack("{s:s}", "policy", planning->policy);
    fab_status status = json ? fab_store_load_model(context, handle->store, &model) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = apply_yields(context, handle, planning, model, json);
    if (status == FAB_OK)
        status = apply_measured(context, handle, planning, model, json);
    if (status == FAB_OK)
        status = apply_wip(context, handle, model, json);
    if (status == FAB_OK && options) {
        *options = fab_json_text(json, 0);
        if (!*options)
            status = fab_fail_memory(context);
    }
    json_decref(json);
    if (status != FAB_OK) {
        fab_model_free(model);
        return status;
    }
    *result = model;
    return FAB_OK;
}

bool fab_planning_read(const char *options, struct fab_planning *planning, void **keep)
{
    json_t *json = json_loads(options, JSON_REJECT_DUPLICATES, NULL);
    json_t *yield = json_object_get(json, "yield");
    *keep = json;
    *planning = (struct fab_planning){.policy = json_string_value(json_object_get(json, "policy")),
                                      .yield = json_string_value(json_object_get(yield, "percentile")),
                                      .snapshot = json_integer_value(json_object_get(yield, "snapshot")),
                                      .availability = json_object_get(json, "measured_availability_sha256") != NULL,
                                      .cycle_time = json_object_get(json, "measured_cycle_time_sha256") != NULL};
    return planning->policy != NULL;
}

void fab_planning_forget(void *keep)
{
    json_decref(keep);
}
