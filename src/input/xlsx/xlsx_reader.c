/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_reader.h"

#include "array.h"
#include "try.h"
#include "utf8.h"
#include "xlsx_package.h"
#include "xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 1024 /* with a name */, SHOWN = 60, SHOWN_SIZE = 4 * SHOWN + 8, FAULT_SIZE = FAB_XLSX_FAULT_SIZE + SHOWN_SIZE };

/* A column with a name. */
struct column {
    int number; /* from 1 */
    bool remark;
    char name[SHOWN_SIZE]; /* as faults show it */
};

struct fault {
    struct fab_row_place place;
    char text[FAULT_SIZE];
};

struct xlsx_reader {
    struct fab_row_reader head;
    unzFile zip;
    struct fab_xlsx_sheet_part sheet;
    struct column *columns; /* with a name, from left to right */
    int column_count, column_capacity;
    int64_t header_row; /* 0: not read yet */
    struct fab_row_text *texts;
    int *numbers; /* per field: its column */
    int text_capacity, number_capacity;
    struct fault *faults; /* that wait to be given */
    int fault_count, fault_capacity, fault_next;
    bool ended;
};

/* ---- faults ---- */

static bool add_fault(struct xlsx_reader *reader, struct fab_row_place place, const char *about, const char *what)
{
    if (!FAB_ARRAY_ROOM(&reader->faults, reader->fault_count, &reader->fault_capacity))
        return false;
    struct fault *fault = &reader->faults[reader->fault_count++];
    fault->place = place;
    snprintf(fault->text, sizeof fault->text, "%s is %s", about, what);
    return true;
}

static bool take_fault(struct xlsx_reader *reader, enum fab_row_result *result)
{
    if (reader->fault_next == reader->fault_count) {
        reader->fault_count = reader->fault_next = 0;
        return false;
    }
    const struct fault *fault = &reader->faults[reader->fault_next++];
    reader->head.fault = fault->text;
    reader->head.fault_place = fault->place;
    *result = FAB_ROW_FAULT;
    return true;
}

/* Merged cells that touch the table: known at the end of the part. */
static bool add_merged(struct xlsx_reader *reader)
{
    const struct fab_xlsx_sheet_part *sheet = &reader->sheet;
    char what[FAB_XLSX_FAULT_SIZE];
    for (int m = 0; m < sheet->merged_count && reader->column_count > 0; m++) {
        const struct fab_xlsx_merged *merged = &sheet->merged[m];
        if (merged->last_row < reader->header_row || merged->last_column < reader->columns[0].number ||
            merged->first_column > reader->columns[reader->column_count - 1].number)
            continue;
        snprintf(what, sizeof what, "merged with others, %d row%s by %d column%s, must be a cell of its own (unmerge them)",
                 merged->last_row - merged->first_row + 1, merged->last_row > merged->first_row ? "s" : "",
                 merged->last_column - merged->first_column + 1, merged->last_column > merged->first_column ? "s" : "");
        if (!add_fault(reader, (struct fab_row_place){merged->first_row, merged->first_column}, "cell", what))
            return false;
    }
    return true;
}

/* ---- the header ---- */

static bool add_column(struct xlsx_reader *reader, int number, const char *name)
{
    if (!FAB_ARRAY_ROOM(&reader->columns, reader->column_count, &reader->column_capacity))
        return false;
    struct column *column = &reader->columns[reader->column_count++];
    *column = (struct column){.number = number, .remark = name[0] == '#'};
    fab_utf8_quote(name, SHOWN, column->name, sizeof column->name);
    return true;
}

static bool add_field(struct xlsx_reader *reader, int field, int number, struct fab_row_text text)
{
    if (!FAB_ARRAY_ROOM(&reader->texts, field, &reader->text_capacity) || !FAB_ARRAY_ROOM(&reader->numbers, field, &reader->number_capacity))
        return false;
    reader->texts[field] = text;
    reader->numbers[field] = number;
    return true;
}

static fab_status take_header(fab_context *context, struct xlsx_reader *reader, enum fab_row_result *result)
{
    fab_status status = FAB_OK;
    const struct fab_xlsx_row *row = &reader->sheet.row;
    reader->column_count = reader->head.count = 0;
    for (int c = 0; c < row->count; c++) {
        const struct fab_xlsx_row_cell *cell = &row->cells[c];
        const char *text = fab_xlsx_row_text(row, c);
        if (cell->faulty)
            TRY_MEMORY(context, add_fault(reader, (struct fab_row_place){row->number, cell->column}, "the name of a column", text));
        else if (c >= COLUMNS_MAX)
            TRY(fab_fail(context, FAB_INPUT, "row %d has more than %d names of columns", row->number, COLUMNS_MAX));
        TRY_MEMORY(context, add_column(reader, cell->column, text));
        if (!cell->faulty && text[0] != '#')
            TRY_MEMORY(context, add_field(reader, reader->head.count++, cell->column, (struct fab_row_text){text, cell->length}));
    }
    reader->header_row = reader->head.count > 0 || reader->fault_count > 0 ? row->number : 0; /* a row of remarks alone may stand above it */
    *result = FAB_ROW;
    take_fault(reader, result);
out:
    return status;
}

/* ---- rows ---- */

