/* A source of rows: its header, its rows, its faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "nearest.h"
#include "try.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INTERRUPTION_ROWS = 1024 /* rows between two looks at the interruption flag */ };

/* Which column a field is, and back. */
struct header {
    int *columns; /* per field */
    int field_count;
    int fields[FAB_COLUMNS_MAX]; /* per column, -1: not in the file */
    bool remarked[FAB_COLUMNS_MAX]; /* per column: its remark has been said */
};

/* ---- header ---- */

static void report_unknown_column(struct fab_import_file *file, const struct fab_row_reader *reader, int field, const char *name)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    fab_nearest_begin(&nearest, name);
    for (int c = 0; c < fab_statement_columns(file->def); c++)
        fab_nearest_offer(&nearest, fab_statement_column(file->def, c));
    fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    const fab_finding known = {.code = "unknown_column", .column = name, .value = name};
    fab_finding_add(&file->findings, fab_row_place_of(reader, field), &known, "column is '%s', must be a column of table %s%s%s%s", shown,
                    file->def->name, nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

/* A header of one field that holds another separator. */
static bool report_separator(struct fab_import_file *file, const struct fab_row_reader *reader)
{
    const char *found = reader->count == 1 ? strpbrk(reader->texts[0].text, ";\t|") : NULL;
    if (!found || fab_statement_find_column(file->def, reader->texts[0].text) >= 0)
        return false;
    const char *name = *found == '\t' ? "\\t" : *found == ';' ? ";" : "|";
    fab_finding_add(&file->findings, fab_row_place_of(reader, 0), &(fab_finding){.code = "header"},
                    "fields are separated by '%s', must be separated by commas (save as CSV with commas, or write sep=%s into a line before)",
                    name, name);
    return true;
}

static void read_names(struct fab_import_file *file, const struct fab_row_reader *reader, struct header *header)
{
    for (int f = 0; f < reader->count; f++) {
        const char *name = reader->texts[f].text;
        int c = fab_statement_find_column(file->def, name);
        header->columns[f] = c;
        if (c < 0)
            report_unknown_column(file, reader, f, name);
        else if (header->fields[c] >= 0)
            fab_finding_add(&file->findings, fab_row_place_of(reader, f), &(fab_finding){.code = "duplicate_column", .column = name, .value = name},
                            "column is '%s', must be unique (field %d has it already)", name, header->fields[c] + 1);
        else
            header->fields[c] = f;
    }
    for (int c = 0; c < file->def->column_count; c++)
        if (header->fields[c] < 0 && !(file->def->columns[c].flags & FAB_OPTIONAL))
            fab_finding_add(&file->findings, fab_row_place_of(reader, reader->count),
                            &(fab_finding){.code = "missing_column", .column = file->def->columns[c].name},
                            "column '%s' is missing, must be given (%s)", file->def->columns[c].name, file->def->columns[c].meaning);
}

static void report_fault(struct fab_import_file *file, const struct fab_row_reader *reader)
{
    const fab_finding known = {.code = reader->fault_code ? reader->fault_code : "csv"};
    fab_finding_add(&file->findings, reader->fault_place, &known, "%s", reader->fault);
}

/* Reads the header, the first record. Findings end the reading of the file: the rows could not be understood. */
static fab_status read_header(struct fab_import *import, struct fab_import_file *file, struct fab_row_reader *reader, struct header *header)
{
    enum fab_row_result result;
    fab_status status = FAB_OK;
    memset(header, 0, sizeof *header);
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        header->fields[c] = -1;
    TRY(reader->kind->next(import->context, reader, &result));
    if (result == FAB_ROW_FAULT) {
        report_fault(file, reader);
    } else if (result == FAB_ROW_END) {
        fab_finding_add(&file->findings, (struct fab_row_place){1, 1}, &(fab_finding){.code = "header"},
                        file->source->sheet ? "sheet is empty, must begin with a row of column names" : "file is empty, must begin with a line of column names");
    } else {
        header->field_count = reader->count;
        file->header_line = reader->line;
        TRY_MEMORY(import->context, header->columns = calloc((size_t)reader->count + 1, sizeof *header->columns));
        if (!report_separator(file, reader))
            read_names(file, reader, header);
    }
out:
    return status;
}

/* ---- rows ---- */

static bool check_width(struct fab_import_file *file, const struct fab_row_reader *reader, const struct header *header)
{
    const fab_finding known = {.code = "width"};
    int count = reader->count;
    if (count == header->field_count)
        return true;
    if (count > header->field_count)
        fab_finding_add(&file->findings, fab_row_place_of(reader, header->field_count), &known,
                        "row has %d fields, must have %d as the header (decimal comma? a text with a comma needs quotes)", count,
                        header->field_count);
    else
        fab_finding_add(&file->findings, fab_row_place_of(reader, count), &known,
                        "row ends after field %d, must have %d as the header (empty cells keep their commas)", count, header->field_count);
    return false;
}

/* Settings have rules of their own: known keys, numbers within bounds. */
static bool check_setting(struct fab_row_writer *writer)
{
    const struct fab_cell *key = &writer->cells[0], *value = &writer->cells[1];
    const struct fab_setting_def *def = fab_setting_find(key->text);
    struct fab_findings *findings = &writer->file->findings;
    char shown[FAB_SHOWN_SIZE], problem[FAB_PROBLEM_SIZE];
    if (!def) {
        struct fab_nearest nearest;
        fab_nearest_begin(&nearest, key->text);
        for (int s = 0; s < fab_settings_count; s++)
            fab_nearest_offer(&nearest, fab_settings[s].key);
        fab_utf8_quote(key->text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
        const fab_finding known = {.code = "unknown_setting", .key = key->text, .column = "key", .value = key->text};
        fab_finding_add(findings, fab_row_place_of(writer->reader, writer->fields[0]), &known, "key is '%s', must be a known setting%s%s%s", shown,
                        nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
        return false;
    }
    if (fab_setting_read(def, value->text, value->length, problem))
        return true;
    const fab_finding known = {.code = "number", .key = key->text, .column = "value", .value = value->text};
    fab_finding_add(findings, fab_row_place_of(writer->reader, writer->fields[1]), &known, "%s", problem);
    return false;
}

/* The code of a cell that breaks the rule of its column. */
static const char *code_of(const struct fab_column *column, bool empty)
{
    if (empty)
        return "empty";
    switch (column ? column->type : FAB_COLUMN_TEXT) {
    case FAB_COLUMN_REAL:
    case FAB_COLUMN_INT: return "number";
    case FAB_COLUMN_FLAG: return "flag";
    case FAB_COLUMN_CHOICE: return "choice";
    case FAB_COLUMN_DATE: return "date";
    case FAB_COLUMN_TIME: return "time";
    case FAB_COLUMN_ID:
    case FAB_COLUMN_REF:
    case FAB_COLUMN_TEXT: break;
    }
    return "text";
}

static void report_cell(struct fab_row_writer *writer, int c, int field, const char *problem)
{
    const struct fab_table_def *def = writer->file->def;
    const char *value = writer->reader->texts[field].text;
    char key[FAB_SHOWN_KEY_SIZE];
    const fab_finding known = {.code = code_of(c < def->column_count ? &def->columns[c] : NULL, !*value),
                               .key = fab_row_show_key(writer, key),
                               .column = fab_statement_column(def, c),
                               .value = value};
    fab_finding_add(&writer->file->findings, fab_row_place_of(writer->reader, field), &known, "%s", problem);
}

/* What was left out of a cell: once for a column. */
static void remark(struct fab_row_writer *writer, struct header *header, int c, int field)
{
    char text[FAB_PROBLEM_SIZE], shown[FAB_SHOWN_SIZE], key[FAB_SHOWN_KEY_SIZE];
    const char *value = writer->reader->texts[field].text, *column = fab_statement_column(writer->file->def, c);
    const fab_finding known = {.code = "remark", .key = fab_row_show_key(writer, key), .column = column, .value = value};
    if (header->remarked[c])
        return;
    snprintf(text, sizeof text, "%s is '%s', %s", column, fab_utf8_quote(value, FAB_SHOWN_CHARACTERS, shown, sizeof shown), writer->cells[c].remark);
    fab_finding_warn(&writer->file->findings, fab_row_place_of(writer->reader, field), &known, text);
    header->remarked[c] = true;
}

/* Reads the cells of a record. False when one of them is refused. */
static bool read_cells(struct fab_row_writer *writer, struct header *header)
{
    const struct fab_table_def *def = writer->file->def;
    const struct fab_row_reader *reader = writer->reader;
    char problem[FAB_PROBLEM_SIZE];
    bool good = true;
    for (int f = 0; f < reader->count; f++) {
        int c = header->columns[f];
        if (fab_row_read_cell(reader, f, c < def->column_count ? &def->columns[c] : NULL, &writer->cells[c], problem)) {
            if (writer->cells[c].remark)
                remark(writer, header, c, f);
            continue;
        }
        report_cell(writer, c, f, problem);
        good = false;
    }
    return good && (strcmp(def->name, "setting") != 0 || check_setting(writer));
}

/* A row, or the fault in its place. */
static fab_status take_row(struct fab_row_writer *writer, struct header *header, enum fab_row_result result)
{
    struct fab_import_file *file = writer->file;
    if (result == FAB_ROW && check_width(file, writer->reader, header))
        return read_cells(writer, header) ? fab_row_write(writer) : fab_row_refuse(writer);
    if (result == FAB_ROW_FAULT)
        report_fault(file, writer->reader);
    file->incomplete = true;
    return FAB_OK;
}

static fab_status read_rows(struct fab_import *import, struct fab_import_file *file, struct fab_row_reader *reader,
                            struct header *header)
{
    struct fab_row_writer writer;
    enum fab_row_result result = FAB_ROW;
    fab_status status = FAB_OK;
    TRY(fab_row_writer_init(&writer, import, file, reader, header->fields));
    for (;;) {
        TRY(reader->kind->next(import->context, reader, &result));
        if (result == FAB_ROW_END)
            break;
        if (++file->rows_read % INTERRUPTION_ROWS == 0 && fab_context_interrupted(import->context))
            TRY(fab_fail(import->context, FAB_INTERRUPTED, "interrupted"));
        TRY(take_row(&writer, header, result));
    }
    TRY(fab_row_writer_finish(&writer));
out:
    fab_row_writer_fini(&writer);
    return status;
}

/* What a spreadsheet left behind, and the reader left out. */
static void report_ignored(const struct fab_import_file *file, const struct fab_row_ignored *ignored)
{
    static const fab_finding known = {.code = "ignored"};
    char text[FAB_PROBLEM_SIZE];
    if (ignored->columns > 0) {
        snprintf(text, sizeof text, "%d column%s at the end without a name, ignored (the cells are empty)", ignored->columns, ignored->columns == 1 ? "" : "s");
        fab_finding_warn(&file->findings, (struct fab_row_place){file->header_line, 1}, &known, text);
    }
    if (ignored->rows > 0) {
        snprintf(text, sizeof text, "%lld row%s of empty cells, ignored", (long long)ignored->rows, ignored->rows == 1 ? "" : "s");
        fab_finding_warn(&file->findings, (struct fab_row_place){ignored->row, 1}, &known, text);
    }
    if (ignored->cells > 0) {
        snprintf(text, sizeof text, "empty cells behind the last column in %lld row%s, ignored", (long long)ignored->cells, ignored->cells == 1 ? "" : "s");
        fab_finding_warn(&file->findings, (struct fab_row_place){ignored->cell, 1}, &known, text);
    }
}

/* What nobody sees counts all the same. */
static void report_hidden(const struct fab_import_file *file, const struct fab_row_hidden *hidden)
{
    static const fab_finding known = {.code = "hidden"};
    char text[FAB_PROBLEM_SIZE];
    if (hidden->sheet)
        fab_finding_warn(&file->findings, (struct fab_row_place){1, 1}, &known, "the sheet is hidden, imported all the same");
    if (hidden->rows == 0)
        return;
    snprintf(text, sizeof text, "%lld row%s hidden or filtered out, imported all the same (this is the first)", (long long)hidden->rows, hidden->rows == 1 ? "" : "s");
    fab_finding_warn(&file->findings, (struct fab_row_place){hidden->row, 1}, &known, text);
}

fab_status fab_import_read_file(struct fab_import *import, struct fab_import_file *file)
{
    struct fab_row_reader *reader = NULL;
    struct header header = {0};
    fab_status status = file->source->open(import->context, file->source, &reader);
    if (status != FAB_OK)
        return status;
    TRY(read_header(import, file, reader, &header));
    file->incomplete = file->findings.count > 0;
    if (!file->incomplete)
        TRY(read_rows(import, file, reader, &header));
    report_ignored(file, &reader->ignored);
    report_hidden(file, &reader->hidden);
out:
    if (status == FAB_INPUT)
        status = fab_fail_in(import->context, status, "%s", file->source->name);
    free(header.columns);
    reader->kind->close(reader);
    return status;
}
