/* Gross die against published counts, a count die by die, and the theorem on the mean over phases.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "yield.h"

#include <stdlib.h>

/* Rotations by multiples of the golden ratio fill the square of phases evenly. */
enum { PHASES = 200 };

static fab_die_geometry wafer300(double width_mm, double height_mm)
{
    return (fab_die_geometry){.width_mm = width_mm, .height_mm = height_mm, .scribe_mm = 0.1, .edge_mm = 3, .wafer_mm = 300};
}

static void test_four_phases(void **state)
{
    (void)state;
    static const struct {
        double width_mm, height_mm;
        long cc, cs, sc, ss, best;
    } rows[] = {
        {10, 10, 597, 612, 612, 616, 616}, {26, 33, 57, 56, 58, 64, 64},         {20, 21.5, 125, 128, 134, 124, 134},
        {11, 11, 497, 506, 506, 500, 506}, {5, 5, 2493, 2500, 2500, 2488, 2500},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fab_die_geometry geometry = wafer300(rows[i].width_mm, rows[i].height_mm);
        assert_int_equal(fab_gross_die_at(&geometry, 0, 0), rows[i].cc);
        assert_int_equal(fab_gross_die_at(&geometry, 0, 0.5), rows[i].cs);
        assert_int_equal(fab_gross_die_at(&geometry, 0.5, 0), rows[i].sc);
        assert_int_equal(fab_gross_die_at(&geometry, 0.5, 0.5), rows[i].ss);
        assert_int_equal(fab_gross_die(&geometry), rows[i].best);
    }
}

static void test_gdw_counts(void **state)
{
    (void)state;
    fab_die_geometry square = {.width_mm = 20, .height_mm = 20, .edge_mm = 3, .wafer_mm = 300};
    assert_int_equal(fab_gross_die_at(&square, 0.5, 0.5), 148);
    /* 150 mm: the flat of SEMI M1 is 57.5 mm long and takes the lowest row of ten */
    fab_die_geometry flat = {.width_mm = 5, .height_mm = 5, .edge_mm = 5, .wafer_mm = 150, .flat_mm = 57.5};
    assert_int_equal(fab_gross_die_at(&flat, 0.5, 0.5), 546);
    flat.flat_mm = 0;
    assert_int_equal(fab_gross_die_at(&flat, 0.5, 0.5), 556);
}

static long count_one_by_one(const fab_die_geometry *g, double phase_x, double phase_y)
{
    double radius = g->wafer_mm / 2 - g->edge_mm;
    long dies = 0;
    for (int i = -200; i <= 200; i++)
        for (int j = -200; j <= 200; j++) {
            double x = (i + phase_x) * (g->width_mm + g->scribe_mm);
            double y = (j + phase_y) * (g->height_mm + g->scribe_mm);
            dies += hypot(fabs(x) + g->width_mm / 2, fabs(y) + g->height_mm / 2) <= radius;
        }
    return dies;
}

static void test_one_by_one(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        fab_die_geometry geometry = wafer300(2.03 + 0.37 * i, 31.7 - 0.43 * i);
        double phase_x = fmod(0.618 * i, 1), phase_y = fmod(0.414 * i, 1);
        assert_int_equal(fab_gross_die_at(&geometry, phase_x, phase_y), count_one_by_one(&geometry, phase_x, phase_y));
        assert_int_equal(fab_gross_die_at(&geometry, phase_x + 3, phase_y - 2), fab_gross_die_at(&geometry, phase_x, phase_y));
        assert_int_equal(fab_gross_die_at(&geometry, -phase_x, -phase_y), fab_gross_die_at(&geometry, phase_x, phase_y));
    }
}

/* Area{(x, y): (|x| + w/2)^2 + (|y| + h/2)^2 <= R^2} / (pitch_x pitch_y), by the midpoint rule. */
static double mean_over_phases(const fab_die_geometry *g)
{
    enum { STEPS = 2000000 };
    double radius = g->wafer_mm / 2 - g->edge_mm;
    double reach = sqrt(radius * radius - g->height_mm * g->height_mm / 4) - g->width_mm / 2;
    double area = 0;
    for (int i = 0; i < STEPS; i++) {
        double corner = (i + 0.5) / STEPS * reach + g->width_mm / 2;
        area += 4 * (sqrt(radius * radius - corner * corner) - g->height_mm / 2) * reach / STEPS;
    }
    return area / ((g->width_mm + g->scribe_mm) * (g->height_mm + g->scribe_mm));
}

