/* The input tables of the data dictionary, as reports take them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INPUT_TABLES_H
#define FAB_INPUT_TABLES_H

#include "arena.h"
#include "source.h"

/* Sets tables and table_count of the source: the tables that a plan is made from, in the order of the dictionary, without the wafer-lot
 * history. The strings are the arena's or the dictionary's. False when memory is short. */
bool fab_input_tables_get(fab_arena *arena, struct fab_book_source *source);

#endif
