/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

void fab_add_address(struct fab_buffer *buffer, int row, int column, int fixed)
{
    char text[24], *start = text + sizeof text; /* written from its end: formulas have millions of addresses */
    for (int r = row + 1; r > 0; r /= 10)
        *--start = (char)('0' + r % 10);
    if (fixed & FAB_FIXED_ROW)
        *--start = '$';
    for (int c = column + 1; c > 0; c = (c - 1) / 26)
        *--start = (char)('A' + (c - 1) % 26);
    if (fixed & FAB_FIXED_COLUMN)
        *--start = '$';
    fab_buffer_add(buffer, start, (size_t)(text + sizeof text - start));
}

void fab_add_sheet_name(struct fab_buffer *buffer, const struct fab_sheet *sheet)
{
    fab_buffer_add(buffer, "'", 1);
    for (const char *c = sheet->report->name.text; *c; c++)
        fab_buffer_add(buffer, *c == '\'' ? "''" : c, *c == '\'' ? 2 : 1);
    fab_buffer_add(buffer, "'!", 2);
}

int fab_sheet_last_row(const struct fab_sheet *sheet)
{
    int rows = fab_sheet_rows(sheet);
    return sheet->first_row + (rows ? rows - 1 : 0);
}

void fab_add_range(struct fab_buffer *buffer, const struct fab_sheet *sheet, int first_column, int last_column)
{
    fab_add_sheet_name(buffer, sheet);
    fab_add_address(buffer, sheet->first_row, first_column, FAB_FIXED);
    fab_buffer_add(buffer, ":", 1);
    fab_add_address(buffer, fab_sheet_last_row(sheet), last_column, FAB_FIXED);
}
