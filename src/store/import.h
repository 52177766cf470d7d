/* What the parts of an import share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_IMPORT_H
#define FAB_STORE_IMPORT_H

#include "cell.h"
#include "findings.h"
#include "row_source.h"
#include "statements.h"

/* Where a field of the reader's row begins. */
static inline struct fab_row_place fab_row_place_of(const struct fab_row_reader *reader, int field)
{
    return reader->kind->place(reader, field);
}

/* Reads a field of the row at hand as a cell of a column (NULL: basis or note), without the mark of a file for spreadsheets (fab_cell_read). */
static inline bool fab_row_read_cell(const struct fab_row_reader *reader, int field, const struct fab_column *column, struct fab_cell *cell, char problem[FAB_PROBLEM_SIZE])
{
    const struct fab_row_text *read = &reader->texts[field];
    const char *text = reader->marked ? fab_cell_unmark(column, read->text) : read->text;
    return fab_cell_read(column, text, read->length - (size_t)(text - read->text), cell, problem);
}

enum { FAB_ID_SIZE = 4 * FAB_ID_MAX + 1 /* bytes of an id in UTF-8 */ };

/* A table that comes in, from a file or whatever else has rows. */
struct fab_import_file {
    const struct fab_row_source *source;
    const struct fab_table_def *def; /* NULL: not a table's name */
    struct fab_findings findings;
    bool incomplete; /* rows of it could not even be read: who knows what ids they have */
    int64_t header_line;
    int64_t rows_read, rows_added, rows_changed, rows_deleted;
};

/* What would be different, for a dry run. */
struct fab_import_differences {
    fab_table *table; /* NULL: nothing yet */
    int64_t rows;     /* found, kept or not */
};

struct fab_import {
    fab_context *context;
    fab_store *store;
    const fab_import_options *options;
    struct fab_import_file *files;
    int file_count;
    int64_t other_findings; /* of cross-checks, about no file's row */
    struct fab_import_differences *differences; /* NULL: nobody asks */
    sqlite3_stmt *mark_seen, *find_seen, *mark_refused, *find_refused;
};

/* Reads a file into its table. Findings go to file->findings. */
fab_status fab_import_read_file(struct fab_import *import, struct fab_import_file *file);

/* Notes that the file names the row of this key; *first is 0, or the line that named it already. */
fab_status fab_import_mark_seen(struct fab_import *import, const struct fab_import_file *file, const char *key, int64_t line,
                                int64_t *first);

/* The same for every good row before a line. */
fab_status fab_import_mark_before(struct fab_import *import, const struct fab_import_file *file, int64_t line);

/* Notes that a row of this id was refused; asks whether one was, or may have been. */
fab_status fab_import_mark_refused(struct fab_import *import, const char *table, const char *id);
fab_status fab_import_was_refused(struct fab_import *import, const char *table, const char *id, bool *refused);

/* Deletes the rows of the files' tables that no file names (--replace). */
fab_status fab_import_delete_others(struct fab_import *import);

/* Runs the cross-checks on what the database would become. */
fab_status fab_import_check(struct fab_import *import);

/* ---- rows ---- */

/* The key of a row as text (statements.h). */
void fab_row_key(const struct fab_table_def *def, const struct fab_cell cells[], char key[FAB_ROW_KEY_SIZE]);

/* A good row of a source that is read again. fields[] is as in struct fab_row_writer. */
struct fab_scanned_row {
    const struct fab_row_reader *reader;
    const int *fields;
    const char *key;
};

/* *stop ends the scan. */
typedef fab_status fab_scan_sink(void *user, const struct fab_scanned_row *row, bool *stop);

/* Reads a file again that has been reported on: rows with a fault are left out. */
fab_status fab_import_scan(struct fab_import *import, const struct fab_import_file *file, fab_scan_sink *sink, void *user);

/* Rows in the order of their keys cannot come twice: nothing has to be remembered of them. The first row that breaks the order ends that.
 */
struct fab_row_order {
    bool begun, broken;
    struct fab_cell last[FAB_COLUMNS_MAX]; /* the key of the row before, in texts */
    char texts[FAB_ROW_KEY_SIZE];
};

/* True, and the row is kept as the last one, when its key is larger than that of the row before. */
bool fab_row_follows(struct fab_row_order *order, const struct fab_table_def *def, const struct fab_cell cells[]);

/* Rows that wait to be written together: a statement for each of them would take most of the time. */
enum { FAB_BATCH_ROWS = 64, FAB_BATCH_TEXT_SIZE = FAB_COLUMNS_MAX * FAB_TEXT_MAX /* bytes: a row at least */ };

struct fab_row_batch {
    struct fab_import *import;
    struct fab_import_file *file;
    sqlite3_stmt *insert_all, *insert, *update;
    sqlite3_stmt *select;          /* the row of a key; NULL: nobody asks for differences */
    bool changes[FAB_COLUMNS_MAX]; /* columns that an update writes */
    struct fab_cell *cells; /* of row r from r x columns on; their texts lie in texts */
    int columns, count;
    char *texts;
    size_t used;
};

/* fields[] as in struct fab_row_writer. */
fab_status fab_row_batch_init(struct fab_row_batch *batch, struct fab_import *import, struct fab_import_file *file, const int fields[]);
void fab_row_batch_fini(struct fab_row_batch *batch);

/* Takes a copy of the row. Rows of one batch have different keys. */
fab_status fab_row_batch_add(struct fab_row_batch *batch, const struct fab_cell cells[]);

/* Adds the rows that wait or updates those with their keys. */
fab_status fab_row_batch_write(struct fab_row_batch *batch);

/* Notes what the rows that wait would change in the table as it is. */
fab_status fab_differences_of_batch(const struct fab_row_batch *batch);

/* Notes that the row of a key would go. */
fab_status fab_difference_removed(struct fab_import *import, const struct fab_import_file *file, const char *row_key);

struct fab_row_writer {
    struct fab_import *import;
    struct fab_import_file *file;
    const struct fab_row_reader *reader;
    const int *fields; /* field that holds a column, -1 when the file has none */
    sqlite3_stmt *exists[FAB_COLUMNS_MAX];
    char known[FAB_COLUMNS_MAX][FAB_ID_SIZE]; /* id that a reference named last and that exists */
    struct fab_cell cells[FAB_COLUMNS_MAX];
    struct fab_row_order order;
    struct fab_row_batch batch;
};

/* fields[] has an entry for each column of the table. */
fab_status fab_row_writer_init(struct fab_row_writer *writer, struct fab_import *import, struct fab_import_file *file,
                               const struct fab_row_reader *reader, const int fields[]);
void fab_row_writer_fini(struct fab_row_writer *writer);

/* Adds the row of writer->cells or updates the one with its key, in time for fab_row_writer_finish. Duplicates and unknown ids are
 * findings. */
fab_status fab_row_write(struct fab_row_writer *writer);
fab_status fab_row_writer_finish(struct fab_row_writer *writer);

enum { FAB_SHOWN_KEY_SIZE = 256 };

/* The key of the row at hand as findings give it: its texts with blanks between, cut when they are long. */
const char *fab_row_show_key(const struct fab_row_writer *writer, char key[FAB_SHOWN_KEY_SIZE]);

/* Notes that the row in writer->cells is refused. */
fab_status fab_row_refuse(struct fab_row_writer *writer);

#endif
