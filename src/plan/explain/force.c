/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "force.h"

#include "trial.h"
#include "try.h"
#include "view.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>

#define ONE_PERCENT 0.01

static double shipped_at(const fab_plan *plan, const double *x, int d, bool paid)
{
    double sum = 0;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        if (column != FAB_NONE)
            sum += x[column] * (paid ? plan->model->demand[d].price_usd * plan->terms->period[t].discount : 1);
    }
    return sum;
}

static double short_of(const fab_plan *plan, int d)
{
    double units = fab_view_value(plan, FAB_SHORT, d, FAB_NONE);
    return fab_view_is_short(units, plan->model->demand[d].quantity) ? units : 0;
}

double fab_force_step(const fab_plan *plan, int d)
{
    double units = short_of(plan, d), percent = ONE_PERCENT * plan->model->demand[d].quantity;
    return units > 0 ? fmin(percent, units) : percent;
}

/* Of a column without periods: x times its money. */
static double money_at(const fab_plan *plan, const double *x, int family, int d)
{
    int column = fab_program_at(plan->program, family, d, FAB_NONE);
    return column == FAB_NONE ? 0 : x[column] * plan->program->lp->column[column].objective;
}

/* The order's own money but for lateness: what it pays, and its penalties. */
static double own_money(const fab_plan *plan, const double *x, int d)
{
    return shipped_at(plan, x, d, true) + money_at(plan, x, FAB_SHORT, d) + money_at(plan, x, FAB_LACK, d);
}

static void raise_column(const fab_plan *plan, int column, double units)
{
    if (column != FAB_NONE)
        plan->program->lp->column[column].upper += units;
}

/* So many units more than the data says are ordered: in the program, where the solver is put back to. */
static void raise_order(struct fab_forced *forced, int d, double wanted)
{
    const fab_plan *plan = &forced->plan;
    int row = fab_program_at(plan->program, FAB_DEM, d, FAB_NONE);
    double units = wanted - forced->raised;
    if (row == FAB_NONE || units == 0)
        return;
    forced->raised = wanted;
    plan->program->lp->row[row].lower += units;
    plan->program->lp->row[row].upper += units;
    raise_column(plan, fab_program_at(plan->program, FAB_SHORT, d, FAB_NONE), units);
    for (int t = 0; t < plan->terms->period_count; t++)
        raise_column(plan, fab_program_at(plan->program, FAB_Y, d, t), units);
}

static fab_status add_row(fab_context *context, const fab_plan *plan, int d, double least, int *index)
{
    fab_status status = FAB_OK;
    int T = plan->terms->period_count, count = 0;
    int *column = malloc(((size_t)T + 1) * sizeof *column);
    double *one = malloc(((size_t)T + 1) * sizeof *one);
    TRY_MEMORY(context, column && one);
    for (int t = 0; t < T; t++) {
        column[count] = fab_program_at(plan->program, FAB_Y, d, t);
        one[count] = 1;
        count += column[count] != FAB_NONE;
    }
    const struct fab_lp_row row = {.name = "more of the order", .lower = least, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    TRY(fab_solver_add_row(context, plan->solver, &row, &(struct fab_lp_terms){count, column, one}, index));
out:
    free(column);
    free(one);
    return status;
}

/* A period in which the order ships: one between its limits, where there is one, says exactly what a unit costs. */
static int find_period(const fab_plan *plan, int d)
{
    int found = FAB_NONE;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        if (column == FAB_NONE || !(fab_view_column(plan, column) > 0))
            continue;
        if (plan->solution->column_status[column] == 'b')
            return t;
        found = found == FAB_NONE ? t : found;
    }
    return found;
}

/* What is lost by all others per unit, from the two optima. */
static void find_means(const fab_plan *plan, struct fab_forced *forced, int d)
{
    double own = own_money(&forced->plan, forced->plan.solution->x, d) - own_money(plan, plan->solution->x, d);
    forced->worth_usd = own / forced->step;
    forced->mean_usd = (own - forced->gain_usd) / forced->step;
    forced->period = find_period(&forced->plan, d);
}

