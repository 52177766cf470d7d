/* Learning curves fitted to simulated histories, and the forecast's band against the truth.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "context_fixture.h"
#include "learning.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

enum { DIE_PER_LOT = 10000, WAFERS_PER_LOT = 20, START_DAY = 20000 };

struct truth {
    double start, mature, halflife, rho;
};

static const fab_learning_options options = {
    .defects = {.model = FAB_YIELD_NEGATIVE_BINOMIAL, .alpha = 3}, .area_cm2 = 1.1, .systematic_yield = 0.95, .start_day = START_DAY};

static double true_yield(const struct truth *truth, double days)
{
    double d0 = truth->mature + (truth->start - truth->mature) * pow(0.5, fmax(days, 0) / truth->halflife);
    return 0.95 * pow(1 + 1.1 * d0 / 3, -3);
}

static double draw_lot(gsl_rng *rng, const struct truth *truth, double days)
{
    double mean = true_yield(truth, days), weight = 1 / truth->rho - 1;
    return truth->rho > 0 ? gsl_ran_beta(rng, mean * weight, (1 - mean) * weight) : mean;
}

/* Lots on evenly spread days, whose wafers differ no more than independent die make them. */
static fab_lots simulate(fab_context *context, gsl_rng *rng, const struct truth *truth, int lots, int days)
{
    fab_wafer_result *wafers = calloc((size_t)lots * WAFERS_PER_LOT, sizeof *wafers);
    fab_lots made;
    assert_non_null(wafers);
    for (int lot = 0; lot < lots; lot++) {
        int day = lot * days / lots;
        double yield = draw_lot(rng, truth, day);
        for (int i = 0; i < WAFERS_PER_LOT; i++)
            wafers[lot * WAFERS_PER_LOT + i] = (fab_wafer_result){.tested = DIE_PER_LOT / WAFERS_PER_LOT,
                                                                  .good = (int)gsl_ran_binomial(rng, yield, DIE_PER_LOT / WAFERS_PER_LOT),
                                                                  .lot = lot,
                                                                  .day = START_DAY + day};
    }
    assert_int_equal(fab_lots_init(context, wafers, (size_t)lots * WAFERS_PER_LOT, &made), FAB_OK);
    free(wafers);
    return made;
}

static void test_curve(void **state)
{
    const struct truth truth = {.start = 0.9, .mature = 0.12, .halflife = 100, .rho = 0.004};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 1);
    fab_lots lots = simulate(*state, rng, &truth, 300, 500);
    fab_learning learning;
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
    assert_int_equal(learning.verdict, FAB_LEARNING_CURVE);
    assert_close(learning.d0_start_per_cm2.value, truth.start, 0, 4 * learning.d0_start_per_cm2.error);
    assert_close(learning.d0_mature_per_cm2.value, truth.mature, 0, 4 * learning.d0_mature_per_cm2.error);
    assert_close(learning.halflife_days.value, truth.halflife, 0, 4 * learning.halflife_days.error);
    assert_true(learning.halflife_days.error < 15);
    assert_close(learning.rho, truth.rho, 0.3, 0);
    assert_true(learning.p_value < 1e-20 && learning.log_likelihood > learning.log_likelihood_flat);
    assert_int_equal(learning.last_day, START_DAY + 299 * 500 / 300);
    fab_lots_fini(&lots);
    gsl_rng_free(rng);
}

