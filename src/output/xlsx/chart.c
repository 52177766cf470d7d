/* Charts: below the data or beside it, one message each, with a text for those who do not see it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart.h"

#include <math.h>
#include <string.h>

#include "address.h"
#include "try.h"

/* Rows that a chart takes, and its size as a multiple of 480 x 288 pixels. */
enum { CHART_ROWS = 24, TITLE_SIZE = 12, AXIS_SIZE = 9 };
#define CHART_WIDTH 2.0
#define CHART_HEIGHT 1.4
/* Beside the data. */
enum { SIDE_ROWS = 17, SIDE_COLUMNS = 9, SIDE_AWAY = 16 /* pixels */ };
#define SIDE_WIDTH 1.16
#define SIDE_HEIGHT 1.12

static const lxw_chart_type chart_types[] = {
    [FAB_CHART_COLUMN_STACKED] = LXW_CHART_COLUMN_STACKED,
    [FAB_CHART_COLUMN] = LXW_CHART_COLUMN,
    [FAB_CHART_BAR] = LXW_CHART_BAR,
    [FAB_CHART_LINE] = LXW_CHART_LINE,
};

/* The cells of a chart: of the list it stands under, or of a sheet that `from` names. */
static const struct fab_sheet *find_data(const struct fab_xlsx_writer *writer, const struct fab_report_chart *definition)
{
    return definition->from.text ? fab_book_find(writer->book, definition->from.text) : writer->sheet;
}

static fab_status find_word(const struct fab_xlsx_writer *writer, const struct fab_sheet *sheet, const struct fab_word *name, int *column)
{
    *column = fab_sheet_find_column(sheet, name->text);
    if (*column >= 0)
        return FAB_OK;
    return fab_fail(writer->book->context, FAB_INPUT, "%s:%d: there is no column `%s`", writer->sheet->report->origin, name->line, name->text);
}

static fab_status find_column(const struct fab_xlsx_writer *writer, const struct fab_sheet *sheet, const struct fab_words *names, int index,
                              int *column)
{
    return find_word(writer, sheet, &names->items[index], column);
}

/* A series with its colour: the next one of the palette. */
static lxw_chart_series *new_series(lxw_chart *chart, const struct fab_report_chart *definition, int place, const char *name)
{
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (!series)
        return NULL;
    chart_series_set_name(series, name);
    lxw_chart_fill fill = {.color = fab_style_series_color(place)};
    lxw_chart_line line = {.color = fab_style_series_color(place), .width = 1.75};
    if (definition->type == FAB_CHART_LINE)
        chart_series_set_line(series, &line);
    else
        chart_series_set_fill(series, &fill);
    return series;
}

/* The column that the others stand on: it takes its room and is not drawn. */
static fab_status add_base(struct fab_xlsx_writer *writer, lxw_chart *chart, const struct fab_report_chart *definition, int rows)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = writer->sheet;
    int column = 0;
    lxw_chart_fill fill = {.none = LXW_TRUE};
    lxw_chart_line line = {.none = LXW_TRUE};
    TRY(find_word(writer, sheet, &definition->base, &column));
    lxw_chart_series *series = new_series(chart, definition, 0, "");
    TRY_MEMORY(writer->book->context, series);
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &line);
    chart_series_set_values(series, sheet->report->name.text, (lxw_row_t)sheet->first_row, (lxw_col_t)column, (lxw_row_t)(sheet->first_row + rows - 1), (lxw_col_t)column);
out:
    return status;
}

/* A column of a list: its cells and those of its categories, which stand side by side. */
static fab_status add_column(struct fab_xlsx_writer *writer, lxw_chart *chart, const struct fab_report_chart *definition, int index,
                             int rows)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = find_data(writer, definition);
    int first = 0, last = 0, column = 0;
    TRY(find_column(writer, sheet, &definition->categories, 0, &first));
    TRY(find_column(writer, sheet, &definition->categories, definition->categories.count - 1, &last));
    TRY(find_column(writer, sheet, &definition->series, index, &column));
    const char *name = sheet->report->name.text;
    lxw_row_t top = (lxw_row_t)sheet->first_row, bottom = (lxw_row_t)(sheet->first_row + rows - 1);
    lxw_chart_series *series = new_series(chart, definition, index, fab_sheet_header(sheet, column));
    if (!series)
        return fab_fail_memory(writer->book->context);
    chart_series_set_categories(series, name, top, (lxw_col_t)first, bottom, (lxw_col_t)last);
    chart_series_set_values(series, name, top, (lxw_col_t)column, bottom, (lxw_col_t)column);
out:
    return status;
}

/* The last period in which some line of the chart has a value: a chart of weeks does not go on over the months of the plan. */
static int last_column(const struct fab_sheet *sheet, const struct fab_report_chart *definition, int keys)
{
    for (int column = fab_sheet_columns(sheet) - 1; column > FAB_SERIES_FIRST; column--)
        for (int s = 0; s < definition->series.count; s++) {
            int measure = fab_sheet_find_column(sheet, definition->series.items[s].text);
            for (int k = 0; measure >= 0 && k < keys; k++)
                if (fab_sheet_cell(sheet, k * sheet->column_count + measure, column).value.type != FAB_NULL)
                    return column;
        }
    return FAB_SERIES_FIRST;
}

