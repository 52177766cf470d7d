/* A book of a stored plan or of yield estimates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "csv_sheet.h"
#include "html.h"
#include "input_tables.h"
#include "library.h"
#include "revalue.h"
#include "try.h"
#include "xlsx.h"

#include <fabplan/history.h>

#include <stdlib.h>
#include <string.h>

/* Parameters that say what is stored beside the plan: what is kept with a plan has no other. Each is the one value of a query. */
enum { BEFORE, WITHOUT, SCENARIOS, SWEEP, AROUND };
static const struct {
    const char *parameter, *query;
} around[AROUND] = {{":before", "plan_before"}, {":without", "plan_without"}, {":scenarios", "plan_scenarios"}, {":sweep", "plan_sweep"}};

/* What a report's SELECT is run with. */
struct selection {
    fab_context *context;
    fab *handle;
    fab *kept; /* the plan with the inputs that it was made from; NULL: not known yet, or it keeps none */
    fab *revalued;       /* the plan with inputs at other prices, for who asks for :revalued; NULL: as planned */
    const char *changes; /* of the prices; NULL: as planned */
    bool shows_drivers;  /* a SELECT has asked for :revalued */
    int64_t plan, snapshot; /* 0: the newest, until one is found */
    bool plan_found, snapshot_found;
    char *around[AROUND]; /* what is stored beside the plan, as JSON; NULL: nothing, or not looked for yet */
    char inputs_sha256[65]; /* of the inputs as they are now, for the checks of a workbook */
};

/* From now on the inputs are those of the plan, where it keeps them. */
static fab_status open_inputs(struct selection *selection)
{
    bool keeps = false;
    fab_status status = FAB_OK;
    TRY(fab_plan_keeps_input(selection->context, selection->handle, selection->plan, &keeps));
    if (!keeps)
        goto out;
    TRY(fab_open_plan(selection->context, selection->handle, selection->plan, &selection->kept));
    TRY(fab_store_hash_inputs(selection->context, selection->kept->store, selection->inputs_sha256));
out:
    return status;
}

static fab_status find_plan(struct selection *selection)
{
    fab_status status = FAB_OK;
    TRY(fab_find_plan(selection->context, selection->handle, selection->plan, &selection->plan));
    selection->plan_found = true;
    TRY(open_inputs(selection));
    if (selection->changes)
        TRY(fab_revalue_open(selection->context, selection->handle, selection->plan, selection->changes, &selection->revalued));
out:
    return status;
}

enum { ASKS_PLAN, ASKS_SNAPSHOT, ASKS_REVALUED, ASKS_AROUND, PARAMETERS = ASKS_AROUND + AROUND };

static fab_status find_around(struct selection *selection, int which)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    const fab_parameter plan = {":plan", fab_integer(selection->plan)};
    TRY(fab_store_select(selection->context, selection->handle->store, around[which].query, &plan, 1, &found));
    if (fab_table_rows(found) > 0)
        TRY_MEMORY(selection->context, selection->around[which] = strdup(fab_table_get(found, 0, 0)->text));
out:
    fab_table_free(found);
    return status;
}

static void free_around(struct selection *selection)
{
    for (int a = 0; a < AROUND; a++)
        free(selection->around[a]);
}

/* Looks up the plan or the snapshot that a SELECT asks for, once. */
static fab_status find_shown(struct selection *selection, const char *sql, const char *origin, bool asked[PARAMETERS])
{
    fab_status status = FAB_OK;
    const char *names[PARAMETERS] = {":plan", ":snapshot", ":revalued"};
    for (int a = 0; a < AROUND; a++)
        names[ASKS_AROUND + a] = around[a].parameter;
    TRY(fab_store_find_parameters(selection->context, selection->handle->store, sql, origin, names, PARAMETERS, asked));
    if (asked[ASKS_PLAN] && !selection->plan_found)
        TRY(find_plan(selection));
    for (int a = 0; a < AROUND && asked[ASKS_PLAN]; a++)
        if (asked[ASKS_AROUND + a] && !selection->around[a])
            TRY(find_around(selection, a));
    if (asked[ASKS_SNAPSHOT] && !selection->snapshot_found) {
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
    bool asked[PARAMETERS] = {false};
    TRY(find_shown(selection, sql, origin, asked));
    enum { FIXED = 4 };
    fab_parameter parameters[FIXED + AROUND] = {{":plan", fab_integer(selection->plan)},
                                                {":snapshot", fab_integer(selection->snapshot)},
                                                {":inputs_sha256", fab_text(selection->inputs_sha256)},
                                                {":revalued", selection->revalued ? fab_integer(1) : (fab_value){.type = FAB_NULL}}};
    for (int a = 0; a < AROUND; a++)
        parameters[FIXED + a] = (fab_parameter){around[a].parameter, fab_text(selection->around[a])};
    /* estimates are of the history, which a plan does not keep */
    const fab *shown = selection->kept && !asked[ASKS_SNAPSHOT] ? selection->kept : selection->handle;
    selection->shows_drivers |= asked[ASKS_REVALUED];
    if (asked[ASKS_REVALUED] && selection->revalued)
        shown = selection->revalued;
    TRY(fab_store_select_text(selection->context, shown->store, sql, origin, parameters, sizeof parameters / sizeof *parameters, result));
out:
    return status;
}

/* ---- the page ---- */

enum { MOST_PLANS = 12 };

/* A page while its plans are gathered. */
struct page {
    struct selection selections[MOST_PLANS];
    struct fab_html_plan plans[MOST_PLANS];
    int count;
};

static fab_status add_page_plan(struct page *page, fab_arena *arena, const struct selection *like, const struct fab_book_source *source, const fab_value *row)
{
    fab_status status = FAB_OK;
    struct selection *selection = &page->selections[page->count];
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

static fab_status write_page(struct selection *selection, fab_arena *arena, const struct fab_book_source *source, const char *path)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    struct page *page = NULL;
    struct selection like = {.context = selection->context, .handle = selection->handle}; /* nothing that a workbook has opened or revalued */
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
    for (int p = 0; page && p < page->count; p++) {
        fab_close(page->selections[p].kept);
        free_around(&page->selections[p]);
    }
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
    struct selection selection = {.context = context, .handle = handle, .plan = request->plan, .snapshot = request->snapshot, .changes = request->revalue};
    struct fab_book_source source = {.reports_folder = request->reports_folder, .select = select_for_report, .user = &selection};
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
    fab_close(selection.revalued);
    fab_close(selection.kept);
    free_around(&selection);
    fab_arena_free(arena);
    return status;
}
