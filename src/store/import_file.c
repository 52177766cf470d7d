/* A CSV file: its header, its rows, its faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "fail.h"
#include "nearest.h"
#include "number.h"
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
};

/* ---- header ---- */

static void report_unknown_column(struct fab_import_file *file, const fab_csv *csv, int field, const char *name)
{
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    fab_nearest_begin(&nearest, name);
    for (int c = 0; c < fab_statement_columns(file->def); c++)
        fab_nearest_offer(&nearest, fab_statement_column(file->def, c));
    fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_finding_add(&file->findings, fab_csv_place_of(csv, field), "column is '%s', must be a column of table %s%s%s%s", shown,
                    file->def->name, nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

/* A header of one field that holds another separator. */
static bool report_separator(struct fab_import_file *file, const fab_csv *csv, const struct fab_csv_field fields[], int count)
{
    const char *found = count == 1 ? strpbrk(fields[0].text, ";\t|") : NULL;
    if (!found || fab_statement_find_column(file->def, fields[0].text) >= 0)
        return false;
    fab_finding_add(&file->findings, fab_csv_place_of(csv, 0),
                    "fields are separated by '%s', must be separated by commas (save as CSV with commas)",
                    *found == '\t'  ? "\\t"
                    : *found == ';' ? ";"
                                    : "|");
    return true;
}

static void read_names(struct fab_import_file *file, const fab_csv *csv, struct header *header)
{
    int count;
    const struct fab_csv_field *fields = fab_csv_fields(csv, &count);
    for (int f = 0; f < count; f++) {
        int c = fab_statement_find_column(file->def, fields[f].text);
        header->columns[f] = c;
        if (c < 0)
            report_unknown_column(file, csv, f, fields[f].text);
        else if (header->fields[c] >= 0)
            fab_finding_add(&file->findings, fab_csv_place_of(csv, f), "column is '%s', must be unique (field %d has it already)",
                            fields[f].text, header->fields[c] + 1);
        else
            header->fields[c] = f;
    }
    for (int c = 0; c < file->def->column_count; c++)
        if (header->fields[c] < 0 && !(file->def->columns[c].flags & FAB_OPTIONAL))
            fab_finding_add(&file->findings, fab_csv_place_of(csv, count), "column '%s' is missing, must be given (%s)",
                            file->def->columns[c].name, file->def->columns[c].meaning);
}

/* Reads the header, the first record. Findings end the reading of the file: the rows could not be understood. */
static fab_status read_header(struct fab_import *import, struct fab_import_file *file, fab_csv *csv, struct header *header)
{
    fab_csv_result result;
    memset(header, 0, sizeof *header);
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        header->fields[c] = -1;
    fab_status status = fab_csv_next(import->context, csv, &result);
    if (status != FAB_OK)
        return status;
    if (result == FAB_CSV_FAULT) {
        fab_finding_add(&file->findings, fab_csv_fault_place(csv), "%s", fab_csv_fault_text(csv));
        return FAB_OK;
    }
    if (result == FAB_CSV_END) {
        fab_finding_add(&file->findings, (struct fab_csv_place){1, 1}, "file is empty, must begin with a line of column names");
        return FAB_OK;
    }
    const struct fab_csv_field *fields = fab_csv_fields(csv, &header->field_count);
    header->columns = calloc((size_t)header->field_count + 1, sizeof *header->columns);
    if (!header->columns)
        return fab_fail_memory(import->context);
    if (!report_separator(file, csv, fields, header->field_count))
        read_names(file, csv, header);
    return FAB_OK;
}

/* ---- rows ---- */

static bool check_width(struct fab_import_file *file, const fab_csv *csv, const struct header *header, int count)
{
    if (count == header->field_count)
        return true;
    if (count > header->field_count)
        fab_finding_add(&file->findings, fab_csv_place_of(csv, header->field_count),
                        "row has %d fields, must have %d as the header (decimal comma? a text with a comma needs quotes)", count,
                        header->field_count);
    else
        fab_finding_add(&file->findings, fab_csv_place_of(csv, count),
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
        fab_finding_add(findings, fab_csv_place_of(writer->csv, writer->fields[0]), "key is '%s', must be a known setting%s%s%s", shown,
                        nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
        return false;
    }
    if (fab_setting_read(def, value->text, value->length, problem))
        return true;
    fab_finding_add(findings, fab_csv_place_of(writer->csv, writer->fields[1]), "%s", problem);
    return false;
}

/* Reads the cells of a record. False when one of them is refused. */
static bool read_cells(struct fab_row_writer *writer, const struct header *header)
{
    const struct fab_table_def *def = writer->file->def;
    char problem[FAB_PROBLEM_SIZE];
    bool good = true;
    int count;
    const struct fab_csv_field *fields = fab_csv_fields(writer->csv, &count);
    for (int f = 0; f < count; f++) {
        int c = header->columns[f];
        if (fab_cell_read(c < def->column_count ? &def->columns[c] : NULL, fields[f].text, fields[f].length, &writer->cells[c], problem))
            continue;
        fab_finding_add(&writer->file->findings, fab_csv_place_of(writer->csv, f), "%s", problem);
        good = false;
    }
    return good && (strcmp(def->name, "setting") != 0 || check_setting(writer));
}

static fab_status read_rows(struct fab_import *import, struct fab_import_file *file, fab_csv *csv, const struct header *header)
{
    struct fab_row_writer writer;
    fab_csv_result result = FAB_CSV_RECORD;
    fab_status status = fab_row_writer_init(&writer, import, file, csv, header->fields);
    while (status == FAB_OK) {
        int count;
        status = fab_csv_next(import->context, csv, &result);
        if (status != FAB_OK || result == FAB_CSV_END)
            break;
        if (++file->rows_read % INTERRUPTION_ROWS == 0 && fab_context_interrupted(import->context)) {
            status = fab_fail(import->context, FAB_INTERRUPTED, "interrupted");
        } else if (result == FAB_CSV_FAULT) {
            fab_finding_add(&file->findings, fab_csv_fault_place(csv), "%s", fab_csv_fault_text(csv));
            file->incomplete = true;
        } else {
            fab_csv_fields(csv, &count);
            if (!check_width(file, csv, header, count))
                file->incomplete = true;
            else
                status = read_cells(&writer, header) ? fab_row_write(&writer) : fab_row_refuse(&writer);
        }
    }
    if (status == FAB_OK)
        status = fab_row_writer_finish(&writer);
    fab_row_writer_fini(&writer);
    return status;
}

static fab_status open_file(fab_context *context, const char *path, FILE **stream, fab_csv **csv)
{
    *stream = fopen(path, "rbe");
    if (!*stream)
        return fab_fail_errno(context, FAB_INPUT, "%s", path);
    *csv = fab_csv_new(*stream);
    return *csv ? FAB_OK : fab_fail_memory(context);
}

fab_status fab_import_read_file(struct fab_import *import, struct fab_import_file *file)
{
    FILE *stream = NULL;
    fab_csv *csv = NULL;
    struct header header = {0};
    fab_status status = open_file(import->context, file->path, &stream, &csv);
    if (status != FAB_OK)
        goto out;
    status = read_header(import, file, csv, &header);
    file->incomplete = file->findings.count > 0;
    if (status == FAB_OK && !file->incomplete)
        status = read_rows(import, file, csv, &header);
    if (status == FAB_INPUT)
        status = fab_fail_in(import->context, status, "%s", file->path);
out:
    free(header.columns);
    fab_csv_free(csv);
    if (stream)
        fclose(stream);
    return status;
}
