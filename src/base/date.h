/* Civil dates as day numbers (proleptic Gregorian calendar, 0 = 1970-01-01). No time zone anywhere.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DATE_H
#define FAB_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* "No date": an empty optional cell. */
#define FAB_DATE_NONE INT32_MIN

enum { FAB_DATE_TEXT_SIZE = 16 };

/* Day number of a civil date; month 1..12, day 1..31 (not checked against the month). Cost O(1). Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int32_t fab_date_from_civil(int year, int month, int day);
void fab_date_to_civil(int32_t date, int *year, int *month, int *day);

/* Reads YYYY-MM-DD, YYYY-MM (its first day) or an ISO week YYYY-Www (its Monday), years 1900..2199. False for anything else,
 * 2026-02-30 and 2027-W53 included; *why then says which rule was broken. */
bool fab_date_parse(const char *text, int32_t *date, const char **why);

/* Writes YYYY-MM-DD. */
const char *fab_date_print(int32_t date, char text[FAB_DATE_TEXT_SIZE]);

#endif
