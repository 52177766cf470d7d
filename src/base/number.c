/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Within these a decimal is one exact integer times or over one exact power of ten, so that one rounding gives the nearest double
 * (W. D. Clinger, "How to read floating point numbers accurately", 1990). */
enum { EXACT_DIGITS = 15, EXACT_POWER = 22, EXPONENT_LIMIT = 100000 };

static const double powers_of_ten[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

struct decimal {
    uint64_t digits; /* the first EXACT_DIGITS significant ones */
    int count;       /* of significant digits */
    int exponent;    /* value = digits x 10^exponent while count <= EXACT_DIGITS and !far */
    bool negative;
    bool far; /* the exponent is beyond EXPONENT_LIMIT somewhere: it is not counted on */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads a run of digits, those of the fraction with the exponent going down; 1 when there was any. */
static int scan_digits(const char **text, struct decimal *decimal, bool fraction)
{
    const char *start = *text;
    for (; is_digit(**text); (*text)++) {
        int digit = **text - '0';
        if (fraction && decimal->exponent > -EXPONENT_LIMIT)
            decimal->exponent--;
        else
            decimal->far |= fraction;
        if (digit == 0 && decimal->count == 0)
            continue;
        if (decimal->count < EXACT_DIGITS)
            decimal->digits = decimal->digits * 10 + (uint64_t)digit;
        if (decimal->count <= EXACT_DIGITS)
            decimal->count++;
    }
    return *text > start;
}

static bool scan_exponent(const char **text, struct decimal *decimal)
{
    int exponent = 0;
    bool negative = **text == '-';
    if (**text == '+' || **text == '-')
        (*text)++;
    if (!is_digit(**text))
        return false;
    for (; is_digit(**text); (*text)++)
        if (exponent < EXPONENT_LIMIT)
            exponent = exponent * 10 + (**text - '0');
        else
            decimal->far = true;
    decimal->exponent += negative ? -exponent : exponent;
    return true;
}

static bool scan_decimal(const char *text, struct decimal *decimal)
{
    memset(decimal, 0, sizeof *decimal);
    decimal->negative = *text == '-';
    if (*text == '+' || *text == '-')
        text++;
    int digits = scan_digits(&text, decimal, false);
    if (*text == '.') {
        text++;
        digits += scan_digits(&text, decimal, true);
    }
    if (!digits)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        if (!scan_exponent(&text, decimal))
            return false;
    }
    return *text == '\0';
}

/* strtod and snprintf follow the locale of the thread; these do not. */
static double read_slowly(const char *text)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c)
        return (double)NAN;
    locale_t before = uselocale(c);
    double value = strtod(text, NULL);
    uselocale(before);
    freelocale(c);
    return value;
}

bool fab_number_parse(const char *text, double *number, const char **why)
{
    struct decimal decimal;
    double value;
    *why = "a plain decimal number";
    if (!scan_decimal(text, &decimal))
        return false;
    int exponent = decimal.exponent;
    if (decimal.count == 0) {
        value = 0;
    } else if (decimal.count <= EXACT_DIGITS && !decimal.far && exponent >= -EXACT_POWER && exponent <= EXACT_POWER) {
        value = exponent < 0 ? (double)decimal.digits / powers_of_ten[-exponent] : (double)decimal.digits * powers_of_ten[exponent];
        if (decimal.negative)
            value = -value;
    } else {
        value = read_slowly(text);
        if (!isfinite(value)) {
            *why = "smaller than 1.8e308";
            return false;
        }
        if (value == 0) {
            *why = "0 or larger than 4.9e-324";
            return false;
        }
    }
    *number = value;
    return true;
}

const char *fab_number_print(double number, char text[FAB_NUMBER_TEXT_SIZE])
{
    if (number == floor(number) && fabs(number) < powers_of_ten[EXACT_DIGITS]) {
        snprintf(text, FAB_NUMBER_TEXT_SIZE, "%lld", (long long)number);
        return text;
    }
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = c ? uselocale(c) : (locale_t)0;
    for (int digits = EXACT_DIGITS; digits <= EXACT_DIGITS + 2; digits++) {
        snprintf(text, FAB_NUMBER_TEXT_SIZE, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    if (c) {
        uselocale(before);
        freelocale(c);
    }
    return text;
}

const char *fab_number_say(double number, char text[FAB_NUMBER_TEXT_SIZE])
{
    enum { SIGNIFICANT = 6, LARGEST = 15, SMALLEST = -6 };
    int exponent = number == 0 || !isfinite(number) ? 0 : (int)floor(log10(fabs(number)));
    if (exponent < SMALLEST || exponent >= LARGEST || !isfinite(number)) {
        snprintf(text, FAB_NUMBER_TEXT_SIZE, "%.*g", SIGNIFICANT, number);
        return text;
    }
    char rounded[FAB_NUMBER_TEXT_SIZE];
    snprintf(rounded, sizeof rounded, "%.*e", SIGNIFICANT - 1, number);
    int decimals = SIGNIFICANT - 1 - exponent > 0 ? SIGNIFICANT - 1 - exponent : 0;
    snprintf(text, FAB_NUMBER_TEXT_SIZE, "%.*f", decimals, strtod(rounded, NULL));
    if (decimals > 0) {
        char *end = text + strlen(text);
        while (end[-1] == '0')
            *--end = '\0';
        if (!(end[-1] >= '0' && end[-1] <= '9'))
            end[-1] = '\0'; /* the point */
    }
    return text;
}
