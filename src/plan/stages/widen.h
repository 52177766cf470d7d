/* No bound decides: a plan that ends at an upper bound which is no limit of the data is solved again with a wider one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIDEN_H
#define FAB_WIDEN_H

#include "program.h"
#include "solver.h"

/* What the data say that a column may be at most; INFINITY when they do not. O(1). */
double fab_bound_of_data(const fab_program *program, int column);

/* True when the upper bound of a column is itself a number of the data: a contract's maximum, a store's room, what is ordered or promised. O(1). */
bool fab_bound_is_of_data(const fab_program *program, int column);

/* An upper bound of a column that no other limit implies: that of the data, else one far away. O(1). */
double fab_bound_far(const fab_program *program, int column);

/* Solves, and as long as a bound decides solves again with it wider, in the program and in the solver. FAB_INPUT, a finding that names item and source, when no width is enough: then money is made without end.
 * Errors and answers are those of fab_solver_solve. */
fab_status fab_widen_solve(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found);

/* Widens every bound that is no limit of the data, in the program and in the solver, once. O(columns). */
fab_status fab_widen(fab_context *context, fab_program *program, fab_solver *solver);

/* Whether a bound that is no limit of the data decides an optimum. O(columns). */
bool fab_widen_decides(const fab_program *program, const fab_solver *solver, const fab_lp_solution *found);

/* fab_widen_solve of a program that is asked for more than it was built for: where it has no answer the bounds, which know nothing of what is asked, are widened once. */
fab_status fab_widen_force(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found);

/* fab_widen_solve behind the money stage: only the bounds that decide are wider, and in the program no wider than the point needs, so that the money stage's proof stands. What is then still not enough is taken as it is. */
fab_status fab_widen_behind(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found);

/* Widens bounds that are no limits of the data up to a stored point that was found with wider ones. */
void fab_widen_to(fab_program *program, const double x[]);

#endif
