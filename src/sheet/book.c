/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book.h"

#include <string.h>

#include "binding.h"
#include "calculate.h"
#include "cap.h"
#include "library.h"
#include "order.h"
#include "row_keys.h"
#include "try.h"

enum { STEM_SIZE = 128 };

/* A book while it is loaded. */
struct loading {
    struct fab_book *book;
    const struct fab_book_source *source;
    const struct fab_library *library;
};

static const struct fab_report *find_report(const struct fab_library *library, const char *stem)
{
    for (int r = 0; r < library->report_count; r++)
        if (strcmp(library->reports[r].stem, stem) == 0)
            return &library->reports[r];
    return NULL;
}

static fab_status select_rows(const struct loading *loading, struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = sheet->report;
    TRY(loading->source->select(loading->source->user, report->sql, report->sql_origin, &sheet->table));
    TRY(fab_sheet_bind(loading->book->context, loading->book->arena, sheet));
out:
    return status;
}

/* The axis of a series, loaded with the first series that has it. */
static fab_status load_axis(const struct loading *loading, struct fab_sheet *sheet)
{
    struct fab_book *book = loading->book;
    const struct fab_report *report = sheet->report, *axis = find_report(loading->library, report->axis.text);
    for (int a = 0; a < book->axis_count; a++)
        if (book->axes[a].report == axis)
            sheet->axis = &book->axes[a];
    if (sheet->axis)
        return FAB_OK;
    if (!axis || axis->layout != FAB_LAYOUT_AXIS)
        return fab_fail(book->context, FAB_INPUT, "%s:%d: there is no axis `%s`", report->origin, report->axis.line, report->axis.text);
    sheet->axis = &book->axes[book->axis_count];
    book->axes[book->axis_count].report = axis;
    return select_rows(loading, &book->axes[book->axis_count++]);
}

static fab_status load_sheet(const struct loading *loading, struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    if (fab_context_interrupted(loading->book->context))
        return fab_fail(loading->book->context, FAB_INTERRUPTED, "interrupted");
    if (sheet->report->layout == FAB_LAYOUT_SERIES)
        TRY(load_axis(loading, sheet));
    TRY(select_rows(loading, sheet));
out:
    return status;
}

/* Room for every sheet and axis that there can be; the sheets of the reports, without rows. */
static fab_status make_sheets(const struct loading *loading, const struct fab_report *const reports[], int count)
{
    fab_status status = FAB_OK;
    struct fab_book *book = loading->book;
    size_t most = (size_t)loading->library->report_count + (size_t)count;
    TRY_MEMORY(book->context, book->sheets = fab_arena_take(book->arena, most, sizeof *book->sheets));
    TRY_MEMORY(book->context, book->axes = fab_arena_take(book->arena, most, sizeof *book->axes));
    for (int r = 0; r < count; r++)
        book->sheets[book->sheet_count++].report = reports[r];
    book->loaded_count = book->sheet_count;
out:
    return status;
}

/* Adds the sheet that a reference such as {cell:cover.plan} names, unless it is there. */
static void add_named(const struct loading *loading, const char *reference)
{
    char stem[STEM_SIZE];
    struct fab_book *book = loading->book;
    const char *colon = reference + strcspn(reference, ":}");
    size_t length = *colon == ':' ? strcspn(colon + 1, ".}") : 0;
    if (!length || length >= sizeof stem)
        return;
    memcpy(stem, colon + 1, length);
    stem[length] = '\0';
    const struct fab_report *report = find_report(loading->library, stem);
    if (report && report->layout != FAB_LAYOUT_AXIS && !fab_library_is_template(report) && !fab_book_find(book, stem))
        book->sheets[book->loaded_count++].report = report;
}

static void add_references(const struct loading *loading, const char *pattern)
{
    for (const char *brace = pattern ? strchr(pattern, '{') : NULL; brace; brace = strchr(brace + 1, '{'))
        add_named(loading, brace + 1);
}

/* Adds the sheets that the formulas of a sheet refer to. */
static void add_needed(const struct loading *loading, const struct fab_sheet *sheet)
{
    for (int c = 0; c < sheet->column_count; c++) {
        add_references(loading, sheet->columns[c].definition->formula.text);
        for (int row = 0; sheet->columns[c].formula >= 0 && row < fab_table_rows(sheet->table); row++) {
            const fab_value *pattern = fab_table_get(sheet->table, row, sheet->columns[c].formula);
            add_references(loading, pattern->type == FAB_TEXT ? pattern->text : NULL);
        }
    }
}

