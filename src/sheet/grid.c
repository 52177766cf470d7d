/* What every cell of a sheet holds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid.h"

#include <math.h>
#include <string.h>

#include "date.h"

int fab_sheet_periods(const struct fab_sheet *sheet)
{
    return sheet->axis ? fab_table_rows(sheet->axis->table) : 0;
}

int fab_sheet_rows(const struct fab_sheet *sheet)
{
    return sheet->axis ? sheet->key_count * sheet->column_count : fab_table_rows(sheet->table) - sheet->left_out;
}

int fab_sheet_columns(const struct fab_sheet *sheet)
{
    return sheet->axis ? FAB_SERIES_FIRST + fab_sheet_periods(sheet) : sheet->column_count;
}

static fab_value table_value(const struct fab_sheet *sheet, int row, int column)
{
    return row < 0 || column < 0 ? (fab_value){.type = FAB_NULL} : *fab_table_get(sheet->table, row, column);
}

/* A date becomes its serial number; text that is no date stays text, which fab_book_check refuses. */
static fab_value written_value(fab_value value, enum fab_number number)
{
    int32_t date;
    const char *why;
    if (number == FAB_NUMBER_DATE && value.type == FAB_TEXT && fab_date_parse(value.text, &date, &why))
        return fab_integer(fab_serial_of_date(date));
    return value;
}

static enum fab_number cell_number(const struct fab_sheet *sheet, const struct fab_sheet_column *column, int row)
{
    fab_value name = table_value(sheet, row, column->number);
    if (name.type == FAB_TEXT) {
        int number = fab_number_find(name.text);
        return number < 0 ? FAB_NUMBER_FORMATS : (enum fab_number)number;
    }
    return column->definition->number ? (enum fab_number)(column->definition->number - 1) : FAB_NUMBER_GENERAL;
}

static enum fab_role column_role(const struct fab_sheet *sheet, const struct fab_report_column *definition)
{
    int role = definition->role ? definition->role : sheet->report->role;
    return role ? (enum fab_role)role : FAB_ROLE_DATA;
}

/* The pattern of a cell: of its column, or of its row in the SELECT. */
static void set_pattern(const struct fab_sheet *sheet, struct fab_grid_cell *cell, int row)
{
    const struct fab_report_column *definition = cell->column->definition;
    if (definition->formula.text) {
        cell->pattern = definition->formula.text;
        cell->pattern_line = definition->formula.line;
    } else if (cell->column->formula >= 0) {
        fab_value pattern = table_value(sheet, row, cell->column->formula);
        cell->pattern = pattern.type == FAB_TEXT ? pattern.text : NULL;
        cell->pattern_line = definition->formula_from.line;
    }
    if (cell->pattern)
        cell->role = FAB_ROLE_FORMULA;
}

/* The cell of a column in a row of the table (-1: the row is missing). */
static struct fab_grid_cell table_cell(const struct fab_sheet *sheet, int column_index, int row)
{
    const struct fab_sheet_column *column = &sheet->columns[column_index];
    struct fab_grid_cell cell = {.number = cell_number(sheet, column, row), .role = column_role(sheet, column->definition), .column = column};
    cell.value = written_value(table_value(sheet, row, column->source), cell.number);
    if (cell.value.type == FAB_NULL)
        cell.role = FAB_ROLE_LABEL;
    if (row >= 0)
        set_pattern(sheet, &cell, row);
    return cell;
}

static struct fab_grid_cell empty_cell(struct fab_grid_cell cell)
{
    cell.pattern = NULL;
    cell.value = (fab_value){.type = FAB_NULL};
    cell.role = FAB_ROLE_LABEL;
    return cell;
}

/* Whether a row has something in a period: a value or a formula. */
static bool has_value(const struct fab_sheet *sheet, int column_index, int row)
{
    struct fab_grid_cell cell = table_cell(sheet, column_index, row);
    return cell.pattern || cell.value.type == FAB_INTEGER || cell.value.type == FAB_REAL;
}

/* The cell D of a row: what the row comes to over the whole time axis. */
static struct fab_grid_cell series_total(const struct fab_sheet *sheet, int key, int column_index)
{
    struct fab_grid_cell cell = table_cell(sheet, column_index, sheet->key_rows[key]);
    int periods = fab_sheet_periods(sheet);
    const int *rows = sheet->cells + (size_t)key * (size_t)periods;
    const struct fab_report_column *definition = cell.column->definition;
    bool any = false;
    cell.role = FAB_ROLE_FORMULA;
    cell.pattern_line = definition->line;
    switch (definition->total) {
    case FAB_TOTAL_SUM:
        cell.pattern = "=SUM({periods})";
        for (int p = 0; p < periods && !any; p++)
            any = has_value(sheet, column_index, rows[p]);
        return any ? cell : empty_cell(cell);
    case FAB_TOTAL_FIRST: cell.pattern = "={first}"; return has_value(sheet, column_index, rows[0]) ? cell : empty_cell(cell);
    case FAB_TOTAL_LAST: cell.pattern = "={last}"; return has_value(sheet, column_index, rows[periods - 1]) ? cell : empty_cell(cell);
    case FAB_TOTAL_FORMULA: return cell;
    default: return empty_cell(cell);
    }
}

static struct fab_grid_cell label_cell(fab_value value)
{
    return (struct fab_grid_cell){.value = value, .number = FAB_NUMBER_TEXT, .role = FAB_ROLE_LABEL};
}

