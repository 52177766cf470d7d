/* Estimated yields in place of the planned ones.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_PLANNING_H
#define FAB_YIELD_PLANNING_H

#include "change.h"
#include "store.h"

/* The line and unit yield of each source and period of a snapshot: source, period, start_date, line_yield, unit_yield. snapshot 0: the
 * newest; *used (may be NULL) tells which. percentile: "fit" (the curve itself, which is p50), "p10", "p50", "p90"; p10 takes both yields
 * at their p10, which is a little worse than the p10 of their product. Sources without a sorted wafer have no rows: they keep the planned
 * yields. FAB_USAGE for another percentile and for no snapshot. */
fab_status fab_yield_planning(fab_context *context, fab_store *store, int64_t snapshot, const char *percentile, int64_t *used,
                              fab_table **yields);

/* Appends the changes that put them into a model: the rows of source_yield of the sources that have estimates go, and rows from each period's start date on take their
 * place. Rows of sources that the model no longer has are left out. FAB_NO_MEMORY. O(rows log sources). */
fab_status fab_yield_planning_changes(fab_context *context, const fab_table *yields, const fab_model *model, struct fab_change_list *list);

#endif
