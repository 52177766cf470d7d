/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "try.h"

#include <stdio.h>
#include <string.h>

static bool is_single(fab_section_kind kind)
{
    return kind == FAB_SECTION_FACTS || kind == FAB_SECTION_OBJECT;
}

fab_status fab_answer_add(fab_context *context, fab *handle, fab_result *result, const struct fab_section_query *part,
                          const fab_parameter parameters[], int count)
{
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    if (part->query)
        TRY(fab_store_select(context, handle->store, part->query, parameters, count, &table));
    else
        TRY_MEMORY(context, table = fab_table_new(part->part.name, NULL, 0));
    if (is_single(part->part.kind) && fab_table_rows(table) != 1) {
        status = fab_fail(context, FAB_DATABASE, "query %s gave %d rows where one was expected", part->query, fab_table_rows(table));
        goto out;
    }
    status = fab_result_add(context, result, &part->part, table);
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

/* ---- requests ---- */

/* The codes of members that are looked at here: a code is a literal. */
static const char *code_of(const char *member)
{
    static const char *const codes[] = {"request.from", "request.to", "request.line", "request.source", "request.start"};
    for (size_t c = 0; c < sizeof codes / sizeof *codes; c++)
        if (strcmp(codes[c] + strlen("request."), member) == 0)
            return codes[c];
    return "";
}

fab_status fab_read_window_date(fab_context *context, const char *member, const char *given, char text[FAB_DATE_TEXT_SIZE], int32_t *day)
{
    const char *why = NULL;
    text[0] = '\0';
    if (!given)
        return FAB_OK;
    if (!fab_date_parse(given, day, &why))
        return fab_fail_as(context, FAB_USAGE, code_of(member), "%s '%s': %s", member, given, why);
    fab_date_print(*day, text);
    return FAB_OK;
}

fab_status fab_require_id(fab_context *context, fab *handle, const char *table, const char *id)
{
    const fab_parameter parameters[] = {{":tbl", fab_text(table)}, {":id", fab_text(id)}};
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    if (!id)
        return FAB_OK;
    TRY(fab_store_select(context, handle->store, "history_names", parameters, 2, &found));
    if (fab_table_get(found, 0, 0)->integer == 0)
        status = fab_fail_as(context, FAB_USAGE, code_of(table), "%s '%s': there is no such %s", table, id, table);
out:
    fab_table_free(found);
    return status;
}

const char *fab_answer_text(const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    return value->type == FAB_TEXT ? value->text : "";
}

int32_t fab_answer_date(const fab_table *table, int row, int column)
{
    int32_t date = FAB_DATE_NONE;
    const char *why;
    if (fab_table_get(table, row, column)->type == FAB_TEXT)
        fab_date_parse(fab_answer_text(table, row, column), &date, &why);
    return date;
}
