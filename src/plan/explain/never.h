/* Why no source could deliver an item inside a window, at any price.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_NEVER_H
#define FAB_NEVER_H

#include "parts.h"
#include "ways.h"

/* The first of: a source that would deliver in time has a yield of 0, has a maximum of 0, lacks a component that no source could deliver (then why that is so); or no source delivers in time. A part without
 * a cost (NAN); its key lives as long as the model. O(sources x periods) for each level of the bills of material. */
struct fab_part fab_why_never(const fab_plan *plan, const struct fab_ways *ways, int item, int first_period, int last_period);

#endif
