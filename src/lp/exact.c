/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exact.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    LIMB_BITS = 64,
    MANTISSA_BITS = DBL_MANT_DIG,
    TERMS_LOG2 = 62,  /* a sum of up to 2^31 terms (an int counts them), each perhaps such a sum itself */
    PRODUCT_LIMBS = 3 /* 106 bits, shifted by less than a limb */
};

_Static_assert(GMP_NUMB_BITS == LIMB_BITS && GMP_LIMB_BITS == LIMB_BITS, "machine words of 64 bits without nails");

/* A double as it lies in memory: sign, exponent, mantissa without its first bit. */
enum { STORED_BITS = MANTISSA_BITS - 1, BIAS = 1 - DBL_MIN_EXP, EXPONENT_MASK = 0x7ff };

static uint64_t bits_of(double number)
{
    uint64_t bits;
    _Static_assert(sizeof bits == sizeof number && DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024, "doubles of IEEE 754");
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* As frexp gives it, 2^exponent above the magnitude, but without a call: a check asks for millions. Number: not 0. */
static int exponent_above(double number)
{
    int exponent = (int)(bits_of(number) >> STORED_BITS) & EXPONENT_MASK;
    if (exponent == 0)
        frexp(number, &exponent);
    else
        exponent -= BIAS;
    return exponent;
}

/* number = mantissa x 2^exponent with 0 < mantissa < 2^53. Number: positive. */
static uint64_t split(double number, int *exponent)
{
    uint64_t first = (uint64_t)1 << STORED_BITS, bits = bits_of(number);
    if (bits < first) {
        double fraction = frexp(number, exponent);
        *exponent -= MANTISSA_BITS;
        return (uint64_t)ldexp(fraction, MANTISSA_BITS);
    }
    *exponent = (int)(bits >> STORED_BITS) - BIAS - MANTISSA_BITS;
    return (bits & (first - 1)) | first;
}

bool fab_exact_widen(fab_exact_range *range, double number)
{
    int above;
    if (!isfinite(number))
        return false;
    if (number == 0)
        return true;
    above = exponent_above(number);
    if (above > range->above)
        range->above = above;
    if (above - MANTISSA_BITS < range->least)
        range->least = above - MANTISSA_BITS;
    return true;
}

static bool is_empty(fab_exact_range range)
{
    return range.least > range.above;
}

fab_exact_range fab_exact_product(fab_exact_range a, fab_exact_range b)
{
    if (is_empty(a) || is_empty(b))
        return FAB_EXACT_EMPTY;
    return (fab_exact_range){.least = a.least + b.least, .above = a.above + b.above};
}

fab_exact_range fab_exact_union(fab_exact_range a, fab_exact_range b)
{
    return (fab_exact_range){.least = a.least < b.least ? a.least : b.least, .above = a.above > b.above ? a.above : b.above};
}

fab_exact_shape fab_exact_fit(fab_exact_range range)
{
    if (is_empty(range))
        return (fab_exact_shape){.unit = 0, .limbs = 1};
    int bits = range.above - range.least + TERMS_LOG2 + 1;
    /* the last term may start in the top limb and still bring its leading zero limbs */
    return (fab_exact_shape){.unit = range.least, .limbs = bits / LIMB_BITS + 1 + PRODUCT_LIMBS};
}

/* sum += or -= term x 2^(64 place): carries run to the top, where two's complement drops them. */
static void add_at(mp_limb_t *sum, fab_exact_shape shape, const mp_limb_t *term, int term_limbs, int place, bool negative)
{
    if (negative)
        mpn_sub(sum + place, sum + place, shape.limbs - place, term, term_limbs);
    else
        mpn_add(sum + place, sum + place, shape.limbs - place, term, term_limbs);
}

void fab_exact_add_product(mp_limb_t *sum, fab_exact_shape shape, double a, double b)
{
    int exponent_a, exponent_b;
    if (a == 0 || b == 0)
        return;
    mp_limb_t mantissa_a = split(fabs(a), &exponent_a);
    mp_limb_t mantissa_b = split(fabs(b), &exponent_b);
    int shift = exponent_a + exponent_b - shape.unit;
    mp_limb_t term[PRODUCT_LIMBS] = {mantissa_a};
    term[1] = mpn_mul_1(term, term, 1, mantissa_b);
    if (shift % LIMB_BITS)
        mpn_lshift(term, term, PRODUCT_LIMBS, (unsigned)(shift % LIMB_BITS));
    add_at(sum, shape, term, PRODUCT_LIMBS, shift / LIMB_BITS, (a < 0) != (b < 0));
}

int fab_exact_sign(const mp_limb_t *sum, fab_exact_shape shape)
{
    if (sum[shape.limbs - 1] >> (LIMB_BITS - 1))
        return -1;
    return mpn_zero_p(sum, shape.limbs) ? 0 : 1;
}

static int trim(const mp_limb_t *number, int limbs)
{
    while (limbs > 0 && !number[limbs - 1])
        limbs--;
    return limbs;
}

/* The magnitude of a sum; returns how many of its limbs are in use. */
static int take_magnitude(const mp_limb_t *sum, fab_exact_shape shape, mp_limb_t *magnitude)
{
    if (fab_exact_sign(sum, shape) < 0)
        mpn_neg(magnitude, sum, shape.limbs);
    else
        mpn_copyi(magnitude, sum, shape.limbs);
    return trim(magnitude, shape.limbs);
}

void fab_exact_add_scaled(mp_limb_t *sum, fab_exact_shape shape, const mp_limb_t *a, fab_exact_shape a_shape, double b, mp_limb_t *work)
{
    int exponent;
    int limbs = take_magnitude(a, a_shape, work);
    if (!limbs || b == 0)
        return;
    mp_limb_t mantissa = split(fabs(b), &exponent);
    int shift = a_shape.unit + exponent - shape.unit;
    work[limbs] = mpn_mul_1(work, work, limbs, mantissa);
    work[++limbs] = 0;
    limbs++;
    if (shift % LIMB_BITS)
        mpn_lshift(work, work, limbs, (unsigned)(shift % LIMB_BITS));
    add_at(sum, shape, work, trim(work, limbs), shift / LIMB_BITS, (fab_exact_sign(a, a_shape) < 0) != (b < 0));
}

/* The leading 64 bits of a magnitude (the first of them 1), whether any bit follows, and the exponent of the last of the 64. */
static uint64_t take_head(const mp_limb_t *magnitude, int limbs, bool *more, int *exponent)
{
    int zeros = __builtin_clzll(magnitude[limbs - 1]);
    mp_limb_t next = limbs > 1 ? magnitude[limbs - 2] : 0;
    uint64_t head = zeros ? magnitude[limbs - 1] << zeros | next >> (LIMB_BITS - zeros) : magnitude[limbs - 1];
    *more = (next << zeros) != 0 || (limbs > 2 && !mpn_zero_p(magnitude, limbs - 2));
    *exponent = (limbs - 1) * LIMB_BITS - zeros;
    return head;
}

/* Rounds to 53 bits: up in magnitude when the dropped bits make at least `threshold` of the last place's 2^11 and, at threshold 0, are not
 * all zero. */
static double round_magnitude(const mp_limb_t *magnitude, int limbs, int unit, uint64_t threshold)
{
    enum { DROPPED = LIMB_BITS - MANTISSA_BITS };
    bool more;
    int exponent;
    uint64_t head = take_head(magnitude, limbs, &more, &exponent);
    uint64_t tail = head & ((1U << DROPPED) - 1);
    uint64_t kept = head >> DROPPED;
    if (threshold ? tail >= threshold : tail || more)
        kept++;
    return ldexp((double)kept, exponent + DROPPED + unit);
}

double fab_exact_round(const mp_limb_t *sum, fab_exact_shape shape, mp_limb_t *work)
{
    int limbs = take_magnitude(sum, shape, work);
    if (!limbs)
        return 0;
    double size = round_magnitude(work, limbs, shape.unit, 1U << (LIMB_BITS - MANTISSA_BITS - 1));
    return fab_exact_sign(sum, shape) < 0 ? -size : size;
}

double fab_exact_round_up(const mp_limb_t *sum, fab_exact_shape shape, mp_limb_t *work)
{
    int limbs = take_magnitude(sum, shape, work);
    bool negative = fab_exact_sign(sum, shape) < 0;
    if (!limbs)
        return 0;
    /* a threshold that no tail reaches truncates: up for a negative number */
    double size = round_magnitude(work, limbs, shape.unit, negative ? UINT64_MAX : 0);
    double rounded = negative ? -size : size;
    return fabs(rounded) < DBL_MIN ? nextafter(rounded, INFINITY) : rounded;
}
