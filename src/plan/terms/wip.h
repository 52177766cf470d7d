/* Starting WIP: what the lots in the line will give, when, and which tool hours they still need (planning-model.md "Starting WIP").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_WIP_H
#define FAB_WIP_H

#include "terms.h"

/* Fills terms->wip_units, terms->wip_hours and the sources' wip_hours from the model's lots, zeros when there are none. Hours that the installed tools of a group cannot do in a period wait for
 * the next one; that is said as a warning. O(lots x steps x periods touched). */
fab_status fab_wip_make(fab_context *context, fab_terms *terms);

#endif
