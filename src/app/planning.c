/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planning.h"

#include "answer.h"
#include "asked.h"
#include "changes.h"
#include "json_text.h"
#include "old_plan.h"
#include "measured.h"
#include "outside.h"
#include "scenario_store.h"
#include "start.h"
#include "tail.h"
#include "taken_rows.h"
#include "try.h"
#include "yield_planning.h"

#include <math.h>
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

static fab_status add_yields(fab_context *context, fab *handle, const struct fab_planning *planning, const fab_model *model, struct fab_planned *planned,
                             json_t *json)
{
    fab_status status = FAB_OK;
    fab_table *yields = NULL;
    int64_t used = 0;
    if (!planning->yield || strcmp(planning->yield, "plan") == 0)
        return FAB_OK;
    TRY(fab_yield_planning(context, handle->store, planning->snapshot, planning->yield, &used, &yields));
    TRY(fab_yield_planning_changes(context, yields, model, planned->changes));
    TRY(add_json(context, json, "yield", json_pack("{s:s, s:I}", "percentile", planning->yield, "snapshot", (json_int_t)used)));
out:
    fab_table_free(yields);
    return status;
}

/* The member of the options that has the hash of what was measured. */
static const char *measured_member(int what, char member[64])
{
    snprintf(member, 64, "measured_%s_sha256", fab_measured_names[what]);
    return member;
}

static unsigned measured_of_options(const json_t *json)
{
    char member[64];
    unsigned set = 0;
    for (int what = 0; what < FAB_MEASURED_COUNT; what++)
        if (json_object_get(json, measured_member(what, member)))
            set |= 1u << what;
    return set;
}

static fab_status add_measured(fab_context *context, fab *handle, const struct fab_planning *planning, const fab_model *model, struct fab_planned *planned,
                               json_t *json)
{
    fab_status status = FAB_OK;
    char hash[FAB_SHA256_HEX_SIZE], member[64];
    for (int what = 0; what < FAB_MEASURED_COUNT; what++)
        if (planning->measured & 1u << what) {
            TRY(fab_measured_add(context, handle, model, (enum fab_measured)what, planning->measured, planned->changes, hash));
            TRY(add_json(context, json, measured_member(what, member), json_string(hash)));
        }
out:
    return status;
}

/* The scenarios of a request, or those of the plan that is repeated. */
static fab_status add_scenarios(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *planned, json_t *json)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    if (!planning->scenario)
        return FAB_OK;
    if (planning->plan > 0) {
        TRY(fab_changes_of_plan(context, handle, planning->plan, false, planned->changes));
    } else {
        TRY(fab_scenarios_known(context, handle, &known));
        TRY(fab_scenarios_load(context, planning->scenario, known, planned->changes));
    }
    TRY(add_json(context, json, "scenario", json_string(planning->scenario)));
out:
    fab_scenarios_free(known);
    return status;
}

/* What calm may cost, how closely a policy keeps its values and what it may cost, in the options; policy `profit` has no such stages. */
static fab_status add_policy(fab_context *context, const struct fab_planning *planning, json_t *json)
{
    fab_status status = FAB_OK;
    if (planning->asked.calm > 0)
        TRY(add_json(context, json, "calm", json_real(planning->asked.calm)));
    if (planning->asked.whole) {
        TRY(add_json(context, json, "integer", json_true()));
        TRY(add_json(context, json, "gap", json_real(planning->asked.gap)));
    }
    if (strcmp(planning->policy, "profit") == 0 && !planning->asked.capital)
        goto out;
    TRY(add_json(context, json, "within", json_real(planning->asked.within)));
    if (planning->asked.limited)
        TRY(add_json(context, json, "give", json_real(planning->asked.give)));
out:
    return status;
}

