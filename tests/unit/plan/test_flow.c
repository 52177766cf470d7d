/* When things happen: shares of arrivals and loads. No wafer and no tool hour is lost or made.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert_close.h"
#include "share.h"
#include "terms.h"

#include <stdint.h>

enum { CASES = 2000, SLICES = 4000 };

/* A small generator of its own, so that the cases are the same everywhere (xorshift64*). */
static double draw(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

/* v by its definition: starts spread over [begin, end), visits over [from, to] of the lead time; the share of visits in [low, high), one start at a time. */
static double share_by_sampling(double begin, double end, double lead, double from, double to, double low, double high)
{
    double sum = 0;
    for (int i = 0; i < SLICES; i++) {
        double start = begin + (end - begin) * (i + 0.5) / SLICES, first = start + from * lead, last = start + to * lead;
        sum += last > first ? fab_overlap(first, last, low, high) / (last - first) : (first >= low && first < high);
    }
    return sum / SLICES;
}

static void hours_follow_the_definition(void **state)
{
    uint64_t seed = 7;
    (void)state;
    for (int c = 0; c < 200; c++) {
        double begin = 100 * draw(&seed), end = begin + 1 + 30 * draw(&seed), lead = 200 * draw(&seed);
        double from = draw(&seed), to = c % 5 == 0 ? from : from + (1 - from) * draw(&seed);
        double low = begin + 200 * draw(&seed), high = low + 1 + 30 * draw(&seed);
        assert_close(fab_load_share(begin, end, lead, from, to, low, high), share_by_sampling(begin, end, lead, from, to, low, high), 0, 2e-3);
    }
}

/* Over a partition of the time axis by periods of any length the shares sum to 1. */
static void no_hour_is_lost_or_made(void **state)
{
    uint64_t seed = 11;
    (void)state;
    for (int c = 0; c < CASES; c++) {
        double begin = 50 * draw(&seed), end = begin + 0.5 + 40 * draw(&seed), lead = c % 7 == 0 ? 0 : 300 * draw(&seed);
        double from = draw(&seed), to = c % 3 == 0 ? from : from + (1 - from) * draw(&seed), sum = 0, edge = begin;
        while (edge < end + lead + 1) {
            double next = edge + 0.5 + 40 * draw(&seed), share = fab_load_share(begin, end, lead, from, to, edge, next);
            assert_true(share >= 0);
            sum += share;
            edge = next;
        }
        assert_close(sum, 1, 1e-10, 0);
    }
}

static void a_point_is_the_limit_of_a_short_step(void **state)
{
    (void)state;
    double point = fab_load_share(0, 7, 30, 0.5, 0.5, 14, 21), step = fab_load_share(0, 7, 30, 0.5 - 1e-6, 0.5 + 1e-6, 14, 21);
    assert_close(point, 6.0 / 7, 1e-14, 0); /* visits on day 15 to 22 */
    assert_close(step, point, 0, 1e-5);
}

static void overlap_is_a_measure(void **state)
{
    (void)state;
    assert_true(fab_overlap(0, 1, 2, 3) == 0);
    assert_true(fab_overlap(0, 3, 1, 2) == 1);
    assert_true(fab_overlap(1, 2, 0, 3) == 1);
    assert_true(fab_overlap(0, 2, 1, 3) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_follow_the_definition),
        cmocka_unit_test(no_hour_is_lost_or_made),
        cmocka_unit_test(a_point_is_the_limit_of_a_short_step),
        cmocka_unit_test(overlap_is_a_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
