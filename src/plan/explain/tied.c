/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tied.h"

#include "view.h"

#include <math.h>
#include <stdlib.h>

/* Money below this share of the objective is nothing. */
#define NOTHING 1e-12

typedef enum answer { UNKNOWN, YES, NO } answer;

struct fab_tied {
    const fab_plan *plan;
    double *taken, *brought; /* [rows]: of coefficients above and below 0 */
    answer *answer;          /* [rows] */
};

void fab_tied_free(struct fab_tied *tied)
{
    if (!tied)
        return;
    free(tied->taken);
    free(tied->brought);
    free(tied->answer);
    free(tied);
}

static void add_up(struct fab_tied *tied)
{
    const fab_lp *lp = tied->plan->program->lp;
    for (int c = 0; c < lp->column_count; c++) {
        double x = fab_view_column(tied->plan, c);
        for (int k = lp->start[c]; x > 0 && k < lp->start[c + 1]; k++)
            *(lp->value[k] > 0 ? &tied->taken[lp->row_index[k]] : &tied->brought[lp->row_index[k]]) += fabs(lp->value[k]) * x;
    }
}

struct fab_tied *fab_tied_new(const fab_plan *plan)
{
    struct fab_tied *tied = calloc(1, sizeof *tied);
    size_t rows = (size_t)plan->program->lp->row_count + 1;
    if (!tied)
        return NULL;
    tied->plan = plan;
    tied->taken = calloc(rows, sizeof *tied->taken);
    tied->brought = calloc(rows, sizeof *tied->brought);
    tied->answer = calloc(rows, sizeof *tied->answer);
    if (!tied->taken || !tied->brought || !tied->answer) {
        fab_tied_free(tied);
        return NULL;
    }
    add_up(tied);
    return tied;
}

/* A balance is no limit: what is left over is a column of it, such as wafers that wait. */
static bool is_full(const struct fab_tied *tied, int row)
{
    double lower = tied->plan->program->lp->row[row].lower, upper = tied->plan->program->lp->row[row].upper;
    return isfinite(upper) && lower < upper && fab_view_is_full(tied->taken[row], upper + tied->brought[row]);
}

/* Whether all that there is of it is worth something. */
static bool is_worth(const struct fab_tied *tied, int row)
{
    return fabs(tied->plan->solution->multiplier[row]) * tied->taken[row] > NOTHING * fabs(tied->plan->certificate.objective);
}

/* Whether more of a column is possible: it costs nothing, and nothing that it takes of is full. */
static bool may_grow(const struct fab_tied *tied, int column)
{
    const fab_plan *plan = tied->plan;
    const fab_lp *lp = plan->program->lp;
    if (fabs(plan->solution->reduced_cost[column]) > NOTHING * fmax(1, fabs(plan->certificate.objective)) || plan->solution->x[column] >= lp->column[column].upper)
        return false;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
        if (lp->value[k] > 0 && is_full(tied, lp->row_index[k]))
            return false;
    return true;
}

static bool is_relieved(const struct fab_tied *tied, int row)
{
    const fab_lp *lp = tied->plan->program->lp;
    for (int c = 0; c < lp->column_count; c++)
        for (int k = lp->start[c]; k < lp->start[c + 1]; k++)
            if (lp->row_index[k] == row && lp->value[k] < 0 && may_grow(tied, c))
                return true;
    return false;
}

bool fab_tied_is(struct fab_tied *tied, int row)
{
    if (!is_full(tied, row) || is_worth(tied, row))
        return false;
    if (tied->answer[row] == UNKNOWN)
        tied->answer[row] = is_relieved(tied, row) ? NO : YES;
    return tied->answer[row] == YES;
}
