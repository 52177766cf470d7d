/* A book of a stored plan or of yield estimates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "csv_sheet.h"
#include "html.h"
#include "input_tables.h"
#include "library.h"
#include "report_select.h"
#include "try.h"
#include "xlsx.h"

#include <fabplan/history.h>

#include <stdlib.h>
#include <string.h>

/* ---- the page ---- */

enum { MOST_PLANS = 12 };

/* A page while its plans are gathered. */
struct page {
    struct fab_selection selections[MOST_PLANS];
    struct fab_html_plan plans[MOST_PLANS];
    int count;
};

static fab_status add_page_plan(struct page *page, fab_arena *arena, const struct fab_selection *like, const struct fab_book_source *source, const fab_value *row)
{
    fab_status status = FAB_OK;
    struct fab_selection *selection = &page->selections[page->count];
    struct fab_html_plan *plan = &page->plans[page->count];
    *selection = *like;
    selection->plan = row[0].integer;
    plan->source = *source;
    plan->source.user = selection;
    TRY_MEMORY(like->context, plan->id = fab_arena_printf(arena, "plan-%lld", (long long)row[0].integer));
    TRY_MEMORY(like->context, plan->name = fab_arena_dup(arena, row[1].text));
    page->count++;
out:
    return status;
}

static fab_status write_page(struct fab_selection *selection, fab_arena *arena, const struct fab_book_source *source, const char *path)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    struct page *page = NULL;
    struct fab_selection like = {.context = selection->context, .handle = selection->handle}; /* nothing that a workbook has opened or revalued */
    TRY_MEMORY(selection->context, page = calloc(1, sizeof *page));
    TRY(fab_find_plan(selection->context, selection->handle, selection->plan, &selection->plan));
    selection->plan_found = true;
    TRY(fab_store_hash_inputs(selection->context, selection->handle->store, like.inputs_sha256));
    const fab_parameter parameters[] = {{":plan", fab_integer(selection->plan)}, {":most", fab_integer(MOST_PLANS)}};
    TRY(fab_store_select(selection->context, selection->handle->store, "page_plans", parameters, 2, &found));
    for (int r = 0; r < fab_table_rows(found); r++)
        TRY(add_page_plan(page, arena, &like, source, (const fab_value[]){*fab_table_get(found, r, 0), *fab_table_get(found, r, 1)}));
    TRY(fab_html_write(selection->context, page->plans, page->count, "page", path));
out:
    for (int p = 0; page && p < page->count; p++)
        fab_selection_fini(&page->selections[p]);
    free(page);
    fab_table_free(found);
    return status;
}

static bool ends_in(const char *path, const char *end)
{
    size_t length = strlen(path), tail = strlen(end);
    return length > tail && strcmp(path + length - tail, end) == 0;
}

fab_status fab_report(fab_context *context, fab *handle, const fab_report_request *request)
{
    fab_status status = FAB_OK;
    fab_arena *arena = NULL;
    struct fab_selection selection = {.context = context, .handle = handle, .plan = request->plan, .snapshot = request->snapshot, .changes = request->revalue};
    struct fab_book_source source = {.reports_folder = request->reports_folder, .select = fab_selection_select, .user = &selection};
    if (strcmp(request->book, "compare") == 0)
        TRY(fab_fail(context, FAB_USAGE, "book 'compare' shows a comparison, which is not a stored plan: it is written when plans are compared"));
    if (strcmp(request->book, "sweep") == 0)
        TRY(fab_fail(context, FAB_USAGE, "book 'sweep' shows a sweep, not a plan: it is written when a sweep is merged or shown"));
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, fab_input_tables_get(arena, &source));
    TRY(fab_store_hash_inputs(context, handle->store, selection.inputs_sha256));
    if (request->path && ends_in(request->path, ".csv"))
        TRY(fab_csv_sheet_write(context, &source, request->book, request->path));
    else if (request->path)
        TRY(fab_xlsx_write(context, &source, request->book, request->path));
    if (request->path && request->revalue && !selection.shows_drivers)
        fab_say(context, FAB_LEVEL_WARNING, "book '%s' shows no drivers: it has the prices that the plan was made with", request->book);
    if (request->page && request->revalue)
        fab_say(context, FAB_LEVEL_WARNING, "the page has the prices that its plans were made with");
    if (request->page)
        TRY(write_page(&selection, arena, &source, request->page));
out:
    if (request->plan_shown)
        *request->plan_shown = selection.plan_found ? selection.plan : 0;
    if (request->snapshot_shown)
        *request->snapshot_shown = selection.snapshot_found ? selection.snapshot : 0;
    fab_selection_fini(&selection);
    fab_arena_free(arena);
    return status;
}
