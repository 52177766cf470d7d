/* The gamma-Poisson mixture of die counts, by quadrature over a wafer's defect rate.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"
#include "fit.h"
#include "numeric.h"
#include "yield.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Parameters of the fit: ln l, and ln u with u = 1/alpha, the variance of the rate. */
enum { LOG_L, LOG_U };

static const double LOG_U_NONE = -25, LOG_U_REACH = 40, LOG_L_REACH = 30;
/* Evidence of overdispersion that it takes to call alpha identified. */
static const double SIGNIFICANCE = 0.05;
/* A gain of ln likelihood beyond rounding. */
static const double EVIDENT = 1e-6;

/* What the likelihood is of. */
struct sample {
    const fab_counts *counts;
    int repairable;
};

const char *fab_alpha_verdict_text(fab_alpha_verdict verdict)
{
    static const char *const texts[] = {
        [FAB_ALPHA_IDENTIFIED] = "alpha is identified by the variance between wafers",
        [FAB_ALPHA_NOT_OVERDISPERSED] = "alpha is not identified: wafers vary no more than independent die do",
        [FAB_ALPHA_UNBOUNDED] = "alpha is not identified: too few wafers for an upper limit",
        [FAB_ALPHA_NO_MAXIMUM] = "neither D0 nor alpha is identified: wafers are good or dead as a whole",
        [FAB_ALPHA_NO_DEFECTS] = "alpha is not identified: the die are all good or all bad",
    };
    return texts[verdict];
}

/* Solves ln(1 + 2u) / ln(1 + u) = ratio, 1 < ratio < 2, by bisection on ln u: the left side falls from 2 to 1. */
static double solve_u(double ratio)
{
    double low = -80, high = 600;
    for (int i = 0; i < 120; i++) {
        double middle = (low + high) / 2, u = exp(middle);
        if (log1p(2 * u) > ratio * log1p(u))
            low = middle;
        else
            high = middle;
    }
    return exp(low);
}

/* A die with z expected defects, of which `repairable` can be repaired: ln of the chance that it is good (at most so many defects) and of
 * that it is bad, and what both lose and gain by ln z: h = z^(repairable + 1) e^-z / repairable! over either chance. Each from the series
 * of the smaller side, so that nothing cancels. */
struct chance {
    double log_good, log_bad, good_slope, bad_slope;
};

/* 1 + first + first x (first + step) / scale^2 ... of either side: terms fall from the start, at last faster than any power. */
static double sum_series(double z, int repairable, bool above)
{
    static const double negligible = 1e-17;
    double sum = 1, term = 1;
    for (int i = 1; term > negligible * sum; i++) {
        term *= above ? z / (repairable + 1.0 + i) : (repairable + 1.0 - i) / z;
        sum += term;
    }
    return sum;
}

static struct chance chance_of(double z, int repairable)
{
    struct chance chance;
    if (repairable == 0)
        return (struct chance){-z, log(-expm1(-z)), z, z > 0 ? z / expm1(z) : 1};
    double log_h = (repairable + 1) * log(z) - z - gsl_sf_lnfact((unsigned)repairable);
    if (z < repairable + 1) {
        double sum = sum_series(z, repairable, true);
        chance.log_bad = log_h - log(repairable + 1) + log(sum);
        chance.log_good = log1p(-exp(chance.log_bad));
        chance.bad_slope = (repairable + 1) / sum;
        chance.good_slope = exp(log_h - chance.log_good);
    } else {
        double sum = sum_series(z, repairable, false);
        chance.log_good = log_h - log(z) + log(sum);
        chance.log_bad = log1p(-exp(chance.log_good));
        chance.good_slope = z / sum;
        chance.bad_slope = exp(log_h - chance.log_bad);
    }
    return chance;
}

/* Defects per die that give a yield when every wafer has the same. */
static double defects_of(double yield, int repairable)
{
    const fab_defects poisson = {.model = FAB_YIELD_POISSON, .repairable = repairable};
    return fab_yield_d0(&poisson, 1, yield);
}

static void fill_moments(fab_moments *moments)
{
    double log_mean = log(moments->m1), ratio = log(moments->m2) / log_mean;
    if (ratio >= 2) {
        moments->alpha = INFINITY;
        moments->defects_per_die = -log_mean;
    } else if (ratio > 1) {
        double u = solve_u(ratio);
        moments->alpha = -log_mean / log1p(u);
        moments->defects_per_die = moments->alpha * u;
    }
}

