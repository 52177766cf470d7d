/* A stored plan at other prices.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REVALUE_H
#define FAB_REVALUE_H

#include "fab.h"

/* Opens a fab of its own with the rows of the plan and the inputs that it was made from, with its own changes and those of `changes` ("A,B": names or paths of files, as fab_optimise takes
 * scenarios), which may change prices alone (FAB_USAGE, code not_a_price). The caller closes it. FAB_INPUT: a change has findings. O(model + plan). */
fab_status fab_revalue_open(fab_context *context, fab *handle, int64_t plan, const char *changes, fab **opened);

#endif
