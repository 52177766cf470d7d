/* A row of a file into its table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "nearest.h"
#include "try.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { NEAREST_IDS_MAX = 100000 /* ids looked at for a hint */ };

fab_status fab_row_writer_init(struct fab_row_writer *writer, struct fab_import *import, struct fab_import_file *file,
                               const struct fab_row_reader *reader, const int fields[])
{
    memset(writer, 0, sizeof *writer);
    writer->import = import;
    writer->file = file;
    writer->reader = reader;
    writer->fields = fields;
    writer->order.broken = import->options->replace; /* which deletes the rows that nobody remembers */
    return fab_row_batch_init(&writer->batch, import, file, fields);
}

void fab_row_writer_fini(struct fab_row_writer *writer)
{
    fab_row_batch_fini(&writer->batch);
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        sqlite3_finalize(writer->exists[c]);
}

static struct fab_row_place place_of_column(const struct fab_row_writer *writer, int column)
{
    int field = writer->fields[column];
    return fab_row_place_of(writer->reader, field < 0 ? 0 : field);
}

const char *fab_row_show_key(const struct fab_row_writer *writer, char key[FAB_SHOWN_KEY_SIZE])
{
    const struct fab_table_def *def = writer->file->def;
    key[0] = '\0';
    for (int c = 0; c < def->column_count; c++) {
        size_t used = strlen(key);
        if ((def->columns[c].flags & FAB_KEY) && writer->fields[c] >= 0)
            snprintf(key + used, FAB_SHOWN_KEY_SIZE - used, "%s%s", used ? " " : "", writer->reader->texts[writer->fields[c]].text);
    }
    key[fab_utf8_valid_length(key, strlen(key))] = '\0';
    return key;
}

/* ---- unknown ids ---- */

/* Rows of one file often name the same parent one after the other. No table refers to itself, so that parents are in the database by now.
 */
static fab_status id_exists(struct fab_row_writer *writer, int c, bool *exists)
{
    struct fab_import *import = writer->import;
    const struct fab_cell *cell = &writer->cells[c];
    char *known = writer->known[c];
    fab_status status = FAB_OK;
    *exists = memcmp(known, cell->text, cell->length) == 0 && known[cell->length] == '\0';
    if (*exists)
        return FAB_OK;
    if (!writer->exists[c])
        TRY(fab_statement_prepare(import->context, import->store, fab_dictionary_find(writer->file->def->columns[c].ref),
                                  FAB_STATEMENT_EXISTS, &writer->exists[c]));
    if (fab_cell_bind(writer->exists[c], 1, cell) != SQLITE_OK)
        TRY(fab_store_fail(import->context, import->store));
    TRY(fab_store_step(import->context, import->store, writer->exists[c], exists));
    if (*exists)
        snprintf(known, FAB_ID_SIZE, "%s", cell->text);
out:
    sqlite3_reset(writer->exists[c]);
    return status;
}

static fab_status find_nearest_id(struct fab_import *import, const struct fab_table_def *parent, struct fab_nearest *nearest, int *ids)
{
    sqlite3_stmt *statement = NULL;
    bool row = true;
    fab_status status = FAB_OK;
    *ids = 0;
    TRY(fab_statement_prepare(import->context, import->store, parent, FAB_STATEMENT_IDS, &statement));
    for (; *ids < NEAREST_IDS_MAX; ++*ids) {
        TRY(fab_store_step(import->context, import->store, statement, &row));
        if (!row)
            break;
        const char *id = (const char *)sqlite3_column_text(statement, 0);
        if (id)
            fab_nearest_offer(nearest, id);
    }
out:
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
    char key[FAB_SHOWN_KEY_SIZE];
    const fab_finding known = {.code = "unknown_id", .key = fab_row_show_key(writer, key), .column = column->name, .value = writer->cells[c].text};
    fab_finding_add(findings, place_of_column(writer, c), &known, "%s is '%s', must be in table %s%s", column->name, shown, column->ref, hint);
    return writer->file->source->origin ? fab_import_mark_refused(import, column->ref, writer->cells[c].text) : FAB_OK;
}

