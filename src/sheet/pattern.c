/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include <stdint.h>
#include <string.h>

#include "calc.h"
#include "reference.h"
#include "try.h"
#include "xml_text.h"

/* Longest formula that Excel takes. */
enum { FORMULA_MAX = 8192, NAME_MAX_SIZE = 256 };

static bool is_function(const char *name, size_t length)
{
    const char *word;
    for (int f = 0; (word = fab_calc_function_name(f)) != NULL; f++)
        if (strlen(word) == length && memcmp(word, name, length) == 0)
            return true;
    return false;
}

/* Length of a number such as 7, 0.5, .5, 1E-9 at the text; 0: none. */
static size_t number_length(const char *text)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits), fraction = text[whole] == '.' ? strspn(text + whole + 1, digits) : 0;
    size_t length = whole + fraction + (text[whole] == '.');
    if (whole + fraction == 0)
        return 0;
    if (text[length] == 'E' || text[length] == 'e') {
        size_t sign = length + 1 + (text[length + 1] == '-' || text[length + 1] == '+');
        size_t exponent = strspn(text + sign, digits);
        if (exponent)
            return sign + exponent;
    }
    return length;
}

/* Length of "a text", in which "" is a quote; 0 without an end. */
static size_t text_length(const char *text)
{
    const char *end = strchr(text + 1, '"');
    while (end && end[1] == '"')
        end = strchr(end + 2, '"');
    return end ? (size_t)(end - text) + 1 : 0;
}

/* Length of what is copied as it is at this place: a number, a text, an operator, a function that is allowed; 0: nothing of the kind. */
static size_t plain_length(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (*text == '"')
        return text_length(text);
    size_t length = number_length(text);
    if (length)
        return length;
    length = strspn(text, letters);
    if (length)
        return text[length] == '(' && is_function(text, length) ? length : 0;
    if (strncmp(text, "<=", 2) == 0 || strncmp(text, ">=", 2) == 0 || strncmp(text, "<>", 2) == 0)
        return 2;
    return strchr("+-*/^&=<>(), %", *text) ? 1 : 0;
}

/* Where in a formula the next piece stands. */
struct syntax {
    bool after_value; /* an operator may follow; else a value must */
    bool after_function;
    int open;        /* parentheses */
    uint64_t callee; /* bit 0 of the innermost one: a function's, so that commas separate its arguments */
};

/* Takes a piece by its first character: a value, a function or a sign. False where it cannot stand: Excel would not open the workbook. */
static bool take_piece(struct syntax *syntax, char c)
{
    enum { OPEN_MAX = 64 /* of Excel */ };
    bool after_value = syntax->after_value, after_function = syntax->after_function;
    syntax->after_function = c >= 'A' && c <= 'Z';
    switch (c) {
    case ' ': return true;
    case '%': return after_value;
    case '(': syntax->callee = syntax->callee << 1 | after_function; return !after_value && syntax->open++ < OPEN_MAX;
    case ')': syntax->callee >>= 1; return after_value && syntax->open-- > 0;
    case ',': syntax->after_value = false; return after_value && (syntax->callee & 1);
    case '+':
    case '-': syntax->after_value = false; return true;
    default: break;
    }
    bool operation = strchr("*/^&=<>", c) != NULL;
    syntax->after_value = !operation && !syntax->after_function;
    return after_value == operation;
}

/* Adds the reference in braces at the text; *length is that of all of it. */
static fab_status add_reference(struct fab_expansion *expansion, const char *text, size_t *length)
{
    char inner[NAME_MAX_SIZE];
    const char *end = strchr(text, '}');
    size_t inside = end ? (size_t)(end - text) - 1 : 0;
    if (!inside || inside >= sizeof inner)
        return fab_expansion_fail(expansion, "a reference without end or name:", text);
    memcpy(inner, text + 1, inside);
    inner[inside] = '\0';
    *length = inside + 2;
    return fab_expansion_add_reference(expansion, inner);
}

/* Adds the piece at the text; *length is that of the piece. */
static fab_status add_piece(struct fab_expansion *expansion, const char *text, size_t *length)
{
    if (*text == '{')
        return add_reference(expansion, text, length);
    *length = plain_length(text);
    if (!*length)
        return fab_expansion_fail(expansion, "not allowed in a formula:", text);
    fab_buffer_add(expansion->out, text, *length);
    return FAB_OK;
}

static fab_status expand(struct fab_expansion *expansion, const char *pattern)
{
    fab_status status = FAB_OK;
    struct syntax syntax = {0};
    size_t length = 1;
    if (*pattern != '=')
        return fab_expansion_fail(expansion, "a formula starts with =, not", pattern);
    if (fab_xml_characters(pattern) < 0)
        return fab_expansion_fail(expansion, "not UTF-8, or a control character:", pattern);
    fab_buffer_add(expansion->out, pattern, length);
    for (const char *text = pattern + length; *text; text += length) {
        TRY(add_piece(expansion, text, &length));
        if (!take_piece(&syntax, *text))
            return fab_expansion_fail(expansion, "cannot stand here in a formula:", text);
    }
    if (!syntax.after_value || syntax.open)
        return fab_expansion_fail(expansion, "the formula is not complete:", pattern);
out:
    return status;
}

fab_status fab_pattern_expand(const struct fab_book *book, struct fab_place place, const char *pattern, int line,
                              struct fab_buffer *formula)
{
    fab_status status = FAB_OK;
    struct fab_expansion expansion = {.book = book, .place = place, .line = line, .out = formula};
    fab_buffer_clear(formula);
    TRY(expand(&expansion, pattern));
    TRY_MEMORY(book->context, !formula->failed);
    if (formula->length > FORMULA_MAX)
        TRY(fab_expansion_fail(&expansion, "longer than a formula may be:", pattern));
out:
    return status;
}
