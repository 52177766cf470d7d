/* A file of a folder of reports. A definition: accepted, it is printed and read again: the same definition; refused, the message names a
 * line that exists. Then the book it belongs to is written: a workbook that its reader takes for the same cells, or a message. A book, a
 * file of constants: read, or refused in the same way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "book_file.h"
#include "buffer.h"
#include "constants.h"
#include "csv_sheet.h"
#include "definition.h"
#include "numbers.h"
#include "reports.h"
#include "xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char definition_origin[] = "fuzz.report";

/* ---- a definition as text ---- */

static void print_word(struct fab_buffer *out, const char *key, const struct fab_word *word)
{
    if (word->text)
        fab_buffer_print(out, "%s %s\n", key, word->text);
}

static void print_texts(struct fab_buffer *out, const char *key, const struct fab_words *texts)
{
    for (int i = 0; i < texts->count; i++)
        fab_buffer_print(out, "%s %s\n", key, texts->items[i].text);
}

static void print_count(struct fab_buffer *out, const char *key, int count)
{
    if (count)
        fab_buffer_print(out, "%s %d\n", key, count);
}

static void print_choice(struct fab_buffer *out, const char *key, int choice, const char *const words[])
{
    if (choice)
        fab_buffer_print(out, "%s %s\n", key, words[choice - 1]);
}

static void print_number(struct fab_buffer *out, int number)
{
    if (number)
        fab_buffer_print(out, "number %s\n", fab_number_formats[number - 1].name);
}

static const char *const roles[] = {"label", "input", "plan", "data"};

static void print_sheet(struct fab_buffer *out, const struct fab_report *report)
{
    static const char *const layouts[] = {"list", "series", "cover", "page", "axis"}, *const tabs[] = {"result", "input", "check", "data"};
    static const char *const prints[] = {"no"};
    static const char *const tables[] = {"input"};
    static const char *const legends[] = {[FAB_ROLE_INPUT] = "legend_input",
                                          [FAB_ROLE_PLAN] = "legend_plan",
                                          [FAB_ROLE_DATA] = "legend_data",
                                          [FAB_ROLE_FORMULA] = "legend_formula"};
    const struct {
        const char *key;
        const struct fab_word *word;
    } words[] = {
        {"title", &report->title}, {"name", &report->name},     {"with", &report->with},     {"axis", &report->axis},
        {"row", &report->row},     {"label", &report->label},   {"key", &report->key},       {"label_header", &report->label_header},
        {"empty", &report->empty}, {"master", &report->master}, {"period", &report->period}, {"columns", &report->columns_all},
        {"detail", &report->detail}, {"row_style", &report->row_style},
    };
    fab_buffer_print(out, "[sheet]\n");
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        print_word(out, words[w].key, words[w].word);
    for (int r = FAB_ROLE_INPUT; r <= FAB_ROLE_FORMULA; r++)
        print_word(out, legends[r], &report->legend[r]);
    print_texts(out, "about", &report->about);
    print_texts(out, "book", &report->books);
    print_choice(out, "layout", report->layout, layouts);
    print_choice(out, "tables", report->tables, tables);
    print_choice(out, "tab", report->tab, tabs);
    print_choice(out, "role", report->role, roles);
    print_choice(out, "print", report->print, prints);
    print_count(out, "freeze", report->freeze);
}

static void print_column(struct fab_buffer *out, const struct fab_report_column *column)
{
    static const char *const totals[] = {"sum", "first", "last", "formula"};
    const struct {
        const char *key;
        const struct fab_word *word;
    } words[] = {
        {"source", &column->source},
        {"header", &column->header},
        {"unit", &column->unit},
        {"unit_from", &column->unit_from},
        {"link", &column->link},
        {"formula", &column->formula},
        {"number_from", &column->number_from},
        {"formula_from", &column->formula_from},
    };
    fab_buffer_print(out, "[column %s]\n", column->name);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        print_word(out, words[w].key, words[w].word);
    print_count(out, "width", column->width);
    print_number(out, column->number);
    print_choice(out, "role", column->role, roles);
    print_choice(out, "total", column->total, totals);
}

static void print_chart(struct fab_buffer *out, const struct fab_report_chart *chart)
{
    static const char *const types[] = {"column_stacked", "column", "bar", "line", "flow"};
    static const char *const sides[] = {"right"};
    fab_buffer_print(out, "[chart]\n");
    print_word(out, "title", &chart->title);
    print_word(out, "title_from", &chart->title_from);
    print_word(out, "alt", &chart->alt);
    print_word(out, "x", &chart->x);
    print_word(out, "y", &chart->y);
    print_word(out, "from", &chart->from);
    print_word(out, "base", &chart->base);
    print_choice(out, "side", chart->side, sides);
    print_texts(out, "category", &chart->categories);
    print_texts(out, "series", &chart->series);
    print_choice(out, "type", chart->type, types);
    print_count(out, "rows", chart->rows);
    print_number(out, chart->number);
}

