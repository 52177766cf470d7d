/* A light presolve: what a program decides by itself is taken out of it, and put back with multipliers for all rows.
 *
 * Out go
 * - fixed columns, and columns that gain nothing by leaving a limit whatever the rest does (their costs and every row pull them to it)
 * - rows that no point within the columns' limits can break: multiplier 0
 * - rows with one column left, which become a limit of that column
 * - rows that hold their columns all at one corner of their limits, as the balance of an item that nothing brings in yet: without them the program has no inside, and multipliers without end
 * - columns that no row is left for: onto the limit that their cost likes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PRESOLVE_H
#define FAB_PRESOLVE_H

#include "lp.h"

/* What became of a row that is out and may have a multiplier. */
struct fab_presolve_record {
    int row;
    int column;          /* whose limit it became; -1: it holds columns (holder) at one corner */
    double coefficient;  /* of that column */
    bool lower, upper;   /* which of the column's limits it now is; of a row that holds: at which of its own limits it does */
};

struct fab_presolve {
    const fab_lp *lp;      /* borrowed */
    double *lower, *upper; /* [columns] as they are now; equal: the column is out, with that value */
    int *holder;           /* [columns] the row that holds it at a corner, -1: none */
    bool *row_out;         /* [rows] */
    long double *fixed;    /* [rows] activity of the columns that are out, of rows that are in */
    struct fab_presolve_record *record; /* [record_count] in their order */
    int record_count;
    int *start, *column; /* the program by rows: those of row i are [start[i], start[i+1]), columns ascending */
    double *value;
    bool broken; /* limits contradict each other: whoever proves that, it is not the presolve */
};

/* The program and the arena, which holds the arrays, must outlive the record. FAB_NO_MEMORY. O(nonzeros x passes), a few passes. */
fab_status fab_presolve_run(fab_context *context, fab_arena *arena, const fab_lp *lp, struct fab_presolve *presolve);

static inline bool fab_presolve_is_in(const struct fab_presolve *presolve, int column)
{
    return presolve->lower[column] < presolve->upper[column];
}

/* Given the multipliers of the rows that are in, finds those of the rows that are out. multiplier[rows]. O(coefficients of the columns that they hold). */
void fab_presolve_undo(const struct fab_presolve *presolve, double *multiplier);

#endif
