/* Which columns of a program are whole decisions, and what they are fixed at.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WHOLE_COLUMNS_H
#define FAB_WHOLE_COLUMNS_H

#include "program.h"
#include "tree_asked.h"

/* Chain after chain, in order of time (tree.h): tools ordered and tools removed of each group; each period with starts that has a charge or a minimum lot; multiples of starts and of shipments; whole orders. Arrays are the list's own. */
struct fab_whole_columns {
    struct fab_chain *chain; /* [chain_count] */
    int *column, *when;      /* [count]; when: the period */
    int chain_count, count;
};

/* FAB_NO_MEMORY only. O(columns). */
fab_status fab_whole_columns_find(fab_context *context, const fab_program *program, struct fab_whole_columns *list);
void fab_whole_columns_fini(struct fab_whole_columns *list);

/* Fixes the whole columns of the program at those of a point. False, and nothing is fixed, when one of them is not whole or outside its limits. */
bool fab_whole_columns_fix(fab_program *program, const struct fab_whole_columns *list, const double x[]);

#endif
