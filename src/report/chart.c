/* Charts: below the data, one message each, with a text for those who do not see it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

/* Rows that a chart takes, and its size as a multiple of 480 x 288 pixels. */
enum { CHART_ROWS = 24, TITLE_SIZE = 12, AXIS_SIZE = 9 };
#define CHART_WIDTH 2.0
#define CHART_HEIGHT 1.4

static const lxw_chart_type chart_types[] = {
    [FAB_CHART_COLUMN_STACKED] = LXW_CHART_COLUMN_STACKED,
    [FAB_CHART_COLUMN] = LXW_CHART_COLUMN,
    [FAB_CHART_BAR] = LXW_CHART_BAR,
    [FAB_CHART_LINE] = LXW_CHART_LINE,
};

static fab_status find_column(const struct fab_writer *writer, const struct fab_texts *names, int index, int *column)
{
    *column = fab_sheet_find_column(writer->sheet, names->items[index]);
    if (*column >= 0)
        return FAB_OK;
    return fab_fail(writer->book->context, FAB_INPUT, "%s:%d: there is no column `%s`", writer->sheet->report->origin, names->lines[index],
                    names->items[index]);
}

/* One series: its cells and those of its categories, which stand side by side. */
static fab_status add_series(struct fab_writer *writer, lxw_chart *chart, const struct fab_report_chart *definition, int index, int rows)
{
    const struct fab_sheet *sheet = writer->sheet;
    int first = 0, last = 0, column = 0;
    fab_status status = find_column(writer, &definition->categories, 0, &first);
    if (!status)
        status = find_column(writer, &definition->categories, definition->categories.count - 1, &last);
    if (!status)
        status = find_column(writer, &definition->series, index, &column);
    if (status)
        return status;
    const char *name = sheet->report->name.text;
    lxw_row_t top = (lxw_row_t)sheet->first_row, bottom = (lxw_row_t)(sheet->first_row + rows - 1);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (!series)
        return fab_fail_memory(writer->book->context);
    chart_series_set_categories(series, name, top, (lxw_col_t)first, bottom, (lxw_col_t)last);
    chart_series_set_values(series, name, top, (lxw_col_t)column, bottom, (lxw_col_t)column);
    chart_series_set_name(series, fab_sheet_header(sheet, column));
    lxw_chart_fill fill = {.color = fab_style_series_color(index)};
    lxw_chart_line line = {.color = fab_style_series_color(index), .width = 1.75};
    if (definition->type == FAB_CHART_LINE)
        chart_series_set_line(series, &line);
    else
        chart_series_set_fill(series, &fill);
    return FAB_OK;
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

static void dress_chart(lxw_chart *chart, const struct fab_report_chart *definition)
{
    static const lxw_chart_font title = {.name = FAB_FONT, .size = TITLE_SIZE, .bold = LXW_TRUE};
    static const lxw_chart_line faint = {.color = 0xD9D9D9, .width = 0.75};
    chart_title_set_name(chart, definition->title.text);
    chart_title_set_name_font(chart, (lxw_chart_font *)&title);
    /* the library swaps the axes of bars */
    bool bars = definition->type == FAB_CHART_BAR;
    lxw_chart_axis *categories = bars ? chart->y_axis : chart->x_axis, *values = bars ? chart->x_axis : chart->y_axis;
    set_axis(categories, definition->x.text, NULL);
    set_axis(values, definition->y.text, definition->number ? fab_number_formats[definition->number - 1].code : NULL);
    if (definition->type != FAB_CHART_LINE)
        chart_axis_set_min(values, 0);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_line(values, (lxw_chart_line *)&faint);
    if (bars) {
        /* first row on top, values below */
        chart_axis_set_reverse(categories);
        chart_axis_set_crossing_max(categories);
    }
    chart_legend_set_position(chart, definition->series.count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
}

static fab_status add_chart(struct fab_writer *writer, const struct fab_report_chart *definition, int place)
{
    const struct fab_sheet *sheet = writer->sheet;
    int rows = fab_sheet_rows(sheet);
    if (sheet->axis)
        return fab_fail(writer->book->context, FAB_INPUT, "%s:%d: a chart needs a list", sheet->report->origin, definition->line);
    if (definition->rows && definition->rows < rows)
        rows = definition->rows;
    lxw_chart *chart = workbook_add_chart(writer->workbook, (uint8_t)chart_types[definition->type]);
    if (!chart)
        return fab_fail_memory(writer->book->context);
    fab_status status = FAB_OK;
    for (int s = 0; !status && s < definition->series.count; s++)
        status = add_series(writer, chart, definition, s, rows);
    if (status)
        return status;
    dress_chart(chart, definition);
    lxw_chart_options options = {
        .x_scale = CHART_WIDTH, .y_scale = CHART_HEIGHT, .description = (char *)definition->alt.text, .x_offset = 4, .y_offset = 4};
    int row = sheet->first_row + fab_sheet_rows(sheet) + 1 + place * CHART_ROWS;
    fab_writer_note(writer, worksheet_insert_chart_opt(writer->worksheet, (lxw_row_t)row, 0, chart, &options));
    return FAB_OK;
}

fab_status fab_writer_add_charts(struct fab_writer *writer)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = writer->sheet->report;
    for (int c = 0; !status && c < report->chart_count && fab_sheet_rows(writer->sheet); c++)
        status = add_chart(writer, &report->charts[c], c);
    return status;
}
