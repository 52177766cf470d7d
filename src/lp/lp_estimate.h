/* What the exact check will say of a point and multipliers, in extended precision: a hundred times cheaper, to be stopped by and not to be believed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LP_ESTIMATE_H
#define FAB_LP_ESTIMATE_H

#include "lp.h"

struct fab_lp_estimate {
    double objective, bound, gap;
    double row_residual; /* largest violation of a row, divided by its scale: fab_lp_check's */
};

/* Sums of every row. */
struct fab_lp_sums {
    long double *activity; /* [rows] */
    double *largest;       /* [rows] largest |coefficient x value| */
};

/* x within the columns' limits. sums is work. O(nonzeros). */
struct fab_lp_estimate fab_lp_estimate(const fab_lp *lp, const double *x, const double *multiplier, const struct fab_lp_sums *sums);

/* The bound alone, of costs times `share` (0: of the program without costs). reduced[columns] gets c - y A, NULL: nobody wants it. O(nonzeros). */
long double fab_lp_estimate_bound(const fab_lp *lp, const double *multiplier, double share, double *reduced);

#endif
