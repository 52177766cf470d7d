/* What the installed tools can do: how many wafers may be started, and when a lot comes to its turn.
 *
 * Tools are those of tool_count (before its first row the fewer of that row and tool_group.tools; without rows tool_group.tools): what a plan would buy is not known. Their hours stand in a ledger, by tool
 * group and by stretches of time that end with a month or where any number of tools changes. No lot is processed in hours that are not there: it waits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SIM_CAPACITY_H
#define FAB_SIM_CAPACITY_H

#include "sim.h"

/* Tools of a group on a day. O(rows of the group). */
double sim_installed_tools(const struct sim *sim, int group, int32_t day);

/* The tools that a group has on a day, each counted as a whole one. */
int sim_tools_on(const struct sim *sim, int group, int32_t day);

/* Fills sim->capacity and the rates of the sources. FAB_INPUT when no source could have been started before the end. */
fab_status sim_capacity_init(struct sim *sim);

/* The moment at which wafers of a source have been started since `time` as many as said; no earlier than the end where the tools never allow so many. */
double sim_next_start(const struct sim *sim, const struct sim_source *source, double time, double wafers);

/* The first moment from `time` on at which a group has the hours for a step that takes so many seconds; they are taken. sim->end when there is none before. */
int64_t sim_take_hours(struct sim *sim, int group, int64_t time, int64_t seconds, double hours);

#endif
