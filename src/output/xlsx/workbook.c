/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cells.h"
#include "chart.h"
#include "date.h"
#include "frame.h"
#include "mark.h"
#include "try.h"
#include "writer.h"

enum { SECONDS_PER_DAY = 86400, DATE_WITHOUT_AXIS = 10957 /* 2000-01-01 */ };

/* The document's date: the first date of the first time axis, so that the same plan gives the same bytes. */
static time_t document_time(const struct fab_book *book)
{
    int32_t date = DATE_WITHOUT_AXIS, found;
    const char *why;
    for (int a = 0; a < book->axis_count; a++) {
        const struct fab_sheet *axis = &book->axes[a];
        for (int c = 0; c < axis->column_count; c++) {
            const fab_value *value = fab_table_get(axis->table, 0, axis->columns[c].source);
            if (axis->columns[c].definition->number == FAB_NUMBER_DATE + 1 && value->type == FAB_TEXT &&
                fab_date_parse(value->text, &found, &why)) {
                date = found;
                a = book->axis_count;
                break;
            }
        }
    }
    return (time_t)date * SECONDS_PER_DAY;
}

static void set_properties(struct fab_xlsx_writer *writer)
{
    lxw_doc_properties properties = {
        .title = fab_arena_printf(writer->book->arena, "%s book", writer->book->name),
        .subject = (char *)writer->book->subject,
        .author = FAB_MARK_AUTHOR,
        .comments = "Made by fabplan.",
        .created = document_time(writer->book),
    };
    fab_xlsx_note(writer, workbook_set_properties(writer->workbook, &properties));
}

static fab_status write_sheet(struct fab_xlsx_writer *writer, const struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    fab_context *context = writer->book->context;
    writer->sheet = sheet;
    TRY_MEMORY(context, writer->worksheet = workbook_get_worksheet_by_name(writer->workbook, sheet->report->name.text));
    TRY_MEMORY(context, writer->widths = fab_arena_take(writer->book->arena, (size_t)fab_sheet_columns(sheet), sizeof *writer->widths));
    TRY(fab_xlsx_fill_sheet(writer));
    TRY(fab_xlsx_add_charts(writer));
    fab_xlsx_frame_sheet(writer);
    TRY(fab_xlsx_status(writer));
out:
    return status;
}

static fab_status make_sheet(struct fab_xlsx_writer *writer, const char *name)
{
    bool made = workbook_add_worksheet(writer->workbook, name) != NULL;
    fab_xlsx_note(writer, LXW_NO_ERROR);
    fab_status status = fab_xlsx_status(writer);
    return status || made ? status : fab_fail(writer->book->context, FAB_OUTPUT, "sheet `%s` could not be made", name);
}

static fab_status write_sheets(struct fab_xlsx_writer *writer)
{
    fab_status status = FAB_OK;
    const struct fab_book *book = writer->book;
    /* every sheet first, so that formulas may look forward */
    for (int s = 0; s < book->sheet_count; s++)
        TRY(make_sheet(writer, book->sheets[s].report->name.text));
    for (int s = 0; s < book->sheet_count; s++)
        TRY(write_sheet(writer, &book->sheets[s]));
    set_properties(writer);
    TRY_MEMORY(book->context, !writer->formula.failed);
    if (fab_context_interrupted(book->context))
        TRY(fab_fail(book->context, FAB_INTERRUPTED, "interrupted"));
    TRY(fab_xlsx_status(writer));
out:
    return status;
}

/* Bytes that libxlsxwriter takes, from above: measured 25 KiB for a sheet of the planner's book, and 130 for a cell with its formula. */
static size_t memory_needed(const struct fab_book *book)
{
    enum { OF_BOOK = 1 << 20, OF_SHEET = 1 << 16, OF_CELL = 320 };
    size_t bytes = OF_BOOK;
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_sheet *sheet = &book->sheets[s];
        bytes += OF_SHEET;
        for (int row = 0; row < fab_sheet_rows(sheet); row++)
            for (int column = 0; column < fab_sheet_columns(sheet); column++) {
                struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
                bytes += OF_CELL + (cell.value.type == FAB_TEXT ? strlen(cell.value.text) : 0);
            }
    }
    return bytes;
}

/* libxlsxwriter crashes where memory is short. So it is asked for before, in one piece, and given back: what a limit of the process then
 * leaves is enough. */
static bool has_memory(const struct fab_book *book)
{
    void *volatile piece = malloc(memory_needed(book)); /* volatile: a compiler may leave out both calls */
    bool enough = piece != NULL;
    free(piece);
    return enough;
}

fab_status fab_xlsx_write_workbook(const struct fab_book *book, const char *path, const char *folder)
{
    lxw_workbook_options options = {.tmpdir = (char *)folder};
    if (!has_memory(book))
        return fab_fail_memory(book->context);
    errno = 0;
    struct fab_xlsx_writer writer = {.book = book, .workbook = workbook_new_opt(path, &options)};
    if (!writer.workbook)
        return fab_fail_memory(book->context);
    fab_styles_init(&writer.styles, writer.workbook);
    fab_status status = write_sheets(&writer);
    fab_buffer_fini(&writer.formula);
    if (status) {
        lxw_workbook_free(writer.workbook);
        return status;
    }
    fab_xlsx_note(&writer, workbook_close(writer.workbook));
    return fab_xlsx_status(&writer);
}
