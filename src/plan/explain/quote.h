/* A quote: when a new order can be had, what that costs, and whom it would displace (command-line.md "quote").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_QUOTE_H
#define FAB_QUOTE_H

#include "desk.h"

struct fab_quote_asked {
    int pair;   /* of the desks: customer and item */
    double quantity;
    int period; /* in which it is due */
};

/* What a way to have the order costs. */
struct fab_offer {
    bool possible;
    double loss_usd;       /* of the objective, without the order's price; discounted */
    double break_even_usd; /* price of a unit, of the day it ships, at which nothing is lost */
    struct fab_desk_answer answer; /* optimum with the order */
};

struct fab_quote {
    int earliest;            /* period by whose end it can be had whole without breaking anything promised; FAB_NONE: not in the horizon */
    double most;             /* units that can be had by then, else in the horizon */
    double before;           /* units that can be had a period earlier: a unit more would cost at least the desk's price, by proof; NAN: it is in time */
    struct fab_offer free;   /* with every order's shipments, added up by period, at least the plan's; in the earliest period */
    struct fab_offer hard;   /* in the period in which it is due, nothing kept */
};

/* Quotes on two desks of one plan, the first with what is kept; both are as before afterwards, so that a quote is the same whatever was asked before. Money stays INFINITY where it is not possible. A few warm solves. */
fab_status fab_quote_make(fab_context *context, struct fab_desk *const desk[2], const struct fab_quote_asked *asked, struct fab_quote *quote);
void fab_quote_fini(struct fab_quote *quote);

/* Units of the new order in a period of an answer. */
double fab_quote_units(const struct fab_desk *desk, const struct fab_quote_asked *asked, const struct fab_offer *offer, int period);

#endif
