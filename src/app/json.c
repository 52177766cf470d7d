/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "json_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REAL_DIGITS = 17 };

static json_t *value_json(const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER: return json_integer(value->integer);
    case FAB_REAL: return isfinite(value->real) ? json_real(value->real) : json_null(); /* JSON has no infinity */
    case FAB_TEXT: return json_string(value->text);
    case FAB_NULL: break;
    }
    return json_null();
}

static json_t *row_json(const fab_table *table, int row)
{
    json_t *object = json_object();
    for (int c = 0; object && c < fab_table_columns(table); c++)
        if (json_object_set_new(object, fab_table_column_name(table, c), value_json(fab_table_get(table, row, c))) != 0) {
            json_decref(object);
            object = NULL;
        }
    return object;
}

static json_t *rows_json(const fab_table *table)
{
    json_t *array = json_array();
    for (int r = 0; array && r < fab_table_rows(table); r++)
        if (json_array_append_new(array, row_json(table, r)) != 0) {
            json_decref(array);
            array = NULL;
        }
    return array;
}

static char *print_json(const json_t *json)
{
    return fab_json_text(json, JSON_INDENT(1) | JSON_REAL_PRECISION(REAL_DIGITS));
}

char *fab_table_json(const fab_table *table)
{
    json_t *array = rows_json(table);
    char *text = print_json(array);
    json_decref(array);
    return text;
}

/* Adds the one row of a query as members, or under a name as an object. */
static fab_status add_object(fab_context *context, fab *handle, json_t *json, const char *name, const char *query, int64_t plan)
{
    fab_table *table = NULL;
    fab_status status = fab_select_plan(context, handle, query, plan, &table);
    if (status == FAB_OK && fab_table_rows(table) != 1)
        status = fab_fail(context, FAB_DATABASE, "plan %lld: query %s gave %d rows where one was expected", (long long)plan, query, fab_table_rows(table));
    if (status == FAB_OK) {
        json_t *object = row_json(table, 0);
        int failed = !object ? -1 : name ? json_object_set_new(json, name, json_incref(object)) : json_object_update(json, object);
        json_decref(object);
        if (failed)
            status = fab_fail_memory(context);
    }
    fab_table_free(table);
    return status;
}

static fab_status add_list(fab_context *context, fab *handle, json_t *json, const char *name, const char *query, int64_t plan)
{
    fab_table *table = NULL;
    fab_status status = fab_select_plan(context, handle, query, plan, &table);
    if (status == FAB_OK && json_object_set_new(json, name, rows_json(table)) != 0)
        status = fab_fail_memory(context);
    fab_table_free(table);
    return status;
}

/* The parts of "fabplan.plan/1" in the order of the design; name NULL: the row's columns are members of the plan's object. */
static const struct {
    const char *name, *query;
    bool list;
} plan_parts[] = {
    {NULL, "json_plan", false},
    {"model", "json_model", false},
    {"seconds", "json_seconds", false},
    {NULL, "json_hash", false},
    {"totals", "json_totals", false},
    {NULL, "json_profit", false},
    {"customers", "json_customers", true},
    {"lines", "json_lines", true},
    {"tool_groups", "json_tool_groups", true},
    {"demands", "json_demands", true},
    {"broken_promises", "json_broken_promises", true},
    {"wip", "json_wip", true},
    {"reasons", "json_reasons", true},
    {"values", "json_values", true},
};

fab_status fab_plan_json(fab_context *context, fab *handle, int64_t plan, char **text)
{
    json_t *json = json_pack("{s:s}", "schema", "fabplan.plan/1");
    fab_status status = json ? FAB_OK : fab_fail_memory(context);
    for (size_t p = 0; status == FAB_OK && p < sizeof plan_parts / sizeof *plan_parts; p++)
        status = (plan_parts[p].list ? add_list : add_object)(context, handle, json, plan_parts[p].name, plan_parts[p].query, plan);
    if (status == FAB_OK) {
        *text = print_json(json);
        if (!*text)
            status = fab_fail_memory(context);
    }
    json_decref(json);
    return status;
}

fab_status fab_plans_json(fab_context *context, fab *handle, char **text)
{
    json_t *json = json_pack("{s:s}", "schema", "fabplan.plans/1");
    fab_status status = json ? add_list(context, handle, json, "plans", "plans", 0) : fab_fail_memory(context);
    if (status == FAB_OK) {
        *text = print_json(json);
        if (!*text)
            status = fab_fail_memory(context);
    }
    json_decref(json);
    return status;
}
