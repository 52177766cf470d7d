/* LDL' of a symmetric quasi-definite matrix (rows and columns in an order of one's own, pivots of given signs, none exchanged) by supernodes: the numeric part, on a symbolic analysis by somebody else.
 *
 * Left-looking: each supernode takes the updates of those below it in the elimination tree by dense products, then factorises its own block. A quasi-definite matrix has such factors in every order (R. Vanderbei, Symmetric
 * quasidefinite matrices, 1995). SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SUPERNODAL_H
#define FAB_SUPERNODAL_H

#include <fabplan/context.h>
#include <stdbool.h>

struct fab_supernodal {
    int size;               /* rows of the matrix */
    int count;              /* supernodes */
    const int *first;       /* [count + 1] first column of each */
    const int *row_start;   /* [count + 1] */
    const int *row;         /* rows of supernode s: [row_start[s], row_start[s+1]), ascending, its own columns first */
    const int *value_start; /* [count + 1] its block: column by column, each with all its rows */
    const int *supernode_of; /* [size] of each column */
    const signed char *sign; /* [size] of each pivot */
    double *value;          /* in: the lower triangle of the matrix; out: L, with D on its diagonal */
    double *update, *scaled, *gathered; /* work: [largest update], [largest block], [size] */
    int *local, *head, *next, *reached; /* work: [size], [count] */
};

/* Takes the work arrays and those of values; the rest is set by the caller and borrowed. FAB_NO_MEMORY: what was taken is freed by fab_supernodal_fini. */
fab_status fab_supernodal_init(fab_context *context, struct fab_supernodal *super);
void fab_supernodal_fini(struct fab_supernodal *super);

/* Where the value of a row and column (row >= column) is. O(log rows of a supernode). */
int fab_supernodal_place(const struct fab_supernodal *super, int row, int column);

/* Factorises in place. *done false when a pivot has not the sign that it must have. FAB_INTERRUPTED within the time of 64 columns. */
fab_status fab_supernodal_factorise(fab_context *context, struct fab_supernodal *super, bool *done);

/* Replaces vector[size] by the solution for it. O(coefficients). */
void fab_supernodal_solve(const struct fab_supernodal *super, double *vector);

#endif
