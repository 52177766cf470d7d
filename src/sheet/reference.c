/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <string.h>

#include "row_keys.h"
#include "try.h"

typedef fab_status reference(struct fab_expansion *expansion);

fab_status fab_expansion_fail(const struct fab_expansion *expansion, const char *what, const char *value)
{
    return fab_fail(expansion->book->context, FAB_INPUT, "%s:%d: formula: %s `%s`", expansion->place.sheet->report->origin, expansion->line,
                    what, value);
}

static int last_column(const struct fab_sheet *sheet)
{
    return fab_sheet_columns(sheet) - 1;
}

/* The column or measure that the reference names. */
static fab_status find_column(const struct fab_expansion *expansion, const struct fab_sheet *sheet, int *column)
{
    *column = fab_sheet_find_column(sheet, expansion->name);
    return *column < 0 ? fab_expansion_fail(expansion, "there is no column", expansion->name) : FAB_OK;
}

/* Row of the worksheet in which a measure of the block at hand stands. */
static int measure_row(const struct fab_expansion *expansion, int measure)
{
    const struct fab_sheet *sheet = expansion->place.sheet;
    return sheet->first_row + expansion->place.row / sheet->column_count * sheet->column_count + measure;
}

static fab_status same_row(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->place.sheet;
    int column = 0;
    TRY(find_column(expansion, sheet, &column));
    if (sheet->axis)
        fab_add_address(expansion->out, measure_row(expansion, column), expansion->place.column, 0);
    else
        fab_add_address(expansion->out, expansion->place.row < 0 ? sheet->total_row : sheet->first_row + expansion->place.row, column, 0);
out:
    return status;
}

static fab_status need_series(const struct fab_expansion *expansion, const struct fab_sheet *sheet)
{
    return sheet->axis ? FAB_OK : fab_expansion_fail(expansion, "this reference needs a series, not", sheet->report->stem);
}

static fab_status need_period(const struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    TRY(need_series(expansion, expansion->place.sheet));
    if (expansion->place.column < FAB_SERIES_FIRST)
        TRY(fab_expansion_fail(expansion, "a total has no period for", expansion->name));
out:
    return status;
}

static fab_status period_before(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    int column = 0;
    TRY(need_period(expansion));
    TRY(find_column(expansion, expansion->place.sheet, &column));
    fab_add_address(expansion->out, measure_row(expansion, column), expansion->place.column - 1, 0);
out:
    return status;
}

/* {axis:name} over the period at hand, {axis:sheet.name} over all. */
static fab_status axis_cell(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->other ? expansion->other : expansion->place.sheet;
    int column = 0;
    TRY(expansion->other ? need_series(expansion, sheet) : need_period(expansion));
    TRY(find_column(expansion, sheet->axis, &column));
    if (!expansion->other) {
        fab_add_address(expansion->out, sheet->axis_row + column, expansion->place.column, FAB_FIXED_ROW);
        return FAB_OK;
    }
    fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, sheet->axis_row + column, FAB_SERIES_FIRST, FAB_FIXED);
    fab_buffer_add(expansion->out, ":", 1);
    fab_add_address(expansion->out, sheet->axis_row + column, last_column(sheet), FAB_FIXED);
out:
    return status;
}

static fab_status period_key(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    TRY(need_period(expansion));
    fab_add_address(expansion->out, expansion->place.sheet->header_row, expansion->place.column, FAB_FIXED_ROW);
out:
    return status;
}

/* {periods}: this row; {periods:sheet}: the keys in the header of a sheet. */
static fab_status all_periods(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->other ? expansion->other : expansion->place.sheet;
    TRY(need_series(expansion, sheet));
    int row = expansion->other ? sheet->header_row : sheet->first_row + expansion->place.row;
    if (expansion->other)
        fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, row, FAB_SERIES_FIRST, expansion->other ? FAB_FIXED : 0);
    fab_buffer_add(expansion->out, ":", 1);
    fab_add_address(expansion->out, row, last_column(sheet), expansion->other ? FAB_FIXED : 0);
