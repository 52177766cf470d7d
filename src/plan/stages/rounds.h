/* Rounds: the least level as large as it can be, then that of those who can have more, and so on.
 *
 * Each round maximises l x sum of W under V_c >= l x base_c of all customers that are not fixed yet. A multiplier of such a row above 0 proves that no optimum gives its customer more; at least one is
 * (they sum to 1), so that every round fixes one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROUNDS_H
#define FAB_ROUNDS_H

#include "run.h"

/* A customer that takes part. */
struct fab_sharer {
    int customer;
    double base;  /* USD, above 0: the value served at level 1 */
    int row;      /* of the rounds' solver: its share against the level */
    double least; /* value that is kept, once it is fixed */
    int stage;    /* result of the round that fixed it, FAB_NONE before */
};

struct fab_rounds {
    struct fab_run *run;
    const char *name;      /* of the rounds: "fair" */
    const char *objective; /* in words: "least share of what is wanted" */
    struct fab_sharer *part; /* [count] */
    int count;
    double sum;  /* of W: the level is counted in it, so that coefficients are near 1 */
    double cap;  /* a level that reaches it is high enough: base is kept as it is; INFINITY: none */
    double most; /* limit of the level, which must not decide unless it is the cap */
    fab_solver *solver;
    int left, level, rounds; /* rounds that were run */
};

/* Runs them: a result for each, and a kept row for each customer. The caller has set run, name, objective, parts, sum, cap and most. A solve a round. */
fab_status fab_rounds_run(struct fab_rounds *rounds);

#endif
