/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "check.h"
#include "fail.h"
#include "html_chart.h"
#include "html_frame.h"
#include "html_table.h"
#include "html_text.h"
#include "html_verify.h"
#include "mark.h"
#include "output.h"
#include "plain_locale.h"
#include "try.h"

/* A page while it is written. */
struct page {
    fab_context *context;
    struct fab_buffer text;
    long rows; /* of all its tables */
};

/* Rows of a cover are facts. */
static void add_facts(struct fab_buffer *text, const struct fab_sheet *sheet)
{
    fab_html_add(text, "<dl class=\"facts\">");
    for (int row = 0; row < fab_sheet_rows(sheet); row++) {
        struct fab_grid_cell label = fab_sheet_cell(sheet, row, 0), value = fab_sheet_cell(sheet, row, 1);
        fab_html_add(text, "<dt>");
        fab_html_add_value(text, &label);
        fab_html_add(text, "</dt><dd>");
        fab_html_add_value(text, &value);
        fab_html_add(text, "</dd>\n");
    }
    fab_html_add(text, "</dl>\n");
}

static fab_status add_sheet(struct page *page, const struct fab_book *book, const struct fab_sheet *sheet, const char *plan)
{
    fab_status status = FAB_OK;
    const struct fab_report *report = sheet->report;
    const char *id = fab_arena_printf(book->arena, "%s-%s", plan, report->stem), *figure;
    TRY_MEMORY(page->context, id);
    fab_buffer_print(&page->text, "<section id=\"%s\"><h2 id=\"%s-title\">", id, id);
    fab_html_add_text(&page->text, report->title.text);
    fab_html_add(&page->text, "</h2>\n");
    for (int a = 0; a < report->about.count; a++) {
        fab_html_add(&page->text, "<p>");
        fab_html_add_text(&page->text, report->about.items[a].text);
        fab_html_add(&page->text, "</p>\n");
    }
    for (int c = 0; c < report->chart_count; c++) {
        TRY_MEMORY(page->context, figure = fab_arena_printf(book->arena, "%s-chart-%d", id, c + 1));
        TRY(fab_html_add_chart(&page->text, book, sheet, &report->charts[c], figure));
    }
    if (report->layout == FAB_LAYOUT_COVER) {
        add_facts(&page->text, sheet);
    } else {
        TRY(fab_html_add_table(&page->text, book, sheet, id));
        page->rows += fab_sheet_rows(sheet);
    }
    fab_html_add(&page->text, "</section>\n");
out:
    return status;
}

static void add_contents(struct page *page, const struct fab_book *book, const char *plan)
{
    fab_html_add(&page->text, "<nav aria-label=\"Contents\"><ul>");
    for (int s = 0; s < book->sheet_count; s++) {
        fab_buffer_print(&page->text, "<li><a href=\"#%s-%s\">", plan, book->sheets[s].report->stem);
        fab_html_add_text(&page->text, book->sheets[s].report->name.text);
        fab_html_add(&page->text, "</a></li>");
    }
    fab_html_add(&page->text, "</ul></nav>\n");
}

static fab_status add_plan(struct page *page, const struct fab_html_plan *plan, const char *name)
{
    fab_status status = FAB_OK;
    struct fab_book *book = NULL;
    TRY(fab_book_open(page->context, &plan->source, name, &book));
    TRY(fab_book_check(book));
    fab_buffer_print(&page->text, "<section class=\"plan\" id=\"%s\"><h1>", plan->id);
    fab_html_add_text(&page->text, plan->name);
    fab_html_add(&page->text, "</h1>\n");
    if (*book->warning) {
        fab_html_add(&page->text, "<p class=\"watch\">");
        fab_html_add_text(&page->text, book->warning);
        fab_html_add(&page->text, "</p>\n");
    }
    add_contents(page, book, plan->id);
    for (int s = 0; s < book->sheet_count; s++) {
        if (fab_context_interrupted(page->context))
            TRY(fab_fail(page->context, FAB_INTERRUPTED, "interrupted"));
        TRY(add_sheet(page, book, &book->sheets[s], plan->id));
    }
    fab_html_add(&page->text, "</section>\n");
out:
    fab_book_close(book);
    return status;
}

static void add_choice(struct page *page, const struct fab_html_plan plans[], int count)
{
    if (count < 2)
        return;
    fab_html_add(&page->text, "<p class=\"tools\" hidden=\"hidden\"><label for=\"choice\">Plan</label><select id=\"choice\">");
    for (int p = 0; p < count; p++) {
        fab_buffer_print(&page->text, "<option value=\"%s\">", plans[p].id);
        fab_html_add_text(&page->text, plans[p].name);
        fab_html_add(&page->text, "</option>");
    }
    fab_html_add(&page->text, "</select></p>\n");
}

static fab_status make_page(struct page *page, const struct fab_html_plan plans[], int count, const char *book)
{
    fab_status status = FAB_OK;
    TRY(fab_html_begin(page->context, &page->text, plans[0].name));
    add_choice(page, plans, count);
    for (int p = 0; p < count; p++)
        TRY(add_plan(page, &plans[p], book));
    fab_html_end(&page->text);
    TRY_MEMORY(page->context, !page->text.failed);
out:
    return status;
}

fab_status fab_html_write(fab_context *context, const struct fab_html_plan plans[], int count, const char *book, const char *path)
{
    fab_status status = FAB_OK;
    struct fab_plain_locale locale = {0};
    struct page page = {.context = context};
    struct fab_output output = {0};
    TRY(fab_plain_locale_enter(context, &locale));
    TRY(make_page(&page, plans, count, book));
    TRY(fab_output_begin(context, path, &output));
    TRY(fab_output_write(context, &output, page.text.text, page.text.length));
    TRY(fab_html_verify(context, output.temporary, path, page.rows));
    TRY(fab_output_commit(context, &output));
out:
    fab_output_end(&output);
    fab_buffer_fini(&page.text);
    fab_plain_locale_leave(&locale);
    return status;
}
