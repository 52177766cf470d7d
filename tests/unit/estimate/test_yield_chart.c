/* Control charts of lots that do not change: few of them may be flagged, however few or clustered the defects are; and those that do must be.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "context_fixture.h"
#include "spc_exact.h"
#include "yield_chart.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

enum { LOTS = 200, TESTED = 24000 };

/* A source of lots whose expected bad die are `bad`, of the variance `inflation` times the binomial one; the curve is the pooled yield. */
static void draw_lots(gsl_rng *rng, double bad, double inflation, struct yield_point *points, struct yield_source *source)
{
    double share = bad / TESTED, weight = (TESTED - 1) / (inflation - 1) - 1, good = 0;
    for (int i = 0; i < LOTS; i++) {
        double p = inflation > 1 ? gsl_ran_beta(rng, share * weight, (1 - share) * weight) : share;
        points[i] = (struct yield_point){.lot = i, .day = i, .wafers = 10, .tested = TESTED, .good = TESTED - gsl_ran_binomial(rng, p, TESTED)};
        good += points[i].good;
    }
    *source = (struct yield_source){.points = points, .point_count = LOTS, .mean_screened = good / LOTS / TESTED};
    for (int i = 0; i < LOTS; i++)
        points[i].expected = (good + 0.5) / (1.0 * LOTS * TESTED + 1);
}

static void few_lots_are_flagged_by_chance(void **state)
{
    enum { RUNS = 30 };
    static const double levels[] = {0.05, 0.1, 0.3, 0.6, 1, 1.7, 2.5, 3.5, 4.9, 5.1, 7, 8.3, 9.6, 14, 20, 24.6, 26, 40, 100, 400, 2000, 9000, 12000, 23000, 23990, 23998};
    static const double inflations[] = {1, 2, 5, 20};
    struct yield_point points[LOTS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 15);
    for (size_t v = 0; v < sizeof inflations / sizeof *inflations; v++)
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
            size_t flagged = 0, shifted = 0, lots = 0;
            for (int run = 0; run < RUNS; run++) {
                struct yield_source source;
                struct yield_chart chart;
                draw_lots(rng, levels[k], inflations[v], points, &source);
                if (fab_yield_chart_init(*state, &source, &chart) != FAB_OK)
                    continue; /* no bad die at all */
                lots += LOTS;
                flagged += chart.signals;
                for (int i = 0; i < LOTS; i++)
                    shifted += chart.points[i].ewma_side != YIELD_WITHIN;
                fab_yield_chart_fini(&chart);
            }
            if (flagged * 200 > lots || shifted * 100 > lots)
                fail_msg("%g bad die of %d expected, variance x %g: of %zu lots %zu are flagged, %zu shifted", levels[k], TESTED, inflations[v], lots,
                         flagged, shifted);
        }
    gsl_rng_free(rng);
}

/* One bad die of 24,000, in ten lots: chance, with its probability beside it; twelve in one lot are none. */
static void one_bad_die_is_no_signal(void **state)
{
    enum { FEW = 10, DIE = 2400 };
    struct yield_point points[FEW];
    struct yield_chart chart;
    struct yield_source source = {.points = points, .point_count = FEW, .mean_screened = 1 - 1.0 / (FEW * DIE)};
    for (int bad = 1; bad <= 12; bad += 11) {
        for (int i = 0; i < FEW; i++)
            points[i] = (struct yield_point){
                .lot = i, .day = 3 * i, .wafers = 4, .tested = DIE, .good = DIE - (i == 4 ? bad : 0), .expected = source.mean_screened};
        assert_int_equal(fab_yield_chart_init(*state, &source, &chart), FAB_OK);
        assert_int_equal(chart.signals, bad == 12);
        assert_int_equal(chart.points[4].side, bad == 12 ? YIELD_BELOW : YIELD_WITHIN);
        assert_true(bad == 12 || chart.points[FEW - 1].ewma_side == YIELD_WITHIN);
        for (int i = 0; i < FEW; i++)
            assert_true(chart.points[i].probability > 0 && (chart.points[i].probability < 0.0027) == (bad == 12 && i == 4));
        /* twice the chance of a bad die among 2400 of a share 1/24000 */
        if (bad == 1)
            assert_close(chart.points[4].probability, 2 * (1 - pow(1 - 1.0 / (FEW * DIE), DIE)), 1e-9, 0);
        fab_yield_chart_fini(&chart);
    }
}

/* The exact law against GSL's binomial tails, on either side and for good die that are the rare ones. */
static void exact_limits_are_those_of_the_law(void **state)
{
    (void)state;
    for (int good_is_rare = 0; good_is_rare < 2; good_is_rare++)
        for (unsigned bad = 0; bad < 30; bad++) {
            const double share = 0.005;
            const unsigned n = 1500;
            const fab_spc_law law = {n, good_is_rare ? share : 1 - share, 1};
            fab_spc_exact_point point;
            fab_spc_exact(&law, good_is_rare ? bad : n - bad, &point);
            double least = gsl_cdf_binomial_P(bad, share, n), most = bad > 0 ? gsl_cdf_binomial_Q(bad - 1, share, n) : 1;
            assert_close(point.probability, fmin(1, 2 * fmin(least, most)), 1e-9, 0);
            int rare_side = least <= 0.00134989803 ? -1 : most <= 0.00134989803 ? 1 : 0;
            assert_int_equal(point.side, good_is_rare ? rare_side : -rare_side);
            assert_true((point.score > 0) == (good_is_rare ? least > most : least < most));
        }
    assert_true(fab_spc_law_is_skewed(&(fab_spc_law){24000, 1 - 5.0 / 24000, 1}));
    assert_false(fab_spc_law_is_skewed(&(fab_spc_law){24000, 0.9, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_bad_die_is_no_signal),
        cmocka_unit_test(exact_limits_are_those_of_the_law),
        cmocka_unit_test(few_lots_are_flagged_by_chance),
    };
    return cmocka_run_group_tests(tests, context_set_up, context_tear_down);
}
