/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree_find.h"

#include "array.h"
#include "tree_dive.h"
#include "tree_forward.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A part below this is rounding. */
#define ROUNDING 1e-6

/* Solves that moves of the first point may take. */
enum { MOST_TRIALS = 300 };
/* Moves that are made at once at first, and single moves that are tried from one point. */
enum { MOST_TOGETHER = 8, MOST_SINGLE = 40 };

/* ---- rounding ---- */

/* value[]: the steps of the sums, of which a part of 1 - up or more counts as one. */
static void round_sums(const struct fab_tree *tree, const double sum[], double up, double value[])
{
    for (int c = 0; c < tree->asked->chain_count; c++) {
        const struct fab_chain *chain = &tree->asked->chain[c];
        double last = 0;
        for (int p = chain->first; p < chain->first + chain->count; p++) {
            double total = fmax(last, floor(sum[p] + fmin(fmax(isnan(up) ? chain->up : up, ROUNDING), 1 - ROUNDING)));
            value[p] = fmin(total - last, tree->upper[p]);
            last += value[p];
        }
    }
}

static fab_status try_rounded(struct fab_tree *tree, const double x[], double up, bool *better)
{
    fab_status status = FAB_OK;
    size_t count = (size_t)tree->asked->column_count + 1;
    double *sum = malloc(count * sizeof *sum), *value = malloc(count * sizeof *value);
    TRY_MEMORY(tree->context, sum && value);
    fab_tree_sum(tree, x, sum);
    round_sums(tree, sum, up, value);
    TRY(fab_tree_try(tree, value, better));
out:
    free(sum);
    free(value);
    return status;
}

/* ---- moves ---- */

/* One decision less at a place, one more at another of its chain; -1: none. */
struct move {
    int chain, from, to;
    double most; /* what the reduced costs of the best point let it gain: the optimum of the rest is concave in the whole columns, so that it gains no more */
};

struct moves {
    struct move *move;
    int count, capacity;
    bool failed; /* memory was short */
};

static void add_move(const struct fab_tree *tree, struct moves *moves, int chain, int from, int to)
{
    const double *reduced = tree->best->reduced_cost;
    const int *column = tree->asked->column;
    if ((from >= 0 && tree->value[from] - 1 < tree->lower[from]) || (to >= 0 && tree->value[to] + 1 > tree->upper[to]))
        return;
    double most = (to >= 0 ? reduced[column[to]] : 0) - (from >= 0 ? reduced[column[from]] : 0);
    if (!(most > 0))
        return;
    if (moves->failed || !FAB_ARRAY_ROOM(&moves->move, moves->count, &moves->capacity)) {
        moves->failed = true;
        return;
    }
    moves->move[moves->count++] = (struct move){chain, from, to, most};
}

/* The place where one more gains most, and where one less does. */
static void find_ends(const struct fab_tree *tree, const struct fab_chain *chain, int *more, int *less)
{
    const double *reduced = tree->best->reduced_cost;
    *more = *less = -1;
    for (int p = chain->first; p < chain->first + chain->count; p++) {
        double gain = reduced[tree->asked->column[p]];
        if (tree->value[p] + 1 <= tree->upper[p] && (*more < 0 || gain > reduced[tree->asked->column[*more]]))
            *more = p;
        if (tree->value[p] - 1 >= tree->lower[p] && (*less < 0 || gain < reduced[tree->asked->column[*less]]))
            *less = p;
    }
}

static int compare_moves(const void *left, const void *right)
{
    const struct move *a = left, *b = right;
    if (a->most != b->most)
        return a->most > b->most ? -1 : 1;
    return a->chain != b->chain ? a->chain - b->chain : a->from != b->from ? a->from - b->from : a->to - b->to;
}

