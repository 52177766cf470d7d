/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include <string.h>

#include "reference.h"

/* Longest formula that Excel takes. */
enum { FORMULA_MAX = 8192, NAME_MAX_SIZE = 128 };

const char fab_pattern_functions[] = "SUM SUMIFS SUMPRODUCT COUNTIFS INDEX MATCH IF IFERROR ABS MAX MIN ROUND SUBTOTAL REPT TEXT BETADIST";

static bool is_function(const char *name, size_t length)
{
    for (const char *word = fab_pattern_functions; *word;) {
        size_t end = strcspn(word, " ");
        if (end == length && memcmp(word, name, length) == 0)
            return true;
        word += end + (word[end] == ' ');
    }
    return false;
}

/* Length of a number such as 7, 0.5, 1E-9 at the text; 0: none. */
static size_t number_length(const char *text)
{
    static const char digits[] = "0123456789.";
    size_t length = strspn(text, digits);
    if (length && (text[length] == 'E' || text[length] == 'e')) {
        size_t sign = length + 1 + (text[length + 1] == '-' || text[length + 1] == '+');
        size_t exponent = strspn(text + sign, digits);
        if (exponent)
            return sign + exponent;
    }
    return length;
}

/* Length of what is copied as it is at this place: a number, a text, an operator, a function that is allowed; 0: nothing of the kind. */
static size_t plain_length(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (*text == '"') {
        const char *end = strchr(text + 1, '"');
        return end ? (size_t)(end - text) + 1 : 0;
    }
    size_t length = number_length(text);
    if (length)
        return length;
    length = strspn(text, letters);
    if (length)
        return text[length] == '(' && is_function(text, length) ? length : 0;
    return strchr("+-*/^&=<>(), %", *text) ? 1 : 0;
}

static fab_status expand(struct fab_expansion *expansion, const char *pattern)
{
    if (*pattern != '=')
        return fab_expansion_fail(expansion, "a formula starts with =, not", pattern);
    for (const char *text = pattern; *text;) {
        if (*text != '{') {
            size_t length = plain_length(text);
            if (!length)
                return fab_expansion_fail(expansion, "not allowed in a formula:", text);
            fab_buffer_add(expansion->out, text, length);
            text += length;
            continue;
        }
        char inner[NAME_MAX_SIZE];
        const char *end = strchr(text, '}');
        size_t length = end ? (size_t)(end - text) - 1 : 0;
        if (!length || length >= sizeof inner)
            return fab_expansion_fail(expansion, "a reference without end or name:", text);
        memcpy(inner, text + 1, length);
        inner[length] = '\0';
        fab_status status = fab_expansion_add_reference(expansion, inner);
        if (status)
            return status;
        text = end + 1;
    }
    return FAB_OK;
}

fab_status fab_pattern_expand(const struct fab_book *book, struct fab_place place, const char *pattern, int line,
                              struct fab_buffer *formula)
{
    struct fab_expansion expansion = {.book = book, .place = place, .line = line, .out = formula};
    fab_buffer_clear(formula);
    fab_status status = expand(&expansion, pattern);
    if (status)
        return status;
    if (formula->failed)
        return fab_fail_memory(book->context);
    return formula->length > FORMULA_MAX ? fab_expansion_fail(&expansion, "longer than a formula may be:", pattern) : FAB_OK;
}