/* Lots on the curve of a die of which repair saves two defects: forgotten, they make D0 look several times too small. */
static void test_repair(void **state)
{
    enum { LOTS = 60, DAYS = 12 };
    const double start = 2.4, mature = 0.5, halflife = 150;
    fab_learning_options repaired = options;
    repaired.defects.repairable = 2;
    fab_wafer_result wafers[LOTS];
    for (int i = 0; i < LOTS; i++) {
        double d0 = mature + (start - mature) * pow(0.5, DAYS * i / halflife), rate = 1.1 * d0 / (3 + 1.1 * d0);
        double none = pow(1 - rate, 3); /* of negative binomial counts of shape 3: 1, 3 rate, 6 rate^2 */
        wafers[i] = (fab_wafer_result){.tested = 1000000,
                                       .good = (int)lround(1e6 * 0.95 * none * (1 + 3 * rate + 6 * rate * rate)),
                                       .lot = i,
                                       .day = START_DAY + DAYS * i};
    }
    fab_lots lots;
    fab_learning learning;
    fab_yield_forecast forecast;
    assert_int_equal(fab_lots_init(*state, wafers, LOTS, &lots), FAB_OK);
    assert_int_equal(fab_learning_fit(*state, &lots, &repaired, &learning), FAB_OK);
    assert_int_equal(learning.verdict, FAB_LEARNING_CURVE);
    assert_close(learning.d0_start_per_cm2.value, start, 1e-3, 0);
    assert_close(learning.d0_mature_per_cm2.value, mature, 1e-3, 0);
    assert_close(learning.halflife_days.value, halflife, 1e-3, 0);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + DAYS * (LOTS - 1), 0, 1, 1e6, &forecast), FAB_OK);
    assert_close(forecast.unit_yield.p50, wafers[LOTS - 1].good / 1e6, 1e-4, 0);
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
    assert_true(learning.d0_start_per_cm2.value < start / 2 && learning.d0_mature_per_cm2.value < mature / 4);
    fab_lots_fini(&lots);
    repaired.defects.model = FAB_YIELD_MURPHY;
    assert_int_equal(fab_lots_init(*state, wafers, LOTS, &lots), FAB_OK);
    assert_int_equal(fab_learning_fit(*state, &lots, &repaired, &learning), FAB_INPUT);
    fab_lots_fini(&lots);
}

static void test_exact_history(void **state)
{
    /* lots on the curve itself, but for rounding: the parameters come back, without lot noise */
    const struct truth truth = {.start = 0.7, .mature = 0.1, .halflife = 60, .rho = 0};
    enum { LOTS = 40 };
    fab_wafer_result wafers[LOTS];
    for (int i = 0; i < LOTS; i++)
        wafers[i] =
            (fab_wafer_result){.tested = 1000000, .good = (int)lround(1e6 * true_yield(&truth, 8 * i)), .lot = i, .day = START_DAY + 8 * i};
    fab_lots lots;
    fab_learning learning;
    assert_int_equal(fab_lots_init(*state, wafers, LOTS, &lots), FAB_OK);
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
    assert_int_equal(learning.verdict, FAB_LEARNING_CURVE);
    assert_close(learning.d0_start_per_cm2.value, truth.start, 1e-5, 0);
    assert_close(learning.d0_mature_per_cm2.value, truth.mature, 5e-5, 0);
    assert_close(learning.halflife_days.value, truth.halflife, 5e-5, 0);
    assert_true(learning.rho < 1e-6);
    fab_yield_forecast forecast;
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 500, 0, 4, 25000, &forecast), FAB_OK);
    assert_close(forecast.unit_yield.p50, true_yield(&truth, 500), 1e-4, 0);
    assert_close(forecast.d0_per_cm2.p50, 0.1 + 0.6 * pow(0.5, 500 / 60.0), 1e-4, 0);
    /* without lot noise 4 lots of 25000 die have the binomial error of 100000 */
    double yield = forecast.unit_yield.p50;
    assert_close(forecast.lot_error, sqrt(yield * (1 - yield) / 1e5), 1e-2, 0);
    fab_lots_fini(&lots);
}

