/* The cells of a sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "writer.h"

/* Column widths in characters of the font. */
enum { WIDTH_MIN = 6, WIDTH_MAX = 44, WIDTH_MARGIN = 2, FILTER_BUTTON = 2, HEADER_LINES = 3 };

/* Letters are narrower than the digits in which widths are counted, and the cells' font is smaller. */
#define LETTERS_A_DIGIT 1.12

/* Points of a line of text, and what a row needs besides. */
enum { LINE_HEIGHT = 12, HEIGHT_AROUND = 3 };

static int text_width(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

/* Lines that a text takes when its words are wrapped at a width; a word that is longer is broken. */
static int count_lines(const char *text, int width)
{
    int lines = 1, used = 0;
    while (*text) {
        size_t bytes = strcspn(text, " \n");
        int word = 0;
        for (size_t i = 0; i < bytes; i++)
            word += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (used && used + 1 + word > width) {
            lines++;
            used = 0;
        }
        used += word + (used > 0);
        lines += (used - 1) / width;
        used = used ? (used - 1) % width + 1 : 0;
        text += bytes;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

/* The narrowest width in which a header takes a few lines and breaks no word. */
static int header_words_width(const char *text)
{
    int longest = 0, width;
    for (const char *word = text; *word; word += *word == ' ') {
        int length = (int)strcspn(word, " ");
        longest = length > longest ? length : longest;
        word += length;
    }
    for (width = longest ? longest : 1; count_lines(text, width) > HEADER_LINES;)
        width++;
    return width;
}

/* Characters that a cell takes when it is shown. */
static int cell_width(const struct fab_cell *cell)
{
    char text[400];
    if (cell->value.type == FAB_NULL)
        return 0;
    if (cell->value.type == FAB_TEXT)
        return text_width(cell->value.text);
    if (cell->number == FAB_NUMBER_DATE)
        return 10;
    const struct fab_number_format *format = &fab_number_formats[cell->number];
    double shown = fab_value_number(&cell->value) * format->scale;
    if (cell->number == FAB_NUMBER_GENERAL || cell->number == FAB_NUMBER_SMALL)
        return snprintf(text, sizeof text, cell->number == FAB_NUMBER_SMALL ? "%.1E" : "%.10g", shown);
    int digits = snprintf(text, sizeof text, "%.0f", fabs(shown));
    return digits + (digits - 1) / 3 + (format->decimals ? format->decimals + 1 : 0) + (shown < 0 ? 2 : 0) + (format->scale > 1);
}

static int header_width(const struct fab_writer *writer, int column)
{
    const struct fab_sheet *sheet = writer->sheet;
    if (sheet->header_row < 0)
        return 0;
    int word = header_words_width(fab_sheet_header(sheet, column)) + (sheet->axis && column >= FAB_SERIES_FIRST ? 0 : FILTER_BUTTON);
    int unit = text_width(fab_sheet_unit(sheet, column));
    return word > unit ? word : unit;
}

static double column_width(const struct fab_writer *writer, int column)
{
    const struct fab_sheet *sheet = writer->sheet;
    if (!sheet->axis && sheet->columns[column].definition->width)
        return sheet->columns[column].definition->width;
    int width = header_width(writer, column);
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_cell cell = fab_sheet_cell(sheet, row, column);
        int shown = cell_width(&cell);
        width = shown > width ? shown : width;
    }
    if (!sheet->axis) {
        struct fab_cell total = fab_sheet_total(sheet, column);
        int shown = cell_width(&total);
        width = shown > width ? shown : width;
    }
    if (sheet->axis && column >= FAB_SERIES_FIRST)
        for (int a = 0; a < sheet->axis->column_count; a++) {
            struct fab_cell cell = fab_sheet_cell(sheet->axis, column - FAB_SERIES_FIRST, a);
            int shown = cell_width(&cell);
            width = shown > width ? shown : width;
        }
    int margin = sheet->axis ? WIDTH_MARGIN - 1 : WIDTH_MARGIN;
    return width < WIDTH_MIN ? WIDTH_MIN + margin : width > WIDTH_MAX ? WIDTH_MAX : width + margin;
}

static void set_widths(struct fab_writer *writer)
{
    int columns = fab_sheet_columns(writer->sheet), first_period = writer->sheet->axis ? FAB_SERIES_FIRST : columns;
    double widest = 0;
    for (int c = 0; c < columns; c++) {
        writer->widths[c] = column_width(writer, c);
        if (c >= first_period && writer->widths[c] > widest)
            widest = writer->widths[c];
    }
    /* one width for the whole time axis */
    for (int c = 0; c < columns; c++) {
        if (c >= first_period)
            writer->widths[c] = widest;
        fab_writer_note(writer, worksheet_set_column(writer->worksheet, (lxw_col_t)c, (lxw_col_t)c, writer->widths[c], NULL));
    }
}

static void write_value(struct fab_writer *writer, int row, int column, const fab_value *value, lxw_format *format)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    switch (value->type) {
    case FAB_NULL: fab_writer_note(writer, worksheet_write_blank(writer->worksheet, r, c, format)); break;
    case FAB_INTEGER:
    case FAB_REAL: fab_writer_note(writer, worksheet_write_number(writer->worksheet, r, c, fab_value_number(value), format)); break;
    /* an empty text would be a cell without a value */
    case FAB_TEXT:
        fab_writer_note(writer, *value->text ? worksheet_write_string(writer->worksheet, r, c, value->text, format)
                                             : worksheet_write_blank(writer->worksheet, r, c, format));
        break;
    }
}

static fab_status write_cell(struct fab_writer *writer, int row, int column, struct fab_place place, const struct fab_cell *cell, lxw_format *format)
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
    fab_writer_note(writer, cell->value.type == FAB_TEXT
                                ? worksheet_write_formula_str(writer->worksheet, r, c, formula, format, cell->value.text)
                                : worksheet_write_formula_num(writer->worksheet, r, c, formula, format, fab_value_number(&cell->value)));
    return FAB_OK;
}

