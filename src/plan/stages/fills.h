/* Fills: customers who get at least a share of what they want, in every stage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FILLS_H
#define FAB_FILLS_H

#include "run.h"

/* Adds V_c >= share x W_c for each asked fill as a row of the sealed program; none for a customer who wants nothing of value. FAB_USAGE: nothing is asked to be filled with the least capital. O(fills x nonzeros). */
fab_status fab_fills_add(fab_context *context, fab_program *program, const struct fab_stages_asked *asked);

#endif
