/* From the profit of one plan to that of another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BRIDGE_H
#define FAB_BRIDGE_H

#include "fab.h"

/* The steps from the profit of `base` to that of `plan`: volume, mix, price, yield, other costs, as sheet fin_bridge of the finance book works them out (not discounted, without penalties and the worth of what is left).
 * columns: step (before, volume, mix, price, yield, other, now), usd. The caller frees the table. FAB_INPUT as of fab_report. Cost: the sheets of the finance book that it refers to. */
fab_status fab_bridge_make(fab_context *context, fab *handle, int64_t base, int64_t plan, fab_table **bridge);

#endif
