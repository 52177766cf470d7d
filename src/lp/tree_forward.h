/* A point of a search for whole numbers that is made forward in time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_FORWARD_H
#define FAB_TREE_FORWARD_H

#include "tree_point.h"

/* Moment after moment: what is decided then is rounded as its chain says, or the other way where a row of whole columns alone would not hold, and fixed; and the rest solved again. Cost: a warm solve for each moment. */
fab_status fab_tree_forward(struct fab_tree *tree);

#endif
