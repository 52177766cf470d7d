/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

#include "array.h"
#include "ladder.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As many sums as a program has about to begin with, of how many blocks each at least on the average, and parts of a sum that is split. */
enum { FIRST_SUMS = 1000, LEAST_SHARED = 8, PARTS = 8, MOST_ROUNDS = 40 };
/* Blocks of one cost are sums of their own from the beginning while there are no more of them. */
enum { FEW_COSTS = 2000 };
/* Folding must leave less than this share of the blocks. */
#define WORTH_FOLDING 0.5
/* A column is as good as the best one if it is worth less by no more than this share of the money in it. */
#define AS_GOOD 1e-12
/* Less than this share of a sum is nothing. */
#define NOTHING 1e-12

static void fold_fini(struct fab_fold *fold)
{
    fab_blocks_fini(&fold->blocks);
    fab_lp_free(fold->lp);
    free(fold->bucket);
    free(fold->row_place);
    free(fold->column_place);
    free(fold->settled);
}

/* ---- sums */

static bool add_bucket(struct fab_fold *fold, int from, int to)
{
    const struct fab_blocks *blocks = &fold->blocks;
    long double size = 0;
    if (!FAB_ARRAY_ROOM(&fold->bucket, fold->bucket_count, &fold->bucket_capacity))
        return false;
    for (int k = from; k < to; k++)
        size += blocks->block[blocks->order[k]].size;
    fold->bucket[fold->bucket_count++] =
        (struct fab_bucket){.from = from, .to = to, .even = fab_blocks_cost_same(blocks, blocks->order[from], blocks->order[to - 1]), .size = (double)size};
    return true;
}

/* Where the run of blocks that begins at `from` ends: alike, and of one cost where asked. */
static int end_of_run(const struct fab_blocks *blocks, int from, bool cost)
{
    int to = from + 1;
    while (to < blocks->count && fab_blocks_alike(blocks, blocks->order[from], blocks->order[to]) && (!cost || fab_blocks_cost_same(blocks, blocks->order[from], blocks->order[to])))
        to++;
    return to;
}

static int count_runs(const struct fab_blocks *blocks, int first, bool cost)
{
    int runs = 0;
    for (int from = first; from < blocks->count; from = end_of_run(blocks, from, cost))
        runs++;
    return runs;
}

static int first_open(const struct fab_blocks *blocks)
{
    int first = 0;
    while (first < blocks->count && blocks->block[blocks->order[first]].kind == FAB_BLOCK_SETTLED)
        first++;
    return first;
}

/* Cuts a run into parts of about `most` blocks, never between two of one cost. */
static bool cut_run(struct fab_fold *fold, int from, int to, int most)
{
    const struct fab_blocks *blocks = &fold->blocks;
    while (from < to) {
        int end = from + most < to ? from + most : to;
        while (end < to && fab_blocks_cost_same(blocks, blocks->order[end - 1], blocks->order[end]))
            end++;
        if (!add_bucket(fold, from, end))
            return false;
        from = end;
    }
    return true;
}

/* The first sums, and whether they are few enough. */
static bool make_buckets(struct fab_fold *fold, bool *pays)
{
    const struct fab_blocks *blocks = &fold->blocks;
    int first = first_open(blocks), like = count_runs(blocks, first, false);
    int costs = count_runs(blocks, first, true), sums = blocks->count / LEAST_SHARED < FIRST_SUMS ? blocks->count / LEAST_SHARED : FIRST_SUMS;
    bool by_cost = costs <= FEW_COSTS && costs <= blocks->count / LEAST_SHARED;
    int parts = sums / (like + 1) + 1;
    for (int from = first; from < blocks->count;) {
        bool stream = blocks->block[blocks->order[from]].kind == FAB_BLOCK_STREAM;
        int to = end_of_run(blocks, from, by_cost || !stream);
        if (!cut_run(fold, from, to, by_cost || !stream ? to - from : (to - from + parts - 1) / parts))
            return false;
        from = to;
    }
    *pays = fold->bucket_count < WORTH_FOLDING * blocks->count;
    return true;
}

/* ---- what is settled */

