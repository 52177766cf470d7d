/* Living solvers for tests: opened on a known, a random and a faulty program; answers verified.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOLVER_SUPPORT_H
#define SOLVER_SUPPORT_H

#include "listening_fixture.h"
#include "random_lp.h"
#include "solver.h"

static const struct random_shape medium = {60, 80, 0.2, 5, true, 0}, large = {250, 350, 0.3, 5, true, 0};

static inline fab_solver *open_solver(fab_context *context, const fab_lp *lp)
{
    fab_solver *solver = NULL;
    if (fab_solver_open(context, lp, &solver))
        fail_msg("%s", fab_context_message(context));
    assert_non_null(solver);
    return solver;
}

static inline fab_solver *open_dakota(fab_context *context)
{
    fab_lp *lp = lp_from_dense(context, &dakota);
    fab_solver *solver = open_solver(context, lp);
    fab_lp_free(lp);
    return solver;
}

static inline fab_solver *open_random(fab_context *context, uint64_t seed, const struct random_shape *shape)
{
    fab_lp *lp = fab_lp_new("random");
    make_random(seed, shape, lp);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    fab_solver *solver = open_solver(context, lp);
    fab_lp_free(lp);
    return solver;
}

static inline fab_lp_solution *solve(fab_context *context, fab_solver *solver, const fab_solver_options *options)
{
    fab_lp_solution *solution = NULL;
    if (fab_solver_solve(context, solver, options, &solution))
        fail_msg("%s", fab_context_message(context));
    assert_non_null(solution);
    return solution;
}

/* The objective of a verified answer to the program as it stands. */
static inline double verify(fab_context *context, const fab_solver *solver, const fab_lp_solution *solution)
{
    fab_lp_certificate certificate;
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_int_equal(FAB_OK, fab_lp_check(context, fab_solver_program(solver), solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    return certificate.objective;
}

static inline double optimum(fab_context *context, fab_solver *solver)
{
    fab_lp_solution *solution = solve(context, solver, NULL);
    double objective = verify(context, solver, solution);
    fab_lp_solution_free(solution);
    return objective;
}

/* A program on which GLPK faults: two coefficients in one place, behind the back of fab_lp_seal. */
static inline fab_solver *open_faulty(fab_context *context)
{
    fab_lp *lp = lp_from_dense(context, &dakota);
    lp->row_index[1] = lp->row_index[0];
    fab_solver *solver = open_solver(context, lp);
    fab_lp_free(lp);
    return solver;
}

static inline void move_objective(fab_context *context, fab_solver *solver, uint64_t *seed)
{
    const fab_lp *lp = fab_solver_program(solver);
    double *objective = malloc((size_t)lp->column_count * sizeof *objective);
    for (int j = 0; j < lp->column_count; j++)
        objective[j] = lp->column[j].objective + (random_below(seed, 4) ? 0 : random_unit(seed) - 0.5);
    assert_int_equal(FAB_OK, fab_solver_set_objective(context, solver, objective, random_unit(seed)));
    free(objective);
}

#endif
