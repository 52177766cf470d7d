/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree_point.h"

#include "interruption.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A gain below this share of the objective is none. */
#define SMALLEST_GAIN 1e-11

static void stop(struct fab_tree *tree)
{
    tree->stopped = true;
    if (fab_context_take_interruption(tree->context))
        tree->interrupted = true;
}

fab_status fab_tree_solve(struct fab_tree *tree, fab_lp_solution **found)
{
    fab_status status = fab_solver_solve(tree->context, tree->solver, tree->asked->options, found);
    if (status == FAB_INTERRUPTED) {
        stop(tree);
        return FAB_OK;
    }
    if (status == FAB_INTERNAL) /* no way gave an answer */
        return FAB_OK;
    if (status == FAB_OK && (*found)->outcome == FAB_LIMIT)
        stop(tree);
    return status;
}

fab_status fab_tree_fix(struct fab_tree *tree, int place, double lower, double upper)
{
    return fab_solver_set_column_limits(tree->context, tree->solver, tree->asked->column[place], lower, upper);
}

fab_status fab_tree_release(struct fab_tree *tree)
{
    fab_status status = FAB_OK;
    for (int p = 0; p < tree->asked->column_count; p++) {
        TRY(fab_tree_fix(tree, p, tree->lower[p], tree->upper[p]));
        if (tree->row[p] >= 0)
            TRY(fab_solver_set_row_limits(tree->context, tree->solver, tree->row[p], -(double)INFINITY, (double)INFINITY));
    }
out:
    return status;
}

/* What needs no solve: limits of the columns, and of rows that have no other columns. */
static bool is_allowed(struct fab_tree *tree, const double value[])
{
    const fab_lp *lp = fab_solver_program(tree->solver);
    memset(tree->work, 0, (size_t)tree->row_count * sizeof *tree->work);
    for (int p = 0; p < tree->asked->column_count; p++) {
        int j = tree->asked->column[p];
        if (value[p] < tree->lower[p] || value[p] > tree->upper[p])
            return false;
        for (int k = lp->start[j]; value[p] != 0 && k < lp->start[j + 1]; k++)
            if (lp->row_index[k] < tree->row_count)
                tree->work[lp->row_index[k]] += lp->value[k] * value[p];
    }
    for (int i = 0; i < tree->row_count; i++) {
        const struct fab_lp_row *row = &lp->row[i];
        double rounding = FAB_LP_FEASIBILITY * fmax(1, fabs(tree->work[i]));
        if (tree->pure[i] && (tree->work[i] > row->upper + rounding || tree->work[i] < row->lower - rounding))
            return false;
    }
    return true;
}

static bool is_at(const struct fab_tree *tree, const double x[], const double value[])
{
    for (int p = 0; p < tree->asked->column_count; p++)
        if (x[tree->asked->column[p]] != value[p] || value[p] != rint(value[p]))
            return false;
    return true;
}

fab_status fab_tree_take(struct fab_tree *tree, const double value[], fab_lp_solution **found, bool *better)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate;
    if (!*found || !(*found)->x || !is_at(tree, (*found)->x, value))
        return FAB_OK;
    TRY(fab_lp_check(tree->context, fab_solver_program(tree->solver), (*found)->x, (*found)->multiplier, &certificate));
    if (!fab_lp_is_feasible(&certificate) || (tree->best && !(certificate.objective > tree->objective + SMALLEST_GAIN * fmax(1, fabs(tree->objective)))))
        goto out;
    fab_lp_solution_free(tree->best);
    tree->best = *found;
    *found = NULL;
    tree->objective = certificate.objective;
    memcpy(tree->value, value, (size_t)tree->asked->column_count * sizeof *value);
    *better = true;
    fab_say(tree->context, FAB_LEVEL_DETAIL, "whole numbers: %.17g after %ld trials and %ld nodes", tree->objective, tree->trials, tree->nodes);
out:
    return status;
}

fab_status fab_tree_try(struct fab_tree *tree, const double value[], bool *better)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    const fab_lp_solution *start = tree->best ? tree->best : tree->root;
    *better = false;
    if (tree->stopped || !is_allowed(tree, value))
        return FAB_OK;
    tree->trials++;
    TRY(fab_tree_release(tree));
    for (int p = 0; p < tree->asked->column_count; p++)
        TRY(fab_tree_fix(tree, p, value[p], value[p]));
    TRY(fab_solver_give_basis(tree->context, tree->solver, start->row_status, start->column_status));
    TRY(fab_tree_solve(tree, &found));
    TRY(fab_tree_take(tree, value, &found, better));
    TRY(fab_tree_release(tree));
out:
    fab_lp_solution_free(found);
    return status;
}

void fab_tree_sum(const struct fab_tree *tree, const double x[], double sum[])
{
    for (int c = 0; c < tree->asked->chain_count; c++) {
        const struct fab_chain *chain = &tree->asked->chain[c];
        double total = 0;
        for (int p = chain->first; p < chain->first + chain->count; p++)
            sum[p] = total += x[tree->asked->column[p]];
    }
}

double fab_tree_cutoff(const struct fab_tree *tree)
{
    return tree->best ? tree->objective + tree->asked->gap * fmax(1, fabs(tree->objective)) : -(double)INFINITY;
}
