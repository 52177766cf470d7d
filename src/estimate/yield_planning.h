/* Estimated yields in place of the planned ones.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_PLANNING_H
#define FAB_YIELD_PLANNING_H

#include "store.h"

/* The line and unit yield of each source and period of a snapshot: source, period, start_date, line_yield, unit_yield. snapshot 0: the
 * newest; *used (may be NULL) tells which. percentile: "fit" (the curve itself, which is p50), "p10", "p50", "p90"; p10 takes both yields
 * at their p10, which is a little worse than the p10 of their product. Sources without a sorted wafer have no rows: they keep the planned
 * yields. FAB_USAGE for another percentile and for no snapshot. */
fab_status fab_yield_planning(fab_context *context, fab_store *store, int64_t snapshot, const char *percentile, int64_t *used,
                              fab_table **yields);

/* Puts them into a loaded model: rows of source_yield from each period's start date on replace those of the sources that have estimates. To
 * be called before the model is given to fab_terms_new. Rows of sources that the model no longer has are left out. FAB_NO_MEMORY. O(rows
 * log sources). */
fab_status fab_yield_planning_apply(fab_context *context, const fab_table *yields, fab_model *model);

#endif
