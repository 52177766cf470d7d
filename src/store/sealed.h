/* What is written once and sealed: plans, snapshots of yields, and sweeps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SEALED_H
#define FAB_SEALED_H

#include "internal.h"

/* One of the kinds: its tables, and which of their columns are no content. */
struct fab_sealed {
    const char *word;                /* in messages: "plan" */
    const char *head, *like, *key;   /* the table with one row for each, the pattern of the others, the column of its number */
    const char *hash, *digest;       /* tables of its hashes, and of the hash of each table */
    const char *const *apart;        /* tables that have hashes of their own or are hashes; ends with NULL */
    const char *const *beside;       /* tables that belong to the record, not to the content; ends with NULL */
    const char *const *left_out;     /* columns of the head that two runs of the same may differ in; ends with NULL; those that begin with seconds_ too */
    const char *select_hash, *select_all, *select_digest; /* SQL */
    int first_version;               /* schema from which on it has hashes */
};

extern const struct fab_sealed fab_sealed_plan, fab_sealed_yields, fab_sealed_sweep;

/* Rows of a table by key, with the columns that it has in `shape`, a database whose schema may be older. */
typedef fab_status fab_sealed_sink(void *user, const char *table, sqlite3_stmt *statement);

/* Visits every table that holds rows of number n, by name: O(tables), and what the sink does with the rows. */
fab_status fab_sealed_visit(fab_context *context, fab_store *store, const struct fab_sealed *kind, fab_store *shape, int64_t number, fab_sealed_sink *sink, void *user);

bool fab_sealed_is_left_out(const struct fab_sealed *kind, const char *column);
bool fab_sealed_is_beside(const struct fab_sealed *kind, const char *table);
bool fab_sealed_is_apart(const struct fab_sealed *kind, const char *table);

#endif
