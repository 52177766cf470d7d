/* Report definitions: the text of NAME.report as a struct. The form of the file is that of keys.h; {NAME} in capitals is a constant
 * (constants.h), replaced before anything is read.
 *
 * [sheet]
 *     title TEXT, name TEXT (of the tab), about TEXT (repeatable: lines under the title), book NAME [after SHEET] (repeatable: adds
 *     the sheet to a book whose file does not list it, after one that it lists or at its end),
 *     layout list|series|cover|page|axis, tab result|input|check|data (inputs and data are to filter and to trace: marked as data sheets and not printed), role (of columns without one), empty TEXT|skip
 *     print no (for the screen alone, as data sheets are),
 *     tables input (one sheet for each input table, called NAME_TABLE; {TABLE}, {TITLE} and {KEY} stand for its name, its title and its key
 *     columns, here and in the SELECT),
 *     detail REPORT (of a page: the label of a row leads to the rows of that sheet whose first column says the same),
 *     with NAME (the text of NAME.sql, `WITH a AS (...)`, stands before the SELECT, which goes on with `, b AS (...)` or begins)
 * [sheet] of a list or cover
 *     columns all (every column of the SELECT that has values, after those defined; all when that would be none), freeze COUNT,
 *     key COLUMN (names a row for {cell:}), master COLUMN (a defined one, OK or ERROR in each row: the sheet of the checks)
 *     legend_input, legend_plan, legend_data, legend_formula TEXT (of a cover: what the colours mean in this book)
 *     Of a cover, the row with the key `subject` stands in the footers of the book, that with the key `warning` on every sheet.
 * [sheet] of a page (one printed page of several blocks: rows as the SELECT gives them, without header and table, and without columns that are empty in every row)
 *     row_style COLUMN: how each row looks: head (a header), section or total (bold, a total below a line); any other word has no look and names rows for [format]
 * [sheet] of a series
 *     axis REPORT (whose rows are the periods), row COLUMN (names a block of rows), label COLUMN, label_header TEXT, period COLUMN
 * [sheet] of an axis
 *     key COLUMN (the period); it stands over the series and is itself in no book
 * [column NAME]
 *     source COLUMN (else NAME), header TEXT, unit TEXT, unit_from COLUMN, width CHARACTERS, number FORMAT (numbers.h), number_from COLUMN,
 *     link COLUMN (of the SELECT: REPORT or REPORT|KEY, the sheet or the row of that key that the cell leads to, where the book has it; not of a series),
 *     role label|input|plan|data, formula PATTERN (pattern.h), formula_from COLUMN,
 *     total sum|first|last|formula (the pattern of the column, over its totals)
 *     In a series every column is one row of the block of a key; its header is then the text of the column Measure.
 * [format]
 *     column NAME, through NAME (the columns up to that one as well), rows WORD (those of that row_style alone), when CONDITION (>= 0.95, = "ERROR"), style good|quiet|watch|alarm
 * [chart] (of a list)
 *     type column_stacked|column|bar|line|flow (of a page alone: what flows from the first category to the second one), title TEXT, title_from COLUMN (its text in the first row, where there is one), alt TEXT,
 *     category COLUMN (repeatable), series COLUMN (repeatable), rows COUNT (the first ones), x TEXT, y TEXT (of the axes), number FORMAT, base COLUMN (of column_stacked: what the columns stand on, not
 *     drawn: a waterfall)
 *     from REPORT (a series of the book: its measures over the periods; rows are keys then, 1 unless given, and there is no category. Or a list of the book, whose columns are meant then),
 *     side right (half as large beside the rows, not below them; of a series not printed where its periods take several pages)
 *
 * Unknown sections, keys, words and missing columns are errors with file:line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DEFINITION_H
#define FAB_DEFINITION_H

#include "arena.h"
#include "keys.h"
#include <fabplan/context.h>

/* The words of the language; 0 is "not given". */
enum fab_layout { FAB_LAYOUT_LIST = 1, FAB_LAYOUT_SERIES, FAB_LAYOUT_COVER, FAB_LAYOUT_PAGE, FAB_LAYOUT_AXIS };
enum fab_tab { FAB_TAB_RESULT = 1, FAB_TAB_INPUT, FAB_TAB_CHECK, FAB_TAB_DATA };
enum fab_role { FAB_ROLE_LABEL = 1, FAB_ROLE_INPUT, FAB_ROLE_PLAN, FAB_ROLE_DATA, FAB_ROLE_FORMULA /* set for cells with a pattern */ };
enum fab_total { FAB_TOTAL_SUM = 1, FAB_TOTAL_FIRST, FAB_TOTAL_LAST, FAB_TOTAL_FORMULA };
enum fab_rule_style { FAB_STYLE_GOOD = 1, FAB_STYLE_QUIET, FAB_STYLE_WATCH, FAB_STYLE_ALARM };
enum fab_chart_type { FAB_CHART_COLUMN_STACKED = 1, FAB_CHART_COLUMN, FAB_CHART_BAR, FAB_CHART_LINE, FAB_CHART_FLOW };

struct fab_report_column {
    const char *name;
    int line;
    struct fab_word source, header, unit, unit_from, number_from, link, formula, formula_from;
    int number; /* index of fab_number_formats + 1, 0: not given */
    int width, role, total;
};

struct fab_report_rule {
    int line;
    struct fab_word column, through, rows, when; /* through and rows: NULL where not given */
    int style;
};

struct fab_report_chart {
    int line;
    struct fab_word title, title_from, alt, x, y, from, base;
    struct fab_words categories, series;
    int type, rows, number, side;
};

struct fab_report {
    const char *stem;   /* "allocation" */
    const char *each;   /* of a sheet for one input table, the stem of the definition with `tables`; else NULL */
    const char *origin; /* "allocation.report" */
    const char *sql, *sql_origin;
    int line; /* of [sheet], 0: none yet */
    struct fab_word title, name, with, detail, axis, row, label, label_header, period, key, master, empty, columns_all, row_style;
    struct fab_word legend[FAB_ROLE_FORMULA + 1]; /* by role */
    struct fab_words about, books;
    int layout, tables, tab, role, freeze, print;
    struct fab_report_column *columns;
    int column_count, column_capacity;
    struct fab_report_rule *rules;
    int rule_count, rule_capacity;
    struct fab_report_chart *charts;
    int chart_count, chart_capacity;
};

/* Reads one definition. text is `size` bytes; all strings of the result are the arena's. FAB_INPUT with file:line. O(size). */
fab_status fab_report_parse(fab_context *context, fab_arena *arena, const char *origin, const char *text, size_t size,
                            struct fab_report *report);

#endif
