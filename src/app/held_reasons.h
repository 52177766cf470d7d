/* Why a plan changes decisions of an old one: which limit of the decision binds otherwise than it did, and which changed input it hangs on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_APP_HELD_REASONS_H
#define FAB_APP_HELD_REASONS_H

#include "plan.h"

/* The old plan as it was. */
struct fab_held_old {
    const fab_model *model;
    const fab_lp *lp;
    const double *multiplier; /* [rows of lp]; of more rows none is read */
};

enum { FAB_HELD_TEXT = 512 };

struct fab_held_reason {
    char binding[FAB_HELD_TEXT]; /* "CAP[ETCH,2027-02] binds at 84, before at 168"; "": no limit of the decision binds otherwise */
    char input[FAB_HELD_TEXT];   /* "tool_group ETCH availability: 1, now 0.5"; "": no input near it has changed */
};

struct fab_held_reasons;

/* Compares the inputs, unless the new plan goes on from another one: its stock, tools and orders are then of another day. The old plan must outlive it. FAB_NO_MEMORY. O(rows of the inputs log rows). */
fab_status fab_held_reasons_new(fab_context *context, const struct fab_held_old *old, const fab_plan *plan, struct fab_held_reasons **reasons);
void fab_held_reasons_free(struct fab_held_reasons *reasons);

/* Of one decision. O(coefficients of its column x rows). */
void fab_held_reason_of(const struct fab_held_reasons *reasons, int column, struct fab_held_reason *reason);

#endif
