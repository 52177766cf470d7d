/* Control charts against the NIST handbook and hand arithmetic; the screen against planted excursions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "context_fixture.h"
#include "spc.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

enum { NIST = 30 };

/* NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: defective chips of 50 on each of 30 wafers. */
static const int nist[NIST] = {12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6};

static void fill_nist(fab_spc_sample *samples)
{
    for (int i = 0; i < NIST; i++)
        samples[i] = (fab_spc_sample){.tested = 50, .count = nist[i]};
}

static void test_nist_p_chart(void **state)
{
    fab_spc_sample samples[NIST];
    fab_spc_point points[NIST];
    fab_spc_chart chart;
    fill_nist(samples);
    assert_int_equal(fab_spc_p_chart(*state, samples, NIST, points, &chart), FAB_OK);
    assert_close(chart.centre, .2313, 0, 5e-5);
    assert_int_equal(chart.signals, 2);
    for (int i = 0; i < NIST; i++) {
        assert_close(points[i].high, .4102391186, 0, 6e-11);
        assert_close(points[i].low, .0524275481, 0, 6e-11);
        assert_close(points[i].value, nist[i] / 50.0, 1e-15, 0);
        assert_int_equal(points[i].signal, i == 14 || i == 22);
    }
    /* without the two excursions: 347 - 46 of 1400 */
    samples[14].excluded = samples[22].excluded = true;
    assert_int_equal(fab_spc_p_chart(*state, samples, NIST, points, &chart), FAB_OK);
    assert_close(chart.centre, 301 / 1400.0, 1e-14, 0);
    assert_true(points[14].signal && points[22].signal);
}

static void test_limits_are_fractions(void **state)
{
    fab_spc_sample samples[] = {{.tested = 10, .count = 0}, {.tested = 1000, .count = 20}, {.tested = 5, .count = 5}};
    fab_spc_point points[3];
    fab_spc_chart chart;
    assert_int_equal(fab_spc_p_chart(*state, samples, 3, points, &chart), FAB_OK);
    assert_true(points[0].low == 0 && !points[0].signal);
    assert_true(points[1].high < points[0].high);
    assert_true(points[2].signal && points[2].high <= 1);
}

static void test_laney_by_hand(void **state)
{
    /* fractions .50 .54 .46 .50 of 10000: centre .5, binomial error .005, z = 0 8 -8 0, ranges 8 16 8, mean 32/3 */
    fab_spc_sample samples[] = {
        {.tested = 1e4, .count = 5000}, {.tested = 1e4, .count = 5400}, {.tested = 1e4, .count = 4600}, {.tested = 1e4, .count = 5000}};
    fab_spc_point points[4];
    fab_spc_chart chart;
    assert_int_equal(fab_spc_laney_chart(*state, samples, 4, points, &chart), FAB_OK);
    assert_close(chart.sigma_z, 32 / 3.0 / 1.128, 5e-4, 0);
    assert_close(points[0].high, 0.5 + 3 * 0.005 * chart.sigma_z, 1e-13, 0);
    assert_int_equal(chart.signals, 0);
    assert_int_equal(fab_spc_p_chart(*state, samples, 4, points, &chart), FAB_OK);
    assert_int_equal(chart.signals, 2);
}

/* The EWMA chart of fractions standardised by Laney's sigma_z; *chart is Laney's with the signals of this one. */
static fab_status chart_ewma(fab_context *context, const fab_spc_sample *samples, size_t count, const fab_ewma_options *options,
                             fab_spc_point *points, fab_spc_chart *chart)
{
    double *scores = calloc(count, sizeof *scores);
    assert_int_equal(fab_spc_laney_chart(context, samples, count, points, chart), FAB_OK);
    for (size_t i = 0; i < count; i++)
        scores[i] = (points[i].value - chart->centre) / sqrt(chart->centre * (1 - chart->centre) / samples[i].tested) / chart->sigma_z;
    fab_status status = fab_spc_ewma(context, scores, count, options, points);
    chart->signals = 0;
    for (size_t i = 0; status == FAB_OK && i < count; i++)
        chart->signals += points[i].signal;
    free(scores);
    return status;
}

