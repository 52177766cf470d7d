/* The changes of a run: applied to the data set's model, and kept with the plan as its provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGES_H
#define FAB_CHANGES_H

#include "change.h"
#include "fab.h"

/* Applies the changes to a model, which is only read: *changed is the one that is planned. Findings of the changes, and of what is wrong between the rows of the
 * changed model but not of the data set, go to the context; FAB_INPUT when there are any. O(model). */
fab_status fab_changes_apply(fab_context *context, fab *handle, const fab_model *model, const struct fab_change_list *list, fab_model **changed);

/* The list as the table plan_change of a plan; NULL when memory is short. */
fab_table *fab_changes_table(const struct fab_change_list *list, int64_t plan);

/* Appends the changes of a stored plan to a list: all of them as they were applied, or those of scenarios. */
fab_status fab_changes_of_plan(fab_context *context, fab *handle, int64_t plan, bool all, struct fab_change_list *list);

#endif
