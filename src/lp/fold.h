/* A program with very many blocks that are alike (blocks.h) is solved folded: like blocks are one block of their sizes' sum.
 *
 * Blocks whose costs are the same, too, are one without loss: any answer of theirs adds up to one of the sum, and any of the sum is shared out (streams: the first columns to the
 * first blocks; else each its part). Streams whose costs differ are one at their mean cost for a start. Against the multipliers of the shared rows each is worth its best column: where what its
 * sum was given is not that, the sum is split, by what its members would rather have and by cost, and the program is solved again, until nobody wants anything else. Then the shared
 * answer is the best of the whole program, with multipliers for all of its rows. Each round's program holds the answers of the one before, so that rounds end, at the latest with
 * all blocks apart; they are few because parts get eight times smaller. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FOLD_H
#define FAB_FOLD_H

#include "blocks.h"
#include "engine.h"

/* Like blocks side by side in `order` as one. */
struct fab_bucket {
    int from, to;    /* order[from..to) */
    bool even;       /* of one cost */
    double size;     /* sum of sizes */
    int row, column; /* first ones in the folded program */
};

struct fab_fold {
    struct fab_blocks blocks;
    struct fab_bucket *bucket;
    int bucket_count, bucket_capacity;
    fab_lp *lp;                    /* folded */
    int *row_place, *column_place; /* of shared rows and of columns without a block there */
    double *settled;               /* [columns]: values of those of settled blocks */
};

/* Solves a program folded. *solution is NULL, and nothing was lost but time, where that does not pay (fewer than `least` rows of blocks, or blocks that are hardly alike) or where the answer is not
 * proven for the whole program; else as fab_ladder_climb, with statuses that are a basis but for rounding. O((nonzeros + rows log rows) x rounds), and solves
 * of the folded program. */
fab_status fab_fold_solve(fab_context *context, const fab_lp *lp, int least, const struct fab_engine_watch *watch, fab_lp_solution **solution);

/* Measured on data/mini with orders of different prices, processor s of a whole run, simplex without presolve against folded: 10,000 orders 3.9 and 0.8, 100,000 more than 100 and 8. */
enum { FAB_FOLD_ROWS = 5000 };

/* The answer of the folded program as one of the whole program. FAB_NO_MEMORY. O(nonzeros). */
fab_status fab_fold_open_out(fab_context *context, const struct fab_fold *fold, const fab_lp_solution *folded, fab_lp_solution **whole);

#endif
