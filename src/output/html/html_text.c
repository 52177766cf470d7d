/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_text.h"

#include "date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 512 };

void fab_html_add(struct fab_buffer *page, const char *markup)
{
    fab_buffer_add(page, markup, strlen(markup));
}

void fab_html_add_text(struct fab_buffer *page, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&': fab_html_add(page, "&amp;"); break;
        case '<': fab_html_add(page, "&lt;"); break;
        case '>': fab_html_add(page, "&gt;"); break;
        case '"': fab_html_add(page, "&quot;"); break;
        default: fab_buffer_add(page, text, 1); break;
        }
}

/* Digits with a comma between thousands. */
static void add_grouped(struct fab_buffer *page, double value, int decimals)
{
    char digits[DIGITS];
    int length = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    int whole = (int)strcspn(digits, ".");
    if (length >= DIGITS) {
        fab_buffer_print(page, "%g", value);
        return;
    }
    for (int k = 0; k < length; k++) {
        if (k > 0 && k < whole && (whole - k) % 3 == 0)
            fab_html_add(page, ",");
        fab_buffer_add(page, digits + k, 1);
    }
}

static bool is_money(enum fab_number format)
{
    return format == FAB_NUMBER_USD || format == FAB_NUMBER_USD_CENTS || format == FAB_NUMBER_USD_MILLIONS;
}

/* What cannot be told from nothing at so many digits is shown without a sign. */
static bool shows_sign(double value, int decimals)
{
    return value < 0 && fabs(value) * pow(10, decimals) >= 0.5;
}

static void add_plain(struct fab_buffer *page, double value, const struct fab_number_format *format, bool money)
{
    bool negative = shows_sign(value, format->decimals);
    fab_html_add(page, negative ? money ? "(" : "-" : "");
    add_grouped(page, value, format->decimals);
    fab_html_add(page, negative && money ? ")" : "");
}

void fab_html_add_number(struct fab_buffer *page, double value, enum fab_number number)
{
    const struct fab_number_format *format = &fab_number_formats[number];
    char date[FAB_DATE_TEXT_SIZE];
    switch (number) {
    case FAB_NUMBER_GENERAL:
    case FAB_NUMBER_TEXT: fab_buffer_print(page, "%.10g", value); break;
    case FAB_NUMBER_DATE: fab_html_add(page, fab_date_print(fab_date_of_serial((int64_t)value), date)); break;
    case FAB_NUMBER_FLAG: fab_html_add(page, value > 0 ? "yes" : ""); break;
    case FAB_NUMBER_YEAR: fab_buffer_print(page, "%.0f", value); break;
    case FAB_NUMBER_FACTOR: fab_buffer_print(page, "%.4f", value); break;
    case FAB_NUMBER_PERCENT: fab_buffer_print(page, "%.*f%%", format->decimals, value * format->scale); break;
    case FAB_NUMBER_SMALL:
        if (value == 0)
            fab_html_add(page, "–");
        else
            fab_buffer_print(page, "%.1E", value);
        break;
    default:
        if (value == 0)
            fab_html_add(page, "–");
        else
            add_plain(page, value * format->scale, format, is_money(number));
        break;
    }
}

void fab_html_add_value(struct fab_buffer *page, const struct fab_grid_cell *cell)
{
    switch (cell->value.type) {
    case FAB_NULL: break;
    case FAB_TEXT: fab_html_add_text(page, cell->value.text); break;
    case FAB_INTEGER:
    case FAB_REAL: fab_html_add_number(page, fab_value_number(&cell->value), cell->number); break;
    }
}
