/* Lateness of an order: days from when it is due to the start of a period in which it is shipped, and when they are charged.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LATENESS_H
#define FAB_LATENESS_H

#include "terms.h"

/* Days late of order d when it is shipped in period t, one from its due period on; an overdue order's from its own due date. O(1). */
double fab_late_days(const fab_terms *terms, int d, int t);

/* The same, each day with the discount of the period at whose start it has passed: what lateness costs is charged as it passes, whenever the
 * order ships; those before the first period with its discount. O(t - due period). */
double fab_late_days_discounted(const fab_terms *terms, int d, int t);

#endif
