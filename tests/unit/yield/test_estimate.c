/* Estimates from good-die counts: published figures, an independent computation of the limits, and coverage on simulated histories.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "context_fixture.h"
#include "estimate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

enum { PUBLISHED = 12 };

static const int published_good[PUBLISHED] = {512, 498, 530, 470, 455, 520, 401, 515, 508, 489, 533, 476};

static fab_counts counts_of(fab_context *context, const int *good, int count, int tested)
{
    fab_wafer_result wafers[1000] = {{0}};
    fab_counts counts;
    assert_true(count <= 1000);
    for (int i = 0; i < count; i++)
        wafers[i] = (fab_wafer_result){.tested = tested, .good = good[i]};
    assert_int_equal(fab_counts_init(context, wafers, (size_t)count, &counts), FAB_OK);
    return counts;
}

static void test_moments(void **state)
{
    fab_counts counts = counts_of(*state, published_good, PUBLISHED, 600);
    fab_moments moments = fab_estimate_moments(&counts, 0);
    assert_close(moments.alpha, 7.68374209, 0, 6e-9);
    assert_close(moments.defects_per_die, 0.20051460, 0, 6e-9);
    fab_counts_fini(&counts);
    /* wafers closer together than independent die: alpha infinite, l = -ln of the mean */
    static const int close[] = {300, 300, 301, 299};
    counts = counts_of(*state, close, 4, 600);
    moments = fab_estimate_moments(&counts, 0);
    assert_true(isinf(moments.alpha));
    assert_close(moments.defects_per_die, log(2), 1e-12, 0);
    fab_counts_fini(&counts);
    static const int all[] = {600, 600};
    counts = counts_of(*state, all, 2, 600);
    assert_true(isnan(fab_estimate_moments(&counts, 0).alpha));
    fab_counts_fini(&counts);
}

static void test_beta_binomial(void **state)
{
    fab_counts counts = counts_of(*state, published_good, PUBLISHED, 600);
    fab_beta_binomial fit;
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &fit), FAB_OK);
    assert_close(fit.a, 40.28350, 0, 5e-5);
    assert_close(fit.b, 8.83634, 0, 2e-5);
    assert_close(fit.mean.value, 0.82010643, 0, 1e-7);
    assert_close(fit.rho.value, 0.01995218, 0, 1e-8);
    assert_close(fit.log_likelihood, -59.02180, 0, 6e-6);
    assert_close(fit.understated, 3.6, 0, 0.05);
    assert_true(fit.p_value < 1e-20);
    /* profiles by golden sections over log-gammas */
    assert_close(fit.mean.low, 0.7821451707, 0, 1e-7);
    assert_close(fit.mean.high, 0.8513881793, 0, 1e-7);
    assert_close(fit.rho.low, 0.0091698934, 0, 1e-8);
    assert_close(fit.rho.high, 0.0505740802, 0, 1e-8);
    fab_counts_fini(&counts);
}

static void test_defects(void **state)
{
    fab_counts counts = counts_of(*state, published_good, PUBLISHED, 600);
    fab_defect_estimate fit;
    assert_int_equal(fab_estimate_defects(*state, &counts, 0.8, 0, 0.95, &fit), FAB_OK);
    assert_close(fit.alpha.value, 8.80633, 0, 1e-5);
    assert_close(fit.defects_per_die.value, 0.200570, 0, 6e-7);
    assert_close(fit.d0_per_cm2.value, 0.200570 / 0.8, 0, 1e-6);
    assert_close(fit.d0_per_cm2.high, fit.defects_per_die.high / 0.8, 1e-14, 0);
    assert_close(fit.log_likelihood, -59.02490, 0, 6e-6);
    assert_int_equal(fit.verdict, FAB_ALPHA_IDENTIFIED);
    /* profiles by golden sections over a fine midpoint sum */
    assert_close(fit.alpha.low, 3.4372, 0, 1e-4);
    assert_close(fit.alpha.high, 19.2441, 0, 1e-3);
    assert_close(fit.defects_per_die.low, 0.162958, 0, 2e-6);
    assert_close(fit.defects_per_die.high, 0.250407, 0, 2e-6);
    /* the same binomial model at the end of both families */
    fab_beta_binomial beta;
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &beta), FAB_OK);
    assert_close(fit.log_likelihood_poisson, beta.log_likelihood_binomial, 1e-10, 0);
    fab_counts_fini(&counts);
}

