/* Formula patterns: formulas with names in braces instead of addresses.
 *
 *   of the same row (list) or block (series)
 *     {name}              the cell of the column in this row; in a series, of the measure in this period
 *     {prev:name}         series: in the period before; the first period of such a row is a value
 *     {axis:name}         series: the cell of the axis column over this period; {period} its key
 *     {periods} {first} {last}   series, for totals: this row over all periods, in the first, in the last one
 *     {rows}              list, for totals: all cells of this column
 *   of any sheet of the book, named by its report
 *     {sum:sheet.name}    sum of a column or measure over everything
 *     {column:sheet.name} list: its cells
 *     {what:sheet.name}   series: for each row, whether it is the measure; {grid:sheet} rows x periods; {totals:sheet} the column Total
 *     {period_sum:sheet.name}  series with the same axis: sum of a measure over all keys in this period
 *     {axis:sheet.name}   series: the axis column over all its periods; {periods:sheet} the keys
 *     {cell:sheet.key}    the column `value` in the row of that key
 *     {all:sheet}         every cell of its data
 *
 * Apart from that a pattern may hold numbers, "text", operators and the functions of workbooks.md (fab_pattern_functions): nothing that
 * looks elsewhere. It must be a formula: values and operators in turn, parentheses closed, no empty arguments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_PATTERN_H
#define FAB_REPORT_PATTERN_H

#include "book.h"
#include "buffer.h"

/* Where a pattern is used: a cell of the grid, row -1 for the totals above a list. */
struct fab_place {
    const struct fab_sheet *sheet;
    int row, column;
};

/* Functions that are allowed, separated by blanks. */
extern const char fab_pattern_functions[];

/* Writes the formula of a cell into the buffer. FAB_INPUT with file:line when the pattern is wrong; out of memory sets formula->failed and
 * returns FAB_NO_MEMORY. O(length + periods). */
fab_status fab_pattern_expand(const struct fab_book *book, struct fab_place place, const char *pattern, int line,
                              struct fab_buffer *formula);

/* "$B$3", "B3": row and column from 0; a dollar before what is fixed. */
enum { FAB_FIXED_COLUMN = 1, FAB_FIXED_ROW = 2, FAB_FIXED = 3 };
void fab_add_address(struct fab_buffer *buffer, int row, int column, int fixed);

/* "'Why short'!". */
void fab_add_sheet_name(struct fab_buffer *buffer, const struct fab_sheet *sheet);

/* "'Why short'!$H$6:$H$401": absolute cells of grid columns first..last of a sheet, all its rows (one when it has none). */
void fab_add_range(struct fab_buffer *buffer, const struct fab_sheet *sheet, int first_column, int last_column);

#endif
