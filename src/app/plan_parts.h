/* The parts of a stored plan: the members of "fabplan.plan/2".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAN_PARTS_H
#define FAB_PLAN_PARTS_H

#include "answer.h"

/* In the order of the design. Parameters of the queries: :plan. */
extern const struct fab_section_query fab_plan_parts[];
extern const int fab_plan_part_count;

#endif
