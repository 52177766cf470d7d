/* A book in memory: the sheets of a book with their rows, and what every cell of every sheet holds.
 *
 * Each sheet is a grid of cells, whatever its layout; the workbook, the CSV file and the read-back all ask the same grid. Row 0 of the grid
 * is the first row of data.
 *   list, cover   one row for each row of the SELECT, one column for each [column]
 *   series        a block of rows for each key, one row for each [column] (measure); columns: label, unit, measure, total, then the periods
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_BOOK_H
#define FAB_REPORT_BOOK_H

#include <fabplan/context.h>
#include <fabplan/table.h>
#include <stdbool.h>

#include "arena.h"
#include "definition.h"
#include "numbers.h"
#include "report.h"

enum { FAB_SERIES_LABEL, FAB_SERIES_UNIT, FAB_SERIES_MEASURE, FAB_SERIES_TOTAL, FAB_SERIES_FIRST /* period */ };

/* A defined column and where its parts are in the SELECT; -1: not there. */
struct fab_sheet_column {
    const struct fab_report_column *definition;
    int source, unit, number, formula, total;
};

struct fab_sheet {
    const struct fab_report *report;
    fab_table *table;
    struct fab_sheet_column *columns;
    int column_count;
    bool formulas;     /* some cell may hold one */
    int master_column; /* of the sheet of the checks, -1: it is another */

    /* the frame, in rows of the worksheet counted from 0 */
    int check_row, axis_row, total_row, header_row, first_row;

    /* series */
    const struct fab_sheet *axis; /* NULL for other layouts */
    int key_column, label_column, period_column;
    int key_count;
    int *key_rows; /* of each key, its first row in the table */
    int *cells;    /* [key x periods + period]: row in the table, -1: none */
};

struct fab_book {
    fab_context *context;
    fab_arena *arena;
    const char *name;
    struct fab_report *reports;
    int report_count;
    struct fab_sheet *sheets; /* in the order of the workbook */
    int sheet_count;
    struct fab_sheet *axes;
    int axis_count;
    const struct fab_sheet *master; /* with the checks, NULL: none */
    const char *subject, *warning;  /* of the cover's rows of these keys, "" when there is none */
};

/* What a cell of the grid holds. A pattern without value is an error that fab_sheet_check finds. */
struct fab_cell {
    fab_value value;     /* as it is written: dates are serial numbers, a missing value is FAB_NULL */
    const char *pattern; /* of its formula, NULL: a value */
    int pattern_line;    /* in the definition */
    enum fab_number number;
    enum fab_role role;
    const struct fab_sheet_column *column; /* NULL: label, unit, measure of a series */
};

/* Loads the definitions and runs the SELECTs of the sheets of a book, or of one report alone (`report` not NULL). fab_book_close also after
 * a failure. */
fab_status fab_book_open(fab_context *context, const struct fab_report_options *options, const char *report, struct fab_book **book);
void fab_book_close(struct fab_book *book);

/* The sheet of a report in the book, NULL: none. */
const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem);

int fab_sheet_rows(const struct fab_sheet *sheet);
int fab_sheet_columns(const struct fab_sheet *sheet);
int fab_sheet_periods(const struct fab_sheet *sheet);

/* The cell at a place of the grid. O(1), the total of a series O(periods). */
struct fab_cell fab_sheet_cell(const struct fab_sheet *sheet, int row, int column);

/* The total above a column of a list; value FAB_NULL: it has none. A NULL pattern with a value is a sum. */
struct fab_cell fab_sheet_total(const struct fab_sheet *sheet, int column);

/* Text over a column of the grid: header, and unit ("" when it has none). */
const char *fab_sheet_header(const struct fab_sheet *sheet, int column);
const char *fab_sheet_unit(const struct fab_sheet *sheet, int column);

/* Index of a defined column, -1: none. */
int fab_sheet_find_column(const struct fab_sheet *sheet, const char *name);

/* Refuses what libxlsxwriter would write and Excel would not read: bad UTF-8, text too long, control characters, numbers that are not
 * finite, formulas without value, dates that are none, sheet names and headers that are illegal or double. FAB_INPUT with file:line. */
fab_status fab_book_check(struct fab_book *book);

#endif
