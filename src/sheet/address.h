/* Addresses of cells in formulas.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ADDRESS_H
#define FAB_ADDRESS_H

#include "buffer.h"
#include "grid.h"

/* Where a formula stands: a cell of the grid, row -1 for the totals above a list. */
struct fab_place {
    const struct fab_sheet *sheet;
    int row, column;
};

/* "$B$3", "B3": row and column from 0; a dollar before what is fixed. */
enum { FAB_FIXED_COLUMN = 1, FAB_FIXED_ROW = 2, FAB_FIXED = 3 };
void fab_add_address(struct fab_buffer *buffer, int row, int column, int fixed);

/* "'Why short'!". */
void fab_add_sheet_name(struct fab_buffer *buffer, const struct fab_sheet *sheet);

/* Row of the worksheet, from 0, with the last row of a sheet's data; the first one when it has none. */
int fab_sheet_last_row(const struct fab_sheet *sheet);

/* "'Why short'!$H$6:$H$401": absolute cells of grid columns first..last of a sheet, all its rows (one when it has none). */
void fab_add_range(struct fab_buffer *buffer, const struct fab_sheet *sheet, int first_column, int last_column);

#endif
