/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shock.h"

#include "answer.h"
#include "array.h"
#include "scenario_store.h"
#include "terms.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Shocks on their way. */
struct finding {
    fab_context *context;
    const struct fab_standing *standing;
    struct fab_shocks *shocks;
    int capacity;
    int32_t first; /* the plan's first day */
};

static fab_status add_shock(struct finding *finding, const char *key, struct fab_shock **added)
{
    fab_status status = FAB_OK;
    struct fab_shocks *shocks = finding->shocks;
    TRY_MEMORY(finding->context, FAB_ARRAY_ROOM(&shocks->shock, shocks->count, &finding->capacity));
    struct fab_shock *shock = &shocks->shock[shocks->count];
    *shock = (struct fab_shock){.from = finding->first, .surprise_from = FAB_DATE_NONE};
    TRY_MEMORY(finding->context, shock->key = fab_arena_dup(shocks->arena, key));
    TRY_MEMORY(finding->context, shock->changes = fab_change_list_new());
    shocks->count++;
    *added = shock;
out:
    return status;
}

/* ---- regions ---- */

static bool is_known(const struct fab_shocks *shocks, const char *region)
{
    for (int s = 0; s < shocks->count; s++)
        if (strcmp(shocks->shock[s].key, region) == 0)
            return true;
    return false;
}

static fab_status add_stop(struct finding *finding, const char *region, int32_t day)
{
    fab_status status = FAB_OK;
    struct fab_shock *shock = NULL;
    struct fab_change change = {.origin = FAB_CHANGE_SCENARIO, .scenario = "stop", .number = 1, .table = "region", .column = "output", .operation = FAB_CHANGE_SCALE, .value = "0", .to = FAB_DATE_NONE};
    TRY(add_shock(finding, region, &shock));
    shock->stop = true;
    change.from = shock->from = day;
    shock->surprise_from = day > finding->first ? day : FAB_DATE_NONE;
    TRY_MEMORY(finding->context, change.key = fab_change_escape(finding->shocks->arena, region));
    TRY(fab_change_list_add(finding->context, shock->changes, &change));
out:
    return status;
}

static fab_status add_stops(struct finding *finding, const char *stop)
{
    fab_status status = FAB_OK;
    const fab_model *model = finding->standing->plan->model;
    char text[FAB_DATE_TEXT_SIZE];
    int32_t day = finding->first;
    TRY(fab_read_window_date(finding->context, "stop", stop, text, &day));
    if (fab_terms_find_period(finding->standing->plan->terms, day) == FAB_NONE)
        TRY(fab_fail_as(finding->context, FAB_USAGE, "request.stop", "stop %s is no day of the plan", text));
    for (int d = 0; d < model->dependency_count; d++)
        if (!is_known(finding->shocks, model->dependency[d].region))
            TRY(add_stop(finding, model->dependency[d].region, day));
out:
    return status;
}

/* ---- scenarios ---- */

/* The first day that a change names, else the plan's first. */
static int32_t first_day(const struct finding *finding, const struct fab_change_list *changes)
{
    int32_t first = FAB_DATE_NONE;
    for (int c = 0; c < changes->count; c++)
        if (changes->change[c].from != FAB_DATE_NONE && (first == FAB_DATE_NONE || changes->change[c].from < first))
            first = changes->change[c].from;
    return first == FAB_DATE_NONE || first < finding->first ? finding->first : first;
}

static fab_status add_scenarios(struct finding *finding, fab *handle, const char *request)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    char *words = NULL, *rest = NULL;
    if (!request)
        return FAB_OK;
    TRY(fab_scenarios_known(finding->context, handle, &known));
    TRY_MEMORY(finding->context, words = fab_arena_dup(finding->shocks->arena, request));
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        struct fab_shock *shock = NULL;
        const struct fab_scenario *scenario = fab_scenarios_find(known, word);
        TRY(add_shock(finding, word, &shock));
        TRY(fab_scenarios_load(finding->context, word, known, shock->changes));
        shock->from = first_day(finding, shock->changes);
        shock->surprise_from = scenario ? scenario->surprise_from : FAB_DATE_NONE;
    }
out:
    fab_scenarios_free(known);
    return status;
}

/* ---- all of them ---- */

fab_status fab_shocks_find(fab_context *context, fab *handle, const struct fab_standing *standing, const fab_independence_request *request, struct fab_shocks **result)
{
    fab_status status = FAB_OK;
    struct fab_shocks *shocks = calloc(1, sizeof *shocks);
    struct finding finding = {context, standing, shocks, 0, standing->plan->terms->period[0].date};
    TRY_MEMORY(context, shocks);
    TRY_MEMORY(context, shocks->arena = fab_arena_new());
    TRY(add_stops(&finding, request->stop));
    TRY(add_scenarios(&finding, handle, request->scenario));
    for (int s = 0; s < shocks->count; s++)
        shocks->shock[s].period = fab_terms_find_period(standing->plan->terms, shocks->shock[s].from);
    *result = shocks;
    shocks = NULL;
out:
    fab_shocks_free(shocks);
    return status;
}

void fab_shocks_free(struct fab_shocks *shocks)
{
    if (!shocks)
        return;
    for (int s = 0; s < shocks->count; s++)
        fab_change_list_free(shocks->shock[s].changes);
    free(shocks->shock);
    fab_arena_free(shocks->arena);
    free(shocks);
}

int32_t fab_shock_year_end(const struct fab_shock *shock)
{
    int year, month, day;
    fab_date_to_civil(shock->from, &year, &month, &day);
    return fab_date_from_civil(year + 1, month, day);
}

fab_status fab_shock_solve(fab_context *context, const struct fab_standing *standing, const fab_plan *base, const struct fab_shock *shock, struct fab_replan *moved)
{
    fab_status status = FAB_OK;
    struct fab_replan_asked asked = {.more = shock->changes, .near = standing->plan};
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(context, quiet);
    if (shock->surprise_from != FAB_DATE_NONE) {
        asked.before = base;
        asked.surprise_from = shock->surprise_from;
    }
    status = fab_replan(context, standing->kept, &asked, quiet, moved);
    if (status == FAB_INPUT)
        TRY(fab_fail(context, FAB_INPUT, "%s: %s", shock->key, fab_context_message(quiet)));
out:
    fab_context_free(quiet);
    return status;
}
