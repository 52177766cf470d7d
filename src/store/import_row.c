/* A row of a file into its table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "nearest.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { NEAREST_IDS_MAX = 100000 /* ids looked at for a hint */ };

fab_status fab_row_writer_init(struct fab_row_writer *writer, struct fab_import *import, struct fab_import_file *file, const fab_csv *csv,
                               const int fields[])
{
    bool changes[FAB_COLUMNS_MAX] = {false};
    memset(writer, 0, sizeof *writer);
    writer->import = import;
    writer->file = file;
    writer->csv = csv;
    writer->fields = fields;
    /* columns that the file does not have stay as they are, unless it replaces the table */
    for (int c = 0; c < fab_statement_columns(file->def); c++)
        changes[c] = fields[c] >= 0 || import->options->replace;
    fab_status status = fab_statement_prepare(import->context, import->store, file->def, FAB_STATEMENT_INSERT, &writer->insert);
    if (status == FAB_OK)
        status = fab_statement_prepare(import->context, import->store, file->def, FAB_STATEMENT_FIND, &writer->find);
    if (status == FAB_OK)
        status = fab_statement_prepare_update(import->context, import->store, file->def, changes, &writer->update);
    return status;
}

void fab_row_writer_fini(struct fab_row_writer *writer)
{
    sqlite3_finalize(writer->insert);
    sqlite3_finalize(writer->find);
    sqlite3_finalize(writer->update);
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        sqlite3_finalize(writer->exists[c]);
}

/* Parameters that a statement does not have are left out. */
static fab_status bind_cells(struct fab_row_writer *writer, sqlite3_stmt *statement)
{
    int count = fab_statement_columns(writer->file->def);
    int used = sqlite3_bind_parameter_count(statement);
    for (int c = 0; c < count && c < used; c++)
        if (fab_cell_bind(statement, c + 1, &writer->cells[c]) != SQLITE_OK)
            return fab_store_fail(writer->import->context, writer->import->store);
    return FAB_OK;
}

static struct fab_csv_place place_of_column(const struct fab_row_writer *writer, int column)
{
    int field = writer->fields[column];
    return fab_csv_place_of(writer->csv, field < 0 ? 0 : field);
}

/* ---- unknown ids ---- */

static fab_status id_exists(struct fab_row_writer *writer, int c, bool *exists)
{
    struct fab_import *import = writer->import;
    const struct fab_table_def *parent = fab_dictionary_find(writer->file->def->columns[c].ref);
    fab_status status = FAB_OK;
    if (!writer->exists[c])
        status = fab_statement_prepare(import->context, import->store, parent, FAB_STATEMENT_EXISTS, &writer->exists[c]);
    if (status == FAB_OK && fab_cell_bind(writer->exists[c], 1, &writer->cells[c]) != SQLITE_OK)
        status = fab_store_fail(import->context, import->store);
    if (status == FAB_OK)
        status = fab_store_step(import->context, import->store, writer->exists[c], exists);
    sqlite3_reset(writer->exists[c]);
    return status;
}

static fab_status find_nearest_id(struct fab_import *import, const struct fab_table_def *parent, struct fab_nearest *nearest, int *ids)
{
    sqlite3_stmt *statement = NULL;
    bool row = true;
    fab_status status = fab_statement_prepare(import->context, import->store, parent, FAB_STATEMENT_IDS, &statement);
    for (*ids = 0; status == FAB_OK && *ids < NEAREST_IDS_MAX; ++*ids) {
        status = fab_store_step(import->context, import->store, statement, &row);
        if (status != FAB_OK || !row)
            break;
        const char *id = (const char *)sqlite3_column_text(statement, 0);
        if (id)
            fab_nearest_offer(nearest, id);
    }
    sqlite3_finalize(statement);
    return status;
}

static fab_status report_unknown_id(struct fab_row_writer *writer, int c)
{
    struct fab_import *import = writer->import;
    const struct fab_column *column = &writer->file->def->columns[c];
    struct fab_findings *findings = &writer->file->findings;
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE], hint[FAB_NEAREST_SIZE + 32] = "";
    int ids = 0;
    bool refused = false;
    fab_status status = fab_import_was_refused(import, column->ref, writer->cells[c].text, &refused);
    if (status != FAB_OK || refused)
        return status;
    fab_nearest_begin(&nearest, writer->cells[c].text);
    if (!fab_findings_full(findings))
        status = find_nearest_id(import, fab_dictionary_find(column->ref), &nearest, &ids);
    if (status != FAB_OK)
        return status;
    if (nearest.best[0])
        snprintf(hint, sizeof hint, " (%s?)", nearest.best);
    else if (ids == 0)
        snprintf(hint, sizeof hint, " (it has no rows)");
    fab_utf8_quote(writer->cells[c].text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_finding_add(findings, place_of_column(writer, c), "%s is '%s', must be in table %s%s", column->name, shown, column->ref, hint);
    return FAB_OK;
}

