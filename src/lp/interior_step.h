/* One iteration of the interior point: residuals, a direction, how far along it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INTERIOR_STEP_H
#define FAB_INTERIOR_STEP_H

#include "interior_newton.h"

struct fab_interior_walk {
    const struct fab_interior_form *form;
    struct fab_interior_newton newton;
    struct fab_interior_point point, affine, direction, trial;
    struct fab_interior_right right, only; /* of Newton's equations; of a correction of products alone */
    long double *sum;                      /* [rows] work */
    int pairs;                             /* products x z and room v */
    double mu;                             /* their mean */
    double primal, dual;                   /* largest residual, relative: of rows and limits, of costs */
    double primal_step, dual_step;         /* of the last iteration */
    bool brief;                            /* augmented factors or none */
};

/* Takes the arrays from the arena and analyses the matrix. */
fab_status fab_interior_walk_make(fab_context *context, fab_arena *arena, const struct fab_interior_form *form, struct fab_interior_walk *walk);
void fab_interior_walk_fini(struct fab_interior_walk *walk);

/* Puts the point where the walk begins: least squares for rows and costs, pushed inside. *done false when the first matrix cannot be factorised. */
fab_status fab_interior_walk_start(fab_context *context, struct fab_interior_walk *walk, bool *done);

/* Residuals and mean product of the point. O(nonzeros). */
void fab_interior_walk_look(struct fab_interior_walk *walk);

/* A step from a point that was looked at. *done false when there is none: the matrix cannot be factorised, or numbers have become none. Cost: a factorisation and some solves. */
fab_status fab_interior_walk_step(fab_context *context, struct fab_interior_walk *walk, bool *done);

/* Factors that lose fewer digits, from the next step on; whether there are some. Cost: an analysis. */
bool fab_interior_walk_can_sharpen(const struct fab_interior_walk *walk);
fab_status fab_interior_walk_sharpen(fab_context *context, struct fab_interior_walk *walk);

/* Moves x alone, so that the rows hold better: the step that Newton's equations make of their residuals, by the weights of the point that the last step began from. No product grows by more than the move. Cost: some solves. */
void fab_interior_walk_mend(struct fab_interior_walk *walk);

#endif
