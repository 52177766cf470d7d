/* The maximiser on likelihoods with known answers, and the small functions of the estimates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "fit.h"
#include "numeric.h"

/* Normal with correlation 1/2 about (3, -40), standard deviations 0.01 and 5. */
static double quadratic(const double *at, const void *data)
{
    (void)data;
    double x = (at[0] - 3) / 0.01, y = (at[1] + 40) / 5;
    return -(x * x - x * y + y * y) / 1.5 + 7;
}

static void test_quadratic(void **state)
{
    (void)state;
    fab_fit fit = {.log_likelihood = quadratic, .dimension = 2, .at = {2.5, -30}};
    fab_fit_maximise(&fit);
    assert_true(fit.converged);
    assert_close(fit.at[0], 3, 0, 1e-7);
    assert_close(fit.at[1], -40, 0, 1e-4);
    assert_close(fit.value, 7, 1e-10, 0);
    assert_close(fit.covariance[0][0], 1e-4, 1e-5, 0);
    assert_close(fit.covariance[1][1], 25, 1e-4, 0);
    assert_close(fit.covariance[0][1], 0.025, 1e-4, 0);
    assert_close(fab_fit_error(&fit, 0), 0.01, 1e-5, 0);
    /* the profile of a normal is normal, whatever the correlation */
    assert_close(fab_fit_profile(&fit, 0, 2, 1, 10), 3.02, 0, 1e-6);
    assert_close(fab_fit_profile(&fit, 0, 2, -1, 10), 2.98, 0, 1e-6);
    assert_close(fab_fit_profile(&fit, 1, 2, -1, 100), -50, 0, 1e-4);
    assert_true(fab_fit_profile(&fit, 1, 2, -1, 5) == -INFINITY);
    fit.at[0] = 3.01;
    fit.fixed[0] = true;
    fab_fit_maximise(&fit);
    assert_close(fit.at[1], -37.5, 0, 1e-3);
    assert_true(fit.covariance[0][0] == 0 && fit.covariance[0][1] == 0);
    assert_close(fit.covariance[1][1], 0.75 * 25, 1e-4, 0);
}

/* 17 events in time 4 as a function of the log of the rate. */
static double poisson(const double *at, const void *data)
{
    const double *events = data;
    return *events * at[0] - 4 * exp(at[0]);
}

static void test_poisson(void **state)
{
    (void)state;
    double events = 17;
    fab_fit fit = {.log_likelihood = poisson, .data = &events, .dimension = 1, .at = {-5}};
    fab_fit_maximise(&fit);
    assert_close(fit.at[0], log(17 / 4.0), 0, 1e-8);
    assert_close(fab_fit_error(&fit, 0), 1 / sqrt(17), 1e-5, 0);
    double low = fab_fit_profile(&fit, 0, 1.5, -1, 50), high = fab_fit_profile(&fit, 0, 1.5, 1, 50);
    assert_true(low < fit.at[0] && high > fit.at[0] && fit.at[0] - low > high - fit.at[0]);
    assert_close(fit.value - poisson(&low, &events), 1.5, 1e-6, 0);
    assert_close(fit.value - poisson(&high, &events), 1.5, 1e-6, 0);
    /* no events: the likelihood rises for ever, and there is no maximum */
    events = 0;
    fit.at[0] = 0;
    fab_fit_maximise(&fit);
    assert_false(fit.converged);
    assert_true(isnan(fab_fit_error(&fit, 0)));
}

/* A narrow bent ridge, with a cliff where there is no likelihood. */
static double ridge(const double *at, const void *data)
{
    (void)data;
    return at[0] > 2 ? -INFINITY : -50 * pow(at[1] - at[0] * at[0], 2) - pow(1 - at[0], 2) / 2;
}

static void test_ridge(void **state)
{
    (void)state;
    fab_fit fit = {.log_likelihood = ridge, .dimension = 2, .at = {-1.2, 1}};
    fab_fit_maximise(&fit);
    assert_true(fit.converged);
    assert_close(fit.at[0], 1, 0, 1e-4);
    assert_close(fit.at[1], 1, 0, 1e-4);
    fab_fit nowhere = {.log_likelihood = ridge, .dimension = 2, .at = {5, 1}};
    fab_fit_maximise(&nowhere);
    assert_false(nowhere.converged);
}

static void test_small_functions(void **state)
{
    (void)state;
    assert_close(fab_normal_quantile(0.95), 1.959963984540054, 1e-12, 0);
    assert_close(fab_normal_quantile(0.8), 1.2815515655446004, 1e-12, 0);
    assert_close(fab_logistic(fab_logit(0.3)), 0.3, 1e-15, 0);
    assert_close(fab_logistic(-800), 0, 0, 1e-300);
    assert_close(fab_logistic(800), 1, 1e-15, 0);
    assert_true(fab_boundary_p_value(0) == 1);
    /* 5 % point of the half-half mixture: 1.6449^2 */
    assert_close(fab_boundary_p_value(2.705543454095404), 0.05, 1e-10, 0);
    assert_close(exp(fab_log_choose(52, 5)), 2598960, 1e-12, 0);
}

/* ln of the product of the chances one by one: (mu + i phi) and so on over (1 + i phi). */
static double urn(int k, int n, double mu, double phi)
{
    long double sum = 0;
    for (int i = 0; i < n; i++)
        sum += (i < k ? logl(mu + i * (long double)phi) : logl(1 - mu + (i - k) * (long double)phi)) - logl(1 + i * (long double)phi);
    return (double)sum;
}

static double log_beta_binomial(double k, double n, double mu, double phi)
{
    fab_beta_binomial_law law = fab_beta_binomial_law_of(mu, phi);
    return fab_log_beta_binomial(&law, k, n);
}

static void test_beta_binomial(void **state)
{
    (void)state;
    for (double phi = 1e-13; phi < 1e4; phi *= 7)
        for (int k = 0; k <= 600; k += 75)
            assert_close(log_beta_binomial(k, 600, 0.83, phi), urn(k, 600, 0.83, phi), 1e-11, 1e-10);
    assert_close(log_beta_binomial(3, 7, 0.4, 0), 3 * log(0.4) + 4 * log(0.6), 1e-14, 0);
    assert_close(log_beta_binomial(2.5, 7.25, 0.4, 1e-15), log_beta_binomial(2.5, 7.25, 0.4, 1e-13), 1e-10, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quadratic),       cmocka_unit_test(test_poisson),       cmocka_unit_test(test_ridge),
        cmocka_unit_test(test_small_functions), cmocka_unit_test(test_beta_binomial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
