/* Reports: workbooks and CSV files from definitions.
 *
 * A report is two text files: NAME.sql, one SELECT with the parameter :plan or :snapshot, and NAME.report, what it looks like
 * (definition.h gives the language). A book is every report whose definition names it. The definitions are part of the program; a folder
 * of the user's may replace any of the files and add others, so a sheet is added without touching C.
 *
 * The layer knows no database: the caller runs the SELECTs (fab_report_select).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_H
#define FAB_REPORT_H

#include <fabplan/context.h>
#include <fabplan/table.h>
#include <stddef.h>

/* Runs one SELECT with its parameters bound and gives its rows; origin ("allocation.sql") is for messages. The caller of the callback
 * frees *result. */
typedef fab_status fab_report_select(void *user, const char *sql, const char *origin, fab_table **result);

struct fab_report_options {
    const char *book;           /* "planner"; not used for CSV */
    const char *reports_folder; /* replaces and adds definitions; NULL: none */
    const char *path;           /* of the file to write */
    fab_report_select *select;
    void *user; /* passed to select */
};

/* Writes the workbook of a book. The file at the path is the old one or a complete, verified new one: it is written beside the path, read
 * back and compared with the tables cell by cell, synchronised, and only then renamed. The same tables give the same bytes.
 * Every formula carries the value the SELECT gives for it; a failed check of the `checks` sheet is reported as a warning, the workbook
 * shows it. FAB_USAGE: no such book. FAB_INPUT: a definition or its SELECT is wrong (file:line). FAB_OUTPUT: could not be written;
 * FAB_INTERRUPTED. Cost O(cells), the whole workbook in memory: about 1 kB a cell. */
fab_status fab_report_write_book(fab_context *context, const struct fab_report_options *options);

/* One report ("allocation") as CSV (RFC 4180, UTF-8, LF, a header line), the same cells as its sheet without totals: one line a row of the
 * sheet. Text that a spreadsheet would take for a formula (leading = + - @, tab or CR) gets a leading apostrophe. Numbers have 17
 * significant digits. *text ends with a NUL that *size does not count and is the caller's (free). FAB_USAGE: no such report. */
fab_status fab_report_print_csv(fab_context *context, const struct fab_report_options *options, const char *report, char **text,
                                size_t *size);

/* The same into the file options->path, written as carefully as a workbook. */
fab_status fab_report_write_csv(fab_context *context, const struct fab_report_options *options, const char *report);

/* What there is, as a table: book, sheet_order, report, sheet, title; one row for each book a report is in, by book and order. Reads and so
 * checks every definition. reports_folder may be NULL. */
fab_status fab_report_list(fab_context *context, const char *reports_folder, fab_table **list);

#endif
