/* Whether there is anything to plan.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ANYTHING_H
#define FAB_ANYTHING_H

#include "program.h"

/* FAB_INPUT, "nothing to plan" and why, where no order is left (none in the data, or all before the plan's start or behind its end), or where nothing can ever arrive: no source has tools in any period (bought parts need none), nothing is
 * in stock, on order or in process. A plan of it would be empty, and its fills shares of nothing. O(columns). */
fab_status fab_anything_check(fab_context *context, const fab_program *program);

#endif
