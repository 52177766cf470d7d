/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_file.h"

#include "array.h"
#include "fail.h"
#include "try.h"
#include "utf8.h"

#include <csv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { READ_SIZE = 1 << 16 };

struct fab_csv {
    FILE *file;
    struct csv_parser parser;
    bool parser_ready;

    char *input; /* [record, scanned) is the record read so far, [scanned, filled) what follows */
    size_t record, scanned, filled, capacity;
    bool at_end;
    int64_t next_line; /* number of the line at scanned */
    int64_t record_line;
    char separator;

    struct fab_row_ignored ignored;
    char *text; /* the fields' texts, one behind the other */
    size_t text_used, text_capacity;
    size_t *starts; /* in text */
    struct fab_row_text *fields;
    int field_count, start_capacity, field_capacity;
    bool record_done, short_of_memory;

    char fault[FAB_CSV_FAULT_SIZE];
    struct fab_row_place fault_place;
};

static int is_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

/* libcsv drops outer blanks unless told that nothing is a blank. */
static bool start_parser(fab_csv *csv)
{
    if (csv->parser_ready)
        csv_free(&csv->parser);
    csv->parser_ready = csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) == 0;
    if (csv->parser_ready) {
        csv_set_space_func(&csv->parser, is_no_space);
        csv_set_delim(&csv->parser, (unsigned char)csv->separator);
    }
    return csv->parser_ready;
}

fab_csv *fab_csv_new(FILE *file)
{
    fab_csv *csv = calloc(1, sizeof *csv);
    if (!csv)
        return NULL;
    csv->file = file;
    csv->next_line = 1;
    csv->separator = ',';
    if (!start_parser(csv)) {
        fab_csv_free(csv);
        return NULL;
    }
    return csv;
}

void fab_csv_free(fab_csv *csv)
{
    if (!csv)
        return;
    if (csv->parser_ready)
        csv_free(&csv->parser);
    free(csv->input);
    free(csv->text);
    free(csv->starts);
    free(csv->fields);
    free(csv);
}

/* ---- lines ---- */

/* Reads more bytes behind `filled`; the record so far moves to the front of the buffer. */
static fab_status fill(fab_context *context, fab_csv *csv)
{
    if (csv->record > 0) {
        memmove(csv->input, csv->input + csv->record, csv->filled - csv->record);
        csv->filled -= csv->record;
        csv->scanned -= csv->record;
        csv->record = 0;
    }
    if (!fab_array_room_size(&csv->input, csv->filled, READ_SIZE, &csv->capacity, 1))
        return fab_fail_memory(context);
    size_t size = fread(csv->input + csv->filled, 1, READ_SIZE, csv->file);
    csv->filled += size;
    if (size < READ_SIZE) {
        if (ferror(csv->file))
            return fab_fail_errno(context, FAB_INPUT, "cannot be read");
        csv->at_end = true;
    }
    return FAB_OK;
}

/* Length of the line at `scanned` with its end, 0 at the end of the file. A line longer than a record may be is given in parts. */
static fab_status find_line(fab_context *context, fab_csv *csv, size_t *length)
{
    size_t searched = 0;
    for (;;) {
        char *start = csv->input + csv->scanned;
        size_t size = csv->filled - csv->scanned;
        char *lf = size > searched ? memchr(start + searched, '\n', size - searched) : NULL;
        size_t limit = lf ? (size_t)(lf - start) : size;
        char *cr = limit > searched ? memchr(start + searched, '\r', limit - searched) : NULL;
        if (cr && (cr + 1 < start + size || csv->at_end)) {
            *length = (size_t)(cr - start) + 1;
            if (*length < size && cr[1] == '\n')
                ++*length;
            return FAB_OK;
        }
        if (lf || csv->at_end || size > FAB_CSV_RECORD_MAX) {
            *length = lf ? (size_t)(lf - start) + 1 : size;
            return FAB_OK;
        }
        searched = cr ? (size_t)(cr - start) : size;
        fab_status status = fill(context, csv);
        if (status != FAB_OK)
            return status;
    }
}

/* ---- places ---- */

