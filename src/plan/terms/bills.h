/* What goes into a start and what comes out of it, and when: bills of material by source and date, taken at parts of the lead time; outputs whose shares change by date, out at parts of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BILLS_H
#define FAB_BILLS_H

#include "terms.h"

/* A step, a component or an output at this distance behind the progress of a lot is ahead of it still. */
#define FAB_SAME_PLACE 1e-9

/* Outputs and components of a source, from the periods on. False when memory is short. O(rows x periods). */
bool fab_bills_outputs(fab_terms *terms, int source);
bool fab_bills_components(fab_terms *terms, int source);

/* Share and part of the lead time of an output (its place in the source's) for lots that started on a day. O(rows). */
void fab_bills_output_at(const fab_terms *terms, int source, int output, int32_t date, double *share, double *at_frac);

/* Whether a row of a source's bill is in force on a day. */
bool fab_bills_holds(const struct fab_bill *bill, int32_t date);

/* What the starts of every source and period give and take, period by period, and what of them is unfinished in the end; behind the arrivals and their changes. False when memory is short. */
bool fab_bills_flow(fab_terms *terms);

/* The same of the ways of a WIP group, whose arrivals are made, and of its wafers that wait. */
bool fab_bills_wip(fab_terms *terms, struct fab_wip_group *group);

#endif
