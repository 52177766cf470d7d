/* Orders to be quoted: one, or a file of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_QUOTE_FILE_H
#define FAB_QUOTE_FILE_H

#include "quote.h"

/* Texts are of the arena. */
struct fab_quote_order {
    const char *name;     /* of the file; NULL: it has none */
    const char *date;     /* as it was given */
    int customer, item;
    struct fab_quote_asked asked; /* its pair is set by fab_quote_orders_pair */
};

struct fab_quote_orders {
    fab_arena *arena;
    struct fab_quote_order *order;
    int count, capacity;
    struct fab_desk_pair *pair; /* [pair_count] of all orders, each once */
    int pair_count;
};

/* The orders of a request, in its order or that of the file (CSV: item, quantity, date, customer, quote?). FAB_USAGE: something is missing, or is not of the plan; FAB_INPUT: findings of the file. End it also after a failure. */
fab_status fab_quote_orders_read(fab_context *context, const fab_quote_request *request, const fab_plan *plan, struct fab_quote_orders *orders);
void fab_quote_orders_fini(struct fab_quote_orders *orders);

#endif
