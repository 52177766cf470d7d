/* When things happen: arrivals of starts and tool hours of steps, period by period (planning-model.md "Time").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FLOW_H
#define FAB_FLOW_H

#include "terms.h"

/* Fills terms->arrival and terms->load of every source and period from the sources' terms. */
fab_status fab_flow_make(fab_context *context, fab_terms *terms);

#endif
