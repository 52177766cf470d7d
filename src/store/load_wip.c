/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

static int compare_steps(const void *left, const void *right)
{
    const int *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* "20,10" as numbers in order; NULL is none. */
static fab_status read_done(fab_context *context, fab_model *model, const char *text, struct fab_wip *wip)
{
    fab_status status = FAB_OK;
    size_t most = 1;
    for (const char *comma = text; comma && (comma = strchr(comma, ',')) != NULL; comma++)
        most++;
    if (!text)
        return FAB_OK;
    TRY_MEMORY(context, wip->done = fab_arena_take(model->arena, most, sizeof *wip->done));
    for (char *end = NULL; text; text = *end == ',' ? end + 1 : NULL)
        wip->done[wip->done_count++] = (int)strtol(text, &end, 10);
    qsort(wip->done, (size_t)wip->done_count, sizeof *wip->done, compare_steps);
out:
    return status;
}

static fab_status read_lot(fab_context *context, fab_model *model, const fab_table *rows, int r, struct fab_wip *wip)
{
    fab_status status = FAB_OK;
    const char *why = NULL;
    wip->source = fab_model_find_source(model, fab_table_get(rows, r, 1)->text);
    wip->wafers = fab_value_number(fab_table_get(rows, r, 3));
    wip->progress = fab_value_number(fab_table_get(rows, r, 4));
    wip->held = fab_table_get(rows, r, 5)->integer != 0;
    TRY_MEMORY(context, wip->lot = fab_arena_dup(model->arena, fab_table_get(rows, r, 0)->text));
    if (wip->source == FAB_NONE || !fab_date_parse(fab_table_get(rows, r, 2)->text, &wip->start_date, &why))
        TRY(fab_fail(context, FAB_DATABASE, "lot %s: its source or start time cannot be read", wip->lot));
    TRY(read_done(context, model, fab_table_get(rows, r, 6)->type == FAB_TEXT ? fab_table_get(rows, r, 6)->text : NULL, wip));
out:
    return status;
}

fab_status fab_store_load_wip(fab_context *context, fab_store *store, fab_model *model)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    struct fab_wip *wip;
    TRY(fab_store_select(context, store, "load_wip", NULL, 0, &rows));
    int count = fab_table_rows(rows);
    TRY_MEMORY(context, wip = fab_arena_take(model->arena, (size_t)count, sizeof *wip));
    for (int r = 0; r < count; r++)
        TRY(read_lot(context, model, rows, r, &wip[r]));
    model->wip = wip;
    model->wip_count = count;
out:
    fab_table_free(rows);
    return status;
}
