/* Yield parameters from good-die counts (yield.md, "Estimation from the wafer-lot history"). Pure functions; no database.
 *
 * The counts of one product identify its mean yield and the variance between wafers, nothing else. Defect density and clustering come
 * apart only through that variance, and a systematic yield only through several die sizes: l, D0 and alpha here hold for a systematic
 * yield of 1, and alpha is given only when the data identify it. A trend within the history counts as variance between wafers: take a
 * window in which D0 stands still, or the learning curve (learning.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ESTIMATE_H
#define FAB_ESTIMATE_H

#include "counts.h"

#include <stdbool.h>

/* An estimate with its standard error and confidence limits. */
typedef struct fab_estimate {
    double value, error, low, high;
} fab_estimate;

/* Moment estimates, the start of the likelihood: m1 = mean(k/n), m2 = sum k(k-1) / sum n(n-1), ln m2 / ln m1 = ln(1 + 2u) / ln(1 + u),
 * alpha = -ln m1 / ln(1 + u), l = alpha u. alpha is INFINITY when the ratio is 2 or more; alpha and l are NAN when the counts are all
 * good, all bad, or no wafer has 2 die. With repair these have no closed form, and a small spread is taken: l of the mean yield, alpha from
 * the variance of the yield by the delta method. */
typedef struct fab_moments {
    double m1, m2, alpha, defects_per_die;
} fab_moments;

fab_moments fab_estimate_moments(const fab_counts *counts, int repairable);

/* Beta-binomial: the yield of a wafer is Beta(a, b), mean a/(a+b), correlation of two die of a wafer rho = 1/(a+b+1). */
typedef struct fab_beta_binomial {
    double a, b;           /* INFINITY without overdispersion */
    fab_estimate mean;     /* limits from the profile likelihood */
    fab_estimate rho;      /* 0 without overdispersion; error NAN at 0 and 1; limits from the profile likelihood */
    double log_likelihood; /* with the binomial coefficients */
    double log_likelihood_binomial;
    double binomial_error; /* of the mean, were the die independent */
    double understated;    /* mean.error / binomial_error */
    double p_value;        /* of the likelihood ratio against rho = 0, a boundary: chi-square, half 1 and half 0 degrees of freedom */
} fab_beta_binomial;

/* Maximum likelihood with limits at `confidence` (0.95). Counts that are all good or all bad give a mean with a one-sided binomial
 * limit and rho NAN. FAB_INPUT when confidence is not between 0 and 1, FAB_NO_MEMORY. O(tested_max) for each of some 200 evaluations. */
fab_status fab_estimate_beta_binomial(fab_context *context, const fab_counts *counts, double confidence, fab_beta_binomial *result);

/* What the data say about alpha. */
typedef enum fab_alpha_verdict {
    FAB_ALPHA_IDENTIFIED,
    FAB_ALPHA_NOT_OVERDISPERSED, /* wafers vary no more than independent die do (p >= 0.05): only a lower limit exists */
    FAB_ALPHA_UNBOUNDED,         /* overdispersed, but the upper limit of alpha is infinite: too few wafers */
    FAB_ALPHA_NO_MAXIMUM,        /* the likelihood rises towards alpha 0: wafers are good or dead as a whole; l, D0 and alpha are NAN */
    FAB_ALPHA_NO_DEFECTS         /* all die good, or all bad */
} fab_alpha_verdict;

/* One line for a reader. */
const char *fab_alpha_verdict_text(fab_alpha_verdict verdict);

/* Gamma-Poisson mixture: a wafer has l g defects per die, g gamma of mean 1 and variance 1/alpha; a die is good with probability e^(-l g),
 * with repair with that of at most `repairable` defects. */
typedef struct fab_defect_estimate {
    fab_estimate defects_per_die; /* l */
    fab_estimate d0_per_cm2;      /* l / area */
    fab_estimate alpha;           /* value, error NAN unless FAB_ALPHA_IDENTIFIED; low is a limit with every verdict but the last two */
    double log_likelihood;
    double log_likelihood_poisson; /* alpha infinite */
    double p_value;                /* as in fab_beta_binomial */
    fab_alpha_verdict verdict;
} fab_defect_estimate;

/* Maximum likelihood, limits from the profile likelihood. area_cm2 > 0: critical area; repairable >= 0: defects of a die that repair
 * removes. Errors as above. O(cells) quadratures of some 30 points, O(repairable) each, for each of some 300 evaluations. */
fab_status fab_estimate_defects(fab_context *context, const fab_counts *counts, double area_cm2, int repairable, double confidence,
                                fab_defect_estimate *result);

/* Yields of lots: their own, and shrunk towards the mean by empirical Bayes. */
typedef struct fab_lot_yield {
    int32_t lot;
    double raw, shrunk, low, high; /* low, high: limits of the lot's yield given all lots */
} fab_lot_yield;

typedef struct fab_lot_prior {
    double mean, rho;   /* of the Beta distribution that lot yields come from; rho 0: lots do not differ, every lot gets the mean; 1: lots are good or dead as a whole */
    double mean_error;  /* standard error of the mean */
    double weight_dies; /* the prior counts as many tested die: 1/rho - 1, INFINITY for rho 0 */
} fab_lot_prior;

/* Fits the prior to the lots and shrinks each of them; yields has room for lots->count. A lot counts as tested / wafer_dispersion
 * independent die, since wafers of a lot vary more than die do. FAB_INPUT when the lots are all good or all bad. O(count) for each of
 * some 200 evaluations. */
fab_status fab_estimate_lots(fab_context *context, const fab_lots *lots, double confidence, fab_lot_prior *prior, fab_lot_yield *yields);

#endif