fab_status fab_force(fab_context *context, const fab_plan *plan, int d, double step, const fab_solver_options *options, struct fab_forced *forced)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    *forced = (struct fab_forced){.plan = *plan, .step = step, .ordered = fmax(0, step - short_of(plan, d)), .period = FAB_NONE, .marginal_usd = (double)NAN};
    forced->plan.solution = NULL;
    raise_order(forced, d, forced->ordered);
    TRY(fab_plan_stand(context, plan));
    TRY(fab_solver_give_basis(context, plan->solver, plan->solution->row_status, plan->solution->column_status));
    forced->shipped = shipped_at(plan, plan->solution->x, d, false);
    TRY(add_row(context, plan, d, forced->shipped + step, &forced->row));
    TRY(fab_widen_force(context, plan->program, plan->solver, options, &found));
    forced->plan.outcome = found->outcome;
    if (found->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(context, fab_solver_program(plan->solver), found->x, found->multiplier, &forced->plan.certificate));
    if (!forced->plan.certificate.verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "what a step more of order %s costs cannot be proven", plan->model->demand[d].demand));
    forced->plan.solution = found;
    found = NULL;
    forced->gain_usd = forced->plan.certificate.objective - plan->certificate.objective;
    fab_program_totals(plan->program, forced->plan.solution->x, forced->plan.totals);
    find_means(plan, forced, d);
out:
    fab_lp_solution_free(found);
    return status;
}

fab_status fab_force_release(fab_context *context, struct fab_forced *forced, int d, bool keep_order)
{
    fab_status status = FAB_OK;
    raise_order(forced, d, keep_order ? forced->ordered : 0);
    TRY(fab_plan_stand(context, &forced->plan));
    TRY(fab_solver_set_row_limits(context, forced->plan.solver, forced->row, -(double)INFINITY, (double)INFINITY));
out:
    return status;
}

/* The gain of `units` more; NAN: they cannot be had, or nothing was proven. */
static fab_status gain_of(fab_context *context, const fab_plan *plan, struct fab_forced *forced, int d, double units, double *gain_usd)
{
    fab_status status = FAB_OK;
    fab_lp_solution *found = NULL;
    fab_lp_certificate certificate = {0};
    *gain_usd = (double)NAN;
    raise_order(forced, d, fmax(0, units - forced->step + forced->ordered));
    TRY(fab_plan_stand(context, plan));
    TRY(fab_solver_set_row_limits(context, plan->solver, forced->row, forced->shipped + units, (double)INFINITY));
    TRY(fab_widen_force(context, plan->program, plan->solver, NULL, &found));
    if (found->outcome == FAB_OPTIMAL)
        TRY(fab_lp_check(context, fab_solver_program(plan->solver), found->x, found->multiplier, &certificate));
    if (certificate.verified)
        *gain_usd = certificate.objective - plan->certificate.objective;
out:
    fab_lp_solution_free(found);
    return status;
}

fab_status fab_force_holds(fab_context *context, const fab_plan *plan, struct fab_forced *forced, int d, double *units)
{
    fab_status status = FAB_OK;
    double first = forced->gain_usd / forced->step, gain;
    bool holds = true;
    for (*units = forced->step; holds && 2 * *units <= FAB_MOST_STEPS * forced->step;) {
        TRY(gain_of(context, plan, forced, d, 2 * *units, &gain));
        holds = fabs(gain / (2 * *units) - first) <= FAB_HOLDS * fabs(first);
        *units *= holds ? 2 : 1;
    }
    TRY(fab_force_release(context, forced, d, false));
out:
    return status;
}

struct fab_parts *fab_force_parts(struct fab_walk *walk, const struct fab_forced *forced, int d)
{
    const fab_plan *plan = &forced->plan;
    const struct fab_demand *demand = &plan->model->demand[d];
    int t = forced->period, column = fab_program_at(plan->program, FAB_Y, d, t);
    struct fab_parts *parts = fab_walk_unit(walk, demand->item, t);
    fab_walk_shipment(walk, d, t);
    fab_walk_late(walk, demand->demand, t, demand->price_usd * plan->terms->period[t].discount - plan->program->lp->column[column].objective);
    fab_parts_sort(parts);
    return parts;
}

void fab_force_end(struct fab_forced *forced)
{
    fab_lp_solution_free(forced->plan.solution);
    forced->plan.solution = NULL;
}
