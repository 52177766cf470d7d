/* Rows of whole columns alone, while some of these are decided and others are not yet: whether they can still hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_ROWS_H
#define FAB_TREE_ROWS_H

#include "tree_point.h"

/* [row_count] what the rows come to, with what is not decided as it suits their upper and their lower limit. */
struct fab_tree_rows {
    double *most, *least;
};

fab_status fab_tree_rows_init(struct fab_tree *tree, struct fab_tree_rows *rows);
void fab_tree_rows_fini(struct fab_tree_rows *rows);

/* With every whole column decided at value[] where decided[] is true. O(nonzeros of the whole columns). */
void fab_tree_rows_sum(const struct fab_tree *tree, struct fab_tree_rows *rows, const bool decided[], const double value[]);

/* A decided column, of a place, changes by this. */
void fab_tree_rows_add(const struct fab_tree *tree, struct fab_tree_rows *rows, int place, double change);

/* True when the rows of a place can hold. */
bool fab_tree_rows_hold(const struct fab_tree *tree, const struct fab_tree_rows *rows, int place);

#endif
