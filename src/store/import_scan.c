/* A file read once more: for the places of findings, and for the rows that were thought not worth remembering.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "fail.h"

#include <string.h>

enum { INTERRUPTION_ROWS = 1024 /* rows between two looks at the interruption flag */ };

struct scan {
    const struct fab_table_def *def;
    fab_csv *csv;
    int columns[FAB_COLUMNS_MAX], fields[FAB_COLUMNS_MAX]; /* per field, per column */
    int field_count;
    struct fab_cell cells[FAB_COLUMNS_MAX];
    char key[FAB_ROW_KEY_SIZE];
};

/* The header has been found good. */
static void take_header(struct scan *scan)
{
    const struct fab_csv_field *fields = fab_csv_fields(scan->csv, &scan->field_count);
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        scan->fields[c] = -1;
    for (int f = 0; f < scan->field_count; f++) {
        scan->columns[f] = fab_statement_find_column(scan->def, fields[f].text);
        scan->fields[scan->columns[f]] = f;
    }
}

static bool take_row(struct scan *scan)
{
    char problem[FAB_PROBLEM_SIZE];
    int count;
    const struct fab_csv_field *fields = fab_csv_fields(scan->csv, &count);
    if (count != scan->field_count)
        return false;
    for (int f = 0; f < count; f++) {
        int c = scan->columns[f];
        if (!fab_cell_read(c < scan->def->column_count ? &scan->def->columns[c] : NULL, fields[f].text, fields[f].length, &scan->cells[c], problem))
            return false;
    }
    fab_row_key(scan->def, scan->cells, scan->key);
    return true;
}

static fab_status read_rows(struct fab_import *import, struct scan *scan, fab_scan_sink *sink, void *user)
{
    const struct fab_scanned_row row = {scan->csv, scan->fields, scan->key};
    fab_csv_result result = FAB_CSV_RECORD;
    fab_status status = FAB_OK;
    bool stop = false;
    for (int64_t rows = 0; status == FAB_OK && !stop; rows++) {
        if (rows % INTERRUPTION_ROWS == 0 && fab_context_interrupted(import->context))
            return fab_fail(import->context, FAB_INTERRUPTED, "interrupted");
        status = fab_csv_next(import->context, scan->csv, &result);
        if (status != FAB_OK || result == FAB_CSV_END)
            break;
        if (result == FAB_CSV_RECORD && take_row(scan))
            status = sink(user, &row, &stop);
    }
    return status;
}

fab_status fab_import_scan(struct fab_import *import, const struct fab_import_file *file, fab_scan_sink *sink, void *user)
{
    struct scan scan = {.def = file->def};
    fab_csv_result result;
    fab_status status = FAB_OK;
    FILE *stream = fopen(file->path, "rbe");
    if (!stream)
        return fab_fail_errno(import->context, FAB_INPUT, "%s", file->path);
    scan.csv = fab_csv_new(stream);
    if (!scan.csv)
        status = fab_fail_memory(import->context);
    if (status == FAB_OK)
        status = fab_csv_next(import->context, scan.csv, &result);
    if (status == FAB_OK && result == FAB_CSV_RECORD) {
        take_header(&scan);
        status = read_rows(import, &scan, sink, user);
    }
    fab_csv_free(scan.csv);
    fclose(stream);
    return status;
}

/* ---- remembering ---- */

struct before {
    struct fab_import *import;
    const struct fab_import_file *file;
    int64_t line;
};

static fab_status mark(void *user, const struct fab_scanned_row *row, bool *stop)
{
    struct before *before = user;
    int64_t first, line = fab_csv_line(row->csv);
    *stop = line >= before->line;
    return *stop ? FAB_OK : fab_import_mark_seen(before->import, before->file, row->key, line, &first);
}

fab_status fab_import_mark_before(struct fab_import *import, const struct fab_import_file *file, int64_t line)
{
    struct before before = {import, file, line};
    return fab_import_scan(import, file, mark, &before);
}
