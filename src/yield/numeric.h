/* Small functions of the estimates, for this layer and the use cases that put its results together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NUMERIC_H
#define FAB_NUMERIC_H

#include <stdbool.h>

/* 1 / (1 + e^-x) and its inverse. */
double fab_logistic(double x);
double fab_logit(double p);

/* Two-sided standard normal quantile of a confidence in (0, 1): 1.96 for 0.95. */
double fab_normal_quantile(double confidence);

/* p-value of a likelihood ratio 2 (lnL1 - lnL0) of one parameter on the boundary of its range: half the chi-square tail with 1 degree
 * of freedom, 1 for a ratio of 0. Self & Liang, JASA 82 (1987). */
double fab_boundary_p_value(double ratio);

/* ln C(n, k). */
double fab_log_choose(double n, double k);

/* What rising factorials of one base share. */
struct fab_rising {
    double a, log_a, log_gamma, rest;
};

/* A beta-binomial law of mean mu, 0 < mu < 1, and phi = 1/(a + b) >= 0: what all its counts share, which is most of the work. */
typedef struct fab_beta_binomial_law {
    double log_good, log_bad;
    bool clustered;
    struct fab_rising good, bad, all;
} fab_beta_binomial_law;

fab_beta_binomial_law fab_beta_binomial_law_of(double mu, double phi);

/* ln of the probability of k of n without the binomial coefficient. Real k and n. No cancellation as phi -> 0. O(1). */
double fab_log_beta_binomial(const fab_beta_binomial_law *law, double k, double n);

#endif
