/* A point of a search for whole numbers that is made chain after chain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_DIVE_H
#define FAB_TREE_DIVE_H

#include "tree_point.h"

/* The dearest chain first: it is rounded in a few ways, the way after which the rest, still with parts, is worth most is kept, and so on. Cost: one to three warm solves for each chain. */
fab_status fab_tree_dive(struct fab_tree *tree);

#endif
