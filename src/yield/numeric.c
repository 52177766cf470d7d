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

/* ln Gamma(x) less Stirling's (x - 1/2) ln x - x + ln(2 pi)/2; x >= 30: the next term is below 3e-14. Abramowitz & Stegun 6.1.41. */
static double stirling_rest(double x)
{
    double s = 1 / (x * x);
    return (1 / 12.0 - s * (1 / 360.0 - s / 1260)) / x;
}

/* ln of a (a + 1) ... (a + k - 1) over a^k. For a large a the difference of log-gammas would cancel. */
static double log_rising_ratio(double a, double k)
{
    static const double large = 30;
    if (k == 0)
        return 0;
    if (a < large)
        return log_gamma(a + k) - log_gamma(a) - k * log(a);
    return (a + k - 0.5) * log1p(k / a) - k + stirling_rest(a + k) - stirling_rest(a);
}

double fab_log_beta_binomial(double k, double n, double mu, double phi)
{
    static const double tiny = 1e-14;
    double good = k > 0 ? k * log(mu) : 0, bad = n > k ? (n - k) * log1p(-mu) : 0;
    if (phi <= tiny)
        return good + bad;
    return good + bad + log_rising_ratio(mu / phi, k) + log_rising_ratio((1 - mu) / phi, n - k) - log_rising_ratio(1 / phi, n);
}
