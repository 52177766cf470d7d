/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_words.h"

#include "changes.h"
#include "nearest.h"
#include "scenario_store.h"
#include "try.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Values that are tested of a plan made for a comparison: what would help most. */
enum { VALUES = 5 };

static bool is_number(const char *word, int64_t *number)
{
    char *end = NULL;
    errno = 0;
    *number = strtoll(word, &end, 10);
    return *word >= '0' && *word <= '9' && !*end && errno == 0;
}

static bool same_change(const struct fab_change *a, const struct fab_change *b)
{
    return strcmp(a->table, b->table) == 0 && strcmp(a->key, b->key) == 0 && strcmp(a->column, b->column) == 0 && a->operation == b->operation && strcmp(a->value, b->value) == 0 &&
           a->from == b->from && a->to == b->to;
}

/* A scenario may have been replaced since. */
static fab_status has_changes(fab_context *context, fab *handle, int64_t plan, const struct fab_change_list *wanted, bool *same)
{
    fab_status status = FAB_OK;
    struct fab_change_list *list = fab_change_list_new();
    TRY_MEMORY(context, list);
    TRY(fab_changes_of_plan(context, handle, plan, true, list));
    *same = list->count == wanted->count;
    for (int c = 0; *same && c < list->count; c++)
        *same = same_change(&list->change[c], &wanted->change[c]);
out:
    fab_change_list_free(list);
    return status;
}

static fab_status find_stored(fab_context *context, fab *handle, const char *scenario, const struct fab_change_list *changes, int64_t *plan)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    char hash[65];
    bool same = false;
    *plan = 0;
    TRY(fab_store_hash_inputs(context, handle->store, hash));
    const fab_parameter parameters[] = {{":inputs_sha256", fab_text(hash)}, {":scenario", fab_text(scenario)}};
    TRY(fab_store_select(context, handle->store, "compare_find", parameters, 2, &found));
    if (fab_table_rows(found) == 0)
        goto out;
    TRY(has_changes(context, handle, fab_table_get(found, 0, 0)->integer, changes, &same));
    if (same)
        *plan = fab_table_get(found, 0, 0)->integer;
out:
    fab_table_free(found);
    return status;
}

/* The name of the data set where nothing changes, else that of the scenarios without folders. */
static const char *name_of(const char *scenario)
{
    const char *slash = scenario ? strrchr(scenario, '/') : NULL;
    return slash ? slash + 1 : scenario;
}

static fab_status make_plan(fab_context *context, fab *handle, const fab_compare_request *request, const struct fab_compare_word *word, int64_t *plan)
{
    fab_status status = FAB_OK;
    fab_optimise_result result = {0};
    const char *scenario = word->word;
    const fab_optimise_request asked = {.name = name_of(scenario), .scenario = scenario, .values = word->base ? -1 : VALUES, .progress = request->progress, .user = request->user};
    TRY(fab_optimise(context, handle, &asked, &result));
    if (result.plan == 0)
        status = fab_fail(context, FAB_USAGE, "there is no plan of '%s': plan it alone to see why", scenario ? scenario : "the inputs");
    *plan = result.plan;
out:
    fab_result_free(result.answer);
    return status;
}

static fab_status find_or_plan(fab_context *context, fab *handle, const fab_compare_request *request, const struct fab_compare_word *word, int64_t *plan)
{
    fab_status status = FAB_OK;
    const char *scenario = word->word;
    struct fab_scenarios *known = NULL;
    struct fab_change_list *changes = fab_change_list_new();
    TRY_MEMORY(context, changes);
    TRY(fab_scenarios_known(context, handle, &known));
    if (scenario)
        TRY(fab_scenarios_load(context, scenario, known, changes));
    TRY(find_stored(context, handle, scenario, changes, plan));
    if (*plan == 0)
        TRY(make_plan(context, handle, request, word, plan));
out:
    fab_change_list_free(changes);
    fab_scenarios_free(known);
    return status;
}

static fab_status find_named(fab_context *context, fab *handle, const char *name, int64_t *plan)
{
    const fab_parameter parameter = {":name", fab_text(name)};
    fab_table *found = NULL;
    fab_status status = fab_store_select(context, handle->store, "compare_named", &parameter, 1, &found);
    *plan = status == FAB_OK && fab_table_rows(found) > 0 ? fab_table_get(found, 0, 0)->integer : 0;
    fab_table_free(found);
    return status;
}

/* Whether all parts of "A,B" are scenarios or files, without a word about what is wrong. */
static fab_status is_scenario(fab_context *context, fab *handle, const char *word, bool *is)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    struct fab_change_list *changes = fab_change_list_new();
    fab_context *quiet = fab_context_new();
    TRY_MEMORY(context, changes && quiet);
    TRY(fab_scenarios_known(context, handle, &known));
    *is = fab_scenarios_load(quiet, word, known, changes) != FAB_USAGE;
out:
    fab_context_free(quiet);
    fab_change_list_free(changes);
    fab_scenarios_free(known);
    return status;
}

static fab_status refuse(fab_context *context, fab *handle, const char *word)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    struct fab_nearest nearest;
    TRY(fab_scenarios_known(context, handle, &known));
    fab_nearest_begin(&nearest, word);
    for (int s = 0; s < known->count; s++)
        fab_nearest_offer(&nearest, known->scenario[s].scenario);
    status = fab_fail_as(context, FAB_USAGE, "unknown_plan", "'%s' is no plan's number or name, no scenario and no file%s%s%s", word, nearest.best[0] ? " (" : "", nearest.best,
                         nearest.best[0] ? "?)" : "");
out:
    fab_scenarios_free(known);
    return status;
}

fab_status fab_compare_word(fab_context *context, fab *handle, const fab_compare_request *request, const struct fab_compare_word *word, int64_t *plan)
{
    fab_status status = FAB_OK;
    int64_t number = 0;
    bool scenario = false;
    if (!word->word)
        return find_or_plan(context, handle, request, word, plan);
    if (is_number(word->word, &number))
        return number > 0 ? fab_find_plan(context, handle, number, plan) : refuse(context, handle, word->word);
    TRY(is_scenario(context, handle, word->word, &scenario));
    if (scenario)
        return find_or_plan(context, handle, request, word, plan);
    TRY(find_named(context, handle, word->word, plan));
    if (*plan > 0)
        return FAB_OK;
    if (strcmp(word->word, "base") != 0)
        return refuse(context, handle, word->word);
    TRY(find_or_plan(context, handle, request, &(struct fab_compare_word){NULL, word->base}, plan));
out:
    return status;
}
