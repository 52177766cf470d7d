/* Ties are broken on purpose: among plans of equal objective the one that ships earliest, then the one that discards and stocks least.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TIES_H
#define FAB_TIES_H

#include "program.h"

/* Moves an optimal solution along the optimal face: columns with a reduced cost stay at their limit, rows with a multiplier stay binding, and within that the
 * second objective is solved from the same basis. Multipliers and reduced costs stay those of the first objective. *moved gets a new point x[column_count] (malloc), NULL when
 * the solver found none. Cost: a warm-started solve on the free part. */
fab_status fab_ties_break(fab_context *context, const fab_program *program, const fab_lp_solution *solution, double **moved);

#endif