/* Lines of a cell: the labels of a series stay on one. */
static int cell_lines(const struct fab_writer *writer, int column, const struct fab_cell *cell)
{
    if (writer->sheet->axis || cell->value.type != FAB_TEXT)
        return 1;
    int room = (int)(writer->widths[column] * LETTERS_A_DIGIT) - 1;
    return count_lines(cell->value.text, room > 1 ? room : 1);
}

/* How a cell of the grid looks. */
static lxw_format *grid_format(struct fab_writer *writer, int row, int column, const struct fab_cell *cell)
{
    const struct fab_sheet *sheet = writer->sheet;
    int flags = 0;
    if (sheet->axis) {
        bool first = row % sheet->column_count == 0;
        flags |= first ? FAB_FLAG_BLOCK : 0;
        flags |= !first && column == FAB_SERIES_LABEL ? FAB_FLAG_REPEAT : 0;
        flags |= (first && column == FAB_SERIES_LABEL) || column == FAB_SERIES_TOTAL ? FAB_FLAG_TOTAL : 0;
    }
    flags |= cell_lines(writer, column, cell) > 1 ? FAB_FLAG_WRAP : 0;
    flags |= cell->value.type == FAB_TEXT ? FAB_FLAG_INDENT : 0;
    flags |= sheet->report->layout == FAB_LAYOUT_COVER && column == 0 ? FAB_FLAG_TOTAL : 0;
    return fab_style_cell(&writer->styles, cell->role, cell->number, flags);
}

static fab_status write_grid(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int columns = fab_sheet_columns(sheet);
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        if (fab_context_interrupted(writer->book->context))
            return fab_fail(writer->book->context, FAB_INTERRUPTED, "interrupted");
        int lines = 1;
        for (int column = 0; column < columns; column++) {
            struct fab_cell cell = fab_sheet_cell(sheet, row, column);
            lxw_format *format = grid_format(writer, row, column, &cell);
            if (!format)
                return fab_fail_memory(writer->book->context);
            fab_status status = write_cell(writer, sheet->first_row + row, column, (struct fab_place){sheet, row, column}, &cell, format);
            if (status)
                return status;
            int needed = cell_lines(writer, column, &cell);
            lines = needed > lines ? needed : lines;
        }
        if (lines > 1)
            fab_writer_note(writer, worksheet_set_row(writer->worksheet, (lxw_row_t)(sheet->first_row + row), LINE_HEIGHT * lines + HEIGHT_AROUND, NULL));
    }
    return FAB_OK;
}

