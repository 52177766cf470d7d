/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate.h"
#include "fit.h"
#include "numeric.h"

#include <math.h>

enum { LOGIT_MEAN, LOG_PHI };

static const double LOG_PHI_NONE = -36, LOG_PHI_START = -6;
/* From here on rho is 1 to the last digit that means anything. */
static const double LOG_PHI_WHOLE = 10;

static double log_likelihood(const double *parameters, const void *data)
{
    const fab_lots *lots = data;
    double mu = fab_logistic(parameters[LOGIT_MEAN]), phi = exp(parameters[LOG_PHI]);
    long double sum = 0;
    if (!(phi < 1e6) || !(mu > 0 && mu < 1))
        return -INFINITY;
    const fab_beta_binomial_law law = fab_beta_binomial_law_of(mu, phi);
    for (size_t i = 0; i < lots->count; i++)
        sum += fab_log_beta_binomial(&law, lots->lots[i].good / lots->wafer_dispersion, lots->lots[i].tested / lots->wafer_dispersion);
    return (double)sum;
}

/* The likelihood rises from phi = 0 when the lots vary more than their effective die say. */
static bool lots_differ(const fab_lots *lots, double mean)
{
    double score = 0;
    for (size_t i = 0; i < lots->count; i++) {
        double n = lots->lots[i].tested / lots->wafer_dispersion, off = lots->lots[i].good / lots->wafer_dispersion - n * mean;
        /* twice the derivative by phi at phi = 0; its expectation is 0 for binomial lots */
        score += off * off / (mean * (1 - mean)) - n + off * (2 * mean - 1) / (mean * (1 - mean));
    }
    return score > 0;
}

/* With phi as given. */
static fab_fit fit_mean(const fab_lots *lots, double mean, double log_phi)
{
    fab_fit fit = {.log_likelihood = log_likelihood, .data = lots, .dimension = 2};
    fit.at[LOGIT_MEAN] = fab_logit(mean);
    fit.at[LOG_PHI] = log_phi;
    fit.fixed[LOG_PHI] = true;
    fab_fit_maximise(&fit);
    return fit;
}

/* Lots that are good or dead as a whole have no maximum: the likelihood rises all the way to rho 1. */
static fab_fit fit_prior(const fab_lots *lots, double mean)
{
    fab_fit fit = {.log_likelihood = log_likelihood, .data = lots, .dimension = 2};
    fab_fit none = fit_mean(lots, mean, LOG_PHI_NONE);
    fit.at[LOGIT_MEAN] = fab_logit(mean);
    fit.at[LOG_PHI] = LOG_PHI_START;
    if (!lots_differ(lots, mean))
        return none;
    fab_fit_maximise(&fit);
    if (fit.converged && fit.at[LOG_PHI] < LOG_PHI_WHOLE)
        return fit;
    fab_fit whole = fit_mean(lots, mean, LOG_PHI_WHOLE);
    return whole.converged && whole.value > none.value ? whole : none;
}

/* The posterior of a lot is Beta(a + k, b + n - k); its limits from a normal distribution on the logit, of variance 1/A + 1/B. */
static void shrink_lot(const fab_lots *lots, size_t index, const fab_lot_prior *prior, double quantile, fab_lot_yield *yield)
{
    const fab_lot_result *lot = &lots->lots[index];
    double n = lot->tested / lots->wafer_dispersion, k = lot->good / lots->wafer_dispersion;
    *yield = (fab_lot_yield){.lot = lot->lot, .raw = lot->good / lot->tested, .shrunk = prior->mean};
    double spread = prior->mean_error / (prior->mean * (1 - prior->mean));
    if (prior->rho > 0) {
        double a = prior->mean * prior->weight_dies + k, b = (1 - prior->mean) * prior->weight_dies + n - k;
        yield->shrunk = a / (a + b);
        spread = sqrt(1 / a + 1 / b);
    }
    double centre = fab_logit(yield->shrunk);
    yield->low = fab_logistic(centre - quantile * spread);
    yield->high = fab_logistic(centre + quantile * spread);
}

fab_status fab_estimate_lots(fab_context *context, const fab_lots *lots, double confidence, fab_lot_prior *prior, fab_lot_yield *yields)
{
    double tested = 0, good = 0;
    if (!(confidence > 0 && confidence < 1))
        return fab_fail(context, FAB_INPUT, "confidence %g is not between 0 and 1", confidence);
    for (size_t i = 0; i < lots->count; i++) {
        tested += lots->lots[i].tested;
        good += lots->lots[i].good;
    }
    if (!(good > 0 && good < tested))
        return fab_fail(context, FAB_INPUT, "the die of the lots are all good or all bad");
    fab_fit fit = fit_prior(lots, good / tested);
    double mean = fab_logistic(fit.at[LOGIT_MEAN]);
    prior->mean = mean;
    prior->mean_error = fab_fit_error(&fit, LOGIT_MEAN) * mean * (1 - mean);
    prior->rho = fit.at[LOG_PHI] >= LOG_PHI_WHOLE ? 1 : fit.fixed[LOG_PHI] ? 0 : fab_logistic(fit.at[LOG_PHI]);
    prior->weight_dies = prior->rho > 0 ? exp(-fit.at[LOG_PHI]) : INFINITY;
    double quantile = fab_normal_quantile(confidence);
    for (size_t i = 0; i < lots->count; i++)
        shrink_lot(lots, i, prior, quantile, &yields[i]);
    return FAB_OK;
}
