/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calculate.h"

#include <math.h>
#include <string.h>

#include "calc.h"
#include "pattern.h"
#include "try.h"

enum { DEPTH_MAX = 4000 /* cells that wait for each other */ };

struct calculator {
    struct fab_book *book;
    int depth;
    fab_status status; /* of the first formula that failed */
};

/* A formula while it is worked out. */
struct formula {
    struct calculator *calculator;
    struct fab_place place;
};

static fab_status calculate_cell(struct calculator *calculator, struct fab_place place);

static struct fab_calc calc_of_value(const fab_value *value)
{
    switch (value->type) {
    case FAB_INTEGER:
    case FAB_REAL: return fab_calc_number(fab_value_number(value));
    case FAB_TEXT: return *value->text ? fab_calc_text(value->text) : (struct fab_calc){.kind = FAB_CALC_EMPTY}; /* written as a blank */
    case FAB_NULL: break;
    }
    return (struct fab_calc){.kind = FAB_CALC_EMPTY};
}

static struct fab_grid_cell grid_cell(struct fab_place place)
{
    return place.row < 0 ? fab_sheet_total(place.sheet, place.column) : fab_sheet_cell(place.sheet, place.row, place.column);
}

/* The value of a cell of the grid; of a formula, after it is worked out. */
static struct fab_calc read_grid(struct calculator *calculator, struct fab_place place)
{
    struct fab_grid_cell cell = grid_cell(place);
    if (!cell.pattern)
        return calc_of_value(&cell.value);
    if (!calculator->status)
        calculator->status = calculate_cell(calculator, place);
    cell = grid_cell(place);
    return cell.value.type == FAB_TEXT ? fab_calc_text(cell.value.text) : calc_of_value(&cell.value);
}

/* The value at a place of the worksheet. */
static struct fab_calc read_cell(struct calculator *calculator, const struct fab_sheet *sheet, int row, int column)
{
    const struct fab_calc empty = {.kind = FAB_CALC_EMPTY};
    if (column >= fab_sheet_columns(sheet))
        return empty;
    if (row >= sheet->first_row)
        return row < sheet->first_row + fab_sheet_rows(sheet)
                   ? read_grid(calculator, (struct fab_place){sheet, row - sheet->first_row, column})
                   : empty;
    if (row == sheet->header_row)
        return fab_calc_text(fab_sheet_header(sheet, column));
    if (row == sheet->total_row)
        return read_grid(calculator, (struct fab_place){sheet, -1, column});
    if (!sheet->axis || row < sheet->axis_row || column < FAB_SERIES_FIRST)
        return empty;
    struct fab_grid_cell cell = fab_sheet_cell(sheet->axis, column - FAB_SERIES_FIRST, row - sheet->axis_row);
    return calc_of_value(&cell.value);
}

static const struct fab_sheet *find_sheet(const struct fab_book *book, const char *name)
{
    for (int s = 0; s < book->loaded_count; s++)
        if (book->sheets[s].report->name.text && strcmp(book->sheets[s].report->name.text, name) == 0)
            return &book->sheets[s];
    return NULL;
}

static bool read_area(void *user, const struct fab_area *area, struct fab_calc *cells)
{
    const struct formula *formula = user;
    const struct fab_sheet *sheet = area->sheet ? find_sheet(formula->calculator->book, area->sheet) : formula->place.sheet;
    for (int row = area->first_row; sheet && row <= area->last_row; row++)
        for (int column = area->first_column; column <= area->last_column; column++)
            *cells++ = read_cell(formula->calculator, sheet, row, column);
    return sheet != NULL;
}

/* t_STEM[Header]: a list is a table of that name. */
static bool find_table_column(void *user, const char *table, const char *header, struct fab_area *area)
{
    const struct formula *formula = user;
    const struct fab_sheet *sheet = strncmp(table, "t_", 2) == 0 ? fab_book_find(formula->calculator->book, table + 2) : NULL;
    for (int c = 0; sheet && !sheet->axis && c < sheet->column_count; c++)
        if (strcmp(fab_sheet_header(sheet, c), header) == 0) {
            *area = (struct fab_area){sheet->report->name.text, sheet->first_row, c, fab_sheet_last_row(sheet), c};
            return true;
        }
    return false;
}

