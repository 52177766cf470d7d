/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_runs.h"

#include "array.h"
#include "stdf_list.h"
#include "stdf_same.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* Columns of result->die and of wafer_test. */
enum { WAFER, STAGE, RUN, FILE_NAME, TIME, DIE };

/* Columns of the query stdf_lists. */
enum { KNOWN_RUN, KNOWN_FILE, KNOWN_PART, KNOWN_TIME, KNOWN_DIE };

/* ---- groups ---- */

static fab_status read_known(fab_context *context, fab_store *store, struct stdf_group *group)
{
    const fab_parameter parameters[] = {{":wafer", fab_text(group->wafer)}, {":stage", fab_text(group->stage)}};
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "stdf_lists", parameters, 2, &group->before));
    TRY(fab_store_select(context, store, "stdf_runs", parameters, 2, &group->known));
    for (int r = 0; r < fab_table_rows(group->before); r++) {
        TRY_MEMORY(context, FAB_ARRAY_ROOM(&group->lists, group->count, &group->capacity));
        group->lists[group->count++] = (struct stdf_list){.run = fab_table_get(group->before, r, KNOWN_RUN)->integer,
                                                          .file = fab_table_get(group->before, r, KNOWN_FILE)->text,
                                                          .part = fab_table_get(group->before, r, KNOWN_PART)->integer,
                                                          .time = fab_table_get(group->before, r, KNOWN_TIME)->integer,
                                                          .die = fab_table_get(group->before, r, KNOWN_DIE)->text};
    }
out:
    return status;
}

static fab_status find_group(fab_context *context, struct stdf_runs *runs, const char *wafer, const char *stage, struct stdf_group **group)
{
    for (int g = 0; g < runs->count; g++) {
        *group = &runs->groups[g];
        if (strcmp((*group)->wafer, wafer) == 0 && strcmp((*group)->stage, stage) == 0)
            return FAB_OK;
    }
    if (!FAB_ARRAY_ROOM(&runs->groups, runs->count, &runs->capacity))
        return fab_fail_memory(context);
    *group = &runs->groups[runs->count++];
    **group = (struct stdf_group){.wafer = wafer, .stage = stage, .first = INT64_MAX};
    return read_known(context, runs->store, *group);
}

static void remove_list(struct stdf_group *group, int number)
{
    memmove(&group->lists[number], &group->lists[number + 1], (size_t)(--group->count - number) * sizeof *group->lists);
}

/* ---- a file more ---- */

static bool has_run(const struct stdf_group *group, int64_t run)
{
    for (int l = 0; l < group->count; l++)
        if (group->lists[l].run == run)
            return true;
    return false;
}

static bool is_known(const struct stdf_group *group, int64_t run)
{
    for (int r = 0; r < fab_table_rows(group->known); r++)
        if (fab_table_get(group->known, r, 0)->integer == run)
            return true;
    return false;
}

/* Without a list on one side there is nothing to add up: the newer replaces the older. */
static void drop_listless(fab_context *context, struct stdf_group *group, const struct stdf_list *list)
{
    bool dropped = false;
    for (int l = group->count; l-- > 0;)
        if (group->lists[l].run == list->run && (!list->die || !group->lists[l].die)) {
            remove_list(group, l);
            dropped = true;
        }
    if (dropped)
        fab_say(context, FAB_LEVEL_WARNING, "%s: wafer %s: run %lld of stage %s was given by another file, and one of them does not name its die: this one replaces it",
                list->result->path, group->wafer, (long long)list->run, group->stage);
}

/* The list of the same file that was read before, -1: none; *part: the number of this one else. */
static fab_status find_same(fab_context *context, const struct stdf_group *group, struct stdf_list *list, int *same)
{
    fab_status status = FAB_OK;
    *same = -1;
    list->part = 1;
    for (int l = 0; l < group->count && list->die && *same < 0; l++) {
        const struct stdf_list *other = &group->lists[l];
        bool shared = false;
        if (other->run != list->run || strcmp(other->file, list->file) != 0)
            continue;
        TRY(stdf_lists_share(context, other->die, list->die, &shared));
        if (shared) {
            *same = l;
            list->part = other->part;
        } else if (other->part >= list->part) {
            list->part = other->part + 1;
        }
    }
out:
    return status;
}

static fab_status add_list(fab_context *context, struct stdf_group *group, struct stdf_list *list)
{
    fab_status status = FAB_OK;
    int same = -1;
    if (is_known(group, list->run) && !has_run(group, list->run))
        fab_say(context, FAB_LEVEL_WARNING,
                "%s: wafer %s: run %lld of stage %s is in the database, but not from test results that are known die by die: the file replaces it",
                list->result->path, group->wafer, (long long)list->run, group->stage);
    drop_listless(context, group, list);
    TRY(find_same(context, group, list, &same));
    if (same >= 0 && group->lists[same].result)
        fab_say(context, FAB_LEVEL_WARNING, "%s: wafer %s: the same lot, start and die as in %s, which it replaces", list->result->path, group->wafer,
                group->lists[same].result->path);
    if (same >= 0)
        remove_list(group, same);
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&group->lists, group->count, &group->capacity));
    group->lists[group->count++] = *list;
    group->first = list->run < group->first ? list->run : group->first;
out:
    return status;
}

static int find_die_row(const fab_table *die, const char *wafer)
{
    for (int r = 0; r < fab_table_rows(die); r++)
        if (strcmp(fab_table_get(die, r, WAFER)->text, wafer) == 0)
            return r;
    return -1;
}

fab_status stdf_runs_add(fab_context *context, struct stdf_runs *runs, const struct fab_stdf_result *result)
{
    fab_status status = FAB_OK;
    for (int r = 0; r < fab_table_rows(result->wafer_test); r++) {
        const char *wafer = fab_table_get(result->wafer_test, r, WAFER)->text;
        int row = find_die_row(result->die, wafer);
        struct stdf_list list = {.run = result->run, .result = result};
        struct stdf_group *group = NULL;
        if (row >= 0) {
            list.file = fab_table_get(result->die, row, FILE_NAME)->text;
            list.time = fab_table_get(result->die, row, TIME)->integer;
            list.die = fab_table_get(result->die, row, DIE)->text;
        }
        TRY(find_group(context, runs, wafer, result->stage, &group));
        TRY(add_list(context, group, &list));
    }
out:
    return status;
}

int64_t stdf_group_last(const struct stdf_group *group)
{
    int64_t last = 0;
    for (int l = 0; l < group->count; l++)
        last = group->lists[l].run > last ? group->lists[l].run : last;
    return last;
}

void stdf_runs_fini(struct stdf_runs *runs)
{
    for (int g = 0; g < runs->count; g++) {
        free(runs->groups[g].lists);
        fab_table_free(runs->groups[g].before);
        fab_table_free(runs->groups[g].known);
    }
    free(runs->groups);
    *runs = (struct stdf_runs){0};
}
