/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_source.h"

#include "number.h"
#include "try.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_LINE = 2, FAULT_SIZE = 256, INTEGER_SIZE = 24, NUMBER_SIZE = INTEGER_SIZE > FAB_NUMBER_TEXT_SIZE ? INTEGER_SIZE : FAB_NUMBER_TEXT_SIZE };

struct table_reader {
    struct fab_row_reader head;
    const fab_table *table;
    int row; /* the next one; -1: the names of the columns */
    struct fab_row_text *texts;
    char (*numbers)[NUMBER_SIZE]; /* per column */
    char fault[FAULT_SIZE];
};

static const char *print_value(const fab_value *value, char number[NUMBER_SIZE])
{
    switch (value->type) {
    case FAB_TEXT: return value->text;
    case FAB_REAL: return fab_number_print(value->real, number);
    case FAB_INTEGER: snprintf(number, NUMBER_SIZE, "%" PRId64, value->integer); return number;
    case FAB_NULL: break;
    }
    return "";
}

static fab_status read_next(fab_context *context, struct fab_row_reader *head, enum fab_row_result *result)
{
    struct table_reader *reader = (struct table_reader *)head;
    (void)context;
    *result = reader->row < fab_table_rows(reader->table) ? FAB_ROW : FAB_ROW_END;
    for (int c = 0; *result == FAB_ROW && c < head->count; c++) {
        const char *text = reader->row < 0 ? fab_table_column_name(reader->table, c)
                                           : print_value(fab_table_get(reader->table, reader->row, c), reader->numbers[c]);
        size_t length = strlen(text), good = fab_utf8_valid_length(text, length);
        reader->texts[c] = (struct fab_row_text){text, length};
        if (good < length) {
            head->fault_place = (struct fab_row_place){FIRST_LINE + reader->row, c + 1};
            snprintf(reader->fault, sizeof reader->fault, "byte 0x%02X is not UTF-8, must be UTF-8", (unsigned char)text[good]);
            *result = FAB_ROW_FAULT;
        }
    }
    head->line = FIRST_LINE + reader->row++;
    return FAB_OK;
}

static struct fab_row_place find_place(const struct fab_row_reader *head, int field)
{
    return (struct fab_row_place){head->line, field + 1};
}

static void close_reader(struct fab_row_reader *head)
{
    struct table_reader *reader = (struct table_reader *)head;
    free(reader->texts);
    free(reader->numbers);
    free(reader);
}

static const struct fab_row_reader_kind table_kind = {.next = read_next, .place = find_place, .close = close_reader};

static fab_status open_reader(fab_context *context, const struct fab_row_source *source, struct fab_row_reader **opened)
{
    fab_status status = FAB_OK;
    const fab_table *table = source->state;
    size_t columns = (size_t)fab_table_columns(table);
    struct table_reader *reader = calloc(1, sizeof *reader);
    TRY_MEMORY(context, reader);
    *reader = (struct table_reader){.head = {.kind = &table_kind, .count = (int)columns}, .table = table, .row = -1};
    TRY_MEMORY(context, reader->texts = calloc(columns + 1, sizeof *reader->texts));
    TRY_MEMORY(context, reader->numbers = calloc(columns + 1, sizeof *reader->numbers));
    reader->head.texts = reader->texts;
    reader->head.fault = reader->fault;
    *opened = &reader->head;
    reader = NULL;
out:
    if (reader)
        close_reader(&reader->head);
    return status;
}

struct fab_row_source fab_table_source(const fab_table *table, const char *name)
{
    return (struct fab_row_source){.table = fab_table_name(table), .name = name, .state = (void *)table, .open = open_reader};
}
