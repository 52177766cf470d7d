/* Reading CSV (RFC 4180, UTF-8) with the place of everything that is wrong.
 *
 * Records come one after the other from buffers that are reused; a file of any length takes the memory of its longest record (at most
 * FAB_CSV_RECORD_MAX bytes). LF, CRLF and CR end a line, a byte order mark, blank lines, lines of separators only and a missing last line
 * end are accepted. A first line sep=; (or , | tab) says what separates the fields, else commas do. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_CSV_FILE_H
#define FAB_CSV_FILE_H

#include <fabplan/context.h>
#include <stdio.h>

#include "row_source.h"

enum { FAB_CSV_RECORD_MAX = 1 << 20, FAB_CSV_FAULT_SIZE = 256 };

typedef struct fab_csv fab_csv;

/* Reads from a stream, which stays the caller's. NULL when memory is short. */
fab_csv *fab_csv_new(FILE *file);
void fab_csv_free(fab_csv *csv);

/* The next record or fault. FAB_NO_MEMORY, or FAB_INPUT when the stream cannot be read. O(bytes). */
fab_status fab_csv_next(fab_context *context, fab_csv *csv, enum fab_row_result *result);

/* The fields of the last record; valid until the next call of fab_csv_next. */
const struct fab_row_text *fab_csv_fields(const fab_csv *csv, int *count);

/* Line on which the last record begins. */
int64_t fab_csv_line(const fab_csv *csv);

/* Where a field of the last record begins (field = count: where the record ends). O(record). */
struct fab_row_place fab_csv_place_of(const fab_csv *csv, int field);

/* What was left out so far: rows of empty cells alone. */
const struct fab_row_ignored *fab_csv_ignored(const fab_csv *csv);

/* What the last fault is, and where. */
const char *fab_csv_fault_text(const fab_csv *csv);
struct fab_row_place fab_csv_fault_place(const fab_csv *csv);

#endif
