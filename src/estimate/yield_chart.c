/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_chart.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

/* The charts of the carried fractions. */
struct carried {
    fab_spc_sample *samples; /* [point_count] */
    fab_spc_point *laney, *ewma;
    fab_spc_chart laney_chart, ewma_chart;
};

/* Standard deviations on the chart per standard deviation at the lot's place on the curve. */
static double stretch(const struct yield_source *source, const struct yield_point *point)
{
    double there = point->expected * (1 - point->expected), here = source->mean_screened * (1 - source->mean_screened);
    return there > 0 ? sqrt(here / there) : 1;
}

static fab_status chart_carried(fab_context *context, const struct yield_source *source, struct carried *carried)
{
    const fab_ewma_options options = {0};
    size_t count = source->point_count;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, carried->samples = calloc(count, sizeof *carried->samples));
    TRY_MEMORY(context, carried->laney = calloc(count, sizeof *carried->laney));
    TRY_MEMORY(context, carried->ewma = calloc(count, sizeof *carried->ewma));
    for (size_t i = 0; i < count; i++) {
        const struct yield_point *point = &source->points[i];
        double x = source->mean_screened + (point->good / point->tested - point->expected) * stretch(source, point);
        carried->samples[i] = (fab_spc_sample){point->tested, point->tested * fmin(fmax(x, 0), 1), point->excluded};
    }
    TRY(fab_spc_laney_chart(context, carried->samples, count, carried->laney, &carried->laney_chart));
    TRY(fab_spc_ewma_chart(context, carried->samples, count, &options, carried->ewma, &carried->ewma_chart));
out:
    return status;
}

static double carry_back(const struct yield_source *source, const struct yield_point *point, double limit, double centre)
{
    return fmin(fmax(point->expected + (limit - centre) / stretch(source, point), 0), 1);
}

static enum yield_side side_of(const fab_spc_point *point)
{
    return point->value < point->low ? YIELD_BELOW : point->value > point->high ? YIELD_ABOVE : YIELD_WITHIN;
}

const char *fab_yield_side_text(enum yield_side side)
{
    return side == YIELD_BELOW ? "below" : side == YIELD_ABOVE ? "above" : "within";
}

static struct yield_chart_point point_of(const struct yield_source *source, const struct carried *carried, size_t i)
{
    const fab_spc_point *laney = &carried->laney[i], *ewma = &carried->ewma[i];
    double centre = carried->laney_chart.centre;
    return (struct yield_chart_point){.low = carry_back(source, &source->points[i], laney->low, centre),
                                      .high = carry_back(source, &source->points[i], laney->high, centre),
                                      .side = side_of(laney),
                                      .ewma = ewma->value,
                                      .ewma_high = ewma->high,
                                      .ewma_side = side_of(ewma)};
}

fab_status fab_yield_chart_init(fab_context *context, const struct yield_source *source, struct yield_chart *chart)
{
    struct carried carried = {0};
    fab_status status = FAB_OK;
    *chart = (struct yield_chart){0};
    TRY_MEMORY(context, chart->points = calloc(source->point_count, sizeof *chart->points));
    TRY(chart_carried(context, source, &carried));
    for (size_t i = 0; i < source->point_count; i++)
        chart->points[i] = point_of(source, &carried, i);
    chart->sigma_z = carried.laney_chart.sigma_z;
    chart->signals = carried.laney_chart.signals;
out:
    free(carried.samples);
    free(carried.laney);
    free(carried.ewma);
    if (status != FAB_OK)
        fab_yield_chart_fini(chart);
    return status;
}

void fab_yield_chart_fini(struct yield_chart *chart)
{
    free(chart->points);
    *chart = (struct yield_chart){0};
}
