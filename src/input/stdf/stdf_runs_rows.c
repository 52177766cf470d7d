/* The rows of a run from the lists of its files and of the runs before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_list.h"
#include "stdf_rows.h"
#include "stdf_runs.h"
#include "stdf_same.h"
#include "stdf_tables.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_lists(const void *left, const void *right)
{
    const struct stdf_list *const *a = left, *const *b = right;
    if ((*a)->time != (*b)->time)
        return (*a)->time < (*b)->time ? -1 : 1;
    int order = strcmp((*a)->file, (*b)->file);
    return order ? order : ((*a)->part > (*b)->part) - ((*a)->part < (*b)->part);
}

/* The lists of a run in the order of their times; their number. NULL list when memory is short. */
static const struct stdf_list **order_lists(const struct stdf_group *group, int64_t run, int *count)
{
    const struct stdf_list **lists = calloc((size_t)group->count + 1, sizeof *lists);
    *count = 0;
    for (int l = 0; lists && l < group->count; l++)
        if (group->lists[l].run == run && group->lists[l].die)
            lists[(*count)++] = &group->lists[l];
    if (lists)
        qsort(lists, (size_t)*count, sizeof *lists, compare_lists);
    return lists;
}

/* The parts of a run's files behind those that the file has; *start: time of the first. */
static fab_status read_run(fab_context *context, const struct stdf_group *group, int64_t run, struct stdf_file *file)
{
    fab_status status = FAB_OK;
    int count;
    const struct stdf_list **lists = order_lists(group, run, &count);
    TRY_MEMORY(context, lists);
    file->start = count > 0 ? (uint32_t)lists[0]->time : file->start;
    for (int l = 0; l < count; l++)
        TRY(stdf_list_read(context, lists[l]->die, file));
out:
    free(lists);
    return status;
}

static fab_status begin(fab_context *context, struct stdf_file *file)
{
    static const struct fab_stdf_options none = {0};
    *file = (struct stdf_file){.options = &none, .positive_x = ' ', .positive_y = ' '};
    return (file->arena = fab_arena_new()) ? FAB_OK : fab_fail_memory(context);
}

/* A run of as many die as the first, or of others than before, stands alone; a retest is merged. *merged has the die that count up to the run
 * before, and then up to this one. */
static fab_status merge_run(fab_context *context, const struct stdf_group *group, int64_t run, size_t first_parts, struct stdf_file *merged)
{
    struct stdf_file alone;
    bool retest;
    fab_status status = FAB_OK;
    TRY(begin(context, &alone));
    TRY(read_run(context, group, run, &alone));
    retest = stdf_is_retest_of(merged, &alone);
    stdf_settle_parts(&alone);
    if (alone.parts >= first_parts || !retest)
        merged->parts = 0;
    TRY(read_run(context, group, run, merged));
    stdf_settle_parts(merged);
out:
    stdf_file_fini(&alone);
    return status;
}

static fab_status merge_runs(fab_context *context, const struct stdf_group *group, int64_t last, struct stdf_file *merged)
{
    size_t first_parts = 0;
    fab_status status = FAB_OK;
    for (int64_t run = 1; run <= last; run++) {
        TRY(merge_run(context, group, run, first_parts, merged));
        if (run == 1)
            first_parts = merged->parts;
    }
out:
    return status;
}

/* ---- rows of a file without a list ---- */

static bool copy_rows(const fab_table *from, const char *wafer, fab_table *to)
{
    for (int r = 0; r < fab_table_rows(from); r++) {
        if (strcmp(fab_table_get(from, r, 0)->text, wafer) != 0)
            continue;
        fab_value *row = fab_table_add_row(to);
        for (int c = 0; row && c < fab_table_columns(from); c++)
            row[c] = *fab_table_get(from, r, c); /* its texts live as long as the files' results */
        if (!row)
            return false;
    }
    return true;
}

static const struct stdf_list *find_file(const struct stdf_group *group, int64_t run)
{
    const struct stdf_list *found = NULL;
    for (int l = 0; l < group->count; l++)
        if (group->lists[l].run == run && (!found || group->lists[l].result))
            found = &group->lists[l];
    return found;
}

static fab_status make_counted(fab_context *context, const struct stdf_group *group, struct fab_stdf_result *rows)
{
    struct stdf_file merged;
    struct stdf_wafer wafer = {.name = group->wafer, .parts = STDF_NO_COUNT, .good = STDF_NO_COUNT};
    fab_status status = FAB_OK;
    TRY(begin(context, &merged));
    TRY(merge_runs(context, group, rows->run, &merged));
    TRY(stdf_add_counted(context, &merged, rows, &wafer, merged.part, merged.parts));
out:
    stdf_file_fini(&merged);
    return status;
}

fab_status stdf_runs_make(fab_context *context, const struct stdf_group *group, int64_t run, struct fab_stdf_result *rows, bool *found)
{
    const struct stdf_list *file = find_file(group, run);
    fab_status status = FAB_OK;
    *rows = (struct fab_stdf_result){.run = (int)run};
    *found = file != NULL;
    if (!file)
        goto out;
    rows->path = file->result ? file->result->path : NULL;
    snprintf(rows->stage, sizeof rows->stage, "%s", group->stage);
    TRY_MEMORY(context, stdf_tables_make(rows));
    if (file->die)
        TRY(make_counted(context, group, rows));
    else
        TRY_MEMORY(context, copy_rows(file->result->wafer_test, group->wafer, rows->wafer_test) &&
                                copy_rows(file->result->wafer_bin, group->wafer, rows->wafer_bin) &&
                                copy_rows(file->result->die_map, group->wafer, rows->die_map));
out:
    return status;
}