/* Fills and stages name customers of the model; provenance has the content of the file. */
static fab_status add_asked(fab_context *context, const struct fab_planning *planning, struct fab_planned *planned, json_t *json)
{
    fab_status status = FAB_OK;
    json_t *stages = NULL;
    planned->asked = planning->asked;
    planned->model->hard = planning->hard;
    planned->model->whole = planning->asked.whole;
    if (planning->hard)
        TRY(add_json(context, json, "hard", json_true()));
    if (planning->asked.capital)
        TRY(add_json(context, json, "goal", json_string("capital")));
    if (planning->fill)
        TRY(add_json(context, json, "fill", json_string(planning->fill)));
    TRY(fab_asked_fills(context, planning->fill, planned->model, &planned->asked));
    if (planning->stages)
        TRY(fab_asked_stages(context, planning->stages, planned->model, &planned->asked, &stages));
    else if (planning->stages_of_plan)
        stages = json_incref((json_t *)planning->stages_of_plan);
    if (!stages)
        goto out;
    fab_asked_stages_again(stages, planned->model);
    TRY(add_json(context, json, "stages", json_incref(stages)));
out:
    json_decref(stages);
    return status;
}

/* Starting WIP: its yields and cycle times are those that the changes choose. */
static fab_status load_wip(fab_context *context, fab *handle, fab_model *model, json_t *json)
{
    fab_status status = FAB_OK;
    char hash[FAB_SHA256_HEX_SIZE];
    TRY(fab_store_load_wip(context, handle->store, model));
    if (model->wip_count == 0)
        goto out;
    TRY(hash_wip(context, model, hash));
    TRY(add_json(context, json, "wip", json_pack("{s:i, s:s}", "lots", model->wip_count, "sha256", hash)));
out:
    return status;
}

/* The model from a day of its calendar on, last of all: orders and limits are those that the changes have made. */
static fab_status cut(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *planned, json_t *json)
{
    fab_status status = FAB_OK;
    char text[FAB_DATE_TEXT_SIZE];
    int32_t date = FAB_DATE_NONE;
    bool silent = planning->plan > 0 || planning->silent;
    struct fab_start_history history;
    if (!planning->start)
        return FAB_OK;
    TRY(fab_read_window_date(context, "start", planning->start, text, &date));
    if (planning->goes_on)
        TRY(fab_taken_of_plan(context, handle, planning->plan, planning->old.plan, date, &planned->taken));
    const struct fab_taken *taken = planned->taken ? planned->taken : planning->taken;
    TRY(fab_model_start(context, planned->model, date, taken, &history));
    TRY(add_json(context, json, "start", json_string(text)));
    if (!silent)
        fab_start_tell(context, planned->model, &history);
    if (!taken)
        goto out;
    TRY(add_json(context, json, "from_plan", json_integer((json_int_t)taken->plan)));
    TRY(add_json(context, json, "goes_on", json_true()));
    if (fab_taken_holds(taken, planned->model, FAB_TAKEN_WAITING))
        json_object_del(json, "wip");
    if (!silent)
        fab_taken_tell(context, taken, planned->model);
out:
    return status;
}

/* What near periods stay as, and what changes cost. */
static fab_status add_old(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *planned, json_t *json)
{
    fab_status status = FAB_OK;
    fab_model *model = planned->model;
    struct fab_old_asked old = planning->old;
    char date[FAB_DATE_TEXT_SIZE];
    if (planning->before) {
        TRY(fab_old_plan_take(context, planning->before, planning->surprise_from, model));
        TRY(add_json(context, json, "surprise_from", json_string(fab_date_print(planning->surprise_from, date))));
        TRY(add_json(context, json, "freeze", json_real(model->old->freeze_days)));
        goto out;
    }
    if (!(old.freeze > 0) && !(old.stability > 0))
        return FAB_OK;
    TRY(fab_old_plan_read(context, handle, &old, planning->plan, model));
    planned->old_plan = old.plan;
    TRY(add_json(context, json, "from_plan", json_integer((json_int_t)old.plan)));
    TRY(add_json(context, json, "freeze", json_real(old.freeze)));
    TRY(add_json(context, json, "stability", json_real(old.stability)));
out:
    return status;
}

