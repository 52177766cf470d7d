/* Whole numbers, with a bound that is proven: own branch and bound on a living solver.
 *
 * Whole columns stand in chains: the columns of one chain are decisions of one kind in order of time, such as tools of a group ordered in each period. All of them are whole when and only when the sums of the first k of a chain are, for
 * every k; so the tree branches on such sums, "at most 3 by May" or "at least 4 by May", which move much where a single column would only put its part off to the next one. A chain of one column is a plain column.
 *
 * Every node's bound is the exact weak-duality bound of its program (fab_lp_check), and no node is dropped as empty unless fab_empty_prove says so: the answer's bound is the largest over the leaves. Points come
 * from roundings, from fixing forward in time, and from moves of single decisions whose reduced costs allow a gain; each is the optimum of the rest with the whole columns fixed, and feasible by the exact check.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_H
#define FAB_TREE_H

#include "tree_asked.h"

struct fab_tree_answer {
    double *value;            /* [column_count] of the best point, NULL: none is known; the caller frees it with free() */
    char *row_status, *column_status; /* its basis; may be longer than the program was; the caller frees them */
    double objective, bound;  /* of the best point (-INFINITY: none), and proven: no point is better */
    bool finished;            /* the gap was reached, or every leaf is closed: without a point there is none */
    bool interrupted;         /* the context asked to stop; the wish is taken */
    long nodes, trials;       /* programs solved for the bound, and for points */
};

/* Searches for the best point of the solver's program whose columns are whole. root: an optimum of it without that. The solver's program has more rows afterwards, without limits, and no basis to count on. FAB_OK also when a deadline or the
 * context stops it: *answer says how far it came. Deterministic, but for those. Cost: a few dozen solves, then one for each node. */
fab_status fab_tree_search(fab_context *context, fab_solver *solver, const struct fab_tree_asked *asked, const fab_lp_solution *root, struct fab_tree_answer *answer);

#endif