static void fill_moments_repaired(fab_moments *moments, int repairable)
{
    double variance = moments->m2 - moments->m1 * moments->m1, l = defects_of(moments->m1, repairable);
    double by_log_l = chance_of(l, repairable).good_slope * moments->m1;
    moments->alpha = variance > 0 ? by_log_l * by_log_l / variance : INFINITY;
    moments->defects_per_die = l;
}

fab_moments fab_estimate_moments(const fab_counts *counts, int repairable)
{
    fab_moments moments = {.alpha = NAN, .defects_per_die = NAN};
    double pairs = 0;
    for (size_t i = 0; i < counts->cell_count; i++) {
        const fab_count_cell *cell = &counts->cells[i];
        double n = cell->tested, k = cell->good;
        moments.m1 += cell->wafers * k / n / counts->wafers;
        moments.m2 += cell->wafers * k * (k - 1);
        pairs += cell->wafers * n * (n - 1);
    }
    moments.m2 = pairs > 0 ? moments.m2 / pairs : NAN;
    if (counts->good <= 0 || counts->good >= counts->tested || !(moments.m2 > 0))
        return moments;
    if (repairable == 0)
        fill_moments(&moments);
    else
        fill_moments_repaired(&moments, repairable);
    return moments;
}

/* e^x - 1 - x without cancellation; relative error 1e-12. */
static double expm1_rest(double x)
{
    if (fabs(x) < 2e-3)
        return x * x * (1 / 2.0 + x * (1 / 6.0 + x * (1 / 24.0 + x / 120.0)));
    return expm1(x) - x;
}

/* A wafer's likelihood as a function of x = ln g, up to a constant: k ln P(good) + (n - k) ln P(bad) + alpha (x - e^x + 1) at z = l e^x.
 * Concave in x: P(good) and P(bad) are the two sides of a log-concave density of ln z. */
struct integrand {
    double k, bad, l, alpha;
    int repairable;
};

static double log_integrand(const struct integrand *f, double x)
{
    struct chance chance = chance_of(f->l * exp(x), f->repairable);
    double good = f->k > 0 ? f->k * chance.log_good : 0, bad = f->bad > 0 ? f->bad * chance.log_bad : 0;
    return bad + good - f->alpha * expm1_rest(x);
}

/* First and second derivative by ln z of the die's part. */
static void die_slopes(double k, double bad, double z, int repairable, double *first, double *second)
{
    struct chance chance = chance_of(z, repairable);
    double good = chance.good_slope, other = chance.bad_slope, more = repairable + 1 - z;
    *first = bad * other - k * good;
    *second = bad * other * (more - other) - k * good * (more + good);
}

/* First and minus second derivative. */
static void integrand_slopes(const struct integrand *f, double x, double *slope, double *curvature)
{
    double second;
    die_slopes(f->k, f->bad, f->l * exp(x), f->repairable, slope, &second);
    *slope -= f->alpha * expm1(x);
    *curvature = f->alpha * exp(x) - second;
}

static double find_mode(const struct integrand *f, double *curvature)
{
    double x = 0, slope;
    for (int i = 0; i < 100; i++) {
        integrand_slopes(f, x, &slope, curvature);
        double step = fmin(fmax(slope / *curvature, -1), 1);
        x += step;
        if (fabs(step) * sqrt(*curvature) < 1e-2)
            break;
    }
    return x;
}

/* ln of the integral of e^log_integrand over x: trapezoidal rule about the mode, which converges exponentially for functions analytic
 * in a strip. */
static double log_integral(const struct integrand *f)
{
    static const double step_max = 0.25, step_widths = 0.7, negligible = -39;
    /* where e^-z = 1 to the last digit the integrand is e^(alpha x): the rest of the sum is a geometric series, which a small alpha
     * needs */
    static const double geometric = 1e-17;
    double curvature;
    double mode = find_mode(f, &curvature);
    double top = log_integrand(f, mode);
    /* with repair the chances change as powers of z that are so many times higher */
    double step = fmin(step_max / (f->repairable + 1), step_widths / sqrt(curvature));
    double sum = 1;
    for (int side = -1; side <= 1; side += 2)
        for (int i = 1;; i++) {
            double x = mode + side * i * step;
            double below = log_integrand(f, x) - top;
            if (!(below > negligible))
                break;
            sum += exp(below);
            if (side < 0 && f->bad == 0 && (f->k * f->l + f->alpha) * exp(x) < geometric) {
                sum += exp(below) / expm1(f->alpha * step);
                break;
            }
        }
    return top + log(sum * step);
}

