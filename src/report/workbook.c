/* libxlsxwriter looks at few of its allocations: what does not fit into memory is left out, and the call succeeds. That memory was short is
 * seen by errno, which malloc sets and nothing sets back to 0: it is looked at after every call whose result is noted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "writer.h"

enum { SECONDS_PER_DAY = 86400, DATE_WITHOUT_AXIS = 10957 /* 2000-01-01 */ };

void fab_writer_note(struct fab_writer *writer, lxw_error error)
{
    if (errno == ENOMEM)
        error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (error && !writer->error)
        writer->error = error;
}

/* What the noted errors come to. */
static fab_status writer_status(const struct fab_writer *writer)
{
    switch (writer->error) {
    case LXW_NO_ERROR: return FAB_OK;
    case LXW_ERROR_MEMORY_MALLOC_FAILED: return fab_fail_memory(writer->book->context);
    default:
        return fab_fail(writer->book->context, FAB_OUTPUT, "the workbook could not be written: %s", lxw_strerror(writer->error));
    }
}

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

static void set_properties(struct fab_writer *writer)
{
    lxw_doc_properties properties = {
        .title = fab_arena_printf(writer->book->arena, "%s book", writer->book->name),
        .subject = (char *)writer->book->subject,
        .author = "fabplan",
        .comments = "Made by fabplan.",
        .created = document_time(writer->book),
    };
    fab_writer_note(writer, workbook_set_properties(writer->workbook, &properties));
}

static fab_status write_sheet(struct fab_writer *writer, const struct fab_sheet *sheet)
{
    writer->sheet = sheet;
    writer->worksheet = workbook_get_worksheet_by_name(writer->workbook, sheet->report->name.text);
    writer->widths = fab_arena_take(writer->book->arena, (size_t)fab_sheet_columns(sheet), sizeof *writer->widths);
    if (!writer->worksheet || !writer->widths)
        return fab_fail_memory(writer->book->context);
    fab_status status = fab_writer_fill_sheet(writer);
    if (!status)
        status = fab_writer_add_charts(writer);
    if (!status)
        fab_writer_frame_sheet(writer);
    return status ? status : writer_status(writer);
}

static fab_status write_sheets(struct fab_writer *writer)
{
    const struct fab_book *book = writer->book;
    fab_status status = FAB_OK;
    /* every sheet first, so that formulas may look forward */
    for (int s = 0; !status && s < book->sheet_count; s++) {
        bool made = workbook_add_worksheet(writer->workbook, book->sheets[s].report->name.text) != NULL;
        fab_writer_note(writer, LXW_NO_ERROR);
        status = writer_status(writer);
        if (!status && !made)
            status = fab_fail(book->context, FAB_OUTPUT, "sheet `%s` could not be made", book->sheets[s].report->name.text);
    }
    for (int s = 0; !status && s < book->sheet_count; s++)
        status = write_sheet(writer, &book->sheets[s]);
    if (!status)
        set_properties(writer);
    return !status && writer->formula.failed ? fab_fail_memory(book->context) : status;
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
                struct fab_cell cell = fab_sheet_cell(sheet, row, column);
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

fab_status fab_workbook_write(const struct fab_book *book, const char *path, const char *folder)
{
    lxw_workbook_options options = {.tmpdir = (char *)folder};
    if (!has_memory(book))
        return fab_fail_memory(book->context);
    errno = 0;
    struct fab_writer writer = {.book = book, .workbook = workbook_new_opt(path, &options)};
    if (!writer.workbook)
        return fab_fail_memory(book->context);
    fab_styles_init(&writer.styles, writer.workbook);
    fab_status status = write_sheets(&writer);
    fab_buffer_fini(&writer.formula);
    if (!status && fab_context_interrupted(book->context))
        status = fab_fail(book->context, FAB_INTERRUPTED, "interrupted");
    if (!status)
        status = writer_status(&writer);
    if (status) {
        lxw_workbook_free(writer.workbook);
        return status;
    }
    fab_writer_note(&writer, workbook_close(writer.workbook));
    return writer_status(&writer);
}
