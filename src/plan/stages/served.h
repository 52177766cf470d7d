/* Value served: what the policies share out.
 *
 * V_c = sum of price x y x delta over all shipments of the customer's orders of the horizon, late ones included (also those shipped in a tail); W_c = the same for the full quantity in its due period. An order that cannot ship any more is in neither.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SERVED_H
#define FAB_SERVED_H

#include "program.h"

/* Adds V_c, discounted USD by unit shipped, to objective[column_count]. O(shipments of the customer). */
void fab_served_weigh(const fab_program *program, int customer, double objective[]);

/* W_c, discounted USD. O(orders). */
double fab_served_whole(const fab_program *program, int customer);

/* V_c at a point. O(shipments of the customer). */
double fab_served_at(const fab_program *program, int customer, const double *x);

/* True when the customer has orders in the horizon. */
bool fab_served_has_orders(const fab_program *program, int customer);

/* Promises: -commitment_factor x price x delta of every unit missing from a promised fill, those of a tail too, into objective. Gives the same of all that is promised: the most that can be missing, discounted USD. O(orders). */
double fab_promises_weigh(const fab_program *program, double objective[]);

#endif
