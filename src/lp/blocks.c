/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Limits that are this many binary digits equal are the same part of a block's size: 0.9 x 7 / 7 is 0.9 but for rounding. */
enum { EQUAL_BITS = 40 };

int fab_blocks_rows(const fab_lp *lp)
{
    int rows = 0;
    for (int i = 0; i < lp->row_count; i++)
        rows += lp->row[i].block > 0;
    return rows;
}

void fab_blocks_fini(struct fab_blocks *blocks)
{
    free(blocks->block);
    free(blocks->row);
    free(blocks->column);
    free(blocks->cost);
    free(blocks->row_block);
    free(blocks->column_block);
    free(blocks->row_place);
    free(blocks->order);
}

static bool take(struct fab_blocks *blocks, const fab_lp *lp)
{
    size_t rows = (size_t)lp->row_count + 1, columns = (size_t)lp->column_count + 1;
    blocks->row = malloc(rows * sizeof *blocks->row);
    blocks->row_block = malloc(rows * sizeof *blocks->row_block);
    blocks->row_place = calloc(rows, sizeof *blocks->row_place);
    blocks->column = malloc(columns * sizeof *blocks->column);
    blocks->column_block = malloc(columns * sizeof *blocks->column_block);
    blocks->cost = malloc(columns * sizeof *blocks->cost);
    blocks->block = calloc(rows, sizeof *blocks->block);
    blocks->order = malloc(rows * sizeof *blocks->order);
    return blocks->row && blocks->row_block && blocks->row_place && blocks->column && blocks->column_block && blocks->cost && blocks->block && blocks->order;
}

/* ---- which rows and columns */

struct placed {
    int block, row;
};

static int compare_rows(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return a->block != b->block ? (a->block > b->block) - (a->block < b->block) : (a->row > b->row) - (a->row < b->row);
}

/* Rows by the number that their maker gave the block: usual is that they stand so already. */
static bool find_rows(struct fab_blocks *blocks, const fab_lp *lp)
{
    struct placed *place = malloc(((size_t)lp->row_count + 1) * sizeof *place);
    int count = 0;
    if (!place)
        return false;
    for (int i = 0; i < lp->row_count; i++) {
        blocks->row_block[i] = -1;
        if (lp->row[i].block > 0)
            place[count++] = (struct placed){lp->row[i].block, i};
    }
    qsort(place, (size_t)count, sizeof *place, compare_rows);
    for (int k = 0; k < count; k++) {
        if (k == 0 || place[k].block != place[k - 1].block)
            blocks->block[blocks->count++].first_row = k;
        struct fab_lp_block *block = &blocks->block[blocks->count - 1];
        blocks->row[k] = place[k].row;
        blocks->row_place[place[k].row] = block->row_count++;
        blocks->row_block[place[k].row] = blocks->count - 1;
    }
    free(place);
    return true;
}

/* The block of a column, -1: none, -2: more than one. */
static int block_of(const struct fab_blocks *blocks, const fab_lp *lp, int j)
{
    int block = -1;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int of_row = blocks->row_block[lp->row_index[k]];
        if (of_row >= 0 && block >= 0 && of_row != block)
            return -2;
        block = of_row >= 0 ? of_row : block;
    }
    return block;
}

/* Columns by block, those that move before those that are fixed. False when one is in two blocks. */
static bool find_columns(struct fab_blocks *blocks, const fab_lp *lp)
{
    int next = 0;
    for (int j = 0; j < lp->column_count; j++) {
        int b = blocks->column_block[j] = block_of(blocks, lp, j);
        if (b < -1)
            return false;
        if (b < 0)
            continue;
        blocks->block[b].column_count++;
        blocks->block[b].moving += fab_column_moves(&lp->column[j]);
    }
    for (int b = 0; b < blocks->count; b++) {
        blocks->block[b].first_column = next;
        next += blocks->block[b].column_count;
        blocks->block[b].column_count = blocks->block[b].moving = 0;
    }
    for (int fixed = 0; fixed < 2; fixed++)
        for (int j = 0; j < lp->column_count; j++) {
            struct fab_lp_block *block = blocks->column_block[j] < 0 ? NULL : &blocks->block[blocks->column_block[j]];
            if (!block || fab_column_moves(&lp->column[j]) == fixed)
                continue;
            int place = block->first_column + block->column_count++;
            block->moving += !fixed;
            blocks->column[place] = j;
            blocks->cost[place] = lp->column[j].objective;
        }
    return true;
}

