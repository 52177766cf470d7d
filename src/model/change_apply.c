/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_apply.h"

#include "cell.h"
#include "change_derived.h"
#include "change_end.h"
#include "change_key.h"
#include "change_rows.h"
#include "driver_orders.h"
#include "nearest.h"
#include "try.h"
#include "utf8.h"

typedef fab_status apply_operation(struct fab_edit *edit, struct fab_edit_table *table);

static apply_operation *const operations[FAB_CHANGE_OPERATION_COUNT] = {
    [FAB_CHANGE_SET] = fab_rows_set,     [FAB_CHANGE_SCALE] = fab_rows_set,     [FAB_CHANGE_ADD] = fab_rows_set,
    [FAB_CHANGE_SHIFT] = fab_rows_shift, [FAB_CHANGE_INSERT] = fab_rows_insert, [FAB_CHANGE_DELETE] = fab_rows_delete,
};

static void report_unknown_table(struct fab_edit *edit, const char *name)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    fab_nearest_begin(&nearest, name);
    for (int t = 0; t < fab_dictionary_count; t++)
        if (fab_dictionary[t].record_size > 0)
            fab_nearest_offer(&nearest, fab_dictionary[t].name);
    fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_edit_finding(edit, FAB_CHANGE_FIELD_TABLE, "table is '%s', must be a table of the plan's data, or region%s%s%s", shown, nearest.best[0] ? " (" : "",
                     nearest.best, nearest.best[0] ? "?)" : "");
}

static bool check_dates(struct fab_edit *edit, const struct fab_change *change)
{
    char from[FAB_DATE_TEXT_SIZE], to[FAB_DATE_TEXT_SIZE];
    if (change->from == FAB_DATE_NONE || change->to == FAB_DATE_NONE || change->from < change->to)
        return true;
    fab_edit_finding(edit, FAB_CHANGE_FIELD_TO, "to is '%s', must be after from %s (it is exclusive)", fab_date_print(change->to, to),
                     fab_date_print(change->from, from));
    return false;
}

static fab_status apply(struct fab_edit *edit)
{
    fab_status status = FAB_OK;
    const struct fab_change *change = &edit->list->change[edit->current];
    const struct fab_table_def *def = fab_dictionary_find(change->table);
    const struct fab_column *columns[FAB_KEY_COLUMNS_MAX];
    bool good = true;
    if (!check_dates(edit, change))
        return FAB_OK;
    if (fab_derived_is_region(change))
        return fab_derived_stop_region(edit);
    if (!def || def->record_size == 0) {
        report_unknown_table(edit, change->table);
        return FAB_OK;
    }
    struct fab_edit_table *table = fab_edit_table(edit, def);
    if (change->operation != FAB_CHANGE_INSERT)
        TRY(fab_key_match(edit, table, columns, fab_key_columns(def, columns), &good));
    if (!good)
        return FAB_OK;
    TRY(fab_derived_is(edit, table) ? fab_derived_change(edit, table) : operations[change->operation](edit, table));
out:
    return status;
}

/* The changes that work before drivers make orders, or the others. */
static fab_status apply_part(struct fab_edit *edit, bool before_orders)
{
    fab_status status = FAB_OK;
    for (edit->current = 0; edit->current < edit->list->count; edit->current++)
        if (fab_change_is_before_orders(&edit->list->change[edit->current]) == before_orders)
            TRY(apply(edit));
out:
    return status;
}

fab_status fab_model_change(fab_context *context, const fab_model *model, const struct fab_change_list *list, fab_model **changed)
{
    fab_status status = FAB_OK;
    struct fab_edit edit = {0};
    fab_model *copy = NULL;
    TRY_MEMORY(context, copy = fab_model_copy(model));
    TRY(fab_edit_init(context, copy, list, &edit));
    TRY(apply_part(&edit, true));
    TRY(fab_driver_orders(&edit));
    TRY(apply_part(&edit, false));
    TRY(fab_change_end(&edit));
    if (edit.findings > 0) {
        status = fab_fail(context, FAB_INPUT, "%d finding%s%s", edit.findings, edit.findings == 1 ? "" : "s", list->count > 0 ? "; the changes were not applied" : "");
        goto out;
    }
    fab_model_read_settings(copy);
    *changed = copy;
    copy = NULL;
out:
    fab_edit_fini(&edit);
    fab_model_free(copy);
    return status;
}
