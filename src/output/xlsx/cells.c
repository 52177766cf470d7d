/* The cells of a sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include <string.h>

#include "address.h"
#include "pattern.h"
#include "row_keys.h"
#include "rules.h"
#include "try.h"
#include "widths.h"

/* Points of a line of text, and what a row needs besides. */
enum { LINE_HEIGHT = 12, HEIGHT_AROUND = 3 };

/* Bytes of a report's name. */
enum { STEM_MAX = 128 };

/* "_x0041_" in a file means "A"; text of this form keeps it with the underscore written in the same way. */
static bool has_escape_here(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 && text[6] == '_';
}

static bool has_escape(const char *text)
{
    for (; *text; text++)
        if (has_escape_here(text))
            return true;
    return false;
}

static const char *escape_text(struct fab_xlsx_writer *writer, const char *text)
{
    if (!has_escape(text))
        return text;
    fab_buffer_clear(&writer->formula);
    for (; *text; text++)
        fab_buffer_add(&writer->formula, has_escape_here(text) ? "_x005F_" : text, has_escape_here(text) ? 7 : 1);
    if (writer->formula.failed)
        fab_xlsx_note(writer, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return writer->formula.failed ? "" : writer->formula.text;
}

static void write_value(struct fab_xlsx_writer *writer, int row, int column, const fab_value *value, lxw_format *format)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    switch (value->type) {
    case FAB_NULL: fab_xlsx_note(writer, worksheet_write_blank(writer->worksheet, r, c, format)); break;
    case FAB_INTEGER:
    case FAB_REAL: fab_xlsx_note(writer, worksheet_write_number(writer->worksheet, r, c, fab_value_number(value), format)); break;
    /* an empty text would be a cell without a value */
    case FAB_TEXT:
        fab_xlsx_note(writer, *value->text ? worksheet_write_string(writer->worksheet, r, c, escape_text(writer, value->text), format)
                                           : worksheet_write_blank(writer->worksheet, r, c, format));
        break;
    }
}

/* The sheet and the row that a cell leads to; false: it leads nowhere, or to a sheet that the book does not have. */
static bool find_link(const struct fab_xlsx_writer *writer, const char *link, const struct fab_sheet **target, int *row)
{
    char stem[STEM_MAX];
    size_t length = strcspn(link, "|");
    if (length >= sizeof stem)
        return false;
    memcpy(stem, link, length);
    stem[length] = '\0';
    *target = fab_book_find(writer->book, stem);
    *row = 0;
    if (!*target || *target >= writer->book->sheets + writer->book->sheet_count || !link[length])
        return *target != NULL && !link[length];
    int found = (*target)->key_column >= 0 && !(*target)->axis ? fab_row_keys_find(*target, link + length + 1) : -1;
    *row = (*target)->first_row + found;
    return found >= 0;
}

/* A text that leads to a row of the book. */
static bool write_link(struct fab_xlsx_writer *writer, struct fab_place place, const struct fab_grid_cell *cell)
{
    const struct fab_sheet *target = NULL;
    const char *link = fab_sheet_link(writer->sheet, place.row, place.column);
    int row = 0;
    if (!link || cell->value.type != FAB_TEXT || !find_link(writer, link, &target, &row))
        return false;
    fab_buffer_clear(&writer->formula);
    fab_buffer_print(&writer->formula, "internal:");
    fab_add_sheet_name(&writer->formula, target);
    fab_add_address(&writer->formula, row, 0, 0);
    if (!writer->formula.failed)
        fab_xlsx_note(writer, worksheet_write_url_opt(writer->worksheet, (lxw_row_t)(writer->sheet->first_row + place.row), (lxw_col_t)place.column, writer->formula.text,
                                                      fab_style_fixed(&writer->styles, FAB_FIXED_LINK), cell->value.text, NULL));
    return !writer->formula.failed;
}

static fab_status write_cell(struct fab_xlsx_writer *writer, int row, int column, struct fab_place place, const struct fab_grid_cell *cell,
                             lxw_format *format)
{
    if (!cell->pattern) {
        write_value(writer, row, column, &cell->value, format);
        return FAB_OK;
    }
    fab_status status = fab_pattern_expand(writer->book, place, cell->pattern, cell->pattern_line, &writer->formula);
    if (status)
        return status;
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    const char *formula = writer->formula.text;
    fab_xlsx_note(writer, cell->value.type == FAB_TEXT
                              ? worksheet_write_formula_str(writer->worksheet, r, c, formula, format, cell->value.text)
                              : worksheet_write_formula_num(writer->worksheet, r, c, formula, format, fab_value_number(&cell->value)));
    return FAB_OK;
}

