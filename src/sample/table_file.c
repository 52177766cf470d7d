/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_file.h"

#include "csv_text.h"
#include "date.h"
#include "dictionary.h"
#include "fail.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CELL_ROOM = 32, SECONDS_A_DAY = 86400, DAY_LENGTH = 10 };

/* ---- cells ---- */

static void write_bytes(fab_table_file *file, const char *bytes, size_t size)
{
    if (size > 0 && fwrite(bytes, 1, size, file->file) != size && file->error == 0)
        file->error = errno;
}

static void flush_buffer(fab_table_file *file)
{
    write_bytes(file, file->buffer, file->used);
    file->used = 0;
}

static char *begin_cell(fab_table_file *file, size_t room)
{
    if (file->used + room + 1 > FAB_TABLE_FILE_BUFFER)
        flush_buffer(file);
    if (file->row)
        file->buffer[file->used++] = ',';
    file->row = true;
    return file->buffer + file->used;
}

void fab_table_file_text(fab_table_file *file, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length + CELL_ROOM > FAB_TABLE_FILE_BUFFER) { /* longer than any cell of the dictionary, but never beyond the buffer */
        begin_cell(file, 0);
        flush_buffer(file);
        write_bytes(file, text, length);
        return;
    }
    char *place = begin_cell(file, length);
    if (length > 0)
        memcpy(place, text, length);
    file->used += length;
}

void fab_table_file_number(fab_table_file *file, int64_t number)
{
    char digits[CELL_ROOM], *place = begin_cell(file, CELL_ROOM);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int count = 0;
    do
        digits[count++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        digits[count++] = '-';
    for (int i = 0; i < count; i++)
        place[i] = digits[count - 1 - i];
    file->used += (size_t)count;
}

void fab_table_file_decimal(fab_table_file *file, int64_t number, int digits)
{
    int64_t unit = 1;
    for (; digits > 0 && number % 10 == 0; digits--)
        number /= 10;
    for (int d = 0; d < digits; d++)
        unit *= 10;
    if (digits == 0) {
        fab_table_file_number(file, number);
        return;
    }
    char *place = begin_cell(file, CELL_ROOM);
    int64_t size = number < 0 ? -number : number;
    file->used += (size_t)snprintf(place, CELL_ROOM, "%s%" PRId64 ".%0*" PRId64, number < 0 ? "-" : "", size / unit, digits, size % unit);
}

static void print_two(char *place, int number)
{
    place[0] = (char)('0' + number / 10);
    place[1] = (char)('0' + number % 10);
}

static void print_day(fab_table_file *file, int64_t day, char *place)
{
    if (day != file->day || file->day_text[0] == '\0') {
        fab_date_print((int32_t)day, file->day_text);
        file->day = day;
    }
    memcpy(place, file->day_text, DAY_LENGTH);
}

void fab_table_file_day(fab_table_file *file, int64_t day)
{
    print_day(file, day, begin_cell(file, CELL_ROOM));
    file->used += DAY_LENGTH;
}

void fab_table_file_time(fab_table_file *file, int64_t seconds)
{
    enum { TIME_LENGTH = 19 };
    char *place = begin_cell(file, CELL_ROOM);
    int64_t day = seconds >= 0 ? seconds / SECONDS_A_DAY : -((SECONDS_A_DAY - 1 - seconds) / SECONDS_A_DAY);
    int second = (int)(seconds - day * SECONDS_A_DAY);
    print_day(file, day, place);
    memcpy(place + DAY_LENGTH, "T00:00:00", TIME_LENGTH - DAY_LENGTH);
    print_two(place + 11, second / 3600);
    print_two(place + 14, second / 60 % 60);
    print_two(place + 17, second % 60);
    file->used += TIME_LENGTH;
}

void fab_table_file_end_row(fab_table_file *file)
{
    fab_table_file_text(file, file->basis);
    file->buffer[file->used++] = '\n'; /* begin_cell keeps room for it */
    file->row = false;
    file->rows++;
}

const char *fab_csv_field_of(fab_arena *arena, const char *text)
{
    char *bytes = NULL, *field = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    if (!file)
        return NULL;
    fab_csv_write_text(file, text);
    if (fclose(file) == 0)
        field = fab_arena_dup_length(arena, bytes, size);
    free(bytes);
    return field;
}

/* ---- files ---- */

/* An empty file, before its header. */
static fab_status begin_file(fab_context *context, fab_table_file *file, const char *folder, const char *table)
{
    size_t size = strlen(folder) + strlen(table) + CELL_ROOM;
    *file = (fab_table_file){.path = malloc(size), .buffer = malloc(FAB_TABLE_FILE_BUFFER + CELL_ROOM), .basis = "basis"};
    if (!file->path || !file->buffer)
        return fab_fail_memory(context);
    snprintf(file->path, size, "%s/%s.csv", folder, table);
    file->file = fopen(file->path, "wbxe");
    if (!file->file)
        return fab_fail_errno(context, FAB_OUTPUT, "%s: cannot be written", file->path);
    setvbuf(file->file, NULL, _IONBF, 0); /* the rows have a buffer already */
    return FAB_OK;
}

fab_status fab_table_file_open_columns(fab_context *context, fab_table_file *file, const char *folder, const char *table, const char *columns)
{
    fab_status status = begin_file(context, file, folder, table);
    if (status != FAB_OK)
        return status;
    fab_table_file_text(file, columns);
    fab_table_file_end_row(file);
    file->rows = 0;
    return FAB_OK;
}

fab_status fab_table_file_open(fab_context *context, fab_table_file *file, const char *folder, const char *table, const char *basis)
{
    const struct fab_table_def *def = fab_dictionary_find(table);
    fab_status status = begin_file(context, file, folder, table);
    if (status != FAB_OK)
        return status;
    for (int c = 0; c < def->column_count; c++)
        fab_table_file_text(file, def->columns[c].name);
    fab_table_file_end_row(file);
    file->basis = basis;
    file->rows = 0;
    return FAB_OK;
}

fab_status fab_table_file_close(fab_context *context, fab_table_file *file)
{
    flush_buffer(file);
    if (file->error == 0 && fsync(fileno(file->file)) != 0)
        file->error = errno;
    if (fclose(file->file) != 0 && file->error == 0)
        file->error = errno;
    file->file = NULL;
    if (file->error != 0)
        return fab_fail(context, FAB_OUTPUT, "%s: could not be written: %s", file->path, strerror(file->error));
    return FAB_OK;
}

void fab_table_file_free(fab_table_file *file)
{
    if (file->file)
        fclose(file->file);
    free(file->path);
    free(file->buffer);
    *file = (fab_table_file){0};
}
