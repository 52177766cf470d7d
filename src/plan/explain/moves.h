/* What a planner can move: limits of the data, with the step in which they are moved and what the multipliers promise for it at most (planning-model.md "Values").
 *
 * The optimum is concave in the limits, so multiplier x step, summed over all rows and columns that a limit stands in, is at most what a step gains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MOVES_H
#define FAB_MOVES_H

#include "plan.h"

/* A limit of the program and by how much it moves. */
struct fab_move {
    bool is_column; /* the upper limit of a column, else that of a row */
    int place;
    double delta;
    bool is_lower; /* of a row: its lower limit instead */
};

/* Something that can be moved by one step. */
struct fab_candidate {
    const char *what; /* "hour", "tool", "usd", ... */
    const char *key;  /* tool group, source, site, date of the budget, ... */
    const char *unit;
    int period;  /* the first one that it touches */
    double step; /* in units */
    bool of_contract;   /* less of what was promised to a supplier: nothing that a list of what to buy or change has, unless the contract is asked about */
    double at_most_usd; /* of the whole step, discounted */
    int first_move, move_count;
};

struct fab_moves {
    fab_arena *arena;
    struct fab_candidate *candidate; /* the largest at_most_usd first, ties by what, key, period */
    struct fab_move *move;
    int count, capacity, move_count, move_capacity;
};

/* Every limit of the plan's data with its step: tool hours of a group and period, a tool of a group from its first full period on, rows of the budget, power, floor, line rates and ramps, maxima of sources and
 * shipments, deliveries, room for stock; what targets want, cumulated promises owe and minima of sources ask for, less of it; splits between sources. FAB_NO_MEMORY. O(rows log rows). */
fab_status fab_moves_find(fab_context *context, const fab_plan *plan, struct fab_moves **moves);
void fab_moves_free(struct fab_moves *moves);

#endif
