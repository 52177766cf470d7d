/* How much of the time a tool can run, and what its upkeep by units takes (language.md "Tools as they are"). Pure functions of the model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_UPKEEP_H
#define FAB_UPKEEP_H

#include "model.h"

/* Share of the calendar that stops of a cause by time take of a tool: hours / (hours_between + hours); 0 of a cause by units. O(1). */
double fab_upkeep_lost_share(const struct fab_tool_down *cause);

/* A: the availability that is given, else 1 - the sum of the lost shares of the group's causes. At most 1; not above 0 is a finding of the data. O(causes). */
double fab_upkeep_availability(const fab_model *model, int tool_group);

/* Minutes of upkeep that a unit and visit brings to a tool of the group: 60 x the sum over the causes by units of hours / units_between. O(causes). */
double fab_upkeep_minutes_per_unit(const fab_model *model, int tool_group);

#endif
