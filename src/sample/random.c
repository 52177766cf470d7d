/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random.h"

#include <math.h>

static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

fab_random fab_random_stream(uint64_t seed, uint64_t stream, uint64_t number)
{
    fab_random random;
    uint64_t state = seed;
    state = split_mix(&state) ^ stream;
    state = split_mix(&state) ^ number;
    for (int i = 0; i < 4; i++)
        random.state[i] = split_mix(&state);
    return random;
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

uint64_t fab_random_bits(fab_random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double fab_random_uniform(fab_random *random)
{
    return ((double)(fab_random_bits(random) >> 11) + 0.5) * 0x1p-53;
}

int fab_random_below(fab_random *random, int count)
{
    return (int)(((fab_random_bits(random) >> 32) * (uint64_t)count) >> 32);
}

bool fab_random_chance(fab_random *random, double probability)
{
    return probability > 0 && fab_random_uniform(random) < probability;
}

double fab_random_normal(fab_random *random)
{
    for (;;) {
        double x = 2 * fab_random_uniform(random) - 1, y = 2 * fab_random_uniform(random) - 1, square = x * x + y * y;
        if (square < 1 && square > 0)
            return x * sqrt(-2 * log(square) / square);
    }
}

double fab_random_spread(fab_random *random, double sigma)
{
    return sigma > 0 ? exp(sigma * fab_random_normal(random) - sigma * sigma / 2) : 1;
}

double fab_random_exponential(fab_random *random)
{
    return -log(fab_random_uniform(random));
}

double fab_random_gamma(fab_random *random, double shape)
{
    if (shape < 1) /* gamma(a) = gamma(a + 1) U^(1/a) */
        return fab_random_gamma(random, shape + 1) * pow(fab_random_uniform(random), 1 / shape);
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = fab_random_normal(random), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        double u = fab_random_uniform(random);
        if (u < 1 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d * (1 - v + log(v)))
            return d * v;
    }
}

static int binomial_by_inversion(fab_random *random, int n, double p)
{
    double q = 1 - p, odds = p / q;
    for (;;) {
        double probability = pow(q, n), u = fab_random_uniform(random);
        int k = 0;
        while (u > probability && k < n) {
            u -= probability;
            k++;
            probability *= odds * (n - k + 1) / k;
        }
        if (k < n || u <= probability) /* else rounding has left a rest behind the last term */
            return k;
    }
}

/* ln k! - (ln sqrt(2 pi) + (k + 1/2) ln(k + 1) - (k + 1)): what Stirling's formula misses. */
static double stirling_rest(double k)
{
    static const double first[] = {0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.0207906721037650,  0.0166446911898211,
                                   0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287};
    if (k < 10)
        return first[(int)k];
    double one = 1 / (k + 1), square = one * one;
    return (1.0 / 12 - (1.0 / 360 - square / 1260) * square) * one;
}

/* BTRS of the paper; p <= 1/2, n p >= 10. */
static int binomial_by_rejection(fab_random *random, int n, double p)
{
    double spread = sqrt(n * p * (1 - p)), b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
    double alpha = (2.83 + 5.1 / b) * spread, odds = p / (1 - p), mode = floor((n + 1) * p), sure = 0.92 - 4.2 / b;
    for (;;) {
        double u = fab_random_uniform(random) - 0.5, v = fab_random_uniform(random), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + c);
        if (us >= 0.07 && v <= sure)
            return (int)k;
        if (k < 0 || k > n)
            continue;
        v = log(v * alpha / (a / (us * us) + b));
        double bound = (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) + stirling_rest(mode) + stirling_rest(n - mode);
        bound += (n + 1) * log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * log(odds * (n - k + 1) / (k + 1));
        if (v <= bound - stirling_rest(k) - stirling_rest(n - k))
            return (int)k;
    }
}

int fab_random_binomial(fab_random *random, int n, double probability)
{
    static const double inversion_limit = 10;
    if (n <= 0 || !(probability > 0))
        return 0;
    if (probability >= 1)
        return n;
    if (probability > 0.5)
        return n - fab_random_binomial(random, n, 1 - probability);
    if (n * probability < inversion_limit)
        return binomial_by_inversion(random, n, probability);
    return binomial_by_rejection(random, n, probability);
}