static double sampled_mean(const fab_die_geometry *geometry)
{
    double sum = 0;
    for (int i = 0; i < PHASES; i++)
        for (int j = 0; j < PHASES; j++)
            sum += (double)fab_gross_die_at(geometry, (i + 0.5) / PHASES, fmod(0.6180339887498949 * (i + (double)PHASES * j), 1));
    return sum / ((double)PHASES * PHASES);
}

static void test_mean_over_phases(void **state)
{
    (void)state;
    fab_die_geometry square = wafer300(10, 10), field = wafer300(26, 33), small = wafer300(4.1, 7.3);
    assert_close(mean_over_phases(&square), 608.8404, 0, 1e-4);
    assert_close(sampled_mean(&square), 608.8404, 1e-4, 0);
    assert_close(sampled_mean(&field), mean_over_phases(&field), 1e-3, 0);
    assert_close(sampled_mean(&small), mean_over_phases(&small), 1e-4, 0);
}

static void test_touching_corners(void **state)
{
    (void)state;
    /* 6 x 8 die on a 10 mm circle: the corners lie on the circle, whatever the scale does to the binary fractions */
    for (int i = 1; i < 1000; i++) {
        double scale = 0.1 * i;
        fab_die_geometry one = {.width_mm = 6 * scale, .height_mm = 8 * scale, .wafer_mm = 10 * scale};
        assert_int_equal(fab_gross_die_at(&one, 0, 0), 1);
        one.width_mm *= 1.000001;
        assert_int_equal(fab_gross_die_at(&one, 0, 0), 0);
    }
    /* 2 x 2 dies of 3 x 4 fill the same circle */
    fab_die_geometry four = {.width_mm = 3, .height_mm = 4, .wafer_mm = 10};
    assert_int_equal(fab_gross_die_at(&four, 0.5, 0.5), 4);
}

static void test_monotony(void **state)
{
    (void)state;
    long before = 1000000;
    for (double edge = 0; edge < 150; edge += 0.5) {
        fab_die_geometry geometry = {.width_mm = 7, .height_mm = 9, .scribe_mm = 0.08, .edge_mm = edge, .wafer_mm = 300};
        long dies = fab_gross_die_at(&geometry, 0.5, 0);
        assert_true(dies <= before);
        before = dies;
    }
    assert_int_equal(before, 0);
}

static void test_domain(void **state)
{
    (void)state;
    const fab_die_geometry wrong[] = {
        {.width_mm = 0, .height_mm = 5, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = -5, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = NAN, .height_mm = 5, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = INFINITY, .height_mm = 5, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = 5, .scribe_mm = -0.1, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = 5, .edge_mm = 150, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = 5, .edge_mm = -1, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = 5, .edge_mm = 3, .wafer_mm = INFINITY},
        {.width_mm = 1e-300, .height_mm = 5, .edge_mm = 3, .wafer_mm = 300},
        {.width_mm = 5, .height_mm = 5, .edge_mm = 3, .wafer_mm = 300, .flat_mm = 300},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(fab_gross_die(&wrong[i]), 0);
    fab_die_geometry geometry = wafer300(10, 10), large = wafer300(290, 290);
    assert_int_equal(fab_gross_die_at(&geometry, NAN, 0), 0);
    assert_int_equal(fab_gross_die_at(&geometry, 0, INFINITY), 0);
    assert_int_equal(fab_gross_die(&large), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four_phases),      cmocka_unit_test(test_gdw_counts),       cmocka_unit_test(test_one_by_one),
        cmocka_unit_test(test_mean_over_phases), cmocka_unit_test(test_touching_corners), cmocka_unit_test(test_monotony),
        cmocka_unit_test(test_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
