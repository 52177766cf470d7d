/* Orders and open orders dated outside of the calendar (planning-model.md, "Variables", BAL, Objective): what a plan takes of them, and what it leaves out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_OUTSIDE_H
#define FAB_OUTSIDE_H

#include <fabplan/context.h>

#include "model.h"

/* Takes orders and receipts dated on the calendar's end or later out of a model, and says so as warnings (context NULL: without a word). O(rows). */
void fab_outside_end(fab_context *context, fab_model *model);

/* Rows dated before the calendar's first day: a receipt arrives on that day; an order stays as it is while max_late_days lets it ship, else it goes, and its penalty is
 * named. Warnings as above. O(rows). */
void fab_outside_start(fab_context *context, fab_model *model);

#endif
