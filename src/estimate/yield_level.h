/* The level of a source: what the wafers and lots of the time in which D0 stands still say, and the line yield.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_LEVEL_H
#define FAB_YIELD_LEVEL_H

#include "yield_source.h"

/* Adds them to a source that fab_yield_screen has made. FAB_INPUT, FAB_NO_MEMORY, FAB_INTERRUPTED. O(wafers log wafers) and a quadrature
 * for each different count. */
fab_status fab_yield_level(fab_context *context, const struct yield_history *history, double confidence, struct yield_source *result);

#endif