/* The one column that moves takes what the fixed ones leave. */
static void settle(struct fab_fold *fold, const struct fab_lp_block *block)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    double rest = lp->row[blocks->row[block->first_row]].upper, coefficient = 1;
    for (int c = block->column_count - 1; c >= 0; c--) {
        int j = blocks->column[block->first_column + c];
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (blocks->row_block[lp->row_index[k]] >= 0)
                coefficient = lp->value[k];
        fold->settled[j] = c < block->moving ? fmin(fmax(rest / coefficient, lp->column[j].lower), lp->column[j].upper) : lp->column[j].lower;
        rest -= coefficient * fold->settled[j];
    }
}

/* ---- the folded program */

/* What settled blocks put into the shared rows, and into the objective at last. */
static void add_settled(struct fab_fold *fold, long double *shift, long double *money)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    int open = first_open(blocks);
    for (int n = 0; n < open; n++) {
        const struct fab_lp_block *block = &blocks->block[blocks->order[n]];
        settle(fold, block);
        for (int c = block->first_column; c < block->first_column + block->column_count; c++) {
            int j = blocks->column[c];
            *money += (long double)lp->column[j].objective * fold->settled[j];
            for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
                shift[lp->row_index[k]] += (long double)lp->value[k] * fold->settled[j];
        }
    }
}

static bool fold_shared_rows(struct fab_fold *fold, const long double *shift)
{
    const fab_lp *lp = fold->blocks.lp;
    for (int i = 0; i < lp->row_count; i++) {
        fold->row_place[i] = -1;
        if (fold->blocks.row_block[i] >= 0)
            continue;
        const struct fab_lp_row *row = &lp->row[i];
        fold->row_place[i] = fab_lp_add_row(fold->lp, row->name, (double)(row->lower - shift[i]), (double)(row->upper - shift[i]));
        if (fold->row_place[i] < 0)
            return false;
    }
    return true;
}

static bool put_terms(struct fab_fold *fold, int j, int column, int first_row)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        int i = lp->row_index[k], row = fold->row_place[i] >= 0 ? fold->row_place[i] : first_row + blocks->row_place[i];
        if (!fab_lp_add(fold->lp, row, column, lp->value[k]))
            return false;
    }
    return true;
}

static bool fold_lone_columns(struct fab_fold *fold)
{
    const fab_lp *lp = fold->blocks.lp;
    for (int j = 0; j < lp->column_count; j++) {
        fold->column_place[j] = -1;
        if (fold->blocks.column_block[j] >= 0)
            continue;
        const struct fab_lp_column *column = &lp->column[j];
        fold->column_place[j] = fab_lp_add_column(fold->lp, column->name, column->lower, column->upper, column->objective);
        if (fold->column_place[j] < 0 || !put_terms(fold, j, fold->column_place[j], 0))
            return false;
    }
    return true;
}

static bool fold_rows(struct fab_fold *fold, struct fab_bucket *bucket)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    const struct fab_lp_block *first = &blocks->block[blocks->order[bucket->from]];
    bucket->row = fold->lp->row_count;
    for (int p = 0; p < first->row_count; p++) {
        long double lower = 0, upper = 0;
        for (int k = bucket->from; k < bucket->to; k++) {
            const struct fab_lp_row *row = &lp->row[blocks->row[blocks->block[blocks->order[k]].first_row + p]];
            lower += row->lower;
            upper += row->upper;
        }
        if (fab_lp_add_row(fold->lp, lp->row[blocks->row[first->first_row + p]].name, (double)lower, (double)upper) < 0)
            return false;
    }
    return true;
}

/* The sum of a column over the members, at their mean cost. */
static bool fold_column(struct fab_fold *fold, const struct fab_bucket *bucket, int c)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    long double lower = 0, upper = 0, money = 0;
    int first = blocks->block[blocks->order[bucket->from]].first_column + c, j = blocks->column[first];
    for (int k = bucket->from; k < bucket->to; k++) {
        const struct fab_lp_block *block = &blocks->block[blocks->order[k]];
        const struct fab_lp_column *column = &lp->column[blocks->column[block->first_column + c]];
        lower += column->lower;
        upper += column->upper;
        money += (long double)column->objective * block->size;
    }
    double cost = bucket->even ? blocks->cost[first] : (double)(money / bucket->size);
    int column = fab_lp_add_column(fold->lp, lp->column[j].name, (double)lower, (double)upper, cost);
    return column >= 0 && put_terms(fold, j, column, bucket->row);
}