static fab_status write_totals(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    fab_status status = FAB_OK;
    for (int column = 0; !status && sheet->total_row >= 0 && column < sheet->column_count; column++) {
        struct fab_cell total = fab_sheet_total(sheet, column);
        if (!total.column)
            continue;
        status = write_cell(writer, sheet->total_row, column, (struct fab_place){sheet, -1, column}, &total,
                            fab_style_cell(&writer->styles, FAB_ROLE_FORMULA, total.number, FAB_FLAG_TOTAL));
    }
    if (!status && sheet->total_row >= 0 && fab_sheet_rows(sheet) && !fab_sheet_total(sheet, 0).column)
        fab_writer_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->total_row, 0, "Total of the rows shown",
                                                       fab_style_fixed(&writer->styles, FAB_FIXED_CHECK)));
    return status;
}

static bool is_numeric_column(const struct fab_sheet *sheet, int column)
{
    if (sheet->axis)
        return column >= FAB_SERIES_TOTAL;
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_cell cell = fab_sheet_cell(sheet, row, column);
        if (cell.value.type != FAB_NULL)
            return cell.value.type != FAB_TEXT;
    }
    return false;
}

/* Header cells look like headers even where table styles are not drawn. */
static void write_header(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int lines = 1;
    for (int c = 0; c < fab_sheet_columns(sheet); c++) {
        bool right = is_numeric_column(sheet, c);
        lxw_format *format = fab_style_fixed(&writer->styles, right ? FAB_FIXED_HEADER_RIGHT : FAB_FIXED_HEADER);
        const char *header = fab_sheet_header(sheet, c);
        int room = (int)writer->widths[c] - FILTER_BUTTON, needed = count_lines(header, room > 1 ? room : 1);
        lines = needed > lines ? needed : lines;
        fab_writer_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->header_row, (lxw_col_t)c, header, format));
        const char *unit = fab_sheet_unit(sheet, c);
        if (*unit)
            fab_writer_note(writer, worksheet_write_string(writer->worksheet, (lxw_row_t)sheet->header_row - 1, (lxw_col_t)c, unit,
                                                           fab_style_fixed(&writer->styles, FAB_FIXED_UNIT)));
    }
    fab_writer_note(writer, worksheet_set_row(writer->worksheet, (lxw_row_t)sheet->header_row, LINE_HEIGHT * lines + HEIGHT_AROUND, NULL));
}

/* The rows of the axis over the periods of a series. */
static void write_axis(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet, *axis = sheet->axis;
    for (int a = 0; a < axis->column_count; a++) {
        lxw_row_t row = (lxw_row_t)(sheet->axis_row + a);
        fab_writer_note(writer, worksheet_write_string(writer->worksheet, row, 0, fab_sheet_header(axis, a),
                                                       fab_style_fixed(&writer->styles, FAB_FIXED_ABOUT)));
        for (int p = 0; p < fab_sheet_periods(sheet); p++) {
            struct fab_cell cell = fab_sheet_cell(axis, p, a);
            write_value(writer, (int)row, FAB_SERIES_FIRST + p, &cell.value, fab_style_cell(&writer->styles, FAB_ROLE_DATA, cell.number, FAB_FLAG_REPEAT));
        }
    }
}

