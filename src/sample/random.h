/* Random numbers that are the same for a seed on every machine.
 *
 * The generator is xoshiro256** seeded by splitmix64 (Blackman & Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021). Only
 * integers and times leave this layer, so that the last bit of a machine's exp or log shows nowhere. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#ifndef FAB_RANDOM_H
#define FAB_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fab_random {
    uint64_t state[4];
} fab_random;

/* A stream of its own for every (seed, stream, number): the draws of one lot do not depend on how many another one took. */
fab_random fab_random_stream(uint64_t seed, uint64_t stream, uint64_t number);

uint64_t fab_random_bits(fab_random *random);

/* Uniform in (0, 1), 53 bits, never 0 or 1. */
double fab_random_uniform(fab_random *random);

/* Uniform integer 0..count - 1; count >= 1. */
int fab_random_below(fab_random *random, int count);

bool fab_random_chance(fab_random *random, double probability);

/* Mean 0, standard deviation 1 (Marsaglia's polar method). */
double fab_random_normal(fab_random *random);

/* Log-normal with mean 1; sigma is the standard deviation of the log. */
double fab_random_spread(fab_random *random, double sigma);

/* Exponential with mean 1. */
double fab_random_exponential(fab_random *random);

/* Gamma with a shape > 0 and scale 1: mean = variance = shape. Marsaglia & Tsang, ACM TOMS 26 (2000) 363. */
double fab_random_gamma(fab_random *random, double shape);

/* Successes of n trials. Below n p = 10 by inversion, O(n p); else by transformed rejection with squeeze, O(1): Hormann, "The generation of
 * binomial random variates", J. Stat. Comput. Simul. 46 (1993) 101. */
int fab_random_binomial(fab_random *random, int n, double probability);

#endif
