/* The program as the interior point works on it: minimise c x subject to A x = b, 0 <= x <= u, after presolve, scaled by powers of two; columns behind the structural ones are slacks of rows that are no equations.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INTERIOR_FORM_H
#define FAB_INTERIOR_FORM_H

#include "lp_scale.h"
#include "presolve.h"

struct fab_interior_form {
    const fab_lp *lp;
    struct fab_presolve presolve;
    int row_count, structural_count, column_count;
    int *start, *row_index; /* A by columns, rows ascending */
    double *value;
    double *cost, *upper; /* [column_count]; upper INFINITY: none */
    double *right;        /* [row_count] */
    int *row, *column;    /* places in the program, of rows and of structural columns */
    double *row_unit;     /* [row_count] multiplier of the program = -row_unit x that of the form */
    double *column_unit;  /* [structural_count] value of the program = lower + column_unit x value of the form */
};

/* The factors are those of all rows and columns of the program, which must outlive the form, as must the arena, which holds the arrays. Nothing but the presolve is filled in where that is broken. FAB_NO_MEMORY. O(nonzeros). */
fab_status fab_interior_form_make(fab_context *context, fab_arena *arena, const fab_lp *lp, const struct fab_lp_factors *factors, struct fab_interior_form *form);

/* A point of the form: x, its distance to the upper limits (unused where there is none), multipliers. */
struct fab_interior_values {
    const double *x, *room, *y;
};

/* The point as one of the program: x[columns], multiplier[rows]. O(nonzeros). */
void fab_interior_form_undo(const struct fab_interior_form *form, const struct fab_interior_values *values, double *x, double *multiplier);

#endif
