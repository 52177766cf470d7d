/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "csv.h"
#include "fail.h"
#include "output.h"
#include "writer.h"

/* Numbers are printed and read by the C library, so everything runs in the "C" locale, whatever the program around has set. */
struct locale {
    locale_t plain, before;
};

static fab_status enter_locale(fab_context *context, struct locale *locale)
{
    locale->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!locale->plain)
        return fab_fail_memory(context);
    locale->before = uselocale(locale->plain);
    return FAB_OK;
}

static void leave_locale(struct locale *locale)
{
    uselocale(locale->before);
    freelocale(locale->plain);
}

static fab_status compare_streams(fab_context *context, FILE *file, FILE *other)
{
    enum { PIECE = 1 << 14 };
    char bytes[PIECE], other_bytes[PIECE];
    bool same = true;
    for (size_t size = PIECE; same && size == PIECE;) {
        size = fread(bytes, 1, PIECE, file);
        same = fread(other_bytes, 1, PIECE, other) == size && memcmp(bytes, other_bytes, size) == 0;
        if (ferror(file) || ferror(other))
            return fab_fail_errno(context, FAB_OUTPUT, "the workbook cannot be read back");
    }
    return same ? FAB_OK
                : fab_fail(context, FAB_OUTPUT, "the workbook came out differently when it was written twice: memory or disk space is short");
}

static fab_status compare_files(fab_context *context, const char *path, const char *other_path)
{
    FILE *file = fopen(path, "rbe"), *other = file ? fopen(other_path, "rbe") : NULL;
    fab_status status =
        other ? compare_streams(context, file, other) : fab_fail_errno(context, FAB_OUTPUT, "the workbook cannot be read back");
    if (file)
        fclose(file);
    if (other)
        fclose(other);
    return status;
}

/* Writes the workbook a second time. libxlsxwriter leaves out what does not fit into memory and says nothing: formats, charts and names
 * that the read-back does not know. Two files that lack the same do not come about by chance. */
static fab_status write_again(const struct fab_book *book, const struct fab_output *first)
{
    struct fab_output second = {0};
    fab_status status = fab_output_begin(book->context, first->path, &second);
    if (!status)
        status = fab_workbook_write(book, second.temporary, second.folder);
    if (!status)
        status = compare_files(book->context, first->temporary, second.temporary);
    fab_output_end(&second);
    return status;
}

/* The workbook under its temporary name, written twice and read back. */
static fab_status write_verified(const struct fab_book *book, const struct fab_output *output)
{
    fab_status status = fab_workbook_write(book, output->temporary, output->folder);
    if (!status)
        status = write_again(book, output);
    if (!status)
        status = fab_verify_workbook(book, output->temporary);
    return status == FAB_OUTPUT ? fab_fail_in(book->context, status, "%s", output->path) : status;
}

static fab_status write_book(fab_context *context, const struct fab_report_options *options)
{
    struct fab_book *book = NULL;
    struct fab_output output = {0};
    fab_status status = fab_book_open(context, options, NULL, &book);
    if (!status)
        status = fab_book_check(book);
    if (!status)
        status = fab_output_begin(context, options->path, &output);
    if (!status)
        status = write_verified(book, &output);
    if (!status && fab_context_interrupted(context))
        status = fab_fail(context, FAB_INTERRUPTED, "interrupted");
    if (!status)
        status = fab_output_commit(context, &output);
    if (!status && book->master && !fab_book_is_proved(book))
        fab_say(context, FAB_LEVEL_WARNING, "%s: a check of sheet `%s` failed", options->path, book->master->report->name.text);
    fab_output_end(&output);
    fab_book_close(book);
    return status;
}

fab_status fab_report_write_book(fab_context *context, const struct fab_report_options *options)
{
    struct locale locale = {0};
    fab_status status = enter_locale(context, &locale);
    if (status)
        return status;
    status = write_book(context, options);
    leave_locale(&locale);
    return status;
}

fab_status fab_report_print_csv(fab_context *context, const struct fab_report_options *options, const char *report, char **text,
                                size_t *size)
{
    struct locale locale = {0};
    struct fab_book *book = NULL;
    struct fab_buffer csv = {0};
    *text = NULL;
    fab_status status = enter_locale(context, &locale);
    if (status)
        return status;
    status = fab_book_open(context, options, report, &book);
    if (!status)
        status = fab_book_check(book);
    if (!status)
        status = fab_csv_print(book, &book->sheets[0], &csv);
    leave_locale(&locale);
    fab_book_close(book);
    if (status) {
        fab_buffer_fini(&csv);
        return status;
    }
    *text = csv.text;
    *size = csv.length;
    return FAB_OK;
}

fab_status fab_report_write_csv(fab_context *context, const struct fab_report_options *options, const char *report)
{
    char *text = NULL;
    size_t size = 0;
    struct fab_output output = {0};
    fab_status status = fab_report_print_csv(context, options, report, &text, &size);
    if (!status)
        status = fab_output_begin(context, options->path, &output);
    if (!status)
        status = fab_output_write(context, &output, text, size);
    if (!status)
        status = fab_output_commit(context, &output);
    fab_output_end(&output);
    free(text);
    return status;
}

static fab_status add_listed(fab_table *table, const struct fab_report *report, const char *book, int order)
{
    fab_value *row = fab_table_add_row(table);
    const char *texts[] = {fab_table_keep(table, book), fab_table_keep(table, report->stem), fab_table_keep(table, report->name.text),
                           fab_table_keep(table, report->title.text)};
    if (!row || !texts[0] || !texts[1] || (report->name.text && !texts[2]) || (report->title.text && !texts[3]))
        return FAB_NO_MEMORY;
    row[0] = fab_text(texts[0]);
    row[1] = fab_integer(order);
    row[2] = fab_text(texts[1]);
    row[3] = fab_text(texts[2]);
    row[4] = fab_text(texts[3]);
    return FAB_OK;
}

fab_status fab_report_list(fab_context *context, const char *reports_folder, fab_table **list)
{
    static const char *const columns[] = {"book", "sheet_order", "report", "sheet", "title"};
    struct fab_report *reports = NULL;
    int count = 0;
    fab_arena *arena = fab_arena_new();
    fab_table *table = fab_table_new("reports", columns, (int)(sizeof columns / sizeof *columns));
    fab_status status = arena && table ? fab_report_load(context, arena, reports_folder, &reports, &count) : fab_fail_memory(context);
    struct fab_report_place *places = status ? NULL : fab_report_places(arena, reports, count);
    if (!status && !places)
        status = fab_fail_memory(context);
    for (struct fab_report_place *place = places; !status && place->report; place++)
        if (add_listed(table, place->report, place->book, place->order) != FAB_OK)
            status = fab_fail_memory(context);
    fab_arena_free(arena);
    if (status)
        fab_table_free(table);
    *list = status ? NULL : table;
    return status;
}
