/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "input_tables.h"
#include "library.h"
#include "try.h"
#include "xlsx.h"

#include <fabplan/history.h>

fab_status fab_plans(fab_context *context, fab *handle, fab_table **plans)
{
    return fab_select_plan(context, handle, "plans", 0, plans);
}

fab_status fab_find_plan(fab_context *context, fab *handle, int64_t asked, int64_t *plan)
{
    fab_table *table = NULL;
    fab_status status = fab_select_plan(context, handle, "find_plan", asked, &table);
    if (status != FAB_OK)
        return status;
    if (fab_table_rows(table) == 1)
        *plan = fab_table_get(table, 0, 0)->integer;
    else if (asked > 0)
        status = fab_fail(context, FAB_USAGE, "there is no plan %lld; `fabplan plans` lists them", (long long)asked);
    else
        status = fab_fail(context, FAB_USAGE, "no plan is stored yet; `fabplan optimise` makes one");
    fab_table_free(table);
    return status;
}

fab_status fab_plan_summary(fab_context *context, fab *handle, int64_t plan, fab_table *tables[FAB_SUMMARY_TABLES])
{
    static const char *const queries[FAB_SUMMARY_TABLES] = {"summary_plan", "json_customers", "summary_bottlenecks",
                                                            "json_broken_promises"};
    fab_status status = FAB_OK;
    double full = 0;
    for (int q = 0; q < FAB_SUMMARY_TABLES; q++)
        tables[q] = NULL;
    TRY(fab_library_find_constant(context, "FULL", &full));
    const fab_parameter parameters[] = {{":plan", fab_integer(plan)}, {":full", fab_real(full)}};
    for (int q = 0; q < FAB_SUMMARY_TABLES; q++)
        TRY(fab_store_select(context, handle->store, queries[q], parameters, 2, &tables[q]));
out:
    for (int q = 0; status != FAB_OK && q < FAB_SUMMARY_TABLES; q++) {
        fab_table_free(tables[q]);
        tables[q] = NULL;
    }
    return status;
}

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
