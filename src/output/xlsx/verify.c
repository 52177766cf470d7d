/* The read-back: what the workbook on disk holds is what the tables hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify.h"

#include <errno.h>
#include <expat.h>
#include <math.h>
#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "part_text.h"

/* Numbers are written with 16 digits: half a unit of the last one. */
#define NUMBER_TOLERANCE 6e-16

enum { PART_NAME_MAX = 256, CHUNK = 65536, DATA_MAX = 1 << 18 };

/* What is read at the moment. */
enum part { PART_OTHER, PART_STRINGS, PART_WORKBOOK, PART_SHEET };

struct verification {
    const struct fab_book *book;
    const char *path;
    unzFile zip;
    XML_Parser parser;
    enum part part;
    char problem[512]; /* "": none so far */

    char **strings; /* shared strings, in order */
    int string_count, string_capacity;
    int sheet_names; /* seen in the workbook part */
    int sheet_parts;

    const struct fab_sheet *sheet;
    int row, column; /* of the cell at hand, from 0 */
    char type[16];
    bool in_value, in_string, has_formula, has_value;
    struct fab_buffer text;
    bool memory_short;
    long cells; /* with a value, inside the grid */
};

static void set_problem(struct verification *verification, const char *what)
{
    if (*verification->problem)
        return;
    if (verification->part == PART_SHEET)
        snprintf(verification->problem, sizeof verification->problem, "sheet `%s`, row %d, column %d: %s",
                 verification->sheet->report->name.text, verification->row + 1, verification->column + 1, what);
    else
        snprintf(verification->problem, sizeof verification->problem, "%s", what);
    if (verification->parser)
        XML_StopParser(verification->parser, XML_FALSE);
}

/* A problem that says nothing about the workbook. */
static void set_memory_short(struct verification *verification)
{
    verification->memory_short = true;
    set_problem(verification, "out of memory");
}

static void keep_string(struct verification *verification)
{
    bool room = FAB_ARRAY_ROOM(&verification->strings, verification->string_count, &verification->string_capacity);
    char *copy = room ? strdup(verification->text.text ? verification->text.text : "") : NULL;
    if (!copy) {
        set_memory_short(verification);
        return;
    }
    fab_part_decode(copy);
    verification->strings[verification->string_count++] = copy;
}

/* The cell of the book that stands at the place at hand; value FAB_NULL: none. *inside: it is one of the grid. */
static struct fab_grid_cell expected_cell(const struct verification *verification, bool *inside)
{
    const struct fab_sheet *sheet = verification->sheet;
    int row = verification->row - sheet->first_row;
    *inside = row >= 0 && row < fab_sheet_rows(sheet) && verification->column < fab_sheet_columns(sheet);
    if (*inside)
        return fab_sheet_cell(sheet, row, verification->column);
    if (verification->row == sheet->total_row && verification->column < sheet->column_count)
        return fab_sheet_total(sheet, verification->column);
    return (struct fab_grid_cell){.value = {.type = FAB_NULL}};
}

/* An empty text that is no formula is written as an empty cell. */
static bool has_written_value(const struct fab_grid_cell *cell)
{
    return cell->pattern || !(cell->value.type == FAB_NULL || (cell->value.type == FAB_TEXT && !*cell->value.text));
}

static void compare_text(struct verification *verification, const struct fab_value *expected, const char *text)
{
    if (expected->type != FAB_TEXT || strcmp(expected->text, text) != 0)
        set_problem(verification, "another text than in the tables");
}

static void compare_number(struct verification *verification, const struct fab_value *expected, double number)
{
    double value = fab_value_number(expected);
    if (!(fabs(number - value) <= NUMBER_TOLERANCE * fabs(value)))
        set_problem(verification, "another number than in the tables");
}

/* The value of the cell at hand as text, NULL when it is a number. */
static const char *cell_text(struct verification *verification)
{
    const char *text = verification->text.text;
    if (strcmp(verification->type, "str") == 0)
        return text ? text : "";
    if (strcmp(verification->type, "s") != 0)
        return NULL;
    char *end;
    long index = strtol(text, &end, 10);
    if (*end || index < 0 || index >= verification->string_count) {
        set_problem(verification, "a text that is not in the list of texts");
        return "";
    }
    return verification->strings[index];
}

