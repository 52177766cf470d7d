/* Exact sums of products of doubles: fixed-point numbers of many bits, all in memory that is taken once.
 *
 * Every finite double is an integer times a power of two, so sums and products of doubles are too. An accumulator is a two's complement
 * integer of `limbs` machine words in units of 2^unit; when unit and limbs cover the range of all terms, adding is exact. Works on GMP's
 * mpn functions, which never allocate (the mpz and mpq functions would abort the process when memory is short).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXACT_H
#define FAB_EXACT_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

/* The range of a set of finite doubles: each is a 53-bit integer times 2^e with e >= least, and below 2^above in magnitude.
 * FAB_EXACT_EMPTY is the range of no number but 0. */
typedef struct fab_exact_range {
    int least, above;
} fab_exact_range;

#define FAB_EXACT_EMPTY ((fab_exact_range){.least = INT32_MAX, .above = INT32_MIN})

/* Widens a range by a number; 0 changes nothing. False when the number is not finite. */
bool fab_exact_widen(fab_exact_range *range, double number);

/* The range of a product of one number of each, and of what lies in either. */
fab_exact_range fab_exact_product(fab_exact_range a, fab_exact_range b);
fab_exact_range fab_exact_union(fab_exact_range a, fab_exact_range b);

/* The shape of an accumulator for a sum of up to 2^31 terms, each a number of the range or (fab_exact_add_scaled) a sum of 2^31 such. */
typedef struct fab_exact_shape {
    int unit, limbs;
} fab_exact_shape;

fab_exact_shape fab_exact_fit(fab_exact_range range);

/* sum += a x b, exactly; a x b must lie in the range that the shape was made for. */
void fab_exact_add_product(mp_limb_t *sum, fab_exact_shape shape, double a, double b);

/* sum += a x b for an accumulator a, whose range times that of b the sum was made for. work: a_shape.limbs + 2 words. */
void fab_exact_add_scaled(mp_limb_t *sum, fab_exact_shape shape, const mp_limb_t *a, fab_exact_shape a_shape, double b, mp_limb_t *work);

/* -1, 0 or 1. */
int fab_exact_sign(const mp_limb_t *sum, fab_exact_shape shape);

/* The nearest double (ties away from zero), and the least double that is not below (below DBL_MIN: that or the next one).
 * work: shape.limbs words. */
double fab_exact_round(const mp_limb_t *sum, fab_exact_shape shape, mp_limb_t *work);
double fab_exact_round_up(const mp_limb_t *sum, fab_exact_shape shape, mp_limb_t *work);

#endif
