/* What was taken over from a plan as rows of the store.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_APP_TAKEN_ROWS_H
#define FAB_APP_TAKEN_ROWS_H

#include "fab.h"
#include "taken.h"

/* As table plan_taken of plan `number`, without what the model does not hold of it (fab_taken_holds); NULL: nothing was taken over, no rows. NULL when memory is short. */
fab_table *fab_taken_table(const struct fab_taken *taken, const fab_model *model, int64_t number);

/* Back from the store. FAB_DATABASE: rows that cannot be read. */
fab_status fab_taken_of_plan(fab_context *context, fab *handle, int64_t number, int64_t from_plan, int32_t date, struct fab_taken **taken);

#endif
