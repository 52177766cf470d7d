/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xlsx_rewrite.h"

#include "try.h"
#include "xlsx_part.h"
#include "xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- where the remarks go ---- */

/* Takes a row into account: the names are in the first one that has a name. */
static void look_at(struct fab_xlsx_rewriting *rewriting, const struct fab_xlsx_row *row)
{
    for (int c = 0; c < row->count; c++)
        if (strncmp(fab_xlsx_row_text(row, c), FAB_XLSX_REMARKS, strlen(FAB_XLSX_REMARKS)) == 0)
            rewriting->old_column = row->cells[c].column;
    for (int c = 0; c < row->count && rewriting->header_row == 0; c++)
        if (fab_xlsx_row_text(row, c)[0] != '#')
            rewriting->header_row = row->number;
}

fab_status fab_xlsx_rewrite_prepare(fab_context *context, unzFile zip, struct fab_xlsx_rewriting *rewriting)
{
    fab_status status = FAB_OK;
    struct fab_xlsx_sheet_part sheet = {.workbook = rewriting->workbook};
    bool found = true;
    rewriting->header_row = rewriting->old_column = 0;
    TRY(fab_xlsx_sheet_open(context, &sheet, zip, rewriting->sheet->part));
    while (found) {
        TRY(fab_xlsx_sheet_next(&sheet, &found));
        if (found && rewriting->header_row == 0)
            look_at(rewriting, &sheet.row);
    }
    if (rewriting->header_row == 0)
        rewriting->header_row = 1;
    rewriting->column = sheet.last_column + (rewriting->old_column != sheet.last_column || sheet.last_column == 0);
    if (rewriting->column > FAB_XLSX_COLUMNS_MAX)
        TRY(fab_fail(context, FAB_INPUT, "sheet %s has a cell in its last column: there is no room for remarks", rewriting->sheet->name));
out:
    fab_xlsx_sheet_close(&sheet);
    return status;
}

/* ---- writing ---- */

struct copy {
    const struct fab_xlsx_rewriting *rewriting;
    int row, column; /* at hand */
    int next;        /* remark */
    bool header_written;
    int skipped;      /* depth of the element that is left out; 0: none */
    char prefix[32]; /* of names, with its colon */
    bool failed;
};

static void put(struct copy *copy, const char *bytes, size_t length)
{
    copy->failed = copy->failed || !copy->rewriting->sink(copy->rewriting->user, bytes, length);
}

static void put_text(struct copy *copy, const char *text)
{
    put(copy, text, strlen(text));
}

/* What XML does not hold is left out. */
static void put_escaped(struct copy *copy, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            put_text(copy, "&amp;");
        else if (c == '<')
            put_text(copy, "&lt;");
        else if (c == '>')
            put_text(copy, "&gt;");
        else if (c == '"')
            put_text(copy, "&quot;");
        else if (c >= ' ')
            put(copy, text, 1);
        else if (c == '\t' || c == '\n' || c == '\r')
            put_text(copy, c == '\t' ? "&#9;" : c == '\n' ? "&#10;" : "&#13;");
    }
}

/* The text of a cell: "_x" would be read as the escape of a character. */
static void put_value(struct copy *copy, const char *text)
{
    char piece[] = {'\0', '\0'};
    for (; *text; text++) {
        piece[0] = *text;
        if (text[0] == '_' && text[1] == 'x')
            put_text(copy, "_x005F_");
        else if ((unsigned char)*text >= 0x80)
            put(copy, text, 1);
        else
            put_escaped(copy, piece);
    }
}

static void put_name(struct copy *copy, const char *before, const char *name)
{
    put_text(copy, before);
    put_text(copy, copy->prefix);
    put_text(copy, name);
}

/* The remarks of a row as one cell. */
static void put_cell(struct copy *copy, int row)
{
    const struct fab_xlsx_rewriting *rewriting = copy->rewriting;
    const char *between = "";
    char letters[8], address[32];
    char *letter = letters + sizeof letters - 1;
    *letter = '\0';
    for (int column = rewriting->column; column > 0; column = (column - 1) / 26)
        *--letter = (char)('A' + (column - 1) % 26);
    snprintf(address, sizeof address, " r=\"%s%d\"", letter, row);
    put_name(copy, "<", "c");
    put_text(copy, address);
    put_name(copy, " t=\"inlineStr\"><", "is");
    put_name(copy, "><", "t");
    put_text(copy, " xml:space=\"preserve\">");
    if (row == rewriting->header_row) {
        put_text(copy, FAB_XLSX_REMARKS);
        between = " | ";
    }
    for (; copy->next < rewriting->count && rewriting->remarks[copy->next].row <= row; copy->next++) {
        put_text(copy, between);
        put_value(copy, rewriting->remarks[copy->next].text);
        between = " | ";
    }
    put_name(copy, "</", "t");
    put_name(copy, "></", "is");
    put_name(copy, "></", "c");
    put_text(copy, ">");
    copy->header_written |= row == rewriting->header_row;
}

