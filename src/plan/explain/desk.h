/* The desk that quotes are made at: programs of a plan with its tool orders and removals fixed, and columns for new orders, on living solvers that every quote starts from the same basis.
 *
 * A new order ships from its due period on, at no price: what it costs is what the objective loses. With `kept` every order's shipments, added up by period, are at least the plan's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DESK_H
#define FAB_DESK_H

#include "plan.h"

/* Whose orders of what can be asked for. */
struct fab_desk_pair {
    int customer, item;
};

struct fab_desk_asked {
    const fab_plan *plan; /* solved again */
    const double *x;      /* [columns] its stored point */
    const struct fab_desk_pair *pair;
    int pair_count;
};

/* Of a new order: units in all, and in each period of [first, last] at most; none in others. most 0 closes it. */
struct fab_desk_window {
    int first, last;
    double least, most;
};

struct fab_desk_answer {
    fab_lp_solution *solution; /* NULL: there is none; the caller frees it */
    fab_lp_certificate proof;
};

struct fab_desk {
    const fab_plan *plan;
    const struct fab_desk_pair *pair; /* borrowed */
    int pair_count;
    fab_solver *solver;
    int *column; /* [pair_count x T] shipments of the new order; closed: at most 0 */
    int *row;    /* [pair_count] their sum: [0, 0] */
    double *money; /* [columns] the objective */
    double price_usd; /* of a unit, discounted: ten times the dearest order's price and penalties, above what anything is worth to anybody */
    double *lower; /* [columns of the program] what shipments are at least, and tools are exactly */
    bool widened;
    struct fab_desk_answer base; /* without a new order */
};

/* Opens a desk and solves it without a new order. FAB_REJECTED when that cannot be proven. O(nonzeros), and a warm solve. */
fab_status fab_desk_open(fab_context *context, const struct fab_desk_asked *asked, bool kept, struct fab_desk **desk);
void fab_desk_close(struct fab_desk *desk);

fab_status fab_desk_ask(fab_context *context, struct fab_desk *desk, int pair, const struct fab_desk_window *window);

/* Starts from the basis without a new order. */
fab_status fab_desk_begin(fab_context *context, struct fab_desk *desk);

/* Solves for the money, with a pair for weight[t] x its units of period t besides (FAB_NONE: none). */
fab_status fab_desk_solve(fab_context *context, struct fab_desk *desk, int pair, const double weight[], struct fab_desk_answer *answer);

#endif
