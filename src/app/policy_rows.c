/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy_rows.h"

#include "kept.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

enum column { NUMBER, CUSTOMER, STAGE, KIND, LEAST, REVERSED };

static int find_customer(const fab_model *model, const char *name)
{
    for (int c = 0; c < model->customer_count; c++)
        if (strcmp(model->customer[c].customer, name) == 0)
            return c;
    return FAB_NONE;
}

static int find_kind(const char *name)
{
    for (int k = 0; k < fab_kept_kinds_count; k++)
        if (strcmp(fab_kept_kinds[k], name) == 0)
            return k;
    return FAB_NONE;
}

/* Rows [first, end) of the table are one row of the program. */
static fab_status add_row(fab_context *context, const fab_table *table, int first, int end, int *customers, fab_program *program)
{
    int kind = find_kind(fab_table_get(table, first, KIND)->text);
    struct fab_kept kept = {.stage = fab_table_get(table, first, STAGE)->text, .customer = customers, .least = fab_value_number(fab_table_get(table, first, LEAST))};
    if (kind == FAB_NONE)
        return fab_fail(context, FAB_DATABASE, "a kept value is of kind '%s'", fab_table_get(table, first, KIND)->text);
    kept.kind = (fab_kept_kind)kind;
    kept.reversed = fab_table_get(table, first, REVERSED)->integer != 0;
    for (int r = first; kind == FAB_KEPT_SERVED && r < end; r++) {
        const char *name = fab_table_get(table, r, CUSTOMER)->text;
        customers[kept.customer_count] = find_customer(program->terms->model, name);
        if (customers[kept.customer_count++] == FAB_NONE)
            return fab_fail(context, FAB_DATABASE, "a kept value is of customer '%s', which the inputs do not have", name);
    }
    return fab_kept_add(context, program, &kept, NULL);
}

fab_status fab_policy_rows(fab_context *context, fab *handle, int64_t plan, fab_program *program)
{
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    int *customers = NULL;
    TRY(fab_select_plan(context, handle, "plan_kept", plan, &table));
    TRY_MEMORY(context, customers = calloc((size_t)fab_table_rows(table) + 1, sizeof *customers));
    for (int first = 0, end; first < fab_table_rows(table); first = end) {
        for (end = first + 1; end < fab_table_rows(table) && fab_table_get(table, end, NUMBER)->integer == fab_table_get(table, first, NUMBER)->integer;)
            end++;
        TRY(add_row(context, table, first, end, customers, program));
    }
out:
    fab_table_free(table);
    free(customers);
    return status;
}
