/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_table.h"

#include "condition.h"
#include "html_text.h"
#include "try.h"

#include <math.h>
#include <string.h>

enum { HEAT_STEPS = 10 };

static const char *const rule_classes[] = {[FAB_STYLE_GOOD] = "good", [FAB_STYLE_QUIET] = "quiet", [FAB_STYLE_WATCH] = "watch", [FAB_STYLE_ALARM] = "alarm"};

/* A table while it is written. */
struct table {
    struct fab_buffer *page;
    const struct fab_sheet *sheet;
    const char *id;
    bool heat;
};

/* A heat map has nothing to say about units and measures: it has one. */
static bool is_shown(const struct table *table, int column)
{
    return !table->heat || column == FAB_SERIES_LABEL || column >= FAB_SERIES_FIRST;
}

static void add_head(const struct table *table)
{
    struct fab_buffer *page = table->page;
    fab_html_add(page, "<thead><tr>");
    for (int c = 0; c < fab_sheet_columns(table->sheet); c++) {
        const char *unit = fab_sheet_unit(table->sheet, c);
        if (!is_shown(table, c))
            continue;
        fab_buffer_print(page, "<th scope=\"col\"%s>", fab_sheet_is_numeric(table->sheet, c) ? " class=\"n\"" : "");
        fab_html_add_text(page, fab_sheet_header(table->sheet, c));
        if (*unit) {
            fab_html_add(page, " <small>");
            fab_html_add_text(page, unit);
            fab_html_add(page, "</small>");
        }
        fab_html_add(page, "</th>");
    }
    fab_html_add(page, "</tr></thead>\n");
}

/* The class that the first rule that holds gives a cell; NULL: none. */
static const char *rule_class(const struct table *table, int row, int column, const struct fab_grid_cell *cell)
{
    const struct fab_report *report = table->sheet->report;
    for (int r = 0; r < report->rule_count; r++)
        if (fab_rule_covers(table->sheet, &report->rules[r], row, column) && fab_condition_holds(report->rules[r].when.text, &cell->value))
            return rule_classes[report->rules[r].style];
    return NULL;
}

static void add_heat_class(struct fab_buffer *page, const struct fab_grid_cell *cell)
{
    double share = cell->value.type == FAB_REAL || cell->value.type == FAB_INTEGER ? fab_value_number(&cell->value) : 0;
    fab_buffer_print(page, " class=\"n h%d\"", (int)fmin(HEAT_STEPS, fmax(0, ceil(share * HEAT_STEPS - 1e-9))));
}

/* What a cell of numbers is sorted by. */
static void add_sort_value(struct fab_buffer *page, const struct fab_grid_cell *cell)
{
    if (cell->value.type == FAB_REAL || cell->value.type == FAB_INTEGER)
        fab_buffer_print(page, " data-v=\"%.17g\"", fab_value_number(&cell->value));
}

/* The label of a row leads to the rows of another table that are about it. */
static void add_label(const struct table *table, const struct fab_grid_cell *cell)
{
    const char *detail = table->sheet->report->detail.text;
    if (!detail || cell->value.type != FAB_TEXT) {
        fab_html_add_value(table->page, cell);
        return;
    }
    fab_buffer_print(table->page, "<a href=\"#%.*s%s\" data-only=\"", (int)(strlen(table->id) - strlen(table->sheet->report->stem)), table->id, detail);
    fab_html_add_text(table->page, cell->value.text);
    fab_html_add(table->page, "\">");
    fab_html_add_value(table->page, cell);
    fab_html_add(table->page, "</a>");
}

static void add_cell(const struct table *table, int row, int column)
{
    struct fab_buffer *page = table->page;
    struct fab_grid_cell cell = fab_sheet_cell(table->sheet, row, column);
    const char *class = rule_class(table, row, column, &cell);
    bool numeric = cell.value.type == FAB_REAL || cell.value.type == FAB_INTEGER;
    if (column == 0) {
        fab_html_add(page, "<th scope=\"row\">");
        add_label(table, &cell);
        fab_html_add(page, "</th>");
        return;
    }
    fab_html_add(page, "<td");
    if (table->heat && column >= FAB_SERIES_FIRST)
        add_heat_class(page, &cell);
    else if (numeric || class)
        fab_buffer_print(page, " class=\"%s%s%s\"", numeric ? "n" : "", numeric && class ? " " : "", class ? class : "");
    add_sort_value(page, &cell);
    fab_html_add(page, ">");
    fab_html_add_value(page, &cell);
    fab_html_add(page, "</td>");
}

static void add_body(const struct table *table)
{
    fab_html_add(table->page, "<tbody>\n");
    for (int row = 0; row < fab_sheet_rows(table->sheet); row++) {
        fab_html_add(table->page, "<tr>");
        for (int c = 0; c < fab_sheet_columns(table->sheet); c++)
            if (is_shown(table, c))
                add_cell(table, row, c);
        fab_html_add(table->page, "</tr>\n");
    }
    fab_html_add(table->page, "</tbody>");
}

static void add_foot(const struct table *table)
{
    bool any = false;
    for (int c = 0; !table->sheet->axis && c < table->sheet->column_count; c++)
        any = any || fab_sheet_total(table->sheet, c).column;
    if (!any || table->sheet->total_row < 0)
        return;
    fab_html_add(table->page, "<tfoot><tr>");
    for (int c = 0; c < table->sheet->column_count; c++) {
        struct fab_grid_cell total = fab_sheet_total(table->sheet, c);
        fab_html_add(table->page, c == 0 ? "<th scope=\"row\">" : "<td class=\"n\">");
        if (total.column)
            fab_html_add_value(table->page, &total);
        else if (c == 0)
            fab_html_add(table->page, "Total");
        fab_html_add(table->page, c == 0 ? "</th>" : "</td>");
    }
    fab_html_add(table->page, "</tr></tfoot>");
}

fab_status fab_html_add_table(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const char *id)
{
    struct table table = {.page = page, .sheet = sheet, .id = id};
    fab_status status = FAB_OK;
    table.heat = sheet->axis && sheet->column_count == 1 && sheet->columns[0].definition->number == FAB_NUMBER_PERCENT + 1;
    for (int r = 0; r < sheet->report->rule_count; r++)
        TRY(fab_condition_check(book->context, sheet, &sheet->report->rules[r]));
    if (fab_sheet_rows(sheet) == 0) {
        fab_html_add(page, "<p class=\"none\">");
        fab_html_add_text(page, sheet->report->empty.text ? sheet->report->empty.text : "(none)");
        fab_html_add(page, "</p>\n");
        return FAB_OK;
    }
    fab_buffer_print(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"%s-title\"><table id=\"%s-table\"%s>\n<caption>", id, id, table.heat ? " class=\"heat\"" : "");
    fab_html_add_text(page, sheet->report->title.text);
    fab_html_add(page, "</caption>\n");
    add_head(&table);
    add_body(&table);
    add_foot(&table);
    fab_html_add(page, "</table></div>\n");
out:
    return status;
}
