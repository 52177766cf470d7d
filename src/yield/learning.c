/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learning.h"

#include "fit.h"
#include "numeric.h"

#include <math.h>

/* Parameters of the fit; a flat D0 has only LOG_START and LOG_PHI. */
enum { LOG_START, LOG_MATURE, LOG_HALFLIFE, LOG_PHI, PARAMETERS };

static const double LOG_PHI_NONE = -36;
static const double FLAT_SIGNIFICANCE = 0.01, CURVE_SIGNIFICANCE = 0.01;
/* ln of a share of the recent D0 that stands for none. */
static const double LOG_NOTHING = -12;
/* A log with a larger standard error is not called identified: a factor of 1.65 either way. */
static const double IDENTIFIED_ERROR = 0.5;

struct history {
    const fab_lots *lots;
    fab_learning_options options;
    double span_days; /* from the learning start to the last lot */
    double recent_d0; /* of the last fifth of the lots */
    int32_t first_day, last_day;
    bool flat, prior;
};

const char *fab_learning_verdict_text(fab_learning_verdict verdict)
{
    static const char *const texts[] = {
        [FAB_LEARNING_CURVE] = "start, mature D0 and half-life are identified",
        [FAB_LEARNING_TREND] = "D0 changes; mature D0 and half-life are not identified and lean on a weak prior",
        [FAB_LEARNING_FLAT] = "no trend: D0 is taken as constant",
    };
    return texts[verdict];
}

static double curve_d0(const double *logs, bool flat, double days)
{
    double start = exp(logs[LOG_START]);
    return flat ? start : fab_yield_learned(start, exp(logs[LOG_MATURE]), days, exp(logs[LOG_HALFLIFE]));
}

static double unit_yield(const fab_learning_options *options, double area_cm2, double d0_per_cm2)
{
    return options->systematic_yield * fab_yield_die(&options->defects, area_cm2, d0_per_cm2);
}

/* Expected of a lot. */
static double lot_yield(const struct history *history, const double *logs, const fab_lot_result *lot)
{
    double d0 = curve_d0(logs, history->flat, (double)lot->day - history->options.start_day);
    return unit_yield(&history->options, history->options.area_cm2, d0);
}

static double square(double x)
{
    return x * x;
}

static double log_likelihood(const double *parameters, const void *data)
{
    static const double log_max = 200;
    const struct history *history = data;
    double phi = exp(parameters[LOG_PHI]);
    long double sum = 0;
    for (int i = 0; i < LOG_PHI; i++)
        if (!(fabs(parameters[i]) < log_max))
            return -INFINITY;
    if (!(phi < 1e6))
        return -INFINITY;
    fab_beta_binomial_law law = {0};
    for (size_t i = 0; i < history->lots->count; i++) {
        const fab_lot_result *lot = &history->lots->lots[i];
        /* the law is most of the work, and lots of a day follow one another */
        if (i == 0 || lot->day != lot[-1].day) {
            double mu = lot_yield(history, parameters, lot);
            if (!(mu > 0 && mu < 1))
                return -INFINITY;
            law = fab_beta_binomial_law_of(mu, phi);
        }
        sum += fab_log_beta_binomial(&law, lot->good, lot->tested);
    }
    if (history->prior)
        sum -= square(parameters[LOG_HALFLIFE] - log(2 * history->span_days)) / 2 +
               square(parameters[LOG_MATURE] - log(history->recent_d0 / 2)) / 2;
    return (double)sum;
}

static double lot_log_likelihood(const double *parameters, const void *data, size_t number)
{
    const struct history *history = data;
    const fab_lot_result *lot = &history->lots->lots[number];
    fab_beta_binomial_law law = fab_beta_binomial_law_of(lot_yield(history, parameters, lot), exp(parameters[LOG_PHI]));
    return fab_log_beta_binomial(&law, lot->good, lot->tested);
}

/* D0 of a pooled yield, kept inside the range where the model has one. */
static double pooled_d0(const struct history *history, double good, double tested)
{
    double yield = (good + 0.5) / (tested + 1) / history->options.systematic_yield;
    double least = 0.5 / (tested + 1);
    return fab_yield_d0(&history->options.defects, history->options.area_cm2, fmin(fmax(yield, least), 1 - least));
}