/* A measure of a series over the periods, for the first keys. One key: the line has the measure's name, several: the key's label. */
static fab_status add_measure(struct fab_xlsx_writer *writer, lxw_chart *chart, const struct fab_report_chart *definition, int index,
                              int keys)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = find_data(writer, definition);
    int measure = 0;
    TRY(find_column(writer, sheet, &definition->series, index, &measure));
    const char *name = sheet->report->name.text;
    lxw_col_t first = FAB_SERIES_FIRST, last = (lxw_col_t)last_column(sheet, definition, keys);
    for (int k = 0; k < keys; k++) {
        int row = k * sheet->column_count + measure;
        lxw_row_t place = (lxw_row_t)(sheet->first_row + row), header = (lxw_row_t)sheet->header_row;
        struct fab_grid_cell label = fab_sheet_cell(sheet, row, keys > 1 ? FAB_SERIES_LABEL : FAB_SERIES_MEASURE);
        lxw_chart_series *series = new_series(chart, definition, index * keys + k, label.value.type == FAB_TEXT ? label.value.text : "");
        if (!series)
            return fab_fail_memory(writer->book->context);
        chart_series_set_categories(series, name, header, first, header, last);
        chart_series_set_values(series, name, place, first, place, last);
    }
out:
    return status;
}

static void set_axis(lxw_chart_axis *axis, const char *title, const char *code)
{
    static const lxw_chart_font font = {.name = FAB_FONT, .size = AXIS_SIZE, .bold = LXW_EXPLICIT_FALSE};
    chart_axis_set_num_font(axis, (lxw_chart_font *)&font);
    if (title) {
        chart_axis_set_name(axis, title);
        chart_axis_set_name_font(axis, (lxw_chart_font *)&font);
    }
    if (code)
        chart_axis_set_num_format(axis, code);
}

/* The least and the largest value that a chart of a list shows, and 0. */
struct range {
    double least, most;
};

static struct range find_range(const struct fab_sheet *sheet, const struct fab_report_chart *definition, int rows)
{
    struct range range = {0, 0};
    for (int s = 0; s < definition->series.count && !sheet->axis; s++) {
        int column = fab_sheet_find_column(sheet, definition->series.items[s].text);
        for (int row = 0; column >= 0 && row < rows; row++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
            if (cell.value.type == FAB_TEXT || cell.value.type == FAB_NULL)
                continue;
            range.least = fmin(range.least, fab_value_number(&cell.value));
            range.most = fmax(range.most, fab_value_number(&cell.value));
        }
    }
    return range;
}

/* The axis of values: money of less than a million is not shown in millions. */
static void set_value_axis(lxw_chart_axis *axis, const struct fab_report_chart *definition, struct range range)
{
    static const char millions[] = "million ";
    const double million = 1e6;
    const char *title = definition->y.text;
    int number = definition->number - 1;
    bool small = fmax(-range.least, range.most) > 0 && fmax(-range.least, range.most) < million;
    if (number == FAB_NUMBER_USD_MILLIONS && small) {
        number = FAB_NUMBER_USD;
        title = title && strncmp(title, millions, sizeof millions - 1) == 0 ? title + sizeof millions - 1 : title;
    }
    set_axis(axis, title, number >= 0 ? fab_number_formats[number].code : NULL);
}

/* What is told about a chart by what it shows. */
struct showing {
    const char *title;
    bool legend, over_periods;
    struct range range;
};

static void dress_chart(lxw_chart *chart, const struct fab_report_chart *definition, const struct showing *showing)
{
    /* an axis of losses does not begin at 0, and its names stand beside the columns or bars */
    bool losses = showing->range.least < 0;
    static const lxw_chart_font title = {.name = FAB_FONT, .size = TITLE_SIZE, .bold = LXW_TRUE};
    static const lxw_chart_line faint = {.color = 0xD9D9D9, .width = 0.75};
    chart_title_set_name(chart, showing->title);
    chart_title_set_name_font(chart, (lxw_chart_font *)&title);
    /* the library swaps the axes of bars */
    bool bars = definition->type == FAB_CHART_BAR;
    lxw_chart_axis *categories = bars ? chart->y_axis : chart->x_axis, *values = bars ? chart->x_axis : chart->y_axis;
    set_axis(categories, definition->x.text, NULL);
    set_value_axis(values, definition, showing->range);
    if (definition->type != FAB_CHART_LINE && !definition->base.text && !losses)
        chart_axis_set_min(values, 0);
    if (losses && !definition->base.text)
        chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_line(values, (lxw_chart_line *)&faint);
    if (bars) {
        /* first row on top, values below */
        chart_axis_set_reverse(categories);
        chart_axis_set_crossing_max(categories);
    }
    chart_legend_set_position(chart, showing->legend ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    static int16_t hidden[] = {0, -1};
    if (definition->base.text)
        chart_legend_delete_series(chart, hidden);
    if (showing->over_periods) {
        /* periods without a value: the line goes on; their names stand below negative values */
        chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_CONNECTED);
        chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    }
}

