/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "nearest.h"
#include "try.h"

/* A book while its sheets are put in order. */
struct ordering {
    fab_context *context;
    const struct fab_library *library;
    const struct fab_book_file *book;
    struct fab_order *order;
};

/* Where a sheet stands, -1: nowhere. */
static int find_sheet(const struct fab_order *order, const char *stem)
{
    for (int s = 0; s < order->count; s++)
        if (strcmp(order->reports[s]->stem, stem) == 0)
            return s;
    return -1;
}

static void insert(struct fab_order *order, int place, const struct fab_report *report)
{
    memmove(&order->reports[place + 1], &order->reports[place], (size_t)(order->count - place) * sizeof *order->reports);
    order->reports[place] = report;
    order->count++;
}

/* ---- what the book's file lists ---- */

static bool is_listed(const struct fab_book_file *book, const char *stem)
{
    for (int s = 0; s < book->sheets.count; s++)
        if (strcmp(book->sheets.items[s].text, stem) == 0)
            return true;
    return false;
}

/* The sheets of all input tables that the book does not list by name. */
static void add_tables(struct ordering *ordering, const char *stem)
{
    for (int r = 0; r < ordering->library->report_count; r++) {
        const struct fab_report *report = &ordering->library->reports[r];
        if (report->each && strcmp(report->each, stem) == 0 && !is_listed(ordering->book, report->stem))
            insert(ordering->order, ordering->order->count, report);
    }
}

static fab_status add_listed(struct ordering *ordering, const struct fab_word *sheet)
{
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, sheet->text);
    for (int r = 0; r < ordering->library->report_count; r++) {
        const struct fab_report *report = &ordering->library->reports[r];
        fab_nearest_offer(&nearest, report->stem);
        if (strcmp(report->stem, sheet->text) != 0)
            continue;
        if (report->layout == FAB_LAYOUT_AXIS)
            return fab_fail(ordering->context, FAB_INPUT, "%s:%d: `%s` is an axis: it stands over the series of a book",
                            ordering->book->origin, sheet->line, sheet->text);
        if (fab_library_is_template(report))
            add_tables(ordering, report->stem);
        else
            insert(ordering->order, ordering->order->count, report);
        return FAB_OK;
    }
    return fab_fail(ordering->context, FAB_INPUT, "%s:%d: there is no report `%s`%s%s", ordering->book->origin, sheet->line, sheet->text,
                    *nearest.best ? "; did you mean " : "", nearest.best);
}

/* ---- what definitions add ---- */

enum { WORD_SIZE = 64 };

/* "planner" or "planner after customers". */
struct addition {
    const struct fab_report *report;
    int line;
    char book[WORD_SIZE], after[WORD_SIZE]; /* after "": at the end */
};

static fab_status read_addition(struct ordering *ordering, const struct fab_report *report, const struct fab_word *word,
                                struct addition *addition)
{
    int end = 0;
    *addition = (struct addition){.report = report, .line = word->line};
    bool read = sscanf(word->text, "%63s%n after %63s%n", addition->book, &end, addition->after, &end) >= 1 && !word->text[end];
    return read ? FAB_OK
                : fab_fail(ordering->context, FAB_INPUT, "%s:%d: not NAME or NAME after SHEET: `book %s`", report->origin, word->line,
                           word->text);
}

static fab_status place_addition(struct ordering *ordering, const struct addition *addition)
{
    const struct fab_report *report = addition->report;
    int place = *addition->after ? find_sheet(ordering->order, addition->after) : ordering->order->count - 1;
    if (find_sheet(ordering->order, report->stem) >= 0)
        return fab_fail(ordering->context, FAB_INPUT, "%s:%d: the report is in book `%s` already", report->origin, addition->line,
                        addition->book);
    if (place < 0 || (*addition->after && !is_listed(ordering->book, addition->after) && !ordering->order->reports[place]->each))
        return fab_fail(ordering->context, FAB_INPUT, "%s:%d: %s does not list a sheet `%s`", report->origin, addition->line,
                        ordering->book->origin, addition->after);
    insert(ordering->order, place + 1, report);
    return FAB_OK;
}

/* Places the additions of a report that go to the end, or those that go after a sheet. */
static fab_status add_own(struct ordering *ordering, const struct fab_report *report, bool to_the_end)
{
    fab_status status = FAB_OK;
    struct addition addition;
    const struct fab_book_file *book = NULL;
    for (int b = 0; b < report->books.count && !fab_library_is_template(report); b++) {
        TRY(read_addition(ordering, report, &report->books.items[b], &addition));
        if (fab_library_find_book(ordering->context, ordering->library, addition.book, &book) != FAB_OK)
            TRY(fab_fail_in(ordering->context, FAB_INPUT, "%s:%d", report->origin, addition.line));
        if (book == ordering->book && to_the_end == !*addition.after)
            TRY(place_addition(ordering, &addition));
    }
out:
    return status;
}

/* The last name first, so that those after the same sheet come in the order of their names. */
static fab_status add_additions(struct ordering *ordering)
{
    fab_status status = FAB_OK;
    for (int r = ordering->library->report_count - 1; r >= 0; r--)
        TRY(add_own(ordering, &ordering->library->reports[r], false));
    for (int r = 0; r < ordering->library->report_count; r++)
        TRY(add_own(ordering, &ordering->library->reports[r], true));
out:
    return status;
}

fab_status fab_order_sheets(fab_context *context, fab_arena *arena, const struct fab_library *library, const struct fab_book_file *book,
                            struct fab_order *order)
{
    fab_status status = FAB_OK;
    struct ordering ordering = {context, library, book, order};
    *order = (struct fab_order){0};
    TRY_MEMORY(context, order->reports = fab_arena_take(arena, (size_t)library->report_count + 1, sizeof(struct fab_report *)));
    for (int s = 0; s < book->sheets.count; s++)
        TRY(add_listed(&ordering, &book->sheets.items[s]));
    TRY(add_additions(&ordering));
out:
    return status;
}

/* ---- the list of all ---- */

static bool add_row(fab_table *table, const struct fab_report *report, const char *book, int order)
{
    fab_value *row = fab_table_add_row(table);
    const char *texts[] = {book, NULL, report->stem, report->name.text, report->title.text};
    for (int t = 0; row && t < 5; t++) {
        const char *kept = texts[t] ? fab_table_keep(table, texts[t]) : NULL;
        if (texts[t] && !kept)
            return false;
        row[t] = kept ? fab_text(kept) : fab_integer(order);
    }
    return row != NULL;
}

fab_status fab_order_list(fab_context *context, const struct fab_book_source *source, fab_table **list)
{
    static const char *const columns[] = {"book", "sheet_order", "report", "sheet", "title"};
    fab_status status = FAB_OK;
    struct fab_library library;
    struct fab_order order;
    fab_arena *arena = NULL;
    fab_table *table = NULL;
    *list = NULL;
    TRY_MEMORY(context, arena = fab_arena_new());
    TRY_MEMORY(context, table = fab_table_new("reports", columns, (int)(sizeof columns / sizeof *columns)));
    TRY(fab_library_load(context, arena, source, &library));
    for (int b = 0; b < library.book_count; b++) {
        TRY(fab_order_sheets(context, arena, &library, &library.books[b], &order));
        for (int s = 0; s < order.count; s++)
            TRY_MEMORY(context, add_row(table, order.reports[s], library.books[b].name, s + 1));
    }
    *list = table;
    table = NULL;
out:
    fab_table_free(table);
    fab_arena_free(arena);
    return status;
}
