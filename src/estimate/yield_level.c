/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_level.h"

#include "numeric.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A level of fewer lots is widened back in time. */
enum { LEVEL_LOTS = 12 };

/* The mixture takes a quadrature for each different count of some 300 evaluations: beyond this many counts, every k-th wafer. */
enum { MIXTURE_CELLS = 4000, MIXTURE_WAFERS = 20000 };

/* First day of the level: the whole history when D0 stands still, else the last quarter. */
static int32_t find_level(const struct yield_source *source)
{
    const struct yield_point *points = source->points;
    int32_t last = points[source->point_count - 1].day, start = points[0].day;
    size_t lots = 0;
    if (!source->curve.fitted || source->curve.learning.verdict == FAB_LEARNING_FLAT)
        return start;
    for (size_t i = source->point_count; i-- > 0;) {
        if (points[i].day <= last - YIELD_LEVEL_DAYS && lots >= LEVEL_LOTS)
            break;
        start = points[i].day;
        lots += !points[i].excluded;
    }
    return start;
}

/* Of every k-th wafer when there are too many different counts. */
static fab_status fit_thinned(fab_context *context, const fab_wafer_result *wafers, size_t count, double confidence,
                              struct yield_source *result)
{
    size_t every = count / MIXTURE_WAFERS + 1, taken = 0;
    fab_counts fewer = {0};
    fab_wafer_result *thin = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, thin = calloc(count / every + 1, sizeof *thin));
    for (size_t i = 0; i < count; i += every)
        thin[taken++] = wafers[i];
    result->thinned = true;
    TRY(fab_counts_init(context, thin, taken, &fewer));
    TRY(fab_estimate_defects(context, &fewer, result->area_cm2, result->repairable, confidence, &result->defects));
out:
    fab_counts_fini(&fewer);
    free(thin);
    return status;
}

static fab_status fit_wafers(fab_context *context, const fab_wafer_result *wafers, size_t count, double confidence,
                             struct yield_source *result)
{
    fab_counts counts = {0};
    fab_status status = FAB_OK;
    TRY(fab_counts_init(context, wafers, count, &counts));
    result->moments = fab_estimate_moments(&counts, result->repairable);
    result->level_wafers = counts.wafers;
    result->level_mean = counts.good / counts.tested;
    TRY(fab_estimate_beta_binomial(context, &counts, confidence, &result->wafer_yield));
    if (counts.cell_count <= MIXTURE_CELLS || count < MIXTURE_WAFERS)
        TRY(fab_estimate_defects(context, &counts, result->area_cm2, result->repairable, confidence, &result->defects));
    else
        TRY(fit_thinned(context, wafers, count, confidence, result));
out:
    fab_counts_fini(&counts);
    return status;
}

static int compare_yields(const void *key, const void *element)
{
    int32_t a = *(const int32_t *)key, b = ((const fab_lot_yield *)element)->lot;
    return (a > b) - (a < b);
}

static void take_lot_yields(struct yield_source *result, const fab_lot_yield *yields, size_t count)
{
    for (size_t i = 0; i < result->point_count; i++) {
        struct yield_point *point = &result->points[i];
        int32_t lot = point->lot;
        const fab_lot_yield *found = bsearch(&lot, yields, count, sizeof *yields, compare_yields);
        if (!found)
            continue;
        point->shrunk = found->shrunk;
        point->low = found->low;
        point->high = found->high;
    }
}

/* Standard error of the level's mean from what all lots of the window vary about the curve, as a share of their D0: a share is much the
 * same while D0 moves, and all lots tell it better than the level's own few, whose skewed scatter is small just when their mean is off. */
static double error_from_all_lots(const struct yield_source *result)
{
    double shares = 0, tested = 0, squares = 0;
    size_t count = 0;
    for (size_t i = 0; i < result->point_count; i++) {
        const struct yield_point *point = &result->points[i];
        double slope = fab_yield_curve_slope(&result->curve, point->day), share = (point->good / point->tested - point->expected) / slope;
        if (point->excluded || !isfinite(share))
            continue;
        shares += share * share;
        count++;
        if (point->day >= result->level_start) {
            tested += point->tested;
            squares += point->tested * point->tested * slope * slope;
        }
    }
    return count > 1 && tested > 0 ? sqrt(shares / (double)(count - 1) * squares) / tested : 0;
}

/* Quantile of Student's t, by the first terms of its expansion in 1 / degrees (Abramowitz & Stegun 26.7.5): to a per mille from 10 degrees
 * on. */
