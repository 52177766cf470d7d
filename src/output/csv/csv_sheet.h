/* Sheets as CSV files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CSV_SHEET_H
#define FAB_CSV_SHEET_H

#include <fabplan/context.h>
#include <stddef.h>

#include "source.h"

struct fab_csv_sheet {
    char *text;  /* ends with a NUL that size does not count; the caller frees it */
    size_t size; /* bytes */
};

/* One report ("allocation") as CSV (RFC 4180, UTF-8, LF, a header line), the same cells as its sheet without totals: one line a row of the
 * sheet. Text that a spreadsheet would take for a formula (leading = + - @, tab or CR) gets a leading apostrophe. Numbers have 17
 * significant digits. FAB_USAGE: no such report. FAB_INPUT as of fab_book_open. O(cells). */
fab_status fab_csv_sheet_print(fab_context *context, const struct fab_book_source *source, const char *report, struct fab_csv_sheet *csv);

/* The same into the file at the path, which is the old one or a complete new one. FAB_OUTPUT besides. */
fab_status fab_csv_sheet_write(fab_context *context, const struct fab_book_source *source, const char *report, const char *path);

#endif
