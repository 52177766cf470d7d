/* Stored sweeps: the answer, and the workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include <fabplan/sweep.h>

#include "input_tables.h"
#include "try.h"
#include "xlsx.h"

static const struct fab_section_query parts[] = {
    FAB_FACTS_OF("sweep_facts"),
    FAB_LIST_OF("ranges", "Over the runs, by weight; discounted", "sweep_ranges"),
    FAB_LIST_OF("customers", "What each customer gets; money of its own day", "sweep_customers"),
    FAB_LIST_OF("tools", "Tools ordered: the share of the futures that order some", "sweep_tools"),
    FAB_LIST_OF("runs", "Runs: 0 is the base; regret: what the base's tools cost in that future", "sweep_runs"),
};

/* Tools, and runs, that one screen has room for. */
enum { ROWS_SHOWN = 20 };

static fab_status find_sweep(fab_context *context, fab *handle, int64_t asked, int64_t *sweep)
{
    fab_status status = FAB_OK;
    const fab_parameter parameters[] = {{":sweep", fab_integer(asked)}, {":results_sha256", {.type = FAB_NULL}}};
    fab_table *found = NULL;
    TRY(fab_store_select(context, handle->store, "sweep_find", parameters, 2, &found));
    if (fab_table_rows(found) == 0 && asked > 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_sweep", "there is no sweep %lld", (long long)asked));
    if (fab_table_rows(found) == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_sweep", "no sweep is stored"));
    *sweep = fab_table_get(found, 0, 0)->integer;
out:
    fab_table_free(found);
    return status;
}

/* ---- the workbook ---- */

struct selection {
    fab_context *context;
    fab *handle;
    int64_t sweep;
};

static fab_status select_of_sweep(void *user, const char *sql, const char *origin, fab_table **result)
{
    const struct selection *selection = user;
    const fab_parameter parameter = {":sweep", fab_integer(selection->sweep)};
    return fab_store_select_text(selection->context, selection->handle->store, sql, origin, &parameter, 1, result);
}

static fab_status write_book(struct selection *selection, const fab_sweep_show_request *request)
{
    fab_status status = FAB_OK;
    fab_arena *arena = NULL;
    struct fab_book_source source = {.reports_folder = request->reports_folder, .select = select_of_sweep, .user = selection};
    TRY_MEMORY(selection->context, arena = fab_arena_new());
    TRY_MEMORY(selection->context, fab_input_tables_get(arena, &source));
    TRY(fab_xlsx_write(selection->context, &source, "sweep", request->path));
out:
    fab_arena_free(arena);
    return status;
}

/* ---- the verb ---- */

fab_status fab_sweep_show(fab_context *context, fab *handle, const fab_sweep_show_request *request, fab_result **shown)
{
    fab_status status = FAB_OK;
    struct selection selection = {context, handle, 0};
    fab_result *made = NULL;
    TRY(find_sweep(context, handle, request->sweep, &selection.sweep));
    TRY_MEMORY(context, made = fab_result_new("fabplan.sweep/1"));
    const fab_parameter parameters[] = {{":sweep", fab_integer(selection.sweep)}, {":most", fab_integer(request->whole ? -1 : ROWS_SHOWN)}};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        TRY(fab_answer_add(context, handle, made, &parts[p], parameters, 2));
    if (request->path)
        TRY(write_book(&selection, request));
    *shown = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}
