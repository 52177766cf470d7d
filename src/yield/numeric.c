/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double fab_logistic(double x)
{
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

double fab_logit(double p)
{
    return log(p) - log1p(-p);
}

double fab_normal_quantile(double confidence)
{
    return gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
}

double fab_boundary_p_value(double ratio)
{
    return ratio > 0 ? erfc(sqrt(ratio / 2)) / 2 : 1;
}

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

double fab_log_choose(double n, double k)
{
    return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
}

/* From here on the asymptotic series is exact to 3e-14. */
static const double LARGE = 30;

/* ln Gamma(x) less Stirling's (x - 1/2) ln x - x + ln(2 pi)/2, for a large x. Abramowitz & Stegun 6.1.41. */
static double stirling_rest(double x)
{
    double s = 1 / (x * x);
    return (1 / 12.0 - s * (1 / 360.0 - s / 1260)) / x;
}

static struct fab_rising make_rising(double a)
{
    if (a < LARGE)
        return (struct fab_rising){.a = a, .log_a = log(a), .log_gamma = log_gamma(a)};
    return (struct fab_rising){.a = a, .rest = stirling_rest(a)};
}

/* ln of a (a + 1) ... (a + k - 1) over a^k. For a large a the difference of log-gammas would cancel. */
static double log_rising_ratio(const struct fab_rising *rising, double k)
{
    static const double half_log_2pi = 0.91893853320467274;
    double a = rising->a, x = a + k;
    if (k == 0)
        return 0;
    if (a >= LARGE)
        return (x - 0.5) * log1p(k / a) - k + stirling_rest(x) - rising->rest;
    double above = x < LARGE ? log_gamma(x) : (x - 0.5) * log(x) - x + half_log_2pi + stirling_rest(x);
    return above - rising->log_gamma - k * rising->log_a;
}

fab_beta_binomial_law fab_beta_binomial_law_of(double mu, double phi)
{
    static const double tiny = 1e-14;
    fab_beta_binomial_law law = {.log_good = log(mu), .log_bad = log1p(-mu), .clustered = phi > tiny};
    if (law.clustered) {
        law.good = make_rising(mu / phi);
        law.bad = make_rising((1 - mu) / phi);
        law.all = make_rising(1 / phi);
    }
    return law;
}

double fab_log_beta_binomial(const fab_beta_binomial_law *law, double k, double n)
{
    double independent = (k > 0 ? k * law->log_good : 0) + (n > k ? (n - k) * law->log_bad : 0);
    if (!law->clustered)
        return independent;
    return independent + log_rising_ratio(&law->good, k) + log_rising_ratio(&law->bad, n - k) - log_rising_ratio(&law->all, n);
}
