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
 *     {of:sheet.name|key} list: the cells of the column in the rows of that key, which stand together;
 *                         series: the measure in the block of that key, over all periods
 *     {at:sheet.name|key|period}  series: the measure in the block of that key and in that period
 *     {all:sheet}         every cell of its data
 *
 * Apart from that a pattern may hold numbers, "text", operators and the functions of calc.h: nothing that
 * looks elsewhere. It must be a formula: values and operators in turn, parentheses closed, no empty arguments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PATTERN_H
#define FAB_PATTERN_H

#include "address.h"
#include "loaded_book.h"

/* Writes the formula of a cell into the buffer. FAB_INPUT with file:line when the pattern is wrong; out of memory sets formula->failed and
 * returns FAB_NO_MEMORY. O(length + periods). */
fab_status fab_pattern_expand(const struct fab_book *book, struct fab_place place, const char *pattern, int line,
                              struct fab_buffer *formula);

#endif
