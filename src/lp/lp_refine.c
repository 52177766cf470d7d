/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_refine.h"

#include "lp_given.h"
#include "try.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first step computes, the others correct: each gains the digits that the factorisation has, at least four for any basis that GLPK
 * accepts. */
enum { STEPS = 3 };
/* A basic value inside its limits but this close to one (relative to max(1, |limit|)) is on it. */
#define SNAP 1e-13
/* A value outside its limit is put onto it gently where no row feels more of that than this share of its scale. */
#define UNFELT 1e-11

struct refinement {
    const fab_lp *lp;
    fab_context *context;
    fab_engine *engine;
    fab_lp_solution *solution;
    enum fab_refine_way way;
    const struct fab_lp_given *given; /* NULL: rows stand on their limits */
    int *head; /* [row_count] variable of each place of the basis */
    long double *residual; /* [max(row_count, column_count)] */
    double *rounding;      /* [column_count] */
    double *step;          /* [1..row_count] */
    double *activity;      /* [row_count] values of the rows: limits of nonbasic ones, unknowns of basic ones */
};

static double limit_of(char status, double lower, double upper)
{
    switch (status) {
    case 'u': return upper;
    case 'l':
    case 's': return lower;
    default: return 0;
    }
}

static void set_nonbasic(const struct refinement *refinement)
{
    const fab_lp *lp = refinement->lp;
    const fab_lp_solution *solution = refinement->solution;
    for (int i = 0; i < lp->row_count; i++) {
        double loose = refinement->given ? refinement->given[i].loose : 0;
        refinement->activity[i] = limit_of(solution->row_status[i], lp->row[i].lower - loose, lp->row[i].upper + loose);
    }
    for (int j = 0; j < lp->column_count; j++)
        solution->x[j] = limit_of(solution->column_status[j], lp->column[j].lower, lp->column[j].upper);
}

/* One step for x_B: residual A x - activity, which B dx_B must take away. */
static fab_status step_primal(const struct refinement *refinement)
{
    const fab_lp *lp = refinement->lp;
    double *x = refinement->solution->x;
    for (int i = 0; i < lp->row_count; i++)
        refinement->residual[i] = -(long double)refinement->activity[i];
    for (int j = 0; j < lp->column_count; j++)
        if (x[j] != 0)
            for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
                refinement->residual[lp->row_index[k]] += (long double)lp->value[k] * x[j];
    for (int i = 0; i < lp->row_count; i++)
        refinement->step[i + 1] = (double)refinement->residual[i];
    fab_status status = fab_engine_solve(refinement->context, refinement->engine, refinement->step);
    for (int place = 0; !status && place < lp->row_count; place++) {
        int variable = refinement->head[place];
        double *value = variable < lp->row_count ? &refinement->activity[variable] : &x[variable - lp->row_count];
        *value += refinement->step[place + 1];
    }
    return status;
}

/* c - y A, and what rounding the multipliers to doubles can do to it: half a unit in the last place of every term, and as much for the
 * step. */
static void compute_reduced_costs(const struct refinement *refinement)
{
    const fab_lp *lp = refinement->lp;
    for (int j = 0; j < lp->column_count; j++) {
        long double sum = lp->column[j].objective, size = fabsl(sum);
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            long double term = (long double)lp->value[k] * refinement->solution->multiplier[lp->row_index[k]];
            sum -= term;
            size += fabsl(term);
        }
        refinement->residual[j] = sum;
        refinement->rounding[j] = (double)size * DBL_EPSILON;
    }
}

/* A reduced cost of e too much costs the bound e (upper - x), too little e (x - lower); where the first is far larger, as with a generous
 * upper limit, the aim for a basic column is not 0 but as little below it as rounding needs not to cross it. */
static double aim_for(const struct refinement *refinement, int column)
{
    double x = refinement->solution->x[column], rounding = refinement->rounding[column];
    double above = refinement->lp->column[column].upper - x, below = x - refinement->lp->column[column].lower;
    return above > below ? -rounding : rounding;
}

/* Multipliers without any rounding, as in small programs, are left alone. */
static bool is_exact(const struct refinement *refinement)
{
    const fab_lp *lp = refinement->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (refinement->solution->column_status[j] == 'b' && refinement->residual[j] != 0)
            return false;
    return true;
}

