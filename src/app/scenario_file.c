/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario_file.h"

#include "csv_file.h"
#include "fail.h"
#include "nearest.h"
#include "try.h"
#include "utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 16, FINDINGS_SHOWN = 50, TEXT_SIZE = 2048 };

#define TEXT_COLUMN(name, type, flags, meaning) {name, type, flags, 0, 0, 0, 0, (double)NAN, 0, meaning, FAB_NO_OFFSET}

const struct fab_column fab_scenario_change_columns[FAB_CHANGE_FIELD_COUNT] = {
    TEXT_COLUMN("scenario", FAB_COLUMN_ID, FAB_KEY, "name of the scenario"),
    {"number", FAB_COLUMN_INT, FAB_KEY, 0, 0, 0, 1e9, (double)NAN, 0, "order of the changes", FAB_NO_OFFSET},
    TEXT_COLUMN("table", FAB_COLUMN_ID, 0, "table that is changed"),
    TEXT_COLUMN("key", FAB_COLUMN_TEXT, FAB_OPTIONAL, "which rows"),
    TEXT_COLUMN("column", FAB_COLUMN_TEXT, FAB_OPTIONAL, "column that is changed"),
    {"operation", FAB_COLUMN_CHOICE, 0, 0, "set|scale|add|shift|insert|delete", 0, 0, (double)NAN, 0, "what is done", FAB_NO_OFFSET},
    TEXT_COLUMN("value", FAB_COLUMN_TEXT, FAB_OPTIONAL, "what it is done with"),
    TEXT_COLUMN("from", FAB_COLUMN_DATE, FAB_OPTIONAL, "first day"),
    TEXT_COLUMN("to", FAB_COLUMN_DATE, FAB_OPTIONAL, "day after the last"),
    TEXT_COLUMN("basis", FAB_COLUMN_TEXT, FAB_OPTIONAL, "where the figure comes from"),
};

struct reader {
    fab_context *context;
    const char *path;
    fab_csv *csv;
    const struct fab_column *column;
    int column_count;
    int field[COLUMNS_MAX]; /* per column, -1: not in the file */
    int field_count, findings;
};

static void find_fault(struct reader *reader, struct fab_row_place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void find_fault(struct reader *reader, struct fab_row_place place, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (reader->findings++ >= FINDINGS_SHOWN)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fab_say(reader->context, FAB_LEVEL_FINDING, "%s:%lld:%d: %s", reader->path, (long long)place.line, place.column, text);
}

/* ---- the header ---- */

static int find_column(const struct reader *reader, const char *name)
{
    for (int c = 0; c < reader->column_count; c++)
        if (strcmp(reader->column[c].name, name) == 0)
            return c;
    return -1;
}

static void read_name(struct reader *reader, int f, const char *name)
{
    int c = find_column(reader, name);
    struct fab_nearest nearest;
    char shown[FAB_SHOWN_SIZE];
    if (c >= 0 && reader->field[c] >= 0) {
        find_fault(reader, fab_csv_place_of(reader->csv, f), "column is '%s', must be unique (field %d has it already)", name, reader->field[c] + 1);
    } else if (c >= 0) {
        reader->field[c] = f;
    } else if (strcmp(name, "basis") != 0 && strcmp(name, "note") != 0) {
        fab_nearest_begin(&nearest, name);
        for (int k = 0; k < reader->column_count; k++)
            fab_nearest_offer(&nearest, reader->column[k].name);
        fab_utf8_quote(name, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
        find_fault(reader, fab_csv_place_of(reader->csv, f), "column is '%s', must be a column of such a file%s%s%s", shown, nearest.best[0] ? " (" : "",
                   nearest.best, nearest.best[0] ? "?)" : "");
    }
}

static void read_header(struct reader *reader)
{
    const struct fab_row_text *fields = fab_csv_fields(reader->csv, &reader->field_count);
    for (int c = 0; c < reader->column_count; c++)
        reader->field[c] = -1;
    for (int f = 0; f < reader->field_count; f++)
        read_name(reader, f, fields[f].text);
    for (int c = 0; c < reader->column_count; c++)
        if (reader->field[c] < 0 && !(reader->column[c].flags & FAB_OPTIONAL))
            find_fault(reader, fab_csv_place_of(reader->csv, reader->field_count), "column '%s' is missing, must be given (%s)", reader->column[c].name,
                       reader->column[c].meaning);
}

/* ---- rows ---- */

static fab_status read_row(struct reader *reader, fab_scenario_sink *sink, void *user)
{
    struct fab_cell cell[COLUMNS_MAX] = {{0}};
    int place[COLUMNS_MAX] = {0}, count, wrong = 0, before = reader->findings;
    char problem[FAB_PROBLEM_SIZE] = "";
    const struct fab_row_text *fields = fab_csv_fields(reader->csv, &count);
    if (count != reader->field_count) {
        find_fault(reader, fab_csv_place_of(reader->csv, count < reader->field_count ? count : reader->field_count), "row has %d fields, must have %d as the header",
                   count, reader->field_count);
        return FAB_OK;
    }
    for (int c = 0; c < reader->column_count; c++) {
        int f = reader->field[c];
        if (f < 0)
            continue;
        place[c] = fab_csv_place_of(reader->csv, f).column;
        const char *text = fab_cell_unmark(&reader->column[c], fields[f].text);
        if (!fab_cell_read(&reader->column[c], text, fields[f].length - (size_t)(text - fields[f].text), &cell[c], problem))
            find_fault(reader, fab_csv_place_of(reader->csv, f), "%s", problem);
    }
    if (reader->findings > before)
        return FAB_OK;
    const struct fab_scenario_row row = {reader->path, fab_csv_line(reader->csv), cell, place};
    problem[0] = '\0';
    fab_status status = sink(user, &row, &wrong, problem);
    if (status == FAB_OK && problem[0])
        find_fault(reader, fab_csv_place_of(reader->csv, reader->field[wrong] < 0 ? 0 : reader->field[wrong]), "%s", problem);
    return status;
}

static fab_status read_records(struct reader *reader, fab_scenario_sink *sink, void *user)
{
    fab_status status = FAB_OK;
    enum fab_row_result result = FAB_ROW;
    for (bool header = true;; header = false) {
        TRY(fab_csv_next(reader->context, reader->csv, &result));
        if (result == FAB_ROW_END && header)
            find_fault(reader, (struct fab_row_place){1, 1}, "file is empty, must begin with a line of column names");
        if (result == FAB_ROW_END)
            break;
        if (result == FAB_ROW_FAULT)
            find_fault(reader, fab_csv_fault_place(reader->csv), "%s", fab_csv_fault_text(reader->csv));
        else if (header)
            read_header(reader);
        else
            TRY(read_row(reader, sink, user));
        if (header && reader->findings > 0)
            break; /* the rows could not be understood */
    }
out:
    return status;
}

fab_status fab_scenario_read_file(fab_context *context, const char *path, const struct fab_column columns[], int column_count, fab_scenario_sink *sink, void *user,
                                  int *findings)
{
    fab_status status = FAB_OK;
    struct reader reader = {.context = context, .path = path, .column = columns, .column_count = column_count};
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return fab_fail_errno(context, FAB_INPUT, "%s", path);
    TRY_MEMORY(context, reader.csv = fab_csv_new(stream));
    TRY(read_records(&reader, sink, user));
    *findings += reader.findings;
out:
    fab_csv_free(reader.csv);
    fclose(stream);
    return status;
}
