/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

static fab_status read_lot(fab_context *context, fab_model *model, const fab_table *rows, int r, struct fab_wip *wip)
{
    const char *why = NULL;
    wip->lot = fab_arena_dup(model->arena, fab_table_get(rows, r, 0)->text);
    wip->source = fab_model_find_source(model, fab_table_get(rows, r, 1)->text);
    wip->wafers = fab_value_number(fab_table_get(rows, r, 3));
    wip->progress = fab_value_number(fab_table_get(rows, r, 4));
    wip->held = fab_table_get(rows, r, 5)->integer != 0;
    if (!wip->lot)
        return fab_fail_memory(context);
    if (wip->source == FAB_NONE || !fab_date_parse(fab_table_get(rows, r, 2)->text, &wip->start_date, &why))
        return fab_fail(context, FAB_DATABASE, "lot %s: its source or start time cannot be read", wip->lot);
    return FAB_OK;
}

fab_status fab_store_load_wip(fab_context *context, fab_store *store, fab_model *model)
{
    fab_table *rows = NULL;
    fab_status status = fab_store_select(context, store, "load_wip", NULL, 0, &rows);
    if (status != FAB_OK)
        return status;
    int count = fab_table_rows(rows);
    struct fab_wip *wip = fab_arena_take(model->arena, (size_t)count, sizeof *wip);
    status = wip ? FAB_OK : fab_fail_memory(context);
    for (int r = 0; status == FAB_OK && r < count; r++)
        status = read_lot(context, model, rows, r, &wip[r]);
    fab_table_free(rows);
    if (status == FAB_OK) {
        model->wip = wip;
        model->wip_count = count;
    }
    return status;
}
