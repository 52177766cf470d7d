/* Rows on their way into a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>

fab_status fab_row_batch_init(struct fab_row_batch *batch, struct fab_import *import, struct fab_import_file *file, const int fields[])
{
    fab_status status = FAB_OK;
    memset(batch, 0, sizeof *batch);
    batch->import = import;
    batch->file = file;
    batch->columns = fab_statement_columns(file->def);
    batch->cells = calloc((size_t)batch->columns * FAB_BATCH_ROWS, sizeof *batch->cells);
    batch->texts = malloc(FAB_BATCH_TEXT_SIZE);
    TRY_MEMORY(import->context, batch->cells && batch->texts);
    /* columns that the file does not have stay as they are, unless it replaces the table */
    for (int c = 0; c < batch->columns; c++)
        batch->changes[c] = fields[c] >= 0 || import->options->replace;
    TRY(fab_statement_prepare_insert(import->context, import->store, file->def, FAB_BATCH_ROWS, &batch->insert_all));
    TRY(fab_statement_prepare_insert(import->context, import->store, file->def, 1, &batch->insert));
    TRY(fab_statement_prepare_update(import->context, import->store, file->def, batch->changes, &batch->update));
    if (import->differences)
        TRY(fab_statement_prepare(import->context, import->store, file->def, FAB_STATEMENT_ROW, &batch->select));
out:
    return status;
}

void fab_row_batch_fini(struct fab_row_batch *batch)
{
    sqlite3_finalize(batch->insert_all);
    sqlite3_finalize(batch->insert);
    sqlite3_finalize(batch->update);
    sqlite3_finalize(batch->select);
    free(batch->cells);
    free(batch->texts);
}

/* Runs a statement over some of the rows; *changes is the number of rows it added or changed. */
static fab_status run(struct fab_row_batch *batch, sqlite3_stmt *statement, int first, int rows, int64_t *changes)
{
    const struct fab_cell *cells = batch->cells + (size_t)first * (size_t)batch->columns;
    int used = sqlite3_bind_parameter_count(statement); /* an UPDATE may leave out the last columns */
    for (int i = 0; i < rows * batch->columns && i < used; i++)
        if (fab_cell_bind(statement, i + 1, &cells[i]) != SQLITE_OK)
            return fab_store_fail(batch->import->context, batch->import->store);
    fab_status status = fab_store_execute(batch->import->context, batch->import->store, statement);
    *changes = status == FAB_OK ? sqlite3_changes64(batch->import->store->db) : 0;
    return status;
}

/* Which rows have been left out by an INSERT is not known; but those that have not are as the file has them already. */
fab_status fab_row_batch_write(struct fab_row_batch *batch)
{
    bool full = batch->count == FAB_BATCH_ROWS;
    int64_t added = 0, changes = 0;
    fab_status status = fab_differences_of_batch(batch);
    for (int r = 0; r < batch->count && status == FAB_OK; r += full ? FAB_BATCH_ROWS : 1) {
        status = run(batch, full ? batch->insert_all : batch->insert, r, full ? FAB_BATCH_ROWS : 1, &changes);
        added += changes;
    }
    for (int r = 0; r < batch->count && status == FAB_OK && added < batch->count; r++) {
        status = run(batch, batch->update, r, 1, &changes);
        batch->file->rows_changed += changes;
    }
    batch->file->rows_added += added;
    batch->count = 0;
    batch->used = 0;
    return status;
}

fab_status fab_row_batch_add(struct fab_row_batch *batch, const struct fab_cell cells[])
{
    size_t size = 0;
    struct fab_cell *row = NULL;
    fab_status status = FAB_OK;
    for (int c = 0; c < batch->columns; c++)
        size += cells[c].type == FAB_CELL_TEXT ? cells[c].length : 0;
    if (batch->count == FAB_BATCH_ROWS || size > FAB_BATCH_TEXT_SIZE - batch->used)
        TRY(fab_row_batch_write(batch));
    row = batch->cells + (size_t)batch->count * (size_t)batch->columns;
    for (int c = 0; c < batch->columns; c++) {
        row[c].type = cells[c].type;
        row[c].real = cells[c].real;
        row[c].integer = cells[c].integer;
        if (cells[c].type != FAB_CELL_TEXT)
            continue;
        row[c].text = memcpy(batch->texts + batch->used, cells[c].text, cells[c].length);
        row[c].length = cells[c].length;
        batch->used += cells[c].length;
    }
    batch->count++;
out:
    return status;
}
