/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spc.h"

#include "try.h"

#include "numeric.h"

#include <math.h>
#include <stdlib.h>

static const double LIMIT_SIGMAS = 3;
/* Mean range of two standard normal values, 2/sqrt(pi). */
static const double MEAN_RANGE_OF_TWO = 1.1283791670955126;
/* Median absolute deviation of a standard normal value. */
static const double NORMAL_MAD = 0.67448975019608174;
static const double SCREEN_THRESHOLD = 3.5;
static const double EWMA_WEIGHT = 0.2, EWMA_WIDTH = 2.86;

static fab_status check_samples(fab_context *context, const fab_spc_sample *samples, size_t count)
{
    if (count == 0)
        return fab_fail(context, FAB_INPUT, "no samples");
    for (size_t i = 0; i < count; i++)
        if (!(samples[i].tested > 0) || !isfinite(samples[i].tested) || !(samples[i].count >= 0 && samples[i].count <= samples[i].tested))
            return fab_fail(context, FAB_INPUT, "sample %zu: %g of %g", i + 1, samples[i].count, samples[i].tested);
    return FAB_OK;
}

static double fraction(const fab_spc_sample *sample)
{
    return sample->count / sample->tested;
}

/* NAN when every sample is excluded. */
static double pooled_fraction(const fab_spc_sample *samples, size_t count, bool with_excluded)
{
    double hits = 0, tested = 0;
    for (size_t i = 0; i < count; i++)
        if (with_excluded || !samples[i].excluded) {
            hits += samples[i].count;
            tested += samples[i].tested;
        }
    return tested > 0 ? hits / tested : NAN;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts the values. */
static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Where a sample stands on the scale of the screen, and the variance that its own counts give it there. */
struct place {
    double at, variance;
};

static struct place place_on_logit(const fab_spc_sample *sample)
{
    double good = sample->count + 0.5, bad = sample->tested - sample->count + 0.5;
    return (struct place){log(good / bad), 1 / good + 1 / bad};
}

/* By the delta method. */
static struct place place_on_defects(const fab_spc_sample *sample, double expected, double ceiling)
{
    double y = (sample->count + 0.5) / (sample->tested + 1), defects = -log(expected / ceiling);
    return (struct place){-log(y / ceiling) / defects, (1 - y) / ((sample->tested + 1) * y * defects * defects)};
}

static void place_samples(const fab_spc_sample *samples, size_t count, const fab_screen_options *options, struct place *places)
{
    double ceiling = options->ceiling > 0 ? options->ceiling : 1;
    for (size_t i = 0; i < count; i++)
        places[i] = options->expected ? place_on_defects(&samples[i], options->expected[i], ceiling) : place_on_logit(&samples[i]);
}

/* Median of the places, and the robust variance between samples beyond their own: of all of them, or of those beyond the centre. */
static void find_centre(const struct place *places, size_t count, bool beyond, double *scratch, double *centre, double *between)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        scratch[i] = places[i].at;
    *centre = median(scratch, count);
    for (size_t i = 0; i < count; i++)
        if (!beyond || places[i].at >= *centre)
            scratch[taken++] = fabs(places[i].at - *centre);
    double deviation = median(scratch, taken) / NORMAL_MAD;
    for (size_t i = 0; i < count; i++)
        scratch[i] = places[i].variance;
    *between = fmax(0, deviation * deviation - median(scratch, count));
}

static fab_status check_expected(fab_context *context, size_t count, const fab_screen_options *options)
{
    double ceiling = options->ceiling > 0 ? options->ceiling : 1;
    for (size_t i = 0; options->expected && i < count; i++)
        if (!(options->expected[i] > 0 && options->expected[i] < ceiling))
            return fab_fail(context, FAB_INPUT, "sample %zu: a fraction of %g is expected, must lie between 0 and %g", i + 1,
                            options->expected[i], ceiling);
    return FAB_OK;
}