out:
    return status;
}

static fab_status add_period(struct fab_expansion *expansion, int column)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->place.sheet;
    TRY(need_series(expansion, sheet));
    fab_add_address(expansion->out, sheet->first_row + expansion->place.row, column, 0);
out:
    return status;
}

static fab_status first_period(struct fab_expansion *expansion)
{
    return add_period(expansion, FAB_SERIES_FIRST);
}

static fab_status last_period(struct fab_expansion *expansion)
{
    return add_period(expansion, last_column(expansion->place.sheet));
}

static fab_status all_rows(struct fab_expansion *expansion)
{
    const struct fab_sheet *sheet = expansion->place.sheet;
    fab_add_address(expansion->out, sheet->first_row, expansion->place.column, 0);
    fab_buffer_add(expansion->out, ":", 1);
    fab_add_address(expansion->out, fab_sheet_last_row(sheet), expansion->place.column, 0);
    return FAB_OK;
}

/* Text of the column Measure in the rows of a measure. */
static void add_measure_text(struct fab_expansion *expansion, int measure)
{
    const struct fab_report_column *definition = expansion->other->columns[measure].definition;
    const char *text = definition->header.text ? definition->header.text : definition->name;
    fab_buffer_add(expansion->out, "\"", 1);
    for (const char *c = text; *c; c++)
        fab_buffer_add(expansion->out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    fab_buffer_add(expansion->out, "\"", 1);
}

static fab_status is_measure(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    int measure = 0;
    TRY(need_series(expansion, expansion->other));
    TRY(find_column(expansion, expansion->other, &measure));
    fab_buffer_add(expansion->out, "(", 1);
    fab_add_range(expansion->out, expansion->other, FAB_SERIES_MEASURE, FAB_SERIES_MEASURE);
    fab_buffer_add(expansion->out, "=", 1);
    add_measure_text(expansion, measure);
    fab_buffer_add(expansion->out, ")", 1);
out:
    return status;
}

/* SUMIFS over one column of a series. */
static fab_status sum_measure(struct fab_expansion *expansion, int column)
{
    fab_status status = FAB_OK;
    int measure = 0;
    TRY(find_column(expansion, expansion->other, &measure));
    fab_buffer_print(expansion->out, "SUMIFS(");
    fab_add_range(expansion->out, expansion->other, column, column);
    fab_buffer_print(expansion->out, ",");
    fab_add_range(expansion->out, expansion->other, FAB_SERIES_MEASURE, FAB_SERIES_MEASURE);
    fab_buffer_print(expansion->out, ",");
    add_measure_text(expansion, measure);
    fab_buffer_print(expansion->out, ")");
out:
    return status;
}

static fab_status column_cells(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    int column = 0;
    TRY(find_column(expansion, expansion->other, &column));
    if (expansion->other->axis)
        TRY(fab_expansion_fail(expansion, "this reference needs a list, not", expansion->other->report->stem));
    fab_add_range(expansion->out, expansion->other, column, column);
out:
    return status;
}

static fab_status sum_all(struct fab_expansion *expansion)
{
    if (expansion->other->axis) {
        int measure = fab_sheet_find_column(expansion->other, expansion->name);
        if (measure >= 0 && expansion->other->columns[measure].definition->total != FAB_TOTAL_SUM)
            return fab_expansion_fail(expansion, "only a measure with `total sum` has a sum, not", expansion->name);
        return sum_measure(expansion, FAB_SERIES_TOTAL);
    }
    fab_buffer_print(expansion->out, "SUM(");
    fab_status status = column_cells(expansion);
    fab_buffer_print(expansion->out, ")");
    return status;
}

static fab_status sum_in_period(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    TRY(need_period(expansion));
    if (expansion->other->axis != expansion->place.sheet->axis)
        TRY(fab_expansion_fail(expansion, "not the same time axis:", expansion->other->report->stem));
    TRY(sum_measure(expansion, expansion->place.column));
out:
    return status;
}

static fab_status grid_cells(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    TRY(need_series(expansion, expansion->other));
    fab_add_range(expansion->out, expansion->other, FAB_SERIES_FIRST, last_column(expansion->other));
out:
    return status;
}

static fab_status total_cells(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    TRY(need_series(expansion, expansion->other));
    fab_add_range(expansion->out, expansion->other, FAB_SERIES_TOTAL, FAB_SERIES_TOTAL);
out:
    return status;
}

static fab_status all_cells(struct fab_expansion *expansion)
{
    fab_add_range(expansion->out, expansion->other, 0, last_column(expansion->other));
    return FAB_OK;
}

/* Cuts "name|key" behind the name; the key may have more of them. NULL: there is none. */
static char *cut_key(struct fab_expansion *expansion)
{
    char *key = strchr(expansion->name, '|');
    if (key)
        *key++ = '\0';
    return key;
}

static bool is_key(const struct fab_sheet *sheet, int row, const char *text)
{
    const fab_value *key = fab_table_get(sheet->table, row, sheet->key_column);
    return key->type == FAB_TEXT && strcmp(key->text, text) == 0;
}

/* Place of a block of a series, -1: there is none. */
static int find_block(const struct fab_sheet *sheet, const char *key)
{
    int row = fab_row_keys_find(sheet, key);
    return row < 0 ? -1 : sheet->blocks[row];
}

/* Of a series: the measure of the block over all periods. */
static fab_status periods_of_key(struct fab_expansion *expansion, const char *key)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->other;
    int measure = 0, block = key ? find_block(sheet, key) : -1;
    TRY(find_column(expansion, sheet, &measure));
    if (block < 0)
        TRY(fab_expansion_fail(expansion, "there is no row", key ? key : ""));
    int row = sheet->first_row + block * sheet->column_count + measure;
    if (sheet != expansion->place.sheet)
        fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, row, FAB_SERIES_FIRST, FAB_FIXED);
    fab_buffer_add(expansion->out, ":", 1);
    fab_add_address(expansion->out, row, last_column(sheet), FAB_FIXED);
