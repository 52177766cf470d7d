/* Scenarios as the public verbs see them: stored, listed, shown against the data.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "changes.h"
#include "difference_table.h"
#include "result.h"
#include "scenario_store.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- add ---- */

/* Every scenario against the data set, all findings of all of them. */
static fab_status check_against_data(fab_context *context, fab *handle, const struct fab_scenarios *scenarios)
{
    fab_status status = FAB_OK;
    fab_model *model = NULL, *changed = NULL;
    struct fab_change_list *list = NULL;
    int wrong = 0;
    const char *first = NULL;
    TRY(fab_store_load_model(context, handle->store, &model));
    for (int s = 0; s < scenarios->count; s++) {
        TRY_MEMORY(context, list = fab_change_list_new());
        TRY(fab_scenarios_take(context, scenarios, scenarios->scenario[s].scenario, list));
        status = fab_changes_apply(context, handle, model, list, &changed);
        if (status == FAB_INPUT && wrong++ == 0)
            first = scenarios->scenario[s].scenario;
        else if (status != FAB_OK && status != FAB_INPUT)
            goto out;
        status = FAB_OK;
        fab_model_free(changed);
        changed = NULL;
        fab_change_list_free(list);
        list = NULL;
    }
    if (wrong > 0)
        status = fab_fail(context, FAB_INPUT, "%d scenario%s with findings (%s%s); nothing is stored", wrong, wrong == 1 ? "" : "s", first, wrong == 1 ? "" : ", ...");
out:
    fab_change_list_free(list);
    fab_model_free(model);
    return status;
}

static bool same_change(const struct fab_change *a, const struct fab_change *b)
{
    return a->number == b->number && strcmp(a->table, b->table) == 0 && strcmp(a->key, b->key) == 0 && strcmp(a->column, b->column) == 0 &&
           a->operation == b->operation && strcmp(a->value, b->value) == 0 && a->from == b->from && a->to == b->to && strcmp(a->basis, b->basis) == 0;
}

static fab_status find_same_changes(fab_context *context, const struct fab_scenarios *left, const struct fab_scenarios *right, const char *scenario, bool *same)
{
    fab_status status = FAB_OK;
    struct fab_change_list *a = fab_change_list_new(), *b = fab_change_list_new();
    TRY_MEMORY(context, a && b);
    TRY(fab_scenarios_take(context, left, scenario, a));
    TRY(fab_scenarios_take(context, right, scenario, b));
    *same = a->count == b->count;
    for (int c = 0; *same && c < a->count; c++)
        *same = same_change(&a->change[c], &b->change[c]);
out:
    fab_change_list_free(a);
    fab_change_list_free(b);
    return status;
}

/* What adding does to what is stored already. */
static fab_status find_news(fab_context *context, const struct fab_scenarios *known, const struct fab_scenarios *scenarios, const struct fab_scenario *scenario, const char **news)
{
    fab_status status = FAB_OK;
    const struct fab_scenario *before = fab_scenarios_find(known, scenario->scenario);
    bool same = false;
    *news = "added";
    if (!before)
        return FAB_OK;
    TRY(find_same_changes(context, known, scenarios, scenario->scenario, &same));
    *news = same && strcmp(before->name, scenario->name) == 0 && before->surprise_from == scenario->surprise_from ? "unchanged" : "replaced";
out:
    return status;
}

