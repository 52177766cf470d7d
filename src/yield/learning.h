/* The learning curve of a process from its lot history, and the yields to plan with.
 *
 * D0(t) = mature + (start - mature) 0.5^(t / half-life), t in days since the learning start; the yield of a lot is beta-binomial about
 * systematic x model(area x D0(t)). The dates are those of the history, process-out; a plan that counts learning from the start of a
 * wafer shifts the learning start by the cycle time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LEARNING_H
#define FAB_LEARNING_H

#include "counts.h"
#include "estimate.h"
#include "yield.h"

/* What is known beforehand. */
typedef struct fab_learning_options {
    fab_defects defects;     /* model with its alpha or layers: the history of one product cannot tell it from D0 */
    double area_cm2;         /* critical area, > 0 */
    double systematic_yield; /* 0 < .. <= 1; 0 stands for 1 */
    int32_t start_day;       /* day of D0 = start; one before the first lot stands for that lot's: what was before is outside of the history */
    double confidence;       /* of the limits; 0 stands for 0.95 */
} fab_learning_options;

typedef enum fab_learning_verdict {
    FAB_LEARNING_CURVE, /* all three identified: errors of the logs below 0.5, a mature D0 of 0 refuted at 1 % */
    FAB_LEARNING_TREND, /* D0 changes, the history does not show where it ends: a weak prior helps (fab_learning_fit) */
    FAB_LEARNING_FLAT   /* no trend (p >= 0.01): start = mature, half-life NAN */
} fab_learning_verdict;

/* One line for a reader. */
const char *fab_learning_verdict_text(fab_learning_verdict verdict);

typedef struct fab_learning {
    fab_learning_options options;
    fab_learning_verdict verdict;
    fab_estimate d0_start_per_cm2, d0_mature_per_cm2, halflife_days; /* limits of the logs, from the robust covariance of lots (fit.h) */
    double rho; /* correlation of two die of a lot beyond the curve: lot noise; 0 when lots vary no more than independent die */
    double log_likelihood, log_likelihood_flat;
    double p_value;          /* of the ratio against a flat D0, chi-square with 2 degrees of freedom */
    int32_t last_day;        /* of the history */
    double covariance[3][3]; /* of ln start, ln mature, ln half-life; of ln D0 in the first cell when flat */
} fab_learning;

/* Fits the curve to lots, or to weeks (group the wafers with the week as lot). Weak prior of FAB_LEARNING_TREND: ln half-life normal
 * about ln of twice the days of history (a shorter one would have been identified), ln mature normal about ln of half the recent D0,
 * both with standard deviation 1. FAB_INPUT for an option outside its domain, fewer than 3 lots, lots all good or all bad or each good
 * or dead as a whole, or yields above the systematic one. O(count) for each of some 1000 evaluations. */
fab_status fab_learning_fit(fab_context *context, const fab_lots *lots, const fab_learning_options *options, fab_learning *learning);

typedef struct fab_quantiles {
    double p10, p50, p90; /* p10 < p50 < p90 of the quantity itself: the low yield belongs to the high D0 */
} fab_quantiles;

/* Yields to plan with on a day. */
typedef struct fab_yield_forecast {
    fab_quantiles d0_per_cm2; /* of the process */
    fab_quantiles unit_yield; /* mean of the lots: process and lot noise together */
    double common_error;      /* standard error of the yield from the curve: common to all products of the process and all lots */
    double lot_error;         /* standard deviation of the lots' mean about the process: falls with the square root of their number */
} fab_yield_forecast;

/* Forecast for the mean of `lots` lots of die_per_lot tested die on a day, by the delta method on ln D0 and on the logit of the yield;
 * another product of the process has its own area_cm2 (0: the one of the history). FAB_INPUT when lots or die_per_lot is below 1 or
 * the area is negative. O(1). */
fab_status fab_learning_forecast(fab_context *context, const fab_learning *learning, int32_t day, double area_cm2, double lots,
                                 double die_per_lot, fab_yield_forecast *forecast);

#endif
