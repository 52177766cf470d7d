/* Finite upper bounds of every decision, so that every plan can be certified (planning-model.md "Upper bounds").
 *
 * A bound that follows from an equation (tool hours, floor, budget) is kept at twice what the equation allows, and at one where that is nothing at all: it can never bind, so the value of the
 * scarce thing stays with its equation. Bounds that are limits of their own (a contract's maximum, a store's size) are exact.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BOUNDS_H
#define FAB_BOUNDS_H

#include "terms.h"

/* [.. x T] arrays. */
struct fab_bounds {
    double *starts;   /* x [source x T] */
    bool *own_limit;  /* [source x T]: starts is the source limit's maximum itself */
    double *arrivals; /* [item x T]: everything of an item that can have arrived by the end of a period, substitutes included */
    double *orders;   /* n [tool group x T] */
    double *tools;    /* [tool group x T]: N(g,u) at most */
};

/* Upper limit of a decision that an equation limits to `most`. */
double fab_bounds_loosen(double most);

/* Takes the bounds from the terms' arena; NULL when memory is short. */
struct fab_bounds *fab_bounds_new(fab_arena *arena, const fab_terms *terms);

#endif
