/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "context_fixture.h"
#include "counts.h"

#include <stdlib.h>
#include <string.h>

static const fab_wafer_result wafers[] = {
    {.tested = 600, .good = 500, .lot = 7, .day = 10}, {.tested = 600, .good = 420, .lot = 3, .day = 20},
    {.tested = 598, .good = 500, .lot = 7, .day = 12}, {.tested = 600, .good = 500, .lot = 3, .day = 21},
    {.tested = 600, .good = 500, .lot = 7, .day = 11}, {.tested = 50, .good = 0, .lot = -2, .day = -3},
};
enum { COUNT = sizeof wafers / sizeof *wafers };

static void test_cells(void **state)
{
    fab_context *context = *state;
    fab_counts counts;
    assert_int_equal(fab_counts_init(context, wafers, COUNT, &counts), FAB_OK);
    static const fab_count_cell expected[] = {{50, 0, 1}, {598, 500, 1}, {600, 420, 1}, {600, 500, 3}};
    assert_int_equal(counts.cell_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(counts.cells[i].tested, expected[i].tested);
        assert_int_equal(counts.cells[i].good, expected[i].good);
        assert_true(counts.cells[i].wafers == expected[i].wafers);
    }
    assert_true(counts.wafers == 6 && counts.tested == 3048 && counts.good == 2420);
    assert_int_equal(counts.tested_max, 600);
    fab_counts_fini(&counts);
    assert_null(counts.cells);
}

static void test_lots(void **state)
{
    fab_context *context = *state;
    fab_lots lots;
    assert_int_equal(fab_lots_init(context, wafers, COUNT, &lots), FAB_OK);
    assert_int_equal(lots.count, 3);
    assert_int_equal(lots.lots[0].lot, -2);
    assert_int_equal(lots.lots[0].day, -3);
    assert_true(lots.lots[0].chi_square == 0);
    assert_int_equal(lots.lots[1].lot, 3);
    assert_int_equal(lots.lots[1].day, 21); /* 20.5 */
    assert_int_equal(lots.lots[1].wafers, 2);
    assert_true(lots.lots[1].tested == 1200 && lots.lots[1].good == 920);
    /* two wafers 40 die either side of 460 of 600: 2 x 1600 / (600 x 460/600 x 140/600) */
    assert_close(lots.lots[1].chi_square, 3200 / (460 * 140 / 600.0), 1e-12, 0);
    assert_int_equal(lots.lots[2].lot, 7);
    assert_int_equal(lots.lots[2].day, 11);
    assert_int_equal(lots.lots[2].wafers, 3);
    assert_close(lots.wafer_dispersion, (lots.lots[1].chi_square + lots.lots[2].chi_square) / 3, 1e-12, 0);
    fab_lots_fini(&lots);
}

static void test_order_means_nothing(void **state)
{
    fab_context *context = *state;
    fab_wafer_result reversed[COUNT];
    for (int i = 0; i < COUNT; i++)
        reversed[i] = wafers[COUNT - 1 - i];
    fab_lots lots, again;
    assert_int_equal(fab_lots_init(context, wafers, COUNT, &lots), FAB_OK);
    assert_int_equal(fab_lots_init(context, reversed, COUNT, &again), FAB_OK);
    assert_int_equal(lots.count, again.count);
    assert_memory_equal(lots.lots, again.lots, lots.count * sizeof *lots.lots);
    fab_lots_fini(&lots);
    fab_lots_fini(&again);
}

static void test_findings(void **state)
{
    fab_context *context = *state;
    static const fab_wafer_result wrong[] = {
        {.tested = 10, .good = 11}, {.tested = 0, .good = 0}, {.tested = FAB_TESTED_MAX + 1, .good = 0}, {.tested = 10, .good = -1}};
    fab_counts counts;
    fab_lots lots;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(fab_counts_init(context, &wrong[i], 1, &counts), FAB_INPUT);
        assert_null(counts.cells);
        assert_int_equal(fab_lots_init(context, &wrong[i], 1, &lots), FAB_INPUT);
        assert_null(lots.lots);
    }
    assert_non_null(strstr(fab_context_message(context), "wafer 1: -1 good of 10 tested"));
    assert_int_equal(fab_counts_init(context, wrong, 0, &counts), FAB_INPUT);
    assert_int_equal(fab_lots_init(context, wrong, 0, &lots), FAB_INPUT);
    fab_counts_fini(&counts);
    fab_lots_fini(&lots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_lots),
        cmocka_unit_test(test_order_means_nothing),
        cmocka_unit_test(test_findings),
    };
    return cmocka_run_group_tests(tests, context_set_up, context_tear_down);
}
