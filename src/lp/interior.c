/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior.h"

#include "clock.h"
#include "empty_least.h"
#include "interior_step.h"
#include "lp_estimate.h"
#include "lp_sides.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

/* An error that is enough at once: a tenth of what the proof allows. */
#define ENOUGH (0.1 * FAB_LP_GAP)
/* One that the proof allows just so is taken when no better one comes soon. */
#define PROVEN (0.8 * FAB_LP_GAP)
enum { PATIENCE_PROVEN = 2 };

/* From this gap on rows are mended, each time so often at most. */
#define NEARLY 1e-7
enum { MENDS_MOST = 2 };
/* Rows that are broken by more than this may be so because they must; and how much multipliers must say, relative to the largest money of a row, for the exact check to be asked. */
#define FEASIBLE 1e-6
#define EMPTY (4 * FAB_EMPTY_LEAST)

enum { ITERATIONS_MOST = 200, BRIEF_MOST = 12 };

/* An error that has not become this much smaller in so many iterations becomes no smaller; and rows that are broken and came no nearer never will: the program has no inside. */
#define PROGRESS 0.9
enum { PATIENCE = 12, PROGRESSES = 4 };


struct interior {
    fab_context *context;
    const fab_lp *lp;
    const struct fab_engine_watch *watch;
    bool brief;
    fab_arena *arena;
    struct fab_interior_form form;
    struct fab_interior_walk walk;
    struct fab_lp_sums sums;
    double *x, *multiplier;           /* the present point as one of the program */
    double *best_x, *best_multiplier; /* those with the smallest error together, which may be of two iterations */
    double best_error;                /* INFINITY: none */
    struct fab_lp_estimate best, present;
    double least[PROGRESSES]; /* that were seen: error, residuals of rows and of costs, mean product */
    double least_broken; /* residual of rows */
    int iterations, last_progress, last_nearer;
    double began;
    enum fab_interior_result result;
    bool ended;
};

static void end(struct interior *interior, enum fab_interior_result result)
{
    interior->ended = true;
    interior->result = result;
}

static fab_status take_arrays(struct interior *interior)
{
    size_t rows = (size_t)interior->lp->row_count, columns = (size_t)interior->lp->column_count;
    fab_arena *arena = interior->arena;
    interior->x = fab_arena_take(arena, columns, sizeof *interior->x);
    interior->best_x = fab_arena_take(arena, columns, sizeof *interior->best_x);
    interior->multiplier = fab_arena_take(arena, rows, sizeof *interior->multiplier);
    interior->best_multiplier = fab_arena_take(arena, rows, sizeof *interior->best_multiplier);
    interior->sums.activity = fab_arena_take(arena, rows, sizeof *interior->sums.activity);
    interior->sums.largest = fab_arena_take(arena, rows, sizeof *interior->sums.largest);
    bool taken = interior->x && interior->best_x && interior->multiplier && interior->best_multiplier && interior->sums.activity && interior->sums.largest;
    return taken ? FAB_OK : fab_fail_memory(interior->context);
}

/* No point at all: multipliers whose bound without costs is below 0 by more than rounding. The exact check decides (farkas.h). */
static bool is_empty(const struct interior *interior)
{
    double size = 0;
    for (int i = 0; i < interior->lp->row_count; i++) {
        const struct fab_lp_row *row = &interior->lp->row[i];
        double limit = interior->multiplier[i] > 0 ? row->upper : row->lower;
        if (isfinite(limit))
            size = fmax(size, fabs(interior->multiplier[i]) * fmax(1, fabs(limit)));
    }
    return size > 0 && -fab_lp_estimate_bound(interior->lp, interior->multiplier, 0, NULL) > EMPTY * size;
}

static void note_rows(struct interior *interior)
{
    double broken = interior->walk.primal;
    if (broken > FEASIBLE && broken >= PROGRESS * interior->least_broken)
        return;
    interior->least_broken = broken;
    interior->last_nearer = interior->iterations;
}

/* Until the answer gets better, it is progress when what is infeasible or apart does. */
static void note_progress(struct interior *interior, double error)
{
    const struct fab_interior_walk *walk = &interior->walk;
    double measure[PROGRESSES] = {error, walk->primal, walk->dual, walk->mu};
    bool proven = interior->best_error <= PROVEN;
    for (int n = 0; n < (proven ? 1 : PROGRESSES); n++)
        if (measure[n] < PROGRESS * interior->least[n]) {
            interior->least[n] = measure[n];
            interior->last_progress = interior->iterations;
        }
}

