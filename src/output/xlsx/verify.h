/* Reading a workbook back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_VERIFY_H
#define FAB_VERIFY_H

#include "book.h"

/* Compares a workbook with the book, cell by cell: every part parses, every sheet is there with every value, every formula has its value,
 * every number is finite. FAB_OUTPUT with the first difference; FAB_INTERRUPTED. O(bytes). */
fab_status fab_xlsx_verify(const struct fab_book *book, const char *path);

#endif