/* A list becomes a table with filters, the label columns of a series get a filter. */
static fab_status add_table(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    int rows = fab_sheet_rows(sheet), columns = sheet->column_count;
    lxw_row_t first = (lxw_row_t)sheet->header_row, last = (lxw_row_t)(sheet->header_row + rows);
    if (!rows)
        return FAB_OK;
    if (sheet->axis) {
        fab_writer_note(writer, worksheet_autofilter(writer->worksheet, first, 0, last, FAB_SERIES_TOTAL));
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
        items[c].header_format = fab_style_fixed(&writer->styles, is_numeric_column(sheet, c) ? FAB_FIXED_HEADER_RIGHT : FAB_FIXED_HEADER);
        pointers[c] = &items[c];
    }
    lxw_table_options options = {.name = name, .style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 1, .no_banded_rows = LXW_TRUE, .columns = pointers};
    fab_writer_note(writer, worksheet_add_table(writer->worksheet, first, 0, last, (lxw_col_t)(columns - 1), &options));
    return FAB_OK;
}

/* A condition is an operator and a number or a "text": nothing else gets into a rule. */
static bool is_condition(const char *when)
{
    size_t length = strspn(when, "<>=");
    const char *value = when + length + strspn(when + length, " ");
    if (length == 0 || length > 2 || !*value)
        return false;
    if (*value == '"')
        return strchr(value + 1, '"') == value + strlen(value) - 1;
    char *end;
    strtod(value, &end);
    return *end == '\0';
}

static fab_status add_rule(struct fab_writer *writer, const struct fab_report_rule *rule)
{
    const struct fab_sheet *sheet = writer->sheet;
    struct fab_buffer *formula = &writer->formula;
    int column = fab_sheet_find_column(sheet, rule->column.text);
    if (column < 0)
        return fab_fail(writer->book->context, FAB_INPUT, "%s:%d: there is no column `%s`", sheet->report->origin, rule->column.line, rule->column.text);
    if (!is_condition(rule->when.text))
        return fab_fail(writer->book->context, FAB_INPUT, "%s:%d: not a condition (operator and number or \"text\"): `%s`", sheet->report->origin,
                        rule->when.line, rule->when.text);
    int rows = fab_sheet_rows(sheet), first = sheet->axis ? FAB_SERIES_FIRST : column;
    if (!rows)
        return FAB_OK;
    fab_buffer_clear(formula);
    fab_buffer_add(formula, "=", 1);
    if (sheet->axis) {
        const char *measure = sheet->columns[column].definition->header.text;
        fab_buffer_add(formula, "(", 1);
        fab_add_address(formula, sheet->first_row, FAB_SERIES_MEASURE, FAB_FIXED_COLUMN);
        fab_buffer_print(formula, "=\"%s\")*", measure ? measure : rule->column.text);
    }
    fab_buffer_add(formula, "(", 1);
    fab_add_address(formula, sheet->first_row, first, sheet->axis ? 0 : FAB_FIXED_COLUMN);
    fab_buffer_print(formula, "<>\"\")*(");
    fab_add_address(formula, sheet->first_row, first, sheet->axis ? 0 : FAB_FIXED_COLUMN);
    fab_buffer_print(formula, "%s)", rule->when.text);
    if (formula->failed)
        return fab_fail_memory(writer->book->context);
    lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = formula->text,
                                     .format = fab_style_rule(&writer->styles, (enum fab_rule_style)rule->style), .stop_if_true = LXW_TRUE};
    lxw_col_t last = (lxw_col_t)(sheet->axis ? fab_sheet_columns(sheet) - 1 : column);
    fab_writer_note(writer, worksheet_conditional_format_range(writer->worksheet, (lxw_row_t)sheet->first_row, (lxw_col_t)first,
                                                               (lxw_row_t)(sheet->first_row + rows - 1), last, &format));
    return FAB_OK;
}

fab_status fab_writer_fill_sheet(struct fab_writer *writer)
{
    const struct fab_sheet *sheet = writer->sheet;
    set_widths(writer);
    fab_status status = FAB_OK;
    if (sheet->report->layout != FAB_LAYOUT_COVER)
        status = add_table(writer);
    if (!status && sheet->header_row >= 0)
        write_header(writer);
    if (!status && sheet->axis)
        write_axis(writer);
    if (!status)
        status = write_grid(writer);
    if (!status)
        status = write_totals(writer);
    for (int r = 0; !status && r < sheet->report->rule_count; r++)
        status = add_rule(writer, &sheet->report->rules[r]);
    return status;
}
