/* Why no plan exists: limits that cannot all hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONFLICT_H
#define FAB_CONFLICT_H

#include <fabplan/table.h>

#include "elastic.h"

/* What the elastic program says: no plan exists when the least sum of what limits are broken by, each relative to max(1, |limit|), is proven to be above FAB_CONFLICT_LEAST. */
struct fab_conflict {
    bool proven;
    double least, found; /* proven least violation, and the least that was found; NAN: none was */
    fab_table *table;    /* proven: equation, name, limit, excess, direction ("above", "below"), unit of every row that the cheapest repair breaks; else NULL */
    fab_table *set;      /* proven: equation, name, limit, direction, unit, alone: limits that cannot hold together, of which none can be left out; without rows where it was not found in time */
};

/* Makes every row of the solver's program elastic and minimises the violation. The proof is the exact weak-duality bound, whatever the solver says. The repair breaks limits rather than balances, where limits are enough.
 * The solver's program is another one after that. Cost: one or two solves, and a warm one or two for each limit that the proof speaks of. */
fab_status fab_conflict_find(fab_context *context, const fab_program *program, fab_solver *solver, const fab_solver_options *options, struct fab_conflict *conflict);

#endif
