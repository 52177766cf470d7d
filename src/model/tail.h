/* The periods behind the horizon that are planned with it, so that the horizon's end is not the end of the world (planning-model.md "Tail").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TAIL_H
#define FAB_TAIL_H

#include <fabplan/context.h>

#include "model.h"

/* Adds what setting tail_days asks for to a model, in place, whose orders and receipts all lie before the calendar's end. Periods tail+1, tail+2, ... end on the ends of the last year's periods, moved by
 * a year, two, ... (of a horizon under a year: on all its ends, moved by its own length) until the days are covered. Orders due in that year are copied likewise, behind the horizon's. Windows that
 * reach the calendar's end, or begin behind it, stay open until the next row of their key begins, and a source whose last day lies there stays available. 0 days change nothing. O(rows squared of the tables of windows). */
fab_status fab_model_tail(fab_context *context, fab_model *model);

#endif
