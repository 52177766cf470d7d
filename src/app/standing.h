/* A stored plan that questions are asked of: its own inputs, its program solved again, the living solver at its money stage.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STANDING_H
#define FAB_STANDING_H

#include "again.h"
#include "planning.h"

struct fab_standing {
    int64_t number;
    fab *kept; /* the plan's inputs, and the plan itself */
    struct fab_planned planned;
    bool whole;     /* its tools are whole: fixed as they are, whatever is asked */
    fab_plan *plan;
    double *x; /* [columns] the stored point: that of the last stage */
};

/* Opens the asked plan, or with 0 the released, else the newest optimal one; of a folder, which stores none, one with policy profit is made first. FAB_USAGE when there is no such plan, or it keeps no inputs; or,
 * of a folder, when it has no plan. Cost: reading the inputs, and a warm solve from the basis that the plan keeps. */
fab_status fab_standing_open(fab_context *context, fab *handle, int64_t asked, struct fab_standing *standing);

/* The same of a stored plan without solving it: its model, its program with the rows of its policy, and its point; the plan has no solution, and columns may be at bounds that are too low for the point. */
fab_status fab_standing_look(fab_context *context, fab *handle, int64_t plan, struct fab_standing *standing);

/* Its stored multipliers, [rows of its program]; the caller frees them. */
fab_status fab_standing_multipliers(fab_context *context, const struct fab_standing *standing, double **multiplier);
void fab_standing_close(struct fab_standing *standing);

/* Another model in the place of the plan's, with the rows of its policy, solved again from the plan's basis where it has the same rows and columns: what the plan would be worth then. The caller frees it. */
fab_status fab_standing_other(fab_context *context, const struct fab_standing *standing, const fab_model *model, fab_plan **other);

#endif
