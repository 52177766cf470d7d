/* Which rows a change is about: keys, lists, patterns and conditions (data-dictionary.md "Changes").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_KEY_H
#define FAB_CHANGE_KEY_H

#include "change_edit.h"

enum { FAB_KEY_COLUMNS_MAX = 8 };

/* The columns that the parts of a key stand for: the key of a table without its dates. Their number. */
int fab_key_columns(const struct fab_table_def *def, const struct fab_column *columns[FAB_KEY_COLUMNS_MAX]);

/* Marks (struct fab_row_state.matched) the living rows of a table that the key of the change under way names by these columns, and clears the
 * other marks. *good false: the key is wrong, and a finding has said so; or it names no row, which is one too. FAB_NO_MEMORY. O(rows x length
 * of the key). */
fab_status fab_key_match(struct fab_edit *edit, struct fab_edit_table *table, const struct fab_column *const columns[], int count, bool *good);

/* Takes the next piece of a text that ends at an unescaped `end` (or the text's end) and steps behind it: *length is that of the piece, its
 * escapes still in it. False at the end of the text. A text without a piece has one, which is empty. */
struct fab_key_pieces {
    const char *rest; /* NULL: no more */
};
bool fab_key_next(struct fab_key_pieces *pieces, char end, const char **piece, size_t *length);

/* Copies a piece without its escapes; `size` is at least its length + 1. The length of the copy. */
size_t fab_key_unescape(const char *piece, size_t length, char *text, size_t size);

#endif
