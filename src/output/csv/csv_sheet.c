/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "buffer.h"
#include "check.h"
#include "csv_text.h"
#include "date.h"
#include "output.h"
#include "plain_locale.h"
#include "try.h"

static void add_text(struct fab_buffer *csv, const char *text)
{
    bool quoted = strpbrk(text, ",\"\r\n") || fab_csv_is_marked(text);
    if (!quoted) {
        fab_buffer_add(csv, text, strlen(text));
        return;
    }
    fab_buffer_add(csv, "\"", 1);
    if (fab_csv_is_marked(text))
        fab_buffer_add(csv, "'", 1);
    for (; *text; text++)
        fab_buffer_add(csv, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    fab_buffer_add(csv, "\"", 1);
}

static void add_cell(struct fab_buffer *csv, const struct fab_grid_cell *cell)
{
    char date[FAB_DATE_TEXT_SIZE];
    switch (cell->value.type) {
    case FAB_NULL: break;
    case FAB_INTEGER:
        if (cell->number == FAB_NUMBER_DATE)
            fab_buffer_print(csv, "%s", fab_date_print(fab_date_of_serial(cell->value.integer), date));
        else
            fab_buffer_print(csv, "%lld", (long long)cell->value.integer);
        break;
    case FAB_REAL: fab_buffer_print(csv, "%.17g", cell->value.real); break;
    case FAB_TEXT: add_text(csv, cell->value.text); break;
    }
}

/* Name of a column for programs: of the definition for a list, the header for a series. */
static const char *column_name(const struct fab_sheet *sheet, int column)
{
    static const char *const names[] = {"label", "unit", "measure", "total"};
    if (!sheet->axis)
        return sheet->columns[column].definition->name;
    return column < FAB_SERIES_FIRST ? names[column] : fab_sheet_header(sheet, column);
}

static void print_sheet(struct fab_buffer *csv, const struct fab_sheet *sheet)
{
    int columns = fab_sheet_columns(sheet);
    for (int column = 0; column < columns; column++) {
        if (column)
            fab_buffer_add(csv, ",", 1);
        add_text(csv, column_name(sheet, column));
    }
    fab_buffer_add(csv, "\n", 1);
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        for (int column = 0; column < columns; column++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
            if (column)
                fab_buffer_add(csv, ",", 1);
            add_cell(csv, &cell);
        }
        fab_buffer_add(csv, "\n", 1);
    }
}

fab_status fab_csv_sheet_print(fab_context *context, const struct fab_book_source *source, const char *report, struct fab_csv_sheet *csv)
{
    fab_status status = FAB_OK;
    struct fab_plain_locale locale = {0};
    struct fab_book *book = NULL;
    struct fab_buffer text = {0};
    *csv = (struct fab_csv_sheet){0};
    TRY(fab_plain_locale_enter(context, &locale));
    TRY(fab_book_open_report(context, source, report, &book));
    TRY(fab_book_check(book));
    print_sheet(&text, &book->sheets[0]);
    TRY_MEMORY(context, !text.failed);
    *csv = (struct fab_csv_sheet){text.text, text.length};
    text = (struct fab_buffer){0}; /* the caller's now */
out:
    fab_buffer_fini(&text);
    fab_book_close(book);
    fab_plain_locale_leave(&locale);
    return status;
}

fab_status fab_csv_sheet_write(fab_context *context, const struct fab_book_source *source, const char *report, const char *path)
{
    fab_status status = FAB_OK;
    struct fab_csv_sheet csv = {0};
    struct fab_output output = {0};
    TRY(fab_csv_sheet_print(context, source, report, &csv));
    TRY(fab_output_begin(context, path, &output));
    TRY(fab_output_write(context, &output, csv.text, csv.size));
    TRY(fab_output_commit(context, &output));
out:
    fab_output_end(&output);
    free(csv.text);
    return status;
}
