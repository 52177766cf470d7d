/* The answer of a folded program shared out among the blocks, and multipliers for their rows. SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void copy_shared(const struct fab_fold *fold, const fab_lp_solution *folded, fab_lp_solution *whole)
{
    const fab_lp *lp = fold->blocks.lp;
    for (int i = 0; i < lp->row_count; i++)
        if (fold->row_place[i] >= 0) {
            whole->multiplier[i] = folded->multiplier[fold->row_place[i]];
            whole->row_status[i] = folded->row_status[fold->row_place[i]];
        }
    for (int j = 0; j < lp->column_count; j++)
        if (fold->column_place[j] >= 0) {
            whole->x[j] = folded->x[fold->column_place[j]];
            whole->column_status[j] = folded->column_status[fold->column_place[j]];
        }
}

/* (c - y A)_j over the shared rows alone. */
static double worth_of(const struct fab_fold *fold, const fab_lp_solution *whole, int j)
{
    const fab_lp *lp = fold->blocks.lp;
    long double worth = lp->column[j].objective;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        if (fold->blocks.row_block[lp->row_index[k]] < 0)
            worth -= (long double)lp->value[k] * whole->multiplier[lp->row_index[k]];
    return (double)worth;
}

static double coefficient_in(const fab_lp *lp, int row, int j)
{
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        if (lp->row_index[k] == row)
            return lp->value[k];
    return 0;
}

static void open_settled(const struct fab_fold *fold, const struct fab_lp_block *block, fab_lp_solution *whole)
{
    const struct fab_blocks *blocks = &fold->blocks;
    int row = blocks->row[block->first_row];
    for (int c = 0; c < block->column_count; c++) {
        int j = blocks->column[block->first_column + c];
        whole->x[j] = fold->settled[j];
        whole->column_status[j] = c < block->moving ? 'b' : 's';
    }
    whole->row_status[row] = block->moving > 0 ? 's' : 'b';
    if (block->moving > 0) {
        int j = blocks->column[block->first_column];
        whole->multiplier[row] = worth_of(fold, whole, j) / coefficient_in(blocks->lp, row, j);
    }
}

/* The first columns to the first blocks, the last column takes what is left: what is shipped first goes to the first orders. left[moving]. */
static void open_stream(const struct fab_fold *fold, const struct fab_lp_block *block, double *left, fab_lp_solution *whole)
{
    const struct fab_blocks *blocks = &fold->blocks;
    int row = blocks->row[block->first_row];
    double need = blocks->lp->row[row].upper, best = -(double)INFINITY;
    for (int c = 0; c < block->moving; c++) {
        int j = blocks->column[block->first_column + c];
        double part = c + 1 < block->moving ? fmin(need, fmax(0, left[c])) : need;
        left[c] -= part;
        need -= part;
        whole->x[j] = part;
        whole->column_status[j] = part > 0 ? 'b' : 'l';
        best = fmax(best, worth_of(fold, whole, j));
    }
    for (int c = block->moving; c < block->column_count; c++)
        whole->column_status[blocks->column[block->first_column + c]] = 's';
    whole->row_status[row] = 's';
    whole->multiplier[row] = best;
}

/* Each block its part. */
static void open_other(const struct fab_fold *fold, const struct fab_bucket *bucket, const struct fab_lp_block *block, const fab_lp_solution *folded, fab_lp_solution *whole)
{
    const struct fab_blocks *blocks = &fold->blocks;
    double part = block->size / bucket->size;
    for (int p = 0; p < block->row_count; p++) {
        int i = blocks->row[block->first_row + p];
        whole->multiplier[i] = folded->multiplier[bucket->row + p];
        whole->row_status[i] = folded->row_status[bucket->row + p];
    }
    for (int c = 0; c < block->column_count; c++) {
        int j = blocks->column[block->first_column + c];
        const struct fab_lp_column *column = &blocks->lp->column[j];
        whole->x[j] = fmin(fmax(folded->x[bucket->column + c] * part, column->lower), column->upper);
        whole->column_status[j] = folded->column_status[bucket->column + c];
    }
}

static void open_bucket(const struct fab_fold *fold, const struct fab_bucket *bucket, const fab_lp_solution *folded, double *left, fab_lp_solution *whole)
{
    const struct fab_blocks *blocks = &fold->blocks;
    for (int c = 0; c < fab_block_columns(&blocks->block[blocks->order[bucket->from]]); c++)
        left[c] = folded->x[bucket->column + c];
    for (int k = bucket->from; k < bucket->to; k++) {
        const struct fab_lp_block *block = &blocks->block[blocks->order[k]];
        if (block->kind == FAB_BLOCK_STREAM)
            open_stream(fold, block, left, whole);
        else
            open_other(fold, bucket, block, folded, whole);
    }
}

static void price_all(const fab_lp *lp, fab_lp_solution *whole)
{
    for (int j = 0; j < lp->column_count; j++) {
        long double reduced = lp->column[j].objective;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            reduced -= (long double)lp->value[k] * whole->multiplier[lp->row_index[k]];
        whole->reduced_cost[j] = whole->column_status[j] == 'b' ? 0 : (double)reduced;
    }
}

fab_status fab_fold_open_out(fab_context *context, const struct fab_fold *fold, const fab_lp_solution *folded, fab_lp_solution **result)
{
    fab_status status = FAB_OK;
    const struct fab_blocks *blocks = &fold->blocks;
    fab_lp_solution *whole = fab_lp_solution_new(blocks->lp);
    double *left = malloc(((size_t)fold->lp->column_count + 1) * sizeof *left);
    TRY_MEMORY(context, whole && left);
    whole->outcome = folded->outcome;
    whole->iterations = folded->iterations;
    whole->interior = folded->interior;
    copy_shared(fold, folded, whole);
    for (int n = 0; n < blocks->count; n++)
        if (blocks->block[blocks->order[n]].kind == FAB_BLOCK_SETTLED)
            open_settled(fold, &blocks->block[blocks->order[n]], whole);
    for (int n = 0; n < fold->bucket_count; n++)
        open_bucket(fold, &fold->bucket[n], folded, left, whole);
    price_all(blocks->lp, whole);
    *result = whole;
    whole = NULL;
out:
    fab_lp_solution_free(whole);
    free(left);
    return status;
}
