/* When things happen: arrivals of starts and tool hours of steps, period by period (planning-model.md "Time").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FLOW_H
#define FAB_FLOW_H

#include "terms.h"

/* Fills terms->arrival and terms->load of every source and period from the sources' terms. */
fab_status fab_flow_make(fab_context *context, fab_terms *terms);

/* Adds an arrival or a load at the end of those that are there. False when memory is short. */
bool fab_flow_add_arrival(fab_terms *terms, int period, double share);
bool fab_flow_add_load(fab_terms *terms, int tool_group, int period, int step, double hours);
bool fab_flow_add_take(fab_terms *terms, int item, int period, double units);
bool fab_flow_add_come(fab_terms *terms, const struct fab_come *come);

/* Share of what wafers do over [from, to] of the lead time, counted from the moment at which they go on, that falls into a period. */
double fab_flow_go_share(const struct fab_go *go, double lead_days, double from, double to, const struct fab_period *period);

/* Share of it that a part of the lead time after going on was reached before the plan begins: of what is under way of an earlier plan, else 0. */
double fab_flow_go_before(const struct fab_wip_group *group, const struct fab_go *go, double part);

#endif
