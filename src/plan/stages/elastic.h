/* The elastic program: every row may be broken, at a price.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ELASTIC_H
#define FAB_ELASTIC_H

#include "program.h"
#include "solver.h"

/* An excess below this share of the row's scale is rounding. */
#define FAB_ELASTIC_SMALLEST 1e-7

/* A proven least excess above this: the limits cannot hold. */
#define FAB_CONFLICT_LEAST 1e-7

struct fab_elastic {
    const fab_program *program;
    fab_solver *solver;
    int rows, columns;    /* of the program; behind them rows of column limits, and slacks */
    int *above, *below;   /* [room]: column of the slack of a row, FAB_NONE without such a limit */
    int room;             /* of the lists: rows of column limits that may be added */
    double *price;        /* [columns of the solver]: what a unit of slack costs, as a gain below 0 */
    int price_room;
};

/* Makes every row of the solver's program elastic; a unit of excess costs 1 / max(1, |limit|). O(rows + columns). */
fab_status fab_elastic_open(fab_context *context, const fab_program *program, fab_solver *solver, struct fab_elastic *elastic);

/* Upper bounds that the limits of rows imply are taken away, so that a row that is given up is gone; the limits of the data stay. O(nonzeros). */
fab_status fab_elastic_widen(fab_context *context, struct fab_elastic *elastic);
void fab_elastic_close(struct fab_elastic *elastic);

/* Scale of a limit: at least 1. */
double fab_elastic_scale(double limit);

/* What is true of things and no limit that anybody set: balances, wafers, orders, tools left, hours that may move. */
bool fab_elastic_is_identity(const struct fab_elastic *elastic, int row);

/* A unit of a row's excess costs `factor` / max(1, |limit|); 0: the row is gone. O(1); fab_elastic_solve takes it. */
void fab_elastic_set_price(struct fab_elastic *elastic, int row, double factor);

/* A column's upper limit as an elastic row, the column's own limit far away; *row its place. */
fab_status fab_elastic_add_limit(fab_context *context, struct fab_elastic *elastic, int column, int *row);

/* A column's upper limit is gone: far away. */
fab_status fab_elastic_drop_limit(fab_context *context, struct fab_elastic *elastic, int column);

/* Least excess at the present prices. *solution is NULL when no way gave an answer, or the deadline came; else *least is the proven least excess, by price. One warm solve. */
fab_status fab_elastic_solve(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, fab_lp_solution **solution, double *least);

#endif
