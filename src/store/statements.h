/* The SQL of the input tables, made from the data dictionary.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_STATEMENTS_H
#define FAB_STORE_STATEMENTS_H

#include "cell.h"
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

/* Its place by name, -1 when there is none. */
int fab_statement_find_column(const struct fab_table_def *def, const char *name);

/* All columns of the table in the order of the dictionary, then basis and note, except where said. A row's key as text is the columns of
 * its key with FAB_KEY_SEPARATOR between, which no id holds; an empty column is nothing. Every table has one, whether SQLite gives it
 * rowids or not. */
enum {
    FAB_KEY_SEPARATOR = 0x1F,
    FAB_ROW_KEY_SIZE = FAB_TEXT_MAX + 256 /* bytes of a key as text: at most one column of it is free text */
};

enum fab_statement {
    FAB_STATEMENT_SELECT_SORTED, /* every row in the order of the model: the columns */
    FAB_STATEMENT_SELECT_UNDER_WAY, /* the same of lots under way and those that they were split from: of a table with a column "lot" */
    FAB_STATEMENT_ROW,           /* parameters ?1.. the columns, of which only the key is used: the row of that key, all columns */
    FAB_STATEMENT_EXISTS,        /* ?1 an id: one row when the table has it */
    FAB_STATEMENT_IDS,           /* every id */
    FAB_STATEMENT_KEY,           /* ?1 a rowid: the key as text */
    FAB_STATEMENT_COUNT,         /* the number of rows */
    FAB_STATEMENT_USED,          /* per column the number of values, then the number of rows */
    FAB_STATEMENT_UNSEEN, /* ?1 the table's name: the rows that are not in temp.import_seen, in a list of its own: the columns, then the key
                             as text */
    FAB_STATEMENT_DELETE  /* parameters ?1.. the columns, of which only the key is used */
};

fab_status fab_statement_prepare(fab_context *context, fab_store *store, const struct fab_table_def *def, enum fab_statement kind,
                                 sqlite3_stmt **statement);

/* INSERT of several rows: parameters ?1.. the columns of the first, of the second, ... Rows whose key exists are left out. */
fab_status fab_statement_prepare_insert(fab_context *context, fab_store *store, const struct fab_table_def *def, int rows,
                                        sqlite3_stmt **statement);

/* UPDATE of the columns marked in changes[] (all columns of the table; keys are left alone): parameters ?1.. the columns. A row that has
 * these values already does not count as changed. */
fab_status fab_statement_prepare_update(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool changes[],
                                        sqlite3_stmt **statement);

/* Binds a cell; its text must live until the statement is reset. SQLite's code. */
int fab_cell_bind(sqlite3_stmt *statement, int index, const struct fab_cell *cell);

fab_status fab_statement_count(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t *count);

/* The key of a row as text; "" when there is no such row. */
fab_status fab_statement_read_key(fab_context *context, fab_store *store, const struct fab_table_def *def, int64_t row_id, char *key,
                                  size_t size);

/* A key as messages name it: one blank between the columns that have a value. In place. */
const char *fab_statement_show_key(char *key);

#endif
