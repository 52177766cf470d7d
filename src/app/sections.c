/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sections.h"

#include "date.h"
#include "try.h"

void fab_sections_fini(fab_sections *sections)
{
    for (int s = 0; s < sections->count; s++)
        fab_table_free(sections->section[s].table);
    *sections = (fab_sections){0};
}

fab_status fab_sections_add(fab_context *context, fab_sections *sections, const char *name, const char *title, fab_table *table)
{
    if (!table)
        return fab_fail_memory(context);
    if (sections->count == FAB_SECTIONS_MAX) {
        fab_table_free(table);
        return fab_fail(context, FAB_INTERNAL, "too many sections");
    }
    sections->section[sections->count++] = (fab_section){name, title, table};
    return FAB_OK;
}

fab_status fab_sections_select(fab_context *context, fab *handle, fab_sections *sections, const char *name, const char *title,
                               const char *query, const fab_parameter parameters[], int count)
{
    fab_table *table = NULL;
    fab_status status = fab_store_select(context, handle->store, query, parameters, count, &table);
    return status == FAB_OK ? fab_sections_add(context, sections, name, title, table) : status;
}

fab_status fab_read_window_date(fab_context *context, const char *option, const char *given, char text[FAB_DATE_TEXT_SIZE], int32_t *day)
{
    const char *why = NULL;
    text[0] = '\0';
    if (!given)
        return FAB_OK;
    if (!fab_date_parse(given, day, &why))
        return fab_fail(context, FAB_USAGE, "--%s '%s': %s", option, given, why);
    fab_date_print(*day, text);
    return FAB_OK;
}

fab_status fab_require_id(fab_context *context, fab *handle, const char *table, const char *id)
{
    const fab_parameter parameters[] = {{":tbl", fab_text(table)}, {":id", fab_text(id)}};
    fab_table *found = NULL;
    fab_status status = FAB_OK;
    if (!id)
        return FAB_OK;
    TRY(fab_store_select(context, handle->store, "history_names", parameters, 2, &found));
    if (fab_table_get(found, 0, 0)->integer == 0)
        TRY(fab_fail(context, FAB_USAGE, "--%s '%s': there is no such %s", table, id, table));
out:
    fab_table_free(found);
    return status;
}