out:
    return status;
}

/* {of:sheet.name|key}: the cells of a list whose rows have the key; the rows stand together. */
static fab_status cells_of_key(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->other;
    const char *key = cut_key(expansion);
    int column = 0, last, rows = fab_table_rows(sheet->table);
    if (sheet->axis)
        return periods_of_key(expansion, key);
    TRY(find_column(expansion, sheet, &column));
    if (!key || sheet->key_column < 0)
        TRY(fab_expansion_fail(expansion, "this reference needs a list with `key`, and name|key:", expansion->name));
    int first = fab_row_keys_find(sheet, key);
    for (last = first; last + 1 < rows && is_key(sheet, last + 1, key);)
        last++;
    if (first < 0)
        TRY(fab_expansion_fail(expansion, "there is no row", key));
    if (sheet != expansion->place.sheet)
        fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, sheet->first_row + first, column, FAB_FIXED);
    if (last > first)
        fab_buffer_add(expansion->out, ":", 1);
    if (last > first)
        fab_add_address(expansion->out, sheet->first_row + last, column, FAB_FIXED);
out:
    return status;
}

/* {at:sheet.name|key|period}: a measure of a block of a series in a period. */
static fab_status cell_at(struct fab_expansion *expansion)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = expansion->other;
    char *key = cut_key(expansion), *period = key ? strrchr(key, '|') : NULL;
    int measure = 0;
    TRY(need_series(expansion, sheet));
    TRY(find_column(expansion, sheet, &measure));
    if (!period)
        TRY(fab_expansion_fail(expansion, "this reference needs name|key|period:", expansion->name));
    *period++ = '\0';
    int block = find_block(sheet, key), column = fab_row_keys_find(sheet->axis, period);
    if (block < 0 || column < 0)
        TRY(fab_expansion_fail(expansion, "there is no row or period", block < 0 ? key : period));
    if (sheet != expansion->place.sheet)
        fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, sheet->first_row + block * sheet->column_count + measure, FAB_SERIES_FIRST + column, FAB_FIXED);
