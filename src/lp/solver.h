/* A living solver: a program that is solved, changed and solved again, each time from where the last answer left it.
 *
 * It owns a copy of the program as it has been moved so far and the last basis; the code behind it (engine.h) holds nothing that cannot be made again, so that a fault in it or
 * an interruption of this or of another solver of the thread costs time and nothing else. Scale factors are found once, before the first solve, and kept: rows and columns
 * added later are scaled with them.
 *
 * A solver is used on the thread that opened it (a debug build asserts it) and closed there; fab_context_interrupt alone may come from any thread. Its functions may be called with
 * different contexts. Progress callbacks must not use a solver. All changes are refused with FAB_INTERNAL, and the program stays as it was, for an index that does not exist
 * or a number that a program may not hold. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SOLVER_H
#define FAB_SOLVER_H

#include "external.h"
#include "lp.h"

typedef struct fab_solver fab_solver;

/* Opens a solver on a sealed program and takes a copy of it. FAB_INTERNAL when fab_lp_validate says so. O(nonzeros + rows + columns). */
fab_status fab_solver_open(fab_context *context, const fab_lp *lp, fab_solver **solver);
void fab_solver_close(fab_solver *solver); /* NULL: nothing */

/* The program as it stands, sealed: for reading and for fab_lp_check. Valid until the solver is changed or closed. */
const fab_lp *fab_solver_program(const fab_solver *solver);

/* objective[column_count]. O(columns). */
fab_status fab_solver_set_objective(fab_context *context, fab_solver *solver, const double objective[], double constant);

/* O(1). */
fab_status fab_solver_set_row_limits(fab_context *context, fab_solver *solver, int row, double lower, double upper);
fab_status fab_solver_set_column_limits(fab_context *context, fab_solver *solver, int column, double lower, double upper);

/* Add a row (terms: columns) or a column (terms: rows) behind the others; *index (may be NULL) gets its place. The name is copied. In the last basis a new row is basic, a new
 * column at its lower limit. FAB_NO_MEMORY as well. A row costs O(nonzeros), a column O(its terms x log); the next solve loads the program anew, O(nonzeros). */
fab_status fab_solver_add_row(fab_context *context, fab_solver *solver, const struct fab_lp_row *row, const struct fab_lp_terms *terms, int *index);
fab_status fab_solver_add_column(fab_context *context, fab_solver *solver, const struct fab_lp_column *column, const struct fab_lp_terms *terms, int *index);

/* Says whether only whole numbers will do for a column. O(1). */
fab_status fab_solver_mark_integer(fab_context *context, fab_solver *solver, int column, bool integer);

/* Says whether the limits of a column, where they are equal, stay so (fab_lp_column.settled). O(1). */
fab_status fab_solver_mark_settled(fab_context *context, fab_solver *solver, int column, bool settled);

typedef struct fab_solver_options {
    double deadline; /* of fab_clock(): when to stop; 0: never */
    void (*progress)(void *user, const fab_lp_progress *progress);
    void *user;
    struct fab_external *external; /* who solves what has no basis near to start from, instead of the ladder's own rungs; NULL: nobody. An answer that is not proven is FAB_REJECTED */
    bool cold; /* without the last basis */
    bool brief; /* where the interior point is for it, it alone: an answer may be missing (FAB_INTERNAL), and who asks has a good one already */
    fab_lp_certificate *proof; /* gets what fab_lp_check says of the answer, where that has a point, so that nobody need ask it again; NULL: nothing */
    bool warm; /* from the last basis or not at all: an answer may be missing (FAB_INTERNAL) or miss its proof, and who asks has another basis to try */
} fab_solver_options;

/* Solves the program as it stands. options may be NULL. FAB_OK with
 * - FAB_OPTIMAL: without integer columns the answer has passed fab_lp_check, or no rung of the ladder gave one that does and it is the best of them: callers check again. With
 *   integer columns x is whole where it must be and feasible by the exact check, and the code behind the solver claims that it is the best, which nothing proves: multipliers,
 *   reduced costs and statuses are those of the program without whole numbers, and so is the bound that fab_lp_check makes of them, which holds for both
 * - FAB_INFEASIBLE: all arrays NULL; with integer columns this, too, is a claim unless the program has no answer without them either
 * - FAB_LIMIT: the deadline came; all arrays NULL unless a point is known (whole where it must be)
 * FAB_INTERRUPTED when the context asked to stop, within a fraction of a second; FAB_NO_MEMORY; FAB_INTERNAL when every rung failed. In all cases the solver can be used further.
 * The basis of an answer is kept and the next solve starts from it, unless more than an eighth of the rows are infeasible there. Deterministic, but for the deadline: the same program from the
 * same basis gives the same bits, whatever the solver went through before. */
fab_status fab_solver_solve(fab_context *context, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **solution);

/* Gives copies of the last basis, letters as in fab_lp_solution, which the caller frees with free(); both NULL when there is none. O(rows + columns). */
fab_status fab_solver_take_basis(fab_context *context, const fab_solver *solver, char **row_status, char **column_status);

/* Makes a basis the last one; copies it. Texts may be shorter than the program (the rest: rows basic, columns at their lower limit), and need not be a basis at all: then they do
 * no good and no harm. Both NULL: the last basis is forgotten. O(rows + columns). */
fab_status fab_solver_give_basis(fab_context *context, fab_solver *solver, const char *row_status, const char *column_status);

#endif
