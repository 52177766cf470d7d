/* A copy of a model that shares nothing with it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "member.h"
#include "model.h"

#include <string.h>

static bool copy_text(fab_arena *arena, const char **text)
{
    if (!*text)
        return true;
    *text = fab_arena_dup(arena, *text);
    return *text != NULL;
}

static void *copy_array(fab_arena *arena, const void *rows, int count, size_t size)
{
    void *copy = fab_arena_take(arena, (size_t)count, size);
    if (copy && count > 0)
        memcpy(copy, rows, (size_t)count * size);
    return copy;
}

static bool copy_table(fab_model *copy, const struct fab_table_def *def)
{
    int count = *fab_model_row_count(copy, def);
    char *rows = copy_array(copy->arena, *fab_model_rows(copy, def), count, def->record_size);
    bool ok = rows != NULL;
    *fab_model_rows(copy, def) = rows;
    for (int r = 0; ok && r < count; r++)
        for (int c = 0; ok && c < def->column_count; c++) {
            char *row = rows + (size_t)r * def->record_size;
            const char *text = fab_member_is_text(&def->columns[c]) ? fab_member_text(&def->columns[c], row) : NULL;
            ok = copy_text(copy->arena, &text);
            if (text)
                fab_member_put_text(&def->columns[c], row, text);
        }
    return ok;
}

static bool copy_data_calendar(fab_model *copy)
{
    if (!copy->data_calendar)
        return true;
    copy->data_calendar = copy_array(copy->arena, copy->data_calendar, copy->data_calendar_count, sizeof *copy->data_calendar);
    bool ok = copy->data_calendar != NULL;
    for (int p = 0; ok && p < copy->data_calendar_count; p++)
        ok = copy_text(copy->arena, &copy->data_calendar[p].period);
    return ok;
}

static bool copy_shares(fab_arena *arena, double **shares, int count)
{
    if (!*shares)
        return true;
    *shares = copy_array(arena, *shares, count, sizeof **shares);
    return *shares != NULL;
}

static bool copy_rest(fab_model *copy)
{
    copy->wip = copy_array(copy->arena, copy->wip, copy->wip_count, sizeof *copy->wip);
    copy->adjustment = copy_array(copy->arena, copy->adjustment, copy->adjustment_count, sizeof *copy->adjustment);
    bool ok = copy->wip && copy->adjustment && copy_data_calendar(copy) && copy_text(copy->arena, &copy->plan_name) && copy_text(copy->arena, &copy->currency);
    for (int w = 0; ok && w < copy->wip_count; w++)
        ok = copy_text(copy->arena, &copy->wip[w].lot) &&
             (copy->wip[w].done = copy_array(copy->arena, copy->wip[w].done, copy->wip[w].done_count, sizeof *copy->wip[w].done)) != NULL &&
             copy_shares(copy->arena, &copy->wip[w].done_share, copy->wip[w].done_count);
    for (int a = 0; ok && a < copy->adjustment_count; a++)
        ok = copy_text(copy->arena, &copy->adjustment[a].origin);
    if (ok && copy->yield_fitted) {
        copy->yield_fitted = copy_array(copy->arena, copy->yield_fitted, copy->source_count, sizeof *copy->yield_fitted);
        ok = copy->yield_fitted != NULL;
    }
    return ok;
}

fab_model *fab_model_copy(const fab_model *model)
{
    fab_model *copy = fab_model_new();
    if (!copy)
        return NULL;
    fab_arena *arena = copy->arena;
    *copy = *model;
    copy->arena = arena;
    bool ok = true;
    for (int t = 0; ok && t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            ok = copy_table(copy, &fab_dictionary[t]);
    if (ok && copy_rest(copy))
        return copy;
    fab_model_free(copy);
    return NULL;
}
