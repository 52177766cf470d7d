/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell.h"

#include "csv_text.h"
#include "meant.h"
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
        const char *fault = fab_utf8_fault(character, false);
        if (fab_utf8_is_control(character))
            return refuse(reading, "be printable (character %d is a control character)", count + 1);
        if (fault)
            return refuse(reading, "be printable (character %d is U+%04X, which %s: delete it)", count + 1, (unsigned int)character, fault);
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
    int size, count = 1;
    for (const char *text = reading->text; *text; text += size, count++) {
        uint32_t character = fab_utf8_decode(text, &size);
        const char *fault = fab_utf8_fault(character, true);
        if (fault && fab_utf8_is_control(character))
            return refuse(reading, "have no control characters");
        if (fault)
            return refuse(reading, "have no U+%04X (character %d), which %s: delete it", (unsigned int)character, count, fault);
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

static bool is_word(const char *text, const char *words[])
{
    for (; *words; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

static bool parse_number(struct reading *reading, double *number)
{
    const char *why;
    if (fab_number_parse(reading->text, number, &why))
        return true;
    char meant[FAB_MEANT_SIZE];
    if (fab_meant_number(reading->column, reading->text, meant))
        set_hint(reading, "%s", meant);
    return refuse(reading, "be %s", why);
}

/* "must be 0 to 1", "must be more than 0", ... */
static bool check_range(struct reading *reading, double number)
{
    const struct fab_column *column = reading->column;
    char low[FAB_NUMBER_TEXT_SIZE], high[FAB_NUMBER_TEXT_SIZE];
    bool open = (column->flags & FAB_MIN_OPEN) != 0, below = (column->flags & FAB_MAX_OPEN) != 0;
    if ((below ? number < column->maximum : number <= column->maximum) && (open ? number > column->minimum : number >= column->minimum))
        return true;
    if (column->maximum == 1 && number > 1 && number <= 100)
        set_hint(reading, "percent? write %s", fab_number_print(number / 100, low));
    fab_number_print(column->minimum, low);
    fab_number_print(column->maximum, high);
    if (below)
        return refuse(reading, "be %s or more and below %s", low, high);
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
        const char *meant = fab_meant_date(reading->text);
        set_hint(reading, "%s", meant ? meant : why);
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

/* "", "Z", "+08", "+0800" or "+08:00". */
static bool is_offset(const char *text)
{
    if (*text == '\0' || strcmp(text, "Z") == 0)
        return true;
    if ((*text != '+' && *text != '-') || !two_digits(text + 1, 14))
        return false;
    text += 3 + (text[3] == ':' && text[4] != '\0');
    return *text == '\0' || (two_digits(text, 59) && text[2] == '\0');
}

/* Reads "", "THH:MM" or "THH:MM:SS", a blank in place of the T, with or without an offset, into "THH:MM:SS". */
static bool read_clock(struct reading *reading, const char *text, char *canonical)
{
    enum { MINUTES = 6, SECONDS = 9 };
    strcpy(canonical, "T00:00:00");
    if (*text == '\0')
        return true;
    if (!strchr("T ", text[0]) || !two_digits(text + 1, 23) || text[3] != ':' || !two_digits(text + 4, 59))
        return false;
    int length = text[MINUTES] == ':' ? SECONDS : MINUTES;
    if (length == SECONDS && !two_digits(text + 7, 59))
        return false;
    memcpy(canonical + 1, text + 1, (size_t)length - 1);
    if (text[length] != '\0')
        reading->cell->remark = "should have no offset: the clock is taken as it is written, as the fab's own";
    return is_offset(text + length);
}

/* YYYY-MM-DDTHH:MM:SS, and the shorter ways of exports: the day alone, no seconds, a blank for the T; an offset is left out with a remark. */
static bool read_time(struct reading *reading)
{
    enum { DATE_LENGTH = 10, TIME_LENGTH = 19 };
    const char *text = reading->text, *why = NULL;
    char *canonical = reading->cell->canonical;
    int32_t date;
    snprintf(canonical, DATE_LENGTH + 1, "%s", text);
    bool dated = strlen(canonical) == DATE_LENGTH && fab_date_parse(canonical, &date, &why);
    if (dated && read_clock(reading, text + DATE_LENGTH, canonical + DATE_LENGTH)) {
        take_text(reading->cell, canonical, TIME_LENGTH);
        return true;
    }
    const char *meant = fab_meant_date(text);
    if (!dated && strlen(canonical) == DATE_LENGTH && canonical[4] == '-' && canonical[7] == '-')
        set_hint(reading, "%s", why);
    else if (!dated && meant)
        set_hint(reading, "%s", meant);
    return refuse(reading, "be a time YYYY-MM-DDTHH:MM:SS");
}

/* ---- cells ---- */

static bool refuse_empty(struct reading *reading)
{
    const struct fab_column *column = reading->column;
    snprintf(reading->problem, FAB_PROBLEM_SIZE, "%s is empty, must be given (%s%s%s)", column->name, column->meaning,
             column->unit ? "; " : "", column->unit ? column->unit : "");
    return false;
}

const char *fab_cell_unmark(const struct fab_column *column, const char *text)
{
    bool is_text = !column || column->type == FAB_COLUMN_ID || column->type == FAB_COLUMN_REF || column->type == FAB_COLUMN_TEXT;
    return is_text && *text == '\'' && fab_csv_is_marked(text + 1) ? text + 1 : text;
}

bool fab_cell_read(const struct fab_column *column, const char *text, size_t length, struct fab_cell *cell, char problem[FAB_PROBLEM_SIZE])
{
    static const struct fab_column free_text = {.name = "basis or note", .type = FAB_COLUMN_TEXT, .flags = FAB_OPTIONAL};
    struct reading reading = {.column = column ? column : &free_text, .text = text, .length = length, .cell = cell, .problem = problem};
    cell->type = FAB_CELL_EMPTY;
    cell->remark = NULL;
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
    const struct fab_column rule = {.name = setting->key, .type = setting->date ? FAB_COLUMN_DATE : FAB_COLUMN_REAL, .minimum = setting->minimum, .maximum = setting->maximum};
    struct fab_cell cell;
    return (!setting->number && !setting->date) || fab_cell_read(&rule, text, length, &cell, problem);
}