static void print_report(struct fab_buffer *out, const struct fab_report *report)
{
    static const char *const styles[] = {"good", "quiet", "watch", "alarm"};
    print_sheet(out, report);
    for (int c = 0; c < report->column_count; c++)
        print_column(out, &report->columns[c]);
    for (int r = 0; r < report->rule_count; r++) {
        fab_buffer_print(out, "[format]\n");
        print_word(out, "column", &report->rules[r].column);
        print_word(out, "through", &report->rules[r].through);
        print_word(out, "rows", &report->rules[r].rows);
        print_word(out, "when", &report->rules[r].when);
        print_choice(out, "style", report->rules[r].style, styles);
    }
    for (int c = 0; c < report->chart_count; c++)
        print_chart(out, &report->charts[c]);
    FUZZ_CHECK(!out->failed, "out of memory");
}

/* ---- properties ---- */

/* "fuzz.report:LINE: ..." with a line of the text. */
static void check_refusal(const char *message, const char *origin, const char *text, size_t size)
{
    int line = 0, lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    FUZZ_CHECK(strncmp(message, origin, strlen(origin)) == 0 && sscanf(message + strlen(origin), ":%d: ", &line) == 1, "no place: %s",
               message);
    FUZZ_CHECK(line >= 1 && line <= lines, "a line of %d: %s", lines, message);
}

/* True when the definition is accepted. */
static bool check_definition(fab_context *context, const char *text, size_t size)
{
    struct fab_report first, second;
    struct fab_buffer printed = {0}, again = {0};
    fab_arena *arena = fab_arena_new();
    FUZZ_CHECK(arena, "out of memory");
    fab_status status = fab_report_parse(context, arena, definition_origin, text, size, &first);
    if (status == FAB_OK) {
        print_report(&printed, &first);
        fab_status reread = fab_report_parse(context, arena, definition_origin, printed.text, printed.length, &second);
        FUZZ_CHECK(reread == FAB_OK, "printed, it is refused: %s\n%s", fab_context_message(context), printed.text);
        print_report(&again, &second);
        FUZZ_CHECK(strcmp(printed.text, again.text) == 0, "printed and read, it is another:\n%s\n%s", printed.text, again.text);
    } else {
        FUZZ_CHECK(status == FAB_INPUT, "%s: %s", fab_status_name(status), fab_context_message(context));
        check_refusal(fab_context_message(context), definition_origin, text, size);
    }
    fab_buffer_fini(&printed);
    fab_buffer_fini(&again);
    fab_arena_free(arena);
    return status == FAB_OK;
}

/* The other files of a folder of reports: read, or refused with a line that exists. */
static void check_other_files(fab_context *context, const char *text, size_t size)
{
    struct fab_book_file book;
    struct fab_constants constants = {0};
    struct fab_file file = {"constants", NULL, size}, replaced;
    fab_arena *arena = fab_arena_new();
    file.bytes = arena ? fab_arena_dup_length(arena, text, size) : NULL;
    FUZZ_CHECK(file.bytes, "out of memory");
    if (fab_book_file_parse(context, arena, "fuzz.book", text, size, &book) != FAB_OK)
        check_refusal(fab_context_message(context), "fuzz.book", text, size);
    if (fab_constants_read(context, arena, &file, &constants) != FAB_OK)
        check_refusal(fab_context_message(context), "constants", text, size);
    if (fab_constants_replace(context, arena, &constants, &file, &replaced) != FAB_OK)
        check_refusal(fab_context_message(context), "constants", text, size);
    fab_arena_free(arena);
}

static void write_book(fab_context *context, const char *text, size_t size)
{
    char definition[FUZZ_PATH_SIZE], path[FUZZ_PATH_SIZE];
    const struct fab_book_source source = fuzz_reports_source(context);
    struct fab_csv_sheet csv;
    fuzz_write(fuzz_path(definition, "reports/fuzz.report"), text, size);
    unlink(fuzz_path(path, "fuzz.xlsx"));
    fab_status status = fab_csv_sheet_print(context, &source, "fuzz", &csv);
    /* one for all input tables is no sheet itself */
    FUZZ_CHECK(status == FAB_OK || status == FAB_INPUT || status == FAB_USAGE, "%s: %s", fab_status_name(status),
               fab_context_message(context));
    free(csv.text);
    status = fab_xlsx_write(context, &source, "fuzz", path);
    FUZZ_CHECK(status == FAB_OK || status == FAB_INPUT, "%s: %s", fab_status_name(status), fab_context_message(context));
    FUZZ_CHECK((status == FAB_OK) == (access(path, F_OK) == 0), "a refused book is there, or an accepted one is not");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static fab_context *context;
    if (!context)
        context = fab_context_new();
    FUZZ_CHECK(context, "out of memory");
    check_other_files(context, (const char *)bytes, size);
    if (check_definition(context, (const char *)bytes, size))
        write_book(context, (const char *)bytes, size);
    return 0;
}
