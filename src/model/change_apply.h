/* Changes applied to a copy of a model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGE_APPLY_H
#define FAB_CHANGE_APPLY_H

#include "change.h"
#include "model.h"

/* Makes *changed, a copy of the model with the changes of the list applied in their order, and the orders that drivers make (driver_orders.h) between the changes that
 * work before them and the others; the model itself is only read. Everything that is wrong with a
 * change goes to the context as a finding (FAB_LEVEL_FINDING: its file, line and character, or scenario and number; up to 50), and then the status is
 * FAB_INPUT. What changes between rows can break (schema/queries/check_*.sql) is not looked at here: fab_store_check_model.
 * O(model + changes x rows of their tables). */
fab_status fab_model_change(fab_context *context, const fab_model *model, const struct fab_change_list *list, fab_model **changed);

#endif
