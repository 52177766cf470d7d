/* Lots of a source in time, excursions among them, and the learning curve of the others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_screen.h"

#include "spc.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fewer lots than this are no ground to call one of them an excursion; and so often at most it is asked again which are. */
enum { SCREEN_LOTS = 12, SCREEN_PASSES = 6 };

/* ---- lots in time ---- */

static int compare_points(const void *left, const void *right)
{
    const struct yield_point *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->lot > b->lot) - (a->lot < b->lot);
}

static fab_status make_points(fab_context *context, const struct yield_wafers *wafers, struct yield_source *result)
{
    fab_lots lots = {0};
    fab_status status = FAB_OK;
    TRY(fab_lots_init(context, wafers->wafers, wafers->count, &lots));
    TRY_MEMORY(context, result->points = calloc(lots.count, sizeof *result->points));
    result->point_count = lots.count;
    for (size_t i = 0; i < lots.count; i++) {
        const fab_lot_result *lot = &lots.lots[i];
        result->points[i] = (struct yield_point){lot->lot, lot->day, lot->wafers, lot->tested, lot->good, false, NAN, NAN, NAN, NAN};
        result->wafers += lot->wafers;
        result->tested += lot->tested;
        result->good += lot->good;
    }
    qsort(result->points, result->point_count, sizeof *result->points, compare_points);
out:
    fab_lots_fini(&lots);
    return status;
}

/* ---- learning curve ---- */

static void find_die_facts(const fab_model *model, struct yield_source *result)
{
    const struct fab_die *die = fab_model_find_die(model, model->source[result->source].item);
    double area = die ? fab_die_area_cm2(die) : NAN;
    result->has_area = area > 0;
    result->area_cm2 = result->has_area ? area : 1;
    result->repairable = die ? (int)die->repairable_defects : 0;
}

/* What the inputs know beforehand; without a process a Poisson model. Learning counts from the first lot: what the plan takes for its start has no
 * say in what the lots show. */
static fab_learning_options options_of(const fab_model *model, const struct yield_source *result, double confidence)
{
    int row = model->source[result->source].process;
    fab_learning_options options = {
        .area_cm2 = result->area_cm2, .systematic_yield = 1, .confidence = confidence, .start_day = result->points[0].day};
    if (row == FAB_NONE)
        return options;
    const struct fab_process *process = &model->process[row];
    fab_yield_model_find(process->model, &options.defects.model);
    options.defects.alpha = process->alpha;
    options.defects.critical_layers = process->critical_layers;
    options.defects.repairable = result->repairable;
    options.systematic_yield = process->systematic_yield > 0 ? process->systematic_yield : 1;
    return options;
}

static void judge_systematic(struct yield_source *result, double given)
{
    static const char rule[] = "the counts of one product do not identify it, nor D0 apart from it";
    if (result->systematic_yield > given)
        snprintf(result->systematic_verdict, sizeof result->systematic_verdict, "%g is given, but the lots yield more; 1 is taken; %s",
                 given, rule);
    else
        snprintf(result->systematic_verdict, sizeof result->systematic_verdict, "%g is %s; %s", given,
                 given < 1 ? "taken from the process" : "taken", rule);
}

/* A plan that starts learning earlier finds no D0 of that day in the history. */
static void say_outside(const fab_model *model, struct yield_source *result)
{
    int row = model->source[result->source].process;
    const fab_learning *learning = &result->curve.learning;
    size_t used = strlen(result->curve.verdict);
    char day[FAB_DATE_TEXT_SIZE];
    if (row == FAB_NONE || !result->curve.fitted || learning->verdict == FAB_LEARNING_FLAT ||
        model->process[row].learning_start >= learning->options.start_day)
        return;
    snprintf(result->curve.verdict + used, YIELD_TEXT_SIZE - used, "; D0 before the first lot, %s, is outside of the history",
             fab_date_print(learning->options.start_day, day));
}

/* The lots that are no excursions; *lots has room for all. */
static void take_screened(const struct yield_source *result, fab_lots *lots, double *mean)
{
    double tested = 0, good = 0;
    for (size_t i = 0; i < result->point_count; i++) {
        const struct yield_point *point = &result->points[i];
        if (point->excluded)
            continue;
        lots->lots[lots->count++] =
            (fab_lot_result){.lot = point->lot, .day = point->day, .wafers = point->wafers, .tested = point->tested, .good = point->good};
        tested += point->tested;
        good += point->good;
    }
    *mean = good / tested;
}

