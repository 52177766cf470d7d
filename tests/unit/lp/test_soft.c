/* Soft rows: the same answers as without the hint, by the way that leaves them out first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "listening_fixture.h"
#include "random_lp.h"
#include "soft.h"

static fab_lp_solution *solve(struct fixture *fixture, const fab_lp *lp, const fab_lp_options *options)
{
    fab_lp_solution *solution = NULL;
    if (fab_lp_solve(fixture->context, lp, options, &solution))
        fail_msg("%s", fab_context_message(fixture->context));
    assert_non_null(solution);
    return solution;
}

static double worth(struct fixture *fixture, const fab_lp *lp)
{
    fab_lp_certificate certificate;
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_int_equal(FAB_OK, fab_lp_check(fixture->context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    fab_lp_solution_free(solution);
    return certificate.objective;
}

/* Two weeks of stock: bought at 3 and 5 (up to 6 each), sold at 10 for up to 4 each week; 3 wanted in stock at each end at 4 and 1 a unit missing, stock costs 1. Worked out by hand: 4 are bought and sold in
 * both weeks; one unit in stock at the first end costs 3 + 1 and saves 4 of the first target and 5 of the second purchase: two are bought (6 in all), two of the second week are for them; nothing
 * is worth buying at 5 for the second target. */
enum { BUY1, BUY2, SELL1, SELL2, STOCK1, STOCK2, BELOW1, BELOW2 };
static fab_lp *two_weeks(struct fixture *fixture, double most_below, bool soft)
{
    static const double cost[] = {-3, -5, 10, 10, -1, -1, -4, -1}, upper[] = {6, 6, 4, 4, 20, 20};
    fab_lp *lp = fab_lp_new("two weeks");
    for (int t = 0; t < 2; t++)
        fab_lp_add_row(lp, "balance", 0, 0);
    for (int t = 0; t < 2; t++)
        fab_lp_add_row(lp, "target", 3, INFINITY);
    for (int j = 0; j <= BELOW2; j++)
        fab_lp_add_column(lp, "x", 0, j < BELOW1 ? upper[j] : most_below, cost[j]);
    for (int t = 0; t < 2; t++) {
        fab_lp_add(lp, t, BUY1 + t, 1);
        fab_lp_add(lp, t, SELL1 + t, -1);
        fab_lp_add(lp, t, STOCK1 + t, -1);
        if (t > 0)
            fab_lp_add(lp, t, STOCK1, 1);
        fab_lp_add(lp, 2 + t, STOCK1 + t, 1);
        fab_lp_add(lp, 2 + t, BELOW1 + t, 1);
        lp->row[2 + t].soft = soft;
    }
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    return lp;
}

static void by_hand(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = two_weeks(fixture, 10, true);
    assert_true(fab_soft_has(lp));
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    static const double x[] = {6, 2, 4, 4, 2, 0, 1, 3};
    for (int j = 0; j <= BELOW2; j++)
        assert_close(solution->x[j], x[j], 1e-14, 1e-14);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* What the rest's answer leaves missing is filled up by the column of the row, and only there. */
static void filled_up(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = two_weeks(fixture, 10, true);
    fab_lp_solution *rest = fab_lp_solution_new(lp);
    memcpy(rest->row_status, "ssbb", 5);
    memcpy(rest->column_status, "bubbllll", 9);
    rest->x[STOCK1] = 3; /* just enough */
    rest->x[STOCK2] = 1;
    assert_int_equal(FAB_OK, fab_soft_fill(fixture->context, lp, rest));
    assert_string_equal("ssbl", rest->row_status);
    assert_string_equal("bubblllb", rest->column_status);
    fab_lp_solution_free(rest);
    fab_lp_free(lp);
}

/* The hint is wrong: the column cannot fill up what is missing, then nothing can. */
static void not_enough_to_fill(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = two_weeks(fixture, 1, true), *hard = two_weeks(fixture, 1, false);
    assert_close(worth(fixture, lp), worth(fixture, hard), 1e-13, 0);
    fab_lp_free(lp);
    fab_lp_free(hard);
    lp = two_weeks(fixture, 10, true);
    lp->column[STOCK1].upper = lp->column[BELOW1].upper = 1;
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    assert_int_equal(FAB_INFEASIBLE, solution->outcome);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

/* A random program with a target for each of its first columns; what is missing has a price of its own. */
static fab_lp *with_targets(struct fixture *fixture, uint64_t seed, double price, bool soft)
{
    static const struct random_shape shape = {60, 80, 0.2, 5, true, 0};
    fab_lp *lp = fab_lp_new("random");
    uint64_t more = seed + 1000;
    make_random(seed, &shape, lp);
    int columns = lp->column_count;
    for (int j = 0; j < columns; j++) {
        double room = lp->column[j].upper - lp->column[j].lower, wanted = lp->column[j].lower + 1.2 * random_unit(&more) * room;
        int row = fab_lp_add_row(lp, "target", wanted, INFINITY), below = fab_lp_add_column(lp, "below", 0, room + fabs(wanted) + 1, -price * random_unit(&more));
        fab_lp_add(lp, row, j, 1);
        fab_lp_add(lp, row, below, 1);
        lp->row[row].soft = soft;
    }
    assert_int_equal(FAB_OK, fab_lp_seal(fixture->context, lp));
    return lp;
}

static void same_worth_as_without_the_hint(void **state)
{
    struct fixture *fixture = *state;
    static const double prices[] = {0, 0.1, 1, 1000};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        fab_lp *lp = with_targets(fixture, seed, prices[seed % 4], true), *hard = with_targets(fixture, seed, prices[seed % 4], false);
        fixture->cold_runs = 0;
        double found = worth(fixture, lp);
        assert_int_equal(1, fixture->cold_runs); /* no other way was needed */
        assert_close(found, worth(fixture, hard), 1e-9, 1e-9);
        fab_lp_free(lp);
        fab_lp_free(hard);
    }
}

/* Pivots of both runs count. */
static void iterations_of_both_runs(void **state)
{
    struct fixture *fixture = *state;
    fab_lp *lp = with_targets(fixture, 3, 1000, true);
    fab_lp_solution *solution = solve(fixture, lp, NULL);
    fab_lp_options again = {.start = solution};
    assert_true(solution->iterations > 80); /* of 80 targets at a price at which all pay */
    fab_lp_solution *same = solve(fixture, lp, &again);
    assert_true(same->iterations < 5); /* a start is no reason to leave rows out */
    fab_lp_solution_free(same);
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(by_hand), TEST(filled_up), TEST(not_enough_to_fill), TEST(same_worth_as_without_the_hint), TEST(iterations_of_both_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
