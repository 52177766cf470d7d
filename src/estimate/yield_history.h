/* The sort results of the wafer-lot history, by source: what yields are estimated from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_HISTORY_H
#define FAB_YIELD_HISTORY_H

#include "counts.h"
#include "date.h"
#include "sha256.h"
#include "store.h"

/* Days of process-out: [from, to). */
struct yield_window {
    int32_t from, to;
};

/* The window that leaves nothing out. */
#define FAB_YIELD_ALWAYS ((struct yield_window){FAB_DATE_NONE + 1, INT32_MAX})

struct yield_lot {
    int64_t row; /* rowid */
    const char *lot;
    int source;      /* of the model */
    int32_t out_day; /* process-out date, FAB_DATE_NONE without one: then that of a wafer's test */
};

/* The wafers of one source in the window, in the order of ids; fab_wafer_result.lot is an index of yield_history.lots. */
struct yield_wafers {
    fab_wafer_result *wafers;
    size_t count, capacity;
};

/* Lots that were started on a source and whose wafers have all come out or been scrapped: started wafers as tested, surviving ones as good.
 */
struct yield_families {
    fab_lot_result *lots; /* in the order of end dates */
    size_t count, capacity;
};

struct yield_history {
    fab_arena *arena; /* names */
    const fab_model *model;
    struct yield_lot *lots; /* in the order of rowids */
    size_t lot_count, lot_capacity;
    struct yield_wafers *wafers;     /* [source_count of the model] */
    struct yield_families *families; /* [source_count] */
    size_t wafer_count, lots_used;   /* in the window */
    bool simulated;
    char sha256[FAB_SHA256_HEX_SIZE]; /* of lots, dates and counts of the window's wafers */
};

/* Reads lots, the last sort result of each wafer that came out in the window, and finished families that ended there. The model must
 * outlive it. FAB_INPUT when the window has no tested wafer. O(lots + wafers log wafers). */
fab_status fab_yield_history_read(fab_context *context, fab_store *store, const fab_model *model, const struct yield_window *window,
                                  struct yield_history *history);
void fab_yield_history_fini(struct yield_history *history);

#endif