/* Sheets that say `empty skip` and have no rows are left out. */
static void drop_empty(struct fab_book *book)
{
    int kept = 0;
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_word *empty = &book->sheets[s].report->empty;
        if (fab_table_rows(book->sheets[s].table) == 0 && empty->text && strcmp(empty->text, "skip") == 0)
            fab_table_free(book->sheets[s].table);
        else
            book->sheets[kept++] = book->sheets[s];
    }
    book->sheet_count = book->loaded_count = kept;
}

/* The text of a row of the cover, "" when it has none. */
static const char *cover_text(const struct fab_sheet *cover, const char *key, int column)
{
    int row = fab_row_keys_find(cover, key);
    struct fab_grid_cell cell = row < 0 ? (struct fab_grid_cell){.number = FAB_NUMBER_TEXT} : fab_sheet_cell(cover, row, column);
    return cell.value.type == FAB_TEXT ? cell.value.text : "";
}

/* Rows of the cover: `subject` says in the footers what the book is about, `warning` stands on every sheet. A sheet with `master` holds the
 * checks. */
static void find_roles(struct fab_book *book)
{
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_sheet *sheet = &book->sheets[s];
        if (sheet->master_column >= 0)
            book->master = sheet;
        int column = fab_sheet_find_column(sheet, "value");
        if (sheet->report->layout != FAB_LAYOUT_COVER || sheet->key_column < 0 || column < 0)
            continue;
        book->subject = cover_text(sheet, "subject", column);
        book->warning = cover_text(sheet, "warning", column);
    }
}

/* An empty book and every definition. */
static fab_status begin_book(fab_context *context, const struct fab_book_source *source, struct fab_library *library,
                             struct fab_book **begun)
{
    fab_status status = FAB_OK;
    struct fab_book *book = NULL;
    fab_arena *arena = NULL;
    *begun = NULL;
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, book = fab_arena_take(arena, 1, sizeof *book));
    *book = (struct fab_book){.context = context, .arena = arena, .name = "", .subject = "", .warning = ""};
    arena = NULL; /* the book's now */
    *begun = book;
    TRY(fab_library_load(context, book->arena, source, library));
out:
    fab_arena_free(arena);
    return status;
}

fab_status fab_book_open(fab_context *context, const struct fab_book_source *source, const char *name, struct fab_book **opened)
{
    fab_status status = FAB_OK;
    struct fab_library library;
    struct fab_order order;
    const struct fab_book_file *file = NULL;
    TRY(begin_book(context, source, &library, opened));
    struct fab_book *book = *opened;
    const struct loading loading = {book, source, &library};
    TRY(fab_library_find_book(context, &library, name, &file));
    TRY(fab_order_sheets(context, book->arena, &library, file, &order));
    book->name = file->name;
    TRY(make_sheets(&loading, order.reports, order.count));
    for (int s = 0; s < book->sheet_count; s++)
        TRY(load_sheet(&loading, &book->sheets[s]));
    drop_empty(book);
    fab_book_cap(book, library.sheet_rows);
    TRY(fab_book_calculate(book));
    find_roles(book);
out:
    return status;
}

fab_status fab_book_open_report(fab_context *context, const struct fab_book_source *source, const char *stem, struct fab_book **opened)
{
    fab_status status = FAB_OK;
    struct fab_library library;
    const struct fab_report *report = NULL;
    TRY(begin_book(context, source, &library, opened));
    struct fab_book *book = *opened;
    const struct loading loading = {book, source, &library};
    TRY(fab_library_find_report(context, &library, stem, &report));
    TRY(make_sheets(&loading, &report, 1));
    for (int s = 0; s < book->loaded_count; s++) {
        TRY(load_sheet(&loading, &book->sheets[s]));
        add_needed(&loading, &book->sheets[s]);
    }
    TRY(fab_book_calculate(book));
    find_roles(book);
out:
    return status;
}

void fab_book_close(struct fab_book *book)
{
    if (!book)
        return;
    for (int s = 0; s < book->loaded_count; s++)
        fab_table_free(book->sheets[s].table);
    for (int a = 0; a < book->axis_count; a++)
        fab_table_free(book->axes[a].table);
    fab_arena_free(book->arena);
}
