/* Iterative refinement: the values and multipliers of an optimal basis, with residuals in extended precision.
 *
 * A simplex code leaves residuals of its tolerances (1e-7 to 1e-9); the proof wants the rounding of double precision. Given the basis and
 * solves with its matrix B, x and y are computed anew: nonbasic values exactly on their limits, then
 * dx_B = B^-1 (N x_N residual) and dy = B^-T (cost residual), repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_REFINE_H
#define FAB_LP_REFINE_H

#include "engine.h"

/* Basic values outside of their limits by no more than rounding are clipped; where no row feels it; so, too, and rows that constants fill stand where the engine had their limits (lp_given.h). */
enum fab_refine_way { FAB_REFINE_FIRMLY, FAB_REFINE_GENTLY, FAB_REFINE_LOOSELY };

/* Fills x, multiplier and reduced_cost from the statuses of the solution, which are those of the engine's present basis. What the solution holds is left as it is when the basis is singular or the program has no rows. Errors as of engine.h. O(nonzeros + solve) a step. */
fab_status fab_lp_refine(fab_context *context, const fab_lp *lp, fab_engine *engine, enum fab_refine_way way, fab_lp_solution *solution);

#endif
