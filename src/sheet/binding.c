/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "binding.h"

#include <math.h>
#include <string.h>

#include "nearest.h"
#include "row_keys.h"
#include "try.h"

struct binding {
    fab_context *context;
    fab_arena *arena;
    struct fab_sheet *sheet;
};

/* Finds a column of the SELECT. */
static fab_status bind(const struct binding *binding, const char *source, int line, int *column)
{
    const struct fab_sheet *sheet = binding->sheet;
    *column = fab_table_find_column(sheet->table, source);
    if (*column >= 0)
        return FAB_OK;
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, source);
    for (int c = 0; c < fab_table_columns(sheet->table); c++)
        fab_nearest_offer(&nearest, fab_table_column_name(sheet->table, c));
    return fab_fail(binding->context, FAB_INPUT, "%s:%d: %s gives no column `%s`%s%s", sheet->report->origin, line,
                    sheet->report->sql_origin, source, *nearest.best ? "; did you mean " : "", nearest.best);
}

static fab_status bind_word(const struct binding *binding, const struct fab_word *word, int *column)
{
    *column = -1;
    return word->text ? bind(binding, word->text, word->line, column) : FAB_OK;
}

static fab_status bind_column(const struct binding *binding, struct fab_sheet_column *column)
{
    fab_status status = FAB_OK;
    const struct fab_report_column *definition = column->definition;
    bool renamed = definition->source.text != NULL, formula = definition->formula.text != NULL;
    /* a formula needs no value, but where it starts from the period before the first one; formulas of rows may, for rows without */
    bool needed = renamed || (formula ? strstr(definition->formula.text, "{prev:") != NULL : definition->formula_from.text == NULL);
    column->source = formula ? -1 : fab_table_find_column(binding->sheet->table, definition->name);
    if (needed)
        TRY(bind(binding, renamed ? definition->source.text : definition->name, renamed ? definition->source.line : definition->line,
                 &column->source));
    TRY(bind_word(binding, &definition->unit_from, &column->unit));
    TRY(bind_word(binding, &definition->number_from, &column->number));
    TRY(bind_word(binding, &definition->link, &column->link));
    TRY(bind_word(binding, &definition->formula_from, &column->formula));
    if (definition->total == FAB_TOTAL_FORMULA && !formula && column->formula < 0)
        TRY(fab_fail(binding->context, FAB_INPUT, "%s:%d: `total formula` needs a formula of the column", binding->sheet->report->origin,
                     definition->line));
    if (definition->formula.text || definition->formula_from.text || definition->total)
        binding->sheet->formulas = true;
out:
    return status;
}

/* Whole numbers with thousands to separate. */
static bool has_large_counts(const fab_table *table, int column)
{
    const double least = 1000;
    bool large = false;
    for (int row = 0; row < fab_table_rows(table); row++) {
        const fab_value *value = fab_table_get(table, row, column);
        double number = fab_value_number(value);
        if (value->type == FAB_TEXT || (value->type != FAB_NULL && number != floor(number)))
            return false;
        large |= value->type != FAB_NULL && fabs(number) >= least;
    }
    return large;
}

/* A column of the SELECT as it is: its name with blanks for underscores is the header. */
static const struct fab_report_column *make_plain_column(fab_arena *arena, const fab_table *table, int index)
{
    const char *name = fab_table_column_name(table, index);
    struct fab_report_column *column = fab_arena_take(arena, 1, sizeof *column);
    char *header = fab_arena_dup(arena, name);
    if (!column || !header)
        return NULL;
    *column = (struct fab_report_column){.name = fab_arena_dup(arena, name), .header.text = header};
    if (has_large_counts(table, index))
        column->number = FAB_NUMBER_COUNT + 1;
    for (; *header; header++)
        if (*header == '_')
            *header = ' ';
    return column->name ? column : NULL;
}

/* A column that says something: some row has a value. */
static bool has_values(const fab_table *table, int column)
{
    for (int row = 0; row < fab_table_rows(table); row++)
        if (fab_table_get(table, row, column)->type != FAB_NULL)
            return true;
    return false;
}

static bool is_shown(const struct fab_report *report, const char *source)
{
    for (int c = 0; c < report->column_count; c++) {
        const struct fab_word *renamed = &report->columns[c].source;
        if (strcmp(renamed->text ? renamed->text : report->columns[c].name, source) == 0)
            return true;
    }
    return false;
}

