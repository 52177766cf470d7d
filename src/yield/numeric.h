/* Small functions of the estimates, for this layer and the use cases that put its results together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NUMERIC_H
#define FAB_NUMERIC_H

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

/* ln of the beta-binomial probability without the binomial coefficient, k of n at mean mu and phi = 1/(a + b) >= 0. Real k and n. No
 * cancellation as phi -> 0. O(1). */
double fab_log_beta_binomial(double k, double n, double mu, double phi);

#endif