static double student_quantile(double confidence, double degrees)
{
    double z = fab_normal_quantile(confidence), z3 = z * z * z;
    return degrees < 1 ? z : z + (z3 + z) / (4 * degrees) + (5 * z3 * z * z + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}

static void take_prior(const fab_lots *lots, const fab_lot_prior *prior, double confidence, struct yield_source *result)
{
    double error = fmax(prior->mean_error, error_from_all_lots(result));
    double reach = student_quantile(confidence, (double)lots->count - 1) * error / (prior->mean * (1 - prior->mean));
    result->level_mean = prior->mean;
    result->level_low = fab_logistic(fab_logit(prior->mean) - reach);
    result->level_high = fab_logistic(fab_logit(prior->mean) + reach);
    result->lot_rho = prior->rho;
}

/* FAB_INPUT for lots that are all good or all bad. */
static fab_status fit_prior(fab_context *context, const fab_wafer_result *wafers, size_t count, double confidence,
                            struct yield_source *result)
{
    fab_lots lots = {0};
    fab_lot_prior prior;
    fab_lot_yield *yields = NULL;
    fab_status status = FAB_OK;
    TRY(fab_lots_init(context, wafers, count, &lots));
    TRY_MEMORY(context, yields = calloc(lots.count, sizeof *yields));
    result->level_lots = lots.count;
    result->wafer_dispersion = lots.wafer_dispersion;
    TRY(fab_estimate_lots(context, &lots, confidence, &prior, yields));
    take_prior(&lots, &prior, confidence, result);
    take_lot_yields(result, yields, lots.count);
out:
    fab_lots_fini(&lots);
    free(yields);
    return status;
}

/* The mean of the lots: its limits count what lots vary, which limits from wafers do not. Where lots tell none, those have to do. */
static fab_status fit_lots(fab_context *context, const fab_wafer_result *wafers, size_t count, double confidence,
                           struct yield_source *result)
{
    fab_status status = fit_prior(context, wafers, count, confidence, result);
    if (status != FAB_INPUT)
        return status;
    result->level_low = result->wafer_yield.mean.low;
    result->level_high = result->wafer_yield.mean.high;
    return FAB_OK;
}

/* Line yield is learned as its -ln is: the curve of a Poisson model of area 1, counted from the same day as the source's own. */
static fab_status fit_line(fab_context *context, const struct yield_history *history, double confidence, struct yield_source *result)
{
    static const char *const verdicts[] = {
        [FAB_LEARNING_CURVE] = "the line yield is learned; start, mature value and half-life are identified",
        [FAB_LEARNING_TREND] = "the line yield changes; where it ends is not identified and leans on a weak prior",
        [FAB_LEARNING_FLAT] = "no trend: the line yield is taken as constant",
    };
    const struct yield_families *families = &history->families[result->source];
    const fab_lots lots = {families->lots, families->count, 1};
    const fab_learning_options options = {.area_cm2 = 1,
                                          .systematic_yield = 1,
                                          .confidence = confidence,
                                          .start_day =
                                              result->curve.fitted ? result->curve.learning.options.start_day : result->points[0].day};
    result->line_lots = families->count;
    for (size_t i = 0; i < families->count; i++) {
        result->line_started += families->lots[i].tested;
        result->line_scrapped += families->lots[i].tested - families->lots[i].good;
    }
    if (families->count == 0)
        return FAB_OK;
    fab_status status = FAB_OK;
    TRY(fab_yield_curve_fit(context, &lots, &options, &result->line));
    if (result->line.fitted)
        snprintf(result->line.verdict, sizeof result->line.verdict, "%s", verdicts[result->line.learning.verdict]);
out:
    return status;
}

fab_status fab_yield_level(fab_context *context, const struct yield_history *history, double confidence, struct yield_source *result)
{
    size_t count = 0;
    fab_wafer_result *wafers = NULL;
    fab_status status = FAB_OK;
    result->level_start = find_level(result);
    result->lot_rho = NAN;
    TRY_MEMORY(context, wafers = fab_yield_source_keep(history, result, result->level_start, &count));
    TRY(fit_wafers(context, wafers, count, confidence, result));
    if (fab_context_interrupted(context))
        TRY(fab_fail(context, FAB_INTERRUPTED, "interrupted"));
    TRY(fit_lots(context, wafers, count, confidence, result));
    TRY(fit_line(context, history, confidence, result));
out:
    free(wafers);
    return status == FAB_OK ? status : fab_fail_in(context, status, "source %s", history->model->source[result->source].source);
}
