/* Defect models against published figures and against values computed with 60 decimal digits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "yield.h"

#include <float.h>
#include <stdlib.h>

static const fab_defects POISSON = {.model = FAB_YIELD_POISSON};
static const fab_defects MURPHY = {.model = FAB_YIELD_MURPHY};
static const fab_defects SEEDS = {.model = FAB_YIELD_SEEDS};

static fab_defects nb(double alpha)
{
    return (fab_defects){.model = FAB_YIELD_NEGATIVE_BINOMIAL, .alpha = alpha};
}

static fab_defects bose(double layers)
{
    return (fab_defects){.model = FAB_YIELD_BOSE_EINSTEIN, .critical_layers = layers};
}

static double yield_of(fab_defects defects, double l)
{
    return fab_yield_die(&defects, 1, l);
}

static void test_names(void **state)
{
    (void)state;
    fab_yield_model model;
    assert_true(fab_yield_model_find("poisson", &model) && model == FAB_YIELD_POISSON);
    assert_true(fab_yield_model_find("murphy", &model) && model == FAB_YIELD_MURPHY);
    assert_true(fab_yield_model_find("seeds", &model) && model == FAB_YIELD_SEEDS);
    assert_true(fab_yield_model_find("bose_einstein", &model) && model == FAB_YIELD_BOSE_EINSTEIN);
    assert_true(fab_yield_model_find("negative_binomial", &model) && model == FAB_YIELD_NEGATIVE_BINOMIAL);
    assert_false(fab_yield_model_find("Poisson", &model));
    assert_false(fab_yield_model_find("", &model));
    assert_false(fab_yield_model_find(NULL, &model));
}

static void test_table_of_models(void **state)
{
    (void)state;
    static const double rows[][6] = {
        {0.5, 0.606531, 0.619272, 0.666667, 0.640000, 0.629738},
        {1, 0.367879, 0.399576, 0.5, 0.444444, 0.421875},
        {3, 0.049787, 0.100323, 0.25, 0.16, 0.125},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double *row = rows[i];
        assert_close(yield_of(POISSON, row[0]), row[1], 0, 5e-7);
        assert_close(yield_of(MURPHY, row[0]), row[2], 0, 5e-7);
        assert_close(yield_of(SEEDS, row[0]), row[3], 0, 5e-7);
        assert_close(yield_of(nb(2), row[0]), row[4], 0, 5e-7);
        assert_close(yield_of(nb(3), row[0]), row[5], 0, 5e-7);
    }
}

static void test_published(void **state)
{
    (void)state;
    const double tolerance = 6e-10;
    fab_defects alpha4 = nb(4), alpha10 = nb(10), layers2 = bose(2), layers8 = bose(8);
    /* Hennessy & Patterson, 4th ed. */
    assert_close(fab_yield_die(&alpha4, 2.25, 0.4), 0.444074305, 0, tolerance);
    assert_close(fab_yield_die(&alpha4, 1.00, 0.4), 0.683013455, 0, tolerance);
    /* N5 test chip, IEDM 2019 */
    assert_close(fab_yield_die(&MURPHY, 1.00, 1.271), 0.320412174, 0, tolerance);
    assert_close(fab_yield_die(&MURPHY, 0.1792, 1.271), 0.799761228, 0, tolerance);
    /* 18A discussion */
    assert_close(fab_yield_die(&MURPHY, 8.58, 0.4), 0.079499971, 0, tolerance);
    /* chiplets-cost-model */
    assert_close(fab_yield_die(&layers2, 3.7814, 0.1), 0.526518122, 0, tolerance);
    /* Feng & Ma, DAC 2022 */
    assert_close(fab_yield_die(&alpha10, 8.0, 0.09), 0.498944393, 0, tolerance);
    /* HBM stack: 0.9 a layer */
    assert_close(fab_yield_die(&layers8, 1, 1 / 0.9 - 1), 0.43046721, 0, 1e-15);
}

