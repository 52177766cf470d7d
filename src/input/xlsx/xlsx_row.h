/* The row that is read: its cells with their texts, and what of it cannot be taken.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XLSX_ROW_H
#define FAB_XLSX_ROW_H

#include "row_source.h"
#include "xlsx_cell.h"

/* A cell that has a value or a fault. */
struct fab_xlsx_row_cell {
    int column;
    bool faulty;
    size_t start, length; /* of its text, or of its fault, in the row's texts */
};

struct fab_xlsx_row {
    int number;
    bool hidden;
    struct fab_xlsx_row_cell *cells;
    int count, capacity;
    struct fab_xlsx_text texts; /* each ended by a NUL */
};

void fab_xlsx_row_clear(struct fab_xlsx_row *row, int number, bool hidden);
void fab_xlsx_row_fini(struct fab_xlsx_row *row);

/* Adds a cell. False when memory is short. */
bool fab_xlsx_row_add(struct fab_xlsx_row *row, int column, bool faulty, const char *text);

static inline const char *fab_xlsx_row_text(const struct fab_xlsx_row *row, int cell)
{
    return row->texts.text + row->cells[cell].start;
}

#endif