/* One step for y: B^T p = c_B has p = -y, for the columns of B are those of -A; the multiplier of a basic row is exactly 0. */
static fab_status step_dual(const struct refinement *refinement, bool last)
{
    const fab_lp *lp = refinement->lp;
    double *multiplier = refinement->solution->multiplier;
    compute_reduced_costs(refinement);
    bool aims = last && !is_exact(refinement);
    for (int place = 0; place < lp->row_count; place++) {
        int column = refinement->head[place] - lp->row_count;
        double aim = aims && column >= 0 ? aim_for(refinement, column) : 0;
        refinement->step[place + 1] = column < 0 ? 0 : (double)(refinement->residual[column] - aim);
    }
    fab_status status = fab_engine_solve_transposed(refinement->context, refinement->engine, refinement->step);
    for (int i = 0; !status && i < lp->row_count; i++)
        multiplier[i] = refinement->solution->row_status[i] == 'b' ? 0 : multiplier[i] - refinement->step[i + 1];
    return status;
}

/* Whether no row feels a change of a column by so much. */
static bool is_unfelt(const struct refinement *refinement, int j, double change)
{
    const fab_lp *lp = refinement->lp;
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
        const struct fab_lp_row *row = &lp->row[lp->row_index[k]];
        double scale = fmax(1, fmax(isfinite(row->lower) ? fabs(row->lower) : 0, isfinite(row->upper) ? fabs(row->upper) : 0));
        if (fabs(lp->value[k] * change) > UNFELT * scale)
            return false;
    }
    return true;
}

/* Onto a limit: values outside by what counts as feasible, values inside by rounding. side 1: upper, -1: lower. */
static void clip_to(const struct refinement *refinement, int j, double limit, int side)
{
    double *x = &refinement->solution->x[j], unit = fmax(1, fabs(limit)), outside = side * (*x - limit);
    if (outside > -SNAP * unit && outside <= FAB_LP_FEASIBILITY * unit && (refinement->way == FAB_REFINE_FIRMLY || is_unfelt(refinement, j, outside)))
        *x = limit;
}

static void clip(const struct refinement *refinement)
{
    const fab_lp *lp = refinement->lp;
    for (int j = 0; j < lp->column_count; j++) {
        clip_to(refinement, j, lp->column[j].lower, -1);
        clip_to(refinement, j, lp->column[j].upper, 1);
    }
}

static fab_status take_steps(struct refinement *refinement)
{
    fab_status status = FAB_OK;
    memset(refinement->solution->multiplier, 0, (size_t)refinement->lp->row_count * sizeof *refinement->solution->multiplier);
    set_nonbasic(refinement);
    for (int step = 0; step < STEPS; step++) {
        TRY(step_primal(refinement));
        TRY(step_dual(refinement, step + 1 == STEPS));
    }
    clip(refinement);
    compute_reduced_costs(refinement);
out:
    return status;
}

fab_status fab_lp_refine(fab_context *context, const fab_lp *lp, fab_engine *engine, enum fab_refine_way way, fab_lp_solution *solution)
{
    size_t rows = (size_t)lp->row_count + 1, longest = rows + (size_t)lp->column_count;
    fab_status status = FAB_OK;
    bool factorised = false;
    struct fab_lp_given *given = NULL;
    struct refinement refinement = {.lp = lp, .context = context, .engine = engine, .way = way, .solution = solution};
    TRY_MEMORY(context, refinement.head = malloc(rows * sizeof *refinement.head));
    TRY(fab_engine_factorise(context, engine, refinement.head, &factorised));
    if (!factorised)
        goto out;
    TRY_MEMORY(context, refinement.residual = malloc(longest * sizeof *refinement.residual));
    TRY_MEMORY(context, refinement.rounding = malloc(longest * sizeof *refinement.rounding));
    TRY_MEMORY(context, refinement.step = malloc(rows * sizeof *refinement.step));
    TRY_MEMORY(context, refinement.activity = malloc(rows * sizeof *refinement.activity));
    if (way == FAB_REFINE_LOOSELY)
        TRY_MEMORY(context, refinement.given = given = fab_lp_given_find(lp));
    TRY(take_steps(&refinement));
    for (int j = 0; j < lp->column_count; j++)
        solution->reduced_cost[j] = solution->column_status[j] == 'b' ? 0 : (double)refinement.residual[j];
out:
    free(refinement.head);
    free(refinement.residual);
    free(refinement.rounding);
    free(refinement.step);
    free(refinement.activity);
    free(given);
    return status;
}