static void finish_cell(struct verification *verification)
{
    bool inside;
    struct fab_grid_cell expected = expected_cell(verification, &inside);
    if (verification->has_formula && !verification->has_value)
        set_problem(verification, "a formula without a value");
    if (inside && verification->has_formula != (expected.pattern != NULL))
        set_problem(verification, expected.pattern ? "a formula is missing" : "a formula that should not be there");
    if (!verification->has_value)
        return;
    const char *text = cell_text(verification);
    double number = 0;
    if (!text) {
        char *end;
        number = verification->text.length ? strtod(verification->text.text, &end) : (double)NAN;
        if (*verification->type || !isfinite(number) || *end)
            set_problem(verification, "not a finite number");
    }
    if (inside && !has_written_value(&expected))
        set_problem(verification, "a value that is not in the tables");
    else if (expected.value.type != FAB_NULL && text)
        compare_text(verification, &expected.value, text);
    else if (expected.value.type != FAB_NULL)
        compare_number(verification, &expected.value, number);
    verification->cells += inside;
}

static void check_sheet_name(struct verification *verification, const char *name)
{
    int place = verification->sheet_names++;
    if (!name || place >= verification->book->sheet_count || strcmp(verification->book->sheets[place].report->name.text, name) != 0)
        set_problem(verification, "the sheets are not those of the book");
}

static void XMLCALL start_element(void *user, const char *name, const char **attributes)
{
    struct verification *verification = user;
    const char *address, *type;
    if (verification->part == PART_WORKBOOK && strcmp(name, "sheet") == 0)
        check_sheet_name(verification, fab_part_attribute(attributes, "name"));
    if (verification->part == PART_STRINGS && strcmp(name, "si") == 0)
        fab_buffer_clear(&verification->text);
    if (verification->part == PART_STRINGS)
        verification->in_string = strcmp(name, "t") == 0;
    if (verification->part != PART_SHEET)
        return;
    if (strcmp(name, "c") == 0) {
        address = fab_part_attribute(attributes, "r");
        type = fab_part_attribute(attributes, "t");
        snprintf(verification->type, sizeof verification->type, "%s", type ? type : "");
        verification->has_formula = verification->has_value = false;
        fab_buffer_clear(&verification->text);
        if (!address || !fab_part_read_address(address, &verification->row, &verification->column))
            set_problem(verification, "a cell without an address");
    }
    verification->in_value = strcmp(name, "v") == 0;
    verification->has_value |= verification->in_value;
    verification->has_formula |= strcmp(name, "f") == 0;
}

static void XMLCALL end_element(void *user, const char *name)
{
    struct verification *verification = user;
    if (verification->part == PART_STRINGS && strcmp(name, "si") == 0)
        keep_string(verification);
    if (verification->part == PART_SHEET && strcmp(name, "c") == 0)
        finish_cell(verification);
    verification->in_value = verification->in_string = false;
}

static void XMLCALL add_text(void *user, const char *text, int length)
{
    struct verification *verification = user;
    if (verification->in_value || verification->in_string)
        fab_buffer_add(&verification->text, text, (size_t)length);
    if (verification->text.failed)
        set_memory_short(verification);
}

/* Parses the part that is open in the zip. */
static void parse_part(struct verification *verification, const char *name)
{
    char chunk[CHUNK];
    int size = 0;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    if (!parser) {
        set_memory_short(verification);
        return;
    }
    verification->parser = parser;
    XML_SetUserData(parser, verification);
    XML_SetElementHandler(parser, start_element, end_element);
    XML_SetCharacterDataHandler(parser, add_text);
    while (!*verification->problem && (size = unzReadCurrentFile(verification->zip, chunk, sizeof chunk)) > 0)
        if (XML_Parse(parser, chunk, size, 0) == XML_STATUS_ERROR && !*verification->problem)
            snprintf(verification->problem, sizeof verification->problem, "part %s: %s", name, XML_ErrorString(XML_GetErrorCode(parser)));
    if (!*verification->problem && (size < 0 || XML_Parse(parser, chunk, 0, 1) == XML_STATUS_ERROR))
        snprintf(verification->problem, sizeof verification->problem, "part %s is not complete", name);
    verification->parser = NULL;
    XML_ParserFree(parser);
}

