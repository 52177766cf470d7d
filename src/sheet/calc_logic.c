/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_functions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "date.h"
#include "numbers.h"

static struct fab_calc single(const struct fab_matrix *argument)
{
    return fab_matrix_count(argument) == 1 ? *fab_matrix_get(argument, 0) : fab_calc_error(FAB_CALC_VALUE);
}

struct fab_calc fab_calc_if(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    struct fab_calc holds = fab_calc_argument_number(&arguments[0]);
    if (holds.kind == FAB_CALC_ERROR)
        return holds;
    if (holds.number != 0)
        return single(&arguments[1]);
    return count > 2 ? single(&arguments[2]) : fab_calc_logical(false);
}

struct fab_calc fab_calc_iferror(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    (void)count;
    struct fab_calc value = single(&arguments[0]);
    return value.kind == FAB_CALC_ERROR ? single(&arguments[1]) : value;
}

struct found {
    bool any_false, any_true;
};

static void take_logical(void *user, double number)
{
    struct found *found = user;
    found->any_false |= number == 0;
    found->any_true |= number != 0;
}

/* Whether one of the arguments is as asked for; the logical values of ranges count too. */
static struct fab_calc find_logical(const struct fab_matrix *arguments, int count, bool wanted)
{
    struct found found = {false, false};
    for (int a = 0; a < count; a++) {
        struct fab_matrix argument = arguments[a];
        for (int i = 0; i < fab_matrix_count(&argument); i++) {
            struct fab_calc value = *fab_matrix_get(&argument, i);
            if (argument.reference && (value.kind == FAB_CALC_EMPTY || value.kind == FAB_CALC_TEXT))
                continue;
            value = fab_calc_to_number(value);
            if (value.kind == FAB_CALC_ERROR)
                return value;
            take_logical(&found, value.number);
        }
    }
    if (!found.any_false && !found.any_true)
        return fab_calc_error(FAB_CALC_VALUE);
    return fab_calc_logical(wanted ? found.any_true : found.any_false);
}

struct fab_calc fab_calc_and(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    struct fab_calc some_false = find_logical(arguments, count, false);
    return some_false.kind == FAB_CALC_ERROR ? some_false : fab_calc_logical(some_false.number == 0);
}

struct fab_calc fab_calc_or(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    return find_logical(arguments, count, true);
}

static struct fab_calc keep_text(struct fab_calculation *calculation, struct fab_buffer *buffer)
{
    const char *text = buffer->failed ? NULL : fab_arena_dup(calculation->arena, buffer->text ? buffer->text : "");
    calculation->memory_short |= !text;
    fab_buffer_fini(buffer);
    return text ? fab_calc_text(text) : fab_calc_error(FAB_CALC_VALUE);
}

struct fab_calc fab_calc_rept(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    enum { LONGEST = 32767 };
    struct fab_buffer buffer = {0};
    (void)count;
    struct fab_calc text = fab_calc_to_text(calculation, single(&arguments[0])), times = fab_calc_argument_number(&arguments[1]);
    if (text.kind == FAB_CALC_ERROR || times.kind == FAB_CALC_ERROR)
        return text.kind == FAB_CALC_ERROR ? text : times;
    if (times.number < 0 || times.number * (double)strlen(text.text) > LONGEST)
        return fab_calc_error(FAB_CALC_VALUE);
    for (int i = 0; i < (int)times.number; i++)
        fab_buffer_add(&buffer, text.text, strlen(text.text));
    return keep_text(calculation, &buffer);
}

/* A number format with one section: text, digits such as #,##0.00 and commas that divide by 1000 each, %, text. */
struct text_format {
    const char *before, *after;
    int before_length, decimals, least_digits;
    double scale;
    bool separated;
};

static struct text_format read_format(const char *format)
{
    struct text_format read = {.before = format, .scale = 1};
    read.before_length = (int)strcspn(format, "#0");
    const char *digits = format + read.before_length, *end = digits + strspn(digits, "#0,");
    for (const char *c = digits; c < end; c++)
        read.least_digits += *c == '0';
    for (; end > digits && end[-1] == ','; end--)
        read.scale /= 1000;
    read.separated = memchr(digits, ',', (size_t)(end - digits)) != NULL;
    end = digits + strspn(digits, "#0,");
    if (*end == '.') {
        read.decimals = (int)strspn(end + 1, "0");
        end += 1 + read.decimals;
        for (; *end == ','; end++)
            read.scale /= 1000;
    }
    if (*end == '%')
        read.scale *= 100;
    read.after = end;
    return read;
}

