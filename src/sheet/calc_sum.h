/* Compensated summation (Neumaier 1974): spreadsheets sum with a like correction, so that a cached value is theirs to the last digits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CALC_SUM_H
#define FAB_CALC_SUM_H

#include <math.h>

struct fab_sum {
    double total, lost;
};

static inline void fab_sum_add(struct fab_sum *sum, double value)
{
    double total = sum->total + value;
    sum->lost += fabs(sum->total) >= fabs(value) ? (sum->total - total) + value : (value - total) + sum->total;
    sum->total = total;
}

#endif
