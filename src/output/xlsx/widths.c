/* How wide columns and how high rows must be, so that nothing is cut.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "widths.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Column widths in characters of the font. */
enum { WIDTH_MIN = 6, WIDTH_MAX = 44, LABEL_MAX = 60, WIDTH_MARGIN = 2, FILTER_BUTTON = 2, HEADER_LINES = 3 };

/* Letters are narrower than the digits in which widths are counted, and the cells' font is smaller. */
#define LETTERS_A_DIGIT 1.2

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

/* With the indent of text, and what capitals are wider. */
static int shown_width(const char *text)
{
    const int indent = 1, capitals_a_character = 4;
    int capitals = 0;
    for (const char *c = text; *c; c++)
        capitals += *c >= 'A' && *c <= 'Z';
    return text_width(text) + indent + capitals / capitals_a_character;
}

/* Characters that a cell takes when it is shown. */
static int cell_width(const struct fab_grid_cell *cell)
{
    char text[400];
    if (cell->value.type == FAB_NULL)
        return 0;
    if (cell->value.type == FAB_TEXT)
        return shown_width(cell->value.text);
    if (cell->number == FAB_NUMBER_DATE)
        return 10;
    const struct fab_number_format *format = &fab_number_formats[cell->number];
    double shown = fab_value_number(&cell->value) * format->scale;
    if (cell->number == FAB_NUMBER_GENERAL || cell->number == FAB_NUMBER_SMALL)
        return snprintf(text, sizeof text, cell->number == FAB_NUMBER_SMALL ? "%.1E" : "%.10g", shown);
    int digits = snprintf(text, sizeof text, "%.0f", fabs(shown));
    return digits + (digits - 1) / 3 + (format->decimals ? format->decimals + 1 : 0) + (shown < 0 ? 2 : 0) + (format->scale > 1);
}

static int header_width(const struct fab_xlsx_writer *writer, int column)
{
    const struct fab_sheet *sheet = writer->sheet;
    if (sheet->header_row < 0)
        return 0;
    int word = header_words_width(fab_sheet_header(sheet, column)) + (sheet->axis && column >= FAB_SERIES_FIRST ? 0 : FILTER_BUTTON);
    int unit = text_width(fab_sheet_unit(sheet, column));
    return word > unit ? word : unit;
}

static double column_width(const struct fab_xlsx_writer *writer, int column)
{
    const struct fab_sheet *sheet = writer->sheet;
    if (!sheet->axis && sheet->columns[column].definition->width)
        return sheet->columns[column].definition->width;
    int width = header_width(writer, column);
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
        int shown = cell_width(&cell);
        width = shown > width ? shown : width;
    }
    if (!sheet->axis) {
        struct fab_grid_cell total = fab_sheet_total(sheet, column);
        int shown = cell_width(&total);
        width = shown > width ? shown : width;
    }
    if (sheet->axis && column >= FAB_SERIES_FIRST)
        for (int a = 0; a < sheet->axis->column_count; a++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet->axis, column - FAB_SERIES_FIRST, a);
            int shown = cell_width(&cell);
            width = shown > width ? shown : width;
        }
    int margin = sheet->axis ? WIDTH_MARGIN - 1 : WIDTH_MARGIN, most = sheet->axis ? LABEL_MAX : WIDTH_MAX;
    return width < WIDTH_MIN ? WIDTH_MIN + margin : width > most ? most : width + margin;
}

void fab_xlsx_set_widths(struct fab_xlsx_writer *writer)
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
        fab_xlsx_note(writer, worksheet_set_column(writer->worksheet, (lxw_col_t)c, (lxw_col_t)c, writer->widths[c], NULL));
    }
}

int fab_xlsx_header_lines(const struct fab_xlsx_writer *writer, int column)
{
    int room = (int)writer->widths[column] - FILTER_BUTTON;
    return count_lines(fab_sheet_header(writer->sheet, column), room > 1 ? room : 1);
}

int fab_xlsx_cell_lines(const struct fab_xlsx_writer *writer, int column, const struct fab_grid_cell *cell)
{
    if (writer->sheet->axis || cell->value.type != FAB_TEXT)
        return 1;
    int room = (int)(writer->widths[column] * LETTERS_A_DIGIT) - 1;
    return count_lines(cell->value.text, room > 1 ? room : 1);
}
