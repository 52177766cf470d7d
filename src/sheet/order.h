/* The sheets of a book in order: those that its file lists, and those whose own definitions add them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ORDER_H
#define FAB_ORDER_H

#include <fabplan/context.h>
#include <fabplan/table.h>

#include "library.h"

struct fab_order {
    const struct fab_report **reports; /* in the arena */
    int count;
};

/* Sheets added after the same one come in the order of their names. FAB_INPUT with file:line: a report that is not there or is an axis, or
 * an addition to what is not there. O(reports x sheets). */
fab_status fab_order_sheets(fab_context *context, fab_arena *arena, const struct fab_library *library, const struct fab_book_file *book,
                            struct fab_order *order);

/* What there is, as a table: book, sheet_order (from 1), report, sheet, title; one row for each sheet of each book. Reads and so checks
 * every definition. */
fab_status fab_order_list(fab_context *context, const struct fab_book_source *source, fab_table **list);

#endif
