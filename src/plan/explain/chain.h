/* The chain of a cost or a gain: its parts by the rows of the program, read from the multipliers of a program that was solved again, so that they add up to what its last unit costs or gains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CHAIN_H
#define FAB_CHAIN_H

#include "force.h"
#include "plan_table.h"
#include "trial.h"

/* chain: rank, family, key, label, period, binding (1: a limit that is used up), usd (discounted), share (of the whole; they sum to 1), amount, unit, usd_per_amount; the largest first, small ones added up last as OTHER. *usd gets the whole. */

/* One more unit of a forced order: what it takes, down to money. NULL when memory is short. */
fab_table *fab_chain_forced(const struct fab_forced *forced, int demand, double *usd);

/* One step of candidates, by the rows and columns that they move: the multipliers are those of `solution`. */
fab_table *fab_chain_moved(const struct fab_trial *trial, const int *candidate, int count, const fab_lp_solution *solution, double *usd);

/* Other coefficients: `other` is a plan of a changed model; what its starts and stocks give and take differently, at its own multipliers. Members that only one of the programs has are left out. */
fab_table *fab_chain_changed(const fab_plan *plan, const fab_plan *other, double *usd);

/* One part that has no cost: why nothing can be had at any price. */
fab_table *fab_chain_of_part(const fab_plan *plan, const struct fab_part *part);

#endif
