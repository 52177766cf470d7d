/* A fab of any size, drawn from a seed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FAB_SYNTH_H
#define FAB_FAB_SYNTH_H

#include <fabplan/context.h>
#include <stdint.h>

enum { FAB_SYNTH_PRODUCTS_LEAST = 3, FAB_SYNTH_PRODUCTS_MOST = 2000, FAB_SYNTH_PERIODS_LEAST = 4, FAB_SYNTH_PERIODS_MOST = 520, FAB_SYNTH_GROUPS_LEAST = 12, FAB_SYNTH_GROUPS_MOST = 5000 };

struct fab_synth_request {
    int products, periods, tool_groups;
    double load; /* of the bottleneck groups, 0.01 to 10 */
    uint64_t seed;
    const char *folder; /* new or empty */
};

struct fab_synth_counts {
    struct {
        const char *name;
        int64_t rows;
    } table[64];
    int tables;
};

/* Writes the tables as CSV files into the folder, which appears whole or not at all. The load of a tool group is: hours of its steps for the orders of the mean week, down the bills and with the yields of
 * each week's starts, less what sources outside can deliver at most, over the hours of its tools (availability x max_utilisation). One group in five, and the first of each line, has `load`, within 1 per cent;
 * the others 0.55 to 0.92 of it. The same request gives the same bytes on every machine.
 *
 * FAB_USAGE: a number out of range, or the folder is not empty; FAB_OUTPUT, FAB_NO_MEMORY. O(rows + products x bills + groups x steps). */
fab_status fab_synth_write(fab_context *context, const struct fab_synth_request *request, struct fab_synth_counts *counts);

#endif