/* The decided tools as values of the model. */
static fab_status decide_tools(fab_context *context, fab_model *model, const fab_table *stored, const struct fab_tools *tools)
{
    fab_status status = FAB_OK;
    int count = stored ? fab_table_rows(stored) : tools->count;
    struct fab_decided_tools *decided = NULL;
    TRY_MEMORY(context, decided = fab_arena_take(model->arena, 1, sizeof *decided));
    TRY_MEMORY(context, decided->value = fab_arena_take(model->arena, (size_t)count + 1, sizeof *decided->value));
    for (int n = 0; n < count; n++) {
        struct fab_old_value *value = &decided->value[decided->count++];
        value->value = stored ? fab_value_number(fab_table_get(stored, n, 1)) : tools->order[n].tools;
        TRY_MEMORY(context, value->name = fab_arena_dup(model->arena, stored ? fab_table_get(stored, n, 0)->text : tools->order[n].name));
    }
    model->tools = decided;
out:
    return status;
}

static json_t *money_or_null(double usd)
{
    return isfinite(usd) ? json_real(usd) : json_null();
}

/* Tools for all futures of a sweep; those of a stored plan are what it ordered and removed. */
static fab_status add_robust(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model *model, json_t *json)
{
    fab_status status = FAB_OK;
    const struct fab_planning_robust *robust = planning->robust;
    fab_table *stored = NULL;
    if (robust) {
        TRY(decide_tools(context, model, NULL, robust->tools));
        TRY(add_json(context, json, "robust", json_pack("{s:s, s:s, s:i, s:f, s:f, s:f, s:o, s:o}", "sweep", robust->sweep, "sha256", robust->sha256, "futures", robust->futures, "objective_usd", robust->objective, "bound_usd",
                                                        robust->bound, "gap", robust->gap, "base_tools_usd", money_or_null(robust->base_tools), "knowing_usd", money_or_null(robust->knowing))));
    } else if (planning->robust_of_plan) {
        TRY(fab_select_plan(context, handle, "plan_tools", planning->plan, &stored));
        TRY(decide_tools(context, model, stored, NULL));
        TRY(add_json(context, json, "robust", json_incref((json_t *)planning->robust_of_plan)));
    }
out:
    fab_table_free(stored);
    return status;
}

/* Whether what comes from the history was simulated. */
static fab_status find_simulated(fab_context *context, fab *handle, const struct fab_planning *planning, const fab_model *model, struct fab_planned *planned,
                                 const json_t *json)
{
    const fab_parameter parameters[] = {{":snapshot", fab_integer(json_integer_value(json_object_get(json_object_get(json, "yield"), "snapshot")))},
                                        {":measured", fab_integer(planning->measured != 0)},
                                        {":wip", fab_integer(model->wip_count > 0)}};
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    TRY(fab_store_select(context, handle->store, "plan_simulated", parameters, 3, &found));
    planned->simulated = fab_table_get(found, 0, 0)->integer != 0;
out:
    fab_table_free(found);
    return status;
}

/* The model of the data set with its lots, and the changes that the choices are; then the model that they make of it. */
static fab_status load(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *planned, json_t *json)
{
    fab_status status = FAB_OK;
    fab_model *model = NULL;
    TRY_MEMORY(context, planned->changes = fab_change_list_new());
    TRY(fab_store_load_model(context, handle->store, &model));
    if (!planning->kept) {
        TRY(add_yields(context, handle, planning, model, planned, json));
        TRY(add_measured(context, handle, planning, model, planned, json));
    }
    TRY(load_wip(context, handle, model, json));
    TRY(find_simulated(context, handle, planning, model, planned, json));
    if (planning->kept) {
        TRY(fab_changes_of_plan(context, handle, planning->plan, true, planned->changes));
    } else {
        TRY(add_scenarios(context, handle, planning, planned, json));
        fab_change_list_sort(planned->changes);
    }
    for (int c = 0; planning->more && c < planning->more->count; c++)
        TRY(fab_change_list_add(context, planned->changes, &planning->more->change[c]));
    if (planning->more)
        fab_change_list_sort(planned->changes);
    if (planned->changes->count > 0 || model->driver_use_count > 0) {
        TRY(fab_changes_apply(context, handle, model, planned->changes, &planned->model));
    } else {
        planned->model = model;
        model = NULL;
    }
    TRY(add_asked(context, planning, planned, json));
    fab_outside_end(planning->plan > 0 || planning->silent ? NULL : context, planned->model);
    TRY(fab_model_tail(context, planned->model));
    TRY(cut(context, handle, planning, planned, json));
    TRY(add_old(context, handle, planning, planned, json));
    TRY(add_robust(context, handle, planning, planned->model, json));
    fab_outside_start(planning->plan > 0 || planning->silent ? NULL : context, planned->model);
out:
    fab_model_free(model);
    return status;
}

