/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "whole.h"

#include "clock.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Share of the time left that the search may take; the rest is for making its answer exact. */
#define SEARCH_SHARE 0.9

/* The limits of a column while it is fixed. */
struct limits {
    double lower, upper;
};

static struct limits *fix_columns(fab_lp *lp, const double *x)
{
    struct limits *kept = malloc(((size_t)lp->column_count + 1) * sizeof *kept);
    for (int j = 0; kept && j < lp->column_count; j++) {
        struct fab_lp_column *column = &lp->column[j];
        kept[j] = (struct limits){column->lower, column->upper};
        if (column->integer) /* a search may be outside by its tolerance */
            column->lower = column->upper = fmin(fmax(rint(x[j]), ceil(column->lower)), floor(column->upper));
    }
    return kept;
}

static void release_columns(fab_lp *lp, const struct limits *kept)
{
    for (int j = 0; kept && j < lp->column_count; j++) {
        lp->column[j].lower = kept[j].lower;
        lp->column[j].upper = kept[j].upper;
    }
}

static bool is_whole(const fab_lp *lp, const double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        if (lp->column[j].integer && x[j] != rint(x[j]))
            return false;
    return true;
}

/* Solves the rest with the integers fixed at x. *answer NULL when that has no answer. */
static fab_status solve_rest(fab_context *context, fab_lp *lp, const struct fab_ladder *ladder, const double *x, fab_lp_solution **answer)
{
    fab_status status = FAB_OK;
    struct limits *kept = fix_columns(lp, x);
    TRY_MEMORY(context, kept);
    TRY(fab_ladder_climb(context, ladder, answer));
out:
    release_columns(lp, kept);
    free(kept);
    return status;
}

/* Exactly: whole where it must be, and within all limits. */
static fab_status check_point(fab_context *context, const fab_lp *lp, const double *x, const double *multiplier, bool *good)
{
    fab_lp_certificate certificate;
    fab_status status = fab_lp_check(context, lp, x, multiplier, &certificate);
    *good = is_whole(lp, x) && certificate.row_residual <= FAB_LP_FEASIBILITY && certificate.column_residual <= FAB_LP_FEASIBILITY;
    if (status == FAB_OK)
        fab_say(context, FAB_LEVEL_DETAIL, "whole numbers: objective %.17g, rows %.3g, columns %.3g, without whole numbers at most %.17g", certificate.objective,
                certificate.row_residual, certificate.column_residual, certificate.bound);
    return status;
}

static void drop_arrays(fab_lp_solution *solution)
{
    free(solution->x);
    free(solution->multiplier);
    free(solution->reduced_cost);
    free(solution->row_status);
    free(solution->column_status);
    solution->x = solution->multiplier = solution->reduced_cost = NULL;
    solution->row_status = solution->column_status = NULL;
}

/* Puts the found point into the answer when it holds what it promises. */
static fab_status make_exact(fab_context *context, fab_lp *lp, const struct fab_ladder *ladder, const double *x, fab_lp_solution *relaxed)
{
    fab_status status = FAB_OK;
    fab_lp_solution *rest = NULL;
    bool good = false;
    TRY(solve_rest(context, lp, ladder, x, &rest));
    if (rest->x)
        TRY(check_point(context, lp, rest->x, relaxed->multiplier, &good));
    if (!good) {
        relaxed->outcome = FAB_LIMIT;
        drop_arrays(relaxed);
        goto out;
    }
    if (rest->outcome != FAB_OPTIMAL)
        relaxed->outcome = FAB_LIMIT;
    free(relaxed->x);
    relaxed->x = rest->x;
    rest->x = NULL;
out:
    fab_lp_solution_free(rest);
    return status;
}

fab_status fab_whole_solve(fab_context *context, fab_lp *lp, const struct fab_ladder *ladder, fab_lp_solution *relaxed)
{
    fab_status status = FAB_OK;
    struct fab_engine_found found;
    struct fab_ladder rest = *ladder;
    double *x = NULL, now = fab_clock();
    if (relaxed->outcome != FAB_OPTIMAL) { /* infeasible it stays; a point with fractions is none */
        drop_arrays(relaxed);
        return FAB_OK;
    }
    TRY_MEMORY(context, x = malloc(((size_t)lp->column_count + 1) * sizeof *x));
    rest.start = (struct fab_engine_basis){relaxed->row_status, relaxed->column_status};
    struct fab_engine_search search = {.basis = rest.start, .deadline = ladder->deadline > 0 ? now + SEARCH_SHARE * (ladder->deadline - now) : 0};
    TRY(fab_engine_branch(context, ladder->engine, &search, x, &found));
    fab_say(context, FAB_LEVEL_DETAIL, "whole numbers: the solver claims at most %.17g", found.bound);
    if (!found.point) {
        relaxed->outcome = found.finished ? FAB_INFEASIBLE : FAB_LIMIT;
        drop_arrays(relaxed);
        goto out;
    }
    if (!found.finished)
        relaxed->outcome = FAB_LIMIT;
    TRY(make_exact(context, lp, &rest, x, relaxed));
    relaxed->iterations = fab_engine_iterations(ladder->engine);
out:
    free(x);
    return status;
}
