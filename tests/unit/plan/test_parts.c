/* Parts of a marginal cost: added up by what they are about, all of them, and sorted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"

#include "assert_close.h"

#include <stdio.h>
#include <string.h>

static int set_up(void **state)
{
    static struct fab_parts parts;
    parts = (struct fab_parts){.arena = fab_arena_new()};
    *state = &parts;
    return parts.arena ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fab_parts *parts = *state;
    fab_parts_fini(parts);
    fab_arena_free(parts->arena);
    return 0;
}

static void add(struct fab_parts *parts, const char *family, const char *key, const char *kind, double usd, double amount, int period)
{
    fab_parts_add(parts, &(struct fab_part){.family = family, .key = key, .kind = kind, .usd = usd, .amount = amount, .period = period});
}

static void the_same_is_added_up(void **state)
{
    struct fab_parts *parts = *state;
    add(parts, "CAP", "EUV", "tool hours", 3, 1, 0);
    add(parts, "CAP", "EUV", "tool hours", 5, 2, 1);
    add(parts, "CAP", "EUV", "tool hours", -4, -1, 2);
    assert_int_equal(parts->count, 1);
    assert_true(parts->part[0].usd == 4);
    assert_true(parts->part[0].amount == 3 && parts->part[0].taken == 3 && parts->part[0].given == -1); /* what is taken is told */
    assert_true(parts->part[0].largest_usd == 5);
    assert_int_equal(parts->part[0].period, 1); /* where the largest falls */
}

static void what_only_gives_is_told_as_given(void **state)
{
    struct fab_parts *parts = *state;
    add(parts, "OFF", "EUV", "hours that may move off", -3, -1, 0);
    add(parts, "OFF", "EUV", "hours that may move off", -3, -1.5, 0);
    assert_true(parts->part[0].amount == -2.5 && parts->part[0].usd == -6);
}

/* Family, key and kind all tell parts apart. */
static void the_different_stays_apart(void **state)
{
    struct fab_parts *parts = *state;
    add(parts, "CAP", "EUV", "tool hours", 1, 1, 0);
    add(parts, "RMV", "EUV", "tool hours", 1, 1, 0);
    add(parts, "CAP", "DUV", "tool hours", 1, 1, 0);
    add(parts, "CAP", "EUV", "ramp", 1, 1, 0);
    assert_int_equal(parts->count, 4);
}

static void nothing_is_no_part(void **state)
{
    struct fab_parts *parts = *state;
    add(parts, "CAP", "EUV", "tool hours", 0, 7, 0);
    assert_int_equal(parts->count, 0);
    fab_parts_sort(parts);
}

/* Far more different parts than any first guess of room: each has its own money, and its key is a copy. */
static void a_thousand_parts(void **state)
{
    struct fab_parts *parts = *state;
    enum { MANY = 1000 };
    char key[32];
    for (int round = 0; round < 2; round++)
        for (int n = 0; n < MANY; n++) {
            snprintf(key, sizeof key, "part %d", n);
            add(parts, "COST", key, "cost of starts", n + 1, 1, n);
        }
    assert_int_equal(parts->count, MANY);
    assert_false(parts->failed);
    for (int n = 0; n < MANY; n++) {
        snprintf(key, sizeof key, "part %d", n);
        assert_string_equal(parts->part[n].key, key);
        assert_true(parts->part[n].usd == 2 * (n + 1) && parts->part[n].taken == 2);
    }
}

/* By size whatever the sign; equal ones by their words, so that the order is always the same. */
static void they_are_sorted(void **state)
{
    struct fab_parts *parts = *state;
    add(parts, "CAP", "B", "hours", 2, 1, 0);
    add(parts, "CAP", "A", "hours", -2, 1, 0);
    add(parts, "BUD", "Z", "money", 2, 1, 0);
    add(parts, "CAP", "A", "ahead", 2, 1, 0);
    add(parts, "CAP", "C", "hours", -9, 1, 0);
    fab_parts_sort(parts);
    static const char *const order[][3] = {{"CAP", "C", "hours"}, {"BUD", "Z", "money"}, {"CAP", "A", "ahead"}, {"CAP", "A", "hours"}, {"CAP", "B", "hours"}};
    for (int p = 0; p < 5; p++) {
        assert_string_equal(parts->part[p].family, order[p][0]);
        assert_string_equal(parts->part[p].key, order[p][1]);
        assert_string_equal(parts->part[p].kind, order[p][2]);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(the_same_is_added_up), CASE(what_only_gives_is_told_as_given), CASE(the_different_stays_apart),
        CASE(nothing_is_no_part),   CASE(a_thousand_parts),                 CASE(they_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
