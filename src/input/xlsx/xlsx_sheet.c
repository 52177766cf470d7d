/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_sheet.h"

#include "array.h"
#include "try.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows and cells ---- */

static void begin_row(struct fab_xlsx_part *part, struct fab_xlsx_sheet_part *sheet, const char **attributes)
{
    const char *number = fab_xlsx_attribute(attributes, "r"), *hidden = fab_xlsx_attribute(attributes, "hidden");
    long row = number ? strtol(number, NULL, 10) : sheet->row.number + 1;
    if (row <= sheet->row.number || row > FAB_XLSX_ROWS_MAX)
        fab_xlsx_part_fail(part, "row %ld stands below row %d, must be a larger one up to %d", row, sheet->row.number, FAB_XLSX_ROWS_MAX);
    else
        fab_xlsx_row_clear(&sheet->row, (int)row, hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0));
    sheet->cell.column = 0;
}

static void begin_cell(struct fab_xlsx_part *part, struct fab_xlsx_sheet_part *sheet, const char **attributes)
{
    struct fab_xlsx_cell *cell = &sheet->cell;
    const char *address = fab_xlsx_attribute(attributes, "r"), *style = fab_xlsx_attribute(attributes, "s"), *type = fab_xlsx_attribute(attributes, "t");
    int row = sheet->row.number, column = cell->column + 1;
    if (address && (!fab_xlsx_address_read(address, &row, &column) || row != sheet->row.number || column <= cell->column))
        fab_xlsx_part_fail(part, "cell %.20s stands in row %d behind column %d, must be one of that row further right", address, sheet->row.number,
                           cell->column);
    else if (column > FAB_XLSX_COLUMNS_MAX)
        fab_xlsx_part_fail(part, "row %d has more than %d cells", row, FAB_XLSX_COLUMNS_MAX);
    if (column > sheet->last_column)
        sheet->last_column = column;
    cell->row = row;
    cell->column = column;
    cell->style = style ? strtol(style, NULL, 10) : 0;
    snprintf(cell->type, sizeof cell->type, "%s", type && strcmp(type, "n") != 0 ? type : "");
    cell->has_formula = cell->has_value = sheet->phonetic = false;
    fab_xlsx_text_clear(&cell->value);
    fab_xlsx_text_clear(&cell->formula);
    sheet->inside_cell = true;
}

static void end_cell(struct fab_xlsx_part *part, struct fab_xlsx_sheet_part *sheet)
{
    char printed[FAB_XLSX_VALUE_SIZE], fault[FAB_XLSX_FAULT_SIZE];
    const char *text;
    bool good = fab_xlsx_cell_text(sheet->workbook, &sheet->cell, printed, &text, fault);
    sheet->inside_cell = false;
    if (good && (!text || !*text))
        return;
    if (!fab_xlsx_row_add(&sheet->row, sheet->cell.column, !good, good ? text : fault))
        fab_xlsx_part_fail_memory(part);
}

static void take_merged(struct fab_xlsx_part *part, struct fab_xlsx_sheet_part *sheet, const char **attributes)
{
    enum { MERGED_MAX = 65536, ADDRESS_SIZE = 16 };
    const char *reference = fab_xlsx_attribute(attributes, "ref"), *colon = reference ? strchr(reference, ':') : NULL;
    struct fab_xlsx_merged merged;
    char first[ADDRESS_SIZE];
    if (!colon || colon - reference >= ADDRESS_SIZE)
        return;
    snprintf(first, sizeof first, "%.*s", (int)(colon - reference), reference);
    if (!fab_xlsx_address_read(first, &merged.first_row, &merged.first_column) || !fab_xlsx_address_read(colon + 1, &merged.last_row, &merged.last_column))
        return;
    if (sheet->merged_count >= MERGED_MAX)
        fab_xlsx_part_fail(part, "more than %d cells are merged", MERGED_MAX);
    else if (FAB_ARRAY_ROOM(&sheet->merged, sheet->merged_count, &sheet->merged_capacity))
        sheet->merged[sheet->merged_count++] = merged;
    else
        fab_xlsx_part_fail_memory(part);
}

/* ---- elements ---- */

static void start_element(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    struct fab_xlsx_sheet_part *sheet = part->user;
    if (strcmp(name, "row") == 0)
        begin_row(part, sheet, attributes);
    else if (strcmp(name, "c") == 0)
        begin_cell(part, sheet, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        take_merged(part, sheet, attributes);
    if (!sheet->inside_cell)
        return;
    sheet->phonetic = sheet->phonetic || strcmp(name, "rPh") == 0;
    sheet->in_value = strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && !sheet->phonetic);
    sheet->in_formula = strcmp(name, "f") == 0;
    sheet->cell.has_value |= sheet->in_value;
    sheet->cell.has_formula |= sheet->in_formula;
}

static void end_element(struct fab_xlsx_part *part, const char *name)
{
    struct fab_xlsx_sheet_part *sheet = part->user;
    sheet->in_value = sheet->in_formula = false;
    if (strcmp(name, "rPh") == 0)
        sheet->phonetic = false;
    else if (strcmp(name, "c") == 0 && sheet->inside_cell)
        end_cell(part, sheet);
    else if (strcmp(name, "row") == 0 && sheet->row.count > 0)
        fab_xlsx_part_pause(part);
}

static void add_text(struct fab_xlsx_part *part, const char *text, int length)
{
    struct fab_xlsx_sheet_part *sheet = part->user;
    struct fab_xlsx_text *target = sheet->in_value ? &sheet->cell.value : sheet->in_formula ? &sheet->cell.formula : NULL;
    if (!target)
        return;
    if (target->length + (size_t)length > FAB_XLSX_TEXT_MAX)
        fab_xlsx_part_fail(part, "a cell of row %d has more than %d bytes", sheet->row.number, FAB_XLSX_TEXT_MAX);
    else if (!fab_xlsx_text_add(target, text, (size_t)length))
        fab_xlsx_part_fail_memory(part);
}

/* ---- the part ---- */

fab_status fab_xlsx_sheet_open(fab_context *context, struct fab_xlsx_sheet_part *sheet, unzFile zip, const char *part)
{
    static const struct fab_xlsx_handlers handlers = {.start = start_element, .end = end_element, .text = add_text};
    sheet->part.handlers = &handlers;
    sheet->part.user = sheet;
    return fab_xlsx_part_open(&sheet->part, context, zip, part);
}

void fab_xlsx_sheet_close(struct fab_xlsx_sheet_part *sheet)
{
    fab_xlsx_part_close(&sheet->part);
    fab_xlsx_row_fini(&sheet->row);
    free(sheet->cell.value.text);
    free(sheet->cell.formula.text);
    free(sheet->merged);
}

fab_status fab_xlsx_sheet_next(struct fab_xlsx_sheet_part *sheet, bool *found)
{
    fab_status status = FAB_OK;
    *found = false;
    if (sheet->part.ended)
        return FAB_OK;
    sheet->row.count = 0;
    TRY(fab_xlsx_part_run(&sheet->part));
    *found = sheet->part.paused;
out:
    return status;
}
