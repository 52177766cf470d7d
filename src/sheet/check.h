/* What may not be written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHECK_H
#define FAB_CHECK_H

#include "book.h"

/* Refuses what a writer of workbooks would write and a spreadsheet would not read: bad UTF-8, text too long, control characters, numbers
 * that are not finite, formulas without value, dates that are none, sheet names and headers that are illegal or double. FAB_INPUT with
 * file:line. */
fab_status fab_book_check(struct fab_book *book);

/* What a sheet of a workbook has no room for. FAB_INPUT. O(sheets). */
fab_status fab_book_check_size(struct fab_book *book);

#endif
