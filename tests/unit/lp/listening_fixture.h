/* State of tests that listen to a context: what its log said, and when it interrupts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LISTENING_FIXTURE_H
#define LISTENING_FIXTURE_H

#include "lp_support.h"

struct fixture {
    fab_context *context;
    int details, cold_runs; /* lines of the log; runs with presolve among them */
    fab_level interrupt_at; /* the level whose first line interrupts; FAB_LEVEL_FINDING: none does */
    int calls;
};

static inline void listen(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    assert_non_null(text);
    fixture->details += level == FAB_LEVEL_DETAIL;
    fixture->cold_runs += strstr(text, "Preprocessing") != NULL;
    if (fixture->interrupt_at == level && level != FAB_LEVEL_FINDING)
        fab_context_interrupt(fixture->context);
}

static inline int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    fab_context_set_sink(fixture->context, listen, fixture);
    *state = fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;
    fab_context_free(fixture->context);
    free(fixture);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

#endif