/* What a point and a bound leave open together: near the end rounding spoils the point of one iteration and the multipliers of another. */
static double error_of(const struct fab_lp_estimate *point, double bound)
{
    return fmax(fabs(bound - point->objective) / fmax(1, fabs(point->objective)), point->row_residual);
}

/* Keeps of the present point and multipliers what makes the smallest error, with each other or with what is kept. Gives that error. */
static double keep_best(struct interior *interior, const struct fab_lp_estimate *estimate)
{
    bool first = interior->best_error == (double)INFINITY;
    double both = error_of(estimate, estimate->bound), point = first ? both : error_of(estimate, interior->best.bound), bound = first ? both : error_of(&interior->best, estimate->bound);
    double error = fmin(both, fmin(point, bound));
    if (!(error < interior->best_error))
        return error;
    interior->best_error = error;
    if (error == both || error == point) {
        interior->best.objective = estimate->objective;
        interior->best.row_residual = estimate->row_residual;
        memcpy(interior->best_x, interior->x, (size_t)interior->lp->column_count * sizeof *interior->x);
    }
    if (error == both || error == bound) {
        interior->best.bound = estimate->bound;
        memcpy(interior->best_multiplier, interior->multiplier, (size_t)interior->lp->row_count * sizeof *interior->multiplier);
    }
    return error;
}

/* The point as one of the program, and kept when no better one is known. */
static void judge(struct interior *interior)
{
    const struct fab_interior_walk *walk = &interior->walk;
    const struct fab_interior_values values = {walk->point.x, walk->point.room, walk->point.y};
    fab_interior_form_undo(&interior->form, &values, interior->x, interior->multiplier);
    struct fab_lp_estimate estimate = fab_lp_estimate(interior->lp, interior->x, interior->multiplier, &interior->sums);
    interior->present = estimate;
    fab_say(interior->context, FAB_LEVEL_DETAIL, "interior point %d: objective %.12g, gap %.2g, rows %.2g; inside: mean product %.2g, rows %.2g, costs %.2g, steps %.3g and %.3g, solves %ld, shift %.1g", interior->iterations, estimate.objective,
            estimate.gap, estimate.row_residual, walk->mu, walk->primal, walk->dual, walk->primal_step, walk->dual_step, walk->newton.solves, walk->newton.shift);
    note_progress(interior, keep_best(interior, &estimate));
    note_rows(interior);
    if (estimate.row_residual > FEASIBLE && is_empty(interior)) {
        interior->best_error = 0;
        memcpy(interior->best_multiplier, interior->multiplier, (size_t)interior->lp->row_count * sizeof *interior->multiplier);
        end(interior, FAB_INTERIOR_INFEASIBLE);
        return;
    }
    if (interior->best_error <= ENOUGH)
        end(interior, FAB_INTERIOR_DONE);
}

static fab_status look_at_clock(struct interior *interior)
{
    const struct fab_engine_watch *watch = interior->watch;
    double now = fab_clock();
    if (fab_context_interrupted(interior->context))
        return fab_fail(interior->context, FAB_INTERRUPTED, "interrupted while solving");
    if (watch->deadline > 0 && now >= watch->deadline)
        end(interior, FAB_INTERIOR_TIME);
    if (watch->progress) {
        bool feasible = interior->best.row_residual <= FAB_LP_FEASIBILITY && interior->best_error < (double)INFINITY;
        const fab_lp_progress progress = {interior->iterations, feasible ? interior->best.objective : (double)NAN, now - interior->began};
        watch->progress(watch->user, &progress);
    }
    return FAB_OK;
}

/* Near the end the residuals of rows are what rounding in the last step has left: they are small, and what mends them is exact to a share of them. */
static void look(struct interior *interior)
{
    fab_interior_walk_look(&interior->walk);
    judge(interior);
    for (int n = 0; n < MENDS_MOST && !interior->ended && interior->iterations > 0 && fabs(interior->present.gap) <= NEARLY && interior->present.row_residual > ENOUGH; n++) {
        fab_interior_walk_mend(&interior->walk);
        fab_interior_walk_look(&interior->walk);
        judge(interior);
    }
}

