/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_inputs.h"

#include "array.h"
#include "changes.h"
#include "dictionary.h"
#include "difference.h"
#include "difference_table.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct collecting {
    fab_context *context;
    struct fab_input_groups *groups;
    const fab_model *before, *after;
};

/* ---- groups ---- */

/* Rows of tables that are split by dates belong together: a window is a new row, a changed one and another new one. */
static const char *group_column(const struct fab_table_def *def, const struct fab_difference *difference)
{
    bool split = def->dating == FAB_DATING_FROM || def->dating == FAB_DATING_WINDOW;
    return split ? NULL : difference->column;
}

/* Names, and columns that nothing reads. */
static bool is_silent(const struct fab_table_def *def, const char *column)
{
    int c = column ? fab_table_def_find_column(def, column) : -1;
    return c >= 0 && (strcmp(column, "name") == 0 || def->columns[c].flags & FAB_UNREAD);
}

/* CUSTOMER_ITEM:PERIOD of a use of a driver: the order follows its driver, which is another kind of change. */
static bool is_of_driver(const fab_model *model, const char *demand)
{
    char name[2 * FAB_ID_MAX + 3];
    for (int u = 0; u < model->driver_use_count; u++) {
        const struct fab_driver_use *use = &model->driver_use[u];
        int length = snprintf(name, sizeof name, "%s_%s:", model->customer[use->customer].customer, model->item[use->item].item);
        if (strncmp(demand, name, (size_t)length) == 0)
            return true;
    }
    return false;
}

static bool is_made(const struct collecting *collecting, const struct fab_difference *difference)
{
    return strcmp(difference->table, "demand") == 0 && (is_of_driver(collecting->before, difference->key) || is_of_driver(collecting->after, difference->key));
}

static struct fab_input_group *find_group(struct fab_input_groups *groups, const char *table, const char *column)
{
    for (int g = 0; g < groups->count; g++) {
        struct fab_input_group *group = &groups->group[g];
        if (strcmp(group->table, table) == 0 && (column ? group->column && strcmp(group->column, column) == 0 : !group->column))
            return group;
    }
    return NULL;
}

static fab_status add_group(fab_context *context, struct fab_input_groups *groups, const struct fab_table_def *def, const struct fab_difference *difference, const char *column,
                            struct fab_input_group **result)
{
    fab_status status = FAB_OK;
    struct fab_input_group *group = NULL;
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&groups->group, groups->count, &groups->capacity));
    group = &groups->group[groups->count];
    *group = (struct fab_input_group){.table = def->name, .expressible = true};
    TRY_MEMORY(context, group->changes = fab_change_list_new());
    groups->count++;
    TRY_MEMORY(context, !column || (group->column = fab_arena_dup(groups->arena, column)));
    TRY_MEMORY(context, group->key = fab_arena_dup(groups->arena, difference->key));
    TRY_MEMORY(context, !difference->before || (group->before = fab_arena_dup(groups->arena, difference->before)));
    TRY_MEMORY(context, !difference->after || (group->after = fab_arena_dup(groups->arena, difference->after)));
    *result = group;
out:
    return status;
}

/* ---- a difference as a change ---- */

static bool is_derived(const struct fab_difference *difference)
{
    for (int d = 0; d < fab_derived_columns_count; d++)
        if (difference->column && strcmp(fab_derived_columns[d].table, difference->table) == 0 && strcmp(fab_derived_columns[d].rule.name, difference->column) == 0)
            return true;
    return false;
}

/* "scale 0.5": the operation and what is behind it. */
static const char *read_way(const char *text, fab_change_operation *operation)
{
    for (int o = 0; o < FAB_CHANGE_OPERATION_COUNT; o++) {
        size_t length = strlen(fab_change_operation_names[o]);
        if (strncmp(text, fab_change_operation_names[o], length) == 0 && text[length] == ' ') {
            *operation = (fab_change_operation)o;
            return text + length + 1;
        }
    }
    return NULL;
}

