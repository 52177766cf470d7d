/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_chart.h"

#include "html_data.h"
#include "html_flow.h"
#include "html_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Units of the drawing; it is as wide as the page. */
enum { WIDTH = 960, HEIGHT = 300, LEFT = 76, RIGHT = 12, TOP = 12, BOTTOM = 44, TICKS = 5, LABELS = 16, COLOURS = 8, BAR_HEIGHT = 22, BAR_LEFT = 260, LETTERS = 38, LABEL_BELOW = 16, AXIS_BELOW = 34 };
#define FILLED 0.72 /* of the room of a category */

/* A chart while it is drawn. */
struct drawing {
    struct fab_buffer *page;
    const struct fab_report_chart *chart;
    struct fab_html_data data;
    double least, most, step; /* of the axis of values */
};

static bool is_stacked(const struct drawing *drawing)
{
    return drawing->chart->type == FAB_CHART_COLUMN_STACKED;
}

static double value_at(const struct drawing *drawing, int series, int category)
{
    double value = drawing->data.value[series * drawing->data.categories + category];
    return isnan(value) ? 0 : value;
}

/* A step of 1, 2 or 5 times a power of ten that gives about TICKS of them. */
static double nice_step(double range)
{
    double rough = range / TICKS, power = pow(10, floor(log10(rough))), part = rough / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static void find_range(struct drawing *drawing)
{
    drawing->least = drawing->most = 0;
    for (int c = 0; c < drawing->data.categories; c++) {
        double above = 0, below = 0;
        for (int s = 0; s < drawing->data.series; s++) {
            double value = value_at(drawing, s, c);
            above = is_stacked(drawing) ? above + fmax(0, value) : fmax(above, value);
            below = is_stacked(drawing) ? below + fmin(0, value) : fmin(below, value);
        }
        drawing->most = fmax(drawing->most, above);
        drawing->least = fmin(drawing->least, below);
    }
    if (!(drawing->most > drawing->least))
        drawing->most = drawing->least + 1;
    drawing->step = nice_step(drawing->most - drawing->least);
    drawing->most = drawing->step * ceil(drawing->most / drawing->step - 1e-9);
    drawing->least = drawing->step * floor(drawing->least / drawing->step + 1e-9);
}

static double y_of(const struct drawing *drawing, double value)
{
    return TOP + (HEIGHT - TOP - BOTTOM) * (drawing->most - value) / (drawing->most - drawing->least);
}

static void add_text_at(struct fab_buffer *page, double x, double y, const char *anchor, const char *text)
{
    fab_buffer_print(page, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    fab_html_add_text(page, text);
    fab_html_add(page, "</text>");
}

static void add_value_text(struct fab_buffer *page, double x, double y, const char *anchor, double value, enum fab_number number)
{
    fab_buffer_print(page, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    fab_html_add_number(page, value, number);
    fab_html_add(page, "</text>");
}

/* Money beside an axis: three digits and a word for the thousands, whatever the size of the plan. */
static void add_axis_value(const struct drawing *drawing, double y, double value)
{
    static const struct {
        double size;
        const char *word;
    } sizes[] = {{1e12, " trn"}, {1e9, " bn"}, {1e6, " M"}, {1e3, " k"}};
    enum fab_number number = drawing->data.number;
    bool money = number == FAB_NUMBER_USD || number == FAB_NUMBER_USD_CENTS || number == FAB_NUMBER_USD_MILLIONS;
    double largest = fmax(drawing->most, -drawing->least);
    for (size_t s = 0; money && value != 0 && s < sizeof sizes / sizeof *sizes; s++)
        if (largest >= sizes[s].size) {
            fab_buffer_print(drawing->page, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g%s</text>", LEFT - 6, y + 4, value / sizes[s].size, sizes[s].word);
            return;
        }
    add_value_text(drawing->page, LEFT - 6, y + 4, "end", value, number);
}

static void add_grid(const struct drawing *drawing)
{
    for (int k = 0; drawing->least + k * drawing->step <= drawing->most + drawing->step / 2; k++) {
        double value = drawing->least + k * drawing->step, y = y_of(drawing, value);
        fab_buffer_print(drawing->page, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
        add_axis_value(drawing, y, fabs(value) < drawing->step / 2 ? 0 : value);
    }
}

static double room_of_category(const struct drawing *drawing)
{
    return (double)(WIDTH - LEFT - RIGHT) / drawing->data.categories;
}

static void add_categories(const struct drawing *drawing)
{
    double room = room_of_category(drawing);
    int every = (drawing->data.categories + LABELS - 1) / LABELS;
    for (int c = 0; c < drawing->data.categories; c += every)
        add_text_at(drawing->page, LEFT + room * (c + 0.5), HEIGHT - BOTTOM + LABEL_BELOW, "middle", drawing->data.category[c]);
    if (drawing->chart->y.text)
        add_text_at(drawing->page, LEFT, HEIGHT - BOTTOM + AXIS_BELOW, "start", drawing->chart->y.text);
}

/* What a pointer over a mark says: category, series, value. */
static void add_hint(const struct drawing *drawing, int series, int category)
{
    fab_html_add(drawing->page, "<title>");
    fab_html_add_text(drawing->page, drawing->data.category[category]);
    fab_html_add(drawing->page, ", ");
    fab_html_add_text(drawing->page, drawing->data.name[series]);
    fab_html_add(drawing->page, ": ");
    fab_html_add_number(drawing->page, value_at(drawing, series, category), drawing->data.number);
    fab_html_add(drawing->page, "</title>");
}

static void add_box(const struct drawing *drawing, int series, int category, double x, double width, double from, double to)
{
    double top = y_of(drawing, fmax(from, to)), bottom = y_of(drawing, fmin(from, to));
    if (!(bottom > top))
        return;
    fab_buffer_print(drawing->page, "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">", series % COLOURS, x, top, width, bottom - top);
    add_hint(drawing, series, category);
    fab_html_add(drawing->page, "</rect>");
}

static void add_columns(const struct drawing *drawing)
{
    double room = room_of_category(drawing), width = room * FILLED / (is_stacked(drawing) ? 1 : drawing->data.series);
    for (int c = 0; c < drawing->data.categories; c++) {
        double above = 0, below = 0, x = LEFT + room * (c + (1 - FILLED) / 2);
        for (int s = 0; s < drawing->data.series; s++) {
            double value = value_at(drawing, s, c), *from = value < 0 ? &below : &above;
            add_box(drawing, s, c, is_stacked(drawing) ? x : x + s * width, width, is_stacked(drawing) ? *from : 0, is_stacked(drawing) ? *from + value : value);
            *from += value;
        }
    }
}

/* A gap where there is no value. */
static void add_line(const struct drawing *drawing, int series)
{
    double room = room_of_category(drawing);
    bool on = false;
    fab_buffer_print(drawing->page, "<path class=\"l%d\" d=\"", series % COLOURS);
    for (int c = 0; c < drawing->data.categories; c++) {
        double value = drawing->data.value[series * drawing->data.categories + c];
        if (!isnan(value))
            fab_buffer_print(drawing->page, "%s%.1f %.1f", on ? "L" : "M", LEFT + room * (c + 0.5), y_of(drawing, value));
        on = !isnan(value);
    }
    fab_html_add(drawing->page, "\"><title>");
    fab_html_add_text(drawing->page, drawing->data.name[series]);
    fab_html_add(drawing->page, "</title></path>");
}

/* The first letters of a label that has room for no more. */
static void add_short_label(struct fab_buffer *page, double x, double y, const char *text)
{
    char label[LETTERS * 4 + 8];
    size_t length = 0;
    int letters = 0;
    while (text[length] && letters < LETTERS) {
        length++;
        while ((text[length] & 0xC0) == 0x80)
            length++;
        letters++;
    }
    snprintf(label, sizeof label, "%.*s%s", (int)length, text, text[length] ? "…" : "");
    add_text_at(page, x, y, "end", label);
}

static void add_bars(const struct drawing *drawing)
{
    double most = fmax(drawing->most, -drawing->least);
    for (int c = 0; c < drawing->data.categories; c++) {
        double y = TOP + c * BAR_HEIGHT, length = 0;
        add_short_label(drawing->page, BAR_LEFT - 8, y + BAR_HEIGHT * 0.7, drawing->data.category[c]);
        for (int s = 0; s < drawing->data.series; s++) {
            double width = (WIDTH - BAR_LEFT - LEFT - RIGHT) * fabs(value_at(drawing, s, c)) / most / drawing->data.series;
            fab_buffer_print(drawing->page, "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">", s % COLOURS, BAR_LEFT + length, y + 3, width, BAR_HEIGHT - 6.0);
            add_hint(drawing, s, c);
            fab_html_add(drawing->page, "</rect>");
            length += width;
        }
        add_value_text(drawing->page, BAR_LEFT + length + 6, y + BAR_HEIGHT * 0.7, "start", value_at(drawing, 0, c), drawing->data.number);
    }
}

static void add_legend(const struct drawing *drawing)
{
    if (drawing->data.series < 2)
        return;
    fab_html_add(drawing->page, "<ul class=\"legend\">");
    for (int s = 0; s < drawing->data.series; s++) {
        fab_buffer_print(drawing->page, "<li><span class=\"key k%d\"></span>", s % COLOURS);
        fab_html_add_text(drawing->page, drawing->data.name[s]);
        fab_html_add(drawing->page, "</li>");
    }
    fab_html_add(drawing->page, "</ul>\n");
}

static void begin_figure(struct fab_buffer *page, const struct fab_sheet *sheet, const struct fab_report_chart *chart, const char *id, int height)
{
    fab_buffer_print(page, "<figure><svg role=\"img\" viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-name %s-text\"><title id=\"%s-name\">", WIDTH, height, id, id, id);
    fab_html_add_text(page, fab_sheet_chart_title(sheet, chart));
    fab_buffer_print(page, "</title><desc id=\"%s-text\">", id);
    fab_html_add_text(page, chart->alt.text ? chart->alt.text : "");
    fab_html_add(page, "</desc>\n");
}

static void end_figure(struct fab_buffer *page, const struct fab_sheet *sheet, const struct fab_report_chart *chart)
{
    fab_html_add(page, "\n</svg><figcaption>");
    fab_html_add_text(page, fab_sheet_chart_title(sheet, chart));
    fab_html_add(page, "</figcaption></figure>\n");
}

fab_status fab_html_add_chart(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, const char *id)
{
    struct drawing drawing = {.page = page, .chart = chart};
    fab_status status;
    if (chart->type == FAB_CHART_FLOW) {
        begin_figure(page, sheet, chart, id, FAB_HTML_FLOW_HEIGHT);
        status = fab_html_add_flow(page, book, sheet, chart);
        end_figure(page, sheet, chart);
        return status;
    }
    status = fab_html_data_make(book, sheet, chart, &drawing.data);
    if (status != FAB_OK || drawing.data.categories == 0 || drawing.data.series == 0)
        return status;
    find_range(&drawing);
    begin_figure(page, sheet, chart, id, chart->type == FAB_CHART_BAR ? TOP * 2 + BAR_HEIGHT * drawing.data.categories : HEIGHT);
    if (chart->type == FAB_CHART_BAR) {
        add_bars(&drawing);
    } else {
        add_grid(&drawing);
        add_categories(&drawing);
        if (chart->type != FAB_CHART_LINE)
            add_columns(&drawing);
        for (int s = 0; chart->type == FAB_CHART_LINE && s < drawing.data.series; s++)
            add_line(&drawing, s);
    }
    end_figure(page, sheet, chart);
    add_legend(&drawing);
    return FAB_OK;
}