static bool add_nameless(struct xlsx_reader *reader, int column, const char *text)
{
    char shown[SHOWN_SIZE], what[FAB_XLSX_FAULT_SIZE];
    snprintf(what, sizeof what, "'%s', must be in a column that has a name in row %lld (a name that begins with # heads remarks)",
             fab_utf8_quote(text, SHOWN, shown, sizeof shown), (long long)reader->header_row);
    return add_fault(reader, (struct fab_row_place){reader->sheet.row.number, column}, "cell", what);
}

/* Puts the cells of the row into the fields; both go from left to right. False when memory is short. */
static bool take_cells(struct xlsx_reader *reader)
{
    const struct fab_xlsx_row *row = &reader->sheet.row;
    int cell = 0, field = 0;
    for (int c = 0; c < reader->column_count; c++) {
        const struct column *column = &reader->columns[c];
        struct fab_row_text text = {"", 0};
        for (; cell < row->count && row->cells[cell].column < column->number; cell++)
            if (!add_nameless(reader, row->cells[cell].column, row->cells[cell].faulty ? "" : fab_xlsx_row_text(row, cell)))
                return false;
        if (cell < row->count && row->cells[cell].column == column->number) {
            text = (struct fab_row_text){fab_xlsx_row_text(row, cell), row->cells[cell].length};
            if (row->cells[cell].faulty && !column->remark &&
                !add_fault(reader, (struct fab_row_place){row->number, column->number}, column->name, text.text))
                return false;
            cell++;
        }
        if (!column->remark)
            reader->texts[field++] = text;
    }
    for (; cell < row->count; cell++)
        if (!add_nameless(reader, row->cells[cell].column, row->cells[cell].faulty ? "" : fab_xlsx_row_text(row, cell)))
            return false;
    return true;
}

/* A row whose only values are remarks is none of the table. */
static bool has_fields(const struct xlsx_reader *reader)
{
    for (int f = 0; f < reader->head.count; f++)
        if (reader->texts[f].length > 0)
            return true;
    return false;
}

static void count_hidden(struct xlsx_reader *reader)
{
    struct fab_row_hidden *hidden = &reader->head.hidden;
    if (reader->sheet.row.hidden && hidden->rows++ == 0)
        hidden->row = reader->sheet.row.number;
}

/* The next row of the part; *result FAB_ROW_END when it has none. */
static fab_status take_row(fab_context *context, struct xlsx_reader *reader, enum fab_row_result *result)
{
    fab_status status = FAB_OK;
    bool found;
    *result = FAB_ROW_END;
    TRY(fab_xlsx_sheet_next(&reader->sheet, &found));
    reader->ended = !found;
    if (reader->ended) {
        TRY_MEMORY(context, add_merged(reader));
        take_fault(reader, result);
    } else if (reader->header_row == 0) {
        TRY(take_header(context, reader, result));
    } else {
        TRY_MEMORY(context, take_cells(reader));
        *result = FAB_ROW;
        take_fault(reader, result);
    }
out:
    return status;
}

static fab_status read_next(fab_context *context, struct fab_row_reader *head, enum fab_row_result *result)
{
    struct xlsx_reader *reader = (struct xlsx_reader *)head;
    fab_status status = FAB_OK;
    *result = FAB_ROW_END;
    if (take_fault(reader, result) || reader->ended)
        return FAB_OK;
    do
        TRY(take_row(context, reader, result));
    while (*result == FAB_ROW && !has_fields(reader));
    head->line = reader->sheet.row.number;
    if (*result == FAB_ROW && head->line > reader->header_row)
        count_hidden(reader);
    head->texts = reader->texts;
out:
    return status;
}

/* ---- the source ---- */

static struct fab_row_place find_place(const struct fab_row_reader *head, int field)
{
    const struct xlsx_reader *reader = (const struct xlsx_reader *)head;
    int number = head->count == 0 ? 1 : field < head->count ? reader->numbers[field] : reader->numbers[head->count - 1] + 1;
    return (struct fab_row_place){head->line, number};
}

static void close_reader(struct fab_row_reader *head)
{
    struct xlsx_reader *reader = (struct xlsx_reader *)head;
    fab_xlsx_sheet_close(&reader->sheet);
    if (reader->zip)
        unzClose(reader->zip);
    free(reader->columns);
    free(reader->texts);
    free(reader->numbers);
    free(reader->faults);
    free(reader);
}

fab_status fab_xlsx_reader_open(fab_context *context, const struct fab_row_source *source, struct fab_row_reader **opened)
{
    static const struct fab_row_reader_kind kind = {.next = read_next, .place = find_place, .close = close_reader};
    const struct fab_xlsx_sheet_source *state = source->state;
    fab_status status = FAB_OK;
    struct xlsx_reader *reader = calloc(1, sizeof *reader);
    TRY_MEMORY(context, reader);
    reader->head.kind = &kind;
    reader->head.fault_code = "cell";
    reader->head.hidden.sheet = state->sheet->hidden;
    reader->sheet.workbook = state->workbook;
    TRY(fab_xlsx_package_reopen(context, state->workbook->path, &reader->zip));
    TRY(fab_xlsx_sheet_open(context, &reader->sheet, reader->zip, state->sheet->part));
    *opened = &reader->head;
    reader = NULL;
out:
    if (reader)
        close_reader(&reader->head);
    return status;
}