/* What a chart needs, and how many rows or keys it shows. */
static fab_status check_chart(const struct fab_xlsx_writer *writer, const struct fab_report_chart *definition, int *rows)
{
    const struct fab_sheet *sheet = writer->sheet, *data = find_data(writer, definition);
    fab_context *context = writer->book->context;
    if (sheet->axis && !definition->from.text)
        return fab_fail(context, FAB_INPUT, "%s:%d: a chart of a series needs `from`", sheet->report->origin, definition->line);
    if (!data)
        return fab_fail(context, FAB_INPUT, "%s:%d: this book has no sheet `%s`", sheet->report->origin, definition->from.line, definition->from.text);
    if (!data->axis && !definition->categories.count)
        return fab_fail(context, FAB_INPUT, "%s:%d: `%s` is no series: its chart needs a category", sheet->report->origin, definition->from.line, definition->from.text);
    if (definition->title_from.text && fab_table_find_column(sheet->table, definition->title_from.text) < 0)
        return fab_fail(context, FAB_INPUT, "%s:%d: %s gives no column `%s`", sheet->report->origin, definition->title_from.line,
                        sheet->report->sql_origin, definition->title_from.text);
    int most = data->axis ? data->key_count : fab_sheet_rows(data), asked = definition->rows ? definition->rows : data->axis ? 1 : most;
    *rows = asked < most ? asked : most;
    return FAB_OK;
}

static fab_status add_chart(struct fab_xlsx_writer *writer, const struct fab_report_chart *definition, int place)
{
    fab_status status = FAB_OK;
    const struct fab_sheet *sheet = writer->sheet;
    lxw_chart *chart = NULL;
    int rows = 0;
    TRY(check_chart(writer, definition, &rows));
    if (!rows)
        return FAB_OK;
    const struct fab_sheet *data = find_data(writer, definition);
    bool over_periods = data->axis != NULL, beside = definition->side != 0;
    TRY_MEMORY(writer->book->context, chart = workbook_add_chart(writer->workbook, (uint8_t)chart_types[definition->type]));
    if (definition->base.text)
        TRY(add_base(writer, chart, definition, rows));
    for (int s = 0; s < definition->series.count; s++)
        TRY(over_periods ? add_measure(writer, chart, definition, s, rows) : add_column(writer, chart, definition, s, rows));
    dress_chart(chart, definition,
                &(struct showing){fab_sheet_chart_title(sheet, definition), definition->series.count * (over_periods ? rows : 1) > 1, over_periods, find_range(data, definition, rows)});
    lxw_chart_options options = {.x_scale = beside ? SIDE_WIDTH : CHART_WIDTH, .y_scale = beside ? SIDE_HEIGHT : CHART_HEIGHT,
                                 .description = (char *)definition->alt.text, .x_offset = beside ? SIDE_AWAY : 4, .y_offset = 4};
    int row = sheet->first_row + (beside ? place * SIDE_ROWS : fab_sheet_rows(sheet) + 1 + place * CHART_ROWS);
    fab_xlsx_note(writer, worksheet_insert_chart_opt(writer->worksheet, (lxw_row_t)row, (lxw_col_t)(beside ? fab_sheet_columns(sheet) : 0), chart, &options));
out:
    return status;
}

/* Charts of a workbook below the data, or beside it; a flow is none: no spreadsheet has it. */
static int count_charts(const struct fab_sheet *sheet, bool beside)
{
    int charts = 0;
    for (int c = 0; c < sheet->report->chart_count; c++)
        charts += sheet->report->charts[c].type != FAB_CHART_FLOW && (sheet->report->charts[c].side != 0) == beside;
    return fab_sheet_rows(sheet) ? charts : 0;
}

int fab_xlsx_chart_rows(const struct fab_sheet *sheet)
{
    int charts = count_charts(sheet, false);
    return charts ? 1 + charts * CHART_ROWS : 0;
}

int fab_xlsx_side_rows(const struct fab_sheet *sheet)
{
    return count_charts(sheet, true) * SIDE_ROWS;
}

int fab_xlsx_side_columns(const struct fab_sheet *sheet)
{
    return count_charts(sheet, true) ? SIDE_COLUMNS : 0;
}

fab_status fab_xlsx_add_charts(struct fab_xlsx_writer *writer)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = writer->sheet->report;
    int places[2] = {0}; /* below, beside */
    for (int c = 0; c < report->chart_count && fab_sheet_rows(writer->sheet); c++)
        if (report->charts[c].type != FAB_CHART_FLOW)
            TRY(add_chart(writer, &report->charts[c], places[report->charts[c].side != 0]++));
out:
    return status;
}
