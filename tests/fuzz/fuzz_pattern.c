/* A formula pattern (src/sheet/pattern.h). The first three bytes choose sheet, row and column of the cell, the rest is the pattern. What
 * is expanded is a formula by the grammar of spreadsheets, of numbers, texts, operators, allowed functions and addresses in the book's
 * sheets. SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "book.h"
#include "calc.h"
#include "pattern.h"
#include "reports.h"

#include <stdlib.h>
#include <string.h>

enum { PLACE_SIZE = 3 };

static struct fab_book *get_book(void)
{
    static struct fab_book *book;
    if (book)
        return book;
    fab_context *context = fuzz_context();
    const struct fab_book_source source = fuzz_reports_source(context);
    fab_status status = fab_book_open(context, &source, "fuzz", &book);
    FUZZ_CHECK(status == FAB_OK, "%s", fab_context_message(context));
    return book;
}

/* ---- pieces of a formula; each gives the length of such a piece, 0 for none ---- */

static size_t text_length(const char *text)
{
    size_t length = 0;
    if (text[0] != '"')
        return 0;
    do {
        length += 1 + strcspn(text + length + 1, "\"") + 1;
        if (text[length - 1] == '\0')
            return 0;
    } while (text[length] == '"');
    return length;
}

/* 'It''s'!: a sheet of the book. */
static size_t sheet_length(const struct fab_book *book, const char *text)
{
    for (int s = 0; s < book->sheet_count; s++) {
        const char *name = book->sheets[s].report->name.text, *at = text;
        if (*at++ != '\'')
            return 0;
        for (; *name && *at == *name; name++, at++)
            if (*name == '\'' && *++at != '\'')
                break;
        if (!*name && at[0] == '\'' && at[1] == '!')
            return (size_t)(at - text) + 2;
    }
    return 0;
}

/* $A$1 within the limits of a sheet. */
static size_t address_length(const char *text)
{
    enum { LETTERS_MAX = 3, DIGITS_MAX = 7 };
    size_t start = *text == '$', letters = strspn(text + start, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *row = text + start + letters;
    row += *row == '$';
    size_t digits = strspn(row, "0123456789");
    bool good = letters >= 1 && letters <= LETTERS_MAX && digits >= 1 && digits <= DIGITS_MAX && *row != '0';
    return good ? (size_t)(row - text) + digits : 0;
}

static size_t reference_length(const struct fab_book *book, const char *text)
{
    size_t sheet = sheet_length(book, text), first = address_length(text + sheet), last = 0;
    if (first && text[sheet + first] == ':')
        last = address_length(text + sheet + first + 1) + 1;
    return !first || last == 1 ? 0 : sheet + first + last;
}

static size_t function_length(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *word = NULL;
    for (int f = 0; text[length] == '(' && (word = fab_calc_function_name(f)) != NULL; f++)
        if (strlen(word) == length && memcmp(word, text, length) == 0)
            return length;
    return 0;
}

static size_t number_length(const char *text)
{
    char *end;
    if (!strchr("0123456789.", *text))
        return 0;
    strtod(text, &end);
    return (size_t)(end - text);
}

/* ---- the grammar; each gives what stands behind the part, NULL when there is no such part ---- */

static const char *skip_expression(const struct fab_book *book, const char *text);

static const char *skip_blanks(const char *text)
{
    return text ? text + strspn(text, " ") : NULL;
}

/* ( expression ), for a function ( expression , expression ... ). */
static const char *skip_list(const struct fab_book *book, const char *text, bool commas)
{
    do
        text = skip_expression(book, text + 1);
    while (text && *text == ',' && commas);
    return text && *text == ')' ? text + 1 : NULL;
}

static const char *skip_operand(const struct fab_book *book, const char *text)
{
    text = skip_blanks(text);
    while (*text == '+' || *text == '-')
        text = skip_blanks(text + 1);
    size_t length = text_length(text);
    if (!length)
        length = number_length(text);
    if (!length)
        length = reference_length(book, text);
    if (length)
        text += length;
    else if (function_length(text))
        text = skip_list(book, text + function_length(text), true);
    else
        text = *text == '(' ? skip_list(book, text, false) : NULL;
    while (text && *(text = skip_blanks(text)) == '%')
        text++;
    return text;
}

static size_t operator_length(const char *text)
{
    if (strncmp(text, "<=", 2) == 0 || strncmp(text, ">=", 2) == 0 || strncmp(text, "<>", 2) == 0)
        return 2;
    return *text && strchr("+-*/^&=<>", *text) ? 1 : 0;
}

static const char *skip_expression(const struct fab_book *book, const char *text)
{
    text = skip_operand(book, text);
    while (text && operator_length(text))
        text = skip_operand(book, text + operator_length(text));
    return text;
}

static void check_formula(const struct fab_book *book, const char *pattern, const char *formula)
{
    const char *end = *formula == '=' ? skip_expression(book, formula + 1) : NULL;
    FUZZ_CHECK(end && !*end, "'%s' becomes '%s', which is no formula", pattern, formula);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fab_book *book = get_book();
    struct fab_buffer formula = {0};
    if (size < PLACE_SIZE)
        return 0;
    const struct fab_sheet *sheet = &book->sheets[bytes[0] % book->sheet_count];
    /* a list has totals above its rows, a series has a column for them */
    int above = sheet->axis || sheet->total_row < 0 ? 0 : 1;
    struct fab_place place = {sheet, bytes[1] % (fab_sheet_rows(sheet) + above) - above, bytes[2] % fab_sheet_columns(sheet)};
    if (sheet->axis && place.column < FAB_SERIES_TOTAL)
        place.column = FAB_SERIES_TOTAL;
    char *pattern = malloc(size - PLACE_SIZE + 1);
    FUZZ_CHECK(pattern, "out of memory");
    memcpy(pattern, bytes + PLACE_SIZE, size - PLACE_SIZE);
    pattern[size - PLACE_SIZE] = '\0';
    fab_status status = fab_pattern_expand(book, place, pattern, 1, &formula);
    if (status == FAB_OK)
        check_formula(book, pattern, formula.text);
    else
        FUZZ_CHECK(status == FAB_INPUT && *fab_context_message(book->context), "'%s': %s", pattern, fab_status_name(status));
    fab_buffer_fini(&formula);
    free(pattern);
    return 0;
}
