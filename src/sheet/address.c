/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

void fab_add_address(struct fab_buffer *buffer, int row, int column, int fixed)
{
    char letters[8];
    size_t start = sizeof letters;
    for (int c = column + 1; c > 0; c = (c - 1) / 26)
        letters[--start] = (char)('A' + (c - 1) % 26);
    fab_buffer_print(buffer, "%s%.*s%s%d", fixed & FAB_FIXED_COLUMN ? "$" : "", (int)(sizeof letters - start), letters + start,
                     fixed & FAB_FIXED_ROW ? "$" : "", row + 1);
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
