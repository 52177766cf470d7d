/* Values that were tested after a plan was stored: plan_value only grows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TESTED_H
#define FAB_TESTED_H

#include "standing.h"
#include "values.h"

/* Adds lines to the plan's values, where the plan is stored; what is there with the same gain is not repeated. A transaction of its own. */
fab_status fab_tested_store(fab_context *context, fab *handle, const struct fab_standing *standing, const struct fab_value_line line[], int count);

#endif
