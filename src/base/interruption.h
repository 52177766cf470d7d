/* How a computation that can stop with something worth keeping takes the wish to stop.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_INTERRUPTION_H
#define FAB_INTERRUPTION_H

#include <fabplan/context.h>

/* True when the context was asked to stop; the wish is fulfilled with that, so that what was found can be kept. The next one is a new wish. Async-signal-safe against fab_context_interrupt. */
bool fab_context_take_interruption(fab_context *context);

/* From now on the context is interrupted whenever the leader is, which must live as long: work that is done with a context of its own for another one's sake. NULL: no longer. */
void fab_context_follow(fab_context *context, const fab_context *leader);

#endif