static bool is_stuck(const struct interior *interior)
{
    int patience = interior->best_error <= PROVEN ? PATIENCE_PROVEN : PATIENCE;
    return interior->iterations - interior->last_progress > patience || interior->iterations - interior->last_nearer > PATIENCE;
}

/* What stops at the digits of its factors goes on by better ones. */
static fab_status sharpen(struct interior *interior)
{
    interior->last_progress = interior->last_nearer = interior->iterations;
    return fab_interior_walk_sharpen(interior->context, &interior->walk);
}

static fab_status iterate(struct interior *interior)
{
    struct fab_interior_walk *walk = &interior->walk;
    bool done = true;
    fab_status status = FAB_OK;
    TRY(look_at_clock(interior));
    look(interior);
    if (interior->ended)
        goto out;
    TRY(fab_interior_walk_step(interior->context, walk, &done));
    interior->iterations++;
    if (done && is_stuck(interior) && fab_interior_walk_can_sharpen(walk))
        TRY(sharpen(interior));
    else if (!done || is_stuck(interior) || interior->iterations == (interior->brief ? BRIEF_MOST : ITERATIONS_MOST))
        end(interior, interior->best_error <= PROVEN ? FAB_INTERIOR_DONE : FAB_INTERIOR_UNDECIDED);
out:
    return status;
}

static fab_status make_solution(struct interior *interior, fab_lp_solution **result)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = interior->lp;
    fab_lp_solution *solution = fab_lp_solution_new(lp);
    TRY_MEMORY(interior->context, solution);
    memcpy(solution->x, interior->best_x, (size_t)lp->column_count * sizeof *solution->x);
    memcpy(solution->multiplier, interior->best_multiplier, (size_t)lp->row_count * sizeof *solution->multiplier);
    fab_lp_estimate_bound(lp, solution->multiplier, 1, solution->reduced_cost);
    TRY_MEMORY(interior->context, fab_lp_set_sides(lp, solution));
    solution->iterations = interior->iterations;
    solution->interior = true;
    *result = solution;
    solution = NULL;
out:
    fab_lp_solution_free(solution);
    return status;
}

static fab_status run(struct interior *interior, const struct fab_lp_factors *factors)
{
    fab_status status = FAB_OK;
    bool done;
    TRY(take_arrays(interior));
    TRY(fab_interior_form_make(interior->context, interior->arena, interior->lp, factors, &interior->form));
    if (interior->form.presolve.broken)
        goto out;
    fab_say(interior->context, FAB_LEVEL_DETAIL, "interior point: %d of %d rows, %d of %d columns, %d coefficients", interior->form.row_count, interior->lp->row_count, interior->form.structural_count,
            interior->lp->column_count, interior->form.start[interior->form.column_count]);
    TRY(fab_interior_walk_make(interior->context, interior->arena, &interior->form, &interior->walk));
    interior->walk.brief = interior->brief;
    fab_say(interior->context, FAB_LEVEL_DETAIL, "interior point: factor of %.3g coefficients, %.3g operations; %s", fab_factor_nonzeros(interior->walk.newton.factor),
            fab_factor_flops(interior->walk.newton.factor), fab_factor_arithmetic());
    TRY(fab_interior_walk_start(interior->context, &interior->walk, &done));
    while (done && !interior->ended)
        TRY(iterate(interior));
out:
    return status;
}

fab_status fab_interior_solve(fab_context *context, const struct fab_interior_asked *asked, enum fab_interior_result *result, fab_lp_solution **solution)
{
    fab_status status = FAB_OK;
    struct interior interior = {.context = context, .lp = asked->lp, .watch = asked->watch, .brief = asked->brief, .best_error = (double)INFINITY, .least_broken = (double)INFINITY, .began = fab_clock(), .result = FAB_INTERIOR_UNDECIDED};
    *solution = NULL;
    for (int n = 0; n < PROGRESSES; n++)
        interior.least[n] = (double)INFINITY;
    TRY_MEMORY(context, interior.arena = fab_arena_new());
    TRY(run(&interior, asked->factors));
    if (interior.best_error < (double)INFINITY)
        TRY(make_solution(&interior, solution));
    *result = interior.result;
out:
    fab_interior_walk_fini(&interior.walk);
    fab_arena_free(interior.arena);
    return status;
}
