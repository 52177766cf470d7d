/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"

#include "array.h"

#include <stdlib.h>

int fab_lp_add_row(fab_lp *lp, const char *name, double lower, double upper)
{
    if (!FAB_ARRAY_ROOM(&lp->row, lp->row_count, &lp->row_capacity))
        return -1;
    lp->row[lp->row_count] = (struct fab_lp_row){.name = name, .lower = lower, .upper = upper, .tag = FAB_NO_TAG};
    lp->sealed = false;
    return lp->row_count++;
}

int fab_lp_add_column(fab_lp *lp, const char *name, double lower, double upper, double objective)
{
    if (!FAB_ARRAY_ROOM(&lp->column, lp->column_count, &lp->column_capacity))
        return -1;
    lp->column[lp->column_count] = (struct fab_lp_column){.name = name, .lower = lower, .upper = upper, .objective = objective, .tag = FAB_NO_TAG};
    lp->sealed = false;
    return lp->column_count++;
}

bool fab_lp_add(fab_lp *lp, int row, int column, double value)
{
    if (!FAB_ARRAY_ROOM(&lp->entry, lp->entry_count, &lp->entry_capacity))
        return false;
    lp->entry[lp->entry_count++] = (struct fab_lp_entry){.row = row, .column = column, .value = value};
    lp->sealed = false;
    return true;
}

fab_lp_solution *fab_lp_solution_new(const fab_lp *lp)
{
    size_t rows = (size_t)lp->row_count + 1, columns = (size_t)lp->column_count + 1;
    fab_lp_solution *solution = calloc(1, sizeof *solution);
    if (!solution)
        return NULL;
    solution->x = calloc(columns, sizeof *solution->x);
    solution->reduced_cost = calloc(columns, sizeof *solution->reduced_cost);
    solution->multiplier = calloc(rows, sizeof *solution->multiplier);
    solution->row_status = calloc(rows, 1);
    solution->column_status = calloc(columns, 1);
    if (solution->x && solution->reduced_cost && solution->multiplier && solution->row_status && solution->column_status)
        return solution;
    fab_lp_solution_free(solution);
    return NULL;
}

void fab_lp_solution_free(fab_lp_solution *solution)
{
    if (!solution)
        return;
    free(solution->x);
    free(solution->multiplier);
    free(solution->reduced_cost);
    free(solution->row_status);
    free(solution->column_status);
    free(solution);
}

bool fab_lp_has_integers(const fab_lp *lp)
{
    for (int j = 0; j < lp->column_count; j++)
        if (lp->column[j].integer)
            return true;
    return false;
}
