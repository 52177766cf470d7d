/* Group set-up of tests whose state is a context.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CONTEXT_FIXTURE_H
#define CONTEXT_FIXTURE_H

#include <fabplan/context.h>

static inline int context_set_up(void **state)
{
    *state = fab_context_new();
    return *state ? 0 : -1;
}

static inline int context_tear_down(void **state)
{
    fab_context_free(*state);
    return 0;
}

#endif
