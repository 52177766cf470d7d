/* Blocks of a program: a few rows whose columns meet no other block, only rows that all share. Orders are blocks: what is shipped and what is short of one order stand in its own
 * rows, and beside them in the balances of its item alone. Whoever makes the program says which rows are a block (fab_lp_row.block); columns follow.
 *
 * Blocks are alike when they differ in their size and in what their columns cost at most: the rows of one are those of the other times a factor, and the columns have the same
 * coefficients in the shared rows. They stand side by side in `order`, those of equal costs again side by side. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BLOCKS_H
#define FAB_BLOCKS_H

#include "lp.h"

#include <stdint.h>

enum fab_lp_block_kind {
    FAB_BLOCK_SETTLED, /* one equation with at most one column that can move: nothing is left to decide */
    FAB_BLOCK_STREAM,  /* one equation, sum of columns = size > 0, each column from 0 to at least the size: what it is worth to the rest is its best column */
    FAB_BLOCK_OTHER    /* anything else; alike only if the costs are the same */
};

struct fab_lp_block {
    enum fab_lp_block_kind kind;
    int first_row, row_count;
    int first_column, column_count, moving; /* the first `moving` columns are those that are not fixed */
    double size;
    uint64_t likeness;
};

struct fab_blocks {
    const fab_lp *lp;
    int count;
    struct fab_lp_block *block;
    int *row, *column;             /* by block: places in the program */
    double *cost;                  /* beside `column` */
    int *row_block, *column_block; /* -1: shared by all */
    int *row_place;                /* of a row of a block: the how manieth there */
    int *order;                    /* [count] */
};

/* How many rows of the program belong to blocks. O(rows). */
int fab_blocks_rows(const fab_lp *lp);

/* Finds the blocks of a sealed program. False when memory is short; count is 0 when there are none, or a column stands in two of them. O(nonzeros + rows log rows). */
bool fab_blocks_find(const fab_lp *lp, struct fab_blocks *blocks);
void fab_blocks_fini(struct fab_blocks *blocks);

/* Two blocks are alike, and what they cost is the same. */
bool fab_blocks_alike(const struct fab_blocks *blocks, int a, int b);
bool fab_blocks_cost_same(const struct fab_blocks *blocks, int a, int b);

/* Columns that a folded program has of a block: the fixed ones of a stream are 0. */
static inline int fab_block_columns(const struct fab_lp_block *block)
{
    return block->kind == FAB_BLOCK_OTHER ? block->column_count : block->moving;
}

static inline bool fab_column_moves(const struct fab_lp_column *column)
{
    return column->lower < column->upper;
}

#endif
