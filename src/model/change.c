/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include "array.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

const char *const fab_change_operation_names[FAB_CHANGE_OPERATION_COUNT] = {"set", "scale", "add", "shift", "insert", "delete"};
const char *const fab_change_origin_names[FAB_CHANGE_ORIGIN_COUNT] = {"measured", "yield", "scenario"};
const char *const fab_change_field_names[FAB_CHANGE_FIELD_COUNT] = {"scenario",  "number", "table", "key", "column",
                                                                    "operation", "value",  "from",  "to",  "basis"};

struct fab_change_list *fab_change_list_new(void)
{
    struct fab_change_list *list = calloc(1, sizeof *list);
    if (!list)
        return NULL;
    list->arena = fab_arena_new();
    if (list->arena)
        return list;
    free(list);
    return NULL;
}

void fab_change_list_free(struct fab_change_list *list)
{
    if (!list)
        return;
    fab_arena_free(list->arena);
    free(list->change);
    free(list);
}

fab_status fab_change_list_add(fab_context *context, struct fab_change_list *list, const struct fab_change *change)
{
    fab_status status = FAB_OK;
    struct fab_change added = *change;
    const char **texts[] = {&added.scenario, &added.table, &added.key, &added.column, &added.value, &added.basis, &added.file};
    enum { FILE_TEXT = sizeof texts / sizeof *texts - 1 };
    for (int i = 0; i <= FILE_TEXT; i++) {
        if (i == FILE_TEXT && !added.file)
            continue;
        TRY_MEMORY(context, *texts[i] = fab_arena_dup(list->arena, *texts[i] ? *texts[i] : ""));
    }
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&list->change, list->count, &list->capacity));
    list->change[list->count++] = added;
out:
    return status;
}

bool fab_change_is_before_orders(const struct fab_change *change)
{
    return change->origin < FAB_CHANGE_SCENARIO || strcmp(change->table, "driver") == 0 || strcmp(change->table, "driver_use") == 0;
}

static bool comes_before(const struct fab_change *left, const struct fab_change *right)
{
    bool first = fab_change_is_before_orders(left), second = fab_change_is_before_orders(right);
    return left->origin != right->origin ? left->origin < right->origin : first && !second;
}

/* Insertion sort: stable, and the list is in order but for a few changes at most. */
void fab_change_list_sort(struct fab_change_list *list)
{
    for (int i = 1; i < list->count; i++) {
        struct fab_change moved = list->change[i];
        int place = i;
        for (; place > 0 && comes_before(&moved, &list->change[place - 1]); place--)
            list->change[place] = list->change[place - 1];
        list->change[place] = moved;
    }
}

const char *fab_change_escape(fab_arena *arena, const char *id)
{
    char *text = fab_arena_take(arena, 2 * strlen(id) + 1, 1), *end = text;
    for (; text && *id; id++) {
        if (strchr("\\/|;*=", *id))
            *end++ = '\\';
        *end++ = *id;
    }
    return text;
}
