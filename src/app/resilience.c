/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resilience.h"

#include "array.h"
#include "plan_table.h"
#include "try.h"

#include <stdlib.h>

fab_status fab_resilience_add(fab_context *context, struct fab_resilience_rows *rows, const struct fab_resilience_row *row)
{
    fab_status status = FAB_OK;
    if (!rows->arena)
        TRY_MEMORY(context, rows->arena = fab_arena_new());
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&rows->row, rows->count, &rows->capacity));
    rows->row[rows->count] = *row;
    TRY_MEMORY(context, rows->row[rows->count].key = fab_arena_dup(rows->arena, row->key));
    rows->count++;
out:
    return status;
}

static fab_table *make_table(const fab_plan *plan, int64_t plan_number, const struct fab_resilience_rows *rows, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, plan_number, "plan_resilience", "number kpi key period value unit objective_usd bound_usd");
    for (int r = 0; r < rows->count; r++) {
        const struct fab_resilience_row *row = &rows->row[r];
        fab_plan_table_row(&w);
        fab_plan_table_integer(&w, number + r);
        fab_plan_table_text(&w, row->kpi);
        fab_plan_table_text(&w, row->key);
        fab_plan_table_period(&w, row->period);
        fab_plan_table_real(&w, row->value);
        fab_plan_table_text(&w, row->unit);
        fab_plan_table_real(&w, row->objective);
        fab_plan_table_real(&w, row->bound);
    }
    return fab_plan_table_end(&w);
}

fab_status fab_resilience_store(fab_context *context, fab *handle, const fab_plan *plan, int64_t number, const struct fab_resilience_rows *rows)
{
    fab_status status = FAB_OK;
    fab_table *next = NULL, *table = NULL;
    if (rows->count == 0)
        return FAB_OK;
    TRY(fab_store_begin(context, handle->store));
    TRY(fab_select_plan(context, handle, "plan_next_resilience", number, &next));
    TRY_MEMORY(context, table = make_table(plan, number, rows, fab_table_get(next, 0, 0)->integer));
    TRY(fab_store_insert(context, handle->store, table));
    TRY(fab_store_commit(context, handle->store));
out:
    if (status != FAB_OK)
        fab_store_rollback(handle->store);
    fab_table_free(next);
    fab_table_free(table);
    return status;
}

void fab_resilience_fini(struct fab_resilience_rows *rows)
{
    free(rows->row);
    fab_arena_free(rows->arena);
    *rows = (struct fab_resilience_rows){0};
}
