/* A yield over time with its uncertainty: a learning curve, or a constant where the lots do not determine one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_CURVE_H
#define FAB_YIELD_CURVE_H

#include "learning.h"

enum { YIELD_TEXT_SIZE = 256 };

struct yield_curve {
    bool fitted;
    fab_learning learning;         /* when fitted */
    double mean, logit_error;      /* else: pooled yield, and the standard error of its logit from the spread of the lots */
    char verdict[YIELD_TEXT_SIZE]; /* for a reader */
};

/* Fits the curve of learning.h; lots that do not determine one (too few, all good) give a constant and the reason as verdict. count >= 1.
 * Errors: FAB_NO_MEMORY, FAB_INTERRUPTED. */
fab_status fab_yield_curve_fit(fab_context *context, const fab_lots *lots, const fab_learning_options *options, struct yield_curve *curve);

/* The yield expected on a day. */
double fab_yield_curve_at(const struct yield_curve *curve, int32_t day);

/* Derivative of that yield by ln D0, negative; of a constant as of a Poisson model. O(1). */
double fab_yield_curve_slope(const struct yield_curve *curve, int32_t day);

/* Quantiles for the mean of `lots` lots of die_per_lot tested die, both at least 1. d0_per_cm2 is NAN for a constant. */
fab_status fab_yield_curve_forecast(fab_context *context, const struct yield_curve *curve, int32_t day, double lots, double die_per_lot,
                                    fab_yield_forecast *forecast);

#endif
