/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver.h"

#include "clock.h"
#include "fold.h"
#include "ladder.h"
#include "lp_change.h"
#include "try.h"
#include "whole.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct fab_solver {
    fab_lp *lp;
    struct fab_lp_factors factors; /* of the rows and columns that have been solved with */
    fab_engine *engine;
    char *row_status, *column_status; /* the last basis, NULL: none; may be shorter than the program */
    const void *thread;
};

/* Different for each thread that runs. */
static const void *this_thread(void)
{
    static _Thread_local char place;
    return &place;
}

static void expect_thread(const fab_solver *solver)
{
    assert(solver->thread == this_thread());
    (void)solver;
}

fab_status fab_solver_open(fab_context *context, const fab_lp *lp, fab_solver **result)
{
    fab_status status = FAB_OK;
    fab_solver *solver = calloc(1, sizeof *solver);
    TRY_MEMORY(context, solver);
    solver->thread = this_thread();
    TRY(fab_lp_copy(context, lp, &solver->lp));
    TRY_MEMORY(context, solver->engine = fab_engine_new(solver->lp, &solver->factors));
    *result = solver;
    solver = NULL;
out:
    fab_solver_close(solver);
    return status;
}

void fab_solver_close(fab_solver *solver)
{
    if (!solver)
        return;
    expect_thread(solver);
    fab_engine_free(solver->engine);
    fab_lp_factors_fini(&solver->factors);
    free(solver->row_status);
    free(solver->column_status);
    fab_lp_free(solver->lp);
    free(solver);
}

const fab_lp *fab_solver_program(const fab_solver *solver)
{
    return solver->lp;
}

fab_status fab_solver_set_objective(fab_context *context, fab_solver *solver, const double objective[], double constant)
{
    expect_thread(solver);
    return fab_lp_set_objective(context, solver->lp, objective, constant);
}

fab_status fab_solver_set_row_limits(fab_context *context, fab_solver *solver, int row, double lower, double upper)
{
    expect_thread(solver);
    return fab_lp_set_row_limits(context, solver->lp, row, lower, upper);
}

fab_status fab_solver_set_column_limits(fab_context *context, fab_solver *solver, int column, double lower, double upper)
{
    expect_thread(solver);
    return fab_lp_set_column_limits(context, solver->lp, column, lower, upper);
}

fab_status fab_solver_add_row(fab_context *context, fab_solver *solver, const struct fab_lp_row *row, const struct fab_lp_terms *terms, int *index)
{
    expect_thread(solver);
    fab_status status = fab_lp_insert_row(context, solver->lp, row, terms);
    if (status == FAB_OK && index)
        *index = solver->lp->row_count - 1;
    return status;
}

fab_status fab_solver_add_column(fab_context *context, fab_solver *solver, const struct fab_lp_column *column, const struct fab_lp_terms *terms, int *index)
{
    expect_thread(solver);
    fab_status status = fab_lp_insert_column(context, solver->lp, column, terms);
    if (status == FAB_OK && index)
        *index = solver->lp->column_count - 1;
    return status;
}

fab_status fab_solver_mark_integer(fab_context *context, fab_solver *solver, int column, bool integer)
{
    expect_thread(solver);
    if (column < 0 || column >= solver->lp->column_count)
        return fab_fail(context, FAB_INTERNAL, "linear program: column %d of %d", column, solver->lp->column_count);
    solver->lp->column[column].integer = integer;
    return FAB_OK;
}

fab_status fab_solver_mark_settled(fab_context *context, fab_solver *solver, int column, bool settled)
{
    expect_thread(solver);
    if (column < 0 || column >= solver->lp->column_count)
        return fab_fail(context, FAB_INTERNAL, "linear program: column %d of %d", column, solver->lp->column_count);
    solver->lp->column[column].settled = settled;
    return FAB_OK;
}

/* ---- the last basis */

