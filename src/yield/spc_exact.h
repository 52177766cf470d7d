/* A lot against the exact law of its counts: control limits where few die are bad (or good), and a normal law would call chance a signal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SPC_EXACT_H
#define FAB_SPC_EXACT_H

#include <stdbool.h>

/* The beta-binomial law of a lot's good die, binomial for an inflation of 1. */
typedef struct fab_spc_law {
    double tested;    /* die, >= 1 */
    double expected;  /* share of good ones, between 0 and 1 */
    double inflation; /* of the binomial variance: Laney's sigma_z squared; below 1 counts as 1 */
} fab_spc_law;

/* True when the law's skewness is above a fifth, so that limits of three standard errors do not hold: for independent die below 25
 * expected bad (or good) ones, for clustered die below more. O(1). */
bool fab_spc_law_is_skewed(const fab_spc_law *law);

typedef struct fab_spc_exact_point {
    double low, high;   /* limits of the share of good die: 0.135 % at most lie outside on each side, as with three standard errors */
    int side;           /* -1: fewer good die than low, 1: more than high, else 0 */
    double probability; /* of a count as far out or farther on its side, twice, at most 1 */
    double score;       /* standard normal quantile of the count, half of its own probability counted: 0 is the middle, below it are the bad lots */
} fab_spc_exact_point;

/* good: 0..tested. O(rare die up to the count and the limits). */
void fab_spc_exact(const fab_spc_law *law, double good, fab_spc_exact_point *point);

#endif
