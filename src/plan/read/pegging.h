/* Which arrivals a plan's shipments are made of: a reading of its balances, first in first out (planning-model.md "Pegging").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PEGGING_H
#define FAB_PEGGING_H

#include "plan.h"

/* In the order in which those of one period are used: substitutes after own units. */
typedef enum fab_peg_from { FAB_PEG_STOCK, FAB_PEG_RECEIPT, FAB_PEG_WIP, FAB_PEG_SOURCE, FAB_PEG_SUBSTITUTE } fab_peg_from;

/* Units that come into the stock of an item in a period. */
struct fab_peg_arrival {
    int item, period; /* period FAB_NONE: stock on hand */
    fab_peg_from from;
    int key;          /* row of the receipt, WIP group, source or substitute */
    int start;        /* period of the start of a source; else FAB_NONE */
    double quantity;
};

/* In the order in which those of one period are served. */
typedef enum fab_peg_to { FAB_PEG_SHIPMENT, FAB_PEG_START, FAB_PEG_SERVED /* as a substitute */, FAB_PEG_GONE /* thrown away, or into lots */ } fab_peg_to;

/* Units that leave the stock of an item in a period, and what they are of. */
struct fab_peg_use {
    int item, period, rank; /* rank: of shipments the due period, the earlier first */
    fab_peg_to to;
    int key;                /* demand, source or substitute */
    int start;              /* period of the start that takes them; else FAB_NONE */
    double quantity;
    int first, count;       /* in fab_pegging.match */
    double matched;         /* their sum: quantity but for rounding */
};

struct fab_peg_match {
    int arrival;
    double quantity;
};

struct fab_pegging {
    struct fab_peg_arrival *arrival; /* by item and period */
    struct fab_peg_use *use;         /* by item and period */
    struct fab_peg_match *match;
    int arrival_count, arrival_capacity, use_count, use_capacity, match_count, match_capacity;
    int *taking;                     /* [taking_count]: the uses of starts and substitutes, by kind, key and start (substitutes: period) */
    int taking_count;
    bool failed; /* memory was short */
};

/* Matches the uses of every item to its arrivals, the earliest first. False when memory is short. O(nonzeros log nonzeros). */
bool fab_pegging_make(const fab_plan *plan, struct fab_pegging *pegging);
void fab_pegging_free(struct fab_pegging *pegging);

/* The uses of a start of a source, or of a substitute in a period, as taking[*first .. + the result). O(log uses). */
int fab_pegging_find(const struct fab_pegging *pegging, fab_peg_to to, int key, int start, int *first);

#endif
