/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "template.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mark.h"
#include "number.h"
#include "plain_locale.h"
#include "styles.h"
#include "template_rules.h"
#include "try.h"

enum { DARK = 0x1F3864, PALE = 0xD9E1F2, WIDTH_MIN = 10, WIDTH_MAX = 48, EPOCH = 25569, FIRST_DAY = 61, SECONDS_PER_DAY = 86400, DOCUMENT_DAY = 10957, RULE_WIDTH = 44, LINE_HEIGHT = 14 };
enum style { STYLE_REQUIRED, STYLE_OPTIONAL, STYLE_TEXT, STYLE_NUMBER, STYLE_DATE, STYLE_TIME, STYLE_TITLE, STYLE_WRAP, STYLE_LINK, STYLES };

struct writer {
    fab_context *context;
    const struct fab_template_sheet *sheets;
    int sheet_count;
    lxw_workbook *workbook;
    lxw_format *styles[STYLES];
    fab_arena *arena;
    lxw_error error; /* the first one */
};

/* libxlsxwriter tells failed allocations in no other way than errno. */
static void note(struct writer *writer, lxw_error error)
{
    if (errno == ENOMEM)
        error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (error && !writer->error)
        writer->error = error;
}

static fab_status status_of(const struct writer *writer)
{
    if (writer->error == LXW_NO_ERROR)
        return FAB_OK;
    if (writer->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return fab_fail_memory(writer->context);
    return fab_fail(writer->context, FAB_OUTPUT, "the workbook could not be written: %s", lxw_strerror(writer->error));
}

/* ---- styles ---- */

static bool make_styles(struct writer *writer)
{
    static const char *const formats[STYLES] = {[STYLE_TEXT] = "@", [STYLE_DATE] = "yyyy\\-mm\\-dd", [STYLE_TIME] = "yyyy\\-mm\\-dd\\ hh:mm:ss"};
    for (int s = 0; s < STYLES; s++) {
        lxw_format *style = writer->styles[s] = workbook_add_format(writer->workbook);
        if (!style)
            return false;
        format_set_font_name(style, FAB_FONT);
        format_set_font_size(style, 10);
        if (formats[s])
            format_set_num_format(style, formats[s]);
    }
    format_set_bold(writer->styles[STYLE_REQUIRED]);
    format_set_font_color(writer->styles[STYLE_REQUIRED], LXW_COLOR_WHITE);
    format_set_bg_color(writer->styles[STYLE_REQUIRED], DARK);
    format_set_font_color(writer->styles[STYLE_OPTIONAL], DARK);
    format_set_bg_color(writer->styles[STYLE_OPTIONAL], PALE);
    format_set_bold(writer->styles[STYLE_TITLE]);
    format_set_font_size(writer->styles[STYLE_TITLE], 15);
    format_set_text_wrap(writer->styles[STYLE_WRAP]);
    format_set_align(writer->styles[STYLE_WRAP], LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(writer->styles[STYLE_LINK], 0x0563C1);
    format_set_underline(writer->styles[STYLE_LINK], LXW_UNDERLINE_SINGLE);
    return true;
}

static lxw_format *style_of(const struct writer *writer, const struct fab_template_column *column)
{
    switch (column->kind) {
    case FAB_TEMPLATE_NUMBER:
    case FAB_TEMPLATE_INTEGER: return writer->styles[STYLE_NUMBER];
    case FAB_TEMPLATE_DATE: return writer->styles[STYLE_DATE];
    case FAB_TEMPLATE_TIME: return writer->styles[STYLE_TIME];
    default: return writer->styles[STYLE_TEXT];
    }
}

/* ---- cells ---- */

/* The day that a spreadsheet counts for a date or time; false when it has none, as before 1900-03-01. */
static bool count_day(const char *text, double *serial)
{
    enum { DATE_LENGTH = 10 };
    char day[DATE_LENGTH + 1];
    const char *why;
    int32_t date;
    int hours = 0, minutes = 0, seconds = 0;
    snprintf(day, sizeof day, "%s", text);
    if (!fab_date_parse(day, &date, &why) || date + EPOCH < FIRST_DAY)
        return false;
    if (strlen(text) > DATE_LENGTH && sscanf(text + DATE_LENGTH, "T%2d:%2d:%2d", &hours, &minutes, &seconds) != 3)
        return false;
    *serial = date + EPOCH + (double)(hours * 3600 + minutes * 60 + seconds) / SECONDS_PER_DAY;
    return true;
}

/* Sixteen digits are what the library writes. */
static bool survives(double number)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    snprintf(text, sizeof text, "%.16G", number);
    return strtod(text, NULL) == number;
}

/* A text that looks like the escape of a character is written with its first character escaped: the library does not. NULL when memory is short. */
static const char *escape(fab_arena *arena, const char *text)
{
    static const char escaped[] = "_x005F";
    size_t used = 0, length = strlen(text);
    char *out = strstr(text, "_x") ? fab_arena_take(arena, length * sizeof escaped + 1, 1) : NULL;
    if (!strstr(text, "_x"))
        return text;
    for (const char *in = text; out && *in; in++) {
        if (in[0] == '_' && in[1] == 'x' && strspn(in + 2, "0123456789ABCDEFabcdef") >= 4 && in[6] == '_') {
            memcpy(out + used, escaped, sizeof escaped - 1);
            used += sizeof escaped - 1;
        }
        out[used++] = *in;
    }
    return out;
}

static lxw_error write_text(struct writer *writer, lxw_worksheet *worksheet, int row, int column, const char *raw, lxw_format *style)
{
    const char *text = escape(writer->arena, raw);
    if (!text)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    return worksheet_write_string(worksheet, (lxw_row_t)row, (lxw_col_t)column, text, style);
}

static lxw_error write_value(struct writer *writer, lxw_worksheet *worksheet, const struct fab_template_column *columns, int row, int column, const fab_value *value)
{
    const struct fab_template_column *rule = &columns[column];
    lxw_format *style = style_of(writer, rule);
    char printed[FAB_NUMBER_TEXT_SIZE];
    double serial;
    bool dated = rule->kind == FAB_TEMPLATE_DATE || rule->kind == FAB_TEMPLATE_TIME;
    switch (value->type) {
    case FAB_NULL: return LXW_NO_ERROR;
    case FAB_TEXT:
        if (dated && count_day(value->text, &serial))
            return worksheet_write_number(worksheet, (lxw_row_t)row, (lxw_col_t)column, serial, style);
        return write_text(writer, worksheet, row, column, value->text, style);
    case FAB_INTEGER:
    case FAB_REAL: break;
    }
    double number = fab_value_number(value);
    if (!survives(number))
        return write_text(writer, worksheet, row, column, fab_number_print(number, printed), style);
    return worksheet_write_number(worksheet, (lxw_row_t)row, (lxw_col_t)column, number, style);
}

static int width_of(const struct fab_template_sheet *sheet, int column)
{
    enum { LOOKED_AT = 1000, ROOM = 3 };
    int width = (int)strlen(sheet->columns[column].name) + ROOM;
    for (int r = 0; r < fab_table_rows(sheet->rows) && r < LOOKED_AT; r++) {
        const fab_value *value = fab_table_get(sheet->rows, r, column);
        int length = value->type == FAB_TEXT ? (int)strlen(value->text) + 1 : 0;
        width = length > width ? length : width;
    }
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* ---- sheets ---- */

static fab_status write_column(struct writer *writer, lxw_worksheet *worksheet, const struct fab_template_sheet *sheet, int c)
{
    fab_status status = FAB_OK;
    const struct fab_template_column *column = &sheet->columns[c];
    char rule[FAB_TEMPLATE_RULE_SIZE];
    const char *comment;
    fab_template_print_rule(writer->sheets, column, rule, sizeof rule);
    comment = fab_arena_printf(writer->arena, "%s%s\n%s%s%s\n%s%s%s", column->required ? "Required" : "Optional", column->key ? ", part of the key" : "", column->meaning,
                               column->unit ? ", in " : "", column->unit ? column->unit : "", rule, column->preset ? "\nempty: " : "", column->preset ? column->preset : "");
    TRY_MEMORY(writer->context, comment);
    note(writer, write_text(writer, worksheet, 0, c, column->name, writer->styles[column->required ? STYLE_REQUIRED : STYLE_OPTIONAL]));
    note(writer, worksheet_write_comment(worksheet, 0, (lxw_col_t)c, comment));
    note(writer, worksheet_set_column(worksheet, (lxw_col_t)c, (lxw_col_t)c, width_of(sheet, c), style_of(writer, column)));
    note(writer, fab_template_add_rule(worksheet, writer->sheets, sheet, c, writer->arena));
out:
    return status;
}

static fab_status write_sheet(struct writer *writer, const struct fab_template_sheet *sheet)
{
    fab_status status = FAB_OK;
    lxw_worksheet *worksheet = workbook_get_worksheet_by_name(writer->workbook, sheet->name);
    int rows = fab_table_rows(sheet->rows);
    TRY_MEMORY(writer->context, worksheet);
    if (rows > FAB_TEMPLATE_ROWS_MAX)
        TRY(fab_fail(writer->context, FAB_OUTPUT, "table %s has %d rows, a sheet holds %d", sheet->name, rows, FAB_TEMPLATE_ROWS_MAX));
    for (int c = 0; c < sheet->column_count; c++)
        TRY(write_column(writer, worksheet, sheet, c));
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < sheet->column_count; c++)
            note(writer, write_value(writer, worksheet, sheet->columns, r + 1, c, fab_table_get(sheet->rows, r, c)));
    worksheet_freeze_panes(worksheet, 1, 0);
    worksheet_set_landscape(worksheet);
    worksheet_repeat_rows(worksheet, 0, 0);
    worksheet_fit_to_pages(worksheet, 1, 0);
    if (fab_context_interrupted(writer->context))
        TRY(fab_fail(writer->context, FAB_INTERRUPTED, "interrupted"));
    TRY(status_of(writer));
out:
    return status;
}

static int write_guide_columns(struct writer *writer, lxw_worksheet *worksheet, const struct fab_template_sheet *sheet, int row)
{
    char rule[FAB_TEMPLATE_RULE_SIZE];
    lxw_format *style = writer->styles[STYLE_WRAP];
    for (int c = 0; c < sheet->column_count; c++, row++) {
        const struct fab_template_column *column = &sheet->columns[c];
        fab_template_print_rule(writer->sheets, column, rule, sizeof rule);
        int lines = 1 + ((int)strlen(rule) - 1) / RULE_WIDTH;
        if (lines > 1)
            note(writer, worksheet_set_row(worksheet, (lxw_row_t)row, lines * LINE_HEIGHT, NULL));
        const char *const texts[] = {column->name, column->required ? "required" : "", column->unit ? column->unit : "", rule, column->preset ? column->preset : "", column->meaning};
        for (int t = 0; t < (int)(sizeof texts / sizeof *texts); t++)
            note(writer, *texts[t] ? write_text(writer, worksheet, row, t + 1, texts[t], style) : LXW_NO_ERROR);
    }
    return row;
}

/* What each sheet and column is. */
static fab_status write_guide(struct writer *writer)
{
    static const char *const heads[] = {"sheet", "column", "required", "unit", "what it may hold", "empty means", "meaning"};
    static const int widths[] = {22, 26, 10, 20, RULE_WIDTH, 16, 60};
    fab_status status = FAB_OK;
    lxw_worksheet *worksheet = workbook_get_worksheet_by_name(writer->workbook, "Guide");
    int row = 4;
    TRY_MEMORY(writer->context, worksheet);
    note(writer, write_text(writer, worksheet, 0, 0, "Inputs", writer->styles[STYLE_TITLE]));
    note(writer, write_text(writer, worksheet, 1, 0, "A sheet for each table; columns in dark blue must be filled, pale ones may be left empty. Point at a column's name to see what it is.", NULL));
    note(writer, write_text(writer, worksheet, 2, 0, "Columns may stand in any order; one whose name begins with # is a remark. Units and rules are below.", NULL));
    for (int h = 0; h < (int)(sizeof heads / sizeof *heads); h++) {
        note(writer, write_text(writer, worksheet, row, h, heads[h], writer->styles[STYLE_REQUIRED]));
        note(writer, worksheet_set_column(worksheet, (lxw_col_t)h, (lxw_col_t)h, widths[h], NULL));
    }
    worksheet_freeze_panes(worksheet, (lxw_row_t)++row, 0);
    for (int s = 0; s < writer->sheet_count; s++) {
        const struct fab_template_sheet *sheet = &writer->sheets[s];
        const char *link = fab_arena_printf(writer->arena, "internal:'%s'!A1", sheet->name);
        TRY_MEMORY(writer->context, link);
        note(writer, worksheet_write_url(worksheet, (lxw_row_t)row, 0, link, writer->styles[STYLE_LINK]));
        note(writer, write_text(writer, worksheet, row, 0, sheet->name, writer->styles[STYLE_LINK]));
        note(writer, write_text(writer, worksheet, row++, 6, sheet->meaning, writer->styles[STYLE_WRAP]));
        row = write_guide_columns(writer, worksheet, sheet, row);
    }
    worksheet_set_landscape(worksheet);
    worksheet_fit_to_pages(worksheet, 1, 0);
out:
    return status;
}

static fab_status write_sheets(struct writer *writer)
{
    lxw_doc_properties properties = {.title = "Inputs", .author = FAB_MARK_AUTHOR, .comments = "Made by fabplan.", .created = (time_t)DOCUMENT_DAY * SECONDS_PER_DAY};
    fab_status status = FAB_OK;
    TRY_MEMORY(writer->context, make_styles(writer));
    TRY_MEMORY(writer->context, workbook_add_worksheet(writer->workbook, "Guide"));
    for (int s = 0; s < writer->sheet_count; s++)
        TRY_MEMORY(writer->context, workbook_add_worksheet(writer->workbook, writer->sheets[s].name));
    TRY(write_guide(writer));
    for (int s = 0; s < writer->sheet_count; s++)
        TRY(write_sheet(writer, &writer->sheets[s]));
    note(writer, workbook_set_properties(writer->workbook, &properties));
    TRY(status_of(writer));
out:
    return status;
}

/* libxlsxwriter crashes where memory is short: it is asked for before, in one piece, and given back. */
static bool has_memory(const struct fab_template_sheet sheets[], int sheet_count)
{
    enum { OF_BOOK = 1 << 20, OF_COLUMN = 1 << 13, OF_CELL = 320 };
    size_t bytes = OF_BOOK;
    for (int s = 0; s < sheet_count; s++)
        bytes += (size_t)sheets[s].column_count * (OF_COLUMN + OF_CELL * (size_t)fab_table_rows(sheets[s].rows));
    void *volatile piece = malloc(bytes); /* volatile: a compiler may leave out both calls */
    bool enough = piece != NULL;
    free(piece);
    return enough;
}

static fab_status write_workbook(struct writer *writer, const char *path, const char *folder)
{
    fab_status status = FAB_OK;
    lxw_workbook_options options = {.tmpdir = (char *)folder};
    errno = 0;
    TRY_MEMORY(writer->context, writer->workbook = workbook_new_opt(path, &options));
    status = write_sheets(writer);
    if (status != FAB_OK)
        lxw_workbook_free(writer->workbook);
    else
        note(writer, workbook_close(writer->workbook));
    TRY(status);
    TRY(status_of(writer));
out:
    return status;
}

fab_status fab_template_write(fab_context *context, const struct fab_template_sheet sheets[], int sheet_count, const char *path, const char *folder)
{
    struct writer writer = {.context = context, .sheets = sheets, .sheet_count = sheet_count};
    struct fab_plain_locale locale = {0};
    fab_status status = FAB_OK;
    TRY_MEMORY(context, has_memory(sheets, sheet_count));
    TRY_MEMORY(context, writer.arena = fab_arena_new());
    TRY(fab_plain_locale_enter(context, &locale));
    TRY(write_workbook(&writer, path, folder));
out:
    fab_plain_locale_leave(&locale);
    fab_arena_free(writer.arena);
    return status;
}
