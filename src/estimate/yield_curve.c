/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_curve.h"

#include "numeric.h"

#include <math.h>
#include <stdio.h>

/* The pooled yield with half a die added to each side, so that all good is less than 1; its error from the counts, widened by what the lots
 * vary beyond them. */
static void take_constant(const fab_lots *lots, struct yield_curve *curve)
{
    double tested = 0, good = 0, chi_square = 0;
    for (size_t i = 0; i < lots->count; i++) {
        tested += lots->lots[i].tested;
        good += lots->lots[i].good;
    }
    curve->mean = (good + 0.5) / (tested + 1);
    for (size_t i = 0; i < lots->count; i++) {
        double n = lots->lots[i].tested, off = lots->lots[i].good - n * curve->mean;
        chi_square += off * off / (n * curve->mean * (1 - curve->mean));
    }
    double dispersion = lots->count > 1 ? fmax(1, chi_square / (double)(lots->count - 1)) : 1;
    curve->logit_error = sqrt(dispersion * (1 / (good + 0.5) + 1 / (tested - good + 0.5)));
}

fab_status fab_yield_curve_fit(fab_context *context, const fab_lots *lots, const fab_learning_options *options, struct yield_curve *curve)
{
    *curve = (struct yield_curve){.mean = NAN};
    if (fab_context_interrupted(context))
        return fab_fail(context, FAB_INTERRUPTED, "interrupted");
    fab_status status = fab_learning_fit(context, lots, options, &curve->learning);
    curve->fitted = status == FAB_OK;
    if (status == FAB_INPUT) {
        snprintf(curve->verdict, sizeof curve->verdict, "a constant: %s", fab_context_message(context));
        take_constant(lots, curve);
        return FAB_OK;
    }
    if (curve->fitted)
        snprintf(curve->verdict, sizeof curve->verdict, "%s", fab_learning_verdict_text(curve->learning.verdict));
    return status;
}

/* Yield of a day when D0 were `times` that of the curve. */
static double yield_at(const struct yield_curve *curve, int32_t day, double times)
{
    const fab_learning *learning = &curve->learning;
    const fab_learning_options *options = &learning->options;
    if (!curve->fitted)
        return pow(curve->mean, times);
    double d0 = learning->d0_start_per_cm2.value;
    if (learning->verdict != FAB_LEARNING_FLAT)
        d0 = fab_yield_learned(d0, learning->d0_mature_per_cm2.value, (double)day - options->start_day, learning->halflife_days.value);
    return options->systematic_yield * fab_yield_die(&options->defects, options->area_cm2, times * d0);
}

double fab_yield_curve_at(const struct yield_curve *curve, int32_t day)
{
    return yield_at(curve, day, 1);
}

double fab_yield_curve_slope(const struct yield_curve *curve, int32_t day)
{
    static const double step = 1e-4;
    return (yield_at(curve, day, 1 + step) - yield_at(curve, day, 1 - step)) / (2 * step);
}

fab_status fab_yield_curve_forecast(fab_context *context, const struct yield_curve *curve, int32_t day, double lots, double die_per_lot,
                                    fab_yield_forecast *forecast)
{
    if (curve->fitted)
        return fab_learning_forecast(context, &curve->learning, day, 0, lots, die_per_lot, forecast);
    double decile = fab_normal_quantile(0.8), spread = curve->mean * (1 - curve->mean);
    double lot = 1 / sqrt(lots * die_per_lot * spread), error = hypot(curve->logit_error, lot), centre = fab_logit(curve->mean);
    *forecast = (fab_yield_forecast){.d0_per_cm2 = {NAN, NAN, NAN}, .common_error = curve->logit_error * spread, .lot_error = lot * spread};
    forecast->unit_yield = (fab_quantiles){fab_logistic(centre - decile * error), curve->mean, fab_logistic(centre + decile * error)};
    return FAB_OK;
}