fab_status fab_planning_load(fab_context *context, fab *handle, const struct fab_planning *planning, struct fab_planned *result)
{
    fab_status status = FAB_OK;
    struct fab_planned planned = {0};
    bool held = false;
    json_t *json = json_pack("{s:s}", "policy", planning->policy);
    TRY_MEMORY(context, json);
    TRY(fab_store_hold(context, handle->store, &held));
    if (planning->worst_gap != 0 && planning->worst_gap != FAB_WORST_GAP)
        TRY(add_json(context, json, "worst_gap", json_real(fmax(0, planning->worst_gap))));
    TRY(add_policy(context, planning, json));
    TRY(load(context, handle, planning, &planned, json));
    if (planning->watched)
        TRY(fab_store_digest_input(context, handle->store, planned.input));
    TRY_MEMORY(context, planned.options = fab_json_text(json, 0));
    *result = planned;
    planned = (struct fab_planned){0};
out:
    fab_store_let_go(handle->store, held);
    json_decref(json);
    fab_planned_fini(&planned);
    return status;
}

void fab_planned_fini(struct fab_planned *planned)
{
    fab_model_free(planned->model);
    fab_change_list_free(planned->changes);
    fab_taken_free(planned->taken);
    free(planned->options);
}

fab_status fab_planning_of_plan(fab_context *context, const fab *handle, const char *options, int64_t plan, struct fab_planning *planning, void **keep)
{
    json_t *json = json_loads(options, JSON_REJECT_DUPLICATES, NULL);
    json_t *yield = json_object_get(json, "yield"), *worst_gap = json_object_get(json, "worst_gap");
    *keep = json;
    *planning = (struct fab_planning){.policy = json_string_value(json_object_get(json, "policy")),
                                      .asked = {.within = json_number_value(json_object_get(json, "within")),
                                                .limited = json_object_get(json, "give") != NULL,
                                                .give = json_number_value(json_object_get(json, "give")),
                                                .calm = json_number_value(json_object_get(json, "calm")),
                                                .capital = json_object_get(json, "goal") != NULL,
                                                .whole = json_is_true(json_object_get(json, "integer")),
                                                .gap = json_number_value(json_object_get(json, "gap"))},
                                      .fill = json_string_value(json_object_get(json, "fill")),
                                      .stages_of_plan = json_object_get(json, "stages"),
                                      .yield = json_string_value(json_object_get(yield, "percentile")),
                                      .snapshot = json_integer_value(json_object_get(yield, "snapshot")),
                                      .scenario = json_string_value(json_object_get(json, "scenario")),
                                      .start = json_string_value(json_object_get(json, "start")),
                                      .goes_on = json_is_true(json_object_get(json, "goes_on")),
                                      .old = {json_integer_value(json_object_get(json, "from_plan")), json_number_value(json_object_get(json, "freeze")),
                                              json_number_value(json_object_get(json, "stability"))},
                                      .robust_of_plan = json_object_get(json, "robust"),
                                      .hard = json_is_true(json_object_get(json, "hard")),
                                      .worst_gap = worst_gap ? (json_number_value(worst_gap) > 0 ? json_number_value(worst_gap) : -1) : 0,
                                      .measured = measured_of_options(json),
                                      .plan = plan,
                                      .kept = handle->plan == plan};
    return planning->policy ? FAB_OK : fab_fail(context, FAB_DATABASE, "the options of a stored plan cannot be read: %s", options);
}

void fab_planning_forget(void *keep)
{
    json_decref(keep);
}