static fab_status read_history(fab_context *context, const fab_lots *lots, const fab_learning_options *options, struct history *history)
{
    *history = (struct history){.lots = lots, .options = *options, .first_day = INT32_MAX, .last_day = INT32_MIN};
    fab_learning_options *o = &history->options;
    o->systematic_yield = o->systematic_yield == 0 ? 1 : o->systematic_yield;
    o->confidence = o->confidence == 0 ? 0.95 : o->confidence;
    if (!(o->area_cm2 > 0) || !(o->systematic_yield > 0 && o->systematic_yield <= 1) || !(o->confidence > 0 && o->confidence < 1) ||
        !(fab_yield_die(&o->defects, o->area_cm2, 1) > 0))
        return fab_fail(context, FAB_INPUT, "area, systematic yield, confidence or defect model is outside its domain");
    if (lots->count < 3)
        return fab_fail(context, FAB_INPUT, "a learning curve takes at least 3 lots");
    double tested = 0, good = 0;
    for (size_t i = 0; i < lots->count; i++) {
        const fab_lot_result *lot = &lots->lots[i];
        history->first_day = lot->day < history->first_day ? lot->day : history->first_day;
        history->last_day = lot->day > history->last_day ? lot->day : history->last_day;
        tested += lot->tested;
        good += lot->good;
    }
    if (!(good > 0 && good < tested))
        return fab_fail(context, FAB_INPUT, "the die of the lots are all good or all bad");
    if (good / tested >= o->systematic_yield)
        return fab_fail(context, FAB_INPUT, "the lots' yield %.4f is not below the systematic yield %.4f", good / tested,
                        o->systematic_yield);
    if (o->start_day < history->first_day) /* before it is no history, and a D0 there would be any number */
        o->start_day = history->first_day;
    history->span_days = fmax(1, (double)history->last_day - o->start_day);
    double recent_from = history->last_day - 0.2 * history->span_days;
    tested = good = 0;
    for (size_t i = 0; i < lots->count; i++)
        if (lots->lots[i].day >= recent_from) {
            tested += lots->lots[i].tested;
            good += lots->lots[i].good;
        }
    history->recent_d0 = pooled_d0(history, good, tested);
    return FAB_OK;
}

/* phi from the variance of the lots about a curve; at least 1e-9. */
static double moment_phi(const struct history *history, const double *logs)
{
    double chi_square = 0, excess = 0;
    for (size_t i = 0; i < history->lots->count; i++) {
        const fab_lot_result *lot = &history->lots->lots[i];
        double mu = lot_yield(history, logs, lot);
        chi_square += square(lot->good - lot->tested * mu) / (lot->tested * mu * (1 - mu)) - 1;
        excess += lot->tested - 1;
    }
    return fmin(fmax(excess > 0 ? chi_square / excess : 0, 1e-9), 10);
}

/* Start of the fit: for a half-life, start and mature D0 by least squares of the lots' D0 on 0.5^(t / half-life); returns the sum of
 * squares. */
static double start_for_halflife(const struct history *history, double halflife, double *logs)
{
    double s = 0, sw = 0, sww = 0, sd = 0, swd = 0, sdd = 0;
    for (size_t i = 0; i < history->lots->count; i++) {
        const fab_lot_result *lot = &history->lots->lots[i];
        double w = fab_yield_learned(1, 0, (double)lot->day - history->options.start_day, halflife);
        double d0 = pooled_d0(history, lot->good, lot->tested);
        s += lot->tested;
        sw += lot->tested * w;
        sww += lot->tested * w * w;
        sd += lot->tested * d0;
        swd += lot->tested * w * d0;
        sdd += lot->tested * d0 * d0;
    }
    double spread = sww - sw * sw / s;
    double slope = spread > 1e-12 * s ? (swd - sw * sd / s) / spread : 0;
    double least = 0.05 * sd / s;
    double mature = fmax((sd - slope * sw) / s, least);
    slope = fmax(slope, least - mature);
    logs[LOG_MATURE] = log(mature);
    logs[LOG_START] = log(mature + slope);
    logs[LOG_HALFLIFE] = log(halflife);
    return sdd + mature * mature * s + slope * slope * sww - 2 * mature * sd - 2 * slope * swd + 2 * mature * slope * sw;
}

