/* The cross-checks: SELECTs in schema/queries/check_*.sql, one a file, and those that the dictionary makes (check_made.h), that give what is wrong
 * between rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_CHECKS_H
#define FAB_STORE_CHECKS_H

#include "cell.h"
#include "statements.h"

struct fab_check_row {
    bool finding; /* else a warning */
    const char *code; /* of the check: check_route */
    const char *table;
    const struct fab_table_def *def; /* of the table */
    const char *key;                 /* of the row, as text (statements.h); NULL: no row in particular */
    const char *column;              /* NULL: none in particular */
    const char *value;               /* of the column as text; NULL: none, or empty */
    const char *text;                /* "COLUMN is VALUE, must RULE (HINT)" */
};

typedef fab_status fab_check_sink(void *user, const struct fab_check_row *row);

/* Runs the checks in the order of names, then those of the dictionary by table, and gives their rows to the sink until that fails. changed (NULL: all) has an entry for each table
 * of the dictionary: a check that reads the wafer-lot history, which is long, is left out when none of the tables it reads has changed. */
fab_status fab_checks_run(fab_context *context, fab_store *store, const bool changed[], fab_check_sink *sink, void *user);

#endif
