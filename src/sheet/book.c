/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book.h"

#include <string.h>

#include "binding.h"
#include "library.h"
#include "order.h"
#include "try.h"

static fab_status find_axis(struct fab_book *book, struct fab_sheet *sheet)
{
    const struct fab_report *report = sheet->report;
    for (int a = 0; a < book->axis_count; a++)
        if (strcmp(book->axes[a].report->stem, report->axis.text) == 0)
            sheet->axis = &book->axes[a];
    return sheet->axis
               ? FAB_OK
               : fab_fail(book->context, FAB_INPUT, "%s:%d: there is no axis `%s`", report->origin, report->axis.line, report->axis.text);
}

static fab_status load_sheet(struct fab_book *book, const struct fab_book_source *source, struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = sheet->report;
    if (fab_context_interrupted(book->context))
        return fab_fail(book->context, FAB_INTERRUPTED, "interrupted");
    if (report->layout == FAB_LAYOUT_SERIES)
        TRY(find_axis(book, sheet));
    TRY(source->select(source->user, report->sql, report->sql_origin, &sheet->table));
    TRY(fab_sheet_bind(book->context, book->arena, sheet));
out:
    return status;
}

/* Makes the sheets of the reports, without rows. */
static fab_status make_sheets(struct fab_book *book, const struct fab_report *const reports[], int count)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(book->context, book->sheets = fab_arena_take(book->arena, (size_t)count, sizeof *book->sheets));
    for (int r = 0; r < count; r++)
        book->sheets[book->sheet_count++].report = reports[r];
out:
    return status;
}

/* The axes that the sheets use. */
static fab_status make_axes(struct fab_book *book, const struct fab_library *library)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(book->context, book->axes = fab_arena_take(book->arena, (size_t)library->report_count, sizeof *book->axes));
    for (int r = 0; r < library->report_count; r++) {
        const struct fab_report *report = &library->reports[r];
        bool used = false;
        for (int s = 0; s < book->sheet_count; s++)
            used |= book->sheets[s].report->axis.text && strcmp(book->sheets[s].report->axis.text, report->stem) == 0;
        if (used && report->layout == FAB_LAYOUT_AXIS)
            book->axes[book->axis_count++].report = report;
    }
out:
    return status;
}

/* Axes first, because series refer to them. */
static fab_status load_sheets(struct fab_book *book, const struct fab_book_source *source, const struct fab_library *library)
{
    fab_status status = FAB_OK;
    TRY(make_axes(book, library));
    for (int a = 0; a < book->axis_count; a++)
        TRY(load_sheet(book, source, &book->axes[a]));
    for (int s = 0; s < book->sheet_count; s++)
        TRY(load_sheet(book, source, &book->sheets[s]));
out:
    return status;
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
    book->sheet_count = kept;
}

/* The text of a row of the cover, "" when it has none. */
static const char *cover_text(const struct fab_sheet *cover, const char *key, int column)
{
    int row = fab_table_find_text(cover->table, cover->key_column, key, 0);
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

fab_status fab_book_open(fab_context *context, const struct fab_book_source *source, const char *name, struct fab_book **book)
{
    fab_status status = FAB_OK;
    struct fab_library library;
    struct fab_order order;
    const struct fab_book_file *file = NULL;
    TRY(begin_book(context, source, &library, book));
    TRY(fab_library_find_book(context, &library, name, &file));
    TRY(fab_order_sheets(context, (*book)->arena, &library, file, &order));
    (*book)->name = file->name;
    TRY(make_sheets(*book, order.reports, order.count));
    TRY(load_sheets(*book, source, &library));
    drop_empty(*book);
    find_roles(*book);
out:
    return status;
}

fab_status fab_book_open_report(fab_context *context, const struct fab_book_source *source, const char *stem, struct fab_book **book)
{
    fab_status status = FAB_OK;
    struct fab_library library;
    const struct fab_report *report = NULL;
    TRY(begin_book(context, source, &library, book));
    TRY(fab_library_find_report(context, &library, stem, &report));
    TRY(make_sheets(*book, &report, 1));
    TRY(load_sheets(*book, source, &library));
    find_roles(*book);
out:
    return status;
}

void fab_book_close(struct fab_book *book)
{
    if (!book)
        return;
    for (int s = 0; s < book->sheet_count; s++)
        fab_table_free(book->sheets[s].table);
    for (int a = 0; a < book->axis_count; a++)
        fab_table_free(book->axes[a].table);
    fab_arena_free(book->arena);
}

const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem)
{
    for (int s = 0; s < book->sheet_count; s++)
        if (strcmp(book->sheets[s].report->stem, stem) == 0)
            return &book->sheets[s];
    return NULL;
}
