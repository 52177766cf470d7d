/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured.h"

#include "dictionary.h"
#include "number.h"
#include "try.h"
#include "upkeep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Hash of a result: name and number of every row. */
static fab_status hash_rows(fab_context *context, const fab_table *rows, int name, int number, char hash[FAB_SHA256_HEX_SIZE])
{
    fab_sha256 *sha256 = fab_sha256_new();
    bool ok = sha256 != NULL;
    for (int r = 0; ok && r < fab_table_rows(rows); r++) {
        char value[64];
        const char *text = fab_table_get(rows, r, name)->text;
        int length = snprintf(value, sizeof value, "|%.17g\n", fab_value_number(fab_table_get(rows, r, number)));
        ok = fab_sha256_add(sha256, text, strlen(text)) && fab_sha256_add(sha256, value, (size_t)length);
    }
    ok = ok && fab_sha256_finish(sha256, hash);
    fab_sha256_free(sha256);
    return ok ? FAB_OK : fab_fail_memory(context);
}

/* A figure of the history: what it says of a row, and whether the model says so already. */
struct figure {
    const char *query, *table, *column; /* the query's and the table's columns have these names */
    bool (*changes)(const fab_model *model, const char *id, double value);
};

static bool changes_availability(const fab_model *model, const char *id, double availability)
{
    int g = fab_model_find_row(model, fab_dictionary_find("tool_group"), id);
    return g != FAB_NONE && availability >= 0 && availability <= 1 && fab_upkeep_availability(model, g) != availability;
}

static bool changes_cycle_time(const fab_model *model, const char *id, double days)
{
    int route = fab_model_find_row(model, fab_dictionary_find("route"), id);
    for (int c = 0; route != FAB_NONE && days >= 0 && c < model->cycle_time_count; c++)
        if (model->cycle_time[c].route == route && model->cycle_time[c].days != days)
            return true;
    return false;
}

static fab_status add_change(fab_context *context, struct fab_change_list *list, const struct figure *figure, const char *id, double value)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    fab_status status = FAB_OK;
    struct fab_change change = {.origin = FAB_CHANGE_MEASURED,
                                .table = figure->table,
                                .column = figure->column,
                                .operation = FAB_CHANGE_SET,
                                .value = fab_number_print(value, number),
                                .from = FAB_DATE_NONE,
                                .to = FAB_DATE_NONE};
    TRY_MEMORY(context, change.key = fab_change_escape(list->arena, id));
    TRY(fab_change_list_add(context, list, &change));
out:
    return status;
}

static fab_status add_changes(fab_context *context, fab *handle, const fab_model *model, const struct figure *figure, const char *name_column,
                              struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE])
{
    const fab_parameter none[] = {{":line", {.type = FAB_NULL}}, {":from", {.type = FAB_NULL}}, {":to", {.type = FAB_NULL}}};
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    TRY(fab_store_select(context, handle->store, figure->query, none, 3, &rows));
    if (fab_table_rows(rows) == 0) {
        status = fab_fail(context, FAB_USAGE, "the history measures no %s: import lot, lot_event and tool_event first", figure->column);
        goto out;
    }
    int name = fab_table_find_column(rows, name_column), number = fab_table_find_column(rows, figure->column);
    for (int r = 0; r < fab_table_rows(rows); r++) {
        const char *id = fab_table_get(rows, r, name)->text;
        double value = fab_value_number(fab_table_get(rows, r, number));
        if (!isnan(value) && figure->changes(model, id, value))
            TRY(add_change(context, list, figure, id, value));
    }
    TRY(hash_rows(context, rows, name, number, hash));
out:
    fab_table_free(rows);
    return status;
}

fab_status fab_measured_availability(fab_context *context, fab *handle, const fab_model *model, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE])
{
    static const struct figure figure = {"lots_tools", "tool_group", "availability", changes_availability};
    return add_changes(context, handle, model, &figure, "tool_group", list, hash);
}

fab_status fab_measured_cycle_time(fab_context *context, fab *handle, const fab_model *model, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE])
{
    static const struct figure figure = {"measured_cycle_time", "cycle_time", "days", changes_cycle_time};
    return add_changes(context, handle, model, &figure, "route", list, hash);
}
