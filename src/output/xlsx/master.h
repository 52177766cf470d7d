/* The master check: on every sheet of a book that has checks, whether all of them hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MASTER_H
#define FAB_MASTER_H

#include <stdbool.h>

#include "book.h"
#include "buffer.h"

/* Whether every check holds, as the tables have it; the book has checks. */
bool fab_master_holds(const struct fab_book *book);

const char *fab_master_text(bool holds);

/* The formula of the check's cell on a sheet, in place of what the buffer holds. */
void fab_add_master_formula(const struct fab_book *book, const struct fab_sheet *sheet, struct fab_buffer *formula);

#endif
