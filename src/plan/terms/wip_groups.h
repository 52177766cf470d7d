/* Lots become WIP groups: what the plan tells apart of the work in process (planning-model.md "Starting WIP").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIP_GROUPS_H
#define FAB_WIP_GROUPS_H

#include "terms.h"

/* Fills terms->wip from the model's lots, by source, status (active first) and progress; what they do is left to fab_wip_make. Beyond setting wip_groups the two neighbours of one source and status
 * that are closest (the first of equals) become one, again and again, and a note says so. What is under way of an earlier plan comes last, each entry as a group. terms->source must be there. O(lots log lots + groups squared). */
fab_status fab_wip_groups_make(fab_context *context, fab_terms *terms);

#endif
