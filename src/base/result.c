/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result.h"

#include "try.h"

#include <stdlib.h>
#include <string.h>

struct fab_result {
    const char *schema;
    fab_section part[FAB_RESULT_SECTIONS_MAX];
    fab_table *table[FAB_RESULT_SECTIONS_MAX]; /* owned */
    int count;
};

fab_result *fab_result_new(const char *schema)
{
    fab_result *result = calloc(1, sizeof *result);
    if (result)
        result->schema = schema;
    return result;
}

void fab_result_free(fab_result *result)
{
    if (!result)
        return;
    for (int p = 0; p < result->count; p++)
        fab_table_free(result->table[p]);
    free(result);
}

fab_status fab_result_add(fab_context *context, fab_result *result, const fab_section *part, fab_table *table)
{
    if (!table)
        return fab_fail_memory(context);
    if (result->count == FAB_RESULT_SECTIONS_MAX) {
        fab_table_free(table);
        return fab_fail(context, FAB_INTERNAL, "%s has too many parts", result->schema);
    }
    result->part[result->count] = *part;
    result->part[result->count].table = table;
    result->table[result->count++] = table;
    return FAB_OK;
}

fab_status fab_result_add_list(fab_context *context, fab_result *result, const char *name, const char *title, fab_table *table)
{
    return fab_result_add(context, result, &(fab_section){.kind = FAB_SECTION_LIST, .name = name, .title = title}, table);
}

fab_status fab_result_of(fab_context *context, const char *schema, const char *name, fab_table *table, fab_result **result)
{
    fab_status status = FAB_OK;
    fab_result *made = table ? fab_result_new(schema) : NULL;
    if (!made)
        fab_table_free(table);
    TRY_MEMORY(context, made);
    TRY(fab_result_add_list(context, made, name, NULL, table));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

const char *fab_result_schema(const fab_result *result)
{
    return result->schema;
}

int fab_result_sections(const fab_result *result)
{
    return result->count;
}

const fab_section *fab_result_section(const fab_result *result, int index)
{
    return &result->part[index];
}

const fab_table *fab_result_table(const fab_result *result, const char *name)
{
    for (int p = 0; p < result->count; p++)
        if (result->part[p].name && strcmp(result->part[p].name, name) == 0)
            return result->table[p];
    return NULL;
}

const fab_value *fab_result_fact(const fab_result *result, const char *name)
{
    for (int p = 0; p < result->count; p++) {
        const fab_table *facts = result->table[p];
        int column = result->part[p].kind == FAB_SECTION_FACTS && fab_table_rows(facts) > 0 ? fab_table_find_column(facts, name) : -1;
        if (column >= 0)
            return fab_table_get(facts, 0, column);
    }
    return NULL;
}

void fab_free(void *text)
{
    free(text);
}
