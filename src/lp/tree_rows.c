/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree_rows.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

fab_status fab_tree_rows_init(struct fab_tree *tree, struct fab_tree_rows *rows)
{
    fab_status status = FAB_OK;
    rows->most = calloc((size_t)tree->row_count + 1, sizeof *rows->most);
    rows->least = calloc((size_t)tree->row_count + 1, sizeof *rows->least);
    TRY_MEMORY(tree->context, rows->most && rows->least);
out:
    return status;
}

void fab_tree_rows_fini(struct fab_tree_rows *rows)
{
    free(rows->most);
    free(rows->least);
}

/* The least and the most that a column adds to its rows. */
static void add(const struct fab_tree *tree, struct fab_tree_rows *rows, int place, double lower, double upper)
{
    const fab_lp *lp = fab_solver_program(tree->solver);
    int column = tree->asked->column[place];
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int i = lp->row_index[k];
        if (i >= tree->row_count || !tree->pure[i])
            continue;
        rows->most[i] += fmin(lp->value[k] * lower, lp->value[k] * upper);
        rows->least[i] += fmax(lp->value[k] * lower, lp->value[k] * upper);
    }
}

void fab_tree_rows_sum(const struct fab_tree *tree, struct fab_tree_rows *rows, const bool decided[], const double value[])
{
    for (int i = 0; i < tree->row_count; i++)
        rows->most[i] = rows->least[i] = 0;
    for (int p = 0; p < tree->asked->column_count; p++)
        add(tree, rows, p, decided[p] ? value[p] : tree->lower[p], decided[p] ? value[p] : tree->upper[p]);
}

void fab_tree_rows_add(const struct fab_tree *tree, struct fab_tree_rows *rows, int place, double change)
{
    add(tree, rows, place, change, change);
}

bool fab_tree_rows_hold(const struct fab_tree *tree, const struct fab_tree_rows *rows, int place)
{
    const fab_lp *lp = fab_solver_program(tree->solver);
    int column = tree->asked->column[place];
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int i = lp->row_index[k];
        if (i >= tree->row_count || !tree->pure[i])
            continue;
        double rounding = FAB_LP_FEASIBILITY * fmax(1, fmax(fabs(rows->most[i]), fabs(rows->least[i])));
        if (rows->most[i] > lp->row[i].upper + rounding || rows->least[i] < lp->row[i].lower - rounding)
            return false;
    }
    return true;
}
