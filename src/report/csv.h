/* A report as CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_CSV_H
#define FAB_REPORT_CSV_H

#include "book.h"
#include "buffer.h"

/* Adds the header and the rows of a sheet to the buffer. O(cells). */
fab_status fab_csv_print(const struct fab_book *book, const struct fab_sheet *sheet, struct fab_buffer *csv);

#endif