static int characters(const char *text, size_t size)
{
    int count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* The place of the byte at an offset from the record's start: lines are counted as find_line ends them. */
static struct fab_row_place place_at(const fab_csv *csv, size_t offset)
{
    const char *record = csv->input + csv->record;
    struct fab_row_place place = {csv->record_line, 1};
    size_t line_start = 0;
    for (size_t i = 0; i < offset; i++) {
        bool crlf = record[i] == '\r' && csv->record + i + 1 < csv->filled && record[i + 1] == '\n';
        if (record[i] == '\n' || (record[i] == '\r' && !crlf)) {
            place.line++;
            line_start = i + 1;
        }
    }
    place.column = 1 + characters(record + line_start, offset - line_start);
    return place;
}

/* Offset of the field's first byte in the record [record, scanned): separators outside quotes are counted. */
static size_t field_offset(const fab_csv *csv, int field, size_t size)
{
    const char *record = csv->input + csv->record;
    bool quoted = false;
    size_t i = 0;
    for (; i < size && field > 0; i++) {
        if (record[i] == '"')
            quoted = !quoted;
        else if (record[i] == csv->separator && !quoted)
            field--;
    }
    return i;
}

struct fab_row_place fab_csv_place_of(const fab_csv *csv, int field)
{
    size_t size = csv->scanned - csv->record;
    const char *record = csv->input + csv->record;
    while (size > 0 && (record[size - 1] == '\n' || record[size - 1] == '\r'))
        size--;
    return place_at(csv, field < csv->field_count ? field_offset(csv, field, size) : size);
}

/* ---- faults ---- */

static enum fab_row_result set_fault(fab_csv *csv, size_t offset, const char *format, ...) __attribute__((format(printf, 3, 4)));
static enum fab_row_result set_fault(fab_csv *csv, size_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(csv->fault, sizeof csv->fault, format, arguments);
    va_end(arguments);
    csv->fault_place = place_at(csv, offset);
    return FAB_ROW_FAULT;
}

const char *fab_csv_fault_text(const fab_csv *csv)
{
    return csv->fault;
}

struct fab_row_place fab_csv_fault_place(const fab_csv *csv)
{
    return csv->fault_place;
}

/* After these nothing that follows can be understood. */
static enum fab_row_result stop(fab_csv *csv, enum fab_row_result result)
{
    csv->at_end = true;
    csv->scanned = csv->filled;
    csv->record = csv->filled;
    return result;
}

/* ---- records ---- */

static bool make_field_room(fab_csv *csv)
{
    return FAB_ARRAY_ROOM(&csv->starts, csv->field_count, &csv->start_capacity) &&
           FAB_ARRAY_ROOM(&csv->fields, csv->field_count, &csv->field_capacity);
}

/* Called by libcsv with each field. */
static void take_field(void *bytes, size_t size, void *user)
{
    fab_csv *csv = user;
    if (csv->field_count == csv->field_capacity && !make_field_room(csv)) {
        csv->short_of_memory = true;
        return;
    }
    csv->starts[csv->field_count] = csv->text_used;
    csv->fields[csv->field_count].length = size;
    csv->field_count++;
    memcpy(csv->text + csv->text_used, bytes, size);
    csv->text_used += size;
    csv->text[csv->text_used++] = '\0';
}

static void end_record(int terminator, void *user)
{
    (void)terminator;
    ((fab_csv *)user)->record_done = true;
}

/* A field takes no more bytes than it and its separator take in the record, the last one's NUL apart. */
static bool reserve_text(fab_csv *csv)
{
    return fab_array_room_size(&csv->text, 0, csv->scanned - csv->record + 2, &csv->text_capacity, 1);
}

static void begin_record(fab_csv *csv)
{
    csv->record = csv->scanned;
    csv->record_line = csv->next_line;
    csv->text_used = 0;
    csv->field_count = 0;
    csv->record_done = false;
}

/* True for a line without a value; one of empty cells is noted as ignored. */
static bool is_blank(fab_csv *csv, const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] != csv->separator && (!strchr(" \t\r\n", line[i]) || line[i] == '\0'))
            return false;
    if (memchr(line, csv->separator, length) && csv->ignored.rows++ == 0)
        csv->ignored.row = csv->record_line;
    return true;
}

/* A quote where none may be. The field it belongs to may have begun, by mistake, on an earlier line. */
static enum fab_row_result quote_fault(fab_csv *csv, size_t offset)
{
    struct fab_row_place opened = place_at(csv, field_offset(csv, csv->field_count, csv->scanned - csv->record));
    struct fab_row_place here = place_at(csv, offset);
    if (opened.line < here.line)
        return set_fault(csv, offset,
                         "text after a closing quote, must be %s or a line end (is the quote opened at %lld:%d never closed?)",
                         csv->separator == ',' ? "a comma" : "a separator", (long long)opened.line, opened.column);
    return set_fault(csv, offset, "stray quote, must be doubled (\"\") inside a field that is itself in quotes");
}

static enum fab_row_result unclosed_fault(fab_csv *csv)
{
    size_t offset = field_offset(csv, csv->field_count, csv->scanned - csv->record);
    return set_fault(csv, offset, "quote is never closed, must be closed by another quote");
}

/* NUL and bad UTF-8 in the line at [start, scanned). */
static bool find_bad_byte(fab_csv *csv, size_t start)
{
    const char *line = csv->input + start;
    size_t length = csv->scanned - start;
    const char *nul = memchr(line, '\0', length);
    if (nul) {
        set_fault(csv, (size_t)(nul - csv->input) - csv->record, "NUL byte, must be text (UTF-16? save as CSV UTF-8)");
        return true;
    }
    size_t good = fab_utf8_valid_length(line, length);
    if (good == length)
        return false;
    set_fault(csv, start + good - csv->record, "byte 0x%02X is not UTF-8, must be UTF-8 (save as CSV UTF-8)", (unsigned char)line[good]);
    return true;
}

