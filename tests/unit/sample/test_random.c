/* The generator against the published algorithm, the distributions against their exact probabilities.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"

#include "random.h"

#include <stdlib.h>

enum { DRAWS = 200000, CELLS = 64 };

/* xoshiro256** from the state 1, 2, 3, 4: the values that the authors' C program gives. */
static void the_generator_is_the_published_one(void **state)
{
    (void)state;
    static const uint64_t expected[] = {UINT64_C(11520), UINT64_C(0), UINT64_C(1509978240), UINT64_C(1215971899390074240)};
    fab_random random = {{1, 2, 3, 4}};
    for (int i = 0; i < 4; i++)
        assert_true(fab_random_bits(&random) == expected[i]);
}

static void streams_are_their_own(void **state)
{
    (void)state;
    fab_random a = fab_random_stream(1, 2, 3), b = fab_random_stream(1, 2, 3);
    assert_true(fab_random_bits(&a) == fab_random_bits(&b));
    fab_random others[] = {fab_random_stream(2, 2, 3), fab_random_stream(1, 3, 3), fab_random_stream(1, 2, 4), fab_random_stream(1, 3, 2)};
    uint64_t first[5];
    b = fab_random_stream(1, 2, 3);
    first[4] = fab_random_bits(&b);
    for (int i = 0; i < 4; i++)
        first[i] = fab_random_bits(&others[i]);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < i; j++)
            assert_true(first[i] != first[j]);
}

struct moments {
    double mean, variance;
};

static struct moments moments_of(const double *values, int count)
{
    struct moments m = {0, 0};
    for (int i = 0; i < count; i++)
        m.mean += values[i] / count;
    for (int i = 0; i < count; i++)
        m.variance += (values[i] - m.mean) * (values[i] - m.mean) / (count - 1);
    return m;
}

/* Mean within 5 standard errors, variance within 5 of its own (kurtosis is the excess). */
static void assert_moments(const double *values, double mean, double variance, double kurtosis)
{
    struct moments m = moments_of(values, DRAWS);
    assert_close(m.mean, mean, 0, 5 * sqrt(variance / DRAWS));
    assert_close(m.variance, variance, 0, 5 * variance * sqrt((kurtosis + 2) / DRAWS));
}

static void moments_are_those_of_the_distributions(void **state)
{
    (void)state;
    static double values[DRAWS];
    fab_random random = fab_random_stream(11, 0, 0);
    for (int i = 0; i < DRAWS; i++) {
        values[i] = fab_random_uniform(&random);
        assert_true(values[i] > 0 && values[i] < 1);
    }
    assert_moments(values, 0.5, 1.0 / 12, -1.2);
    for (int i = 0; i < DRAWS; i++)
        values[i] = fab_random_normal(&random);
    assert_moments(values, 0, 1, 0);
    for (int i = 0; i < DRAWS; i++)
        values[i] = fab_random_exponential(&random);
    assert_moments(values, 1, 1, 6);
    static const double shapes[] = {0.05, 0.6, 1, 1.4, 7.5, 400};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (int i = 0; i < DRAWS; i++)
            values[i] = fab_random_gamma(&random, shapes[s]);
        assert_moments(values, shapes[s], shapes[s], 6 / shapes[s]);
    }
    double sigma = 0.3, variance = expm1(sigma * sigma), w = exp(sigma * sigma);
    for (int i = 0; i < DRAWS; i++)
        values[i] = fab_random_spread(&random, sigma);
    assert_moments(values, 1, variance, w * w * w * w + 2 * w * w * w + 3 * w * w - 6);
}

static void integers_below_are_even(void **state)
{
    (void)state;
    fab_random random = fab_random_stream(5, 0, 0);
    double counts[7] = {0}, square = 0;
    for (int i = 0; i < DRAWS; i++)
        counts[fab_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        square += (counts[i] - DRAWS / 7.0) * (counts[i] - DRAWS / 7.0) / (DRAWS / 7.0);
    assert_true(square < 30); /* chi-square of 6: 4e-5 */
}

/* Chi-square of the draws against the exact probabilities, cells of less than 20 expected draws together. */
static void assert_binomial(uint64_t seed, int n, double p)
{
    fab_random random = fab_random_stream(seed, 0, 0);
    double *counts = calloc((size_t)n + 1, sizeof *counts), square = 0, expected = 0, found = 0;
    int freedom = -1;
    for (int i = 0; i < DRAWS; i++) {
        int k = fab_random_binomial(&random, n, p);
        assert_in_range(k, 0, n);
        counts[k]++;
    }
    for (int k = 0; k <= n; k++) {
        expected += DRAWS * exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p));
        found += counts[k];
        if (expected >= 20 && k < n) {
            square += (found - expected) * (found - expected) / expected;
            expected = found = 0;
            freedom++;
        }
    }
    square += (found - expected) * (found - expected) / fmax(expected, 1);
    free(counts);
    if (square > freedom + 1 + 5 * sqrt(2.0 * freedom + 2))
        fail_msg("binomial %d, %g: chi-square %g of %d", n, p, square, freedom);
}

static void binomials_have_their_probabilities(void **state)
{
    (void)state;
    assert_binomial(1, 1, 0.3);
    assert_binomial(2, 25, 0.004);
    assert_binomial(3, 60, 0.16); /* the last of inversion */
    assert_binomial(4, 60, 0.17); /* the first of rejection */
    assert_binomial(5, 126, 0.5);
    assert_binomial(6, 1047, 0.83);
    assert_binomial(7, 5000, 0.97);
    fab_random random = fab_random_stream(8, 0, 0);
    assert_int_equal(fab_random_binomial(&random, 9, 0), 0);
    assert_int_equal(fab_random_binomial(&random, 9, 1), 9);
    assert_int_equal(fab_random_binomial(&random, 0, 0.5), 0);
    assert_int_equal(fab_random_binomial(&random, 9, NAN), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_the_published_one),     cmocka_unit_test(streams_are_their_own),
        cmocka_unit_test(moments_are_those_of_the_distributions), cmocka_unit_test(integers_below_are_even),
        cmocka_unit_test(binomials_have_their_probabilities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
