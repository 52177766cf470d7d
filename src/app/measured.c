/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measured.h"

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

static void set_availability(fab_model *model, const char *tool_group, double availability)
{
    for (int g = 0; g < model->tool_group_count; g++)
        if (strcmp(model->tool_group[g].tool_group, tool_group) == 0 && availability >= 0 && availability <= 1)
            model->tool_group[g].availability = availability;
}

static void set_cycle_time(fab_model *model, const char *route, double days)
{
    for (int c = 0; c < model->cycle_time_count; c++)
        if (strcmp(model->route[model->cycle_time[c].route].route, route) == 0 && days >= 0)
            model->cycle_time[c].days = days;
}

/* Runs the query and puts the number of every row into the model by the row's name. */
static fab_status put(fab_context *context, fab *handle, fab_model *model, const char *query, const char *name_column, const char *number_column,
                      void (*set)(fab_model *, const char *, double), char hash[FAB_SHA256_HEX_SIZE])
{
    const fab_parameter none[] = {{":line", {.type = FAB_NULL}}, {":from", {.type = FAB_NULL}}, {":to", {.type = FAB_NULL}}};
    fab_table *rows = NULL;
    fab_status status = fab_store_select(context, handle->store, query, none, 3, &rows);
    if (status == FAB_OK && fab_table_rows(rows) == 0)
        status = fab_fail(context, FAB_USAGE, "the history measures no %s: import lot, lot_event and tool_event first", number_column);
    int name = status == FAB_OK ? fab_table_find_column(rows, name_column) : -1;
    int number = status == FAB_OK ? fab_table_find_column(rows, number_column) : -1;
    for (int r = 0; status == FAB_OK && r < fab_table_rows(rows); r++) {
        double value = fab_value_number(fab_table_get(rows, r, number));
        if (!isnan(value))
            set(model, fab_table_get(rows, r, name)->text, value);
    }
    if (status == FAB_OK)
        status = hash_rows(context, rows, name, number, hash);
    fab_table_free(rows);
    return status;
}

fab_status fab_measured_availability(fab_context *context, fab *handle, fab_model *model, char hash[FAB_SHA256_HEX_SIZE])
{
    return put(context, handle, model, "lots_tools", "tool_group", "availability", set_availability, hash);
}

fab_status fab_measured_cycle_time(fab_context *context, fab *handle, fab_model *model, char hash[FAB_SHA256_HEX_SIZE])
{
    return put(context, handle, model, "measured_cycle_time", "route", "days", set_cycle_time, hash);
}