static void test_flat(void **state)
{
    const struct truth truth = {.start = 0.3, .mature = 0.3, .halflife = 100, .rho = 0.003};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int flat = 0;
    for (unsigned long seed = 1; seed <= 30; seed++) {
        gsl_rng_set(rng, seed);
        fab_lots lots = simulate(*state, rng, &truth, 80, 300);
        fab_learning learning;
        assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
        flat += learning.verdict == FAB_LEARNING_FLAT;
        if (learning.verdict == FAB_LEARNING_FLAT) {
            assert_true(isnan(learning.halflife_days.value));
            assert_true(learning.d0_mature_per_cm2.value == learning.d0_start_per_cm2.value);
            assert_close(learning.d0_start_per_cm2.value, 0.3, 0, 4 * learning.d0_start_per_cm2.error);
            assert_non_null(strstr(fab_learning_verdict_text(learning.verdict), "no trend"));
            fab_yield_forecast near, far;
            assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY, 0, 1, 1e4, &near), FAB_OK);
            assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 3000, 0, 1, 1e4, &far), FAB_OK);
            assert_close(far.unit_yield.p50, near.unit_yield.p50, 1e-14, 0);
        }
        fab_lots_fini(&lots);
    }
    /* 1 % by the size of the test, which is not exact for a curve */
    assert_true(flat >= 27);
    gsl_rng_free(rng);
}

/* A short look at a long curve shows a trend and not its end: the mature D0 is not claimed, and its band is wide. */
static void test_trend(void **state)
{
    enum { RUNS = 40 };
    const struct truth truth = {.start = 0.9, .mature = 0.15, .halflife = 300, .rho = 0.004};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int trends = 0, hits = 0;
    for (unsigned long seed = 1; seed <= RUNS; seed++) {
        gsl_rng_set(rng, seed);
        fab_lots lots = simulate(*state, rng, &truth, 100, 200);
        fab_learning learning;
        assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
        assert_int_not_equal(learning.verdict, FAB_LEARNING_FLAT);
        trends += learning.verdict == FAB_LEARNING_TREND;
        hits += learning.d0_mature_per_cm2.low < truth.mature && truth.mature < learning.d0_mature_per_cm2.high;
        fab_yield_forecast near, far;
        assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 200, 0, 10, 1e4, &near), FAB_OK);
        assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 600, 0, 10, 1e4, &far), FAB_OK);
        if (learning.verdict == FAB_LEARNING_TREND)
            assert_true(far.common_error > 1.5 * near.common_error);
        fab_lots_fini(&lots);
    }
    /* a plateau that noise made: 1 % by the size of the test */
    assert_true(trends >= RUNS - 1);
    assert_true(hits >= RUNS * 3 / 4);
    gsl_rng_free(rng);
}

/* The 80 % band p10..p90 holds the mean of new lots in 80 % of histories; half lie below p50. */
static void test_forecast_coverage(void **state)
{
    enum { RUNS = 120, LOTS = 4 };
    const struct truth truth = {.start = 0.9, .mature = 0.12, .halflife = 80, .rho = 0.004};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20260104);
    int below10 = 0, below50 = 0, below90 = 0;
    for (int run = 0; run < RUNS; run++) {
        fab_lots lots = simulate(*state, rng, &truth, 100, 300);
        fab_learning learning;
        fab_yield_forecast forecast;
        assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
        assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 400, 0, LOTS, DIE_PER_LOT, &forecast), FAB_OK);
        double mean = 0;
        for (int i = 0; i < LOTS; i++)
            mean += gsl_ran_binomial(rng, draw_lot(rng, &truth, 400), DIE_PER_LOT) / (double)DIE_PER_LOT / LOTS;
        below10 += mean < forecast.unit_yield.p10;
        below50 += mean < forecast.unit_yield.p50;
        below90 += mean < forecast.unit_yield.p90;
        fab_lots_fini(&lots);
    }
    /* within 3.5 binomial standard deviations */
    assert_in_range(below10, 1, (int)(0.1 * RUNS + 3.5 * sqrt(0.09 * RUNS)));
    assert_in_range(below50, (int)(0.5 * RUNS - 3.5 * sqrt(0.25 * RUNS)), (int)(0.5 * RUNS + 3.5 * sqrt(0.25 * RUNS)));
    assert_in_range(below90, (int)(0.9 * RUNS - 3.5 * sqrt(0.09 * RUNS)), RUNS - 1);
    gsl_rng_free(rng);
}

