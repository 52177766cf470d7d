/* What changes by date make of the terms: availability of a period, and what a supplier delivers (data-dictionary.md "Changes", derived columns).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHANGED_H
#define FAB_CHANGED_H

#include "terms.h"

/* The availability of a tool group in a period: given or of its stops, as changes make it. */
double fab_changed_availability(const fab_terms *terms, int tool_group, int period);

/* f(s,u): the share of what a source would deliver in a period that comes, whenever it was started. 1 for FAB_NONE. */
double fab_changed_delivered(const fab_terms *terms, int source, int period);

/* Multiplies the arrivals of every source by f(s,u), and for a source without a route the money of its starts by a(s,t): nobody pays, and nobody owes, for what a
 * supplier cannot deliver. Where nothing of a start would come, none can be made and no minimum holds. After the arrivals are made. */
void fab_changed_deliveries(fab_terms *terms);

#endif
