/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "date.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 2199, DAYS_A_WEEK = 7 };

int32_t fab_date_from_civil(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void fab_date_to_civil(int32_t date, int *year, int *month, int *day)
{
    int z = date + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Reads exactly `count` digits. */
static bool read_digits(const char **text, int count, int *number)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *text += count;
    *number = value;
    return true;
}

/* Monday = 0. */
static int weekday(int32_t date)
{
    return ((date + 3) % DAYS_A_WEEK + DAYS_A_WEEK) % DAYS_A_WEEK;
}

/* The Monday of ISO week 1: the week with January 4 in it. */
static int32_t first_monday(int year)
{
    int32_t january_4 = fab_date_from_civil(year, 1, 4);
    return january_4 - weekday(january_4);
}

static bool parse_week(const char *text, int year, int32_t *date, const char **why)
{
    int week;
    if (!read_digits(&text, 2, &week) || *text)
        return false;
    int32_t monday = first_monday(year) + (week - 1) * DAYS_A_WEEK;
    if (week < 1 || monday >= first_monday(year + 1)) {
        *why = "this ISO year has no such week";
        return false;
    }
    *date = monday;
    return true;
}

bool fab_date_parse(const char *text, int32_t *date, const char **why)
{
    int year, month, day = 1, year_back, month_back, day_back;
    *why = "a date is YYYY-MM-DD, YYYY-MM or YYYY-Www";
    if (!read_digits(&text, 4, &year) || *text++ != '-')
        return false;
    if (year < YEAR_MIN || year > YEAR_MAX) {
        *why = "the year must be 1900 to 2199";
        return false;
    }
    if (*text == 'W')
        return parse_week(text + 1, year, date, why);
    if (!read_digits(&text, 2, &month))
        return false;
    if (*text == '-') {
        text++;
        if (!read_digits(&text, 2, &day))
            return false;
    }
    if (*text)
        return false;
    *why = "there is no such day";
    if (month < 1 || month > 12)
        return false;
    int32_t number = fab_date_from_civil(year, month, day);
    fab_date_to_civil(number, &year_back, &month_back, &day_back);
    if (month_back != month || day_back != day)
        return false;
    *date = number;
    return true;
}

const char *fab_date_print(int32_t date, char text[FAB_DATE_TEXT_SIZE])
{
    int year, month, day;
    fab_date_to_civil(date, &year, &month, &day);
    snprintf(text, FAB_DATE_TEXT_SIZE, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return text;
}
