/* What a plan takes over from an earlier one on the day from which it goes on (planning-model.md "Start", `--from-plan`).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TAKEN_H
#define FAB_TAKEN_H

#include <fabplan/context.h>

#include "model.h"

/* What a row is about, and what its key names. */
typedef enum fab_taken_kind {
    FAB_TAKEN_TOOLS,   /* tools ordered [tool group], delivered on day `begin`; below 0: removed on it */
    FAB_TAKEN_SHIPPED, /* units shipped [order] */
    FAB_TAKEN_RATE,    /* weekly starts [line] in the last period before, whose middle is day `begin` */
    FAB_TAKEN_STOCK,   /* units on hand [item] */
    FAB_TAKEN_STARTS,  /* starts [source] under way, made evenly over [begin, end) */
    FAB_TAKEN_GONE,    /* wafers of lots [source] that went on over [begin, end), or at once on day `begin` */
    FAB_TAKEN_WAITING, /* wafers of lots [source] that have not gone on, and may from day `begin` on */
    FAB_TAKEN_KINDS
} fab_taken_kind;

/* Days are counted from the day of the takeover, and are negative before it. What a kind does not know is 0. */
struct fab_taken_row {
    fab_taken_kind kind;
    const char *key;
    double begin, end;
    double quantity;
    double usd;                   /* price of all the tools of the row */
    double progress;              /* of lots, when they went on, or now */
    double lead_days, good_units; /* of starts and of lots that have gone on, as the earlier plan had them */
    int32_t start_date;           /* of starts, and of lots the earliest one */
    bool held;
    const char *done;             /* "10=1 20=0.5": steps that are recorded as done, and for which share of the wafers; NULL: none */
};

struct fab_taken {
    fab_arena *arena; /* owns the texts */
    int64_t plan;     /* from which */
    int32_t date;
    struct fab_taken_row *row;
    int count, capacity;
};

/* NULL when memory is short. */
struct fab_taken *fab_taken_new(int64_t plan, int32_t date);
void fab_taken_free(struct fab_taken *taken);

/* Adds a row, with copies of its texts. False when memory is short. */
bool fab_taken_add(struct fab_taken *taken, const struct fab_taken_row *row);

/* The name of a kind: "tools"; and back, FAB_TAKEN_KINDS for another word. */
const char *fab_taken_name(fab_taken_kind kind);
fab_taken_kind fab_taken_find(const char *name);

/* Whether rows of a kind are part of it: those of stock and work in process are not where the data's own are as of the day (setting as_of). */
bool fab_taken_holds(const struct fab_taken *taken, const fab_model *model, fab_taken_kind kind);

/* Orders are what has not been shipped of them: an order without a rest goes, and what is promised of the whole one is promised less what was shipped; shipped_before of cumulated promises has it too, but where the data's is as of the day. Before the model is cut. FAB_MEMORY. O(orders x rows). */
fab_status fab_taken_orders(fab_context *context, const struct fab_taken *taken, fab_model *model);

/* Puts all else into a model that has been cut on the day: tools ordered are installed when they are delivered, and paid; budget and delivery limits are less by them; stock, lots, starts under way and the rate of
 * each line are those of the day. Keys that the model does not have any more are said as a warning (context NULL: not at all). O(rows x periods). */
fab_status fab_taken_apply(fab_context *context, const struct fab_taken *taken, fab_model *model);

/* Says in one note what was taken over. */
void fab_taken_tell(fab_context *context, const struct fab_taken *taken, const fab_model *model);

#endif
