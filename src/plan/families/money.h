/* Kinds of money, so that a plan's totals are sums over the same numbers as the objective.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MONEY_H
#define FAB_MONEY_H

#include <stdbool.h>

typedef enum fab_money {
    FAB_MONEY_REVENUE,
    FAB_MONEY_COST,
    FAB_MONEY_SHORTAGE,
    FAB_MONEY_LATE,
    FAB_MONEY_COMMITMENT,
    FAB_MONEY_SHORTFALL,
    FAB_MONEY_SUBSTITUTION,
    FAB_MONEY_HOLDING,
    FAB_MONEY_POWER,
    FAB_MONEY_CAPEX,
    FAB_MONEY_REMOVAL,
    FAB_MONEY_END_VALUE,
    FAB_MONEY_CHANGE, /* of an old plan */
    FAB_MONEY_POLICY, /* what whole decisions leave missing from a policy's rows */
    FAB_MONEY_DISCARD, /* of what is thrown away */
    FAB_MONEY_MOVED,   /* of hours done on alternates */
    FAB_MONEY_TARGET,    /* of stock below its targets */
    FAB_MONEY_CUMULATED, /* of shipments behind cumulated promises */
    FAB_MONEY_FIXED,  /* charges of periods with starts */
    FAB_MONEY_TAIL, /* whatever it is, behind the horizon (planning-model.md "Tail") */
    FAB_MONEY_COUNT
} fab_money;

struct fab_money_kind {
    const char *total; /* column of `plan`: "revenue_usd" */
    bool profit;       /* counts in profit_usd: neither a penalty of the model nor the end value */
};
extern const struct fab_money_kind fab_money_kinds[FAB_MONEY_COUNT];

/* USD per unit of a column, discounted, with the sign of the objective. */
struct fab_amount {
    int column;
    fab_money kind;
    double usd;
};

#endif
