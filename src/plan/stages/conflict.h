/* Why no plan exists: limits that cannot all hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONFLICT_H
#define FAB_CONFLICT_H

#include <fabplan/table.h>

#include "program.h"
#include "solver.h"

/* Makes every row of the solver's program elastic and minimises the total excess, each relative to its row's limit. *conflict: equation, name, limit, excess (in units of the row),
 * direction ("above", "below") of every row that has one. The solver's program is another one after that. Cost: one solve. */
fab_status fab_conflict_find(fab_context *context, const fab_program *program, fab_solver *solver, const fab_solver_options *options, fab_table **conflict);

#endif