static void add_literal(struct fab_buffer *buffer, const char *text, int length)
{
    for (int i = 0; i < length; i++)
        if (text[i] != '"' && text[i] != '\\')
            fab_buffer_add(buffer, text + i, 1);
}

/* Digits of a number that is not negative, with commas between thousands. */
static void add_digits(struct fab_buffer *buffer, const char *digits, bool separated)
{
    int whole = (int)strcspn(digits, ".");
    for (int i = 0; digits[i]; i++) {
        if (separated && i && i < whole && (whole - i) % 3 == 0)
            fab_buffer_add(buffer, ",", 1);
        fab_buffer_add(buffer, digits + i, 1);
    }
}

/* TEXT(number, format): formats of one section, and yyyy-mm-dd. */
struct fab_calc fab_calc_text_function(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    char digits[400], date[FAB_DATE_TEXT_SIZE];
    struct fab_buffer buffer = {0};
    struct fab_calc value = single(&arguments[0]), format = single(&arguments[1]);
    (void)count;
    if (value.kind == FAB_CALC_TEXT || value.kind == FAB_CALC_ERROR)
        return value;
    if (format.kind != FAB_CALC_TEXT)
        return fab_calc_error(FAB_CALC_VALUE);
    if (strcmp(format.text, "yyyy-mm-dd") == 0) {
        const char *text = fab_date_print(fab_date_of_serial((int64_t)value.number), date);
        fab_buffer_add(&buffer, text, strlen(text));
        return keep_text(calculation, &buffer);
    }
    struct text_format read = read_format(format.text);
    double shown = fabs(value.kind == FAB_CALC_EMPTY ? 0 : value.number) * read.scale;
    const struct fab_matrix rounding[] = {fab_matrix_one(fab_calc_number(shown)), fab_matrix_one(fab_calc_number(read.decimals))};
    struct fab_calc rounded = fab_calc_round(calculation, rounding, 2);
    if (rounded.kind == FAB_CALC_ERROR || rounded.number >= 1e300)
        return fab_calc_error(FAB_CALC_VALUE);
    snprintf(digits, sizeof digits, "%.*f", read.decimals, rounded.number);
    if (value.kind == FAB_CALC_NUMBER && value.number < 0 && rounded.number != 0)
        fab_buffer_add(&buffer, "-", 1);
    add_literal(&buffer, read.before, read.before_length);
    add_digits(&buffer, read.least_digits == 0 && rounded.number < 1 ? digits + strcspn(digits, ".") : digits, read.separated);
    add_literal(&buffer, read.after, (int)strlen(read.after));
    return keep_text(calculation, &buffer);
}

/* DATE(year, month, day): months and days beyond the year and the month count on. */
struct fab_calc fab_calc_date(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    enum { MONTHS = 12, FIRST_YEAR = 1900, LAST_YEAR = 9999 };
    char text[32];
    const char *why;
    int32_t date;
    double numbers[3];
    (void)calculation;
    for (int a = 0; a < count; a++) {
        struct fab_calc value = fab_calc_argument_number(&arguments[a]);
        if (value.kind == FAB_CALC_ERROR)
            return value;
        numbers[a] = floor(value.number);
    }
    double year = numbers[0] + floor((numbers[1] - 1) / MONTHS), month = numbers[1] - MONTHS * floor((numbers[1] - 1) / MONTHS);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return fab_calc_error(FAB_CALC_NUM);
    snprintf(text, sizeof text, "%04d-%02d-01", (int)year, (int)month);
    if (!fab_date_parse(text, &date, &why))
        return fab_calc_error(FAB_CALC_NUM);
    return fab_calc_number((double)fab_serial_of_date(date) + numbers[2] - 1);
}

struct fab_calc fab_calc_year(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    char text[FAB_DATE_TEXT_SIZE];
    int year = 0;
    (void)calculation;
    (void)count;
    struct fab_calc value = fab_calc_argument_number(&arguments[0]);
    if (value.kind == FAB_CALC_ERROR)
        return value;
    if (value.number < 0 || value.number >= 2958466 /* 10000-01-01 */)
        return fab_calc_error(FAB_CALC_NUM);
    fab_date_print(fab_date_of_serial((int64_t)value.number), text);
    return sscanf(text, "%d", &year) == 1 ? fab_calc_number(year) : fab_calc_error(FAB_CALC_NUM);
}
