/* Iterative refinement: the values and multipliers of an optimal basis, with residuals in extended precision.
 *
 * A simplex code leaves residuals of its tolerances (1e-7 to 1e-9); the proof wants the rounding of double precision. Given the basis and
 * solves with its matrix B, x and y are computed anew: nonbasic values exactly on their limits, then
 * dx_B = B^-1 (N x_N residual) and dy = B^-T (cost residual), repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_REFINE_H
#define FAB_LP_REFINE_H

#include "lp.h"

/* The basis matrix has row_count columns: that of a basic row i is the unit vector of i, that of a basic column j is -A_j. */
typedef struct fab_lp_basis {
    int *head; /* [row_count] variable of each place: 0..row_count-1 rows, then columns */
    /* replace vector[1..row_count] (counted from 1 as GLPK does) by B^-1 vector (from rows to places) or B^-T vector (from places to rows)
     */
    void (*solve)(void *user, double *vector);
    void (*solve_transposed)(void *user, double *vector);
    void *user;
} fab_lp_basis;

/* Fills x, multiplier and reduced_cost from the statuses of the solution and the basis. Basic values outside their limits by no more than
 * rounding are clipped. FAB_NO_MEMORY only. O(nonzeros + solve) a step. */
fab_status fab_lp_refine(fab_context *context, const fab_lp *lp, const fab_lp_basis *basis, fab_lp_solution *solution);

#endif
