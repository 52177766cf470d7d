/* What the parts of an import share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STORE_IMPORT_H
#define FAB_STORE_IMPORT_H

#include "cell.h"
#include "findings.h"
#include "line_map.h"
#include "statements.h"

struct fab_import_file {
    char *path;
    const struct fab_table_def *def; /* NULL: not a table's name */
    struct fab_findings findings;
    bool incomplete;           /* rows of it could not even be read: who knows what ids they have */
    int64_t last_before;       /* largest rowid before the import: larger ones are new */
    struct fab_line_map lines; /* of the new rows */
    int64_t rows_read, rows_added, rows_changed, rows_deleted;
};

struct fab_import {
    fab_context *context;
    fab_store *store;
    const fab_import_options *options;
    bool whole; /* a folder is imported: a data set, which has to be complete */
    struct fab_import_file *files;
    int file_count;
    int64_t other_findings; /* of cross-checks, about no file's row */
    sqlite3_stmt *mark_seen, *find_seen, *mark_refused, *find_refused;
};

/* Reads a file into its table. Findings go to file->findings. */
fab_status fab_import_read_file(struct fab_import *import, struct fab_import_file *file);

/* Line of the file that a row came from, 0 when it did not come from it. */
fab_status fab_import_find_line(struct fab_import *import, const struct fab_import_file *file, int64_t row_id, int64_t *line);

/* Notes that the file names a row that was there before; *first is 0, or the line that named it already. */
fab_status fab_import_mark_seen(struct fab_import *import, const struct fab_import_file *file, int64_t row_id, int64_t line,
                                int64_t *first);

/* Notes that a row of this id was refused; asks whether one was, or may have been. */
fab_status fab_import_mark_refused(struct fab_import *import, const char *table, const char *id);
fab_status fab_import_was_refused(struct fab_import *import, const char *table, const char *id, bool *refused);

/* Place of a column's cell in the record that begins on a line; the record's first character when the file has no such column. */
fab_status fab_import_find_place(struct fab_import *import, const struct fab_import_file *file, int64_t line, const char *column,
                                 struct fab_csv_place *place);

/* Deletes the rows of the files' tables that no file names (--replace). */
fab_status fab_import_delete_others(struct fab_import *import);

/* Runs the cross-checks on what the database would become. */
fab_status fab_import_check(struct fab_import *import);

/* ---- rows ---- */

struct fab_row_writer {
    struct fab_import *import;
    struct fab_import_file *file;
    const fab_csv *csv;
    const int *fields; /* field that holds a column, -1 when the file has none */
    sqlite3_stmt *insert, *find, *update, *exists[FAB_COLUMNS_MAX];
    struct fab_cell cells[FAB_COLUMNS_MAX];
};

/* fields[] has an entry for each column of the table. */
fab_status fab_row_writer_init(struct fab_row_writer *writer, struct fab_import *import, struct fab_import_file *file, const fab_csv *csv,
                               const int fields[]);
void fab_row_writer_fini(struct fab_row_writer *writer);

/* Adds the row of writer->cells or updates the one with its key. Duplicates and unknown ids are findings. */
fab_status fab_row_write(struct fab_row_writer *writer);

/* Notes that the row in writer->cells is refused. */
fab_status fab_row_refuse(struct fab_row_writer *writer);

#endif