static void find_start(const struct history *history, double *logs)
{
    static const double shares[] = {0.03, 0.06, 0.12, 0.25, 0.5, 1, 2};
    double best = INFINITY, trial[PARAMETERS];
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        double squares = start_for_halflife(history, shares[i] * history->span_days, trial);
        if (squares < best) {
            best = squares;
            for (int j = 0; j < LOG_PHI; j++)
                logs[j] = trial[j];
        }
    }
}

/* Maximum likelihood from fit->at, first with lot noise; without when the likelihood has no maximum at a positive phi. */
static void maximise_with_noise(const struct history *history, fab_fit *fit)
{
    static const double log_phi_least = -25;
    fab_fit start = *fit;
    fit->at[LOG_PHI] = log(moment_phi(history, fit->at));
    fab_fit_maximise(fit);
    fab_fit binomial = start;
    binomial.at[LOG_PHI] = LOG_PHI_NONE;
    binomial.fixed[LOG_PHI] = true;
    if (fit->converged && fit->at[LOG_PHI] > log_phi_least)
        return;
    fab_fit_maximise(&binomial);
    if (binomial.converged && !(binomial.value < fit->value - 1e-6))
        *fit = binomial;
}

static fab_fit fit_history(struct history *history, bool flat, bool prior)
{
    history->flat = flat;
    history->prior = prior;
    fab_fit fit = {.log_likelihood = log_likelihood, .data = history, .dimension = PARAMETERS};
    find_start(history, fit.at);
    if (flat) {
        double tested = 0, good = 0;
        for (size_t i = 0; i < history->lots->count; i++) {
            tested += history->lots->lots[i].tested;
            good += history->lots->lots[i].good;
        }
        fit.at[LOG_START] = log(pooled_d0(history, good, tested));
    }
    fit.fixed[LOG_MATURE] = fit.fixed[LOG_HALFLIFE] = flat;
    maximise_with_noise(history, &fit);
    return fit;
}

/* The logs have small errors, and a curve that falls on to nothing is refuted: noise alone makes a plateau of a short look at a long
 * curve. */
static bool curve_identified(const struct history *history, const fab_fit *fit)
{
    if (!fit->converged)
        return false;
    for (int i = 0; i < LOG_PHI; i++)
        if (!(fab_fit_error(fit, i) < IDENTIFIED_ERROR))
            return false;
    fab_fit falling = *fit;
    falling.fixed[LOG_MATURE] = true;
    falling.at[LOG_MATURE] = log(history->recent_d0) + LOG_NOTHING;
    falling.at[LOG_HALFLIFE] = log(history->span_days);
    fab_fit_maximise(&falling);
    return fab_boundary_p_value(2 * (fit->value - falling.value)) < CURVE_SIGNIFICANCE;
}

static fab_estimate estimate_of_log(const fab_fit *fit, int parameter, double quantile)
{
    double value = exp(fit->at[parameter]), error = fab_fit_error(fit, parameter);
    return (fab_estimate){value, value * error, value * exp(-quantile * error), value * exp(quantile * error)};
}

static void fill_learning(const struct history *history, const fab_fit *fit, fab_learning_verdict verdict, fab_learning *learning)
{
    double quantile = fab_normal_quantile(history->options.confidence);
    learning->options = history->options;
    learning->last_day = history->last_day;
    learning->verdict = verdict;
    learning->d0_start_per_cm2 = estimate_of_log(fit, LOG_START, quantile);
    learning->d0_mature_per_cm2 = learning->d0_start_per_cm2;
    learning->halflife_days = (fab_estimate){NAN, NAN, NAN, NAN};
    if (verdict != FAB_LEARNING_FLAT) {
        learning->d0_mature_per_cm2 = estimate_of_log(fit, LOG_MATURE, quantile);
        learning->halflife_days = estimate_of_log(fit, LOG_HALFLIFE, quantile);
    }
    learning->rho = fit->fixed[LOG_PHI] ? 0 : fab_logistic(fit->at[LOG_PHI]);
    for (int i = 0; i < LOG_PHI; i++)
        for (int j = 0; j < LOG_PHI; j++)
            learning->covariance[i][j] = fit->covariance[i][j];
}

