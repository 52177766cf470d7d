/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflict.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

/* An excess below this share of the row's scale is rounding. */
#define SMALLEST_EXCESS 1e-7

/* Scale of a side of a row: its limit, at least 1. */
static double side_scale(double limit)
{
    return fmax(1, fabs(limit));
}

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
    const struct fab_lp_column slack = {.name = broken->name, .lower = 0, .upper = room, .objective = -1 / side_scale(sign < 0 ? broken->upper : broken->lower), .tag = broken->tag};
    return fab_solver_add_column(context, solver, &slack, &(struct fab_lp_terms){1, &row, &sign}, &index);
}

/* Columns from *first on, in the order of rows: excess above, then below, where a row has such a limit. */
static fab_status make_elastic(fab_context *context, fab_solver *solver, int *first)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(solver);
    int rows = lp->row_count;
    double *most = most_excess(lp), *zeros = calloc((size_t)lp->column_count + 1, sizeof *zeros);
    *first = lp->column_count;
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

static fab_status add_excess(fab_context *context, fab_table *table, const fab_program *program, const struct fab_lp_row *row, double excess, bool above)
{
    fab_value *cells = fab_table_add_row(table);
    if (!cells)
        return fab_fail_memory(context);
    cells[0] = fab_text(program->family[row->tag.family].code);
    cells[1] = fab_text(fab_table_keep(table, row->name));
    cells[2] = fab_real(above ? row->upper : row->lower);
    cells[3] = fab_real(excess);
    cells[4] = fab_text(above ? "above" : "below");
    return cells[1].text ? FAB_OK : fab_fail_memory(context);
}

static fab_status read_excesses(fab_context *context, fab_table *table, const fab_program *program, const fab_lp *elastic, const double *excess)
{
    fab_status status = FAB_OK;
    for (int i = 0; i < elastic->row_count; i++)
        for (int below = 0; below < 2; below++) {
            const struct fab_lp_row *row = &elastic->row[i];
            if (!isfinite(below ? row->lower : row->upper))
                continue;
            if (*excess > SMALLEST_EXCESS * side_scale(below ? row->lower : row->upper))
                TRY(add_excess(context, table, program, row, *excess, !below));
            excess++;
        }
out:
    return status;
}

/* The violation as the certificate of the elastic program has it, whose objective is minus it. */
static fab_status prove(fab_context *context, const fab_lp *elastic, const fab_lp_solution *solution, struct fab_conflict *conflict)
{
    fab_lp_certificate certificate;
    fab_status status = FAB_OK;
    if (!solution->x)
        return FAB_OK;
    TRY(fab_lp_check(context, elastic, solution->x, solution->multiplier, &certificate));
    conflict->least = fmax(0, -certificate.bound);
    conflict->found = fmax(0, -certificate.objective);
    conflict->proven = conflict->least > FAB_CONFLICT_LEAST;
out:
    return status;
}

fab_status fab_conflict_find(fab_context *context, const fab_program *program, fab_solver *solver, const fab_solver_options *options, struct fab_conflict *conflict)
{
    static const char *const columns[] = {"equation", "name", "limit", "excess", "direction"};
    fab_status status = FAB_OK;
    fab_lp_solution *solution = NULL;
    fab_table *table = NULL;
    int first;
    *conflict = (struct fab_conflict){.least = 0, .found = (double)NAN};
    TRY_MEMORY(context, table = fab_table_new("conflict", columns, 5));
    TRY(make_elastic(context, solver, &first));
    status = fab_solver_solve(context, solver, options, &solution);
    if (status == FAB_INTERNAL) { /* no way gave an answer: nothing is proven */
        status = FAB_OK;
        goto out;
    }
    TRY(status);
    TRY(prove(context, fab_solver_program(solver), solution, conflict));
    if (!conflict->proven)
        goto out;
    TRY(read_excesses(context, table, program, fab_solver_program(solver), solution->x + first));
    conflict->table = table;
    table = NULL;
out:
    fab_lp_solution_free(solution);
    fab_table_free(table);
    return status;
}
