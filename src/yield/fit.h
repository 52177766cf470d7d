/* Maximum of a log-likelihood of a few parameters, its curvature and its profiles. Internal to the yield layer.
 *
 * GSL's minimisers call a process-wide handler that aborts, on a failed allocation too; a library must not. Parameters here are logs
 * or logits, so that a unit of each is a sensible step and every real number is allowed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FIT_H
#define FAB_FIT_H

#include <stdbool.h>
#include <stddef.h>

enum { FAB_FIT_MAX = 4 };

/* ln likelihood at parameters[0 .. dimension - 1], -INFINITY where there is none. */
typedef double fab_log_likelihood(const double *parameters, const void *data);

typedef struct fab_fit {
    fab_log_likelihood *log_likelihood;
    const void *data;
    int dimension;
    bool fixed[FAB_FIT_MAX];                     /* parameters that stay where they start */
    double at[FAB_FIT_MAX];                      /* before: the start; after: the maximum */
    double value;                                /* ln likelihood there */
    double covariance[FAB_FIT_MAX][FAB_FIT_MAX]; /* inverse of the observed information; 0 for fixed parameters */
    bool converged;                              /* a maximum with a definite curvature was found */
} fab_fit;

/* Newton's method with derivatives from differences of a twentieth of a standard error, from fit->at. Some 10 iterations of 4 d + 2 d
 * (d - 1) + 1 evaluations. */
void fab_fit_maximise(fab_fit *fit);

/* ln likelihood of one independent part (a lot) at parameters. */
typedef double fab_log_likelihood_part(const double *parameters, const void *data, size_t part);

/* Widens the error of each parameter of a converged fit to that of the sandwich A^-1 B A^-1 where it is larger, B the sum over parts of score x score', times parts / (parts - free
 * parameters): that is right also where the law of the parts' scatter is another than the likelihood's, but small in small samples. Correlations stay. Huber (1967), White, Econometrica 50
 * (1982). Does nothing with fewer than two parts more than parameters.
 * 2 x free evaluations of every part. */
void fab_fit_make_robust(fab_fit *fit, fab_log_likelihood_part *part, size_t parts);

/* Standard error of a parameter, NAN when the curvature is not definite. */
double fab_fit_error(const fab_fit *fit, int parameter);

/* Where the profile likelihood of a parameter has dropped by `drop` below the maximum, on the side of `direction` (-1 or 1); direction
 * x INFINITY when it has not within `reach` of the maximum. Some 6 maximisations. */
double fab_fit_profile(const fab_fit *fit, int parameter, double drop, int direction, double reach);

#endif
