/* A data set as of a day inside its calendar: what lies before it is history (planning-model.md "Start").
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_START_H
#define FAB_START_H

#include <fabplan/context.h>

#include "taken.h"

/* Rows of one kind: how many, their units, and what those are worth (orders at their price, receipts at the item's value). */
struct fab_rows_left {
    int count;
    double units, usd;
};

/* What a start leaves out of a data set. */
struct fab_start_history {
    int32_t date;                        /* FAB_DATE_NONE: nothing was left out, the day is the calendar's own */
    struct fab_rows_left orders, receipts;
    int ship_targets;                    /* cumulated promises */
    struct fab_rows_left open;           /* of the orders those that could still ship late; with something taken over they stay */
};

/* Cuts a model at a day of its calendar, in place. Periods that end on or before it go; the one that it falls into keeps its name and begins there. Orders and receipts dated before the first
 * period that stays, and receipts in its cut-off part, go; orders due in that part are due on the day. Of the budget the last row that is there by the day stays, earlier ones are spent. Cumulated promises dated before the day, or without an order left, go. Everything
 * else is as of the day because the first period now begins on it. With what is taken over from a plan (NULL: nothing) orders that may still ship stay, overdue, less what it shipped, no budget is spent but for what it ordered, and its tools,
 * stock and work in process are there (fab_taken_apply). The calendar's first day changes nothing. FAB_USAGE (code "request.start"): a day outside of the calendar. O(rows). */
fab_status fab_model_start(fab_context *context, fab_model *model, int32_t date, const struct fab_taken *taken, struct fab_start_history *history);

/* Says what was left out (a note), and what a plan that starts from the tables alone cannot know of the days before (a warning): tools that can be bought, stock, open orders. O(rows). */
void fab_start_tell(fab_context *context, const fab_model *model, const struct fab_start_history *history);

#endif
