/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"
#include "fit.h"
#include "numeric.h"

#include <math.h>
#include <stdlib.h>

/* Parameters of the fit. phi = 1/(a + b) = rho/(1 - rho) makes the likelihood a sum over die numbers i of logs of mu + i phi, 1 - mu +
 * i phi and 1 + i phi. */
enum { LOGIT_MEAN, LOG_PHI };

/* phi that stands for 0: below 1e-9 of a die's variance on wafers of a million die. */
static const double LOG_PHI_NONE = -36;
static const double LOG_PHI_REACH = 45;
/* A gain of ln likelihood beyond rounding. */
static const double EVIDENT = 1e-6;

/* Number of wafers with more than i good, bad, tested die, i = 0 .. size - 1: sufficient, however many wafers there are. */
struct exceed {
    double *good, *bad, *tested;
    int size;
    double constant; /* sum of ln C(n, k) */
};

static void add_below(double *exceed, int count, double wafers)
{
    if (count > 0)
        exceed[count - 1] += wafers;
}

static fab_status exceed_init(fab_context *context, const fab_counts *counts, struct exceed *exceed)
{
    size_t size = (size_t)counts->tested_max;
    *exceed = (struct exceed){.good = calloc(3 * size, sizeof *exceed->good), .size = counts->tested_max};
    if (!exceed->good)
        return fab_fail_memory(context);
    exceed->bad = exceed->good + size;
    exceed->tested = exceed->bad + size;
    for (size_t i = 0; i < counts->cell_count; i++) {
        const fab_count_cell *cell = &counts->cells[i];
        add_below(exceed->good, cell->good, cell->wafers);
        add_below(exceed->bad, cell->tested - cell->good, cell->wafers);
        add_below(exceed->tested, cell->tested, cell->wafers);
        exceed->constant += cell->wafers * fab_log_choose(cell->tested, cell->good);
    }
    for (int i = exceed->size - 2; i >= 0; i--) {
        exceed->good[i] += exceed->good[i + 1];
        exceed->bad[i] += exceed->bad[i + 1];
        exceed->tested[i] += exceed->tested[i + 1];
    }
    return FAB_OK;
}

/* Without the constant. The terms cancel: the sums are in long double. */
static double log_likelihood(const double *parameters, const void *data)
{
    const struct exceed *exceed = data;
    double mu = fab_logistic(parameters[LOGIT_MEAN]), nu = fab_logistic(-parameters[LOGIT_MEAN]), phi = exp(parameters[LOG_PHI]);
    long double sum = 0;
    for (int i = 0; i < exceed->size; i++) {
        double term = -exceed->tested[i] * log1p(i * phi);
        if (exceed->good[i] > 0)
            term += exceed->good[i] * log(mu + i * phi);
        if (exceed->bad[i] > 0)
            term += exceed->bad[i] * log(nu + i * phi);
        sum += term;
    }
    return (double)sum;
}

/* Derivative of the log-likelihood by phi at phi = 0. */
static double overdispersion_score(const struct exceed *exceed, double mu)
{
    long double score = 0;
    for (int i = 1; i < exceed->size; i++)
        score += i * (long double)(exceed->good[i] / mu + exceed->bad[i] / (1 - mu) - exceed->tested[i]);
    return (double)score;
}

/* phi from the variance of the wafers about the mean. */
static double moment_phi(const fab_counts *counts, double mu)
{
    double chi_square = 0, excess = 0;
    for (size_t i = 0; i < counts->cell_count; i++) {
        const fab_count_cell *cell = &counts->cells[i];
        double off = cell->good - cell->tested * mu;
        chi_square += cell->wafers * off * off / (cell->tested * mu * (1 - mu));
        excess += cell->wafers * (cell->tested - 1);
    }
    double rho = excess > 0 ? (chi_square - counts->wafers) / excess : 0;
    rho = fmin(fmax(rho, 1e-6), 0.9);
    return rho / (1 - rho);
}

