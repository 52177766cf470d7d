/* The lots of a source in time, the excursions among them, and the learning curve of the others: what a chart needs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_SCREEN_H
#define FAB_YIELD_SCREEN_H

#include "yield_source.h"

/* Lots, screen and curve of a source that has wafers; its number is that of the model. FAB_INPUT for what is no estimate's fault,
 * FAB_NO_MEMORY; the result holds nothing then. O(wafers log wafers). */
fab_status fab_yield_screen(fab_context *context, const struct yield_history *history, int source, double confidence,
                            struct yield_source *result);

#endif
