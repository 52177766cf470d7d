/* Items that nobody starts any more because the horizon ends, not because nobody wants them (planning-model.md "Tail").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CEASE_H
#define FAB_CEASE_H

#include "plan.h"

/* Warns, in a plan without a tail, of items whose starts cease inside the time that they take to be shipped (their lead time and those of what they go into) before the horizon's end, although orders
 * of them, or of what they go into, are due later and a source is still there. Names setting tail_days. O(levels of bills x sources x components). */
fab_status fab_cease_warn(fab_context *context, const fab_plan *plan);

#endif