static void test_forecast_parts(void **state)
{
    const struct truth truth = {.start = 0.9, .mature = 0.12, .halflife = 100, .rho = 0.004};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 9);
    fab_lots lots = simulate(*state, rng, &truth, 200, 400);
    fab_learning learning;
    fab_yield_forecast one, hundred, large;
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 450, 0, 1, 1e4, &one), FAB_OK);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 450, 0, 100, 1e4, &hundred), FAB_OK);
    assert_close(hundred.common_error, one.common_error, 1e-12, 0);
    assert_close(hundred.lot_error, one.lot_error / 10, 1e-12, 0);
    assert_true(hundred.unit_yield.p10 > one.unit_yield.p10 && hundred.unit_yield.p90 < one.unit_yield.p90);
    assert_close(hundred.unit_yield.p50, one.unit_yield.p50, 1e-14, 0);
    assert_true(one.unit_yield.p10 < one.unit_yield.p50 && one.unit_yield.p50 < one.unit_yield.p90);
    assert_true(one.d0_per_cm2.p10 < one.d0_per_cm2.p50 && one.d0_per_cm2.p50 < one.d0_per_cm2.p90);
    /* a larger die of the same process: the same D0, a lower yield */
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY + 450, 5, 1, 1e4, &large), FAB_OK);
    assert_close(large.d0_per_cm2.p90, one.d0_per_cm2.p90, 1e-14, 0);
    assert_close(large.unit_yield.p50, 0.95 * pow(1 + 5 * large.d0_per_cm2.p50 / 3, -3), 1e-12, 0);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY, 0, 0, 1e4, &one), FAB_INPUT);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY, 0, 1, NAN, &one), FAB_INPUT);
    assert_int_equal(fab_learning_forecast(*state, &learning, START_DAY, -1, 1, 1, &one), FAB_INPUT);
    fab_lots_fini(&lots);
    gsl_rng_free(rng);
}

static void test_domain(void **state)
{
    fab_wafer_result wafers[] = {{100, 90, 0, START_DAY}, {100, 91, 1, START_DAY + 10}, {100, 94, 2, START_DAY + 20}};
    fab_lots lots;
    fab_learning learning;
    assert_int_equal(fab_lots_init(*state, wafers, 3, &lots), FAB_OK);
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_OK);
    assert_int_equal(learning.verdict, FAB_LEARNING_FLAT);
    fab_learning_options wrong[] = {options, options, options, options, options, options};
    wrong[0].area_cm2 = 0;
    wrong[1].systematic_yield = 1.1;
    wrong[2].systematic_yield = 0.9; /* below the yield of the lots */
    wrong[3].confidence = 1;
    wrong[4].defects.alpha = -1;
    wrong[5].area_cm2 = INFINITY;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(fab_learning_fit(*state, &lots, &wrong[i], &learning), FAB_INPUT);
    lots.count = 2;
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_INPUT);
    lots.count = 3;
    for (int i = 0; i < 3; i++)
        lots.lots[i].good = 0;
    assert_int_equal(fab_learning_fit(*state, &lots, &options, &learning), FAB_INPUT);
    fab_lots_fini(&lots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_curve),          cmocka_unit_test(test_repair), cmocka_unit_test(test_exact_history),
        cmocka_unit_test(test_flat),           cmocka_unit_test(test_trend),  cmocka_unit_test(test_forecast_coverage),
        cmocka_unit_test(test_forecast_parts), cmocka_unit_test(test_domain),
    };
    return cmocka_run_group_tests(tests, context_set_up, context_tear_down);
}
