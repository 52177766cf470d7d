/* The planning database: one SQLite file (or memory) with the input tables of the data dictionary, plans and estimates.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_H
#define FAB_STORE_H

#include <fabplan/context.h>
#include <fabplan/table.h>
#include <stdbool.h>

#include "model.h"
#include "row_source.h"

typedef struct fab_store fab_store;

typedef enum fab_store_mode {
    FAB_STORE_MEMORY, /* path NULL: a new database in memory */
    FAB_STORE_CREATE, /* a new file; FAB_USAGE when it exists */
    FAB_STORE_READ,   /* an existing file, never written */
    FAB_STORE_WRITE   /* an existing file; brought to the newest schema */
} fab_store_mode;

/* Opens a database defensively (reliability.md): foreign, damaged and newer files are FAB_DATABASE with a message that says which, and so
 * are inputs that another program has changed (their hash is sealed with every commit); a locked one is FAB_BUSY after 3 seconds. Up to 32
 * MiB the whole file is checked, above that all but the wafer-lot history. */
fab_status fab_store_open(fab_context *context, const char *path, fab_store_mode mode, fab_store **store);
void fab_store_close(fab_store *store);

typedef struct fab_import_options {
    bool replace; /* rows of the imported tables that the sources do not have are deleted */
    bool dry_run; /* everything is checked and counted, nothing is changed */
    bool whole;   /* the sources are a whole data set: every cross-check counts */
    const fab_table *beside; /* rows of a table that is no input, written in the same transaction in place of those of the same key; NULL: none */
    fab_table **differences; /* gets what is different from the tables: table, key, change (added, changed, removed), column, before, after; a row for each row
                                that is added or removed and each cell that is changed, the first FAB_DIFFERENCES_KEPT of them; NULL when nothing is. NULL: not asked for */
} fab_import_options;

enum { FAB_DIFFERENCES_KEPT = 1000 };

/* Imports the rows of some sources, one for each table, in one transaction: rows are added or, when their key exists, updated; columns that
 * a source does not have stay as they are (with replace: become empty). Of the cross-checks only those about the sources' own tables count
 * unless they are a whole data set; the others are warnings. Every finding goes to the context (FAB_LEVEL_FINDING, "name:line:column: what,
 * value, rule, hint"; up to 50 a source); with any finding nothing is changed and the status is FAB_INPUT. *summary (may be NULL) gets a
 * table: table, rows_read, rows_added, rows_changed, rows_deleted. O(rows), memory bounded. */
fab_status fab_store_import(fab_context *context, fab_store *store, const struct fab_row_source sources[], int source_count,
                            const fab_import_options *options, fab_table **summary);

/* Writes every non-empty input table as FOLDER/table.csv, rows by key, so that import(export(x)) = x. The folder is made when missing. */
fab_status fab_store_export(fab_context *context, fab_store *store, const char *folder);

/* The cross-checks (schema/queries/check_*.sql, and those of the data dictionary): severity (finding, warning), tbl, row_key, column, message (what, value, rule, hint), as a
 * table. */
fab_status fab_store_check(fab_context *context, fab_store *store, fab_table **findings);

/* Says the warnings of the cross-checks, for who plans from a database: they were said when its rows came in, perhaps long ago. Those that
 * read the wafer-lot history are left out: it is long, and the plan takes its lots alone. */
fab_status fab_store_warn(fab_context *context, fab_store *store);

/* A database in memory with the rows of a model: its input tables alone. The caller closes it. O(rows). */
fab_status fab_store_open_model(fab_context *context, const fab_model *model, fab_store **opened);

/* The same of a model in memory, whose rows are right in themselves (a changed one): in a database of its own. O(model). */
fab_status fab_store_check_model(fab_context *context, const fab_model *model, fab_table **findings);

/* Loads the frozen model. */
fab_status fab_store_load_model(fab_context *context, fab_store *store, fab_model **model);

/* Adds the active and held lots of the wafer-lot history to a loaded model, as starting WIP. A lot of a source without a route has no steps and counts by its lead time. */
fab_status fab_store_load_wip(fab_context *context, fab_store *store, fab_model *model);

/* SHA-256 (64 hex digits) over all input tables of the plan in canonical form: the same inputs give the same hash whatever the order of
 * rows and the way they came in. */
fab_status fab_store_hash_inputs(fab_context *context, fab_store *store, char hex[65]);

/* Runs schema/queries/NAME.sql. FAB_INTERNAL when there is no such query or a parameter is missing. */
fab_status fab_store_select(fab_context *context, fab_store *store, const char *query, const fab_parameter parameters[],
                            int parameter_count, fab_table **result);

/* Takes one row of a query; texts live until it returns. A failure ends the query and is passed on. */
typedef fab_status fab_row_sink(void *user, const fab_value values[], int count);

/* Runs schema/queries/NAME.sql and gives its rows to the sink one after the other; memory does not grow with their number. The sink must not
 * use the store. Errors as of fab_store_select, and the sink's. */
