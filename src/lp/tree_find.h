/* Where the points of a search for whole numbers come from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_FIND_H
#define FAB_TREE_FIND_H

#include "tree_point.h"

/* The whole numbers next to a point without them, then moves. Cost: at most `trials` solves. */
fab_status fab_tree_round(struct fab_tree *tree, const double x[], int trials);

/* The first points: roundings of the root, fixing forward in time, and moves. Cost: a solve for each moment, and some hundred. */
fab_status fab_tree_find(struct fab_tree *tree);

#endif
