/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree_dive.h"

#include "tree_rows.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A part below this is rounding. */
#define ROUNDING 1e-6
/* A way that costs less than this share of the objective is kept without looking at others. */
#define CHEAP 2e-5

/* Which part of one is left out: little, half of it, most of it. */
static const double ways[] = {0.05, 0.5, 0.85};
enum { WAYS = sizeof ways / sizeof *ways };

struct dive {
    struct fab_tree *tree;
    struct fab_tree_rows rows;
    fab_lp_solution *now, *best; /* with the chains so far; the best way of the present chain */
    double *value, *wanted, *sum; /* [column_count] */
    bool *decided;                /* [column_count] */
    int *order;                   /* [chain_count] the dearest first */
    double *price;                /* [chain_count] */
};

static double objective_at(const struct fab_tree *tree, const fab_lp_solution *solution)
{
    const fab_lp *lp = fab_solver_program(tree->solver);
    double objective = lp->objective_constant;
    for (int j = 0; j < lp->column_count; j++)
        objective += lp->column[j].objective * solution->x[j];
    return objective;
}

/* wanted[] of a chain: the sums up, where their part is above what is left out; a step that the rows do not let through is left for the next moment. */
static void round_chain(struct dive *dive, const struct fab_chain *chain, double left)
{
    const struct fab_tree *tree = dive->tree;
    double last = 0;
    for (int p = chain->first; p < chain->first + chain->count; p++) {
        dive->decided[p] = true;
        dive->wanted[p] = 0;
    }
    fab_tree_rows_sum(tree, &dive->rows, dive->decided, dive->wanted);
    for (int p = chain->first; p < chain->first + chain->count; p++) {
        double total = fmax(last, ceil(dive->sum[p] - left - ROUNDING));
        double value = fmin(fmax(total - last, tree->lower[p]), tree->upper[p]);
        fab_tree_rows_add(tree, &dive->rows, p, value);
        while (value > tree->lower[p] && !fab_tree_rows_hold(tree, &dive->rows, p)) {
            fab_tree_rows_add(tree, &dive->rows, p, -1);
            value--;
        }
        last += dive->wanted[p] = value;
    }
}

static fab_status fix_chain(struct dive *dive, const struct fab_chain *chain)
{
    fab_status status = FAB_OK;
    for (int p = chain->first; p < chain->first + chain->count; p++)
        TRY(fab_tree_fix(dive->tree, p, dive->wanted[p], dive->wanted[p]));
out:
    return status;
}

/* The way that is wanted, when it is better than those before it. */
static fab_status try_way(struct dive *dive, const struct fab_chain *chain)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    struct fab_tree *tree = dive->tree;
    size_t size = (size_t)chain->count * sizeof *dive->value;
    TRY(fix_chain(dive, chain));
    TRY(fab_solver_give_basis(tree->context, tree->solver, dive->now->row_status, dive->now->column_status));
    tree->trials++;
    TRY(fab_tree_solve(tree, &found));
    if (!found || !found->x || found->outcome != FAB_OPTIMAL || (dive->best && objective_at(tree, found) <= objective_at(tree, dive->best)))
        goto out;
    fab_lp_solution_free(dive->best);
    dive->best = found;
    found = NULL;
    memcpy(dive->value + chain->first, dive->wanted + chain->first, size);
out:
    fab_lp_solution_free(found);
    return status;
}

/* What is left out in a way: of what is rounded up always or never, everything or nothing, the usual first. */
static double way_of(const struct fab_chain *chain, int way)
{
    bool everything = (chain->up > 0) == (way > 0);
    return chain->up > 0 && chain->up < 1 ? ways[way] : everything ? 1 - ROUNDING : ROUNDING;
}

