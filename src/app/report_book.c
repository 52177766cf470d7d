/* A book of a stored plan or of yield estimates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "input_tables.h"
#include "library.h"
#include "try.h"
#include "xlsx.h"

#include <fabplan/history.h>

/* What a report's SELECT is run with. */
struct selection {
    fab_context *context;
    fab *handle;
    int64_t plan, snapshot; /* 0: the newest, until one is found */
    bool plan_found, snapshot_found;
    char inputs_sha256[65]; /* of the inputs as they are now, for the checks of a workbook */
};

/* Looks up the plan or the snapshot that a SELECT asks for, once. */
static fab_status find_shown(struct selection *selection, const char *sql, const char *origin)
{
    static const char *const names[] = {":plan", ":snapshot"};
    fab_status status = FAB_OK;
    bool asked[] = {false, false};
    TRY(fab_store_find_parameters(selection->context, selection->handle->store, sql, origin, names, 2, asked));
    if (asked[0] && !selection->plan_found) {
        TRY(fab_find_plan(selection->context, selection->handle, selection->plan, &selection->plan));
        selection->plan_found = true;
    }
    if (asked[1] && !selection->snapshot_found) {
        TRY(fab_yield_find_snapshot(selection->context, selection->handle, selection->snapshot, &selection->snapshot));
        selection->snapshot_found = true;
    }
out:
    return status;
}

static fab_status select_for_report(void *user, const char *sql, const char *origin, fab_table **result)
{
    fab_status status = FAB_OK;
    struct selection *selection = user;
    TRY(find_shown(selection, sql, origin));
    const fab_parameter parameters[] = {{":plan", fab_integer(selection->plan)},
                                        {":snapshot", fab_integer(selection->snapshot)},
                                        {":inputs_sha256", fab_text(selection->inputs_sha256)}};
    TRY(fab_store_select_text(selection->context, selection->handle->store, sql, origin, parameters, 3, result));
out:
    return status;
}

fab_status fab_report(fab_context *context, fab *handle, const fab_report_request *request)
{
    fab_status status = FAB_OK;
    fab_arena *arena = NULL;
    struct selection selection = {.context = context, .handle = handle, .plan = request->plan, .snapshot = request->snapshot};
    struct fab_book_source source = {.reports_folder = request->reports_folder, .select = select_for_report, .user = &selection};
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, fab_input_tables_get(arena, &source));
    TRY(fab_store_hash_inputs(context, handle->store, selection.inputs_sha256));
    TRY(fab_xlsx_write(context, &source, request->book, request->path));
out:
    if (request->plan_shown)
        *request->plan_shown = selection.plan_found ? selection.plan : 0;
    if (request->snapshot_shown)
        *request->snapshot_shown = selection.snapshot_found ? selection.snapshot : 0;
    fab_arena_free(arena);
    return status;
}
