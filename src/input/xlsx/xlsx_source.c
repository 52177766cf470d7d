/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_source.h"

#include "array.h"
#include "dictionary.h"
#include "nearest.h"
#include "try.h"
#include "utf8.h"
#include "xlsx_reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN = 60, SHOWN_SIZE = 4 * SHOWN + 8 };

bool fab_xlsx_is_file(const char *path)
{
    static const char *const tails[] = {".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods"};
    size_t length = strlen(path);
    for (size_t t = 0; t < sizeof tails / sizeof *tails; t++)
        if (length > strlen(tails[t]) && strcasecmp(path + length - strlen(tails[t]), tails[t]) == 0)
            return true;
    return false;
}

/* A table's name, or near enough to one that somebody may have meant it. */
static bool is_meant(const char *name)
{
    struct fab_nearest nearest;
    if (fab_dictionary_find(name))
        return true;
    fab_nearest_begin(&nearest, name);
    for (int t = 0; t < fab_dictionary_count; t++)
        fab_nearest_offer(&nearest, fab_dictionary[t].name);
    return nearest.best[0] != '\0';
}

static fab_status add_sheet(fab_context *context, struct fab_xlsx_sources *sources, fab_xlsx_workbook *workbook, const struct fab_xlsx_sheet *sheet)
{
    fab_status status = FAB_OK;
    struct fab_xlsx_sheet_source *state;
    TRY_MEMORY(context, state = fab_arena_take(workbook->arena, 1, sizeof *state));
    *state = (struct fab_xlsx_sheet_source){workbook, sheet};
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&sources->source, sources->count, &sources->capacity));
    sources->source[sources->count++] = (struct fab_row_source){
        .table = sheet->name, .name = workbook->path, .sheet = sheet->name, .state = state, .open = fab_xlsx_reader_open};
out:
    return status;
}

static bool has_sheet(const fab_xlsx_workbook *workbook, const char *name)
{
    for (int s = 0; s < workbook->sheet_count; s++)
        if (strcmp(workbook->sheets[s].name, name) == 0)
            return true;
    return false;
}

/* A book that reports make has these two beside its tables: its sheets are to be read, with titles above and formulas in them. */
static bool is_report(const fab_xlsx_workbook *workbook)
{
    return has_sheet(workbook, "Cover") && has_sheet(workbook, "Checks");
}

/* The sheet that explains a template to whoever fills it in. */
static bool is_guide(const struct fab_xlsx_sheet *sheet)
{
    return strcmp(sheet->name, "Guide") == 0;
}

static fab_status add_sheets(fab_context *context, struct fab_xlsx_sources *sources, fab_xlsx_workbook *workbook)
{
    fab_status status = FAB_OK;
    char shown[SHOWN_SIZE];
    int before = sources->count;
    if (is_report(workbook))
        return fab_fail_as(context, FAB_INPUT, "report_not_inputs", "%s: a book of a plan (sheets Cover and Checks), which shows its inputs, must be a workbook with a sheet for each table", workbook->path);
    for (int s = 0; s < workbook->sheet_count; s++) {
        const struct fab_xlsx_sheet *sheet = &workbook->sheets[s];
        if (sheet->part && is_meant(sheet->name))
            TRY(add_sheet(context, sources, workbook, sheet));
        else if (!is_guide(sheet))
            fab_say_as(context, FAB_LEVEL_NOTE, "ignored_sheet", "%s: sheet '%s' has not the name of a table, ignored", workbook->path,
                       fab_utf8_quote(sheet->name, SHOWN, shown, sizeof shown));
    }
    if (sources->count == before)
        TRY(fab_fail(context, FAB_INPUT, "%s: no sheet has the name of a table, must be a sheet for each table, such as 'demand'", workbook->path));
out:
    return status;
}

fab_status fab_xlsx_sources_add(fab_context *context, struct fab_xlsx_sources *sources, const char *const paths[], int path_count)
{
    fab_status status = FAB_OK;
    for (int p = 0; p < path_count; p++) {
        fab_xlsx_workbook *workbook;
        TRY_MEMORY(context, FAB_ARRAY_ROOM(&sources->workbooks, sources->workbook_count, &sources->workbook_capacity));
        TRY(fab_xlsx_workbook_open(context, paths[p], &workbook));
        sources->workbooks[sources->workbook_count++] = workbook;
        TRY(add_sheets(context, sources, workbook));
    }
out:
    return status;
}

void fab_xlsx_sources_close(struct fab_xlsx_sources *sources)
{
    for (int w = 0; w < sources->workbook_count; w++)
        fab_xlsx_workbook_close(sources->workbooks[w]);
    free(sources->workbooks);
    free(sources->source);
    *sources = (struct fab_xlsx_sources){0};
}
