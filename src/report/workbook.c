/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "date.h"
#include "writer.h"

enum { SECONDS_PER_DAY = 86400, DATE_WITHOUT_AXIS = 10957 /* 2000-01-01 */ };

void fab_writer_note(struct fab_writer *writer, lxw_error error)
{
    if (error && !writer->error)
        writer->error = error;
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
    return status;
}

static fab_status write_sheets(struct fab_writer *writer)
{
    const struct fab_book *book = writer->book;
    fab_status status = FAB_OK;
    /* every sheet first, so that formulas may look forward */
    for (int s = 0; s < book->sheet_count; s++)
        if (!workbook_add_worksheet(writer->workbook, book->sheets[s].report->name.text))
            return fab_fail(book->context, FAB_OUTPUT, "sheet `%s` could not be made", book->sheets[s].report->name.text);
    for (int s = 0; !status && s < book->sheet_count; s++)
        status = write_sheet(writer, &book->sheets[s]);
    if (!status)
        set_properties(writer);
    return !status && writer->formula.failed ? fab_fail_memory(book->context) : status;
}

fab_status fab_workbook_write(const struct fab_book *book, const char *path, const char *folder)
{
    lxw_workbook_options options = {.tmpdir = (char *)folder};
    struct fab_writer writer = {.book = book, .workbook = workbook_new_opt(path, &options)};
    if (!writer.workbook)
        return fab_fail_memory(book->context);
    fab_styles_init(&writer.styles, writer.workbook);
    fab_status status = write_sheets(&writer);
    fab_buffer_fini(&writer.formula);
    if (status || fab_context_interrupted(book->context)) {
        lxw_workbook_free(writer.workbook);
        return status ? status : fab_fail(book->context, FAB_INTERRUPTED, "interrupted");
    }
    fab_writer_note(&writer, workbook_close(writer.workbook));
    if (writer.error)
        return fab_fail(book->context, FAB_OUTPUT, "%s: the workbook could not be written: %s", path, lxw_strerror(writer.error));
    return FAB_OK;
}