/* A chain: the first way that costs next to nothing, else the best of all. False in *done when none has an answer. */
static fab_status dive_into(struct dive *dive, const struct fab_chain *chain, bool *done)
{
    fab_status status = FAB_OK;
    struct fab_tree *tree = dive->tree;
    double before = objective_at(tree, dive->now);
    bool enough = false;
    fab_tree_sum(tree, dive->now->x, dive->sum);
    for (int w = 0; w < WAYS && !enough && !tree->stopped; w++) {
        double left = way_of(chain, w);
        double *kept = dive->value + chain->first;
        round_chain(dive, chain, left);
        if (dive->best && memcmp(kept, dive->wanted + chain->first, (size_t)chain->count * sizeof *kept) == 0)
            continue;
        TRY(try_way(dive, chain));
        enough = dive->best && before - objective_at(tree, dive->best) <= CHEAP * fmax(1, fabs(before));
    }
    *done = dive->best != NULL;
    if (!*done)
        goto out;
    memcpy(dive->wanted + chain->first, dive->value + chain->first, (size_t)chain->count * sizeof *dive->value);
    TRY(fix_chain(dive, chain));
    fab_lp_solution_free(dive->now);
    dive->now = dive->best;
    dive->best = NULL;
    fab_say(tree->context, FAB_LEVEL_DETAIL, "whole numbers: %s, at most %.17g with what is fixed", fab_solver_program(tree->solver)->column[tree->asked->column[chain->first]].name, objective_at(tree, dive->now));
out:
    return status;
}

/* By price, the dearest first; chains of one price in their order. */
static void sort_chains(struct dive *dive)
{
    const struct fab_tree_asked *asked = dive->tree->asked;
    const fab_lp *lp = fab_solver_program(dive->tree->solver);
    for (int c = 0; c < asked->chain_count; c++) {
        int k = c;
        dive->price[c] = 0;
        for (int p = asked->chain[c].first; p < asked->chain[c].first + asked->chain[c].count; p++)
            dive->price[c] = fmax(dive->price[c], fabs(lp->column[asked->column[p]].objective));
        for (; k > 0 && dive->price[dive->order[k - 1]] < dive->price[c]; k--)
            dive->order[k] = dive->order[k - 1];
        dive->order[k] = c;
    }
}

static fab_status begin(struct dive *dive)
{
    fab_status status = FAB_OK;
    struct fab_tree *tree = dive->tree;
    size_t count = (size_t)tree->asked->column_count + 1, chains = (size_t)tree->asked->chain_count + 1;
    TRY_MEMORY(tree->context, (dive->value = calloc(count, sizeof *dive->value)) && (dive->wanted = calloc(count, sizeof *dive->wanted)) && (dive->sum = calloc(count, sizeof *dive->sum)));
    TRY_MEMORY(tree->context, (dive->decided = calloc(count, sizeof *dive->decided)) && (dive->order = calloc(chains, sizeof *dive->order)) && (dive->price = calloc(chains, sizeof *dive->price)));
    TRY(fab_tree_rows_init(tree, &dive->rows));
    sort_chains(dive);
    TRY(fab_tree_release(tree));
    TRY(fab_solver_give_basis(tree->context, tree->solver, tree->root->row_status, tree->root->column_status));
    TRY(fab_tree_solve(tree, &dive->now));
out:
    return status;
}

static void end(struct dive *dive)
{
    fab_lp_solution_free(dive->now);
    fab_lp_solution_free(dive->best);
    fab_tree_rows_fini(&dive->rows);
    free(dive->value);
    free(dive->wanted);
    free(dive->sum);
    free(dive->decided);
    free(dive->order);
    free(dive->price);
}

fab_status fab_tree_dive(struct fab_tree *tree)
{
    fab_status status = FAB_OK;
    struct dive dive = {.tree = tree};
    bool done, better = false;
    if (tree->stopped)
        return FAB_OK;
    TRY(begin(&dive));
    done = dive.now && dive.now->x;
    for (int k = 0; k < tree->asked->chain_count && done; k++)
        TRY(dive_into(&dive, &tree->asked->chain[dive.order[k]], &done));
    if (done)
        TRY(fab_tree_take(tree, dive.value, &dive.now, &better));
    TRY(fab_tree_release(tree));
out:
    end(&dive);
    return status;
}
