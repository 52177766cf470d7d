/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meant.h"

#include "number.h"
#include "utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- numbers ---- */

enum { DIGITS_SIZE = 64 };

/* A number as somebody wrote it, and what was taken off it. */
struct written {
    char digits[DIGITS_SIZE]; /* signs, digits, commas, points, exponent */
    size_t length;
    bool currency, percent, blanks, thousands, comma;
};

static bool is_word(const char *text, const char *const words[])
{
    if (*text == '-' || *text == '+')
        text++;
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

static bool is_blank(uint32_t character)
{
    return character == ' ' || character == '\t' || character == 0xA0 || character == 0x2007 || character == 0x2009 || character == 0x202F;
}

static bool is_currency(uint32_t character)
{
    return character == '$' || (character >= 0xA2 && character <= 0xA5) || (character >= 0x20A0 && character <= 0x20CF);
}

/* Length of a currency's name at the place, 0 for none. */
static size_t currency_name(const char *text)
{
    return strncasecmp(text, "USD", 3) == 0 || strncasecmp(text, "EUR", 3) == 0 ? 3 : 0;
}

/* Takes one character, `size` bytes of text; false when it belongs to no number. */
static bool take(struct written *written, uint32_t character, int size)
{
    if (is_blank(character))
        written->blanks = true;
    else if (is_currency(character))
        written->currency = true;
    else if (character == '%')
        written->percent = true;
    else if (character == '\'' || character == '_' || character == 0x2019)
        written->thousands = true;
    else if (size == 1 && strchr("0123456789+-.,eE", (int)character) && written->length + 1 < DIGITS_SIZE)
        written->digits[written->length++] = (char)character;
    else
        return false;
    return true;
}

static bool take_apart(const char *text, struct written *written)
{
    *written = (struct written){.length = 0};
    for (int size; *text; text += size) {
        uint32_t character = fab_utf8_decode(text, &size);
        size_t name = currency_name(text);
        written->currency |= name > 0;
        if (name > 0)
            size = (int)name;
        else if (!take(written, character, size))
            return false;
    }
    written->digits[written->length] = '\0';
    return true;
}

/* True when the mark stands between groups of three digits, and no more than three before the first one: 1,234,567. Up to `end`. */
static bool is_grouped(const char *digits, const char *end, char mark)
{
    int count = 0;
    bool first = true;
    digits += *digits == '-' || *digits == '+';
    if (*digits == '0') /* 0,125 */
        return false;
    for (; digits < end; digits++) {
        if (*digits != mark) {
            count++;
        } else if (first ? count < 1 || count > 3 : count != 3) {
            return false;
        } else {
            count = 0;
            first = false;
        }
    }
    return !first && count == 3;
}

static void drop(char *digits, char mark)
{
    char *out = digits;
    for (; *digits; digits++)
        if (*digits != mark)
            *out++ = *digits;
    *out = '\0';
}

/* Commas and points: the last of both kinds is the decimal one; one kind alone separates thousands where the groups are of three digits. */
static void place_point(struct written *written, bool fraction)
{
    char *digits = written->digits, *comma = strrchr(digits, ','), *point = strrchr(digits, '.');
    char *end = digits + strcspn(digits, "eE");
    char *last = comma && (!point || comma > point) ? comma : point;
    if (comma && point) {
        char other = last == comma ? '.' : ',';
        if (strchr(digits, *last) != last || !is_grouped(digits, last, other))
            return;
        written->thousands = true;
        drop(digits, other);
    } else if (last && !fraction && (comma || strchr(digits, '.') != point) && is_grouped(digits, end, *last)) {
        written->thousands = true;
        drop(digits, *last);
    }
    comma = strchr(digits, ',');
    if (comma && !strchr(comma + 1, ',')) {
        written->comma = true;
        *comma = '.';
    }
}

static bool is_fraction(const struct fab_column *column)
{
    return column->maximum == 1 || (column->unit && strncmp(column->unit, "fraction", strlen("fraction")) == 0);
}

bool fab_meant_number(const struct fab_column *column, const char *text, char meant[FAB_MEANT_SIZE])
{
    static const char *const nothing[] = {"nan", "inf", "infinity", "n/a", "na", "null", "none", "-", "--", "#n/a", "", NULL};
    char number_text[FAB_NUMBER_TEXT_SIZE];
    const char *why;
    double number;
    struct written written;
    if (is_word(text, nothing)) {
        snprintf(meant, FAB_MEANT_SIZE, column->flags & FAB_OPTIONAL ? "leave the cell empty where there is none" : "give a number");
        return true;
    }
    if (strncasecmp(text, "0x", 2) == 0) {
        snprintf(meant, FAB_MEANT_SIZE, "hexadecimal? write it in decimal");
        return true;
    }
    if (!take_apart(text, &written))
        return false;
    place_point(&written, is_fraction(column));
    if (!fab_number_parse(written.digits, &number, &why))
        return false;
    const char *habit = written.percent     ? "percent"
                        : written.currency  ? "currency sign"
                        : written.thousands ? "thousands separators"
                        : written.comma     ? "decimal comma"
                                            : "blanks";
    snprintf(meant, FAB_MEANT_SIZE, "%s? write %s", habit,
             written.percent && is_fraction(column) ? fab_number_print(number / 100, number_text) : written.digits);
    return true;
}

/* ---- dates ---- */

/* Lengths of the numbers of a text of digits with / . - or a blank between; their count, 0 for another text. Behind the third, a time may follow. */
static int number_lengths(const char *text, int lengths[3])
{
    int count = 0;
    while (count < 3 && isdigit((unsigned char)*text)) {
        for (lengths[count] = 0; isdigit((unsigned char)*text); text++)
            lengths[count]++;
        count++;
        if (*text == '\0' || (count == 3 && strchr("T ", *text)))
            return count;
        if (!strchr("/.-", *text++))
            return 0;
    }
    return 0;
}

static bool has_month_name(const char *text)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    for (; *text; text++)
        for (size_t m = 0; m < sizeof months / sizeof *months; m++)
            if (strncasecmp(text, months[m], 3) == 0)
                return true;
    return false;
}

const char *fab_meant_date(const char *text)
{
    enum { SERIAL_DIGITS = 5, COMPACT_DIGITS = 8, YEAR_DIGITS = 4 };
    int lengths[3] = {0};
    int count = number_lengths(text, lengths);
    if (count == 1 && lengths[0] == SERIAL_DIGITS)
        return "a spreadsheet's day number? format the cells as YYYY-MM-DD";
    if (count == 1 && lengths[0] == COMPACT_DIGITS)
        return "without hyphens? write YYYY-MM-DD";
    if (count == 2 && lengths[0] == SERIAL_DIGITS)
        return "a spreadsheet's day number with a time? format the cells as YYYY-MM-DD";
    if (count == 3 && lengths[0] == YEAR_DIGITS && lengths[1] == 2 && lengths[2] == 2 && text[4] == '-' && text[7] == '-' && text[10] == '\0')
        return NULL;
    if (count == 3 && lengths[0] == YEAR_DIGITS)
        return strchr(text, ':') ? "a date has no time: write YYYY-MM-DD" : "write YYYY-MM-DD, two digits for month and day";
    if (count == 3 && lengths[0] <= 2)
        return "day and month in local order? format the cells as YYYY-MM-DD";
    return has_month_name(text) ? "month by its name? write YYYY-MM-DD" : NULL;
}
