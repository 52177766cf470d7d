/* The price of calm: points of least movement at falling objectives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALM_CURVE_H
#define FAB_CALM_CURVE_H

#include "plan.h"

enum { FAB_CALM_POINTS = 5 };

/* Shares of the objective that the points may give up. */
extern const double fab_calm_shares[FAB_CALM_POINTS];

struct fab_calm_point {
    double share;     /* of the objective that may be given up */
    double objective; /* of the point, USD; the exact check's */
    double movement;  /* sum of changes of weekly starts: starts a week */
    double bound, gap; /* of the movement, by its own exact check: nothing moves less */
    double restlessness; /* changes by starts */
    bool verified;    /* feasible, worth what it must be, and the movement proven */
};

/* Finds the points of a plan, which is optimal, each from where the one before was; *count of them, fewer when the deadline came. The plan stays as it is. A warm solve a point. */
fab_status fab_calm_curve(fab_context *context, fab_plan *plan, const fab_solver_options *options, struct fab_calm_point points[FAB_CALM_POINTS], int *count);

#endif
