/* How long customers are served after something stops, and what is still shipped (sovereignty_kpis.csv K6 to K8).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SURVIVAL_H
#define FAB_SURVIVAL_H

#include "plan.h"

/* Below this share of what is due a customer does not survive. */
#define FAB_SURVIVAL_FILL 0.5

/* Value shipped in the periods that start in [from, to), at the orders' prices, not discounted. FAB_DATE_NONE: open. O(shipments). */
double fab_survival_value(const fab_plan *plan, int32_t from, int32_t to);

/* What becomes of a customer from a day on. */
struct fab_survival {
    int months;   /* whole months from the day to the start of the first period that starts on it or later and whose orders, at their prices, are filled to less than half, whenever they ship; without one to the horizon's end */
    int period;   /* that period, FAB_NONE: there is none */
    bool ordered; /* orders are due from the day on */
};

struct fab_survival fab_survival_of(const fab_plan *plan, int customer, int32_t day);

/* Whole months from one day to a later one: from 31 January to 28 February is none. O(1). */
int fab_survival_months(int32_t from, int32_t to);

#endif
