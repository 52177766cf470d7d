/* Results as JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fabplan/result.h>

#include "json_text.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { REAL_DIGITS = 17 }; /* that give the same double back */

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

/* Facts that say yes or no: SQL has no type of its own for them. */
static bool is_flag(const char *fact)
{
    return strcmp(fact, "simulated") == 0 || strcmp(fact, "complete") == 0;
}

/* Adds the columns of a row as members. */
static bool add_row(json_t *object, const fab_table *table, int row, bool facts)
{
    for (int c = 0; c < fab_table_columns(table); c++) {
        const char *name = fab_table_column_name(table, c);
        const fab_value *value = fab_table_get(table, row, c);
        json_t *json = facts && is_flag(name) ? json_boolean(value->type == FAB_INTEGER && value->integer != 0) : value_json(value);
        if (json_object_set_new(object, name, json) != 0)
            return false;
    }
    return true;
}

static json_t *row_json(const fab_table *table, int row)
{
    json_t *object = json_object();
    if (object && add_row(object, table, row, false))
        return object;
    json_decref(object);
    return NULL;
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

static bool add_part(json_t *object, const fab_section *part)
{
    switch (part->kind) {
    case FAB_SECTION_FACTS: return fab_table_rows(part->table) == 0 || add_row(object, part->table, 0, true);
    case FAB_SECTION_OBJECT: return json_object_set_new(object, part->name, row_json(part->table, 0)) == 0;
    case FAB_SECTION_LIST: break;
    }
    return json_object_set_new(object, part->name, rows_json(part->table)) == 0;
}

char *fab_result_json(const fab_result *result)
{
    json_t *object = json_pack("{s:s}", "schema", fab_result_schema(result));
    bool complete = object != NULL;
    for (int p = 0; complete && p < fab_result_sections(result); p++)
        complete = add_part(object, fab_result_section(result, p));
    char *text = complete ? fab_json_text(object, JSON_INDENT(1) | JSON_REAL_PRECISION(REAL_DIGITS)) : NULL;
    json_decref(object);
    return text;
}
