/* A book in memory: its sheets with their rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LOADED_BOOK_H
#define FAB_LOADED_BOOK_H

#include <fabplan/context.h>

#include "arena.h"
#include "grid.h"

struct fab_book {
    fab_context *context;
    fab_arena *arena;
    const char *name;
    struct fab_sheet *sheets; /* in order */
    int sheet_count;
    int loaded_count; /* with those behind them that formulas of a report alone refer to */
    struct fab_sheet *axes;
    int axis_count;
    const struct fab_sheet *master; /* with the checks, NULL: none */
    const char *subject, *warning;  /* of the cover's rows of these keys, "" when there is none */
};

/* The sheet of a report in the book, NULL: none. */
const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem);

#endif
