/* Changes of figures that no table holds by date: they become adjustments of the model (adjust.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_DERIVED_H
#define FAB_CHANGE_DERIVED_H

#include "change_value.h"
#include "change_window.h"

/* True when the change under way is about a derived column (fab_derived_columns) as such: it has dates, no column of the table has the name, or
 * of a row that it is about the figure is computed (availability). The rows have been matched. */
bool fab_derived_is(const struct fab_edit *edit, const struct fab_edit_table *table);

/* Adds an adjustment for every matched row of the table. Findings: an operation that it cannot be, a value that changes nothing. */
fab_status fab_derived_change(struct fab_edit *edit, struct fab_edit_table *table);

/* The stop of a region (table `region`, which is no table): source.output of every source that depends on it is scaled. */
bool fab_derived_is_region(const struct fab_change *change);
fab_status fab_derived_stop_region(struct fab_edit *edit);

/* Looks at what the adjustments make of figures whose values without them are known here: outside the range of the column is a finding. */
void fab_derived_check(struct fab_edit *edit);

#endif
