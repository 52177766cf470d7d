/* Control charts of the lots of each source about its learning curve: which product is off, since when, which lots did it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_SPC_H
#define FAB_YIELD_SPC_H

#include "yield_history.h"

/* Zeroed is empty. */
struct yield_spc_tables {
    fab_table *facts;    /* one row: lots, wafers, simulated */
    fab_table *charts;   /* a row a source: on or off its curve, since when */
    fab_table *signals;  /* lots outside the limits of Laney's p' chart */
    fab_table *shifts;   /* runs of lots outside those of the EWMA chart */
    fab_table *points;   /* every lot of the one source that was asked for, else NULL */
};

/* Charts the lots of the window, of one source (an id) or of all (NULL). A source whose lots make no chart is a warning. FAB_INPUT without a
 * sorted wafer in the window, FAB_NO_MEMORY, FAB_INTERRUPTED; the tables are empty then. O(wafers log wafers). */
fab_status fab_yield_spc_make(fab_context *context, fab_store *store, const struct yield_window *window, const char *only,
                              struct yield_spc_tables *tables);
void fab_yield_spc_fini(struct yield_spc_tables *tables);

#endif
