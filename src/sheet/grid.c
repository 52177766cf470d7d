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
    return sheet->axis ? sheet->key_count * sheet->column_count : fab_table_rows(sheet->table);
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

/* The cell of a column in a row of the table (-1: the row is missing). */
static struct fab_grid_cell table_cell(const struct fab_sheet *sheet, int column_index, int row)
{
    const struct fab_sheet_column *column = &sheet->columns[column_index];
    const struct fab_report_column *definition = column->definition;
    struct fab_grid_cell cell = {.number = cell_number(sheet, column, row), .role = column_role(sheet, definition), .column = column};
    cell.value = written_value(table_value(sheet, row, column->source), cell.number);
    if (cell.value.type == FAB_NULL)
        cell.role = FAB_ROLE_LABEL;
    if (row < 0)
        return cell;
    if (definition->formula.text) {
        cell.pattern = definition->formula.text;
        cell.pattern_line = definition->formula.line;
    } else if (column->formula >= 0) {
        fab_value pattern = table_value(sheet, row, column->formula);
        cell.pattern = pattern.type == FAB_TEXT ? pattern.text : NULL;
        cell.pattern_line = definition->formula_from.line;
    }
    if (cell.pattern)
        cell.role = FAB_ROLE_FORMULA;
    return cell;
}

/* Compensated summation (Neumaier 1974): spreadsheets sum with a like correction, so that the cached value is theirs to the last digits. */
struct sum {
    double total, lost;
};

static void add_to_sum(struct sum *sum, double value)
{
    double total = sum->total + value;
    sum->lost += fabs(sum->total) >= fabs(value) ? (sum->total - total) + value : (value - total) + sum->total;
    sum->total = total;
}

/* FAB_NULL when no period has a value. */
static fab_value sum_periods(const struct fab_sheet *sheet, const struct fab_sheet_column *column, const int *rows)
{
    struct sum sum = {0, 0};
    int values = 0;
    for (int p = 0; p < fab_sheet_periods(sheet); p++) {
        fab_value value = table_value(sheet, rows[p], column->source);
        if (value.type != FAB_INTEGER && value.type != FAB_REAL)
            continue;
        add_to_sum(&sum, fab_value_number(&value));
        values++;
    }
    return values ? fab_real(sum.total + sum.lost) : (fab_value){.type = FAB_NULL};
}

static struct fab_grid_cell empty_cell(struct fab_grid_cell cell)
{
    cell.pattern = NULL;
    cell.value = (fab_value){.type = FAB_NULL};
    cell.role = FAB_ROLE_LABEL;
    return cell;
}

/* The cell D of a row: what the row comes to over the whole time axis. */
static struct fab_grid_cell series_total(const struct fab_sheet *sheet, int key, int column_index)
{
    struct fab_grid_cell cell = table_cell(sheet, column_index, sheet->key_rows[key]);
    const int *rows = sheet->cells + (size_t)key * (size_t)fab_sheet_periods(sheet);
    int last = fab_sheet_periods(sheet) - 1;
    const struct fab_report_column *definition = cell.column->definition;
    cell.role = FAB_ROLE_FORMULA;
    cell.pattern_line = definition->line;
    switch (definition->total) {
    case FAB_TOTAL_SUM:
        cell.pattern = "=SUM({periods})";
        cell.value = sum_periods(sheet, cell.column, rows);
        break;
    case FAB_TOTAL_FIRST:
        cell.pattern = "={first}";
        cell.value = written_value(table_value(sheet, rows[0], cell.column->source), cell.number);
        break;
    case FAB_TOTAL_LAST:
        cell.pattern = "={last}";
        cell.value = written_value(table_value(sheet, rows[last], cell.column->source), cell.number);
        break;
    case FAB_TOTAL_FORMULA:
        cell.value = written_value(table_value(sheet, sheet->key_rows[key], cell.column->total), cell.number);
        return cell;
    default: return empty_cell(cell);
    }
    return cell.value.type == FAB_NULL ? empty_cell(cell) : cell;
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
        cell.role = FAB_ROLE_INPUT;
    }
    return cell;
}

struct fab_grid_cell fab_sheet_cell(const struct fab_sheet *sheet, int row, int column)
{
    return sheet->axis ? series_cell(sheet, row, column) : table_cell(sheet, column, row);
}

struct fab_grid_cell fab_sheet_total(const struct fab_sheet *sheet, int column)
{
    struct fab_grid_cell none = {.value = {.type = FAB_NULL}};
    if (sheet->axis || !sheet->columns[column].definition->total || fab_table_rows(sheet->table) == 0)
        return none;
    struct fab_grid_cell cell = table_cell(sheet, column, 0);
    cell.role = FAB_ROLE_FORMULA;
    cell.pattern_line = cell.column->definition->line;
    if (cell.column->definition->total == FAB_TOTAL_FORMULA) {
        cell.value = table_value(sheet, 0, cell.column->total);
        return cell;
    }
    struct sum sum = {0, 0};
    for (int row = 0; row < fab_table_rows(sheet->table); row++) {
        fab_value value = table_value(sheet, row, cell.column->source);
        if (value.type == FAB_INTEGER || value.type == FAB_REAL)
            add_to_sum(&sum, fab_value_number(&value));
    }
    cell.pattern = "=SUBTOTAL(109,{rows})";
    cell.value = fab_real(sum.total + sum.lost);
    return cell;
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
