/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ties.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A reduced cost or multiplier below this share of the money it is made of is 0: the column or row is free on the optimal face. */
#define FREE 1e-11
/* Weight of a unit discarded or stocked against a unit shipped one period later. */
#define TIDY 1e-3

/* Largest |multiplier x coefficient| in a column, its objective included: what its reduced cost is a sum of. */
static double money_in_column(const fab_lp *lp, const fab_lp_solution *solution, int j)
{
    double most = fabs(lp->column[j].objective);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        most = fmax(most, fabs(lp->value[k] * solution->multiplier[lp->row_index[k]]));
    return most;
}

/* The second objective: units shipped in period t are worth T - t; stock and discards cost a little. */
static double *second_objective(const fab_program *program)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    double *weight = calloc((size_t)program->lp->column_count + 1, sizeof *weight);
    if (!weight)
        return NULL;
    for (int d = 0; d < terms->model->demand_count; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            weight[program->first_ship[d] + t - terms->due_period[d]] = T - t;
    for (int i = 0; i < terms->model->item_count * T; i++)
        weight[program->stock[i]] = weight[program->discard[i]] = -TIDY;
    return weight;
}

/* The rows: those with a multiplier stay at the limit it speaks of. */
static bool add_rows(fab_lp *face, const fab_lp *lp, const fab_lp_solution *solution)
{
    for (int i = 0; i < lp->row_count; i++) {
        double lower = lp->row[i].lower, upper = lp->row[i].upper;
        if (solution->row_status[i] == 'u' && solution->multiplier[i] > 0)
            lower = upper;
        else if (solution->row_status[i] == 'l' && solution->multiplier[i] < 0)
            upper = lower;
        if (fab_lp_add_row(face, lp->row[i].name, lower, upper) < 0)
            return false;
    }
    return true;
}

static fab_status make_face(fab_context *context, const fab_program *program, const fab_lp_solution *solution, fab_lp **result)
{
    const fab_lp *lp = program->lp;
    fab_lp *face = fab_lp_new(lp->title);
    double *weight = second_objective(program);
    bool ok = face && weight && add_rows(face, lp, solution);
    for (int j = 0; ok && j < lp->column_count; j++) {
        double lower = lp->column[j].lower, upper = lp->column[j].upper;
        if (solution->column_status[j] != 'b' && fabs(solution->reduced_cost[j]) > FREE * money_in_column(lp, solution, j))
            lower = upper = solution->x[j];
        ok = fab_lp_add_column(face, lp->column[j].name, lower, upper, weight[j]) >= 0;
        for (int k = lp->start[j]; ok && k < lp->start[j + 1]; k++)
            ok = fab_lp_add(face, lp->row_index[k], j, lp->value[k]);
    }
    free(weight);
    fab_status status = ok ? fab_lp_seal(context, face) : fab_fail_memory(context);
    if (status != FAB_OK) {
        fab_lp_free(face);
        return status;
    }
    *result = face;
    return FAB_OK;
}

fab_status fab_ties_break(fab_context *context, const fab_program *program, const fab_lp_solution *solution, double **moved)
{
    fab_lp_solution *second = NULL;
    fab_lp *face = NULL;
    const fab_lp_options options = {.start = solution};
    fab_status status = make_face(context, program, solution, &face);
    *moved = NULL;
    if (status != FAB_OK)
        return status;
    status = fab_lp_solve(context, face, &options, &second);
    if (status == FAB_OK && second->outcome == FAB_OPTIMAL) {
        *moved = second->x;
        second->x = NULL;
    }
    fab_lp_solution_free(second);
    fab_lp_free(face);
    return status == FAB_INTERNAL ? FAB_OK : status; /* the first plan stands when the second objective finds none */
}