static fab_status check_ids(struct fab_row_writer *writer, bool *good)
{
    const struct fab_table_def *def = writer->file->def;
    fab_status status = FAB_OK;
    *good = true;
    for (int c = 0; c < def->column_count; c++) {
        bool exists = true;
        if (def->columns[c].type == FAB_COLUMN_REF && writer->cells[c].type == FAB_CELL_TEXT)
            TRY(id_exists(writer, c, &exists));
        if (!exists)
            TRY(report_unknown_id(writer, c));
        *good = *good && exists;
    }
out:
    return status;
}

/* ---- duplicates ---- */

static void report_duplicate(struct fab_row_writer *writer, int64_t first)
{
    const struct fab_table_def *def = writer->file->def;
    char names[FAB_PROBLEM_SIZE / 2] = "", values[FAB_PROBLEM_SIZE / 2] = "", shown[FAB_SHOWN_SIZE], place[FAB_PLACE_SIZE];
    int first_column = -1;
    for (int c = 0; c < def->column_count; c++) {
        int field = writer->fields[c];
        if (!(def->columns[c].flags & FAB_KEY) || field < 0)
            continue;
        size_t names_used = strlen(names), values_used = strlen(values);
        snprintf(names + names_used, sizeof names - names_used, "%s%s", names_used ? ", " : "", def->columns[c].name);
        fab_utf8_quote(writer->reader->texts[field].text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
        snprintf(values + values_used, sizeof values - values_used, "%s%s", first_column >= 0 ? ", " : "", shown);
        if (first_column < 0)
            first_column = c;
    }
    char key[FAB_SHOWN_KEY_SIZE];
    const fab_finding known = {.code = "duplicate", .key = fab_row_show_key(writer, key), .column = names, .value = values};
    fab_finding_add(&writer->file->findings, place_of_column(writer, first_column), &known, "%s is '%s', must be unique (%s has it already)",
                    names, values, fab_finding_row(&writer->file->findings, first, place));
}

/* ---- writing ---- */

fab_status fab_row_refuse(struct fab_row_writer *writer)
{
    const struct fab_table_def *def = writer->file->def;
    if (def->columns[0].type != FAB_COLUMN_ID || writer->cells[0].type != FAB_CELL_TEXT)
        return FAB_OK;
    return fab_import_mark_refused(writer->import, def->name, writer->cells[0].text);
}

/* Asks whether the file has named the row already: *first is the line, or 0. */
static fab_status remember_row(struct fab_row_writer *writer, int64_t *first)
{
    struct fab_row_order *order = &writer->order;
    const struct fab_table_def *def = writer->file->def;
    int64_t line = writer->reader->line;
    char key[FAB_ROW_KEY_SIZE];
    fab_status status = FAB_OK;
    *first = 0;
    if (!order->broken && fab_row_follows(order, def, writer->cells))
        return FAB_OK;
    if (!order->broken)
        status = fab_import_mark_before(writer->import, writer->file, line);
    order->broken = true;
    if (status != FAB_OK)
        return status;
    fab_row_key(def, writer->cells, key);
    return fab_import_mark_seen(writer->import, writer->file, key, line, first);
}

fab_status fab_row_write(struct fab_row_writer *writer)
{
    bool good;
    int64_t first;
    fab_status status = FAB_OK;
    TRY(remember_row(writer, &first));
    if (first > 0) {
        report_duplicate(writer, first);
    } else {
        TRY(check_ids(writer, &good));
        TRY(good ? fab_row_batch_add(&writer->batch, writer->cells) : fab_row_refuse(writer));
    }
out:
    return status;
}

fab_status fab_row_writer_finish(struct fab_row_writer *writer)
{
    return fab_row_batch_write(&writer->batch);
}