/* ---- of what kind */

static bool is_stream(const struct fab_blocks *blocks, const struct fab_lp_block *block)
{
    const fab_lp *lp = blocks->lp;
    const struct fab_lp_row *row = &lp->row[blocks->row[block->first_row]];
    if (block->row_count != 1 || row->lower != row->upper || !(row->upper > 0) || block->moving < 2)
        return false;
    for (int c = 0; c < block->column_count; c++) {
        int j = blocks->column[block->first_column + c];
        const struct fab_lp_column *column = &lp->column[j];
        if (column->lower != 0 || column->integer || (c < block->moving && column->upper < row->upper) || (c >= block->moving && column->upper != 0))
            return false;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (blocks->row_block[lp->row_index[k]] >= 0 && lp->value[k] != 1)
                return false;
    }
    return true;
}

/* What the one column that moves must be, or the row's excess where none does: inside its limits, or the block is left to the solver. */
static bool is_settled(const struct fab_blocks *blocks, const struct fab_lp_block *block)
{
    const fab_lp *lp = blocks->lp;
    const struct fab_lp_row *row = &lp->row[blocks->row[block->first_row]];
    if (block->row_count != 1 || row->lower != row->upper || block->moving > 1)
        return false;
    double rest = row->upper, largest = fmax(1, fabs(rest)), coefficient = 0;
    for (int c = 0; c < block->column_count; c++) {
        int j = blocks->column[block->first_column + c];
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            if (blocks->row_block[lp->row_index[k]] < 0)
                continue;
            coefficient = c < block->moving ? lp->value[k] : coefficient;
            rest -= c < block->moving ? 0 : lp->value[k] * lp->column[j].lower;
        }
    }
    if (block->moving == 0)
        return fabs(rest) <= FAB_LP_FEASIBILITY * largest;
    const struct fab_lp_column *column = &lp->column[blocks->column[block->first_column]];
    double value = rest / coefficient, slack = FAB_LP_FEASIBILITY * largest;
    return !column->integer && value >= column->lower - slack && value <= column->upper + slack;
}

/* ---- how alike */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

static uint64_t mix_number(uint64_t hash, double number)
{
    uint64_t word;
    number += 0.0;
    memcpy(&word, &number, sizeof word);
    return mix(hash, word);
}

static uint64_t mix_part(uint64_t hash, double limit, double size)
{
    int exponent = 0;
    double part = isfinite(limit) ? frexp(limit / size, &exponent) : limit;
    return mix(mix_number(hash, isfinite(part) ? rint(ldexp(part, EQUAL_BITS)) : part), (uint64_t)exponent);
}

/* Coefficients in shared rows; those in the block's own rows by their place in it. */
static uint64_t mix_column(const struct fab_blocks *blocks, uint64_t hash, int j)
{
    const fab_lp *lp = blocks->lp;
    hash = mix(hash, 1);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int row = lp->row_index[k];
        hash = mix(hash, blocks->row_block[row] < 0 ? (uint64_t)row : ~(uint64_t)blocks->row_place[row]);
        hash = mix_number(hash, lp->value[k]);
    }
    return hash;
}