/* How a cell of the grid looks. */
static lxw_format *grid_format(struct fab_xlsx_writer *writer, int row, int column, const struct fab_grid_cell *cell)
{
    const struct fab_sheet *sheet = writer->sheet;
    const char *style = fab_sheet_row_style(sheet, row);
    int flags = 0;
    if (strcmp(style, "head") == 0)
        return fab_style_fixed(&writer->styles, sheet->columns[column].definition->role == FAB_ROLE_LABEL ? FAB_FIXED_HEADER : FAB_FIXED_HEADER_RIGHT);
    flags |= strcmp(style, "section") == 0 ? FAB_FLAG_TOTAL : strcmp(style, "total") == 0 ? FAB_FLAG_TOTAL | FAB_FLAG_BLOCK : 0;
    if (sheet->axis) {
        bool first = row % sheet->column_count == 0;
        flags |= first ? FAB_FLAG_BLOCK : 0;
        flags |= !first && column == FAB_SERIES_LABEL ? FAB_FLAG_REPEAT : 0;
        flags |= (first && column == FAB_SERIES_LABEL) || column == FAB_SERIES_TOTAL ? FAB_FLAG_TOTAL : 0;
    }
    flags |= fab_xlsx_cell_lines(writer, column, cell) > 1 ? FAB_FLAG_WRAP : 0;
    flags |= cell->value.type == FAB_TEXT ? FAB_FLAG_INDENT : 0;
    flags |= sheet->report->layout == FAB_LAYOUT_COVER && column == 0 ? FAB_FLAG_TOTAL : 0;
    return fab_style_cell(&writer->styles, cell->role, cell->number, flags);
}

/* Writes a row of the grid; it is as high as its cell with the most lines. */
static fab_status write_row(struct fab_xlsx_writer *writer, int row)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = writer->sheet;
    int lines = 1, columns = fab_sheet_columns(sheet);
    for (int column = 0; column < columns; column++) {
        struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
        lxw_format *format = NULL;
        TRY_MEMORY(writer->book->context, format = grid_format(writer, row, column, &cell));
        if (!write_link(writer, (struct fab_place){sheet, row, column}, &cell))
            TRY(write_cell(writer, sheet->first_row + row, column, (struct fab_place){sheet, row, column}, &cell, format));
        int needed = fab_xlsx_cell_lines(writer, column, &cell);
        lines = needed > lines ? needed : lines;
    }
    if (lines > 1)
        fab_xlsx_note(writer,
                      worksheet_set_row(writer->worksheet, (lxw_row_t)(sheet->first_row + row), LINE_HEIGHT * lines + HEIGHT_AROUND, NULL));
out:
    return status;
}

static fab_status write_grid(struct fab_xlsx_writer *writer)
{
    fab_status status = FAB_OK;
    for (int row = 0; row < fab_sheet_rows(writer->sheet); row++) {
        if (fab_context_interrupted(writer->book->context))
            return fab_fail(writer->book->context, FAB_INTERRUPTED, "interrupted");
        TRY(write_row(writer, row));
    }
out:
    return status;
}

static fab_status write_totals(struct fab_xlsx_writer *writer)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = writer->sheet;
    if (sheet->total_row < 0)
        return FAB_OK;
    for (int column = 0; column < sheet->column_count; column++) {
        struct fab_grid_cell total = fab_sheet_total(sheet, column);
        if (!total.column)
            continue;
        TRY(write_cell(writer, sheet->total_row, column, (struct fab_place){sheet, -1, column}, &total,
                       fab_style_cell(&writer->styles, FAB_ROLE_FORMULA, total.number, FAB_FLAG_TOTAL)));
    }
    if (fab_sheet_rows(sheet) && !fab_sheet_total(sheet, 0).column)
        fab_xlsx_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->total_row, 0, "Total of the rows shown",
                                                     fab_style_fixed(&writer->styles, FAB_FIXED_CHECK)));
