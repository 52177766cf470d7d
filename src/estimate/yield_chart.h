/* Control charts of a source's lots about its learning curve: Laney's p' names lots, EWMA lasting shifts.
 *
 * A lot's fraction is carried from its place on the curve to the pooled fraction, in standard deviations of its own binomial variance
 * there, so that charts of a constant fraction serve a moving one; limits are carried back. Where the law of the counts is skewed (few die
 * are bad, or few good) the limits are those of the exact law (spc_exact.h), and EWMA takes its scores. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_CHART_H
#define FAB_YIELD_CHART_H

#include "spc.h"
#include "yield_source.h"

/* Where a point lies by the limits of its chart. */
enum yield_side { YIELD_BELOW = -1, YIELD_WITHIN, YIELD_ABOVE };

/* below, within, above */
const char *fab_yield_side_text(enum yield_side side);

/* A lot on both charts. */
struct yield_chart_point {
    double low, high;   /* limits of its yield */
    double probability; /* of a lot as far off as this one, or farther, while the process stands on its curve; two-sided */
    enum yield_side side;
    double ewma, ewma_high; /* in standard deviations; limits are -ewma_high .. ewma_high */
    enum yield_side ewma_side;
};

struct yield_chart {
    struct yield_chart_point *points; /* [point_count of the source] */
    double sigma_z;                   /* Laney's: how many times binomial errors are too small */
    size_t signals;                   /* lots outside the limits */
};

/* The source has begun. Excursions are charted and are no part of centre and spread. FAB_INPUT when the lots make no chart: fewer than 2
 * that are no excursions, or all alike; FAB_NO_MEMORY. O(lots). */
fab_status fab_yield_chart_init(fab_context *context, const struct yield_source *source, struct yield_chart *chart);
void fab_yield_chart_fini(struct yield_chart *chart);

#endif
