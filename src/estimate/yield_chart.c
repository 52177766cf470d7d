/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_chart.h"

#include "spc_exact.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>

/* The lots on Laney's chart of carried fractions, and what they score on the EWMA chart. */
struct carried {
    fab_spc_sample *samples; /* [point_count] */
    fab_spc_point *laney, *ewma;
    double *scores;
    fab_spc_chart chart;
};

/* Standard deviations on the chart per standard deviation at the lot's place on the curve. */
static double stretch(const struct yield_source *source, const struct yield_point *point)
{
    double there = point->expected * (1 - point->expected), here = source->mean_screened * (1 - source->mean_screened);
    return there > 0 ? sqrt(here / there) : 1;
}

static fab_status chart_carried(fab_context *context, const struct yield_source *source, struct carried *carried)
{
    size_t count = source->point_count;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, carried->samples = calloc(count, sizeof *carried->samples));
    TRY_MEMORY(context, carried->laney = calloc(count, sizeof *carried->laney));
    TRY_MEMORY(context, carried->ewma = calloc(count, sizeof *carried->ewma));
    TRY_MEMORY(context, carried->scores = calloc(count, sizeof *carried->scores));
    for (size_t i = 0; i < count; i++) {
        const struct yield_point *point = &source->points[i];
        double x = source->mean_screened + (point->good / point->tested - point->expected) * stretch(source, point);
        carried->samples[i] = (fab_spc_sample){point->tested, point->tested * fmin(fmax(x, 0), 1), point->excluded};
    }
    TRY(fab_spc_laney_chart(context, carried->samples, count, carried->laney, &carried->chart));
    if (!(carried->chart.sigma_z > 0))
        TRY(fab_fail(context, FAB_INPUT, "the lots do not vary"));
out:
    return status;
}

const char *fab_yield_side_text(enum yield_side side)
{
    return side == YIELD_BELOW ? "below" : side == YIELD_ABOVE ? "above" : "within";
}

/* Standard deviations of a lot's carried fraction by Laney's spread. */
static double laney_score(const struct carried *carried, size_t i)
{
    const fab_spc_chart *chart = &carried->chart;
    return (carried->laney[i].value - chart->centre) / (chart->sigma_z * sqrt(chart->centre * (1 - chart->centre) / carried->samples[i].tested));
}

/* Squares of the standardised lots and ranges between neighbours, excursions left out. */
struct spread {
    double squares, ranges, lots;
};

/* The next lot that is no excursion, from `i` on in steps of 1 or -1; false: none. */
static bool find_lot(const struct yield_source *source, size_t *i, int step)
{
    while (*i < source->point_count && source->points[*i].excluded)
        *i += (size_t)step; /* below 0 it is beyond the count too */
    return *i < source->point_count;
}

/* Standard deviations of a lot from its place on the curve, were its die independent. */
static double binomial_score(const struct carried *carried, size_t i)
{
    return laney_score(carried, i) * carried->chart.sigma_z;
}

static struct spread measure_spread(const struct yield_source *source, const struct carried *carried)
{
    struct spread spread = {0};
    for (size_t i = 0, next; find_lot(source, &i, 1); i = next) {
        double z = binomial_score(carried, i);
        next = i + 1;
        spread.squares += z * z;
        spread.ranges += find_lot(source, &next, 1) ? fabs(binomial_score(carried, next) - z) : 0;
        spread.lots++;
    }
    return spread;
}

/* The spread of the other lots. */
static struct spread leave_out(const struct yield_source *source, const struct carried *carried, struct spread spread, size_t i)
{
    size_t before = i - 1, after = i + 1;
    if (source->points[i].excluded)
        return spread;
    bool has_before = find_lot(source, &before, -1), has_after = find_lot(source, &after, 1);
    double z = binomial_score(carried, i), left = has_before ? binomial_score(carried, before) : z, right = has_after ? binomial_score(carried, after) : z;
    spread.squares -= z * z;
    spread.ranges += (has_before && has_after ? fabs(right - left) : 0) - fabs(z - left) - fabs(right - z);
    spread.lots--;
    return spread;
}