fab_status fab_learning_fit(fab_context *context, const fab_lots *lots, const fab_learning_options *options, fab_learning *learning)
{
    struct history history;
    fab_status status = read_history(context, lots, options, &history);
    if (status != FAB_OK)
        return status;
    fab_fit flat = fit_history(&history, true, false), curve = fit_history(&history, false, false);
    double ratio = fmax(0, 2 * (curve.value - flat.value));
    fab_learning_verdict verdict = FAB_LEARNING_CURVE;
    fab_fit *chosen = &curve;
    double p_value = isfinite(ratio) ? exp(-ratio / 2) : 1;
    double value = curve.value;
    if (p_value >= FLAT_SIGNIFICANCE) {
        verdict = FAB_LEARNING_FLAT;
        chosen = &flat;
    } else if (!curve_identified(&history, &curve)) {
        verdict = FAB_LEARNING_TREND;
        curve = fit_history(&history, false, true);
    }
    if (!chosen->converged)
        return fab_fail(context, FAB_INPUT, "the lots do not determine a learning curve");
    history.flat = chosen == &flat;
    fab_fit_make_robust(chosen, lot_log_likelihood, lots->count);
    *learning = (fab_learning){.log_likelihood = value, .log_likelihood_flat = flat.value, .p_value = p_value};
    fill_learning(&history, chosen, verdict, learning);
    return FAB_OK;
}

/* Standard error of f = ln D0 or logit yield by its gradient in the logs of the curve. */
static double delta_error(const fab_learning *learning, const double *gradient)
{
    double variance = 0;
    for (int i = 0; i < LOG_PHI; i++)
        for (int j = 0; j < LOG_PHI; j++)
            variance += gradient[i] * learning->covariance[i][j] * gradient[j];
    return sqrt(fmax(0, variance));
}

static fab_quantiles quantiles_of(double centre, double error, double (*back)(double))
{
    double decile = fab_normal_quantile(0.8);
    return (fab_quantiles){back(centre - decile * error), back(centre), back(centre + decile * error)};
}

fab_status fab_learning_forecast(fab_context *context, const fab_learning *learning, int32_t day, double area_cm2, double lots,
                                 double die_per_lot, fab_yield_forecast *forecast)
{
    static const double step = 1e-4;
    if (!(lots >= 1) || !(die_per_lot >= 1) || !(area_cm2 >= 0) || !isfinite(area_cm2))
        return fab_fail(context, FAB_INPUT, "a forecast takes at least one lot of one die, and an area that is not negative");
    bool flat = learning->verdict == FAB_LEARNING_FLAT;
    double area = area_cm2 > 0 ? area_cm2 : learning->options.area_cm2, days = (double)day - learning->options.start_day;
    double logs[] = {log(learning->d0_start_per_cm2.value), log(learning->d0_mature_per_cm2.value),
                     flat ? 0 : log(learning->halflife_days.value)};
    double by_d0[LOG_PHI], by_yield[LOG_PHI];
    for (int i = 0; i < LOG_PHI; i++) {
        double d0[2];
        for (int side = 0; side < 2; side++) {
            double moved[] = {logs[0], logs[1], logs[2]};
            moved[i] += side ? step : -step;
            d0[side] = curve_d0(moved, flat, days);
        }
        by_d0[i] = log(d0[1] / d0[0]) / (2 * step);
        double low = unit_yield(&learning->options, area, d0[1]), high = unit_yield(&learning->options, area, d0[0]);
        by_yield[i] = (fab_logit(low) - fab_logit(high)) / (2 * step);
    }
    double d0 = curve_d0(logs, flat, days), yield = unit_yield(&learning->options, area, d0), spread = yield * (1 - yield);
    double common = delta_error(learning, by_yield);
    double lot = sqrt((learning->rho + (1 - learning->rho) / die_per_lot) / (lots * spread));
    *forecast = (fab_yield_forecast){.common_error = common * spread, .lot_error = lot * spread};
    forecast->d0_per_cm2 = quantiles_of(log(d0), delta_error(learning, by_d0), exp);
    forecast->unit_yield = quantiles_of(fab_logit(yield), sqrt(common * common + lot * lot), fab_logistic);
    return FAB_OK;
}
