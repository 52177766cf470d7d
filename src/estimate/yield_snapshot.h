/* A snapshot of yield estimates: from the wafer-lot history of the store to the tables that keep it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_SNAPSHOT_H
#define FAB_YIELD_SNAPSHOT_H

#include "yield_history.h"
#include "yield_plan.h"

struct yield_fit {
    struct yield_window window;
    const char *from_date, *to_date; /* of the window, as given; NULL: open */
    double confidence;               /* of all limits, between 0 and 1 */
    const char *versions;            /* of the program and its libraries */
};

/* Estimates every source of the model that has sorted wafers and inserts a new snapshot, within the caller's transaction. FAB_INPUT without
 * a sorted wafer in the window; FAB_NO_MEMORY, FAB_INTERRUPTED. O(wafers log wafers). */
fab_status fab_yield_snapshot_make(fab_context *context, fab_store *store, const fab_model *model, const struct yield_plan *plan,
                                   const struct yield_fit *fit, int64_t *snapshot);

/* Number of the newest snapshot (asked 0), or that of the asked one. FAB_USAGE when it does not exist. */
fab_status fab_yield_snapshot_find(fab_context *context, fab_store *store, int64_t asked, int64_t *snapshot);

#endif