static double log_likelihood_poisson(const struct sample *sample, double l)
{
    long double sum = 0;
    struct chance chance = chance_of(l, sample->repairable);
    for (size_t i = 0; i < sample->counts->cell_count; i++) {
        const fab_count_cell *cell = &sample->counts->cells[i];
        sum += cell->wafers * (cell->good * chance.log_good + (cell->tested - cell->good) * chance.log_bad);
    }
    return (double)sum;
}

/* Without the binomial coefficients. */
static double log_likelihood(const double *parameters, const void *data)
{
    static const double log_u_min = -40, log_u_max = 16, log_l_max = 60;
    const struct sample *sample = data;
    double log_u = parameters[LOG_U], l = exp(parameters[LOG_L]);
    if (!(log_u <= log_u_max) || !(fabs(parameters[LOG_L]) < log_l_max))
        return -INFINITY;
    if (log_u < log_u_min)
        return log_likelihood_poisson(sample, l);
    double alpha = exp(-log_u);
    /* alpha^alpha e^-alpha / Gamma(alpha) */
    double constant = log(alpha / (2 * M_PI)) / 2 - log(gsl_sf_gammastar(alpha));
    long double sum = 0;
    for (size_t i = 0; i < sample->counts->cell_count; i++) {
        const fab_count_cell *cell = &sample->counts->cells[i];
        struct integrand f = {cell->good, cell->tested - cell->good, l, alpha, sample->repairable};
        sum += cell->wafers * (constant + log_integral(&f));
    }
    return (double)sum;
}

/* Derivative of the log-likelihood by u at u = 0, but for a factor of 2: l^2 (f'^2 + f'') summed, f = ln p(k | l). */
static double overdispersion_score(const struct sample *sample, double l)
{
    long double score = 0;
    for (size_t i = 0; i < sample->counts->cell_count; i++) {
        const fab_count_cell *cell = &sample->counts->cells[i];
        double first, second;
        die_slopes(cell->good, cell->tested - cell->good, l, sample->repairable, &first, &second);
        score += cell->wafers * (first * first + second - first);
    }
    return (double)score;
}

static double sum_log_choose(const fab_counts *counts)
{
    long double sum = 0;
    for (size_t i = 0; i < counts->cell_count; i++)
        sum += counts->cells[i].wafers * fab_log_choose(counts->cells[i].tested, counts->cells[i].good);
    return (double)sum;
}

/* The maximum with alpha infinite, where everything is closed, as a fit with ln u held far down. */
static fab_fit fit_poisson(const struct sample *sample)
{
    fab_fit fit = {.log_likelihood = log_likelihood, .data = sample, .dimension = 2};
    fit.at[LOG_L] = log(defects_of(sample->counts->good / sample->counts->tested, sample->repairable));
    fit.at[LOG_U] = 2 * LOG_U_NONE;
    fit.fixed[LOG_U] = true;
    fab_fit_maximise(&fit);
    return fit;
}

/* The maximum with alpha finite. Where there is none, `poisson` itself when the wafers vary no more than independent die do, and not
 * converged when the likelihood rises towards alpha 0. */
static fab_fit fit_mixture(const struct sample *sample, const fab_fit *poisson)
{
    fab_fit fit = *poisson;
    if (overdispersion_score(sample, exp(poisson->at[LOG_L])) <= 0)
        return fit;
    fab_moments moments = fab_estimate_moments(sample->counts, sample->repairable);
    bool usable = moments.alpha > 1e-3 && moments.alpha < 1e6;
    fit.fixed[LOG_U] = false;
    fit.at[LOG_U] = usable ? -log(moments.alpha) : log(0.01);
    fit.at[LOG_L] = usable ? log(moments.defects_per_die) : poisson->at[LOG_L];
    fab_fit_maximise(&fit);
    return fit.value > poisson->value + EVIDENT ? fit : *poisson;
}