/* The counts of independent die do not say what alpha is. */
static void test_not_overdispersed(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int good[200];
    int identified = 0, binomial = 0;
    for (unsigned long seed = 1; seed <= 40; seed++) {
        gsl_rng_set(rng, seed);
        for (int i = 0; i < 200; i++)
            good[i] = (int)gsl_ran_binomial(rng, exp(-0.2), 600);
        fab_counts counts = counts_of(*state, good, 200, 600);
        fab_defect_estimate fit;
        assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
        identified += fit.verdict == FAB_ALPHA_IDENTIFIED;
        binomial += fit.verdict == FAB_ALPHA_NOT_OVERDISPERSED;
        assert_true(fit.alpha.low > 100);
        if (fit.verdict != FAB_ALPHA_IDENTIFIED) {
            assert_true(isnan(fit.alpha.value) && isnan(fit.alpha.error) && isinf(fit.alpha.high));
            assert_non_null(strstr(fab_alpha_verdict_text(fit.verdict), "not identified"));
        }
        assert_close(fit.defects_per_die.value, 0.2, 0, 4 * sqrt(exp(0.2) * (1 - exp(-0.2)) / 120000));
        fab_counts_fini(&counts);
    }
    /* 2.5 % by the tests' size: 1 of 40, and 5 or more with probability 0.003 */
    assert_true(identified <= 4);
    /* 95 %: 38 of 40, and 33 or fewer with probability 0.003 */
    assert_true(binomial >= 34);
    gsl_rng_free(rng);
}

static void test_underdispersed(void **state)
{
    static const int good[] = {300, 300, 301, 299, 300, 300};
    fab_counts counts = counts_of(*state, good, 6, 600);
    fab_beta_binomial beta;
    fab_defect_estimate fit;
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &beta), FAB_OK);
    assert_true(beta.rho.value == 0 && beta.rho.low == 0 && isnan(beta.rho.error) && beta.rho.high > 0 && beta.rho.high < 0.01);
    assert_true(isinf(beta.a) && beta.p_value == 1);
    assert_close(beta.understated, 1, 1e-4, 0);
    assert_close(beta.mean.value, 0.5, 1e-9, 0);
    assert_close(beta.mean.high - beta.mean.low, 2 * 1.959964 * 0.5 / 60, 1e-3, 0);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NOT_OVERDISPERSED);
    assert_close(fit.defects_per_die.value, log(2), 1e-7, 0);
    assert_true(fit.p_value == 1);
    fab_counts_fini(&counts);
}

/* One wafer has no variance between wafers. */
static void test_one_wafer(void **state)
{
    static const int good[] = {480};
    fab_counts counts = counts_of(*state, good, 1, 600);
    fab_defect_estimate fit;
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NOT_OVERDISPERSED);
    assert_close(fit.defects_per_die.value, -log(0.8), 1e-6, 0);
    fab_counts_fini(&counts);
}

static void test_extremes(void **state)
{
    static const int all[] = {600, 600, 600}, none[] = {0, 0}, apart[] = {0, 600, 0, 600};
    fab_beta_binomial beta;
    fab_defect_estimate fit;
    fab_counts counts = counts_of(*state, all, 3, 600);
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &beta), FAB_OK);
    assert_true(beta.mean.value == 1 && beta.mean.high == 1 && isnan(beta.rho.value));
    assert_close(1800 * log(beta.mean.low), -1.9207294, 1e-6, 0);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NO_DEFECTS);
    assert_true(fit.defects_per_die.value == 0 && isnan(fit.alpha.value) && isnan(fit.alpha.low));
    assert_close(fit.defects_per_die.high, 1.9207294 / 1800, 1e-6, 0);
    fab_counts_fini(&counts);
    counts = counts_of(*state, none, 2, 600);
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &beta), FAB_OK);
    assert_true(beta.mean.value == 0 && beta.mean.low == 0 && beta.mean.high < 0.01);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NO_DEFECTS);
    fab_counts_fini(&counts);
    /* whole wafers are good or dead: four throws of a coin, and no defect density */
    counts = counts_of(*state, apart, 4, 600);
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &beta), FAB_OK);
    assert_close(beta.mean.value, 0.5, 1e-3, 0);
    assert_close(4 * log(4 * beta.mean.low * (1 - beta.mean.low)), -2 * 1.9207294, 2e-2, 0);
    assert_true(beta.rho.value > 0.99 && beta.rho.low > 0.3 && beta.p_value < 1e-10);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NO_MAXIMUM);
    assert_true(isnan(fit.defects_per_die.value) && isnan(fit.alpha.value) && fit.p_value < 1e-10);
    assert_non_null(fab_alpha_verdict_text(fit.verdict));
    fab_counts_fini(&counts);
}

