/* A comparison as a workbook.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COMPARE_BOOK_H
#define FAB_COMPARE_BOOK_H

#include "fab.h"

/* Writes the book "compare" of the answer of a comparison, all of it, to request->path: its SELECTs read the answer's JSON as :comparison. FAB_OUTPUT, FAB_INPUT as of fab_report. O(cells). */
fab_status fab_compare_book(fab_context *context, fab *handle, const fab_compare_request *request, const fab_result *answer);

#endif
