/* Digests of what is written once: of its content, of each of its tables, of its record; and of rows that are added later.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DIGEST_H
#define FAB_DIGEST_H

#include "sealed.h"
#include "sha256.h"

/* "column=value" and an end, texts with a mark before them; nothing for NULL, so that columns without a value that a later schema adds change no digest. False when memory is short. */
bool fab_digest_add(fab_sha256 *sha256, sqlite3_stmt *statement, int column);

/* The digest of the content, with the columns of a schema version. O(rows). */
fab_status fab_digest_content(fab_context *context, fab_store *store, const struct fab_sealed *kind, int version, int64_t number, char hex[FAB_SHA256_HEX_SIZE]);

/* Seals within the transaction that wrote the rows: digests of tables and content, and the record as the next link of the chain. O(rows). */
fab_status fab_digest_seal(fab_context *context, fab_store *store, const struct fab_sealed *kind, int64_t number);

/* Seals the rows of plan_value and plan_release that have no digest yet and whose plan has one, each behind the row before. O(rows of these tables). */
fab_status fab_digest_seal_rows(fab_context *context, fab_store *store);

/* Adds what is wrong with these rows to a table of (what, number, detail): of each plan, and of the releases, the first row that is not what was stored. */
fab_status fab_digest_check_rows(fab_context *context, fab_store *store, fab_table *wrong);

/* A row of that table. The text is copied. */
fab_status fab_digest_add_wrong(fab_context *context, fab_table *wrong, const char *what, int64_t number, const char *detail);

#endif