static void test_ewma_by_hand(void **state)
{
    fab_spc_sample samples[] = {
        {.tested = 1e4, .count = 5000}, {.tested = 1e4, .count = 5400}, {.tested = 1e4, .count = 4600}, {.tested = 1e4, .count = 5000}};
    fab_spc_point points[4];
    fab_spc_chart chart;
    fab_ewma_options options = {.weight = 0.5, .width = 3};
    assert_int_equal(chart_ewma(*state, samples, 4, &options, points, &chart), FAB_OK);
    double z = 8 / chart.sigma_z;
    static const double averages[] = {0, 0.5, -0.25, -0.125};
    for (int i = 0; i < 4; i++) {
        assert_close(points[i].value, averages[i] * z, 1e-12, 1e-12);
        /* variance lambda / (2 - lambda) (1 - (1 - lambda)^2i) */
        assert_close(points[i].high, 3 * sqrt((1 - pow(0.25, i + 1)) / 3), 1e-12, 0);
        assert_close(points[i].low, -points[i].high, 1e-15, 0);
    }
    options.weight = 1.5;
    assert_int_equal(chart_ewma(*state, samples, 4, &options, points, &chart), FAB_INPUT);
}

/* Beta-binomial yields: what a stable process gives. */
static void simulate(gsl_rng *rng, double mean, double weight, unsigned tested, fab_spc_sample *samples, int count)
{
    for (int i = 0; i < count; i++) {
        double yield = gsl_ran_beta(rng, mean * weight, (1 - mean) * weight);
        samples[i] = (fab_spc_sample){.tested = tested, .count = gsl_ran_binomial(rng, yield, tested)};
    }
}

static void test_false_alarms(void **state)
{
    enum { COUNT = 4000 };
    static fab_spc_sample samples[COUNT];
    static fab_spc_point points[COUNT];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 5);
    simulate(rng, 0.7, 200, 2000, samples, COUNT);
    fab_spc_chart p, laney, ewma;
    fab_screen screen;
    assert_int_equal(fab_spc_p_chart(*state, samples, COUNT, points, &p), FAB_OK);
    assert_int_equal(fab_spc_laney_chart(*state, samples, COUNT, points, &laney), FAB_OK);
    assert_int_equal(chart_ewma(*state, samples, COUNT, &(fab_ewma_options){0}, points, &ewma), FAB_OK);
    assert_int_equal(fab_spc_screen(*state, samples, COUNT, &(fab_screen_options){0}, &screen), FAB_OK);
    /* binomial limits are sqrt(1 + 1999/201) = 3.3 times too narrow for these samples; normal tails: 0.0027 (11), EWMA 1/370 (11),
     * screen 0.0005 (2) */
    assert_close(laney.sigma_z, sqrt(1 + 1999 / 201.0), 0.05, 0);
    assert_true(p.signals > COUNT / 5);
    assert_in_range(laney.signals, 1, 30);
    assert_in_range(ewma.signals, 0, 40);
    assert_in_range(screen.excluded, 0, 12);
    gsl_rng_free(rng);
}

/* A lasting shift of 1.3 standard deviations: EWMA signals on most of the samples after it, single samples hardly ever. */
static void test_ewma_finds_small_shift(void **state)
{
    enum { RUNS = 20, COUNT = 120, SHIFT = 100 };
    static fab_spc_sample samples[COUNT];
    static fab_spc_point laney_points[COUNT], ewma_points[COUNT];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 11);
    int before = 0, after = 0, single = 0;
    for (int run = 0; run < RUNS; run++) {
        simulate(rng, 0.80, 300, 1000, samples, SHIFT);
        simulate(rng, 0.765, 300, 1000, samples + SHIFT, COUNT - SHIFT);
        for (int i = SHIFT; i < COUNT; i++)
            samples[i].excluded = true; /* the centre is the one of the time before */
        fab_spc_chart laney, ewma;
        assert_int_equal(fab_spc_laney_chart(*state, samples, COUNT, laney_points, &laney), FAB_OK);
        assert_int_equal(chart_ewma(*state, samples, COUNT, &(fab_ewma_options){0}, ewma_points, &ewma), FAB_OK);
        assert_true(ewma_points[COUNT - 1].value < 0);
        for (int i = 0; i < COUNT; i++)
            *(i < SHIFT ? &before : &after) += ewma_points[i].signal;
        for (int i = SHIFT; i < COUNT; i++)
            single += laney_points[i].signal;
    }
    assert_true(before < 3 * RUNS * SHIFT / 370);
    assert_true(after > RUNS * (COUNT - SHIFT) / 2);
    assert_true(single < RUNS * (COUNT - SHIFT) / 8);
    gsl_rng_free(rng);
}

