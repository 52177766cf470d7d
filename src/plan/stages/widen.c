/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widen.h"

#include "endless.h"
#include "try.h"

#include <math.h>

/* How much wider a bound gets at a time, and how often: what is then still not enough is without end. */
#define WIDER 1000
#define WIDEST 1e15
enum { MOST_TIMES = 2, MOST_FORCED = 1 };
/* Money that a bound takes, of the objective, below which its reduced cost is rounding. */
#define NOTHING 1e-9

double fab_bound_of_data(const fab_program *program, int column)
{
    const fab_terms *terms = program->terms;
    struct fab_tag tag = program->lp->column[column].tag;
    double limit = (double)NAN;
    if (program->lp->column[column].lower == program->lp->column[column].upper)
        return program->lp->column[column].upper; /* it was decided */
    if (tag.family == FAB_X)
        limit = terms->source[tag.a].period[tag.period].max_starts;
    else if (tag.family == FAB_I)
        limit = terms->unstocked[tag.a] ? 0 : terms->max_stock[tag.a * terms->period_count + tag.period];
    else if (tag.family == FAB_Y || tag.family == FAB_SHORT)
        limit = terms->model->demand[tag.a].quantity;
    else if (tag.family == FAB_LACK || tag.family == FAB_LACKMIN || tag.family == FAB_BEHIND || tag.family == FAB_USE || tag.family == FAB_TAKEN || tag.family == FAB_UNDER || tag.family == FAB_LESS || tag.family >= FAB_FAMILIES)
        limit = program->lp->column[column].upper;
    return isnan(limit) ? (double)INFINITY : limit;
}

bool fab_bound_is_of_data(const fab_program *program, int column)
{
    return program->lp->column[column].upper >= fab_bound_of_data(program, column);
}

double fab_bound_far(const fab_program *program, int column)
{
    static const double least = 1e6;
    return fmin(fmin(fmax(WIDER * program->lp->column[column].upper, least), WIDEST), fab_bound_of_data(program, column));
}

/* A bound decides when its column ends there and would earn more beyond. */
static bool decides_in(const fab_program *program, const struct fab_lp_column *column, const fab_lp_solution *found, double objective, int j)
{
    return found->column_status[j] == 'u' && found->reduced_cost[j] * column->upper > NOTHING * fmax(1, fabs(objective)) && found->x[j] > 0 &&
           column->upper < fab_bound_of_data(program, j);
}

static bool decides(const fab_program *program, const fab_lp_solution *found, double objective, int column)
{
    return decides_in(program, &program->lp->column[column], found, objective, column);
}

static double objective_at(const fab_lp *lp, const fab_lp_solution *found)
{
    double sum = lp->objective_constant;
    for (int j = 0; j < lp->column_count; j++)
        sum += lp->column[j].objective * found->x[j];
    return sum;
}

/* The column whose bound decides, starts before others; FAB_NONE without any. */
static int find_deciding(const fab_program *program, const fab_solver *solver, const fab_lp_solution *found)
{
    double objective = objective_at(fab_solver_program(solver), found);
    int first = FAB_NONE;
    for (int j = 0; j < program->lp->column_count; j++)
        if (decides(program, found, objective, j) && (first == FAB_NONE || (program->lp->column[j].tag.family == FAB_X && program->lp->column[first].tag.family != FAB_X)))
            first = j;
    return first;
}

/* All of them, for what one held back would next be held back by another. */
fab_status fab_widen(fab_context *context, fab_program *program, fab_solver *solver)
{
    fab_status status = FAB_OK;
    for (int j = 0; j < program->lp->column_count; j++) {
        struct fab_lp_column *column = &program->lp->column[j];
        if (fab_bound_is_of_data(program, j) || column->upper >= WIDEST)
            continue;
        column->upper = fab_bound_far(program, j); /* also one of 0: a limit that was moved may have made it */
        TRY(fab_solver_set_column_limits(context, solver, j, column->lower, column->upper));
    }
out:
    return status;
}

/* A bound that no width is enough for. */
static fab_status fail_endless(fab_context *context, const fab_program *program, int column)
{
    const fab_model *model = program->terms->model;
    struct fab_tag tag = program->lp->column[column].tag;
    if (tag.family == FAB_X)
        return fab_endless_fail(context, model, model->source[tag.a].item, tag.a);
    return fab_fail_as(context, FAB_INPUT, "check_endless", "there is no best plan: more of %s earns more without end", program->lp->column[column].name);
}

fab_status fab_widen_solve(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    int first = FAB_NONE;
    for (int times = 0;; times++) {
        TRY(fab_solver_solve(context, solver, options, found));
        if ((*found)->outcome != FAB_OPTIMAL)
            break;
        first = find_deciding(program, solver, *found);
        if (first == FAB_NONE)
            break;
        fab_say(context, FAB_LEVEL_DETAIL, "%s ends at its bound, which no limit of the data is: solved again with wider ones", program->lp->column[first].name);
        if (times == MOST_TIMES)
            TRY(fail_endless(context, program, first));
        fab_lp_solution_free(*found);
        *found = NULL;
        TRY(fab_widen(context, program, solver));
    }
out:
    if (status != FAB_OK) {
        fab_lp_solution_free(*found);
        *found = NULL;
    }
    return status;
}

bool fab_widen_decides(const fab_program *program, const fab_solver *solver, const fab_lp_solution *found)
{
    return find_deciding(program, solver, found) != FAB_NONE;
}

fab_status fab_widen_force(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    TRY(fab_widen_solve(context, program, solver, options, found));
    for (int times = 0; times < MOST_FORCED && (*found)->outcome == FAB_INFEASIBLE; times++) {
        fab_lp_solution_free(*found);
        *found = NULL;
        TRY(fab_widen(context, program, solver));
        TRY(fab_widen_solve(context, program, solver, options, found));
    }
out:
    return status;
}

/* The deciding bounds, in the solver alone; how many there were. */
static fab_status widen_deciding(fab_context *context, const fab_program *program, fab_solver *solver, const fab_lp_solution *found, int *count)
{
    fab_status status = FAB_OK;
    const double objective = objective_at(fab_solver_program(solver), found);
    *count = 0;
    for (int j = 0; j < program->lp->column_count; j++) {
        const struct fab_lp_column column = fab_solver_program(solver)->column[j];
        if (column.lower >= column.upper || !decides_in(program, &column, found, objective, j))
            continue;
        TRY(fab_solver_set_column_limits(context, solver, j, column.lower, fmin(fmin(WIDER * column.upper, WIDEST), fab_bound_of_data(program, j))));
        (*count)++;
    }
out:
    return status;
}

fab_status fab_widen_behind(fab_context *context, fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_lp_solution **found)
{
    fab_status status = FAB_OK;
    int count = 1;
    for (int times = 0; count > 0; times++) {
        fab_lp_solution_free(*found);
        *found = NULL;
        TRY(fab_solver_solve(context, solver, options, found));
        if ((*found)->outcome != FAB_OPTIMAL || times == MOST_TIMES)
            break;
        TRY(widen_deciding(context, program, solver, *found, &count));
    }
    if ((*found)->outcome == FAB_OPTIMAL)
        fab_widen_to(program, (*found)->x);
out:
    if (status != FAB_OK) {
        fab_lp_solution_free(*found);
        *found = NULL;
    }
    return status;
}

void fab_widen_to(fab_program *program, const double x[])
{
    for (int j = 0; j < program->lp->column_count; j++)
        if (x[j] > program->lp->column[j].upper && !fab_bound_is_of_data(program, j))
            program->lp->column[j].upper = fmin(x[j], fab_bound_of_data(program, j));
}