/* Adds the columns of the SELECT that are not defined: those with values, or all. */
static fab_status add_plain_columns(const struct binding *binding, bool all)
{
    struct fab_sheet *sheet = binding->sheet;
    for (int c = 0; c < fab_table_columns(sheet->table); c++) {
        if (is_shown(sheet->report, fab_table_column_name(sheet->table, c)) || !(all || has_values(sheet->table, c)))
            continue;
        const struct fab_report_column *plain = make_plain_column(binding->arena, sheet->table, c);
        if (!plain)
            return fab_fail_memory(binding->context);
        sheet->columns[sheet->column_count++].definition = plain;
    }
    return FAB_OK;
}

/* A page has no columns that are empty in every row. */
static void drop_empty_columns(struct fab_sheet *sheet)
{
    int kept = 0;
    for (int c = 0; c < sheet->column_count; c++) {
        const struct fab_sheet_column *column = &sheet->columns[c];
        if ((column->source >= 0 && has_values(sheet->table, column->source)) || (column->formula >= 0 && has_values(sheet->table, column->formula)) || column->definition->formula.text)
            sheet->columns[kept++] = *column;
    }
    sheet->column_count = kept ? kept : 1;
}

static fab_status bind_columns(const struct binding *binding)
{
    fab_status status = FAB_OK;
    struct fab_sheet *sheet = binding->sheet;
    const struct fab_report *report = sheet->report;
    size_t most = (size_t)report->column_count + (size_t)fab_table_columns(sheet->table);
    TRY_MEMORY(binding->context, sheet->columns = fab_arena_take(binding->arena, most, sizeof *sheet->columns));
    for (int c = 0; c < report->column_count; c++)
        sheet->columns[sheet->column_count++].definition = &report->columns[c];
    if (report->columns_all.text)
        TRY(add_plain_columns(binding, false));
    if (sheet->column_count == 0) /* a sheet has a column, whatever the rows */
        TRY(add_plain_columns(binding, true));
    for (int c = 0; c < sheet->column_count; c++)
        TRY(bind_column(binding, &sheet->columns[c]));
    if (report->layout == FAB_LAYOUT_PAGE)
        drop_empty_columns(sheet);
out:
    return status;
}

/* The checks are counted over the cells of a column. */
static fab_status bind_master(const struct binding *binding)
{
    struct fab_sheet *sheet = binding->sheet;
    const struct fab_report *report = sheet->report;
    const struct fab_word *master = &report->master;
    bool list = report->layout == FAB_LAYOUT_LIST || report->layout == FAB_LAYOUT_COVER;
    sheet->master_column = master->text && list ? fab_sheet_find_column(sheet, master->text) : -1;
    if (!master->text || sheet->master_column >= 0)
        return FAB_OK;
    return fab_fail(binding->context, FAB_INPUT, "%s:%d: master: %s `%s`", report->origin, master->line,
                    list ? "there is no column" : "only a list or a cover has the checks, not", list ? master->text : report->stem);
}

/* The row with a text in a column of a table, looked for from row `hint` on; -1: not there. */
static int find_text(const fab_table *table, int column, const char *text, int hint)
{
    int rows = fab_table_rows(table);
    for (int i = 0; i < rows; i++) {
        int row = (hint + i) % rows;
        const fab_value *value = fab_table_get(table, row, column);
        if (value->type == FAB_TEXT && strcmp(value->text, text) == 0)
            return row;
    }
    return -1;
}

/* Finds the block of every row of the table; blocks come in the order of their first rows. */
static fab_status bind_keys(const struct binding *binding)
{
    struct fab_sheet *sheet = binding->sheet;
    for (int row = 0; row < fab_table_rows(sheet->table); row++) {
        const fab_value *key = fab_table_get(sheet->table, row, sheet->key_column);
        const fab_value *period = fab_table_get(sheet->table, row, sheet->period_column);
        if (key->type != FAB_TEXT || period->type != FAB_TEXT)
            return fab_fail(binding->context, FAB_INPUT, "%s: row %d: the key and the period of a series are text",
                            sheet->report->sql_origin, row + 1);
        int first = fab_row_keys_find(sheet, key->text);
        if (first == row)
            sheet->key_rows[sheet->key_count] = row;
        sheet->blocks[row] = first == row ? sheet->key_count++ : sheet->blocks[first];
    }
    return FAB_OK;
}

