/* What a stored plan had bought, made and shipped by a day, for a plan that goes on from there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_APP_TAKEN_OVER_H
#define FAB_APP_TAKEN_OVER_H

#include "fab.h"
#include "taken.h"

/* Reads what plan `plan` had decided before `start`, which must be the end of one of its periods, and what it had taken over itself of a plan before. FAB_USAGE: there is no such plan, it keeps no inputs, or the day is no end of
 * a period of its (code "request.start": the nearest one is named). Cost: reading its inputs and building its program. */
fab_status fab_taken_over(fab_context *context, fab *handle, int64_t plan, const char *start, struct fab_taken **taken);

#endif