/* Columns: l, Poisson, Murphy, Seeds, NB 2, NB 0.3, NB 1e9; 60-digit arithmetic on the double l. */
static const double precise[][7] = {
    {1e-12, 0.99999999999900002, 0.99999999999900002, 0.99999999999900002, 0.99999999999900002, 0.99999999999900002, 0.99999999999900002},
    {1e-6, 0.99999900000050002, 0.99999900000058328, 0.99999900000099995, 0.99999900000075004, 0.99999900000216668, 0.99999900000050002},
    {1e-3, 0.99900049983337502, 0.99900058308341944, 0.99900099900099903, 0.99900074950031226, 0.99900216114481299, 0.99900049983337547},
    {0.02, 0.98019867330675525, 0.98023134703151249, 0.98039215686274506, 0.98029604940692094, 0.98082467474608315, 0.98019867330695132},
    {0.7, 0.49658530379140953, 0.51719664563017853, 0.58823529411764708, 0.54869684499314131, 0.69684530193594896, 0.49658530391307293},
    {5, 0.006737946999085467, 0.039462780237263663, 0.16666666666666666, 0.081632653061224483, 0.42252617245468965, 0.0067379470833098046},
    {50, 1.9287498479639178e-22, 0.00040000000000000002, 0.019607843137254902, 0.0014792899408284023, 0.21511266509065083,
     1.9287522589026541e-22},
    {300, 5.1482002224120135e-131, 1.1111111111111112e-05, 0.0033222591362126247, 4.3857725538353582e-05, 0.125854797947303,
     5.1484318965883172e-131},
    {700, 9.8596765437597708e-305, 2.0408163265306121e-06, 0.0014265335235378032, 8.1168172336263505e-06, 0.097622772723339676,
     9.8620924593231373e-305},
};

static void test_precision(void **state)
{
    (void)state;
    const fab_defects models[] = {POISSON, MURPHY, SEEDS, nb(2), nb(0.3), nb(1e9)};
    for (size_t i = 0; i < sizeof precise / sizeof *precise; i++)
        for (size_t j = 0; j < sizeof models / sizeof *models; j++)
            assert_close(yield_of(models[j], precise[i][0]), precise[i][j + 1], 4 * DBL_EPSILON, 0);
}

static void test_orderings_and_monotony(void **state)
{
    (void)state;
    double before[4] = {1, 1, 1, 1};
    for (double l = 1e-3; l < 600; l *= 1.07) {
        const double now[4] = {yield_of(POISSON, l), yield_of(nb(10), l), yield_of(MURPHY, l), yield_of(SEEDS, l)};
        for (int i = 0; i < 4; i++) {
            assert_true(now[i] > 0 && now[i] < before[i]);
            assert_true(i == 0 || now[i - 1] < now[i]);
            before[i] = now[i];
        }
    }
    for (double alpha = 1e-2; alpha < 1e12; alpha *= 3)
        assert_true(yield_of(nb(3 * alpha), 2) < yield_of(nb(alpha), 2));
}

static void test_limits(void **state)
{
    (void)state;
    const fab_defects models[] = {POISSON, MURPHY, SEEDS, nb(2), nb(1e-3), bose(7)};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        assert_true(yield_of(models[i], 0) == 1.0);
        assert_true(yield_of(models[i], 1e-300) == 1.0);
        assert_true(yield_of(models[i], 1e5) >= 0);
        assert_true(yield_of(models[i], INFINITY) == 0.0);
    }
    assert_true(yield_of(POISSON, 1e4) == 0.0);
    assert_close(yield_of(MURPHY, 1e4), 1e-8, 1e-14, 0);
    for (double l = 1e-4; l < 700; l *= 3) {
        assert_close(yield_of(nb(INFINITY), l), exp(-l), 1e-12, 0);
        assert_close(yield_of(nb(1e20), l), exp(-l), 1e-12, 0);
        assert_close(yield_of(nb(1), l), yield_of(SEEDS, l), 4 * DBL_EPSILON, 0);
        assert_close(yield_of(bose(1), l), yield_of(SEEDS, l), 4 * DBL_EPSILON, 0);
        assert_close(yield_of(bose(3), l), pow(1 + l, -3), 1e-14, 0);
    }
}

