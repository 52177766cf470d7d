/* Newton's equations of the interior point: for the columns' weights of the present point, by the normal equations
 *
 *     A W A' dy = right side,   W = (z / x + v / room)^-1
 *
 * factorised with a small shift of the diagonal (factor.h), which conjugate gradients take away again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INTERIOR_NEWTON_H
#define FAB_INTERIOR_NEWTON_H

#include "factor.h"
#include "interior_form.h"

#include <math.h>

/* A point, or a direction from one: x, and the room to its upper limit; multipliers of the rows, of x >= 0 and of the upper limit. room and v of columns without an upper limit are 0 and mean nothing. */
struct fab_interior_point {
    double *x, *room, *y, *z, *v;
};

/* Right sides: of A dx, of dx + droom, of A' dy + dz - dv, of z dx + x dz and of v droom + room dv. */
struct fab_interior_right {
    double *rows, *limits, *costs, *lower, *upper;
};

struct fab_interior_newton {
    const struct fab_interior_form *form;
    fab_factor *factor;
    enum fab_factor_kind kind;
    bool poor;      /* conjugate gradients did not get far in the last direction */
    double shift;   /* of the last factorisation */
    double *weight; /* [columns] */
    double *reduced, *preconditioned, *residual, *direction, *image; /* work: [columns], then [rows] */
    long double *sum;
    long solves; /* with the factor */
};

/* The arena holds the arrays. Errors as of fab_factor_new, whose cost it is. */
fab_status fab_interior_newton_make(fab_context *context, fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_newton *newton);
void fab_interior_newton_fini(struct fab_interior_newton *newton);

/* Factorises for a point. *done false when no shift that leaves the equations what they are makes them positive definite. Cost: fab_factor_flops. */
fab_status fab_interior_newton_at(fab_context *context, struct fab_interior_newton *newton, const struct fab_interior_point *point, bool *done);

/* Factorises for weights that the caller has put in newton->weight. */
fab_status fab_interior_newton_weighted(fab_context *context, struct fab_interior_newton *newton, bool *done);

/* Normal factors from now on, which cost more and lose less; the next thing is to factorise. Cost: an analysis. */
fab_status fab_interior_newton_sharpen(fab_context *context, struct fab_interior_newton *newton);

/* A W A' y = right side, right[rows] replaced by y. O(coefficients of the factor x solves). */
void fab_interior_newton_rows(struct fab_interior_newton *newton, double *right);

/* The direction for right sides at the point that was factorised for. Cost as before. */
void fab_interior_newton_solve(struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction);

/* What a direction leaves of A dx = right[rows]: into rows[rows], and the largest as a share of the largest that is asked. A column deep inside moves by a difference that its weight magnifies: this is its rounding. O(nonzeros). */
double fab_interior_newton_left(const struct fab_interior_newton *newton, const double *right, const struct fab_interior_point *direction, double *rows);

/* The direction with one solve, where a few digits are enough. */
void fab_interior_newton_sketch(struct fab_interior_newton *newton, const struct fab_interior_point *point, const struct fab_interior_right *right, struct fab_interior_point *direction);

/* product[rows] = A vector; product[columns] = A' vector. O(nonzeros). */
void fab_interior_multiply(const struct fab_interior_form *form, const double *vector, double *product);
void fab_interior_multiply_transposed(const struct fab_interior_form *form, const double *vector, double *product);

static inline bool fab_interior_is_limited(const struct fab_interior_form *form, int column)
{
    return form->upper[column] < (double)INFINITY;
}

#endif