static void fill_defects(const fab_fit *fit, double drop, double area_cm2, fab_defect_estimate *result)
{
    fab_estimate *l = &result->defects_per_die;
    l->value = exp(fit->at[LOG_L]);
    l->error = l->value * fab_fit_error(fit, LOG_L);
    l->low = exp(fab_fit_profile(fit, LOG_L, drop, -1, LOG_L_REACH));
    l->high = exp(fab_fit_profile(fit, LOG_L, drop, 1, LOG_L_REACH));
    result->d0_per_cm2 = (fab_estimate){l->value / area_cm2, l->error / area_cm2, l->low / area_cm2, l->high / area_cm2};
}

static void fill_alpha(const fab_fit *fit, double drop, double ratio, fab_defect_estimate *result)
{
    bool overdispersed = !fit->fixed[LOG_U];
    fab_estimate *alpha = &result->alpha;
    fab_fit start = *fit;
    start.at[LOG_U] = overdispersed ? fit->at[LOG_U] : LOG_U_NONE;
    *alpha = (fab_estimate){.value = NAN, .error = NAN, .high = INFINITY};
    alpha->low = exp(-fab_fit_profile(&start, LOG_U, drop, 1, LOG_U_REACH));
    if (overdispersed && ratio > 2 * drop)
        alpha->high = exp(-fab_fit_profile(&start, LOG_U, drop, -1, LOG_U_REACH));
    if (result->p_value >= SIGNIFICANCE)
        result->verdict = FAB_ALPHA_NOT_OVERDISPERSED;
    else if (isinf(alpha->high))
        result->verdict = FAB_ALPHA_UNBOUNDED;
    else
        result->verdict = FAB_ALPHA_IDENTIFIED;
    if (result->verdict == FAB_ALPHA_IDENTIFIED) {
        alpha->value = exp(-fit->at[LOG_U]);
        alpha->error = alpha->value * fab_fit_error(fit, LOG_U);
    }
}

/* All good or all bad: l is at an end of its range, with one limit. */
static void fill_extreme(const struct sample *sample, double drop, double area_cm2, fab_defect_estimate *result)
{
    double limit = drop / sample->counts->tested;
    *result = (fab_defect_estimate){.alpha = {NAN, NAN, NAN, NAN}, .p_value = 1, .verdict = FAB_ALPHA_NO_DEFECTS};
    if (sample->counts->good > 0)
        result->defects_per_die = (fab_estimate){0, NAN, 0, defects_of(exp(-limit), sample->repairable)};
    else
        result->defects_per_die = (fab_estimate){INFINITY, NAN, defects_of(-expm1(-limit), sample->repairable), INFINITY};
    const fab_estimate *l = &result->defects_per_die;
    result->d0_per_cm2 = (fab_estimate){l->value / area_cm2, NAN, l->low / area_cm2, l->high / area_cm2};
}

fab_status fab_estimate_defects(fab_context *context, const fab_counts *counts, double area_cm2, int repairable, double confidence,
                                fab_defect_estimate *result)
{
    const struct sample sample = {counts, repairable};
    if (!(confidence > 0 && confidence < 1))
        return fab_fail(context, FAB_INPUT, "confidence %g is not between 0 and 1", confidence);
    if (!(area_cm2 > 0) || !isfinite(area_cm2))
        return fab_fail(context, FAB_INPUT, "die area %g cm2 is not positive", area_cm2);
    if (repairable < 0)
        return fab_fail(context, FAB_INPUT, "%d repairable defects are fewer than 0", repairable);
    double quantile = fab_normal_quantile(confidence);
    double drop = quantile * quantile / 2;
    if (counts->good <= 0 || counts->good >= counts->tested) {
        fill_extreme(&sample, drop, area_cm2, result);
        return FAB_OK;
    }
    fab_fit poisson = fit_poisson(&sample), best = fit_mixture(&sample, &poisson);
    double ratio = 2 * (best.value - poisson.value), constant = sum_log_choose(counts);
    *result = (fab_defect_estimate){.log_likelihood = best.value + constant, .log_likelihood_poisson = poisson.value + constant};
    result->p_value = fab_boundary_p_value(ratio);
    if (best.converged) {
        fill_defects(&best, drop, area_cm2, result);
        fill_alpha(&best, drop, ratio, result);
    } else {
        result->defects_per_die = result->d0_per_cm2 = result->alpha = (fab_estimate){NAN, NAN, NAN, NAN};
        result->verdict = FAB_ALPHA_NO_MAXIMUM;
    }
    return FAB_OK;
}
