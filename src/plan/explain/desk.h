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
    const struct fab_desk *near; /* a desk of the same asked for, open: this one starts where it stands; NULL: from the plan */
    bool settled; /* tools are taken out of the program as constants: dearer to begin with (thousands of pivots), a third of the pivots for each question */
};

/* Of a new order: its units, in the periods of [first, last] alone, and how many of them may be missing, at the desk's price each. 0 units close it. */
struct fab_desk_window {
    int first, last;
    double units, missing;
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
    int *missing; /* [pair_count] units of it that are not shipped; closed: at most 0 */
    int *row;    /* [pair_count] sum of all these: its units */
    int *late;   /* [pair_count] the date of the last late order of a pair, FAB_NONE: none; for whoever asks, to begin with */
    double price_usd; /* of a unit, discounted: ten times the dearest order's price and penalties, above what anything is worth to anybody */
    double *lower; /* [columns of the program] what shipments are at least, and tools are exactly */
    bool widened, settled;
    struct fab_desk_answer base; /* without a new order */
};

/* Opens a desk and solves it without a new order. FAB_REJECTED when that cannot be proven. O(nonzeros), and a warm solve. */
fab_status fab_desk_open(fab_context *context, const struct fab_desk_asked *asked, bool kept, struct fab_desk **desk);
void fab_desk_close(struct fab_desk *desk);

fab_status fab_desk_ask(fab_context *context, struct fab_desk *desk, int pair, const struct fab_desk_window *window);

/* Starts from the basis without a new order. */
fab_status fab_desk_begin(fab_context *context, struct fab_desk *desk);

/* Solves for the money, less the desk's price of what is missing. What is asked breaks the row of a pair alone: the dual simplex method goes on from the basis before, where an objective that pulls units in would
 * start all over (10,000 pivots instead of 1,000 on data/terafab). */
fab_status fab_desk_solve(fab_context *context, struct fab_desk *desk, struct fab_desk_answer *answer);

#endif
