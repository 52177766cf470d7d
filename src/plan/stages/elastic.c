/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elastic.h"

#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>

double fab_elastic_scale(double limit)
{
    return fmax(1, fabs(limit));
}

bool fab_elastic_is_identity(const struct fab_elastic *elastic, int row)
{
    int family = fab_solver_program(elastic->solver)->row[row].tag.family;
    return family == FAB_BAL || family == FAB_WIP || family == FAB_RMV || family == FAB_OFF || family == FAB_DEM || family == FAB_CHG;
}

/* Most that a row can be broken by: its activity at the worst corner of the limits of the first columns, and its own limits. NULL when memory is short. */
static double *most_excess(const fab_lp *lp, int columns)
{
    double *most = calloc((size_t)lp->row_count + 1, sizeof *most);
    for (int j = 0; most && j < columns; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            most[lp->row_index[k]] += fabs(lp->value[k]) * fmax(fabs(lp->column[j].lower), fabs(lp->column[j].upper));
    for (int i = 0; most && i < lp->row_count; i++)
        most[i] += 1 + (isfinite(lp->row[i].upper) ? fabs(lp->row[i].upper) : 0) + (isfinite(lp->row[i].lower) ? fabs(lp->row[i].lower) : 0);
    return most;
}

/* A column that takes the excess of a row on one side of it. */
static fab_status add_slack(fab_context *context, struct fab_elastic *elastic, int row, bool above, double room)
{
    fab_status status = FAB_OK;
    int *index = above ? &elastic->above[row] : &elastic->below[row];
    const double sign = above ? -1 : 1;
    const struct fab_lp_row broken = fab_solver_program(elastic->solver)->row[row];
    double limit = above ? broken.upper : broken.lower;
    *index = FAB_NONE;
    if (!isfinite(limit))
        return FAB_OK;
    const struct fab_lp_column slack = {.name = broken.name, .upper = room, .tag = broken.tag};
    TRY(fab_solver_add_column(context, elastic->solver, &slack, &(struct fab_lp_terms){1, &row, &sign}, index));
    elastic->price[*index] = -1 / fab_elastic_scale(limit);
out:
    return status;
}

static fab_status add_slacks(fab_context *context, struct fab_elastic *elastic, int row, double room)
{
    fab_status status = FAB_OK;
    TRY(add_slack(context, elastic, row, true, room));
    TRY(add_slack(context, elastic, row, false, room));
out:
    return status;
}

fab_status fab_elastic_open(fab_context *context, const fab_program *program, fab_solver *solver, struct fab_elastic *elastic)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(solver);
    double *most = most_excess(lp, lp->column_count);
    int rows = lp->row_count, columns = lp->column_count;
    *elastic = (struct fab_elastic){.program = program, .solver = solver, .rows = rows, .columns = columns, .room = rows + columns, .price_room = 2 * columns + 2 * rows};
    elastic->above = calloc((size_t)elastic->room + 1, sizeof *elastic->above);
    elastic->below = calloc((size_t)elastic->room + 1, sizeof *elastic->below);
    elastic->price = calloc((size_t)elastic->price_room + 1, sizeof *elastic->price);
    TRY_MEMORY(context, most && elastic->above && elastic->below && elastic->price);
    for (int i = 0; i < rows; i++)
        TRY(add_slacks(context, elastic, i, most[i]));
out:
    free(most);
    return status;
}

fab_status fab_elastic_widen(fab_context *context, struct fab_elastic *elastic)
{
    fab_status status = FAB_OK;
    double *most = NULL;
    for (int j = 0; j < elastic->columns; j++)
        TRY(fab_solver_set_column_limits(context, elastic->solver, j, 0, fab_bound_far(elastic->program, j)));
    TRY_MEMORY(context, most = most_excess(fab_solver_program(elastic->solver), elastic->columns));
    for (int i = 0; i < elastic->rows; i++) {
        if (elastic->above[i] != FAB_NONE)
            TRY(fab_solver_set_column_limits(context, elastic->solver, elastic->above[i], 0, most[i]));
        if (elastic->below[i] != FAB_NONE)
            TRY(fab_solver_set_column_limits(context, elastic->solver, elastic->below[i], 0, most[i]));
    }
out:
    free(most);
    return status;
}

void fab_elastic_close(struct fab_elastic *elastic)
{
    free(elastic->above);
    free(elastic->below);
    free(elastic->price);
}

void fab_elastic_set_price(struct fab_elastic *elastic, int row, double factor)
{
    const struct fab_lp_row *limit = &fab_solver_program(elastic->solver)->row[row];
    if (elastic->above[row] != FAB_NONE)
        elastic->price[elastic->above[row]] = -factor / fab_elastic_scale(limit->upper);
    if (elastic->below[row] != FAB_NONE)
        elastic->price[elastic->below[row]] = -factor / fab_elastic_scale(limit->lower);
}

/* Far away from a column's limit. */
static double far_from(double limit)
{
    static const double far = 1e3, least = 1e6;
    return fmax(far * limit, least);
}

fab_status fab_elastic_drop_limit(fab_context *context, struct fab_elastic *elastic, int column)
{
    const struct fab_lp_column *limited = &fab_solver_program(elastic->solver)->column[column];
    return fab_solver_set_column_limits(context, elastic->solver, column, limited->lower, far_from(limited->upper));
}

fab_status fab_elastic_add_limit(fab_context *context, struct fab_elastic *elastic, int column, int *row)
{
    fab_status status = FAB_OK;
    const struct fab_lp_column limited = fab_solver_program(elastic->solver)->column[column];
    const struct fab_lp_row limit = {.name = limited.name, .lower = -(double)INFINITY, .upper = limited.upper, .tag = limited.tag};
    double most = far_from(limited.upper);
    TRY(fab_solver_add_row(context, elastic->solver, &limit, &(struct fab_lp_terms){1, &column, &(double){1}}, row));
    TRY(add_slacks(context, elastic, *row, most));
    TRY(fab_solver_set_column_limits(context, elastic->solver, column, limited.lower, most));
out:
    return status;
}

fab_status fab_elastic_solve(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, fab_lp_solution **solution, double *least)
{
    fab_status status = FAB_OK;
    fab_lp_certificate certificate;
    *least = 0;
    TRY(fab_solver_set_objective(context, elastic->solver, elastic->price, 0));
    status = fab_solver_solve(context, elastic->solver, options, solution);
    if (status == FAB_INTERNAL) { /* no way gave an answer: nothing is proven */
        *solution = NULL;
        return FAB_OK;
    }
    TRY(status);
    if (!(*solution)->x) {
        fab_lp_solution_free(*solution);
        *solution = NULL;
        goto out;
    }
    TRY(fab_lp_check(context, fab_solver_program(elastic->solver), (*solution)->x, (*solution)->multiplier, &certificate));
    *least = fmax(0, -certificate.bound);
out:
    return status;
}
