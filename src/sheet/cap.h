/* Sheets of more rows than are shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CAP_H
#define FAB_CAP_H

#include "loaded_book.h"

/* Lists and covers of more rows than `most` show the first ones: fab_sheet_rows is `most`, left_out says how many are missing, and the context is warned. Not the checks, and not where a formula of the book refers to a column of the
 * sheet, as sums would be others then (fab_book_check refuses what a sheet cannot hold). Before formulas are worked out. O(1), where a sheet is too long O(formulas). */
void fab_book_cap(struct fab_book *book, int most);

#endif
