/* The wafer-lot history as arrays: good-die counts of one product, and what the estimates need of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COUNTS_H
#define FAB_COUNTS_H

#include <fabplan/context.h>
#include <stddef.h>
#include <stdint.h>

/* Most die of a wafer: 300 mm with die of 0.1 mm have 7 million. It bounds the memory of the estimates. */
enum { FAB_TESTED_MAX = 10000000 };

/* One sorted wafer. */
typedef struct fab_wafer_result {
    int32_t tested; /* die tested, 1..FAB_TESTED_MAX */
    int32_t good;   /* 0..tested */
    int32_t lot;    /* any number that is the same for the wafers of a lot */
    int32_t day;    /* process-out date as a day number (date.h) */
} fab_wafer_result;

/* Wafers with equal counts. */
typedef struct fab_count_cell {
    int32_t tested, good;
    double wafers;
} fab_count_cell;

/* The histogram of the wafers: a sufficient statistic of every model of independent wafers. */
typedef struct fab_counts {
    fab_count_cell *cells; /* sorted by tested, good */
    size_t cell_count;
    double wafers, tested, good; /* sums */
    int32_t tested_max;
} fab_counts;

/* Groups wafers into cells. FAB_INPUT when there is no wafer or a count is impossible, FAB_NO_MEMORY. O(count log count). */
fab_status fab_counts_init(fab_context *context, const fab_wafer_result *wafers, size_t count, fab_counts *counts);
void fab_counts_fini(fab_counts *counts);

/* The wafers of one lot together. */
typedef struct fab_lot_result {
    int32_t lot, day; /* day: the mean of the wafers' days */
    int32_t wafers;
    double tested, good; /* sums */
    double chi_square;   /* of the wafers about the lot's yield, wafers - 1 degrees of freedom; 0 for a yield of 0 or 1 */
} fab_lot_result;

typedef struct fab_lots {
    fab_lot_result *lots; /* sorted by lot */
    size_t count;
    double wafer_dispersion; /* variance of a wafer about its lot over the binomial variance, pooled, at least 1 */
} fab_lots;

/* Adds up the wafers of each lot. Errors and cost as fab_counts_init. */
fab_status fab_lots_init(fab_context *context, const fab_wafer_result *wafers, size_t count, fab_lots *lots);
void fab_lots_fini(fab_lots *lots);

#endif
