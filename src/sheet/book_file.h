/* Books: the text of NAME.book as a struct. The form of the file is that of keys.h.
 *
 * [book]
 *     sheet REPORT (repeatable: the sheets in order). A report that says `tables input` stands for the sheets of all input tables that the
 *     book does not list by name.
 *
 * A sheet is added to a book without copying its file by the key `book` of the sheet's own definition (definition.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BOOK_FILE_H
#define FAB_BOOK_FILE_H

#include <fabplan/context.h>

#include "keys.h"

struct fab_book_file {
    const char *name;   /* "planner" */
    const char *origin; /* "planner.book" */
    int line;           /* of [book], 0: none yet */
    struct fab_words sheets;
};

/* Reads one book. text is `size` bytes; all strings of the result are the arena's. FAB_INPUT with file:line. O(size). */
fab_status fab_book_file_parse(fab_context *context, fab_arena *arena, const char *origin, const char *text, size_t size,
                               struct fab_book_file *book);

#endif
