/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "revalue.h"

#include "changes.h"
#include "fail.h"
#include "scenario.h"
#include "scenario_store.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* What values a plan and does not change what is physically in it: the blue cells of the finance book. */
static const struct price {
    const char *table, *column, *key; /* key: NULL for all rows */
} prices[] = {
    {"demand", "price_usd", NULL},          {"demand", "shortage_usd", NULL},         {"demand", "late_usd_per_week", NULL},
    {"source_cost", "usd_per_start", NULL}, {"power_limit", "usd_per_mwh", NULL},     {"item", "unit_value_usd", NULL},
    {"item", "holding_frac_per_year", NULL}, {"stock_limit", "holding_frac_per_year", NULL}, {"tool_group", "price_usd", NULL},
    {"tool_group", "removal_usd", NULL},    {"substitute", "usd_per_unit", NULL},     {"setting", "value", "discount_rate"},
    {"setting", "value", "end_value_frac"}, {"setting", "value", "commitment_factor"},
};

static bool is_price(const struct fab_change *change)
{
    for (size_t p = 0; p < sizeof prices / sizeof *prices; p++)
        if (strcmp(change->table, prices[p].table) == 0 && strcmp(change->column, prices[p].column) == 0 &&
            (!prices[p].key || strcmp(change->key, prices[p].key) == 0))
            return true;
    return false;
}

/* The changes of the request, which are of prices. */
static fab_status add_changes(fab_context *context, fab *handle, const char *changes, struct fab_change_list *list)
{
    fab_status status = FAB_OK;
    struct fab_scenarios *known = NULL;
    int first = list->count;
    TRY(fab_scenarios_known(context, handle, &known));
    TRY(fab_scenarios_load(context, changes, known, list));
    for (int c = first; c < list->count; c++)
        if (!is_price(&list->change[c]))
            TRY(fab_fail_as(context, FAB_USAGE, "not_a_price", "a plan is revalued with other prices, not with another %s.%s (%s): that asks for another plan", list->change[c].table,
                            list->change[c].column, list->change[c].key));
    fab_change_list_sort(list);
out:
    fab_scenarios_free(known);
    return status;
}

static fab_status fill(fab_context *context, fab *handle, const char *changes, fab *opened)
{
    fab_status status = FAB_OK;
    fab *kept = NULL;
    fab_model *model = NULL, *changed = NULL;
    struct fab_change_list *list = NULL;
    TRY(fab_open_plan(context, handle, opened->plan, &kept));
    TRY(fab_store_load_model(context, kept->store, &model));
    TRY_MEMORY(context, list = fab_change_list_new());
    TRY(fab_changes_of_plan(context, kept, opened->plan, true, list));
    TRY(add_changes(context, handle, changes, list));
    TRY(fab_changes_apply(context, kept, model, list, &changed));
    TRY(fab_store_open_model(context, changed, &opened->store));
    TRY(fab_store_copy_plan(context, handle->store, opened->store, opened->plan));
out:
    fab_change_list_free(list);
    fab_model_free(changed);
    fab_model_free(model);
    fab_close(kept);
    return status;
}

fab_status fab_revalue_open(fab_context *context, fab *handle, int64_t plan, const char *changes, fab **opened)
{
    fab_status status = FAB_OK;
    fab *made = NULL;
    TRY_MEMORY(context, made = calloc(1, sizeof *made));
    TRY_MEMORY(context, made->data = strdup(handle->data));
    made->plan = plan;
    TRY(fill(context, handle, changes, made));
    *opened = made;
    made = NULL;
out:
    fab_close(made);
    return status;
}
