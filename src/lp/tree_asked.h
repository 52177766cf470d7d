/* What a search for whole numbers is asked (tree.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_ASKED_H
#define FAB_TREE_ASKED_H

#include "solver.h"

struct fab_chain {
    int first, count; /* of fab_tree_asked.column */
    double up;        /* roundings take a part of 1 - up or more as one more */
};

struct fab_tree_asked {
    const struct fab_chain *chain;
    int chain_count;
    const int *column; /* [column_count] chain after chain */
    const int *when;   /* [column_count] moment of the decision, not falling inside a chain: fixing goes forward in it */
    int column_count;
    double gap; /* relative to max(1, |objective|): what the search may leave open */
    const fab_solver_options *options; /* NULL: none */
};

#endif