static uint64_t likeness_of(const struct fab_blocks *blocks, const struct fab_lp_block *block)
{
    const fab_lp *lp = blocks->lp;
    bool other = block->kind == FAB_BLOCK_OTHER;
    uint64_t hash = mix(0, block->kind);
    for (int p = 0; other && p < block->row_count; p++) {
        const struct fab_lp_row *row = &lp->row[blocks->row[block->first_row + p]];
        hash = mix_part(mix_part(hash, row->lower, block->size), row->upper, block->size);
    }
    for (int c = 0; c < fab_block_columns(block); c++) {
        int j = blocks->column[block->first_column + c];
        const struct fab_lp_column *column = &lp->column[j];
        hash = mix_column(blocks, hash, j);
        if (other)
            hash = mix(mix_part(mix_part(hash, column->lower, block->size), column->upper, block->size), column->integer);
    }
    return hash;
}

static void describe(struct fab_blocks *blocks, struct fab_lp_block *block)
{
    const struct fab_lp_row *row = &blocks->lp->row[blocks->row[block->first_row]];
    double size = isfinite(row->upper) ? fabs(row->upper) : fabs(row->lower);
    block->size = size > 0 && isfinite(size) ? size : 1;
    block->kind = is_settled(blocks, block) ? FAB_BLOCK_SETTLED : is_stream(blocks, block) ? FAB_BLOCK_STREAM : FAB_BLOCK_OTHER;
    block->likeness = likeness_of(blocks, block);
}

/* ---- in what order */

struct sorted {
    const struct fab_lp_block *block;
    const double *cost;
    int place;
};

static int compare_costs(const struct fab_lp_block *block, const double *a, const double *b)
{
    for (int c = 0; c < fab_block_columns(block); c++)
        if (a[c] != b[c])
            return a[c] > b[c] ? -1 : 1;
    return 0;
}

/* Dear ones first; of equal ones that of the lower number. */
static int compare_blocks(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    if (a->block->kind != b->block->kind)
        return a->block->kind < b->block->kind ? -1 : 1;
    if (a->block->likeness != b->block->likeness)
        return a->block->likeness < b->block->likeness ? -1 : 1;
    if (fab_block_columns(a->block) != fab_block_columns(b->block))
        return fab_block_columns(a->block) < fab_block_columns(b->block) ? -1 : 1;
    int costs = compare_costs(a->block, a->cost, b->cost);
    return costs ? costs : (a->place > b->place) - (a->place < b->place);
}

static bool sort(struct fab_blocks *blocks)
{
    struct sorted *sorted = malloc(((size_t)blocks->count + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    for (int b = 0; b < blocks->count; b++)
        sorted[b] = (struct sorted){&blocks->block[b], &blocks->cost[blocks->block[b].first_column], b};
    qsort(sorted, (size_t)blocks->count, sizeof *sorted, compare_blocks);
    for (int k = 0; k < blocks->count; k++)
        blocks->order[k] = sorted[k].place;
    free(sorted);
    return true;
}

bool fab_blocks_alike(const struct fab_blocks *blocks, int a, int b)
{
    const struct fab_lp_block *one = &blocks->block[a], *other = &blocks->block[b];
    return one->kind == other->kind && one->likeness == other->likeness && fab_block_columns(one) == fab_block_columns(other);
}

bool fab_blocks_cost_same(const struct fab_blocks *blocks, int a, int b)
{
    const struct fab_lp_block *one = &blocks->block[a], *other = &blocks->block[b];
    return compare_costs(one, &blocks->cost[one->first_column], &blocks->cost[other->first_column]) == 0;
}

bool fab_blocks_find(const fab_lp *lp, struct fab_blocks *blocks)
{
    *blocks = (struct fab_blocks){.lp = lp};
    if (!take(blocks, lp) || !find_rows(blocks, lp))
        return false;
    if (!find_columns(blocks, lp)) {
        blocks->count = 0;
        return true;
    }
    for (int b = 0; b < blocks->count; b++)
        describe(blocks, &blocks->block[b]);
    return sort(blocks);
}
