/* What a writer of workbooks takes and a spreadsheet does not, refused before it is written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "try.h"
#include "xml_text.h"

/* Limits of the file format. */
enum { SHEET_NAME_MAX = 31, CELL_TEXT_MAX = 32767, HEADER_MAX = 255, ROWS_MAX = 1048576, COLUMNS_MAX = 16384 };

static fab_status check_text(fab_context *context, const char *origin, int line, const char *what, const char *text, int most)
{
    int count = text ? fab_xml_characters(text) : 0; /* NULL: not given */
    if (count < 0)
        return fab_fail(context, FAB_INPUT, "%s:%d: %s is not valid UTF-8 or has control characters", origin, line, what);
    if (count > most)
        return fab_fail(context, FAB_INPUT, "%s:%d: %s has %d characters, more than %d", origin, line, what, count, most);
    return FAB_OK;
}

static fab_status check_sheet_name(struct fab_book *book, int index)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = book->sheets[index].report;
    const char *name = report->name.text ? report->name.text : "Axis"; /* an axis has none: it is no sheet of a book */
    TRY(check_text(book->context, report->origin, report->name.line, "the sheet's name", name, SHEET_NAME_MAX));
    if (strpbrk(name, "[]:*?/\\") || name[0] == '\'' || name[strlen(name) - 1] == '\'' || strcasecmp(name, "History") == 0)
        return fab_fail(book->context, FAB_INPUT, "%s:%d: `%s` cannot name a sheet: no [ ] : * ? / \\, no ' at an end, not History",
                        report->origin, report->name.line, name);
    for (int s = 0; s < index; s++)
        if (strcasecmp(book->sheets[s].report->name.text, name) == 0)
            return fab_fail(book->context, FAB_INPUT, "%s:%d: a second sheet named `%s` (the first: %s)", report->origin, report->name.line,
                            name, book->sheets[s].report->origin);
out:
    return status;
}

static fab_status check_headers(struct fab_book *book, const struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    const char *origin = sheet->report->origin;
    for (int c = 0; c < fab_sheet_columns(sheet); c++)
        TRY(check_text(book->context, origin, sheet->report->line, "a header", fab_sheet_header(sheet, c), HEADER_MAX));
    for (int c = 0; c < sheet->column_count; c++)
        for (int d = 0; !sheet->axis && d < c; d++)
            if (strcasecmp(fab_sheet_header(sheet, c), fab_sheet_header(sheet, d)) == 0)
                TRY(fab_fail(book->context, FAB_INPUT, "%s:%d: two columns with the header `%s`", origin,
                             sheet->columns[c].definition->line, fab_sheet_header(sheet, c)));
out:
    return status;
}

static fab_status fail_cell(struct fab_book *book, const struct fab_sheet *sheet, const struct fab_grid_cell *cell, int row,
                            const char *what)
{
    return fab_fail(book->context, FAB_INPUT, "%s: row %d, column `%s`: %s", sheet->report->sql_origin, row + 1,
                    cell->column ? cell->column->definition->name : "label", what);
}

static fab_status check_cell(struct fab_book *book, const struct fab_sheet *sheet, const struct fab_grid_cell *cell, int row)
{
    if (cell->number >= FAB_NUMBER_FORMATS)
        return fail_cell(book, sheet, cell, row, "an unknown number format");
    if (cell->value.type == FAB_REAL && !isfinite(cell->value.real))
        return fail_cell(book, sheet, cell, row, "not a finite number");
    if (cell->value.type != FAB_TEXT)
        return FAB_OK;
    if (cell->number == FAB_NUMBER_DATE)
        return fail_cell(book, sheet, cell, row, "not a date (YYYY-MM-DD)");
    int count = fab_xml_characters(cell->value.text);
    if (count < 0)
        return fail_cell(book, sheet, cell, row, "text that is not valid UTF-8 or has control characters");
    return count > CELL_TEXT_MAX ? fail_cell(book, sheet, cell, row, "text longer than a cell holds (32767 characters)") : FAB_OK;
}

static fab_status check_cells(struct fab_book *book, const struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    int rows = fab_sheet_rows(sheet), columns = fab_sheet_columns(sheet);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
            TRY(check_cell(book, sheet, &cell, row));
        }
    for (int column = 0; column < columns && !sheet->axis; column++) {
        struct fab_grid_cell total = fab_sheet_total(sheet, column);
        if (total.column)
            TRY(check_cell(book, sheet, &total, 0));
    }
out:
    return status;
}

fab_status fab_book_check_size(struct fab_book *book)
{
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_sheet *sheet = &book->sheets[s];
        int rows = fab_sheet_rows(sheet), columns = fab_sheet_columns(sheet);
        if (sheet->first_row + rows >= ROWS_MAX || columns > COLUMNS_MAX)
            return fab_fail(book->context, FAB_INPUT, "%s: %d rows and %d columns are more than a sheet holds", sheet->report->sql_origin, rows, columns);
    }
    return FAB_OK;
}

fab_status fab_book_check(struct fab_book *book)
{
    fab_status status = FAB_OK;
    for (int a = 0; a < book->axis_count; a++)
        TRY(check_cells(book, &book->axes[a]));
    for (int s = 0; s < book->sheet_count; s++) {
        const struct fab_report *report = book->sheets[s].report;
        TRY(check_sheet_name(book, s));
        TRY(check_text(book->context, report->origin, report->title.line, "the title", report->title.text, HEADER_MAX));
        for (int a = 0; a < report->about.count; a++)
            TRY(check_text(book->context, report->origin, report->about.items[a].line, "a line about the sheet",
                           report->about.items[a].text, HEADER_MAX));
        TRY(check_headers(book, &book->sheets[s]));
        TRY(check_cells(book, &book->sheets[s]));
    }
out:
    return status;
}
