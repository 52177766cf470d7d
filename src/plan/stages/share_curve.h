/* What more of a layer that is one's own costs: the profit under a least share, point by point.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SHARE_CURVE_H
#define FAB_SHARE_CURVE_H

#include "layers.h"
#include "plan.h"

/* Points of share above the plan's own: 0.01 is one. */
enum { FAB_SHARE_POINTS = 5 };
extern const double fab_share_steps[FAB_SHARE_POINTS];

struct fab_share_point {
    double share;                   /* of the value that arrives: at least this is own */
    fab_lp_certificate certificate; /* of the profit under it */
    double reached;                 /* the share of its point; NAN: nothing of the layer arrives any more */
};

/* The own share of the value that arrives of a layer in all periods at a point of a plan's program: unit_value_usd x good units, with the open orders. NAN: nothing arrives, or it has no value. FAB_NO_MEMORY. O(nonzeros). */
fab_status fab_share_at(fab_context *context, const fab_plan *plan, fab_layer_kind layer, const double x[], double *share);

/* Of a solved plan: the most profit where at least first + a step is own, for every step up to a share of 1 that is possible, each with its own proof; the plan stays as it is. Its bounds may be widened. FAB_REJECTED when a point cannot be
 * proven. Cost: a warm solve a point. */
fab_status fab_share_curve(fab_context *context, fab_plan *plan, fab_layer_kind layer, double first, struct fab_share_point points[FAB_SHARE_POINTS], int *count);

#endif