static void find_moves(const struct fab_tree *tree, struct moves *moves)
{
    moves->count = 0;
    for (int c = 0; c < tree->asked->chain_count; c++) {
        const struct fab_chain *chain = &tree->asked->chain[c];
        int more, less;
        find_ends(tree, chain, &more, &less);
        if (more >= 0)
            add_move(tree, moves, c, -1, more);
        if (less >= 0)
            add_move(tree, moves, c, less, -1);
        if (more >= 0 && less >= 0 && more != less)
            add_move(tree, moves, c, less, more);
        for (int p = chain->first; p + 1 < chain->first + chain->count; p++) {
            add_move(tree, moves, c, p, p + 1);
            add_move(tree, moves, c, p + 1, p);
        }
    }
    if (moves->count > 0)
        qsort(moves->move, (size_t)moves->count, sizeof *moves->move, compare_moves);
}

/* Makes up to `most` moves, each of another chain, from the first one on; their count. */
static int make_moves(const struct fab_tree *tree, const struct moves *moves, int most, double value[], bool moved[])
{
    int made = 0;
    memcpy(value, tree->value, (size_t)tree->asked->column_count * sizeof *value);
    memset(moved, 0, (size_t)tree->asked->chain_count * sizeof *moved);
    for (int m = 0; m < moves->count && made < most; m++) {
        const struct move *move = &moves->move[m];
        if (moved[move->chain])
            continue;
        moved[move->chain] = true;
        made++;
        if (move->from >= 0)
            value[move->from]--;
        if (move->to >= 0)
            value[move->to]++;
    }
    return made;
}

/* Many moves at once, then half of them, down to two; then one after the other. *better: one of that was. */
static fab_status try_moves(struct fab_tree *tree, const struct moves *moves, long last, double value[], bool moved[], bool *better)
{
    fab_status status = FAB_OK;
    int made = make_moves(tree, moves, MOST_TOGETHER, value, moved);
    *better = false;
    while (made > 1 && !*better && tree->trials < last && !tree->stopped) {
        TRY(fab_tree_try(tree, value, better));
        made = make_moves(tree, moves, made / 2, value, moved);
    }
    for (int m = 0; m < moves->count && m < MOST_SINGLE && !*better && tree->trials < last && !tree->stopped; m++) {
        const struct moves single = {&moves->move[m], 1, 0, false};
        make_moves(tree, &single, 1, value, moved);
        TRY(fab_tree_try(tree, value, better));
    }
out:
    return status;
}

/* As long as moves make the best point better. */
static fab_status improve(struct fab_tree *tree, int trials)
{
    fab_status status = FAB_OK;
    struct moves moves = {0};
    long last = tree->trials + trials;
    bool better = tree->best != NULL, *moved = malloc((size_t)tree->asked->chain_count + 1);
    double *value = malloc(((size_t)tree->asked->column_count + 1) * sizeof *value);
    TRY_MEMORY(tree->context, moved && value);
    while (better && tree->trials < last && !tree->stopped) {
        find_moves(tree, &moves);
        TRY_MEMORY(tree->context, !moves.failed);
        TRY(try_moves(tree, &moves, last, value, moved, &better));
    }
out:
    free(moves.move);
    free(moved);
    free(value);
    return status;
}

/* ---- all of them ---- */

fab_status fab_tree_round(struct fab_tree *tree, const double x[], int trials)
{
    fab_status status = FAB_OK;
    bool better;
    TRY(try_rounded(tree, x, (double)NAN, &better));
    if (!better && !tree->best)
        TRY(try_rounded(tree, x, 0, &better));
    if (better)
        TRY(improve(tree, trials));
out:
    return status;
}

fab_status fab_tree_find(struct fab_tree *tree)
{
    fab_status status = FAB_OK;
    bool better;
    TRY(try_rounded(tree, tree->root->x, (double)NAN, &better));
    TRY(fab_tree_forward(tree));
    TRY(fab_tree_dive(tree));
    if (!tree->best)
        TRY(try_rounded(tree, tree->root->x, 0, &better));
    TRY(improve(tree, MOST_TRIALS));
out:
    return status;
}
