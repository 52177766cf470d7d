/* Arithmetic is in long double: yields are exponentials of up to some hundred, and the rounding of the exponent is the relative error
 * of the result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield.h"

#include <math.h>
#include <string.h>

bool fab_yield_model_find(const char *name, fab_yield_model *model)
{
    static const struct {
        const char *name;
        fab_yield_model model;
    } names[] = {
        {"poisson", FAB_YIELD_POISSON},
        {"murphy", FAB_YIELD_MURPHY},
        {"seeds", FAB_YIELD_SEEDS},
        {"bose_einstein", FAB_YIELD_BOSE_EINSTEIN},
        {"negative_binomial", FAB_YIELD_NEGATIVE_BINOMIAL},
    };
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0) {
            *model = names[i].model;
            return true;
        }
    return false;
}

/* Every model but Murphy's is (1 + l/alpha)^-alpha with an alpha and a factor on l: Poisson's alpha is infinite, Seeds' 1;
 * Bose-Einstein's is the number of layers, whose defects add up. False for Murphy and for a parameter outside its domain. */
static bool as_negative_binomial(const fab_defects *defects, long double *alpha, long double *factor)
{
    *factor = 1;
    switch (defects->model) {
    case FAB_YIELD_POISSON: *alpha = INFINITY; return true;
    case FAB_YIELD_SEEDS: *alpha = 1; return true;
    case FAB_YIELD_BOSE_EINSTEIN:
        *alpha = *factor = defects->critical_layers;
        return defects->critical_layers > 0 && isfinite(defects->critical_layers);
    case FAB_YIELD_NEGATIVE_BINOMIAL: *alpha = defects->alpha; return defects->alpha > 0;
    case FAB_YIELD_MURPHY: break;
    }
    return false;
}

static long double log_nb(long double alpha, long double l)
{
    return isinf(alpha) ? -l : -alpha * log1pl(l / alpha);
}

static bool load_valid(double area_cm2, double d0_per_cm2)
{
    return area_cm2 >= 0 && d0_per_cm2 >= 0;
}

static double murphy(long double l)
{
    long double root = l > 0 ? -expm1l(-l) / l : 1;
    return (double)(root * root);
}

/* ln of p_0 + ... + p_last relative to p_0, by the recurrence p_{k+1} / p_k = (k + alpha) / (k + 1) l / (l + alpha). O(last), less
 * when the terms die out. */
static long double log_sum_of_counts(long double alpha, long double l, int last)
{
    static const long double huge = 1e4000L;
    static const long double negligible = 1e-22L;
    long double term = 1, sum = 1, log_scale = 0;
    for (int k = 0; k < last; k++) {
        long double growth = isinf(alpha) ? l : (k + alpha) * (l / (l + alpha));
        term *= growth / (k + 1);
        sum += term;
        if (growth < k + 1 && term < sum * negligible)
            break;
        if (sum > huge) {
            log_scale += logl(huge);
            term /= huge;
            sum /= huge;
        }
    }
    return log_scale + logl(sum);
}

/* ln of the chance of at most `repairable` defects. */
static long double log_repaired(long double alpha, long double l, int repairable)
{
    return fminl(log_nb(alpha, l) + log_sum_of_counts(alpha, l, repairable), 0);
}

/* ln of the chance of exactly k defects. */
static long double log_count(long double alpha, long double l, long double k)
{
    if (isinf(alpha))
        return k * logl(l) - l - lgammal(k + 1);
    return lgammal(k + alpha) - lgammal(alpha) - lgammal(k + 1) + k * logl(l / (l + alpha)) + log_nb(alpha, l);
}

static bool repair_valid(const fab_defects *defects)
{
    return defects->repairable == 0 ||
           (defects->repairable > 0 && defects->model != FAB_YIELD_BOSE_EINSTEIN && defects->model != FAB_YIELD_MURPHY);
}

double fab_yield_die(const fab_defects *defects, double area_cm2, double d0_per_cm2)
{
    long double alpha, factor, l = (long double)area_cm2 * d0_per_cm2;
    if (!load_valid(area_cm2, d0_per_cm2) || isnan(l) || !repair_valid(defects))
        return NAN;
    if (defects->model == FAB_YIELD_MURPHY)
        return murphy(l);
    if (!as_negative_binomial(defects, &alpha, &factor))
        return NAN;
    if (defects->repairable > 0)
        return isfinite(l) ? (double)expl(log_repaired(alpha, l, defects->repairable)) : NAN;
    if (alpha == 1)
        return (double)(1 / (1 + l));
    return (double)expl(log_nb(alpha, l * factor));
}

/* l of the Murphy yield e^(2 log_root): (1 - e^-l) / l = e^log_root. */
static long double murphy_inverse(long double log_root)
{
    enum { STEPS_MAX = 100 };
    long double l = -2 * log_root;
    /* below: ln((1 - e^-l)/l) = -l/2 + l^2/24 - l^4/2880 + l^6/181440, which has no cancellation; the next term is below 1e-20 l */
    if (l < 0.02L) {
        for (int i = 0; i < 12; i++) {
            long double s = l * l;
            l = -2 * log_root + s * (1 / 12.0L - s * (1 / 1440.0L - s / 90720));
        }
        return l;
    }
    /* h(l) = e^-l - 1 + root l is convex and 1/root lies right of its positive zero: Newton's steps only go left */
    long double root = expl(log_root);
    l = 1 / root;
    for (int i = 0; i < STEPS_MAX; i++) {
        long double step = (expm1l(-l) + root * l) / (root - expl(-l));
        l -= step;
        if (fabsl(step) <= 1e-18L * l)
            break;
    }
    return l;
}