static bool fold_buckets(struct fab_fold *fold)
{
    const struct fab_blocks *blocks = &fold->blocks;
    for (int n = 0; n < fold->bucket_count; n++) {
        struct fab_bucket *bucket = &fold->bucket[n];
        if (!fold_rows(fold, bucket))
            return false;
        bucket->column = fold->lp->column_count;
        for (int c = 0; c < fab_block_columns(&blocks->block[blocks->order[bucket->from]]); c++)
            if (!fold_column(fold, bucket, c))
                return false;
    }
    return true;
}

static fab_status fold_program(fab_context *context, struct fab_fold *fold)
{
    const fab_lp *lp = fold->blocks.lp;
    fab_status status = FAB_OK;
    long double money = lp->objective_constant, *shift = calloc((size_t)lp->row_count + 1, sizeof *shift);
    TRY_MEMORY(context, shift);
    fab_lp_free(fold->lp);
    TRY_MEMORY(context, fold->lp = fab_lp_new(lp->title));
    add_settled(fold, shift, &money);
    fold->lp->objective_constant = (double)money;
    TRY_MEMORY(context, fold_shared_rows(fold, shift) && fold_lone_columns(fold) && fold_buckets(fold));
    TRY(fab_lp_seal(context, fold->lp));
out:
    free(shift);
    return status;
}

/* ---- rounds */

/* What the columns of a sum's members cost in the shared rows: [c]. */
static void price_columns(const struct fab_fold *fold, const struct fab_bucket *bucket, const double *multiplier, double *price, double *money)
{
    const struct fab_blocks *blocks = &fold->blocks;
    const fab_lp *lp = blocks->lp;
    const struct fab_lp_block *first = &blocks->block[blocks->order[bucket->from]];
    for (int c = 0; c < first->moving; c++) {
        int j = blocks->column[first->first_column + c];
        price[c] = money[c] = 0;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            int row = fold->row_place[lp->row_index[k]];
            double term = row < 0 ? 0 : lp->value[k] * multiplier[row];
            price[c] += term;
            money[c] = fmax(money[c], fabs(term));
        }
    }
}

/* The column that a member would have, the one given to the sum if that is as good; *content false when a column was given that is not. */
static int wanted(const struct fab_fold *fold, const struct fab_bucket *bucket, int member, const double *const price_money[2], const double *x, bool *content)
{
    const struct fab_lp_block *block = &fold->blocks.block[fold->blocks.order[member]];
    const double *cost = &fold->blocks.cost[block->first_column], *price = price_money[0], *money = price_money[1];
    int best = 0;
    for (int c = 1; c < block->moving; c++)
        if (cost[c] - price[c] > cost[best] - price[best])
            best = c;
    for (int c = 0; c < block->moving; c++)
        if (x[bucket->column + c] > NOTHING * bucket->size &&
            cost[c] - price[c] < cost[best] - price[best] - AS_GOOD * fmax(fmax(fabs(cost[c]), money[c]), fmax(fabs(cost[best]), money[best])))
            *content = false;
    return best;
}

/* Splits a sum where its members want different things, and into PARTS. */
static bool split(struct fab_fold *fold, struct fab_bucket bucket, const int *want)
{
    int most = (bucket.to - bucket.from + PARTS - 1) / PARTS;
    for (int from = bucket.from; from < bucket.to;) {
        int to = from + 1;
        while (to < bucket.to && want[to] == want[from])
            to++;
        if (!cut_run(fold, from, to, most))
            return false;
        from = to;
    }
    return true;
}

/* The sums of the next round; *more says whether any was split. */
static fab_status refine(fab_context *context, struct fab_fold *fold, const fab_lp_solution *solution, bool *more)
{
    fab_status status = FAB_OK;
    int count = fold->bucket_count, columns = fold->lp->column_count + 1;
    struct fab_bucket *before = fold->bucket;
    int *want = malloc(((size_t)fold->blocks.count + 1) * sizeof *want);
    double *price = malloc((size_t)columns * sizeof *price), *money = malloc((size_t)columns * sizeof *money);
    fold->bucket = NULL;
    fold->bucket_count = fold->bucket_capacity = 0;
    *more = false;
    TRY_MEMORY(context, want && price && money);
    for (int n = 0; n < count; n++) {
        bool content = true;
        if (!before[n].even)
            price_columns(fold, &before[n], solution->multiplier, price, money);
        for (int k = before[n].from; !before[n].even && k < before[n].to; k++)
            want[k] = wanted(fold, &before[n], k, (const double *const[2]){price, money}, solution->x, &content);
        TRY_MEMORY(context, content ? add_bucket(fold, before[n].from, before[n].to) : split(fold, before[n], want));
        *more = *more || !content;
        if (content) { /* where it stands in the program of this round, which may be the last */
            fold->bucket[fold->bucket_count - 1].row = before[n].row;
            fold->bucket[fold->bucket_count - 1].column = before[n].column;
        }
    }
out:
    free(before);
    free(want);
    free(price);
    free(money);
    return status;
}

