/* A book in memory: its sheets with their rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BOOK_H
#define FAB_BOOK_H

#include <fabplan/context.h>

#include "arena.h"
#include "grid.h"
#include "source.h"

struct fab_book {
    fab_context *context;
    fab_arena *arena;
    const char *name;
    struct fab_sheet *sheets; /* in order */
    int sheet_count;
    struct fab_sheet *axes;
    int axis_count;
    const struct fab_sheet *master; /* with the checks, NULL: none */
    const char *subject, *warning;  /* of the cover's rows of these keys, "" when there is none */
};

/* Loads the definitions and runs the SELECTs of the sheets of a book. FAB_USAGE: no such book. FAB_INPUT: a definition or its SELECT is
 * wrong (file:line). FAB_INTERRUPTED. fab_book_close also after a failure. Cost: the SELECTs, and O(cells). */
fab_status fab_book_open(fab_context *context, const struct fab_book_source *source, const char *name, struct fab_book **book);

/* The same of one report alone, in no book. FAB_USAGE: no such report. */
fab_status fab_book_open_report(fab_context *context, const struct fab_book_source *source, const char *report, struct fab_book **book);

/* NULL is allowed. */
void fab_book_close(struct fab_book *book);

/* The sheet of a report in the book, NULL: none. */
const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem);

#endif
