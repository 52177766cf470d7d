/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell.h"

#include "nearest.h"
#include "number.h"
#include "utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { HINT_SIZE = 160 };

/* What is read, and where the message goes. */
struct reading {
    const struct fab_column *column;
    const char *text;
    size_t length;
    struct fab_cell *cell;
    char *problem;
    char hint[HINT_SIZE]; /* "" or " (...)" */
};

static void set_hint(struct reading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void set_hint(struct reading *reading, const char *format, ...)
{
    char text[HINT_SIZE - 4];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(reading->hint, sizeof reading->hint, " (%s)", text);
}

/* "COLUMN is 'VALUE', must RULE (HINT)"; always false. */
static bool refuse(struct reading *reading, const char *rule, ...) __attribute__((format(printf, 2, 3)));
static bool refuse(struct reading *reading, const char *rule, ...)
{
    char shown[FAB_SHOWN_SIZE], must[FAB_PROBLEM_SIZE / 2];
    va_list arguments;
    va_start(arguments, rule);
    vsnprintf(must, sizeof must, rule, arguments);
    va_end(arguments);
    fab_utf8_quote(reading->text, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    snprintf(reading->problem, FAB_PROBLEM_SIZE, "%s is '%s', must %s%s", reading->column->name, shown, must, reading->hint);
    return false;
}

static void take_text(struct fab_cell *cell, const char *text, size_t length)
{
    cell->type = FAB_CELL_TEXT;
    cell->text = text;
    cell->length = length;
}

/* ---- text ---- */

static bool is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 || character == 0x2029;
}

static bool is_blank(uint32_t character)
{
    return character == ' ' || character == 0xA0 || character == 0x3000 || character == 0xFEFF;
}

static bool read_id(struct reading *reading)
{
    const char *text = reading->text;
    uint32_t character = 0;
    int count = 0, size;
    for (; *text; text += size, count++) {
        character = fab_utf8_decode(text, &size);
        if (is_control(character))
            return refuse(reading, "be printable (character %d is a control character)", count + 1);
        if (count == 0 && is_blank(character))
            return refuse(reading, "not begin with a blank");
    }
    if (is_blank(character))
        return refuse(reading, "not end with a blank");
    if (count > FAB_ID_MAX)
        return refuse(reading, "have at most %d characters, not %d", FAB_ID_MAX, count);
    take_text(reading->cell, reading->text, reading->length);
    return true;
}

static bool read_text(struct reading *reading)
{
    if (reading->length > FAB_TEXT_MAX)
        return refuse(reading, "have at most %d bytes, not %zu", FAB_TEXT_MAX, reading->length);
    int size;
    for (const char *text = reading->text; *text; text += size) {
        uint32_t character = fab_utf8_decode(text, &size);
        if (is_control(character) && !strchr("\t\r\n", (int)(character & 0x7F)))
            return refuse(reading, "have no control characters");
    }
    take_text(reading->cell, reading->text, reading->length);
    return true;
}

/* The word of the choices that is this text, NULL when none is. */
static const char *find_choice(const char *choices, const char *text, size_t length)
{
    for (const char *word = memchr(text, '|', length) ? NULL : choices; word;
         word = strchr(word, '|') ? strchr(word, '|') + 1 : NULL)
        if (strncmp(word, text, length) == 0 && (word[length] == '|' || word[length] == '\0'))
            return word;
    return NULL;
}

static bool refuse_choice(struct reading *reading)
{
    struct fab_nearest nearest;
    char word[FAB_ID_MAX + 1], rule[FAB_PROBLEM_SIZE / 4] = "";
    fab_nearest_begin(&nearest, reading->text);
    for (const char *start = reading->column->choices, *end; *start; start = *end ? end + 1 : end) {
        end = start + strcspn(start, "|");
        snprintf(word, sizeof word, "%.*s", (int)(end - start), start);
        fab_nearest_offer(&nearest, word);
        size_t used = strlen(rule);
        snprintf(rule + used, sizeof rule - used, "%s%s", used ? ", " : "", word);
    }
    if (nearest.best[0])
        set_hint(reading, "%s?", nearest.best);
    return refuse(reading, "be one of %s", rule);
}

static bool read_choice(struct reading *reading)
{
    if (!find_choice(reading->column->choices, reading->text, reading->length))
        return refuse_choice(reading);
    take_text(reading->cell, reading->text, reading->length);
    return true;
}

/* ---- numbers ---- */

/* The text without one kind of character, with others replaced: "1,234.5" -> "1234.5". True when a number is left. */
static bool try_number(const char *text, char drop, char from, char to, char out[HINT_SIZE], double *number)
{
    size_t used = 0;
    const char *why;
    for (; *text && used + 1 < HINT_SIZE / 2; text++)
        if (*text != drop)
            out[used++] = *text == from ? to : *text;
    out[used] = '\0';
    return *text == '\0' && fab_number_parse(out, number, &why);
}

static bool is_word(const char *text, const char *words[])
{
    if (*text == '-' || *text == '+')
        text++;
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

/* Guesses what a text that is no number was meant to be. */
static void hint_number(struct reading *reading)
{
    static const char *nothing[] = {"nan", "inf", "infinity", "n/a", "na", "null", "none", "-", "--", "#n/a", "", NULL};
    const char *text = reading->text;
    char fixed[HINT_SIZE], percent[FAB_NUMBER_TEXT_SIZE];
    size_t length = reading->length;
    double number = 0;
    if (is_word(text, nothing))
        set_hint(reading, reading->column->flags & FAB_OPTIONAL ? "leave the cell empty where there is none" : "give a number");
    else if (strncasecmp(text, "0x", 2) == 0)
        set_hint(reading, "hexadecimal? write it in decimal");
    else if (length > 0 && text[length - 1] == '%' && try_number(text, '%', '\0', '\0', fixed, &number))
        set_hint(reading, "percent? write %s", fab_number_print(reading->column->maximum == 1 ? number / 100 : number, percent));
    else if (strchr(text, ',') && strchr(text, '.') && try_number(text, ',', '\0', '\0', fixed, &number))
        set_hint(reading, "thousands separators? write %s", fixed);
    else if (strchr(text, ',') && strchr(text, ',') == strrchr(text, ',') && try_number(text, '\0', ',', '.', fixed, &number))
        set_hint(reading, "decimal comma? write %s", fixed);
    else if (try_number(text, ',', '\0', '\0', fixed, &number) || try_number(text, '_', '\0', '\0', fixed, &number) ||
             try_number(text, '\'', '\0', '\0', fixed, &number))
        set_hint(reading, "thousands separators? write %s", fixed);
    else if (try_number(text, ' ', '\0', '\0', fixed, &number))
        set_hint(reading, "blanks? write %s", fixed);
    else if (try_number(text, '$', '\0', '\0', fixed, &number))
        set_hint(reading, "currency sign? write %s", fixed);
}

static bool parse_number(struct reading *reading, double *number)
{
    const char *why;
    if (fab_number_parse(reading->text, number, &why))
        return true;
    hint_number(reading);
    return refuse(reading, "be %s", why);
}

/* "must be 0 to 1", "must be more than 0", ... */
static bool check_range(struct reading *reading, double number)
{
    const struct fab_column *column = reading->column;
    char low[FAB_NUMBER_TEXT_SIZE], high[FAB_NUMBER_TEXT_SIZE];
    bool open = (column->flags & FAB_MIN_OPEN) != 0;
    if (number <= column->maximum && (open ? number > column->minimum : number >= column->minimum))
        return true;
    if (column->maximum == 1 && number > 1 && number <= 100)
        set_hint(reading, "percent? write %s", fab_number_print(number / 100, low));
    fab_number_print(column->minimum, low);
    fab_number_print(column->maximum, high);
    if (number > column->maximum)
        return refuse(reading, open ? "be more than %s, up to %s" : "be %s to %s", low, high);
    if (open)
        return refuse(reading, "be more than %s", low);
    return column->maximum <= 1000 ? refuse(reading, "be %s to %s", low, high) : refuse(reading, "be %s or more", low);
}

static bool read_real(struct reading *reading)
{
    double number;
    if (!parse_number(reading, &number) || !check_range(reading, number))
        return false;
    reading->cell->type = FAB_CELL_REAL;
    reading->cell->real = number;
    return true;
}

/* The model holds whole numbers in an int. */
static bool read_integer(struct reading *reading)
{
    double number;
    if (!parse_number(reading, &number) || !check_range(reading, number))
        return false;
    if (number != floor(number) || fabs(number) > INT32_MAX)
        return refuse(reading, "be a whole number up to %d", INT32_MAX);
    reading->cell->type = FAB_CELL_INTEGER;
    reading->cell->integer = (int64_t)number;
    return true;
}

static bool read_flag(struct reading *reading)
{
    static const char *yes[] = {"true", "yes", "y", "t", "on", "x", NULL}, *no[] = {"false", "no", "n", "f", "off", NULL};
    const char *text = reading->text;
    if (strcmp(text, "0") == 0 || strcmp(text, "1") == 0) {
        reading->cell->type = FAB_CELL_INTEGER;
        reading->cell->integer = text[0] - '0';
        return true;
    }
    if (is_word(text, yes) || is_word(text, no))
        set_hint(reading, "write %d", is_word(text, yes));
    return refuse(reading, "be 0 or 1");
}

/* ---- dates ---- */

static bool read_date(struct reading *reading)
{
    int32_t date;
    const char *why;
    if (!fab_date_parse(reading->text, &date, &why)) {
        set_hint(reading, "%s", why);
        return refuse(reading, "be a date YYYY-MM-DD");
    }
    fab_date_print(date, reading->cell->canonical);
    take_text(reading->cell, reading->cell->canonical, strlen(reading->cell->canonical));
    return true;
}

static bool two_digits(const char *text, int maximum)
{
    return text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9' && (text[0] - '0') * 10 + (text[1] - '0') <= maximum;
}

/* YYYY-MM-DDTHH:MM:SS; a blank may stand for the T. */
static bool read_time(struct reading *reading)
{
    enum { DATE_LENGTH = 10, TIME_LENGTH = 19 };
    const char *text = reading->text;
    char *canonical = reading->cell->canonical;
    int32_t date;
    const char *why;
    if (reading->length != TIME_LENGTH || !strchr("T ", text[DATE_LENGTH]) || text[13] != ':' || text[16] != ':' ||
        !two_digits(text + 11, 23) || !two_digits(text + 14, 59) || !two_digits(text + 17, 59))
        return refuse(reading, "be a time YYYY-MM-DDTHH:MM:SS");
    memcpy(canonical, text, DATE_LENGTH);
    canonical[DATE_LENGTH] = '\0';
    if (!fab_date_parse(canonical, &date, &why)) {
        set_hint(reading, "%s", why);
        return refuse(reading, "be a time YYYY-MM-DDTHH:MM:SS");
    }
    memcpy(canonical, text, TIME_LENGTH + 1);
    canonical[DATE_LENGTH] = 'T';
    take_text(reading->cell, canonical, TIME_LENGTH);
    return true;
}

/* ---- cells ---- */

static bool refuse_empty(struct reading *reading)
{
    const struct fab_column *column = reading->column;
    snprintf(reading->problem, FAB_PROBLEM_SIZE, "%s is empty, must be given (%s%s%s)", column->name, column->meaning,
             column->unit ? "; " : "", column->unit ? column->unit : "");
    return false;
}

bool fab_cell_read(const struct fab_column *column, const char *text, size_t length, struct fab_cell *cell, char problem[FAB_PROBLEM_SIZE])
{
    static const struct fab_column free_text = {.name = "basis or note", .type = FAB_COLUMN_TEXT, .flags = FAB_OPTIONAL};
    struct reading reading = {.column = column ? column : &free_text, .text = text, .length = length, .cell = cell, .problem = problem};
    cell->type = FAB_CELL_EMPTY;
    if (length == 0)
        return (reading.column->flags & FAB_OPTIONAL) || refuse_empty(&reading);
    switch (reading.column->type) {
    case FAB_COLUMN_ID:
    case FAB_COLUMN_REF: return read_id(&reading);
    case FAB_COLUMN_TEXT: return read_text(&reading);
    case FAB_COLUMN_CHOICE: return read_choice(&reading);
    case FAB_COLUMN_REAL: return read_real(&reading);
    case FAB_COLUMN_INT: return read_integer(&reading);
    case FAB_COLUMN_FLAG: return read_flag(&reading);
    case FAB_COLUMN_DATE: return read_date(&reading);
    case FAB_COLUMN_TIME: return read_time(&reading);
    }
    return false;
}

bool fab_setting_read(const struct fab_setting_def *setting, const char *text, size_t length, char problem[FAB_PROBLEM_SIZE])
{
    const struct fab_column rule = {.name = setting->key, .type = FAB_COLUMN_REAL, .minimum = setting->minimum, .maximum = setting->maximum};
    struct fab_cell number;
    return !setting->number || fab_cell_read(&rule, text, length, &number, problem);
}
