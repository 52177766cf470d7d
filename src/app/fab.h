/* The handle behind the public verbs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_APP_H
#define FAB_APP_H

#include <fabplan/fabplan.h>

#include "store.h"

struct fab {
    fab_store *store;
    bool is_file;
    char *data; /* the path that was opened */
    double seconds_open; /* or to import the folder */
    int64_t plan;        /* of fab_open_plan: the inputs are those that this plan was made from; else 0 */
    fab_table *warnings; /* of a folder: said about its files as such, in the columns of fab_store_check */
    fab_context *inputs; /* of a folder that was planned: holds the warnings about its rows, which opening it has said */
};

/* The rows of a query with the plan's number as :plan. */
fab_status fab_select_plan(fab_context *context, fab *fab, const char *query, int64_t plan, fab_table **result);

/* Whether a plan keeps what it was made from: plans from before do not. */
fab_status fab_plan_keeps_input(fab_context *context, fab *handle, int64_t plan, bool *keeps);

/* True when the path is a folder. */
bool fab_is_folder(const char *path);

/* Adds to findings (severity, tbl, row_key, column, message) what only the program can say: money without end. Nothing where there are findings already. */
fab_status fab_check_program(fab_context *context, fab *handle, fab_table *findings);

#endif