/* Times the binomial variance, for the exact law of a lot: by the ranges of neighbours, as Laney has it, which a lasting shift does not widen;
 * but ranges of few and clustered defects are mostly 0, and there the variance about the curve counts where it is larger. Of the other lots: a
 * lot is no measure of itself. */
static double find_inflation(const struct spread *others)
{
    static const double mean_range = 1.1283791670955126; /* of two standard normal values */
    double range = others->lots > 1 ? others->ranges / (others->lots - 1) / mean_range : 1;
    return fmax(range * range, others->lots > 1 ? others->squares / (others->lots - 1) : 1);
}

static double carry_back(const struct yield_source *source, const struct yield_point *point, double limit, double centre)
{
    return fmin(fmax(point->expected + (limit - centre) / stretch(source, point), 0), 1);
}

static struct yield_chart_point normal_point(const struct yield_source *source, const struct carried *carried, size_t i, double *score)
{
    const fab_spc_point *laney = &carried->laney[i];
    double centre = carried->chart.centre;
    *score = laney_score(carried, i);
    return (struct yield_chart_point){.low = carry_back(source, &source->points[i], laney->low, centre),
                                      .high = carry_back(source, &source->points[i], laney->high, centre),
                                      .probability = erfc(fabs(*score) / sqrt(2)),
                                      .side = laney->value < laney->low ? YIELD_BELOW : laney->value > laney->high ? YIELD_ABOVE : YIELD_WITHIN};
}

static struct yield_chart_point exact_point(const fab_spc_law *law, const struct yield_point *point, double *score)
{
    fab_spc_exact_point exact;
    fab_spc_exact(law, point->good, &exact);
    *score = exact.score;
    return (struct yield_chart_point){
        .low = exact.low, .high = exact.high, .probability = exact.probability, .side = (enum yield_side)exact.side};
}

/* The lots on the chart of single lots. */
static void place_points(const struct yield_source *source, struct carried *carried, struct yield_chart *chart)
{
    const struct spread spread = measure_spread(source, carried);
    for (size_t i = 0; i < source->point_count; i++) {
        const struct yield_point *point = &source->points[i];
        const struct spread others = leave_out(source, carried, spread, i);
        const fab_spc_law law = {point->tested, point->expected, find_inflation(&others)};
        bool exact = point->expected > 0 && point->expected < 1 && fab_spc_law_is_skewed(&law);
        chart->points[i] = exact ? exact_point(&law, point, &carried->scores[i]) : normal_point(source, carried, i, &carried->scores[i]);
        chart->signals += chart->points[i].side != YIELD_WITHIN;
    }
}

fab_status fab_yield_chart_init(fab_context *context, const struct yield_source *source, struct yield_chart *chart)
{
    const fab_ewma_options options = {0};
    struct carried carried = {0};
    fab_status status = FAB_OK;
    *chart = (struct yield_chart){0};
    TRY_MEMORY(context, chart->points = calloc(source->point_count, sizeof *chart->points));
    TRY(chart_carried(context, source, &carried));
    chart->sigma_z = carried.chart.sigma_z;
    place_points(source, &carried, chart);
    TRY(fab_spc_ewma(context, carried.scores, source->point_count, &options, carried.ewma));
    for (size_t i = 0; i < source->point_count; i++) {
        const fab_spc_point *ewma = &carried.ewma[i];
        chart->points[i].ewma = ewma->value;
        chart->points[i].ewma_high = ewma->high;
        chart->points[i].ewma_side = ewma->value < ewma->low ? YIELD_BELOW : ewma->value > ewma->high ? YIELD_ABOVE : YIELD_WITHIN;
    }
out:
    free(carried.samples);
    free(carried.laney);
    free(carried.ewma);
    free(carried.scores);
    if (status != FAB_OK)
        fab_yield_chart_fini(chart);
    return status;
}

void fab_yield_chart_fini(struct yield_chart *chart)
{
    free(chart->points);
    *chart = (struct yield_chart){0};
}