out:
    return status;
}

static fab_status key_cell(struct fab_expansion *expansion)
{
    const struct fab_sheet *sheet = expansion->other;
    int column = fab_sheet_find_column(sheet, "value");
    if (sheet->axis || sheet->key_column < 0 || column < 0)
        return fab_expansion_fail(expansion, "a sheet without `key` and column `value`:", sheet->report->stem);
    int row = fab_row_keys_find(sheet, expansion->name);
    if (row < 0)
        return fab_expansion_fail(expansion, "there is no row", expansion->name);
    if (sheet != expansion->place.sheet)
        fab_add_sheet_name(expansion->out, sheet);
    fab_add_address(expansion->out, sheet->first_row + row, column, FAB_FIXED);
    return FAB_OK;
}

/* What stands behind the word of a reference. */
enum argument { NOTHING = 1, NAME = 2, SHEET = 4, SHEET_AND_NAME = 8 };

static const struct {
    const char *word;
    int arguments;
    reference *add;
} references[] = {
    {"prev", NAME, period_before},
    {"axis", NAME | SHEET_AND_NAME, axis_cell},
    {"period", NOTHING, period_key},
    {"periods", NOTHING | SHEET, all_periods},
    {"first", NOTHING, first_period},
    {"last", NOTHING, last_period},
    {"rows", NOTHING, all_rows},
    {"sum", SHEET_AND_NAME, sum_all},
    {"column", SHEET_AND_NAME, column_cells},
    {"what", SHEET_AND_NAME, is_measure},
    {"grid", SHEET, grid_cells},
    {"totals", SHEET, total_cells},
    {"period_sum", SHEET_AND_NAME, sum_in_period},
    {"cell", SHEET_AND_NAME, key_cell},
    {"of", SHEET_AND_NAME, cells_of_key},
    {"at", SHEET_AND_NAME, cell_at},
    {"all", SHEET, all_cells},
};

static fab_status find_sheet(struct fab_expansion *expansion, const char *stem)
{
    expansion->other = fab_book_find(expansion->book, stem);
    return expansion->other ? FAB_OK : fab_expansion_fail(expansion, "this book has no sheet of report", stem);
}

/* Splits "sheet.name", finds the sheet, and checks that the word takes such an argument. */
static fab_status read_argument(struct fab_expansion *expansion, char *argument, int arguments)
{
    char *dot = argument ? strchr(argument, '.') : NULL;
    int given = !argument ? NOTHING : dot ? SHEET_AND_NAME : arguments & SHEET ? SHEET : NAME;
    if (!(given & arguments))
        return fab_expansion_fail(expansion, "wrong argument", argument ? argument : "");
    expansion->name = given == NAME ? argument : given == SHEET_AND_NAME ? dot + 1 : "";
    if (dot)
        *dot = '\0';
    return given == SHEET || given == SHEET_AND_NAME ? find_sheet(expansion, argument) : FAB_OK;
}

fab_status fab_expansion_add_reference(struct fab_expansion *expansion, char *text)
{
    fab_status status = FAB_OK;
    char *argument = strchr(text, ':');
    expansion->other = NULL;
    expansion->name = text;
    if (argument)
        *argument++ = '\0';
    for (size_t r = 0; r < sizeof references / sizeof *references; r++) {
        if (strcmp(references[r].word, text) != 0)
            continue;
        /* a column may have the name of a word that needs an argument */
        if (!argument && !(references[r].arguments & NOTHING))
            break;
        TRY(read_argument(expansion, argument, references[r].arguments));
        return references[r].add(expansion);
    }
    TRY(argument ? fab_expansion_fail(expansion, "unknown reference", text) : same_row(expansion));
out:
    return status;
}