static bool find_utf16(fab_csv *csv)
{
    if (csv->filled < 2 || (memcmp(csv->input, "\xFF\xFE", 2) != 0 && memcmp(csv->input, "\xFE\xFF", 2) != 0))
        return false;
    csv->record_line = 1;
    set_fault(csv, 0, "file is UTF-16, must be UTF-8 (save as CSV UTF-8)");
    return true;
}

/* A record without quotes ends with its line and is split at its separators. */
static void split_line(fab_csv *csv, const char *line, size_t length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    for (const char *end; (end = memchr(line, csv->separator, length)) != NULL; line = end + 1) {
        take_field((char *)line, (size_t)(end - line), csv);
        length -= (size_t)(end - line) + 1;
    }
    take_field((char *)line, length, csv);
}

/* Feeds one line to libcsv; true when it gave a record or a fault. */
static bool feed_line(fab_csv *csv, size_t start, enum fab_row_result *result)
{
    size_t length = csv->scanned - start;
    size_t used = csv_parse(&csv->parser, csv->input + start, length, take_field, end_record, csv);
    bool last = csv->at_end && csv->scanned == csv->filled;
    if (used < length)
        *result = quote_fault(csv, start - csv->record + used);
    else if (csv->record_done)
        *result = FAB_ROW;
    else if (!last)
        return false;
    else if (csv_fini(&csv->parser, take_field, end_record, csv) != 0)
        *result = unclosed_fault(csv);
    else
        *result = FAB_ROW;
    return true;
}

static void set_texts(fab_csv *csv)
{
    for (int f = 0; f < csv->field_count; f++)
        csv->fields[f].text = csv->text + csv->starts[f];
}

static fab_status read_first(fab_context *context, fab_csv *csv, enum fab_row_result *result)
{
    fab_status status = FAB_OK;
    TRY(fill(context, csv));
    *result = FAB_ROW_END;
    if (find_utf16(csv))
        *result = stop(csv, FAB_ROW_FAULT);
    else if (csv->filled >= 3 && memcmp(csv->input, "\xEF\xBB\xBF", 3) == 0)
        csv->scanned = 3;
out:
    return status;
}

/* Takes the next line into the record; *length 0 at the end of the file. */
static fab_status take_line(fab_context *context, fab_csv *csv, size_t *start, size_t *length)
{
    fab_status status = FAB_OK;
    TRY(find_line(context, csv, length));
    *start = csv->scanned;
    csv->scanned += *length;
    csv->next_line++;
    TRY_MEMORY(context, reserve_text(csv));
out:
    return status;
}

/* A first line "sep=;", by which a spreadsheet tells what separates the fields. */
static bool takes_separator(fab_csv *csv, const char *line, size_t length)
{
    static const char sign[] = "sep=";
    size_t size = sizeof sign - 1;
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    if (csv->record_line > 1 || length != size + 1 || strncasecmp(line, sign, size) != 0 || !memchr(",;\t|", line[size], 4))
        return false;
    csv->separator = line[size];
    csv_set_delim(&csv->parser, (unsigned char)csv->separator);
    return true;
}

/* What the line that was taken makes of the record; false: the record goes on with the next one. */
static bool judge_line(fab_csv *csv, size_t start, size_t length, enum fab_row_result *result)
{
    const char *line = csv->input + start;
    bool first = start == csv->record;
    if (first && (is_blank(csv, line, length) || takes_separator(csv, line, length))) {
        begin_record(csv);
        return false;
    }
    *result = FAB_ROW;
    if (csv->scanned - csv->record > FAB_CSV_RECORD_MAX) {
        set_fault(csv, 0, "record is longer than %d bytes, must be shorter (is a quote never closed?)", FAB_CSV_RECORD_MAX);
        *result = stop(csv, FAB_ROW_FAULT);
    } else if (find_bad_byte(csv, start)) {
        *result = FAB_ROW_FAULT;
    } else if (first && !memchr(line, '"', length)) {
        split_line(csv, line, length);
    } else {
        return feed_line(csv, start, result);
    }
    return true;
}

fab_status fab_csv_next(fab_context *context, fab_csv *csv, enum fab_row_result *result)
{
    fab_status status = FAB_OK;
    size_t start, length;
    if (!csv->input) {
        TRY(read_first(context, csv, result));
        if (*result == FAB_ROW_FAULT)
            goto out;
    }
    begin_record(csv);
    do {
        TRY(take_line(context, csv, &start, &length));
        if (length == 0) {
            *result = FAB_ROW_END;
            goto out;
        }
    } while (!judge_line(csv, start, length, result));
    TRY_MEMORY(context, !csv->short_of_memory && csv_error(&csv->parser) != CSV_ENOMEM);
    TRY_MEMORY(context, *result != FAB_ROW_FAULT || start_parser(csv));
    set_texts(csv);
out:
    return status;
}

const struct fab_row_ignored *fab_csv_ignored(const fab_csv *csv)
{
    return &csv->ignored;
}

const struct fab_row_text *fab_csv_fields(const fab_csv *csv, int *count)
{
    *count = csv->field_count;
    return csv->fields;
}

int64_t fab_csv_line(const fab_csv *csv)
{
    return csv->record_line;
}