static void test_domain(void **state)
{
    fab_counts counts = counts_of(*state, published_good, PUBLISHED, 600);
    fab_beta_binomial beta;
    fab_defect_estimate fit;
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0, &beta), FAB_INPUT);
    assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 1, &beta), FAB_INPUT);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, NAN, &fit), FAB_INPUT);
    assert_int_equal(fab_estimate_defects(*state, &counts, 0, 0, 0.95, &fit), FAB_INPUT);
    assert_int_equal(fab_estimate_defects(*state, &counts, NAN, 0, 0.95, &fit), FAB_INPUT);
    fab_counts_fini(&counts);
}

/* Hits of a 95 % interval in `runs` independent runs: within 4 binomial standard deviations. */
static void assert_coverage(int hits, int runs)
{
    double expected = 0.95 * runs, deviation = sqrt(0.95 * 0.05 * runs);
    if (fabs(hits - expected) > 4 * deviation)
        fail_msg("%d of %d intervals hold the truth", hits, runs);
}

static void test_coverage_beta_binomial(void **state)
{
    enum { RUNS = 400, WAFERS = 60, TESTED = 150 };
    const double a = 16, b = 4;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20260101);
    int mean_hits = 0, rho_hits = 0, good[WAFERS];
    for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < WAFERS; i++)
            good[i] = (int)gsl_ran_binomial(rng, gsl_ran_beta(rng, a, b), TESTED);
        fab_counts counts = counts_of(*state, good, WAFERS, TESTED);
        fab_beta_binomial fit;
        assert_int_equal(fab_estimate_beta_binomial(*state, &counts, 0.95, &fit), FAB_OK);
        mean_hits += fit.mean.low <= a / (a + b) && a / (a + b) <= fit.mean.high;
        rho_hits += fit.rho.low <= 1 / (a + b + 1) && 1 / (a + b + 1) <= fit.rho.high;
        fab_counts_fini(&counts);
    }
    assert_coverage(mean_hits, RUNS);
    assert_coverage(rho_hits, RUNS);
    gsl_rng_free(rng);
}

static void cover_defects(void **state, double l, int repairable)
{
    enum { RUNS = 120, WAFERS = 40, TESTED = 200 };
    const double alpha = 3;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20260102);
    int l_hits = 0, alpha_hits = 0, identified = 0, good[WAFERS];
    for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < WAFERS; i++)
            good[i] = (int)gsl_ran_binomial(rng, gsl_cdf_poisson_P((unsigned)repairable, l * gsl_ran_gamma(rng, alpha, 1 / alpha)), TESTED);
        fab_counts counts = counts_of(*state, good, WAFERS, TESTED);
        fab_defect_estimate fit;
        assert_int_equal(fab_estimate_defects(*state, &counts, 1, repairable, 0.95, &fit), FAB_OK);
        l_hits += fit.defects_per_die.low <= l && l <= fit.defects_per_die.high;
        alpha_hits += fit.alpha.low <= alpha && alpha <= fit.alpha.high;
        identified += fit.verdict == FAB_ALPHA_IDENTIFIED;
        fab_counts_fini(&counts);
    }
    assert_coverage(l_hits, RUNS);
    assert_coverage(alpha_hits, RUNS);
    assert_int_equal(identified, RUNS);
    gsl_rng_free(rng);
}

static void test_coverage_defects(void **state)
{
    cover_defects(state, 0.4, 0);
    cover_defects(state, 1.5, 2);
}

/* ln likelihood of wafers of `tested` die by a midpoint sum over ln g, chances from the incomplete gamma function. */
static double summed_likelihood(const int *good, int count, int tested, double l, double alpha, int repairable)
{
    static const double step = 0.002;
    double sum = 0;
    for (int i = 0; i < count; i++) {
        double part = 0;
        for (double x = -25; x < 6; x += step) {
            double g = exp(x), p = gsl_cdf_poisson_P((unsigned)repairable, l * g);
            part += step * g * gsl_ran_gamma_pdf(g, alpha, 1 / alpha) * gsl_ran_binomial_pdf((unsigned)good[i], p, (unsigned)tested);
        }
        sum += log(part);
    }
    return sum;
}

