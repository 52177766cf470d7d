/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree_forward.h"

#include "tree_rows.h"
#include "try.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* A part below this is rounding. */
#define ROUNDING 1e-6

struct forward {
    struct fab_tree *tree;
    fab_lp_solution *now; /* with what is fixed so far */
    double *value;        /* [column_count] */
    double *sum;          /* [column_count] at `now` */
    struct fab_tree_rows rows;
    bool *decided; /* [column_count] */
};

/* ---- one moment ---- */

/* The value of a place: what is wanted, or the other one of the two whole numbers around when only that fits. */
static double choose(struct forward *forward, int place, double wanted, double other)
{
    const struct fab_tree *tree = forward->tree;
    fab_tree_rows_add(tree, &forward->rows, place, wanted - forward->value[place]);
    if (wanted == other || fab_tree_rows_hold(tree, &forward->rows, place))
        return wanted;
    fab_tree_rows_add(tree, &forward->rows, place, other - wanted);
    if (fab_tree_rows_hold(tree, &forward->rows, place))
        return other;
    fab_tree_rows_add(tree, &forward->rows, place, wanted - other);
    return wanted;
}

static double limited(const struct fab_tree *tree, int place, double value)
{
    return fmin(fmax(value, tree->lower[place]), tree->upper[place]);
}

/* Fixes what is decided at a moment; true in *moved when the point is another one. down: all parts are left out. */
static fab_status fix_moment(struct forward *forward, int moment, bool down, bool *moved)
{
    fab_status status = FAB_OK;
    struct fab_tree *tree = forward->tree;
    const struct fab_tree_asked *asked = tree->asked;
    fab_tree_sum(tree, forward->now->x, forward->sum);
    for (int p = 0; p < asked->column_count; p++) {
        forward->decided[p] = asked->when[p] <= moment;
        if (asked->when[p] >= moment)
            forward->value[p] = forward->now->x[asked->column[p]];
    }
    fab_tree_rows_sum(tree, &forward->rows, forward->decided, forward->value);
    for (int c = 0; c < asked->chain_count; c++) {
        const struct fab_chain *chain = &asked->chain[c];
        double last = 0;
        for (int p = chain->first; p < chain->first + chain->count && asked->when[p] <= moment; p++) {
            double below = limited(tree, p, floor(forward->sum[p] + ROUNDING) - last), above = limited(tree, p, ceil(forward->sum[p] - ROUNDING) - last);
            bool up = !down && forward->sum[p] - floor(forward->sum[p]) >= 1 - chain->up;
            if (asked->when[p] == moment) {
                forward->value[p] = choose(forward, p, up ? above : below, down || !up ? above : below);
                *moved = *moved || forward->now->x[asked->column[p]] != forward->value[p];
                TRY(fab_tree_fix(tree, p, forward->value[p], forward->value[p]));
            }
            last += forward->value[p];
        }
    }
out:
    return status;
}

static fab_status solve_moment(struct forward *forward, int moment, bool down, bool *done)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    bool moved = false;
    TRY(fix_moment(forward, moment, down, &moved));
    *done = !moved;
    if (!moved)
        goto out;
    forward->tree->trials++;
    TRY(fab_solver_give_basis(forward->tree->context, forward->tree->solver, forward->now->row_status, forward->now->column_status));
    TRY(fab_tree_solve(forward->tree, &found));
    *done = found && found->x && found->outcome == FAB_OPTIMAL;
    if (*done) {
        fab_lp_solution_free(forward->now);
        forward->now = found;
        found = NULL;
    }
out:
    fab_lp_solution_free(found);
    return status;
}

/* The next moment behind one; INT_MAX: none. */
static int next_moment(const struct fab_tree_asked *asked, int moment)
{
    int next = INT_MAX;
    for (int p = 0; p < asked->column_count; p++)
        if (asked->when[p] > moment && asked->when[p] < next)
            next = asked->when[p];
    return next;
}

static fab_status solve_root(struct forward *forward)
{
    fab_status status = FAB_OK;
    struct fab_tree *tree = forward->tree;
    TRY(fab_tree_release(tree));
    TRY(fab_solver_give_basis(tree->context, tree->solver, tree->root->row_status, tree->root->column_status));
    TRY(fab_tree_solve(tree, &forward->now));
out:
    return status;
}

fab_status fab_tree_forward(struct fab_tree *tree)
{
    fab_status status = FAB_OK;
    size_t count = (size_t)tree->asked->column_count + 1;
    struct forward forward = {.tree = tree, .value = calloc(count, sizeof(double)), .sum = calloc(count, sizeof(double)), .decided = calloc(count, sizeof(bool))};
    bool done, better = false;
    TRY_MEMORY(tree->context, forward.value && forward.sum && forward.decided);
    TRY(fab_tree_rows_init(tree, &forward.rows));
    TRY(solve_root(&forward));
    done = forward.now && forward.now->x;
    for (int moment = next_moment(tree->asked, INT_MIN); done && moment < INT_MAX; moment = next_moment(tree->asked, moment)) {
        TRY(solve_moment(&forward, moment, false, &done));
        if (!done && !tree->stopped)
            TRY(solve_moment(&forward, moment, true, &done));
    }
    if (done)
        TRY(fab_tree_take(tree, forward.value, &forward.now, &better));
    TRY(fab_tree_release(tree));
out:
    fab_lp_solution_free(forward.now);
    free(forward.value);
    free(forward.sum);
    free(forward.decided);
    fab_tree_rows_fini(&forward.rows);
    return status;
}
