/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_data.h"

#include "try.h"

#include "fail.h"

#include <math.h>
#include <string.h>

static fab_status find_column(const struct fab_book *book, const struct fab_sheet *asked, const struct fab_sheet *sheet, const struct fab_word *word, int *column)
{
    *column = fab_sheet_find_column(sheet, word->text);
    return *column >= 0 ? FAB_OK : fab_fail(book->context, FAB_INPUT, "%s:%d: there is no column `%s`", asked->report->origin, word->line, word->text);
}

static bool take_room(const struct fab_book *book, struct fab_html_data *data)
{
    size_t values = (size_t)data->series * (size_t)data->categories;
    data->category = fab_arena_take(book->arena, (size_t)data->categories + 1, sizeof *data->category);
    data->name = fab_arena_take(book->arena, (size_t)data->series + 1, sizeof *data->name);
    data->value = fab_arena_take(book->arena, values + 1, sizeof *data->value);
    return data->category && data->name && data->value;
}

static double number_of(const struct fab_grid_cell *cell)
{
    return cell->value.type == FAB_INTEGER || cell->value.type == FAB_REAL ? fab_value_number(&cell->value) : (double)NAN;
}

/* Texts of a row, side by side. */
static fab_status name_category(const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, int row, const char **name)
{
    fab_status status = FAB_OK;
    const char *text = "";
    for (int c = 0; c < chart->categories.count; c++) {
        int column = 0;
        TRY(find_column(book, sheet, sheet, &chart->categories.items[c], &column));
        struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
        if (cell.value.type == FAB_TEXT)
            text = fab_arena_printf(book->arena, "%s%s%s", text, *text ? " " : "", cell.value.text);
        else if (cell.value.type != FAB_NULL)
            text = fab_arena_printf(book->arena, "%s%s%.10g", text, *text ? " " : "", fab_value_number(&cell.value));
        TRY_MEMORY(book->context, text);
    }
    *name = text;
out:
    return status;
}

static fab_status gather_list(const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, struct fab_html_data *data)
{
    fab_status status = FAB_OK;
    int rows = fab_sheet_rows(sheet);
    data->categories = chart->rows > 0 && chart->rows < rows ? chart->rows : rows;
    data->series = chart->series.count;
    TRY_MEMORY(book->context, take_room(book, data));
    for (int r = 0; r < data->categories; r++)
        TRY(name_category(book, sheet, chart, r, &data->category[r]));
    for (int s = 0; s < data->series; s++) {
        int column = 0;
        TRY(find_column(book, sheet, sheet, &chart->series.items[s], &column));
        data->name[s] = fab_sheet_header(sheet, column);
        for (int r = 0; r < data->categories; r++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, r, column);
            data->value[s * data->categories + r] = number_of(&cell);
            data->number = cell.number;
        }
    }
out:
    return status;
}

/* Periods up to the last one in which something has a value. */
static int count_periods(const struct fab_sheet *sheet)
{
    for (int p = fab_sheet_periods(sheet); p > 0; p--)
        for (int row = 0; row < fab_sheet_rows(sheet); row++)
            if (fab_sheet_cell(sheet, row, FAB_SERIES_FIRST + p - 1).value.type != FAB_NULL)
                return p;
    return 0;
}

static fab_status gather_series(const struct fab_book *book, const struct fab_sheet *asked, const struct fab_sheet *sheet, const struct fab_report_chart *chart, struct fab_html_data *data)
{
    fab_status status = FAB_OK;
    int keys = chart->rows > 0 ? chart->rows : 1;
    keys = keys < sheet->key_count ? keys : sheet->key_count;
    data->categories = count_periods(sheet);
    data->series = keys * chart->series.count;
    TRY_MEMORY(book->context, take_room(book, data));
    for (int p = 0; p < data->categories; p++)
        data->category[p] = fab_sheet_header(sheet, FAB_SERIES_FIRST + p);
    for (int s = 0; s < data->series; s++) {
        int measure = 0, key = s % keys;
        TRY(find_column(book, asked, sheet, &chart->series.items[s / keys], &measure));
        int row = key * sheet->column_count + measure;
        struct fab_grid_cell label = fab_sheet_cell(sheet, row, keys > 1 ? FAB_SERIES_LABEL : FAB_SERIES_MEASURE);
        data->name[s] = label.value.type == FAB_TEXT ? label.value.text : "";
        for (int p = 0; p < data->categories; p++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, row, FAB_SERIES_FIRST + p);
            data->value[s * data->categories + p] = number_of(&cell);
            data->number = cell.number;
        }
    }
out:
    return status;
}

fab_status fab_html_data_make(const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, struct fab_html_data *data)
{
    const struct fab_sheet *from = chart->from.text ? fab_book_find(book, chart->from.text) : sheet->axis ? sheet : NULL;
    *data = (struct fab_html_data){0};
    if (chart->from.text && !from)
        return fab_fail(book->context, FAB_INPUT, "%s:%d: there is no sheet `%s` in the book", sheet->report->origin, chart->from.line, chart->from.text);
    fab_status status = from ? gather_series(book, sheet, from, chart, data) : gather_list(book, sheet, chart, data);
    if (chart->number)
        data->number = (enum fab_number)(chart->number - 1);
    data->scale = fab_number_formats[data->number].scale;
    return status;
}
