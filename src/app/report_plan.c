/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "report.h"

#include <fabplan/history.h>

#include <stdlib.h>
#include <string.h>

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
    static const char *const queries[FAB_SUMMARY_TABLES] = {"summary_plan", "json_customers", "summary_bottlenecks", "json_broken_promises"};
    fab_status status = FAB_OK;
    for (int q = 0; q < FAB_SUMMARY_TABLES; q++)
        tables[q] = NULL;
    for (int q = 0; status == FAB_OK && q < FAB_SUMMARY_TABLES; q++)
        status = fab_select_plan(context, handle, queries[q], plan, &tables[q]);
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
static fab_status find_shown(struct selection *selection, const char *sql)
{
    fab_status status = FAB_OK;
    if (!selection->plan_found && strstr(sql, ":plan")) {
        status = fab_find_plan(selection->context, selection->handle, selection->plan, &selection->plan);
        selection->plan_found = status == FAB_OK;
    }
    if (status == FAB_OK && !selection->snapshot_found && strstr(sql, ":snapshot")) {
        status = fab_yield_find_snapshot(selection->context, selection->handle, selection->snapshot, &selection->snapshot);
        selection->snapshot_found = status == FAB_OK;
    }
    return status;
}

static fab_status select_for_report(void *user, const char *sql, const char *origin, fab_table **result)
{
    struct selection *selection = user;
    fab_status status = find_shown(selection, sql);
    if (status != FAB_OK)
        return status;
    const fab_parameter parameters[] = {{":plan", fab_integer(selection->plan)},
                                        {":snapshot", fab_integer(selection->snapshot)},
                                        {":inputs_sha256", fab_text(selection->inputs_sha256)}};
    return fab_store_select_text(selection->context, selection->handle->store, sql, origin, parameters, 3, result);
}

fab_status fab_report(fab_context *context, fab *handle, const fab_report_request *request)
{
    struct selection selection = {.context = context, .handle = handle, .plan = request->plan, .snapshot = request->snapshot};
    const struct fab_report_options options = {.book = request->book,
                                               .reports_folder = request->reports_folder,
                                               .path = request->path,
                                               .select = select_for_report,
                                               .user = &selection};
    fab_status status = fab_store_hash_inputs(context, handle->store, selection.inputs_sha256);
    if (status == FAB_OK)
        status = fab_report_write_book(context, &options);
    if (request->plan_shown)
        *request->plan_shown = selection.plan_found ? selection.plan : 0;
    if (request->snapshot_shown)
        *request->snapshot_shown = selection.snapshot_found ? selection.snapshot : 0;
    return status;
}