/* Repair of three defects, on both sides of the mean: the estimate is where an independent sum has its maximum, and without repair the same
 * counts mean fewer defects. */
static void test_repair(void **state)
{
    static const int repairable = 3, good[] = {190, 171, 140, 198, 88, 160, 12, 181, 199, 150, 120, 177, 45, 195, 166, 183};
    enum { COUNT = sizeof good / sizeof *good };
    fab_counts counts = counts_of(*state, good, COUNT, 200);
    fab_defect_estimate fit, plain;
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, repairable, 0.95, &fit), FAB_OK);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, 0, 0.95, &plain), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_IDENTIFIED);
    assert_true(fit.defects_per_die.value > 2 * plain.defects_per_die.value);
    double l = fit.defects_per_die.value, alpha = fit.alpha.value, top = summed_likelihood(good, COUNT, 200, l, alpha, repairable);
    assert_close(fit.log_likelihood, top, 1e-9, 0);
    assert_true(summed_likelihood(good, COUNT, 200, l * 1.002, alpha, repairable) < top);
    assert_true(summed_likelihood(good, COUNT, 200, l / 1.002, alpha, repairable) < top);
    assert_true(summed_likelihood(good, COUNT, 200, l, alpha * 1.01, repairable) < top);
    assert_true(summed_likelihood(good, COUNT, 200, l, alpha / 1.01, repairable) < top);
    /* half a normal quantile squared below the maximum at the limits, the other parameter free: at most that far below with it held */
    double low = summed_likelihood(good, COUNT, 200, fit.defects_per_die.low, alpha, repairable);
    assert_true(low <= top - 1.9207 + 1e-6);
    fab_moments moments = fab_estimate_moments(&counts, repairable);
    assert_close(moments.defects_per_die, l, 0.3, 0);
    assert_true(moments.alpha > fit.alpha.low && moments.alpha < fit.alpha.high);
    fab_counts_fini(&counts);
    /* wafers alike: no overdispersion, l is the inverse of the mean yield */
    static const int close[] = {150, 151, 149, 150};
    counts = counts_of(*state, close, 4, 200);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, repairable, 0.95, &fit), FAB_OK);
    assert_int_equal(fit.verdict, FAB_ALPHA_NOT_OVERDISPERSED);
    assert_close(gsl_cdf_poisson_P(3, fit.defects_per_die.value), 0.75, 1e-9, 0);
    assert_true(isinf(fab_estimate_moments(&counts, repairable).alpha));
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, -1, 0.95, &fit), FAB_INPUT);
    fab_counts_fini(&counts);
    /* all good: so many defects at most that n die pass in one of 40 */
    static const int all[] = {200};
    counts = counts_of(*state, all, 1, 200);
    assert_int_equal(fab_estimate_defects(*state, &counts, 1, repairable, 0.95, &fit), FAB_OK);
    assert_close(200 * log(gsl_cdf_poisson_P(3, fit.defects_per_die.high)), -1.9207294, 1e-6, 0);
    fab_counts_fini(&counts);
}

/* Lots whose yields come from Beta(a, b); wafers vary within the lot; returns wafers through `wafers`. */
static void simulate_lots(gsl_rng *rng, double lot_weight, double wafer_weight, int lots, int wafers_per_lot, fab_wafer_result *wafers,
                          double *truth)
{
    for (int lot = 0; lot < lots; lot++) {
        truth[lot] = gsl_ran_beta(rng, 0.8 * lot_weight, 0.2 * lot_weight);
        for (int i = 0; i < wafers_per_lot; i++) {
            double yield = gsl_ran_beta(rng, truth[lot] * wafer_weight, (1 - truth[lot]) * wafer_weight);
            wafers[lot * wafers_per_lot + i] =
                (fab_wafer_result){.tested = 300, .good = (int)gsl_ran_binomial(rng, yield, 300), .lot = lot};
        }
    }
}