/* The column of the period of a row. `hint`: where it is looked for first. */
static fab_status find_period(const struct binding *binding, int row, int hint, int *period)
{
    const struct fab_sheet *sheet = binding->sheet, *axis = sheet->axis;
    const char *text = fab_table_get(sheet->table, row, sheet->period_column)->text;
    *period = find_text(axis->table, axis->key_column, text, hint);
    return *period >= 0 ? FAB_OK
                        : fab_fail(binding->context, FAB_INPUT, "%s: row %d: `%s` is no period of %s", sheet->report->sql_origin, row + 1,
                                   text, axis->report->sql_origin);
}

/* Places every row of the SELECT at its key and period. */
static fab_status bind_cells(const struct binding *binding)
{
    fab_status status = FAB_OK;
    struct fab_sheet *sheet = binding->sheet;
    int periods = fab_sheet_periods(sheet), period = 0;
    size_t cells = (size_t)sheet->key_count * (size_t)periods;
    TRY_MEMORY(binding->context, sheet->cells = fab_arena_take(binding->arena, cells, sizeof *sheet->cells));
    for (size_t i = 0; i < cells; i++)
        sheet->cells[i] = -1;
    for (int row = 0, hint = 0; row < fab_table_rows(sheet->table); row++) {
        TRY(find_period(binding, row, hint, &period));
        int *cell = &sheet->cells[(size_t)sheet->blocks[row] * (size_t)periods + (size_t)period];
        if (*cell >= 0)
            return fab_fail(binding->context, FAB_INPUT, "%s: row %d: `%s` in period `%s` is there twice (row %d)",
                            sheet->report->sql_origin, row + 1, fab_table_get(sheet->table, row, sheet->key_column)->text,
                            fab_table_get(sheet->table, row, sheet->period_column)->text, *cell + 1);
        *cell = row;
        hint = period + 1 < periods ? period + 1 : 0;
    }
out:
    return status;
}

static fab_status bind_series(const struct binding *binding)
{
    fab_status status = FAB_OK;
    struct fab_sheet *sheet = binding->sheet;
    const struct fab_report *report = sheet->report;
    size_t rows = (size_t)fab_table_rows(sheet->table);
    if (fab_sheet_periods(sheet) == 0)
        return fab_fail(binding->context, FAB_INPUT, "%s: no rows: a plan has periods", sheet->axis->report->sql_origin);
    TRY(bind_word(binding, &report->label, &sheet->label_column));
    TRY(bind_word(binding, &report->period, &sheet->period_column));
    TRY_MEMORY(binding->context, sheet->blocks = fab_arena_take(binding->arena, rows, sizeof *sheet->blocks));
    TRY_MEMORY(binding->context, sheet->key_rows = fab_arena_take(binding->arena, rows, sizeof *sheet->key_rows));
    TRY(bind_keys(binding));
    TRY(bind_cells(binding));
out:
    return status;
}

/* Where title, text, totals and header stand. */
static void place_frame(struct fab_sheet *sheet)
{
    int row = 1 + sheet->report->about.count;
    sheet->check_row = row++;
    sheet->axis_row = sheet->total_row = sheet->header_row = -1;
    row++;
    if (sheet->axis) {
        sheet->axis_row = row;
        row += sheet->axis->column_count;
        sheet->header_row = row++;
    } else if (sheet->report->layout == FAB_LAYOUT_LIST) {
        bool units = false, totals = false;
        for (int c = 0; c < sheet->column_count; c++) {
            units |= sheet->columns[c].definition->unit.text != NULL;
            totals |= sheet->columns[c].definition->total != 0;
        }
        if (totals)
            sheet->total_row = row++;
        row += units;
        sheet->header_row = row++;
    }
    sheet->first_row = row;
}

fab_status fab_sheet_bind(fab_context *context, fab_arena *arena, struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    const struct binding binding = {context, arena, sheet};
    TRY(bind_columns(&binding));
    TRY(bind_master(&binding));
    TRY(bind_word(&binding, sheet->axis ? &sheet->report->row : &sheet->report->key, &sheet->key_column));
    TRY(bind_word(&binding, &sheet->report->row_style, &sheet->style_column));
    if (sheet->key_column >= 0)
        TRY_MEMORY(context, fab_row_keys_make(arena, sheet));
    if (sheet->axis)
        TRY(bind_series(&binding));
    place_frame(sheet);
out:
    return status;
}