static char *dup_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static fab_status dup_basis(fab_context *context, const char *const from[2], char **row_status, char **column_status)
{
    fab_status status = FAB_OK;
    char *rows = NULL, *columns = NULL;
    if (from[0] && from[1]) {
        TRY_MEMORY(context, rows = dup_text(from[0]));
        TRY_MEMORY(context, columns = dup_text(from[1]));
    }
    *row_status = rows;
    *column_status = columns;
    rows = columns = NULL;
out:
    free(rows);
    free(columns);
    return status;
}

fab_status fab_solver_take_basis(fab_context *context, const fab_solver *solver, char **row_status, char **column_status)
{
    expect_thread(solver);
    const char *const kept[2] = {solver->row_status, solver->column_status};
    return dup_basis(context, kept, row_status, column_status);
}

fab_status fab_solver_give_basis(fab_context *context, fab_solver *solver, const char *row_status, const char *column_status)
{
    expect_thread(solver);
    const char *const given[2] = {row_status, column_status};
    char *rows = NULL, *columns = NULL;
    fab_status status = dup_basis(context, given, &rows, &columns);
    if (status)
        return status;
    free(solver->row_status);
    free(solver->column_status);
    solver->row_status = rows;
    solver->column_status = columns;
    return FAB_OK;
}

/* ---- solving */

/* Also when the program has no whole answer: the next program may. The interior point leaves none: what the last one was has nothing to do with where this answer is. */
static fab_status keep_basis(fab_context *context, fab_solver *solver, const fab_lp_solution *solution)
{
    if (!solution->row_status)
        return FAB_OK;
    if (solution->interior)
        return fab_solver_give_basis(context, solver, NULL, NULL);
    return fab_solver_give_basis(context, solver, solution->row_status, solution->column_status);
}

fab_status fab_solver_solve(fab_context *context, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **result)
{
    expect_thread(solver);
    static const fab_solver_options none;
    const fab_solver_options *asked = options ? options : &none;
    const struct fab_engine_watch watch = {asked->deadline, asked->progress, asked->user};
    struct fab_ladder ladder = {.lp = solver->lp, .engine = solver->engine, .factors = &solver->factors, .watch = &watch, .warm_only = asked->warm, .brief = asked->brief, .deadline = asked->deadline, .external = asked->external, .proof = asked->proof};
    fab_lp_solution *solution = NULL;
    fab_status status = FAB_OK;
    *result = NULL;
    if (fab_context_interrupted(context))
        return fab_fail(context, FAB_INTERRUPTED, "interrupted before solving");
    if (!asked->cold)
        ladder.start = (struct fab_engine_basis){solver->row_status, solver->column_status};
    if (!asked->external)
        TRY(fab_fold_solve(context, solver->lp, FAB_FOLD_ROWS, &watch, &solution));
    if (!solution || fab_lp_has_integers(solver->lp)) {
        TRY(fab_lp_scale(context, solver->lp, &solver->factors));
        fab_engine_begin(solver->engine, &watch);
    }
    bool judged = !solution && !fab_lp_has_integers(solver->lp);
    if (!solution)
        TRY(fab_ladder_climb(context, &ladder, &solution));
    TRY(keep_basis(context, solver, solution));
    if (fab_lp_has_integers(solver->lp))
        TRY(fab_whole_solve(context, solver->lp, &ladder, solution));
    if (asked->proof && !judged && solution->x)
        TRY(fab_lp_check(context, solver->lp, solution->x, solution->multiplier, asked->proof));
    *result = solution;
    solution = NULL;
out:
    fab_lp_solution_free(solution);
    return status;
}

fab_status fab_lp_solve(fab_context *context, const fab_lp *lp, const fab_lp_options *options, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    fab_solver *solver = NULL;
    fab_solver_options asked = {0};
    *solution = NULL;
    TRY(fab_solver_open(context, lp, &solver));
    if (options) {
        asked = (fab_solver_options){.progress = options->progress, .user = options->user};
        if (options->time_limit_seconds > 0)
            asked.deadline = fab_clock() + options->time_limit_seconds;
        if (options->start)
            TRY(fab_solver_give_basis(context, solver, options->start->row_status, options->start->column_status));
    }
    TRY(fab_solver_solve(context, solver, &asked, solution));
out:
    fab_solver_close(solver);
    return status;
}