fab_status fab_spc_screen(fab_context *context, fab_spc_sample *samples, size_t count, const fab_screen_options *options,
                          fab_screen *screen)
{
    const double threshold = options->threshold > 0 ? options->threshold : SCREEN_THRESHOLD, low = options->expected ? -1 : 1;
    struct place *places = NULL;
    double *scratch = NULL, centre, between;
    fab_status status = FAB_OK;
    TRY(check_samples(context, samples, count));
    TRY(check_expected(context, count, options));
    TRY_MEMORY(context, places = calloc(count, sizeof *places));
    TRY_MEMORY(context, scratch = calloc(count, sizeof *scratch));
    place_samples(samples, count, options, places);
    find_centre(places, count, options->expected != NULL, scratch, &centre, &between);
    *screen = (fab_screen){.median = centre, .spread = sqrt(between)};
    for (size_t i = 0; i < count; i++) {
        double off = low * (places[i].at - centre) / sqrt(between + places[i].variance);
        samples[i].excluded = off < -threshold || (off > threshold && !options->low_only);
        screen->excluded += samples[i].excluded;
    }
    screen->mean = pooled_fraction(samples, count, true);
    screen->mean_screened = pooled_fraction(samples, count, false);
out:
    free(places);
    free(scratch);
    return status;
}

static double binomial_error(const fab_spc_sample *sample, double centre)
{
    return sqrt(centre * (1 - centre) / sample->tested);
}

static void fill_points(const fab_spc_sample *samples, size_t count, fab_spc_point *points, fab_spc_chart *chart)
{
    for (size_t i = 0; i < count; i++) {
        double reach = LIMIT_SIGMAS * chart->sigma_z * binomial_error(&samples[i], chart->centre);
        points[i] =
            (fab_spc_point){.value = fraction(&samples[i]), .low = fmax(0, chart->centre - reach), .high = fmin(1, chart->centre + reach)};
        points[i].signal = points[i].value < points[i].low || points[i].value > points[i].high;
        chart->signals += points[i].signal;
    }
}

fab_status fab_spc_p_chart(fab_context *context, const fab_spc_sample *samples, size_t count, fab_spc_point *points, fab_spc_chart *chart)
{
    fab_status status = check_samples(context, samples, count);
    if (status != FAB_OK)
        return status;
    *chart = (fab_spc_chart){.centre = pooled_fraction(samples, count, false), .sigma_z = 1};
    if (isnan(chart->centre))
        return fab_fail(context, FAB_INPUT, "every sample is excluded");
    fill_points(samples, count, points, chart);
    return FAB_OK;
}

/* Centre and sigma_z. */
static fab_status find_laney_spread(fab_context *context, const fab_spc_sample *samples, size_t count, fab_spc_chart *chart)
{
    fab_status status = check_samples(context, samples, count);
    if (status != FAB_OK)
        return status;
    *chart = (fab_spc_chart){.centre = pooled_fraction(samples, count, false)};
    if (!(chart->centre > 0 && chart->centre < 1))
        return fab_fail(context, FAB_INPUT, "a chart takes samples that are not excluded, with some and not all of their die counted");
    double before = NAN, ranges = 0;
    size_t range_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (samples[i].excluded)
            continue;
        double z = (fraction(&samples[i]) - chart->centre) / binomial_error(&samples[i], chart->centre);
        if (!isnan(before)) {
            ranges += fabs(z - before);
            range_count++;
        }
        before = z;
    }
    if (range_count == 0)
        return fab_fail(context, FAB_INPUT, "the chart takes at least 2 samples that are not excluded");
    chart->sigma_z = ranges / (double)range_count / MEAN_RANGE_OF_TWO;
    return FAB_OK;
}

fab_status fab_spc_laney_chart(fab_context *context, const fab_spc_sample *samples, size_t count, fab_spc_point *points,
                               fab_spc_chart *chart)
{
    fab_status status = find_laney_spread(context, samples, count, chart);
    if (status == FAB_OK)
        fill_points(samples, count, points, chart);
    return status;
}

fab_status fab_spc_ewma(fab_context *context, const double *scores, size_t count, const fab_ewma_options *options, fab_spc_point *points)
{
    double weight = options->weight == 0 ? EWMA_WEIGHT : options->weight, width = options->width == 0 ? EWMA_WIDTH : options->width;
    double average = 0, variance = 0;
    if (!(weight > 0 && weight <= 1) || !(width > 0))
        return fab_fail(context, FAB_INPUT, "EWMA weight %g or width %g is outside its domain", weight, width);
    for (size_t i = 0; i < count; i++) {
        average += weight * (scores[i] - average);
        variance = weight * weight + (1 - weight) * (1 - weight) * variance;
        double reach = width * sqrt(variance);
        points[i] = (fab_spc_point){.value = average, .low = -reach, .high = reach, .signal = fabs(average) > reach};
    }
    return FAB_OK;
}
