/* What a plan itself takes the yields to be, and when its starts come out: what estimates are set beside, and the periods they are made for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_YIELD_PLAN_H
#define FAB_YIELD_PLAN_H

#include <stdint.h>

struct yield_plan_period {
    const char *name;
    int32_t date; /* first day */
    double days;
};

/* A source's starts of a period. */
struct yield_planned {
    double lead_days, line_yield, unit_yield;
};

struct yield_plan {
    const struct yield_plan_period *period; /* [period_count] */
    int period_count;
    const double *units_per_start;       /* [source_count of the model] */
    const struct yield_planned *planned; /* [source_count x period_count], the periods of a source together */
};

#endif