static void test_screen_finds_excursions(void **state)
{
    enum { COUNT = 300, PLANTED = 60 };
    static fab_spc_sample samples[COUNT];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 7);
    simulate(rng, 0.85, 400, 600, samples, COUNT);
    double clean = 0;
    for (int i = 0; i < COUNT; i++)
        clean += i % 5 ? samples[i].count / 600 / (COUNT - PLANTED) : 0;
    /* a fifth of the wafers lose a third of their die: mean and standard deviation would hide them, the median does not */
    for (int i = 0; i < COUNT; i += 5)
        samples[i].count = floor(samples[i].count * 0.67);
    fab_screen screen;
    assert_int_equal(fab_spc_screen(*state, samples, COUNT, &(fab_screen_options){.low_only = true}, &screen), FAB_OK);
    for (int i = 0; i < COUNT; i += 5)
        assert_true(samples[i].excluded);
    assert_in_range(screen.excluded, PLANTED, PLANTED + 4);
    assert_close(screen.mean_screened, clean, 0, 0.002);
    assert_close(screen.mean, clean * (1 - 0.33 / 5), 0, 0.004);
    gsl_rng_free(rng);
}

/* Lots on a curve from 0.45 to 0.85 whose defects have an exponential part, one in 25 of them with four times the defects. About the curve
 * the screen finds those and few others; about the median of all it is blind to the late ones. */
static void test_screen_about_a_curve(void **state)
{
    enum { COUNT = 500, EVERY = 25, TESTED = 15000 };
    static fab_spc_sample samples[COUNT];
    static double expected[COUNT];
    const fab_screen_options options = {.threshold = 5.5, .low_only = true, .expected = expected, .ceiling = 0.98};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 3);
    fab_screen screen;
    for (int i = 0; i < COUNT; i++) {
        expected[i] = 0.85 - 0.4 * pow(0.5, i / 100.0);
        double defects = -log(expected[i] / options.ceiling) * (0.7 + 0.3 * gsl_ran_exponential(rng, 1)) * (i % EVERY ? 1 : 4);
        samples[i] = (fab_spc_sample){.tested = TESTED, .count = gsl_ran_binomial(rng, options.ceiling * exp(-defects), TESTED)};
    }
    assert_int_equal(fab_spc_screen(*state, samples, COUNT, &options, &screen), FAB_OK);
    size_t found = 0, late = 0;
    for (int i = 0; i < COUNT; i += EVERY)
        found += samples[i].excluded;
    assert_in_range(found, COUNT / EVERY * 3 / 4, COUNT / EVERY);
    assert_in_range(screen.excluded - found, 0, 4);
    /* with a part p = 0.04 of excursions the median is that of the other's quantile 0.5 / (1 - p), the upper quartile their 0.75 / (1 - p)
     */
    double median = -log(1 - 0.5 / 0.96), quartile = -log(1 - 0.75 / 0.96);
    assert_close(screen.median, 0.7 + 0.3 * median, 0, 0.03);
    assert_close(screen.spread, 0.3 * (quartile - median) / 0.6745, 0, 0.06);
    assert_int_equal(fab_spc_screen(*state, samples, COUNT, &(fab_screen_options){.threshold = 5.5, .low_only = true}, &screen), FAB_OK);
    for (int i = COUNT / 2; i < COUNT; i += EVERY)
        late += samples[i].excluded;
    assert_int_equal(late, 0);
    gsl_rng_free(rng);
}

