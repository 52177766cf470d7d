/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "empty.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Most that a row can be broken by: its activity at the worst corner of the columns' limits, and its own limits. NULL when memory is short. */
static double *most_excess(const fab_lp *lp)
{
    double *most = calloc((size_t)lp->row_count + 1, sizeof *most);
    for (int j = 0; most && j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            most[lp->row_index[k]] += fabs(lp->value[k]) * fmax(fabs(lp->column[j].lower), fabs(lp->column[j].upper));
    for (int i = 0; most && i < lp->row_count; i++)
        most[i] += 1 + (isfinite(lp->row[i].upper) ? fabs(lp->row[i].upper) : 0) + (isfinite(lp->row[i].lower) ? fabs(lp->row[i].lower) : 0);
    return most;
}

/* A column that takes the excess of a row on one side of it. */
static fab_status add_slack(fab_context *context, fab_solver *solver, int row, double sign, double room)
{
    int index;
    const struct fab_lp_row *broken = &fab_solver_program(solver)->row[row];
    double limit = sign < 0 ? broken->upper : broken->lower;
    const struct fab_lp_column slack = {.name = broken->name, .lower = 0, .upper = room, .objective = -1 / fmax(1, fabs(limit)), .tag = broken->tag};
    return fab_solver_add_column(context, solver, &slack, &(struct fab_lp_terms){1, &row, &sign}, &index);
}

/* Every row elastic, and the objective minus the sum of what rows are broken by, each relative to max(1, |limit|). */
static fab_status make_elastic(fab_context *context, fab_solver *solver)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(solver);
    int rows = lp->row_count;
    double *most = most_excess(lp), *zeros = calloc((size_t)lp->column_count + 1, sizeof *zeros);
    TRY_MEMORY(context, most && zeros);
    TRY(fab_solver_set_objective(context, solver, zeros, 0));
    for (int i = 0; i < rows; i++) {
        const struct fab_lp_row row = fab_solver_program(solver)->row[i];
        if (isfinite(row.upper))
            TRY(add_slack(context, solver, i, -1, most[i]));
        if (isfinite(row.lower))
            TRY(add_slack(context, solver, i, 1, most[i]));
    }
out:
    free(most);
    free(zeros);
    return status;
}

fab_status fab_empty_prove(fab_context *context, const fab_lp *lp, const fab_solver_options *options, bool *proven)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    fab_lp_solution *found = NULL;
    fab_lp_certificate certificate;
    *proven = false;
    TRY(fab_solver_open(context, lp, &solver));
    TRY(make_elastic(context, solver));
    status = fab_solver_solve(context, solver, options, &found);
    if (status == FAB_INTERNAL) { /* no way gave an answer: nothing is proven */
        status = FAB_OK;
        goto out;
    }
    TRY(status);
    if (!found->x)
        goto out;
    TRY(fab_lp_check(context, fab_solver_program(solver), found->x, found->multiplier, &certificate));
    *proven = -certificate.bound > FAB_EMPTY_LEAST;
out:
    fab_lp_solution_free(found);
    fab_solver_close(solver);
    return status;
}