static fab_status solve_folded(fab_context *context, struct fab_fold *fold, const struct fab_engine_watch *watch, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    struct fab_lp_factors factors = {0};
    struct fab_ladder ladder = {.deadline = watch->deadline, .watch = watch};
    TRY(fold_program(context, fold));
    TRY(fab_lp_scale(context, fold->lp, &factors));
    fold->lp->method = fold->blocks.lp->method;
    ladder.lp = fold->lp;
    ladder.factors = &factors;
    TRY_MEMORY(context, ladder.engine = fab_engine_new(fold->lp, &factors));
    fab_engine_begin(ladder.engine, watch);
    TRY(fab_ladder_climb(context, &ladder, solution));
out:
    fab_engine_free(ladder.engine);
    fab_lp_factors_fini(&factors);
    return status;
}

/* Rounds until nobody wants anything else, or there is no answer to refine. */
static fab_status solve_rounds(fab_context *context, struct fab_fold *fold, const struct fab_engine_watch *watch, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    long iterations = 0;
    bool more = true;
    for (int round = 0; more && round < MOST_ROUNDS; round++) {
        fab_lp_solution_free(*solution);
        *solution = NULL;
        TRY(solve_folded(context, fold, watch, solution));
        iterations += (*solution)->iterations;
        fab_say(context, FAB_LEVEL_DETAIL, "%d rows of blocks folded into %d, round %d", fab_blocks_rows(fold->blocks.lp), fold->bucket_count, round + 1);
        more = false;
        if ((*solution)->outcome == FAB_OPTIMAL)
            TRY(refine(context, fold, *solution, &more));
    }
    (*solution)->iterations = iterations;
out:
    return status;
}

static bool take_places(struct fab_fold *fold, const fab_lp *lp)
{
    fold->row_place = malloc(((size_t)lp->row_count + 1) * sizeof *fold->row_place);
    fold->column_place = malloc(((size_t)lp->column_count + 1) * sizeof *fold->column_place);
    fold->settled = calloc((size_t)lp->column_count + 1, sizeof *fold->settled);
    return fold->row_place && fold->column_place && fold->settled;
}

/* An answer that is proven for the whole program, or what says that there is none or no time. */
static fab_status take_whole(fab_context *context, const struct fab_fold *fold, fab_lp_solution **folded, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate;
    fab_lp_solution *whole = NULL;
    if (!(*folded)->x) {
        *solution = *folded;
        *folded = NULL;
        return FAB_OK;
    }
    TRY(fab_fold_open_out(context, fold, *folded, &whole));
    TRY(fab_lp_check(context, fold->blocks.lp, whole->x, whole->multiplier, &certificate));
    fab_say(context, FAB_LEVEL_DETAIL, "check of the whole program: objective %.17g, gap %.3g, rows %.3g, columns %.3g", certificate.objective, certificate.gap,
            certificate.row_residual, certificate.column_residual);
    if (certificate.verified || (whole->outcome == FAB_LIMIT && fab_lp_is_feasible(&certificate))) {
        *solution = whole;
        whole = NULL;
    }
out:
    fab_lp_solution_free(whole);
    return status;
}

fab_status fab_fold_solve(fab_context *context, const fab_lp *lp, int least, const struct fab_engine_watch *watch, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    struct fab_fold fold = {0};
    fab_lp_solution *folded = NULL;
    bool pays = false;
    *solution = NULL;
    if (fab_blocks_rows(lp) < least)
        return FAB_OK;
    TRY_MEMORY(context, fab_blocks_find(lp, &fold.blocks) && take_places(&fold, lp) && make_buckets(&fold, &pays));
    if (!pays)
        goto out;
    status = solve_rounds(context, &fold, watch, &folded);
    if (status == FAB_INTERNAL) /* the whole program may be kinder */
        status = FAB_OK;
    else if (status == FAB_OK)
        TRY(take_whole(context, &fold, &folded, solution));
out:
    fab_lp_solution_free(folded);
    fold_fini(&fold);
    return status;
}
