/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planning.h"

#include "sha256.h"

#include <jansson.h>
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
        ok = fab_sha256_add(sha256, wip->lot, strlen(wip->lot) + 1) && fab_sha256_add(sha256, source, strlen(source) + 1) &&
             fab_sha256_add(sha256, numbers, (size_t)length);
    }
    ok = ok && fab_sha256_finish(sha256, hex);
    fab_sha256_free(sha256);
    return ok ? FAB_OK : fab_fail_memory(context);
}

/* {"policy": "profit"} and, with lots in the line, "wip": {"lots": 12, "sha256": "..."}. */
static fab_status describe(fab_context *context, const struct fab_planning *planning, const fab_model *model, char **options)
{
    char hex[FAB_SHA256_HEX_SIZE];
    json_t *json = json_pack("{s:s}", "policy", planning->policy);
    fab_status status = json ? FAB_OK : fab_fail_memory(context);
    if (status == FAB_OK && model->wip_count > 0) {
        status = hash_wip(context, model, hex);
        if (status == FAB_OK && json_object_set_new(json, "wip", json_pack("{s:i, s:s}", "lots", model->wip_count, "sha256", hex)) != 0)
            status = fab_fail_memory(context);
    }
    if (status == FAB_OK) {
        *options = json_dumps(json, 0);
        if (!*options)
            status = fab_fail_memory(context);
    }
    json_decref(json);
    return status;
}

fab_status fab_planning_load(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model **result, char **options)
{
    fab_model *model = NULL;
    fab_status status = fab_store_load_model(context, handle->store, &model);
    if (status == FAB_OK)
        status = fab_store_load_wip(context, handle->store, model);
    if (status == FAB_OK && options)
        status = describe(context, planning, model, options);
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
    const char *policy = json_string_value(json_object_get(json, "policy"));
    *keep = json;
    *planning = (struct fab_planning){.policy = policy};
    return policy != NULL;
}

void fab_planning_forget(void *keep)
{
    json_decref(keep);
}