fab_status fab_store_each(fab_context *context, fab_store *store, const char *query, const fab_parameter parameters[], int parameter_count,
                          fab_row_sink *sink, void *user);

/* A SELECT from outside: a report's, or an embedding program's. */
struct fab_outside {
    const char *sql, *name; /* name: where the text is from, for messages; it becomes the table's */
    const fab_parameter *parameters;
    int parameter_count;
    int row_limit; /* rows that are taken; 0: all */
};

/* Runs it. Anything else than reading is refused (authorizer, query_only), FAB_INPUT with the name, line and SQLite's message. Parameters
 * that the text does not use are ignored. *complete: there are no more rows than were taken. */
fab_status fab_store_select_outside(fab_context *context, fab_store *store, const struct fab_outside *outside, fab_table **result,
                                    bool *complete);

/* Whether a SELECT from outside has each of the parameters, by the statement itself: a name in a text or a remark is none. Errors as above. */
fab_status fab_store_find_parameters(fab_context *context, fab_store *store, const char *sql, const char *origin,
                                     const char *const names[], int count, bool found[]);

/* The same as fab_store_select_outside, of all rows. */
fab_status fab_store_select_text(fab_context *context, fab_store *store, const char *sql, const char *origin,
                                 const fab_parameter parameters[], int parameter_count, fab_table **result);

/* All rows of an input table in the order of its key, as export writes them: the dictionary's columns, then basis and note. O(rows log rows). */
fab_status fab_store_read_table(fab_context *context, fab_store *store, const struct fab_table_def *def, fab_table **result);

/* Inserts the rows of a table into the database table of the same name; column names are those of the database. */
fab_status fab_store_insert(fab_context *context, fab_store *store, const fab_table *table);

/* The same, in place of rows of the same key. */
fab_status fab_store_replace(fab_context *context, fab_store *store, const fab_table *table);

/* Several reads of one moment: what others commit in between is not seen, and cannot be committed until fab_store_let_go. *held says whether there was no transaction yet, and is given back with it. */
fab_status fab_store_hold(fab_context *context, fab_store *store, bool *held);
void fab_store_let_go(fab_store *store, bool held);

/* One transaction around several inserts. A rollback after a failed commit or insert is always safe. */
fab_status fab_store_begin(fab_context *context, fab_store *store);
fab_status fab_store_commit(fab_context *context, fab_store *store);
void fab_store_rollback(fab_store *store);

/* Keeps what a plan is made from, within the transaction: the tables of the model, lots under way and those that they were split from, with their events; compressed,
 * one snapshot for each distinct content. hex: the SHA-256 of its text. O(rows). */
fab_status fab_store_keep_input(fab_context *context, fab_store *store, char hex[65]);

/* The digest that fab_store_keep_input would give, with nothing kept: two of the same say that nothing that a plan is made from has changed in between. O(rows). */
fab_status fab_store_digest_input(fab_context *context, fab_store *store, char hex[65]);

/* A database in memory whose inputs are those of a snapshot. FAB_DATABASE when there is no such snapshot or it is not what was kept. O(rows). */
fab_status fab_store_open_input(fab_context *context, fab_store *store, const char *hex, fab_store **opened);

/* Copies a snapshot of inputs into another database, within a transaction of its own; one that has it stays as it is. FAB_DATABASE when there is no such snapshot. O(bytes). */
fab_status fab_store_copy_input(fab_context *context, fab_store *from, fab_store *to, const char *hex);

/* Copies all rows of a plan into another database that has none of that number. O(rows). */
fab_status fab_store_copy_plan(fab_context *context, fab_store *from, fab_store *to, int64_t plan);

/* Seals a plan within the transaction that wrote it: digests of its tables, of its content (its row and its rows in the tables plan_... but plan_value and plan_basis, by key, without number, name, times, work and versions), and of its record,
 * which is the content, what is left out of it, and the record of the plan before. Columns are those of the schema at that time. Rows of plan_value and plan_release are sealed as they are inserted. O(rows). */
fab_status fab_store_seal_plan(fab_context *context, fab_store *store, int64_t plan);

/* The same of a snapshot of yields. */
fab_status fab_store_seal_snapshot(fab_context *context, fab_store *store, int64_t snapshot);

/* The same of a sweep. */
fab_status fab_store_seal_sweep(fab_context *context, fab_store *store, int64_t sweep);

/* What is not as it was sealed: (what: "plan", "yields", "sweep" or "release", number, detail: the tables that were changed, and the first broken link of the records). O(rows of all plans). */
fab_status fab_store_check_digests(fab_context *context, fab_store *store, fab_table **wrong);

/* The next free plan number (within the transaction). */
fab_status fab_store_next_plan(fab_context *context, fab_store *store, int64_t *plan);

/* Integrity, schema and foreign keys of an open database (doctor). FAB_DATABASE with what is wrong. */
fab_status fab_store_verify(fab_context *context, fab_store *store);

/* "SQLite 3.40.1". */
const char *fab_store_engine_name(void);

#endif
