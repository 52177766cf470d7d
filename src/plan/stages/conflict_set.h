/* Limits that cannot hold together, of which none can be left out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CONFLICT_SET_H
#define FAB_CONFLICT_SET_H

#include <fabplan/table.h>

#include "elastic.h"

/* Members at most for which it is found by how much each alone would have to give, and solves at most of the search. */
enum { FAB_CONFLICT_MEMBERS = 50, FAB_CONFLICT_SOLVES = 400 };

/* Deletion filter: of the limits that the proof speaks of, one after the other is given up; if the rest still cannot hold it stays away, with all that the new proof does not speak of. What is true of things (balances)
 * always holds. *set: equation, name, limit, direction, unit, alone (what this limit alone would have to give for the others to hold; NULL: not found): no rows where the time or the solves were not enough, or one is not proven.
 * The elastic program is another one after that. */
fab_status fab_conflict_set_find(fab_context *context, struct fab_elastic *elastic, const fab_solver_options *options, fab_table **set);

/* Unit in which a limit is changed: that of its family, of a policy row that of what it keeps. */
const char *fab_conflict_unit(const fab_program *program, struct fab_tag tag);

#endif