static void test_lots(void **state)
{
    enum { LOTS = 400, WAFERS = 5 };
    static fab_wafer_result wafers[LOTS * WAFERS];
    static double truth[LOTS];
    static fab_lot_yield yields[LOTS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20260103);
    simulate_lots(rng, 200, 60, LOTS, WAFERS, wafers, truth);
    fab_lots lots;
    fab_lot_prior prior;
    assert_int_equal(fab_lots_init(*state, wafers, LOTS * WAFERS, &lots), FAB_OK);
    assert_int_equal(fab_estimate_lots(*state, &lots, 0.95, &prior, yields), FAB_OK);
    assert_close(lots.wafer_dispersion, 1 + 299 / 61.0, 0.1, 0);
    assert_close(prior.mean, 0.8, 0, 5 * prior.mean_error);
    assert_close(prior.rho, 1 / 201.0, 0.4, 0);
    double raw_error = 0, shrunk_error = 0;
    int hits = 0;
    for (int i = 0; i < LOTS; i++) {
        raw_error += pow(yields[i].raw - truth[i], 2);
        shrunk_error += pow(yields[i].shrunk - truth[i], 2);
        hits += yields[i].low <= truth[i] && truth[i] <= yields[i].high;
        assert_true((yields[i].shrunk - prior.mean) * (yields[i].raw - prior.mean) >= 0);
        assert_true(fabs(yields[i].shrunk - prior.mean) <= fabs(yields[i].raw - prior.mean));
    }
    /* variances of lots and of their means are 0.16/201 and 0.16/61/5 + ...: shrinkage takes about 40 % off the squared error */
    assert_true(shrunk_error < 0.75 * raw_error);
    assert_coverage(hits, LOTS);
    fab_lots_fini(&lots);
    gsl_rng_free(rng);
}

static void test_equal_lots(void **state)
{
    fab_wafer_result wafers[20];
    fab_lot_yield yields[10];
    for (int i = 0; i < 20; i++)
        wafers[i] = (fab_wafer_result){.tested = 100, .good = i % 2 ? 75 : 85, .lot = i / 2};
    fab_lots lots;
    fab_lot_prior prior;
    assert_int_equal(fab_lots_init(*state, wafers, 20, &lots), FAB_OK);
    assert_int_equal(fab_estimate_lots(*state, &lots, 0.95, &prior, yields), FAB_OK);
    assert_true(prior.rho == 0 && isinf(prior.weight_dies));
    for (int i = 0; i < 10; i++)
        assert_close(yields[i].shrunk, 0.8, 1e-6, 0);
    assert_int_equal(fab_estimate_lots(*state, &lots, 1.5, &prior, yields), FAB_INPUT);
    for (size_t i = 0; i < lots.count; i++)
        lots.lots[i].good = 0;
    assert_int_equal(fab_estimate_lots(*state, &lots, 0.95, &prior, yields), FAB_INPUT);
    fab_lots_fini(&lots);
}

/* Lots that alternate between dead and good: two die of a lot are alike, and a lot's own yield is all there is to know of it. */
static void test_whole_lots(void **state)
{
    enum { COUNT = 12 };
    fab_wafer_result wafers[2 * COUNT];
    fab_lot_yield yields[COUNT];
    fab_lot_prior prior;
    fab_lots lots;
    for (int i = 0; i < 2 * COUNT; i++)
        wafers[i] = (fab_wafer_result){200, i / 2 % 2 ? 200 : 0, i / 2, i / 2};
    assert_int_equal(fab_lots_init(*state, wafers, 2 * COUNT, &lots), FAB_OK);
    assert_int_equal(fab_estimate_lots(*state, &lots, 0.95, &prior, yields), FAB_OK);
    assert_true(prior.rho == 1);
    assert_close(prior.mean, 0.5, 0, 1e-6);
    assert_close(prior.mean_error, 0.5 / sqrt(COUNT), 1e-3, 0);
    for (int i = 0; i < COUNT; i++)
        assert_close(yields[i].shrunk, i % 2, 0, 1e-5);
    fab_lots_fini(&lots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),           cmocka_unit_test(test_beta_binomial),  cmocka_unit_test(test_defects),
        cmocka_unit_test(test_not_overdispersed), cmocka_unit_test(test_underdispersed), cmocka_unit_test(test_one_wafer),
        cmocka_unit_test(test_extremes),          cmocka_unit_test(test_domain),         cmocka_unit_test(test_coverage_beta_binomial),
        cmocka_unit_test(test_coverage_defects),  cmocka_unit_test(test_repair),         cmocka_unit_test(test_lots),
        cmocka_unit_test(test_equal_lots),        cmocka_unit_test(test_whole_lots),
    };
    return cmocka_run_group_tests(tests, context_set_up, context_tear_down);
}