static struct fab_grid_cell series_cell(const struct fab_sheet *sheet, int row, int column)
{
    int key = row / sheet->column_count, measure = row % sheet->column_count;
    const struct fab_sheet_column *bound = &sheet->columns[measure];
    const struct fab_report_column *definition = bound->definition;
    switch (column) {
    case FAB_SERIES_LABEL: return label_cell(table_value(sheet, sheet->key_rows[key], sheet->label_column));
    case FAB_SERIES_UNIT:
        return label_cell(bound->unit >= 0 ? table_value(sheet, sheet->key_rows[key], bound->unit) : fab_text(definition->unit.text));
    case FAB_SERIES_MEASURE: return label_cell(fab_text(definition->header.text ? definition->header.text : definition->name));
    case FAB_SERIES_TOTAL: return series_total(sheet, key, measure);
    default: break;
    }
    int period = column - FAB_SERIES_FIRST;
    struct fab_grid_cell cell = table_cell(sheet, measure, sheet->cells[(size_t)key * (size_t)fab_sheet_periods(sheet) + (size_t)period]);
    /* what refers to the period before starts from a value */
    if (period == 0 && cell.pattern && strstr(cell.pattern, "{prev:")) {
        cell.pattern = NULL;
        cell.role = FAB_ROLE_DATA;
    }
    return cell;
}

struct fab_calculated *fab_sheet_calculated(const struct fab_sheet *sheet, int row, int column)
{
    return &sheet->calculated[((size_t)row + 1) * (size_t)fab_sheet_columns(sheet) + (size_t)column];
}

/* The cell with the value of its formula. */
static struct fab_grid_cell with_value(const struct fab_sheet *sheet, struct fab_grid_cell cell, int row, int column)
{
    if (!cell.pattern)
        return cell;
    cell.value = (fab_value){.type = FAB_NULL};
    if (sheet->calculated)
        cell.value = fab_sheet_calculated(sheet, row, column)->value;
    return cell;
}

struct fab_grid_cell fab_sheet_cell(const struct fab_sheet *sheet, int row, int column)
{
    return with_value(sheet, sheet->axis ? series_cell(sheet, row, column) : table_cell(sheet, column, row), row, column);
}

struct fab_grid_cell fab_sheet_total(const struct fab_sheet *sheet, int column)
{
    struct fab_grid_cell none = {.value = {.type = FAB_NULL}};
    if (sheet->axis || !sheet->columns[column].definition->total || fab_table_rows(sheet->table) == 0)
        return none;
    struct fab_grid_cell cell = table_cell(sheet, column, 0);
    cell.role = FAB_ROLE_FORMULA;
    cell.pattern_line = cell.column->definition->line;
    if (cell.column->definition->total != FAB_TOTAL_FORMULA)
        cell.pattern = "=SUBTOTAL(109,{rows})";
    return with_value(sheet, cell, -1, column);
}

const char *fab_sheet_header(const struct fab_sheet *sheet, int column)
{
    static const char *const series_headers[] = {NULL, "Unit", "Measure", "Total"};
    if (!sheet->axis) {
        const struct fab_report_column *definition = sheet->columns[column].definition;
        return definition->header.text ? definition->header.text : definition->name;
    }
    if (column == FAB_SERIES_LABEL)
        return sheet->report->label_header.text ? sheet->report->label_header.text : "Label";
    if (column < FAB_SERIES_FIRST)
        return series_headers[column];
    const fab_value *key = fab_table_get(sheet->axis->table, column - FAB_SERIES_FIRST, sheet->axis->key_column);
    return key->type == FAB_TEXT ? key->text : "";
}

const char *fab_sheet_unit(const struct fab_sheet *sheet, int column)
{
    const char *unit = sheet->axis ? NULL : sheet->columns[column].definition->unit.text;
    return unit ? unit : "";
}

int fab_sheet_find_column(const struct fab_sheet *sheet, const char *name)
{
    for (int c = 0; c < sheet->column_count; c++)
        if (strcmp(sheet->columns[c].definition->name, name) == 0)
            return c;
    return -1;
}

const char *fab_sheet_link(const struct fab_sheet *sheet, int row, int column)
{
    fab_value link = sheet->axis ? (fab_value){.type = FAB_NULL} : table_value(sheet, row, sheet->columns[column].link);
    return link.type == FAB_TEXT ? link.text : NULL;
}

const char *fab_sheet_row_style(const struct fab_sheet *sheet, int row)
{
    fab_value style = sheet->axis ? (fab_value){.type = FAB_NULL} : table_value(sheet, row, sheet->style_column);
    return style.type == FAB_TEXT ? style.text : "";
}

bool fab_sheet_is_numeric(const struct fab_sheet *sheet, int column)
{
    if (sheet->axis)
        return column >= FAB_SERIES_TOTAL;
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
        if (cell.value.type != FAB_NULL)
            return cell.value.type != FAB_TEXT;
    }
    return false;
}

const char *fab_sheet_chart_title(const struct fab_sheet *sheet, const struct fab_report_chart *chart)
{
    int column = chart->title_from.text ? fab_table_find_column(sheet->table, chart->title_from.text) : -1;
    const fab_value *value = column >= 0 && fab_table_rows(sheet->table) ? fab_table_get(sheet->table, 0, column) : NULL;
    return value && value->type == FAB_TEXT && *value->text ? value->text : chart->title.text;
}
