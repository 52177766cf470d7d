/* A search for whole numbers on its way, and its points: what is tried, and the best so far.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TREE_POINT_H
#define FAB_TREE_POINT_H

#include "tree_asked.h"

struct fab_tree {
    fab_context *context;
    fab_solver *solver;
    const struct fab_tree_asked *asked;
    const fab_lp_solution *root;
    int row_count;  /* of the program without the sums */
    double *lower, *upper; /* [column_count] limits of the whole columns, whole */
    int *row;       /* [column_count] the row of the sum of its chain up to a column, -1: none yet */
    bool *pure;     /* [row_count] rows of whole columns alone */
    double *work;   /* [max(row_count, column_count)] */
    fab_lp_solution *best; /* NULL: no point is known */
    double *value;  /* [column_count] its whole columns */
    double objective; /* -INFINITY: none */
    bool stopped, interrupted;
    long nodes, trials;
};

/* Solves the program as it stands; *found is NULL when there is no answer, tree->stopped when there is no time. */
fab_status fab_tree_solve(struct fab_tree *tree, fab_lp_solution **found);

/* Limits of a whole column in the solver; the program's own. */
fab_status fab_tree_fix(struct fab_tree *tree, int place, double lower, double upper);
fab_status fab_tree_release(struct fab_tree *tree);

/* Tries values of the whole columns: the best of the rest with them fixed. *better when it is the new best point. */
fab_status fab_tree_try(struct fab_tree *tree, const double value[], bool *better);

/* The whole columns are fixed in the solver and `found` solves it: it becomes the best point when it is one and better; *found is NULL then. */
fab_status fab_tree_take(struct fab_tree *tree, const double value[], fab_lp_solution **found, bool *better);

/* The sums of each chain up to each column at x of the program. */
void fab_tree_sum(const struct fab_tree *tree, const double x[], double sum[]);

/* What is within the gap of the best point is closed. */
double fab_tree_cutoff(const struct fab_tree *tree);

#endif
