/* What two models of one data set differ in, row by row and column by column.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DIFFERENCE_H
#define FAB_DIFFERENCE_H

#include "model.h"

#include <fabplan/context.h>

/* Texts live until the sink returns. */
struct fab_difference {
    const char *table, *key; /* key columns in their order, dates too, joined by "/" */
    const char *column;      /* NULL: the row as a whole, which only one of them has; of a figure that no table holds its name (fab_derived_columns) */
    const char *before;      /* "": an empty cell; of a row "column=value;..." without its key; of a figure that no table holds what is done to it, "scale 0.5"; NULL: there is no such row, or nothing is done */
    const char *after;       /* likewise */
    const char *change_key;  /* how a change names the row (change.h): ids, then dates as conditions */
    const char *insert;      /* of a row that only `after` has: how an insert writes it, key and all; NULL: there is no such row */
    int32_t from, to;        /* of such a figure [from, to), FAB_DATE_NONE: open; of others FAB_DATE_NONE */
};

typedef fab_status fab_difference_sink(void *user, const struct fab_difference *difference);

/* Gives the sink every difference, tables in the order of the dictionary, rows by key, then figures that no table holds in the order in which they work: those that only
 * one of them has. A failure of the sink ends it and is passed on; FAB_NO_MEMORY. O(rows log rows). */
fab_status fab_model_differ(fab_context *context, const fab_model *before, const fab_model *after, fab_difference_sink *sink, void *user);

#endif
