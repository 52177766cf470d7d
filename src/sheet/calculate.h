/* The values of the formulas of a book.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALCULATE_H
#define FAB_CALCULATE_H

#include "loaded_book.h"

/* Works out every formula of the first `sheet_count` sheets from the pattern that is written into its cell, and what these refer to. FAB_INPUT with
 * file:line: a pattern is wrong, its value is an error or a logical one, or cells refer to each other in a circle. O(cells read). */
fab_status fab_book_calculate(struct fab_book *book);

#endif
