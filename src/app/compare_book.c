/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_book.h"

#include "input_tables.h"
#include "try.h"
#include "xlsx.h"

struct selection {
    fab_context *context;
    fab *handle;
    const char *comparison;
};

static fab_status select_from_answer(void *user, const char *sql, const char *origin, fab_table **result)
{
    const struct selection *selection = user;
    const fab_parameter parameter = {":comparison", fab_text(selection->comparison)};
    return fab_store_select_text(selection->context, selection->handle->store, sql, origin, &parameter, 1, result);
}

fab_status fab_compare_book(fab_context *context, fab *handle, const fab_compare_request *request, const fab_result *answer)
{
    fab_status status = FAB_OK;
    fab_arena *arena = NULL;
    char *text = fab_result_json(answer);
    struct selection selection = {context, handle, text};
    struct fab_book_source source = {.reports_folder = request->reports_folder, .select = select_from_answer, .user = &selection};
    TRY_MEMORY(context, text);
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, fab_input_tables_get(arena, &source));
    TRY(fab_xlsx_write(context, &source, "compare", request->path));
out:
    fab_arena_free(arena);
    fab_free(text);
    return status;
}
