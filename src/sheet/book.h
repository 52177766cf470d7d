/* Opening a book: its sheets with their rows, and the values of its formulas.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BOOK_H
#define FAB_BOOK_H

#include <fabplan/context.h>

#include "loaded_book.h"
#include "source.h"

/* Loads the definitions and runs the SELECTs of the sheets of a book. FAB_USAGE: no such book. FAB_INPUT: a definition or its SELECT is
 * wrong (file:line). FAB_INTERRUPTED. fab_book_close also after a failure. Cost: the SELECTs, and O(cells). */
fab_status fab_book_open(fab_context *context, const struct fab_book_source *source, const char *name, struct fab_book **book);

/* The same of one report alone, in no book: what its formulas refer to is loaded behind it. FAB_USAGE: no such report. */
fab_status fab_book_open_report(fab_context *context, const struct fab_book_source *source, const char *report, struct fab_book **book);

/* NULL is allowed. */
void fab_book_close(struct fab_book *book);

#endif
