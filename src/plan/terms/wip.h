/* Starting WIP: what the wafers of a WIP group give when they go on, when, and which tool hours they still need (planning-model.md "Starting WIP").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIP_H
#define FAB_WIP_H

#include "terms.h"

/* Fills in the groups of terms->wip: first day, lead time, good units and every way to go on, with its arrivals and loads. O(groups x periods x steps x periods touched). */
fab_status fab_wip_make(fab_context *context, fab_terms *terms);

#endif