/* The next row that needs a cell; 0: none. */
static int next_row(const struct copy *copy)
{
    const struct fab_xlsx_rewriting *rewriting = copy->rewriting;
    if (rewriting->count == 0)
        return 0;
    int header = copy->header_written ? 0 : rewriting->header_row;
    int remark = copy->next < rewriting->count ? rewriting->remarks[copy->next].row : 0;
    return header ? header : remark; /* a remark above the names goes with them */
}

/* Rows that the sheet does not have, before the one at hand. */
static void put_rows_before(struct copy *copy, int row)
{
    char number[32];
    for (int next = next_row(copy); next > 0 && next < row; next = next_row(copy)) {
        snprintf(number, sizeof number, " r=\"%d\">", next);
        put_name(copy, "<", "row");
        put_text(copy, number);
        put_cell(copy, next);
        put_name(copy, "</", "row");
        put_text(copy, ">");
    }
}

static void put_start(struct copy *copy, const char *element, const char **attributes, const char *left_out)
{
    put_text(copy, "<");
    put_text(copy, element);
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], left_out) == 0)
            continue;
        put_text(copy, " ");
        put_text(copy, attributes[0]);
        put_text(copy, "=\"");
        put_escaped(copy, attributes[1]);
        put_text(copy, "\"");
    }
    put_text(copy, ">");
}

/* ---- elements ---- */

static void set_prefix(struct copy *copy, const char *element)
{
    const char *colon = strrchr(element, ':');
    snprintf(copy->prefix, sizeof copy->prefix, "%.*s", colon ? (int)(colon + 1 - element) : 0, element);
}

static bool is_old_cell(struct copy *copy, const char *name, const char **attributes)
{
    const char *address = fab_xlsx_attribute(attributes, "r");
    int row;
    if (strcmp(name, "c") != 0)
        return false;
    if (!address || !fab_xlsx_address_read(address, &row, &copy->column))
        copy->column++;
    return copy->column == copy->rewriting->old_column;
}

static void begin_row(struct copy *copy, const char *element, const char **attributes)
{
    const char *number = fab_xlsx_attribute(attributes, "r");
    copy->row = number ? (int)strtol(number, NULL, 10) : copy->row + 1;
    copy->column = 0;
    put_rows_before(copy, copy->row);
    put_start(copy, element, attributes, "spans");
}

static void start_element(struct fab_xlsx_part *part, const char *name, const char **attributes)
{
    struct copy *copy = part->user;
    if (copy->skipped)
        return;
    if (strcmp(name, "sheetData") == 0) {
        set_prefix(copy, part->element);
        put_start(copy, part->element, attributes, "");
    } else if (strcmp(name, "row") == 0) {
        begin_row(copy, part->element, attributes);
    } else if (strcmp(name, "dimension") == 0 || is_old_cell(copy, name, attributes)) {
        copy->skipped = part->depth;
    } else {
        XML_DefaultCurrent(part->parser);
    }
}

static void end_element(struct fab_xlsx_part *part, const char *name)
{
    struct copy *copy = part->user;
    bool is_row = strcmp(name, "row") == 0, is_data = strcmp(name, "sheetData") == 0;
    if (copy->skipped) {
        copy->skipped = part->depth + 1 == copy->skipped ? 0 : copy->skipped;
        return;
    }
    if (is_row && next_row(copy) == copy->row)
        put_cell(copy, copy->row);
    if (is_data)
        put_rows_before(copy, FAB_XLSX_ROWS_MAX + 1);
    if (is_row || is_data) {
        put_text(copy, "</");
        put_text(copy, part->element);
        put_text(copy, ">");
    } else {
        XML_DefaultCurrent(part->parser);
    }
    if (copy->failed)
        fab_xlsx_part_fail(part, "cannot be written");
}

static void keep_text(struct fab_xlsx_part *part, const char *text, int length)
{
    (void)text;
    (void)length;
    XML_DefaultCurrent(part->parser);
}

/* As it stands in the part. */
static void XMLCALL keep(void *user, const char *bytes, int length)
{
    const struct fab_xlsx_part *part = user;
    struct copy *copy = part->user;
    if (!copy->skipped)
        put(copy, bytes, (size_t)length);
}

fab_status fab_xlsx_rewrite(fab_context *context, unzFile zip, const struct fab_xlsx_rewriting *rewriting)
{
    static const struct fab_xlsx_handlers handlers = {.start = start_element, .end = end_element, .text = keep_text};
    struct copy copy = {.rewriting = rewriting};
    struct fab_xlsx_part part = {.handlers = &handlers, .user = &copy};
    fab_status status = FAB_OK;
    TRY(fab_xlsx_part_open(&part, context, zip, rewriting->sheet->part));
    XML_SetDefaultHandler(part.parser, keep);
    TRY(fab_xlsx_part_run(&part));
out:
    fab_xlsx_part_close(&part);
    return copy.failed ? fab_fail(context, FAB_OUTPUT, "the workbook could not be written") : status;
}
