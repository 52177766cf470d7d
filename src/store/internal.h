/* What the files of this folder share: the open database, statements and the mapping of SQLite's errors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_INTERNAL_H
#define FAB_STORE_INTERNAL_H

#include "files.h"
#include "store.h"

#include <sqlite3.h>

struct fab_store {
    sqlite3 *db;
    char *path; /* for messages; "memory" */
    fab_store_mode mode;
    fab_context *context; /* of the call under way: its interruption stops SQLite */
    bool inputs_changed;  /* by the transaction under way: it ends with a new seal */
};

/* To be called first by every public function. */
static inline void fab_store_enter(fab_store *store, fab_context *context)
{
    store->context = context;
}

/* The status that SQLite's last error of this database means, with the message "PATH: what SQLite says". */
fab_status fab_store_fail(fab_context *context, fab_store *store);
fab_status fab_store_fail_code(fab_context *context, const char *path, int code, const char *text);

/* Runs SQL without results: transactions, pragmas, migrations. */
fab_status fab_store_run(fab_context *context, fab_store *store, const char *sql);

/* Prepares one statement. */
fab_status fab_store_prepare(fab_context *context, fab_store *store, const char *sql, sqlite3_stmt **statement);

/* Prepares schema/queries/NAME.sql. */
fab_status fab_store_prepare_query(fab_context *context, fab_store *store, const char *name, sqlite3_stmt **statement);

/* Binds every parameter of the statement by name. One without a value is a failure of that status. Texts must live until the statement is
 * stepped to its end. */
fab_status fab_store_bind(fab_context *context, fab_store *store, sqlite3_stmt *statement, const fab_parameter parameters[], int count,
                          fab_status missing);

/* One step. *row false at the end. */
fab_status fab_store_step(fab_context *context, fab_store *store, sqlite3_stmt *statement, bool *row);

/* A value of the row at hand; a text lives until the next step. FAB_DATABASE for a text that is not UTF-8: nothing that is made of it (JSON,
 * a workbook) could be read. */
fab_status fab_store_read_value(fab_context *context, const fab_store *store, sqlite3_stmt *statement, int column, fab_value *value);

/* The rows of a statement as a table of that name, at most `limit`. */
fab_status fab_store_collect(fab_context *context, fab_store *store, sqlite3_stmt *statement, const char *name, int limit, fab_table **result);

/* Steps a statement that gives no rows, and resets it. */
fab_status fab_store_execute(fab_context *context, fab_store *store, sqlite3_stmt *statement);

/* Whether SQLite looks for the parent of every row that is written (it does unless told otherwise). Not within a transaction. */
fab_status fab_store_enforce_references(fab_context *context, fab_store *store, bool enforced);

/* FAB_DATABASE, naming both tables, when a row refers to one that does not exist. O(rows). */
fab_status fab_store_check_references(fab_context *context, fab_store *store);

/* The integer in the first column of the first row of a named query. */
fab_status fab_store_select_integer(fab_context *context, fab_store *store, const char *query, int64_t *integer);

/* Brings the database to a schema version; fab_store_schema_version is the newest. All of it in one transaction, with the inputs sealed anew. */
fab_status fab_store_migrate(fab_context *context, fab_store *store, int from, int to);
int fab_store_schema_version(void);

/* An embedded file by its name; NULL: there is none. */
const struct fab_file *fab_store_find_file(const char *name);

/* Refuses what is not a sound fabplan database of this or an older version (*version). full: also what takes time O(database). */
fab_status fab_store_examine(fab_context *context, fab_store *store, bool full, int *version);

/* The hash of the inputs is stored with them, and on opening compared with them. */
fab_status fab_store_seal(fab_context *context, fab_store *store);
fab_status fab_store_check_seal(fab_context *context, fab_store *store);

/* "FABP": what the file header of a planning database says it is. */
enum { FAB_STORE_APPLICATION_ID = 0x46414250 };

/* A new database in memory with defensive settings. */
fab_status fab_store_open_memory(fab_context *context, fab_store **store);

#endif
