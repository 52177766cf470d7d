/* Coverage: of 200 simulated histories of one source the 90 % limits of yield, D0 and half-life hold the truth 85 to 95 % of the time, and
 * limits from independent die do not.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lot_history.h"

#include "yield_level.h"
#include "yield_screen.h"

enum { RUNS = 200, LOTS = 72, WAFERS = 6, DIE = 200, SPAN = 360 };

static const double CONFIDENCE = 0.9;

/* A model of one source of die of 1 cm2 on a Poisson process, and room for the wafers of a history. */
struct bench {
    fab_model *model;
    struct yield_history history;
    struct yield_wafers wafers;
    struct yield_families families;
    struct yield_lot lots[LOTS];
    fab_wafer_result results[LOTS * WAFERS];
};

static struct bench *new_bench(void)
{
    struct bench *bench = calloc(1, sizeof *bench);
    fab_model *model = fab_model_new();
    model->item = fab_arena_take(model->arena, 1, sizeof *model->item);
    model->die = fab_arena_take(model->arena, 1, sizeof *model->die);
    model->process = fab_arena_take(model->arena, 1, sizeof *model->process);
    model->source = fab_arena_take(model->arena, 1, sizeof *model->source);
    model->item_count = model->die_count = model->process_count = model->source_count = 1;
    model->item[0].item = "D";
    model->die[0] = (struct fab_die){.critical_area_cm2 = 1};
    model->process[0] = (struct fab_process){.process = "P", .model = "poisson", .systematic_yield = 1, .learning_start = 0};
    model->source[0] = (struct fab_source){.source = "A", .route = FAB_NONE};
    bench->model = model;
    bench->wafers = (struct yield_wafers){bench->results, LOTS * WAFERS, LOTS * WAFERS};
    bench->history = (struct yield_history){
        .model = model, .lots = bench->lots, .lot_count = LOTS, .wafers = &bench->wafers, .families = &bench->families};
    return bench;
}

static void free_bench(struct bench *bench)
{
    fab_model_free(bench->model);
    free(bench);
}

/* Lots in time whose yield varies about the Poisson yield of D0(day) with variance rho p (1 - p); die are independent within a lot. */
static void draw_history(struct bench *bench, double d0_start, double d0_mature, double halflife, double rho, uint64_t seed)
{
    for (int n = 0; n < LOTS; n++) {
        int32_t day = SPAN * n / LOTS;
        double yield = exp(-(d0_mature + (d0_start - d0_mature) * pow(0.5, day / halflife)));
        double p = fmin(fmax(yield + sqrt(rho * yield * (1 - yield)) * lh_normal(&seed), 0), 1);
        bench->lots[n] = (struct yield_lot){.row = n + 1, .lot = "L", .source = 0, .out_day = day};
        for (int w = 0; w < WAFERS; w++)
            bench->results[n * WAFERS + w] = (fab_wafer_result){DIE, lh_binomial(&seed, DIE, p), n, day};
    }
}

static struct yield_source estimate(struct fixture *fixture, struct bench *bench)
{
    struct yield_source source;
    fixture_ok(fixture, fab_yield_screen(fixture->context, &bench->history, 0, CONFIDENCE, &source));
    fixture_ok(fixture, fab_yield_level(fixture->context, &bench->history, CONFIDENCE, &source));
    return source;
}

static void assert_coverage(const char *what, int hits, int runs)
{
    if (hits < 0.85 * runs || hits > 0.95 * runs)
        fail_msg("%s: the limits held the truth %d times of %d", what, hits, runs);
}

static void limits_of_the_yield_hold_it(void **state)
{
    struct fixture *fixture = *state;
    struct bench *bench = new_bench();
    const double d0 = 0.4, truth = exp(-d0);
    int hits = 0, binomial_hits = 0;
    for (int run = 0; run < RUNS; run++) {
        draw_history(bench, d0, d0, 100, 0.012, (uint64_t)run + 1);
        struct yield_source source = estimate(fixture, bench);
        double error = 1.6449 * source.wafer_yield.binomial_error;
        hits += source.level_low <= truth && truth <= source.level_high;
        binomial_hits += fabs(source.level_mean - truth) <= error;
        assert_true(source.wafer_yield.mean.high - source.wafer_yield.mean.low > 2 * error);
        fab_yield_source_fini(&source);
    }
    assert_coverage("yield", hits, RUNS);
    assert_true(binomial_hits < 0.6 * RUNS);
    free_bench(bench);
}

static void limits_of_the_curve_hold_it(void **state)
{
    struct fixture *fixture = *state;
    struct bench *bench = new_bench();
    int start_hits = 0, halflife_hits = 0, forecast_hits = 0, curves = 0;
    for (int run = 0; run < RUNS; run++) {
        fab_yield_forecast forecast;
        struct yield_source source;
        draw_history(bench, 1.2, 0.25, 60, 0.003, (uint64_t)run + 1000);
        fixture_ok(fixture, fab_yield_screen(fixture->context, &bench->history, 0, CONFIDENCE, &source));
        assert_true(source.curve.fitted);
        const fab_learning *learning = &source.curve.learning;
        curves += learning->verdict == FAB_LEARNING_CURVE;
        start_hits += learning->d0_start_per_cm2.low <= 1.2 && 1.2 <= learning->d0_start_per_cm2.high;
        halflife_hits += learning->halflife_days.low <= 60 && 60 <= learning->halflife_days.high;
        /* infinitely many lots: the process alone, p10 to p90 */
        fixture_ok(fixture, fab_yield_curve_forecast(fixture->context, &source.curve, SPAN + 90, 1e9, 1e3, &forecast));
        double truth = exp(-(0.25 + 0.95 * pow(0.5, (SPAN + 90) / 60.0)));
        forecast_hits += forecast.unit_yield.p10 <= truth && truth <= forecast.unit_yield.p90;
        fab_yield_source_fini(&source);
    }
    assert_true(curves > 0.9 * RUNS);
    assert_coverage("D0 at the start", start_hits, RUNS);
    assert_coverage("half-life", halflife_hits, RUNS);
    if (forecast_hits < 0.72 * RUNS || forecast_hits > 0.88 * RUNS)
        fail_msg("p10 to p90 of the forecast held the truth %d times of %d", forecast_hits, RUNS);
    free_bench(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(limits_of_the_yield_hold_it, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(limits_of_the_curve_hold_it, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