static void test_inverse(void **state)
{
    (void)state;
    const fab_defects models[] = {POISSON, MURPHY, SEEDS, nb(0.5), nb(4), nb(1e8), nb(INFINITY), bose(12)};
    static const double areas[] = {0.01, 1, 8.58};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        for (size_t j = 0; j < sizeof areas / sizeof *areas; j++) {
            for (double yield = 0.999999; yield > 1e-9; yield *= 0.93) {
                double d0 = fab_yield_d0(&models[i], areas[j], yield);
                assert_close(fab_yield_die(&models[i], areas[j], d0), yield, 1e-14, 0);
            }
            for (double d0 = 1e-7; d0 < 1; d0 *= 1.7) {
                double yield = fab_yield_die(&models[i], areas[j], d0);
                /* the yield's own rounding, half an ulp of 1, is eps / l in the D0 that it means */
                double l = areas[j] * d0;
                assert_close(fab_yield_d0(&models[i], areas[j], yield), d0, 1e-14 + 2 * DBL_EPSILON * (1 + l) / l, 0);
            }
            assert_true(fab_yield_d0(&models[i], areas[j], 1) == 0.0);
        }
    assert_close(fab_yield_d0(&MURPHY, 8.58, 0.079499971), 0.4, 1e-7, 0);
    assert_close(fab_yield_d0(&MURPHY, 1, 1e-300), 1e150, 1e-14, 0);
    assert_close(fab_yield_d0(&MURPHY, 1, 1 - 1e-10), 1e-10, 1e-6, 0);
}

static double repaired_yield(fab_defects defects, int repairable, double area_cm2, double d0_per_cm2)
{
    defects.repairable = repairable;
    return fab_yield_die(&defects, area_cm2, d0_per_cm2);
}