out:
    return status;
}

/* Header cells look like headers even where table styles are not drawn. */
static void write_header(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int lines = 1;
    for (int c = 0; c < fab_sheet_columns(sheet); c++) {
        bool right = fab_sheet_is_numeric(sheet, c);
        lxw_format *format = fab_style_fixed(&writer->styles, right ? FAB_FIXED_HEADER_RIGHT : FAB_FIXED_HEADER);
        const char *header = fab_sheet_header(sheet, c);
        int needed = fab_xlsx_header_lines(writer, c);
        lines = needed > lines ? needed : lines;
        fab_xlsx_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->header_row, (lxw_col_t)c, header, format));
        const char *unit = fab_sheet_unit(sheet, c);
        if (*unit)
            fab_xlsx_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->header_row - 1, (lxw_col_t)c, unit,
                                                         fab_style_fixed(&writer->styles, FAB_FIXED_UNIT)));
    }
    fab_xlsx_note(writer, worksheet_set_row(writer->worksheet, (lxw_row_t)sheet->header_row, LINE_HEIGHT * lines + HEIGHT_AROUND, NULL));
}

/* The rows of the axis over the periods of a series. */
static void write_axis(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet, *axis = sheet->axis;
    for (int a = 0; a < axis->column_count; a++) {
        lxw_row_t row = (lxw_row_t)(sheet->axis_row + a);
        fab_xlsx_note(writer, worksheet_write_string(writer->worksheet, row, 0, fab_sheet_header(axis, a),
                                                     fab_style_fixed(&writer->styles, FAB_FIXED_ABOUT)));
        for (int p = 0; p < fab_sheet_periods(sheet); p++) {
            struct fab_grid_cell cell = fab_sheet_cell(axis, p, a);
            write_value(writer, (int)row, FAB_SERIES_FIRST + p, &cell.value,
                        fab_style_cell(&writer->styles, FAB_ROLE_DATA, cell.number, FAB_FLAG_REPEAT));
        }
    }
}

/* A list becomes a table with filters, the label columns of a series get a filter. */
static fab_status add_table(struct fab_xlsx_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int rows = fab_sheet_rows(sheet), columns = sheet->column_count;
    lxw_row_t first = (lxw_row_t)sheet->header_row, last = (lxw_row_t)(sheet->header_row + rows);
    if (!rows)
        return FAB_OK;
    if (sheet->axis) {
        fab_xlsx_note(writer, worksheet_autofilter(writer->worksheet, first, 0, last, FAB_SERIES_TOTAL));
        return FAB_OK;
    }
    fab_arena *arena = writer->book->arena;
    lxw_table_column *items = fab_arena_take(arena, (size_t)columns, sizeof *items);
    lxw_table_column **pointers = fab_arena_take(arena, (size_t)columns + 1, sizeof *pointers);
    char *name = fab_arena_printf(arena, "t_%s", sheet->report->stem);
    if (!items || !pointers || !name)
        return fab_fail_memory(writer->book->context);
    for (int c = 0; c < columns; c++) {
        items[c].header = (char *)fab_sheet_header(sheet, c);
        items[c].header_format = fab_style_fixed(&writer->styles, fab_sheet_is_numeric(sheet, c) ? FAB_FIXED_HEADER_RIGHT : FAB_FIXED_HEADER);
        pointers[c] = &items[c];
    }
    lxw_table_options options = {
        .name = name, .style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 1, .no_banded_rows = LXW_TRUE, .columns = pointers};
    fab_xlsx_note(writer, worksheet_add_table(writer->worksheet, first, 0, last, (lxw_col_t)(columns - 1), &options));
    return FAB_OK;
}

fab_status fab_xlsx_fill_sheet(struct fab_xlsx_writer *writer)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = writer->sheet;
    fab_xlsx_set_widths(writer);
    if (sheet->header_row >= 0)
        TRY(add_table(writer));
    if (sheet->header_row >= 0)
        write_header(writer);
    if (sheet->axis)
        write_axis(writer);
    TRY(write_grid(writer));
    TRY(write_totals(writer));
    for (int r = 0; r < sheet->report->rule_count; r++)
        TRY(fab_xlsx_add_rule(writer, &sheet->report->rules[r]));
out:
    return status;
}
