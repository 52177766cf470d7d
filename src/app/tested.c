/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tested.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

/* The columns of plan_values. */
enum { WHAT, KEY, PERIOD, STEP, GAIN, COLUMN_COUNT };

static bool is_stored(const fab_table *values, const fab_plan *plan, const struct fab_value_line *line)
{
    for (int r = 0; r < fab_table_rows(values); r++)
        if (strcmp(fab_table_get(values, r, WHAT)->text, line->candidate.what) == 0 && strcmp(fab_table_get(values, r, KEY)->text, line->candidate.key) == 0 &&
            strcmp(fab_table_get(values, r, PERIOD)->text, plan->terms->period[line->candidate.period].name) == 0 &&
            fab_value_number(fab_table_get(values, r, STEP)) == line->candidate.step && fab_value_number(fab_table_get(values, r, GAIN)) == line->gain_usd)
            return true;
    return false;
}

/* The lines that were tested and are not there yet; their count. */
static int drop_stored(const fab_table *values, const fab_plan *plan, const struct fab_value_line line[], int count, struct fab_value_line *kept)
{
    int left = 0;
    for (int n = 0; n < count; n++)
        if (line[n].tested && !is_stored(values, plan, &line[n]))
            kept[left++] = line[n];
    return left;
}

fab_status fab_tested_store(fab_context *context, fab *handle, const struct fab_standing *standing, const struct fab_value_line line[], int count)
{
    fab_status status = FAB_OK;
    fab_table *next = NULL, *rows = NULL, *values = NULL;
    struct fab_value_line *kept = calloc((size_t)count + 1, sizeof *kept);
    TRY_MEMORY(context, kept);
    TRY(fab_store_begin(context, handle->store));
    TRY(fab_select_plan(context, handle, "plan_values", standing->number, &values));
    count = drop_stored(values, standing->plan, line, count, kept);
    TRY(fab_select_plan(context, handle, "plan_next_value", standing->number, &next));
    TRY_MEMORY(context, rows = fab_values_table(standing->plan, kept, count, standing->number, fab_table_get(next, 0, 0)->integer));
    TRY(fab_store_insert(context, handle->store, rows));
    TRY(fab_store_commit(context, handle->store));
out:
    if (status != FAB_OK)
        fab_store_rollback(handle->store);
    free(kept);
    fab_table_free(values);
    fab_table_free(next);
    fab_table_free(rows);
    return status;
}
