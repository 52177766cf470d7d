/* A source read once more: for the places of findings, and for the rows that were thought not worth remembering.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "try.h"

#include <string.h>

enum { INTERRUPTION_ROWS = 1024 /* rows between two looks at the interruption flag */ };

struct scan {
    const struct fab_table_def *def;
    struct fab_row_reader *reader;
    int columns[FAB_COLUMNS_MAX], fields[FAB_COLUMNS_MAX]; /* per field, per column */
    int field_count;
    struct fab_cell cells[FAB_COLUMNS_MAX];
    char key[FAB_ROW_KEY_SIZE];
};

/* The header has been found good. */
static void take_header(struct scan *scan)
{
    scan->field_count = scan->reader->count;
    for (int c = 0; c < FAB_COLUMNS_MAX; c++)
        scan->fields[c] = -1;
    for (int f = 0; f < scan->field_count; f++) {
        scan->columns[f] = fab_statement_find_column(scan->def, scan->reader->texts[f].text);
        scan->fields[scan->columns[f]] = f;
    }
}

static bool take_row(struct scan *scan)
{
    char problem[FAB_PROBLEM_SIZE];
    if (scan->reader->count != scan->field_count)
        return false;
    for (int f = 0; f < scan->field_count; f++) {
        int c = scan->columns[f];
        if (!fab_row_read_cell(scan->reader, f, c < scan->def->column_count ? &scan->def->columns[c] : NULL, &scan->cells[c], problem))
            return false;
    }
    fab_row_key(scan->def, scan->cells, scan->key);
    return true;
}

static fab_status read_rows(struct fab_import *import, struct scan *scan, fab_scan_sink *sink, void *user)
{
    const struct fab_scanned_row row = {scan->reader, scan->fields, scan->key};
    enum fab_row_result result = FAB_ROW;
    fab_status status = FAB_OK;
    bool stop = false;
    for (int64_t rows = 0; !stop; rows++) {
        if (rows % INTERRUPTION_ROWS == 0 && fab_context_interrupted(import->context))
            TRY(fab_fail(import->context, FAB_INTERRUPTED, "interrupted"));
        TRY(scan->reader->kind->next(import->context, scan->reader, &result));
        if (result == FAB_ROW_END)
            break;
        if (result == FAB_ROW && take_row(scan))
            TRY(sink(user, &row, &stop));
    }
out:
    return status;
}

fab_status fab_import_scan(struct fab_import *import, const struct fab_import_file *file, fab_scan_sink *sink, void *user)
{
    struct scan scan = {.def = file->def};
    enum fab_row_result result;
    fab_status status = FAB_OK;
    TRY(file->source->open(import->context, file->source, &scan.reader));
    TRY(scan.reader->kind->next(import->context, scan.reader, &result));
    if (result == FAB_ROW) {
        take_header(&scan);
        TRY(read_rows(import, &scan, sink, user));
    }
out:
    if (scan.reader)
        scan.reader->kind->close(scan.reader);
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
    int64_t first, line = row->reader->line;
    *stop = line >= before->line;
    return *stop ? FAB_OK : fab_import_mark_seen(before->import, before->file, row->key, line, &first);
}

fab_status fab_import_mark_before(struct fab_import *import, const struct fab_import_file *file, int64_t line)
{
    struct before before = {import, file, line};
    return fab_import_scan(import, file, mark, &before);
}