static void test_repair(void **state)
{
    (void)state;
    static const struct {
        int repairable;
        double yield;
    } rows[] = {{0, .444444444}, {1, .740740741}, {2, .888888889}, {4, .982167353}, {8, .999644363}};
    fab_defects alpha2 = nb(2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_close(repaired_yield(alpha2, rows[i].repairable, 1, 1), rows[i].yield, 0, 6e-10);
    /* 60-digit sums; at l = 20000 the first term is 1e-8686 */
    fab_defects half = nb(0.5), alpha4 = nb(4);
    assert_close(repaired_yield(POISSON, 20100, 1, 20000), 0.76152787809312561, 1e-13, 0);
    assert_close(repaired_yield(half, 300, 1, 900), 0.4367300434417129, 1e-14, 0);
    assert_close(repaired_yield(POISSON, 3, 1, 2), 0.85712346049854704, 1e-15, 0);
    assert_close(repaired_yield(alpha4, 1, 1, 3000), 1.5701725443724281e-11, 1e-14, 0);
    /* geometric: 1 - (l / (1 + l))^(R + 1) */
    assert_close(repaired_yield(SEEDS, 6, 2, 1.5), 1 - pow(0.75, 7), 1e-14, 0);
    assert_true(repaired_yield(POISSON, 5, 1, 0) == 1.0);
    assert_close(repaired_yield(POISSON, 2147483647, 1, 1e-3), 1, 0, 1e-15);
    double before = 0;
    for (int repairable = 0; repairable < 40; repairable++) {
        double yield = repaired_yield(half, repairable, 1, 5);
        assert_true(yield > before && yield <= 1);
        before = yield;
    }
    assert_true(isnan(repaired_yield(MURPHY, 1, 1, 1)));
    fab_defects layers = bose(3);
    assert_true(isnan(repaired_yield(layers, 1, 1, 1)));
    assert_true(isnan(repaired_yield(POISSON, -1, 1, 1)));
    assert_close(repaired_yield(MURPHY, 0, 1, 1), 0.399576, 0, 5e-7);
}

static void test_inverse_with_repair(void **state)
{
    (void)state;
    fab_defects models[] = {POISSON, SEEDS, nb(0.5), nb(4), nb(1e8)};
    static const int repairable[] = {1, 2, 8, 100};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        for (size_t j = 0; j < sizeof repairable / sizeof *repairable; j++) {
            models[i].repairable = repairable[j];
            double before = 0;
            for (double yield = 0.999999; yield > 1e-9; yield *= 0.93) {
                double d0 = fab_yield_d0(&models[i], 1.7, yield);
                assert_true(d0 > before);
                assert_close(fab_yield_die(&models[i], 1.7, d0), yield, 1e-13, 0);
                before = d0;
            }
            assert_true(fab_yield_d0(&models[i], 1, 1) == 0.0);
        }
    /* repair of one defect, Poisson: (1 + l) e^-l; geometric: 1 - (l / (1 + l))^2 */
    fab_defects one = POISSON, geometric = SEEDS, murphy = MURPHY;
    one.repairable = geometric.repairable = murphy.repairable = 1;
    assert_close(fab_yield_d0(&one, 1, 4 * exp(-3)), 3, 1e-13, 0);
    assert_close(fab_yield_d0(&geometric, 2, 0.75), 0.5, 1e-13, 0);
    assert_true(isnan(fab_yield_d0(&murphy, 1, 0.5)));
    one.repairable = -1;
    assert_true(isnan(fab_yield_d0(&one, 1, 0.5)));
}

static void test_partial_good(void **state)
{
    (void)state;
    fab_defects alpha2 = nb(2), quarter = nb(0.25), alpha3 = nb(3), layers12 = bose(12), wide = nb(1e10);
    assert_close(fab_yield_partial_good(&alpha2, 0.2, 10, 10, 1, 0.1), .756143667, 0, 6e-10);
    assert_close(fab_yield_partial_good(&alpha2, 0.2, 10, 9, 1, 0.1), .889382279, 0, 6e-10);
    assert_close(fab_yield_partial_good(&alpha2, 0.2, 10, 8, 1, 0.1), .905370497, 0, 6e-10);
    /* inclusion-exclusion with 120 digits */
    assert_close(fab_yield_partial_good(&alpha2, 0.02, 64, 60, 1, 0.5), 0.63900835509210063, 1e-12, 0);
    assert_close(fab_yield_partial_good(&POISSON, 0.02, 64, 60, 1, 0.5), 0.6062537113292561, 1e-12, 0);
    assert_close(fab_yield_partial_good(&quarter, 0.03, 144, 132, 1, 0.8), 0.69656086699506092, 1e-12, 0);
    assert_close(fab_yield_partial_good(&alpha3, 50, 8, 3, 400, 1), 3.9524699819247988e-07, 1e-12, 0);
    assert_close(fab_yield_partial_good(&layers12, 0.5, 6, 4, 2, 0.05), 0.26780852083895701, 1e-12, 0);
    assert_close(fab_yield_partial_good(&wide, 0.5, 6, 4, 2, 0.25), 0.59158036957981786, 1e-12, 0);
}

static void test_partial_good_bounds(void **state)
{
    (void)state;
    const fab_defects models[] = {POISSON, SEEDS, nb(0.1), nb(30), nb(1e16), bose(5)};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        double before = fab_yield_die(&models[i], 0.7, 0.3);
        assert_close(fab_yield_partial_good(&models[i], 0.1, 24, 0, 0.7, 0.3), before, 1e-14, 0);
        for (int needed = 1; needed <= 24; needed++) {
            double yield = fab_yield_partial_good(&models[i], 0.1, 24, needed, 0.7, 0.3);
            assert_true(yield <= before * (1 + 1e-12));
            before = yield;
        }
        assert_close(before, fab_yield_die(&models[i], 3.1, 0.3), 1e-13, 0);
        assert_close(fab_yield_partial_good(&models[i], 0.1, 24, 20, 0.7, 0), 1, 1e-13, 0);
    }
    /* independent cores: 3000 of them, one may fail */
    double q = exp(-1e-4);
    assert_close(fab_yield_partial_good(&POISSON, 1e-3, 3000, 2999, 0, 0.1), pow(q, 3000) + 3000 * pow(q, 2999) * (1 - q), 1e-9, 0);
    assert_close(fab_yield_partial_good(&MURPHY, 0.1, 10, 10, 1, 0.635), fab_yield_die(&MURPHY, 2, 0.635), 1e-15, 0);
    assert_true(isnan(fab_yield_partial_good(&MURPHY, 0.1, 10, 9, 1, 0.635)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, 0.1, 10, 11, 1, 0.1)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, 0.1, -1, -1, 1, 0.1)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, -0.1, 10, 5, 1, 0.1)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, 0.1, 10, 5, -1, 0.1)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, 0.1, 10, 5, 1, INFINITY)));
    assert_true(isnan(fab_yield_partial_good(&POISSON, 0.1, FAB_CORES_MAX + 1, 5, 1, 0.1)));
}