/* All good or all bad: the only statement is the limit where the binomial likelihood has dropped by `drop`. */
static void fill_extreme(const fab_counts *counts, double drop, fab_beta_binomial *result)
{
    double limit = -expm1(-drop / counts->tested);
    bool good = counts->good > 0;
    *result = (fab_beta_binomial){.a = NAN, .b = NAN, .rho = {NAN, NAN, NAN, NAN}, .understated = NAN, .p_value = 1};
    result->mean = good ? (fab_estimate){1, NAN, 1 - limit, 1} : (fab_estimate){0, NAN, 0, limit};
}

static void fill_mean(const fab_fit *fit, double drop, fab_estimate *mean)
{
    static const double reach = 40;
    double value = fab_logistic(fit->at[LOGIT_MEAN]);
    mean->value = value;
    mean->error = fab_fit_error(fit, LOGIT_MEAN) * value * (1 - value);
    mean->low = fab_logistic(fab_fit_profile(fit, LOGIT_MEAN, drop, -1, reach));
    mean->high = fab_logistic(fab_fit_profile(fit, LOGIT_MEAN, drop, 1, reach));
}

static void fill_rho(const fab_fit *fit, bool overdispersed, double drop, double ratio, fab_estimate *rho)
{
    double value = overdispersed ? fab_logistic(fit->at[LOG_PHI]) : 0;
    rho->value = value;
    rho->error = overdispersed ? fab_fit_error(fit, LOG_PHI) * value * (1 - value) : NAN;
    rho->low = overdispersed && ratio > 2 * drop ? fab_logistic(fab_fit_profile(fit, LOG_PHI, drop, -1, LOG_PHI_REACH)) : 0;
    rho->high = fab_logistic(fab_fit_profile(fit, LOG_PHI, drop, 1, LOG_PHI_REACH));
}

static void fit_mean_and_rho(const fab_counts *counts, const struct exceed *exceed, double drop, fab_beta_binomial *result)
{
    double mean = counts->good / counts->tested;
    fab_fit binomial = {.log_likelihood = log_likelihood, .data = exceed, .dimension = 2};
    binomial.at[LOGIT_MEAN] = fab_logit(mean);
    binomial.at[LOG_PHI] = LOG_PHI_NONE;
    binomial.fixed[LOG_PHI] = true;
    fab_fit_maximise(&binomial);
    fab_fit fit = binomial;
    bool overdispersed = overdispersion_score(exceed, mean) > 0;
    if (overdispersed) {
        fit.fixed[LOG_PHI] = false;
        fit.at[LOG_PHI] = log(moment_phi(counts, mean));
        fab_fit_maximise(&fit);
        /* not converged: the likelihood rises all the way to rho 1, where a wafer is good or dead as a whole */
        overdispersed = fit.value > binomial.value + EVIDENT;
        fit = overdispersed ? fit : binomial;
    }
    double ratio = 2 * (fit.value - binomial.value);
    fill_mean(&fit, drop, &result->mean);
    fill_rho(&fit, overdispersed, drop, ratio, &result->rho);
    double phi = overdispersed ? exp(fit.at[LOG_PHI]) : 0;
    result->a = result->mean.value / phi;
    result->b = (1 - result->mean.value) / phi;
    result->log_likelihood = fit.value + exceed->constant;
    result->log_likelihood_binomial = binomial.value + exceed->constant;
    result->binomial_error = sqrt(mean * (1 - mean) / counts->tested);
    result->understated = result->mean.error / result->binomial_error;
    result->p_value = fab_boundary_p_value(ratio);
}

fab_status fab_estimate_beta_binomial(fab_context *context, const fab_counts *counts, double confidence, fab_beta_binomial *result)
{
    if (!(confidence > 0 && confidence < 1))
        return fab_fail(context, FAB_INPUT, "confidence %g is not between 0 and 1", confidence);
    double quantile = fab_normal_quantile(confidence);
    double drop = quantile * quantile / 2;
    if (counts->good <= 0 || counts->good >= counts->tested) {
        fill_extreme(counts, drop, result);
        return FAB_OK;
    }
    struct exceed exceed;
    fab_status status = exceed_init(context, counts, &exceed);
    if (status == FAB_OK)
        fit_mean_and_rho(counts, &exceed, drop, result);
    free(exceed.good);
    return status;
}
