/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario_store.h"

#include "answer.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const change_columns[] = {"scenario", "number", "table", "key", "column", "operation", "value", "from", "to", "basis"};

enum { SCENARIO, NUMBER, TABLE, KEY, COLUMN, OPERATION, VALUE, FROM, TO, BASIS, CHANGE_COLUMNS };

/* ---- out of the store ---- */

/* The table refuses other words. */
static fab_change_operation operation_of(const char *name)
{
    int operation = 0;
    while (operation < FAB_CHANGE_OPERATION_COUNT - 1 && strcmp(fab_change_operation_names[operation], name) != 0)
        operation++;
    return (fab_change_operation)operation;
}

static fab_status read_stored(fab_context *context, fab *handle, struct fab_scenarios *scenarios)
{
    fab_status status = FAB_OK;
    fab_table *names = NULL, *changes = NULL;
    TRY(fab_store_select(context, handle->store, "scenario_names", NULL, 0, &names));
    TRY(fab_store_select(context, handle->store, "scenario_changes", NULL, 0, &changes));
    for (int r = 0; r < fab_table_rows(names); r++)
        TRY(fab_scenarios_add(context, scenarios, &(struct fab_scenario){fab_answer_text(names, r, 0), fab_answer_text(names, r, 1), fab_answer_date(names, r, 2)}));
    for (int r = 0; r < fab_table_rows(changes); r++) {
        const struct fab_change change = {.origin = FAB_CHANGE_SCENARIO,
                                          .scenario = fab_answer_text(changes, r, SCENARIO),
                                          .number = fab_table_get(changes, r, NUMBER)->integer,
                                          .table = fab_answer_text(changes, r, TABLE),
                                          .key = fab_answer_text(changes, r, KEY),
                                          .column = fab_answer_text(changes, r, COLUMN),
                                          .operation = operation_of(fab_answer_text(changes, r, OPERATION)),
                                          .value = fab_answer_text(changes, r, VALUE),
                                          .from = fab_answer_date(changes, r, FROM),
                                          .to = fab_answer_date(changes, r, TO),
                                          .basis = fab_answer_text(changes, r, BASIS)};
        TRY(fab_change_list_add(context, scenarios->changes, &change));
    }
out:
    fab_table_free(names);
    fab_table_free(changes);
    return status;
}

static fab_status read_beside(fab_context *context, const char *data, struct fab_scenarios *scenarios)
{
    fab_status status = FAB_OK;
    size_t size = strlen(data) + sizeof "/scenarios";
    char *folder = malloc(size);
    TRY_MEMORY(context, folder);
    snprintf(folder, size, "%s/scenarios", data);
    if (fab_is_folder(folder))
        TRY(fab_scenarios_read(context, folder, scenarios));
out:
    free(folder);
    return status;
}

fab_status fab_scenarios_known(fab_context *context, fab *handle, struct fab_scenarios **known)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *scenarios = fab_scenarios_new();
    TRY_MEMORY(context, scenarios);
    TRY(handle->is_file ? read_stored(context, handle, scenarios) : read_beside(context, handle->data, scenarios));
    *known = scenarios;
    scenarios = NULL;
out:
    fab_scenarios_free(scenarios);
    return status;
}

/* ---- into it ---- */

static fab_value keep_date(fab_table *table, int32_t date)
{
    char text[FAB_DATE_TEXT_SIZE];
    return fab_text(date == FAB_DATE_NONE ? NULL : fab_table_keep(table, fab_date_print(date, text)));
}

static bool add_change(fab_table *table, const struct fab_change *change)
{
    const char *texts[] = {[SCENARIO] = change->scenario, [TABLE] = change->table,   [KEY] = change->key, [COLUMN] = change->column,
                           [VALUE] = change->value,       [BASIS] = change->basis, [OPERATION] = fab_change_operation_names[change->operation]};
    fab_value *row = fab_table_add_row(table);
    bool ok = row != NULL;
    for (int c = 0; ok && c < CHANGE_COLUMNS; c++) {
        if (c == NUMBER || c == FROM || c == TO)
            continue;
        row[c] = fab_text(*texts[c] ? fab_table_keep(table, texts[c]) : NULL);
        ok = !*texts[c] || row[c].type == FAB_TEXT;
    }
    if (!ok)
        return false;
    row[NUMBER] = fab_integer(change->number);
    row[FROM] = keep_date(table, change->from);
    row[TO] = keep_date(table, change->to);
    return (change->from == FAB_DATE_NONE || row[FROM].type == FAB_TEXT) && (change->to == FAB_DATE_NONE || row[TO].type == FAB_TEXT);
}

fab_table *fab_scenario_changes_table(const struct fab_change_list *list)
{
    fab_table *table = fab_table_new("scenario_change", change_columns, CHANGE_COLUMNS);
    for (int c = 0; table && c < list->count; c++)
        if (!add_change(table, &list->change[c])) {
            fab_table_free(table);
            table = NULL;
        }
    return table;
}

static fab_status make_names(fab_context *context, const struct fab_scenarios *scenarios, fab_table **result)
{
    static const char *const columns[] = {"scenario", "name", "surprise_from"};
    fab_status status = FAB_OK;
    fab_table *table = fab_table_new("scenario", columns, 3);
    TRY_MEMORY(context, table);
    for (int s = 0; s < scenarios->count; s++) {
        const struct fab_scenario *scenario = &scenarios->scenario[s];
        fab_value *row = fab_table_add_row(table);
        TRY_MEMORY(context, row);
        row[0] = fab_text(scenario->scenario);
        row[1] = fab_text(scenario->name);
        row[2] = keep_date(table, scenario->surprise_from);
        TRY_MEMORY(context, scenario->surprise_from == FAB_DATE_NONE || row[2].type == FAB_TEXT);
    }
    *result = table;
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

static fab_status forget(fab_context *context, fab *handle, const char *scenario)
{
    const fab_parameter parameter = {":scenario", fab_text(scenario)};
    fab_table *deleted = NULL;
    fab_status status = fab_store_select(context, handle->store, "scenario_delete", &parameter, 1, &deleted);
    fab_table_free(deleted);
    return status;
}

fab_status fab_scenarios_write(fab_context *context, fab *handle, const struct fab_scenarios *scenarios)
{
    fab_status status = FAB_OK;
    fab_table *names = NULL, *changes = NULL;
    TRY(make_names(context, scenarios, &names));
    TRY_MEMORY(context, changes = fab_scenario_changes_table(scenarios->changes));
    TRY(fab_store_begin(context, handle->store));
    for (int s = 0; s < scenarios->count; s++)
        TRY(forget(context, handle, scenarios->scenario[s].scenario));
    TRY(fab_store_insert(context, handle->store, names));
    TRY(fab_store_insert(context, handle->store, changes));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    TRY(fab_store_commit(context, handle->store));
out:
    if (status != FAB_OK)
        fab_store_rollback(handle->store);
    fab_table_free(names);
    fab_table_free(changes);
    return status;
}