/* The scenarios by name; `known`: what is stored already, NULL: nothing is said of it. */
static fab_status list_scenarios(fab_context *context, const struct fab_scenarios *scenarios, const struct fab_scenarios *known, fab_result **result)
{
    static const char *const columns[] = {"scenario", "changes", "surprise_from", "name", "stored"};
    fab_status status = FAB_OK;
    char date[FAB_DATE_TEXT_SIZE];
    fab_table *table = fab_table_new("scenarios", columns, known ? 5 : 4);
    TRY_MEMORY(context, table);
    for (int s = 0; s < scenarios->count; s++) {
        const struct fab_scenario *scenario = &scenarios->scenario[s];
        bool surprise = scenario->surprise_from != FAB_DATE_NONE;
        const char *news = NULL;
        fab_value *row = fab_table_add_row(table);
        TRY_MEMORY(context, row);
        row[0] = fab_text(fab_table_keep(table, scenario->scenario));
        row[1] = fab_integer(fab_scenarios_count(scenarios, scenario->scenario));
        row[2] = fab_text(surprise ? fab_table_keep(table, fab_date_print(scenario->surprise_from, date)) : NULL);
        row[3] = fab_text(fab_table_keep(table, scenario->name));
        TRY_MEMORY(context, row[0].type == FAB_TEXT && row[3].type == FAB_TEXT && (!surprise || row[2].type == FAB_TEXT));
        if (known) {
            TRY(find_news(context, known, scenarios, scenario, &news));
            row[4] = fab_text(news);
        }
    }
    status = fab_result_of(context, "fabplan.scenarios/1", "scenarios", table, result);
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

fab_status fab_scenario_add(fab_context *context, fab *handle, const char *const *paths, int path_count, fab_result **added)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *scenarios = NULL, *known = NULL;
    fab_result *made = NULL;
    if (!handle->is_file)
        return fab_fail(context, FAB_USAGE, "%s is a folder, which stores nothing: put the files into its folder `scenarios`", handle->data);
    TRY_MEMORY(context, scenarios = fab_scenarios_new());
    for (int p = 0; p < path_count; p++)
        TRY(fab_scenarios_read(context, paths[p], scenarios));
    TRY(check_against_data(context, handle, scenarios));
    TRY(fab_scenarios_known(context, handle, &known));
    TRY(list_scenarios(context, scenarios, known, &made));
    TRY(fab_scenarios_write(context, handle, scenarios));
    *added = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_scenarios_free(known);
    fab_scenarios_free(scenarios);
    return status;
}

fab_status fab_scenario_list(fab_context *context, fab *handle, fab_result **list)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    TRY(fab_scenarios_known(context, handle, &known));
    TRY(list_scenarios(context, known, NULL, list));
out:
    fab_scenarios_free(known);
    return status;
}

/* ---- show ---- */

static fab_table *make_facts(const char *request, const struct fab_scenario *scenario)
{
    static const char *const columns[] = {"scenario", "name", "surprise_from"};
    char date[FAB_DATE_TEXT_SIZE];
    bool surprise = scenario && scenario->surprise_from != FAB_DATE_NONE;
    fab_table *table = fab_table_new("scenario", columns, 3);
    fab_value *row = table ? fab_table_add_row(table) : NULL;
    if (!row)
        goto failed;
    row[0] = fab_text(fab_table_keep(table, request));
    row[1] = fab_text(fab_table_keep(table, scenario ? scenario->name : request));
    row[2] = fab_text(surprise ? fab_table_keep(table, fab_date_print(scenario->surprise_from, date)) : NULL);
    if (row[0].type == FAB_TEXT && row[1].type == FAB_TEXT && (!surprise || row[2].type == FAB_TEXT))
        return table;
failed:
    fab_table_free(table);
    return NULL;
}

struct differing {
    fab_context *context;
    fab_table *table;
};

static fab_status take_difference(void *user, const struct fab_difference *difference)
{
    struct differing *differing = user;
    return fab_difference_table_add(differing->context, differing->table, difference);
}

/* What the changes do to the data set, row by row. */
static fab_status make_differences(fab_context *context, fab *handle, const struct fab_change_list *list, fab_table **result)
{
    fab_status status = FAB_OK;
    fab_model *model = NULL, *changed = NULL;
    struct differing differing = {context, fab_difference_table_new()};
    TRY_MEMORY(context, differing.table);
    TRY(fab_store_load_model(context, handle->store, &model));
    TRY(fab_changes_apply(context, handle, model, list, &changed));
    TRY(fab_model_differ(context, model, changed, take_difference, &differing));
    *result = differing.table;
    differing.table = NULL;
out:
    fab_model_free(changed);
    fab_model_free(model);
    fab_table_free(differing.table);
    return status;
}

fab_status fab_scenario_show(fab_context *context, fab *handle, const char *request, fab_result **shown)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    struct fab_change_list *list = NULL;
    fab_table *differences = NULL;
    fab_result *made = NULL;
    TRY(fab_scenarios_known(context, handle, &known));
    TRY_MEMORY(context, list = fab_change_list_new());
    TRY(fab_scenarios_load(context, request, known, list));
    TRY(make_differences(context, handle, list, &differences));
    TRY_MEMORY(context, made = fab_result_new("fabplan.scenario/1"));
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, make_facts(request, fab_scenarios_find(known, request))));
    TRY(fab_result_add_list(context, made, "changes", "Changes", fab_scenario_changes_table(list)));
    status = fab_result_add_list(context, made, "differences", "What they change of the data", differences);
    differences = NULL;
    if (status != FAB_OK)
        goto out;
    *shown = made;
    made = NULL;
out:
    fab_result_free(made);
    fab_table_free(differences);
    fab_change_list_free(list);
    fab_scenarios_free(known);
    return status;
}
