/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lateness.h"

double fab_late_days(const fab_terms *terms, int d, int t)
{
    return terms->overdue_days[d] + terms->period[t].begin - terms->period[terms->due_period[d]].begin;
}

double fab_late_days_discounted(const fab_terms *terms, int d, int t)
{
    double days = terms->overdue_days[d] * terms->period[0].discount;
    for (int u = terms->due_period[d] + 1; u <= t; u++)
        days += terms->period[u - 1].days * terms->period[u].discount;
    return days;
}