static fab_status fit_curve(fab_context *context, const struct yield_history *history, double confidence, struct yield_source *result)
{
    fab_learning_options options = options_of(history->model, result, confidence);
    double given = options.systematic_yield;
    fab_lots lots = {.wafer_dispersion = 1};
    fab_status status = FAB_OK;
    TRY_MEMORY(context, lots.lots = calloc(result->point_count, sizeof *lots.lots));
    take_screened(result, &lots, &result->mean_screened);
    TRY(fab_yield_curve_fit(context, &lots, &options, &result->curve));
    if (!result->curve.fitted && given < 1 && result->mean_screened >= given) {
        options.systematic_yield = 1;
        TRY(fab_yield_curve_fit(context, &lots, &options, &result->curve));
    }
    result->systematic_yield = options.systematic_yield;
    judge_systematic(result, given);
    say_outside(history->model, result);
    for (size_t i = 0; i < result->point_count; i++)
        result->points[i].expected = fab_yield_curve_at(&result->curve, result->points[i].day);
out:
    free(lots.lots);
    return status;
}

/* ---- excursions ---- */

/* Robust standard deviations, of the defects over those expected, beyond which a lot is an excursion and not the tail of clustered
 * defects (spc.h). Only gross excursions are taken out of the estimates; the control charts name the smaller ones. */
#define EXCURSION_THRESHOLD 5.5

/* Marks the lots that are off the curve; *moved when they are not those that were marked before. */
static fab_status screen_points(fab_context *context, struct yield_source *result, bool *moved)
{
    size_t count = result->point_count;
    fab_spc_sample *samples = NULL;
    double *expected = NULL;
    fab_screen screen;
    fab_status status = FAB_OK;
    *moved = false;
    TRY_MEMORY(context, samples = calloc(count, sizeof *samples));
    TRY_MEMORY(context, expected = calloc(count, sizeof *expected));
    for (size_t i = 0; i < count; i++) {
        samples[i] = (fab_spc_sample){result->points[i].tested, result->points[i].good, false};
        expected[i] = result->points[i].expected;
    }
    const fab_screen_options options = {.threshold = EXCURSION_THRESHOLD,
                                        .low_only = true,
                                        .expected = expected,
                                        .ceiling = result->curve.fitted ? result->systematic_yield : 1};
    TRY(fab_spc_screen(context, samples, count, &options, &screen));
    for (size_t i = 0; i < count; i++) {
        *moved = *moved || result->points[i].excluded != samples[i].excluded;
        result->points[i].excluded = samples[i].excluded;
    }
out:
    free(samples);
    free(expected);
    return status;
}

/* The curve of the lots that are no excursions, and the excursions as the lots far off the curve: each from the other until they agree.
 * A set that comes back after that is left as it is. */
static fab_status fit_and_screen(fab_context *context, const struct yield_history *history, double confidence, struct yield_source *result)
{
    bool moved = result->point_count >= SCREEN_LOTS;
    fab_status status = FAB_OK;
    TRY(fit_curve(context, history, confidence, result));
    result->mean_all = result->mean_screened;
    for (int pass = 0; moved && pass < SCREEN_PASSES; pass++) {
        TRY(screen_points(context, result, &moved));
        if (moved)
            TRY(fit_curve(context, history, confidence, result));
    }
    for (size_t i = 0; i < result->point_count; i++) {
        result->excluded_lots += result->points[i].excluded;
        result->excluded_wafers += result->points[i].excluded ? result->points[i].wafers : 0;
    }
out:
    return status;
}

/* Share of the expected good die that is left when excursions are counted in; the other lots count as the curve has them. */
static void weigh_excursions(struct yield_source *result)
{
    double expected = 0, lost = 0;
    for (size_t i = 0; i < result->point_count; i++) {
        const struct yield_point *point = &result->points[i];
        expected += point->tested * point->expected;
        lost += point->excluded ? point->tested * point->expected - point->good : 0;
    }
    result->excursion_factor = expected > 0 ? fmin(fmax(1 - lost / expected, 0), 1) : 1;
}

fab_status fab_yield_screen(fab_context *context, const struct yield_history *history, int source, double confidence,
                            struct yield_source *result)
{
    fab_status status = FAB_OK;
    *result = (struct yield_source){.source = source};
    TRY(make_points(context, &history->wafers[source], result));
    find_die_facts(history->model, result);
    TRY(fit_and_screen(context, history, confidence, result));
    weigh_excursions(result);
out:
    if (status != FAB_OK)
        fab_yield_source_fini(result);
    return status == FAB_OK ? status : fab_fail_in(context, status, "source %s", history->model->source[source].source);
}
