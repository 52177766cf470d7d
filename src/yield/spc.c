/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spc.h"

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

/* A scale on which samples are about normal: place of a sample, variance that its own counts give it there, and back to a fraction. */
struct scale {
    double (*place)(const fab_spc_sample *sample);
    double (*variance)(const fab_spc_sample *sample);
    double (*fraction)(double place);
};

static double smoothed_logit(const fab_spc_sample *sample)
{
    return log((sample->count + 0.5) / (sample->tested - sample->count + 0.5));
}

static double logit_variance(const fab_spc_sample *sample)
{
    return 1 / (sample->count + 0.5) + 1 / (sample->tested - sample->count + 0.5);
}

static double smoothed_fraction(const fab_spc_sample *sample)
{
    return (sample->count + 0.5) / (sample->tested + 1);
}

static double defects_place(const fab_spc_sample *sample)
{
    return log(smoothed_fraction(sample));
}

/* By the delta method. */
static double defects_variance(const fab_spc_sample *sample)
{
    double y = smoothed_fraction(sample);
    return (1 - y) / ((sample->tested + 1) * y);
}

static const struct scale logit_scale = {smoothed_logit, logit_variance, fab_logistic};
static const struct scale defects_scale = {defects_place, defects_variance, exp};

/* Median on the scale, and the robust variance between samples beyond their own. */
static void find_centre(const struct scale *scale, const fab_spc_sample *samples, size_t count, double *scratch, double *centre, double *between)
{
    for (size_t i = 0; i < count; i++)
        scratch[i] = scale->place(&samples[i]);
    *centre = median(scratch, count);
    for (size_t i = 0; i < count; i++)
        scratch[i] = fabs(scale->place(&samples[i]) - *centre);
    double deviation = median(scratch, count) / NORMAL_MAD;
    for (size_t i = 0; i < count; i++)
        scratch[i] = scale->variance(&samples[i]);
    *between = fmax(0, deviation * deviation - median(scratch, count));
}

fab_status fab_spc_screen(fab_context *context, fab_spc_sample *samples, size_t count, const fab_screen_options *options,
                          fab_screen *screen)
{
    fab_status status = check_samples(context, samples, count);
    if (status != FAB_OK)
        return status;
    double *scratch = calloc(count, sizeof *scratch);
    if (!scratch)
        return fab_fail_memory(context);
    double threshold = options->threshold > 0 ? options->threshold : SCREEN_THRESHOLD;
    const struct scale *scale = options->defects ? &defects_scale : &logit_scale;
    double centre, between;
    find_centre(scale, samples, count, scratch, &centre, &between);
    free(scratch);
    *screen = (fab_screen){.median = scale->fraction(centre), .spread = sqrt(between)};
    for (size_t i = 0; i < count; i++) {
        double off = (scale->place(&samples[i]) - centre) / sqrt(between + scale->variance(&samples[i]));
        samples[i].excluded = off < -threshold || (off > threshold && !options->low_only);
        screen->excluded += samples[i].excluded;
    }
    screen->mean = pooled_fraction(samples, count, true);
    screen->mean_screened = pooled_fraction(samples, count, false);
    return FAB_OK;
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

fab_status fab_spc_ewma_chart(fab_context *context, const fab_spc_sample *samples, size_t count, const fab_ewma_options *options,
                              fab_spc_point *points, fab_spc_chart *chart)
{
    double weight = options->weight == 0 ? EWMA_WEIGHT : options->weight, width = options->width == 0 ? EWMA_WIDTH : options->width;
    if (!(weight > 0 && weight <= 1) || !(width > 0))
        return fab_fail(context, FAB_INPUT, "EWMA weight %g or width %g is outside its domain", weight, width);
    fab_status status = find_laney_spread(context, samples, count, chart);
    if (status != FAB_OK)
        return status;
    if (!(chart->sigma_z > 0))
        return fab_fail(context, FAB_INPUT, "the samples do not vary");
    double average = 0, variance = 0;
    for (size_t i = 0; i < count; i++) {
        double z = (fraction(&samples[i]) - chart->centre) / (chart->sigma_z * binomial_error(&samples[i], chart->centre));
        average += weight * (z - average);
        variance = weight * weight + (1 - weight) * (1 - weight) * variance;
        double reach = width * sqrt(variance);
        points[i] = (fab_spc_point){.value = average, .low = -reach, .high = reach, .signal = fabs(average) > reach};
        chart->signals += points[i].signal;
    }
    return FAB_OK;
}