static fab_status report_unknown_ids(struct fab_row_writer *writer)
{
    const struct fab_table_def *def = writer->file->def;
    fab_status status = FAB_OK;
    for (int c = 0; c < def->column_count && status == FAB_OK; c++) {
        bool exists = true;
        if (def->columns[c].type == FAB_COLUMN_REF && writer->cells[c].type == FAB_CELL_TEXT)
            status = id_exists(writer, c, &exists);
        if (status == FAB_OK && !exists)
            status = report_unknown_id(writer, c);
    }
    return status == FAB_OK ? fab_row_refuse(writer) : status;
}

/* ---- duplicates ---- */

static void report_duplicate(struct fab_row_writer *writer, int64_t first)
{
    const struct fab_table_def *def = writer->file->def;
    char names[FAB_PROBLEM_SIZE / 2] = "", values[FAB_PROBLEM_SIZE / 2] = "", shown[FAB_SHOWN_SIZE];
    int first_column = -1, count = 0;
    const struct fab_csv_field *fields = fab_csv_fields(writer->csv, &count);
    for (int c = 0; c < def->column_count; c++) {
        int field = writer->fields[c];
        if (!(def->columns[c].flags & FAB_KEY) || field < 0)
            continue;
        size_t names_used = strlen(names), values_used = strlen(values);
        snprintf(names + names_used, sizeof names - names_used, "%s%s", names_used ? ", " : "", def->columns[c].name);
        fab_utf8_quote(fields[field].text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
        snprintf(values + values_used, sizeof values - values_used, "%s%s", first_column >= 0 ? ", " : "", shown);
        if (first_column < 0)
            first_column = c;
    }
    fab_finding_add(&writer->file->findings, place_of_column(writer, first_column), "%s is '%s', must be unique (line %lld has it already)",
                    names, values, (long long)first);
}

/* ---- writing ---- */

fab_status fab_row_refuse(struct fab_row_writer *writer)
{
    const struct fab_table_def *def = writer->file->def;
    if (def->columns[0].type != FAB_COLUMN_ID || writer->cells[0].type != FAB_CELL_TEXT)
        return FAB_OK;
    return fab_import_mark_refused(writer->import, def->name, writer->cells[0].text);
}

static fab_status find_row(struct fab_row_writer *writer, int64_t *row_id)
{
    bool row = false;
    fab_status status = bind_cells(writer, writer->find);
    if (status == FAB_OK)
        status = fab_store_step(writer->import->context, writer->import->store, writer->find, &row);
    if (status == FAB_OK && !row)
        status =
            fab_fail(writer->import->context, FAB_INTERNAL, "table %s: a row that exists is not found by its key", writer->file->def->name);
    if (status == FAB_OK)
        *row_id = sqlite3_column_int64(writer->find, 0);
    sqlite3_reset(writer->find);
    return status;
}

/* Steps an INSERT or UPDATE. An unknown id is a finding, not a failure. */
static fab_status run(struct fab_row_writer *writer, sqlite3_stmt *statement, bool *done)
{
    int code = sqlite3_step(statement);
    *done = code == SQLITE_DONE;
    sqlite3_reset(statement);
    if (*done)
        return FAB_OK;
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
        return report_unknown_ids(writer);
    return fab_store_fail_code(writer->import->context, writer->import->store->path, code, sqlite3_errmsg(writer->import->store->db));
}

static fab_status update_row(struct fab_row_writer *writer)
{
    struct fab_import_file *file = writer->file;
    sqlite3 *db = writer->import->store->db;
    int64_t row_id = 0, line = fab_csv_line(writer->csv), first = 0;
    bool done = false;
    fab_status status = find_row(writer, &row_id);
    if (status != FAB_OK)
        return status;
    if (row_id > file->last_before)
        first = fab_line_map_find(&file->lines, row_id);
    else
        status = fab_import_mark_seen(writer->import, file, row_id, line, &first);
    if (status != FAB_OK)
        return status;
    if (first > 0) {
        report_duplicate(writer, first);
        return FAB_OK;
    }
    status = bind_cells(writer, writer->update);
    if (status == FAB_OK && sqlite3_bind_int64(writer->update, fab_statement_columns(file->def) + 1, row_id) != SQLITE_OK)
        status = fab_store_fail(writer->import->context, writer->import->store);
    if (status == FAB_OK)
        status = run(writer, writer->update, &done);
    if (status == FAB_OK && done)
        file->rows_changed += sqlite3_changes64(db);
    return status;
}

fab_status fab_row_write(struct fab_row_writer *writer)
{
    struct fab_import_file *file = writer->file;
    sqlite3 *db = writer->import->store->db;
    bool done = false;
    fab_status status = bind_cells(writer, writer->insert);
    if (status == FAB_OK)
        status = run(writer, writer->insert, &done);
    if (status != FAB_OK || !done)
        return status;
    if (sqlite3_changes64(db) == 0)
        return update_row(writer);
    file->rows_added++;
    if (!fab_line_map_add(&file->lines, sqlite3_last_insert_rowid(db), fab_csv_line(writer->csv)))
        return fab_fail_memory(writer->import->context);
    return FAB_OK;
}