static void test_screen_small_counts(void **state)
{
    /* 20 die a wafer, most all good: 18 is no excursion, 5 is */
    fab_spc_sample samples[40];
    for (int i = 0; i < 40; i++)
        samples[i] = (fab_spc_sample){.tested = 20, .count = i == 9 ? 5 : i == 21 ? 18 : i % 4 ? 20 : 19};
    fab_screen screen;
    assert_int_equal(fab_spc_screen(*state, samples, 40, &(fab_screen_options){0}, &screen), FAB_OK);
    assert_int_equal(screen.excluded, 1);
    assert_true(samples[9].excluded);
    assert_true(screen.spread == 0);
    /* high counts are excursions too, unless only low ones are asked for */
    for (int i = 0; i < 40; i++)
        samples[i] = (fab_spc_sample){.tested = 1000, .count = i == 3 ? 990 : 500 + i};
    assert_int_equal(fab_spc_screen(*state, samples, 40, &(fab_screen_options){0}, &screen), FAB_OK);
    assert_int_equal(screen.excluded, 1);
    assert_int_equal(fab_spc_screen(*state, samples, 40, &(fab_screen_options){.low_only = true}, &screen), FAB_OK);
    assert_int_equal(screen.excluded, 0);
    assert_false(samples[3].excluded);
}

static void test_domain(void **state)
{
    fab_spc_sample wrong[] = {{.tested = 0, .count = 0},
                              {.tested = 5, .count = 6},
                              {.tested = 5, .count = -1},
                              {.tested = INFINITY, .count = 1},
                              {.tested = 5, .count = NAN}};
    fab_spc_point points[2];
    fab_spc_chart chart;
    fab_screen screen;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(fab_spc_p_chart(*state, &wrong[i], 1, points, &chart), FAB_INPUT);
        assert_int_equal(fab_spc_laney_chart(*state, &wrong[i], 1, points, &chart), FAB_INPUT);
        assert_int_equal(fab_spc_screen(*state, &wrong[i], 1, &(fab_screen_options){0}, &screen), FAB_INPUT);
    }
    assert_int_equal(fab_spc_p_chart(*state, wrong, 0, points, &chart), FAB_INPUT);
    const double none_expected[] = {0, 0.9, NAN, 1};
    for (size_t i = 0; i < sizeof none_expected / sizeof *none_expected; i++) /* 0.9 is the ceiling of the first three */
        assert_int_equal(fab_spc_screen(*state, &(fab_spc_sample){.tested = 5, .count = 1}, 1,
                                        &(fab_screen_options){.expected = &none_expected[i], .ceiling = i < 3 ? 0.9 : 0}, &screen),
                         FAB_INPUT);
    fab_spc_sample one = {.tested = 50, .count = 20}, none[] = {{.tested = 50}, {.tested = 50}},
                   same[] = {{.tested = 50, .count = 5}, {.tested = 50, .count = 5}};
    assert_int_equal(fab_spc_p_chart(*state, &one, 1, points, &chart), FAB_OK);
    assert_int_equal(fab_spc_laney_chart(*state, &one, 1, points, &chart), FAB_INPUT);
    assert_int_equal(fab_spc_laney_chart(*state, none, 2, points, &chart), FAB_INPUT);
    assert_int_equal(fab_spc_laney_chart(*state, same, 2, points, &chart), FAB_OK);
    one.excluded = true;
    assert_int_equal(fab_spc_p_chart(*state, &one, 1, points, &chart), FAB_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nist_p_chart),
        cmocka_unit_test(test_limits_are_fractions),
        cmocka_unit_test(test_laney_by_hand),
        cmocka_unit_test(test_ewma_by_hand),
        cmocka_unit_test(test_false_alarms),
        cmocka_unit_test(test_ewma_finds_small_shift),
        cmocka_unit_test(test_screen_finds_excursions),
        cmocka_unit_test(test_screen_about_a_curve),
        cmocka_unit_test(test_screen_small_counts),
        cmocka_unit_test(test_domain),
    };
    return cmocka_run_group_tests(tests, context_set_up, context_tear_down);
}
