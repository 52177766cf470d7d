/* Why no plan exists: limits that cannot all hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONFLICT_H
#define FAB_CONFLICT_H

#include <fabplan/table.h>

#include "program.h"
#include "solver.h"

/* What the elastic program says: no plan exists when the least sum of what limits are broken by, each relative to max(1, |limit|), is proven to be above FAB_CONFLICT_LEAST. */
struct fab_conflict {
    bool proven;
    double least, found; /* proven least violation, and the least that was found; NAN: none was */
    fab_table *table;    /* proven: equation, name, limit, excess (in units of the row), direction ("above", "below") of every row that is broken; else NULL */
};

#define FAB_CONFLICT_LEAST 1e-7

/* Makes every row of the solver's program elastic and minimises the violation. The proof is the exact weak-duality bound, whatever the solver says. The solver's program is another one after that. Cost: one solve. */
fab_status fab_conflict_find(fab_context *context, const fab_program *program, fab_solver *solver, const fab_solver_options *options, struct fab_conflict *conflict);

#endif
