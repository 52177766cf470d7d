/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tighten.h"

#include "bounds.h"

#include <math.h>
#include <stdlib.h>

/* Bills of material and lines follow one another: each pass carries a bound one of them further. */
enum { MOST_PASSES = 12 };
/* A pass that lowers no bound to less than this share of it is the last one. */
#define WORTH_A_PASS 0.5
/* A bound that is not lowered by this much is left alone. */
#define FAR_BELOW 0.1
/* What rounding can do to a sum of terms, relative to the largest. */
#define ROUNDING 1e-13

/* The program by rows, and what the rows allow each column. */
struct rows {
    const fab_lp *lp;
    int *start, *column; /* row i has [start[i], start[i+1]) */
    double *value, *most; /* most[column_count] */
};

static void rows_fini(struct rows *rows)
{
    free(rows->start);
    free(rows->column);
    free(rows->value);
    free(rows->most);
}

static bool rows_init(struct rows *rows, const fab_lp *lp)
{
    size_t nonzeros = (size_t)lp->nonzero_count + 1;
    *rows = (struct rows){.lp = lp, .start = calloc((size_t)lp->row_count + 2, sizeof *rows->start), .column = malloc(nonzeros * sizeof *rows->column),
                          .value = malloc(nonzeros * sizeof *rows->value), .most = malloc(((size_t)lp->column_count + 1) * sizeof *rows->most)};
    if (!rows->start || !rows->column || !rows->value || !rows->most)
        return false;
    int *next = rows->start + 1; /* where row i goes on; in the end that is where the next one begins */
    for (int k = 0; k < lp->nonzero_count; k++)
        rows->start[lp->row_index[k] + 2]++;
    for (int i = 2; i <= lp->row_count + 1; i++)
        rows->start[i] += rows->start[i - 1];
    for (int j = 0; j < lp->column_count; j++) {
        rows->most[j] = lp->column[j].upper;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            int place = next[lp->row_index[k]]++;
            rows->column[place] = j;
            rows->value[place] = lp->value[k];
        }
    }
    return true;
}

/* Least of sign x row activity, each column at its limit, and how large the terms are. */
static double least_activity(const struct rows *rows, int i, double sign, double *size)
{
    double least = 0;
    *size = 0;
    for (int k = rows->start[i]; k < rows->start[i + 1]; k++) {
        double a = sign * rows->value[k], term = a * (a > 0 ? rows->lp->column[rows->column[k]].lower : rows->most[rows->column[k]]);
        least += term;
        *size += fabs(term);
    }
    return least;
}

/* sign x activity <= limit: what a column with a positive coefficient there may be when all others take as little as they can. Gives the smallest share that is left of a bound. */
static double pass_side(struct rows *rows, int i, double sign, double limit)
{
    double size, share = 1;
    if (!isfinite(limit))
        return share;
    double room = limit - least_activity(rows, i, sign, &size);
    room = fmax(0, room) + ROUNDING * (size + fabs(limit));
    for (int k = rows->start[i]; k < rows->start[i + 1]; k++) {
        int j = rows->column[k];
        double a = sign * rows->value[k], most = a > 0 ? rows->lp->column[j].lower + room / a : (double)INFINITY;
        if (most >= rows->most[j])
            continue;
        share = fmin(share, fab_bounds_loosen(most) / fab_bounds_loosen(rows->most[j]));
        rows->most[j] = most;
    }
    return share;
}

bool fab_bounds_tighten(fab_program *program)
{
    fab_lp *lp = program->lp;
    struct rows rows;
    double share = 0;
    bool ok = rows_init(&rows, lp);
    for (int pass = 0; ok && pass < MOST_PASSES && share < WORTH_A_PASS; pass++) {
        share = 1;
        for (int i = 0; i < lp->row_count; i++) {
            share = fmin(share, pass_side(&rows, i, 1, lp->row[i].upper));
            share = fmin(share, pass_side(&rows, i, -1, -lp->row[i].lower));
        }
    }
    for (int j = 0; ok && j < lp->column_count; j++)
        if (fab_bounds_loosen(rows.most[j]) < FAR_BELOW * lp->column[j].upper)
            lp->column[j].upper = fab_bounds_loosen(rows.most[j]);
    rows_fini(&rows);
    return ok;
}