static void test_domain(void **state)
{
    (void)state;
    const fab_defects models[] = {POISSON, MURPHY, SEEDS, nb(2), bose(2)};
    static const double bad[] = {-1e-9, NAN, -INFINITY};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        for (size_t j = 0; j < sizeof bad / sizeof *bad; j++) {
            assert_true(isnan(fab_yield_die(&models[i], bad[j], 0.1)));
            assert_true(isnan(fab_yield_die(&models[i], 1, bad[j])));
            assert_true(isnan(fab_yield_d0(&models[i], bad[j], 0.5)));
            assert_true(isnan(fab_yield_d0(&models[i], 1, bad[j])));
        }
        assert_true(isnan(fab_yield_die(&models[i], 0, INFINITY)));
        assert_true(isnan(fab_yield_d0(&models[i], 0, 0.5)));
        assert_true(isnan(fab_yield_d0(&models[i], 1, 0)));
        assert_true(isnan(fab_yield_d0(&models[i], 1, 1.0000001)));
    }
    const fab_defects wrong[] = {nb(0), nb(-1), nb(NAN), bose(0), bose(-2), bose(NAN), bose(INFINITY)};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_true(isnan(fab_yield_die(&wrong[i], 1, 0.1)));
        assert_true(isnan(fab_yield_d0(&wrong[i], 1, 0.5)));
        assert_true(isnan(repaired_yield(wrong[i], 2, 1, 0.1)));
        assert_true(isnan(fab_yield_partial_good(&wrong[i], 1, 4, 2, 1, 0.1)));
    }
}

static void test_learned(void **state)
{
    (void)state;
    assert_true(fab_yield_learned(0.8, 0.1, -30, 90) == 0.8);
    assert_true(fab_yield_learned(0.8, 0.1, 0, 90) == 0.8);
    assert_close(fab_yield_learned(0.8, 0.1, 90, 90), 0.45, 1e-15, 0);
    assert_close(fab_yield_learned(0.8, 0.1, 270, 90), 0.1875, 1e-15, 0);
    assert_close(fab_yield_learned(0.8, 0.1, 1e9, 90), 0.1, 1e-15, 0);
    assert_close(fab_yield_learned(0.9, 0.98, 180, 90), 0.96, 1e-15, 0);
    assert_true(isnan(fab_yield_learned(0.8, 0.1, 10, 0)));
    assert_true(isnan(fab_yield_learned(0.8, 0.1, 10, -5)));
    assert_true(isnan(fab_yield_learned(0.8, NAN, -10, 5)));
    assert_true(isnan(fab_yield_learned(0.8, 0.1, NAN, 5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_table_of_models),
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_precision),
        cmocka_unit_test(test_orderings_and_monotony),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_inverse),
        cmocka_unit_test(test_repair),
        cmocka_unit_test(test_inverse_with_repair),
        cmocka_unit_test(test_partial_good),
        cmocka_unit_test(test_partial_good_bounds),
        cmocka_unit_test(test_domain),
        cmocka_unit_test(test_learned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
