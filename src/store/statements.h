/* The SQL of the input tables, made from the data dictionary.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_STATEMENTS_H
#define FAB_STORE_STATEMENTS_H

#include "dictionary.h"
#include "internal.h"

/* Every input table has, behind its own columns, `basis` and `note`. */
enum { FAB_EXTRA_COLUMNS = 2 };
extern const char *const fab_extra_columns[FAB_EXTRA_COLUMNS];

/* Columns of a table at most, extra columns included. */
enum { FAB_COLUMNS_MAX = 64 };

/* Number of columns of the table, and the name of one, extra columns included. */
int fab_statement_columns(const struct fab_table_def *def);
const char *fab_statement_column(const struct fab_table_def *def, int column);

/* All columns of the table in the order of the dictionary, then basis and note, except where said. */
enum fab_statement {
    FAB_STATEMENT_SELECT_SORTED, /* every row in the order of the model: the columns */
    FAB_STATEMENT_INSERT,        /* parameters ?1.. the columns; does nothing when the key exists */
    FAB_STATEMENT_FIND,          /* parameters ?1.. the columns, of which only the key is used: rowid */
    FAB_STATEMENT_EXISTS,        /* ?1 an id: one row when the table has it */
    FAB_STATEMENT_IDS,           /* every id */
    FAB_STATEMENT_KEY,           /* ?1 a rowid: the columns of the key */
    FAB_STATEMENT_LAST,          /* the largest rowid, 0 without rows */
    FAB_STATEMENT_COUNT,         /* the number of rows */
    FAB_STATEMENT_USED,          /* per column the number of values, then the number of rows */
    FAB_STATEMENT_UNSEEN, /* ?1 a rowid, ?2 the table's name: rowids up to it that are not in temp.import_seen, in a list of its own */
    FAB_STATEMENT_DELETE  /* ?1 a rowid */
};

fab_status fab_statement_prepare(fab_context *context, fab_store *store, const struct fab_table_def *def, enum fab_statement kind,
                                 sqlite3_stmt **statement);

/* UPDATE of the columns marked in changes[] (all columns of the table; keys are left alone): parameters ?1.. the columns, then the rowid. A
 * row that has these values already does not count as changed. */
fab_status fab_statement_prepare_update(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool changes[],
                                        sqlite3_stmt **statement);

fab_status fab_statement_count(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t *count);

/* The key of a row as messages name it: its columns with one blank between; "" when there is no such row. */
fab_status fab_statement_read_key(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t row_id, char *key,
                                  size_t size);

#endif
