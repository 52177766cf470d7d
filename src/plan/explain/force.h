/* One more step of an order: its shipments are forced up, and the program is solved again. What that costs everybody else is the cost of the step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FORCE_H
#define FAB_FORCE_H

#include "walk.h"

/* An order with a step more. Money is discounted. */
struct fab_forced {
    fab_plan plan;  /* the plan with the solution and the proof of the program that was solved again; borrows all else. outcome FAB_INFEASIBLE: nothing more can be shipped inside its window; then only step is told */
    double step;    /* units */
    int row;        /* of the plan's solver, that forces them */
    double shipped; /* by the plan */
    double ordered; /* of them, what its quantity has to be raised by: 0 for a short order */
    double raised;  /* what it is raised by now */
    double gain_usd; /* optimum less the plan's: below 0 where the step is a loss */
    double mean_usd; /* of a unit of the step: what all others lose by it, and its lateness */
    double worth_usd; /* of a unit of the step: its price, and the penalties that it saves */
    double marginal_usd; /* of the last unit of the step, as mean_usd; by the multipliers of the new optimum */
    int period; /* in which that unit ships */
};

/* 1 % of the order's quantity, or what is short of it, if that is less; of an order that is served 1 % more than was ordered. */
double fab_force_step(const fab_plan *plan, int demand);

/* Ships `step` units more of an order than the plan does: once for a plan, whose solver gets a row that stays, and whose program has the order with its larger quantity until it is released. A warm solve. */
fab_status fab_force(fab_context *context, const fab_plan *plan, int demand, double step, const fab_solver_options *options, struct fab_forced *forced);

/* Of a forced order: the parts of the marginal cost, the largest first; they add up to it. The walk is of forced->plan. */
struct fab_parts *fab_force_parts(struct fab_walk *walk, const struct fab_forced *forced, int demand);

/* Lets the solver go back to the plan: the row that forces is free again, and the order has its own quantity, or with keep_order the larger one. */
fab_status fab_force_release(fab_context *context, struct fab_forced *forced, int demand, bool keep_order);

/* The largest of 2, 4, 8, ... (at most 1,024) times the step up to which what a unit gains stays within 1 % of the step's, in units; the step itself where not even twice it does. Releases it. A warm solve each. */
fab_status fab_force_holds(fab_context *context, const fab_plan *plan, struct fab_forced *forced, int demand, double *units);

/* Frees the solution. The plan's solver keeps the row. */
void fab_force_end(struct fab_forced *forced);

#endif
