/* The cells of a sheet: a sheet is a grid of cells, whatever its layout; the workbook, the CSV file and the read-back all ask the same
 * grid. Row 0 of the grid is the first row of data.
 *   list, cover   one row for each row of the SELECT, one column for each [column]
 *   series        a block of rows for each key, one row for each [column] (measure); columns: label, unit, measure, total, then the
 *                 periods
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_GRID_H
#define FAB_GRID_H

#include <fabplan/table.h>
#include <stdbool.h>
#include <stdint.h>

#include "definition.h"
#include "numbers.h"

enum { FAB_SERIES_LABEL, FAB_SERIES_UNIT, FAB_SERIES_MEASURE, FAB_SERIES_TOTAL, FAB_SERIES_FIRST /* period */ };

/* A defined column and where its parts are in the SELECT; -1: not there. */
struct fab_sheet_column {
    const struct fab_report_column *definition;
    int source, unit, number, link, formula;
};

/* The value of a formula, once it is worked out (calculate.h). */
struct fab_calculated {
    fab_value value;
    enum { FAB_NOT_CALCULATED, FAB_CALCULATING, FAB_CALCULATED } state;
};

struct fab_sheet {
    const struct fab_report *report;
    fab_table *table;
    struct fab_sheet_column *columns;
    int column_count;
    int left_out;      /* rows of the table that are not shown: the last ones (cap.h) */
    bool formulas;     /* some cell may hold one */
    struct fab_calculated *calculated; /* of the totals, then of each row of the grid; NULL: not yet */
    int master_column; /* of the sheet of the checks, -1: it is another */
    int style_column;  /* of the SELECT, with the look of each row; -1: none */

    /* the frame, in rows of the worksheet counted from 0 */
    int check_row, axis_row, total_row, header_row, first_row;

    /* series */
    const struct fab_sheet *axis; /* NULL for other layouts */
    int key_column, label_column, period_column;
    int *key_slots; /* of row_keys.h, NULL: without key */
    uint32_t key_mask;
    int key_count;
    int *key_rows; /* of each key, its first row in the table */
    int *blocks;   /* of each row of the table, the place of its key */
    int *cells;    /* [key x periods + period]: row in the table, -1: none */
};

/* What a cell of the grid holds. */
struct fab_grid_cell {
    fab_value value;     /* as it is written: dates are serial numbers, a missing value is FAB_NULL; of a formula: what it comes to */
    const char *pattern; /* of its formula, NULL: a value */
    int pattern_line;    /* in the definition */
    enum fab_number number;
    enum fab_role role;
    const struct fab_sheet_column *column; /* NULL: label, unit, measure of a series */
};

int fab_sheet_rows(const struct fab_sheet *sheet);
int fab_sheet_columns(const struct fab_sheet *sheet);
int fab_sheet_periods(const struct fab_sheet *sheet);

/* The cell at a place of the grid. O(1), the total of a series O(periods). A formula has no value before fab_book_calculate. */
struct fab_grid_cell fab_sheet_cell(const struct fab_sheet *sheet, int row, int column);

/* The total above a column of a list; without a column: it has none. */
struct fab_grid_cell fab_sheet_total(const struct fab_sheet *sheet, int column);

/* Where the value of a formula is kept; row -1: of the totals. */
struct fab_calculated *fab_sheet_calculated(const struct fab_sheet *sheet, int row, int column);

/* Text over a column of the grid: header, and unit ("" when it has none). */
const char *fab_sheet_header(const struct fab_sheet *sheet, int column);
const char *fab_sheet_unit(const struct fab_sheet *sheet, int column);

/* What the cell of a list or cover leads to: REPORT or REPORT|KEY, NULL: nothing. */
const char *fab_sheet_link(const struct fab_sheet *sheet, int row, int column);

/* Whether a column of the grid holds numbers, by its first cell that holds anything. O(rows). */
bool fab_sheet_is_numeric(const struct fab_sheet *sheet, int column);

/* What stands over a chart: the text of its column title_from in the first row, else its title. */
const char *fab_sheet_chart_title(const struct fab_sheet *sheet, const struct fab_report_chart *chart);

/* The word of `row_style` in a row of the grid, "": none. */
const char *fab_sheet_row_style(const struct fab_sheet *sheet, int row);

/* Index of a defined column, -1: none. */
int fab_sheet_find_column(const struct fab_sheet *sheet, const char *name);

#endif
