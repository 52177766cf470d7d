/* Which row of a sheet has a key: a hash table (FNV-1a, linear probing) of the first row of every key, as formulas refer to rows by key, and a book has many of both.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROW_KEYS_H
#define FAB_ROW_KEYS_H

#include <stdbool.h>

#include "arena.h"
#include "grid.h"

/* Gathers the texts in sheet->key_column; other values are no keys. False: out of memory. O(rows). */
bool fab_row_keys_make(fab_arena *arena, struct fab_sheet *sheet);

/* The first row of the table with a key, -1: none, or the sheet has no key. O(1). */
int fab_row_keys_find(const struct fab_sheet *sheet, const char *key);

#endif