/* False where the first plan's inputs have something done to a figure that cannot be undone by a change. */
static bool express(const struct fab_difference *difference, struct fab_change *change)
{
    *change = (struct fab_change){.origin = FAB_CHANGE_SCENARIO, .scenario = "compared", .table = difference->table, .key = difference->change_key, .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};
    if (is_derived(difference) && (difference->from != FAB_DATE_NONE || difference->to != FAB_DATE_NONE || !difference->before || !difference->after)) {
        if (!difference->after)
            return false;
        change->column = difference->column;
        change->from = difference->from;
        change->to = difference->to;
        change->value = read_way(difference->after, &change->operation);
        return change->value != NULL;
    }
    if (difference->insert) {
        change->operation = FAB_CHANGE_INSERT;
        change->key = "";
        change->value = difference->insert;
    } else if (!difference->column) {
        change->operation = FAB_CHANGE_DELETE;
    } else {
        change->operation = FAB_CHANGE_SET;
        change->column = difference->column;
        change->value = difference->after;
    }
    return true;
}

static fab_status take(void *user, const struct fab_difference *difference)
{
    fab_status status = FAB_OK;
    struct collecting *collecting = user;
    const struct fab_table_def *def = fab_dictionary_find(difference->table);
    const char *column = group_column(def, difference);
    struct fab_input_group *group = find_group(collecting->groups, def->name, column);
    struct fab_change change;
    TRY(fab_difference_table_add(collecting->context, collecting->groups->differences, difference));
    if (is_silent(def, difference->column) || is_made(collecting, difference))
        return FAB_OK;
    if (!group)
        TRY(add_group(collecting->context, collecting->groups, def, difference, column, &group));
    group->count++;
    if (!express(difference, &change)) {
        group->expressible = false;
        return FAB_OK;
    }
    change.number = group->count;
    TRY(fab_change_list_add(collecting->context, group->changes, &change));
out:
    return status;
}

/* ---- the data sets ---- */

/* As the plan's changes have made it, before periods are added or cut off. */
static fab_status load_changed(fab_context *context, fab *handle, fab_model **result)
{
    fab_status status = FAB_OK;
    fab_model *model = NULL;
    struct fab_change_list *list = NULL;
    TRY_MEMORY(context, list = fab_change_list_new());
    TRY(fab_changes_of_plan(context, handle, handle->plan, true, list));
    TRY(fab_store_load_model(context, handle->store, &model));
    if (list->count > 0 || model->driver_use_count > 0) {
        TRY(fab_changes_apply(context, handle, model, list, result));
    } else {
        *result = model;
        model = NULL;
    }
out:
    fab_change_list_free(list);
    fab_model_free(model);
    return status;
}

fab_status fab_input_groups_find(fab_context *context, fab *base, fab *other, struct fab_input_groups **result)
{
    fab_status status = FAB_OK;
    fab_model *before = NULL, *after = NULL;
    struct fab_input_groups *groups = calloc(1, sizeof *groups);
    TRY_MEMORY(context, groups);
    TRY_MEMORY(context, groups->arena = fab_arena_new());
    TRY_MEMORY(context, groups->differences = fab_difference_table_new());
    TRY(load_changed(context, base, &before));
    TRY(load_changed(context, other, &after));
    TRY(fab_model_differ(context, before, after, take, &(struct collecting){context, groups, before, after}));
    *result = groups;
    groups = NULL;
out:
    fab_input_groups_free(groups);
    fab_model_free(before);
    fab_model_free(after);
    return status;
}

void fab_input_groups_free(struct fab_input_groups *groups)
{
    if (!groups)
        return;
    for (int g = 0; g < groups->count; g++)
        fab_change_list_free(groups->group[g].changes);
    free(groups->group);
    fab_table_free(groups->differences);
    fab_arena_free(groups->arena);
    free(groups);
}