/* l at which the chance of at most `repairable` defects is e^log_yield. Its logarithm is concave in ln l (a log-concave density
 * integrated), with the slope -(repairable + 1) p_(repairable + 1) over itself: Newton's steps go right of the solution at once, then left
 * to it. */
static long double repaired_inverse(long double alpha, int repairable, long double log_yield)
{
    enum { STEPS_MAX = 200 };
    long double x = logl(repairable + 1.0L);
    for (int i = 0; i < STEPS_MAX; i++) {
        long double l = expl(x), at = log_repaired(alpha, l, repairable);
        long double slope = (repairable + 1.0L) * expl(log_count(alpha, l, repairable + 1.0L) - at);
        long double step = fminl((at - log_yield) / slope, 1);
        x += step;
        if (fabsl(step) < 1e-17L)
            break;
    }
    return expl(x);
}

double fab_yield_d0(const fab_defects *defects, double area_cm2, double yield)
{
    long double alpha, factor;
    if (!(area_cm2 > 0) || !isfinite(area_cm2) || !(yield > 0 && yield <= 1) || !repair_valid(defects))
        return NAN;
    long double log_yield = logl((long double)yield);
    if (defects->model == FAB_YIELD_MURPHY)
        return (double)(murphy_inverse(log_yield / 2) / area_cm2);
    if (!as_negative_binomial(defects, &alpha, &factor))
        return NAN;
    if (defects->repairable > 0)
        return yield < 1 ? (double)(repaired_inverse(alpha, defects->repairable, log_yield) / area_cm2) : 0;
    long double l = isinf(alpha) ? -log_yield : alpha * expm1l(-log_yield / alpha);
    return (double)(l / factor / area_cm2);
}

double fab_yield_learned(double start, double mature, double days_since_start, double halflife_days)
{
    if (!(halflife_days > 0) || !isfinite(start) || !isfinite(mature) || isnan(days_since_start))
        return NAN;
    if (days_since_start <= 0)
        return start;
    return mature + (start - mature) * exp2(-days_since_start / halflife_days);
}

/* Sum over m = needed..cores of C(cores, m) q^(m - needed) (1 - q)^(cores - m): the chance of enough good cores over q^needed, q =
 * e^-load. Started from the end that dominates, so that no term underflows up to FAB_CORES_MAX cores. O(cores - needed). */
static long double enough_good(int cores, int needed, long double load)
{
    long double q = expl(-load), p = -expm1l(-load);
    long double term, sum;
    if (q >= 0.5L) {
        sum = term = expl(-load * (cores - needed));
        for (int m = cores; m > needed; m--)
            sum += term *= (long double)m / (cores - m + 1) * (p / q);
        return sum;
    }
    term = powl(p, cores - needed);
    for (int m = 1; m <= needed; m++)
        term *= (long double)(cores - needed + m) / m;
    sum = term;
    for (int m = needed; m < cores; m++)
        sum += term *= (long double)(cores - m) / (m + 1) * (q / p);
    return sum;
}

/* e^x - 1 - x */
static long double expm1_rest(long double x)
{
    if (fabsl(x) < 1e-3L)
        return x * x * (1 / 2.0L + x * (1 / 6.0L + x * (1 / 24.0L + x * (1 / 120.0L + x / 720))));
    return expm1l(x) - x;
}

/* Mean of enough_good over a gamma-distributed rate of mean 1: trapezoidal rule over x = ln rate, where density and integrand are
 * analytic in a strip of half-width pi/2, so that the error falls as e^(-2 pi distance/step). */
static long double mean_enough_good(int cores, int needed, long double load, long double alpha)
{
    static const long double negligible = -46; /* e^-46 = 1e-20 */
    long double step = fminl(0.2L, 0.35L / sqrtl(fmaxl(alpha, cores)));
    long double weight_sum = 0, sum = 0;
    for (int side = -1; side <= 1; side += 2)
        for (long i = side > 0 ? 0 : 1;; i++) {
            long double x = side * (step * i);
            long double log_weight = -alpha * expm1_rest(x);
            if (log_weight < negligible)
                break;
            long double weight = expl(log_weight);
            weight_sum += weight;
            sum += weight * enough_good(cores, needed, load * expl(x));
        }
    return sum / weight_sum;
}

double fab_yield_partial_good(const fab_defects *defects, double core_cm2, int cores, int needed, double rest_cm2, double d0_per_cm2)
{
    long double alpha, factor;
    if (cores < 0 || cores > FAB_CORES_MAX || needed < 0 || needed > cores || !load_valid(core_cm2, d0_per_cm2) || !(rest_cm2 >= 0) ||
        defects->repairable != 0)
        return NAN;
    if (needed == cores || needed == 0)
        return fab_yield_die(defects, rest_cm2 + needed * core_cm2, d0_per_cm2);
    if (!as_negative_binomial(defects, &alpha, &factor) || alpha < FAB_PARTIAL_ALPHA_MIN)
        return NAN;
    long double load = factor * core_cm2 * d0_per_cm2;
    long double certain = factor * rest_cm2 * d0_per_cm2 + needed * load;
    if (!isfinite(certain))
        return NAN;
    if (isinf(alpha))
        return (double)(expl(-certain) * enough_good(cores, needed, load));
    /* e^(-certain x rate) times the gamma density of mean 1 is the yield of the certain part times a gamma density of mean alpha /
     * (alpha + certain) */
    long double tilted = load * (alpha / (alpha + certain));
    return (double)(expl(log_nb(alpha, certain)) * mean_enough_good(cores, needed, tilted, alpha));
}