static fab_status fail_formula(struct fab_book *book, struct fab_place place, const char *what, const char *value)
{
    struct fab_grid_cell cell = grid_cell(place);
    return fab_fail(book->context, FAB_INPUT, "%s:%d: formula: row %d, column %d of the data: %s %s: `%s`", place.sheet->report->origin,
                    cell.pattern_line, place.row + 1, place.column + 1, what, value, cell.pattern);
}

/* What is written for a result: a date is a whole number. */
static fab_status keep_value(struct fab_book *book, struct fab_place place, struct fab_calc result, fab_value *value)
{
    fab_status status = FAB_OK;
    enum fab_number number = grid_cell(place).number;
    switch (result.kind) {
    case FAB_CALC_ERROR: return fail_formula(book, place, "its value is the error", fab_calc_error_name(result.error));
    case FAB_CALC_LOGICAL: return fail_formula(book, place, "its value is neither number nor text but", result.number != 0 ? "TRUE" : "FALSE");
    case FAB_CALC_TEXT:
        TRY_MEMORY(book->context, result.text = fab_arena_dup(book->arena, result.text));
        *value = fab_text(result.text);
        break;
    case FAB_CALC_NUMBER:
    case FAB_CALC_EMPTY:
        *value = number == FAB_NUMBER_DATE && result.number == rint(result.number) ? fab_integer((int64_t)result.number)
                                                                                  : fab_real(result.number + 0.0 /* no -0 */);
        break;
    }
out:
    return status;
}

static fab_status evaluate(struct calculator *calculator, struct fab_place place, fab_value *value)
{
    fab_status status = FAB_OK;
    struct fab_book *book = calculator->book;
    struct fab_grid_cell cell = grid_cell(place);
    struct fab_buffer text = {0};
    struct formula formula = {calculator, place};
    const struct fab_calc_source source = {&formula, read_area, find_table_column};
    struct fab_calc result;
    fab_arena *arena = NULL;
    TRY(fab_pattern_expand(book, place, cell.pattern, cell.pattern_line, &text));
    TRY_MEMORY(book->context, arena = fab_arena_new());
    TRY_MEMORY(book->context, fab_calc_evaluate(arena, &source, text.text, &result));
    TRY(calculator->status);
    TRY(keep_value(book, place, result, value));
out:
    fab_arena_free(arena);
    fab_buffer_fini(&text);
    return status;
}

/* Works out a formula that has not been worked out yet. */
static fab_status calculate_cell(struct calculator *calculator, struct fab_place place)
{
    fab_status status = FAB_OK;
    struct fab_calculated *calculated = fab_sheet_calculated(place.sheet, place.row, place.column);
    if (calculated->state == FAB_CALCULATED)
        return FAB_OK;
    if (calculated->state == FAB_CALCULATING || calculator->depth >= DEPTH_MAX)
        return fail_formula(calculator->book, place, "it refers to itself", calculator->depth >= DEPTH_MAX ? "or to a chain too long" : "in a circle");
    calculated->state = FAB_CALCULATING;
    calculator->depth++;
    TRY(evaluate(calculator, place, &calculated->value));
    calculated->state = FAB_CALCULATED;
out:
    calculator->depth--;
    return status;
}

static fab_status calculate_sheet(struct calculator *calculator, const struct fab_sheet *sheet)
{
    fab_status status = FAB_OK;
    for (int row = sheet->total_row >= 0 ? -1 : 0; row < fab_sheet_rows(sheet); row++) {
        if (fab_context_interrupted(calculator->book->context))
            return fab_fail(calculator->book->context, FAB_INTERRUPTED, "interrupted");
        for (int column = 0; column < fab_sheet_columns(sheet); column++) {
            struct fab_place place = {sheet, row, column};
            if (grid_cell(place).pattern)
                TRY(calculate_cell(calculator, place));
        }
    }
out:
    return status;
}

fab_status fab_book_calculate(struct fab_book *book)
{
    fab_status status = FAB_OK;
    struct calculator calculator = {.book = book};
    for (int s = 0; s < book->loaded_count; s++) {
        struct fab_sheet *sheet = &book->sheets[s];
        size_t cells = ((size_t)fab_sheet_rows(sheet) + 1) * (size_t)fab_sheet_columns(sheet);
        if (sheet->formulas)
            TRY_MEMORY(book->context, sheet->calculated = fab_arena_take(book->arena, cells, sizeof *sheet->calculated));
    }
    for (int s = 0; s < book->sheet_count; s++)
        if (book->sheets[s].formulas)
            TRY(calculate_sheet(&calculator, &book->sheets[s]));
out:
    return status;
}