static void read_part(struct verification *verification, const char *name)
{
    if (unzOpenCurrentFile(verification->zip) != UNZ_OK) {
        snprintf(verification->problem, sizeof verification->problem, "part %s cannot be opened", name);
        return;
    }
    parse_part(verification, name);
    /* the checksum of the part is compared here */
    if (unzCloseCurrentFile(verification->zip) != UNZ_OK && !*verification->problem)
        snprintf(verification->problem, sizeof verification->problem, "part %s is damaged", name);
}

/* As many cells with a value as the grid has. */
static void check_count(struct verification *verification)
{
    const struct fab_sheet *sheet = verification->sheet;
    long expected = 0;
    for (int row = 0; row < fab_sheet_rows(sheet); row++)
        for (int column = 0; column < fab_sheet_columns(sheet); column++) {
            struct fab_grid_cell cell = fab_sheet_cell(sheet, row, column);
            expected += has_written_value(&cell);
        }
    if (expected != verification->cells && !*verification->problem)
        snprintf(verification->problem, sizeof verification->problem, "sheet `%s`: %ld cells, not %ld", sheet->report->name.text,
                 verification->cells, expected);
}

static void read_any_part(struct verification *verification, const char *name)
{
    int number = 0, end = 0;
    verification->part = strcmp(name, "xl/workbook.xml") == 0 ? PART_WORKBOOK : PART_OTHER;
    if (sscanf(name, "xl/worksheets/sheet%d.xml%n", &number, &end) == 1 && end && !name[end]) {
        if (number < 1 || number > verification->book->sheet_count) {
            set_problem(verification, "a sheet that the book does not have");
            return;
        }
        verification->part = PART_SHEET;
        verification->sheet = &verification->book->sheets[number - 1];
        verification->cells = 0;
        verification->sheet_parts++;
    }
    read_part(verification, name);
    if (verification->part == PART_SHEET)
        check_count(verification);
}

static void read_strings(struct verification *verification)
{
    static const char name[] = "xl/sharedStrings.xml";
    verification->part = PART_STRINGS;
    if (unzLocateFile(verification->zip, name, 1) == UNZ_OK)
        read_part(verification, name);
}

static void read_parts(struct verification *verification)
{
    char name[PART_NAME_MAX];
    unz_file_info info;
    read_strings(verification);
    int result = unzGoToFirstFile(verification->zip);
    for (; !*verification->problem && result == UNZ_OK; result = unzGoToNextFile(verification->zip)) {
        if (fab_context_interrupted(verification->book->context))
            return;
        if (unzGetCurrentFileInfo(verification->zip, &info, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK)
            set_problem(verification, "the list of parts is damaged");
        else
            read_any_part(verification, name);
    }
    verification->part = PART_OTHER;
    if (result != UNZ_END_OF_LIST_OF_FILE)
        set_problem(verification, "the list of parts is damaged");
    if (verification->sheet_names != verification->book->sheet_count || verification->sheet_parts != verification->book->sheet_count)
        set_problem(verification, "a sheet is missing");
}

fab_status fab_xlsx_verify(const struct fab_book *book, const char *path)
{
    struct verification verification = {.book = book, .path = path};
    errno = 0; /* minizip and zlib tell failed allocations in no other way */
    verification.zip = unzOpen(path);
    if (!verification.zip)
        return errno == ENOMEM ? fab_fail_memory(book->context)
                               : fab_fail(book->context, FAB_OUTPUT, "the workbook was not written completely (disk full?)");
    read_parts(&verification);
    if (*verification.problem && errno == ENOMEM)
        verification.memory_short = true;
    unzClose(verification.zip);
    for (int s = 0; s < verification.string_count; s++)
        free(verification.strings[s]);
    free(verification.strings);
    fab_buffer_fini(&verification.text);
    if (fab_context_interrupted(book->context))
        return fab_fail(book->context, FAB_INTERRUPTED, "interrupted");
    if (verification.memory_short)
        return fab_fail_memory(book->context);
    if (*verification.problem)
        return fab_fail(book->context, FAB_OUTPUT, "the workbook reads back differently: %s", verification.problem);
    return FAB_OK;
}
