/* Dates against known days of the calendar.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "date.h"

#include <string.h>

static void assert_date(const char *text, int year, int month, int day)
{
    int32_t date = 0;
    const char *why;
    int y, m, d;
    if (!fab_date_parse(text, &date, &why))
        fail_msg("%s: %s", text, why);
    fab_date_to_civil(date, &y, &m, &d);
    if (y != year || m != month || d != day)
        fail_msg("%s is %d-%d-%d", text, y, m, d);
}

static void assert_no_date(const char *text, const char *reason)
{
    int32_t date = 12345;
    const char *why = "";
    assert_false(fab_date_parse(text, &date, &why));
    assert_int_equal(date, 12345);
    if (!strstr(why, reason))
        fail_msg("%s: %s", text, why);
}

static void day_numbers(void **state)
{
    (void)state;
    assert_int_equal(fab_date_from_civil(1970, 1, 1), 0);
    assert_int_equal(fab_date_from_civil(1969, 12, 31), -1);
    assert_int_equal(fab_date_from_civil(2000, 3, 1), 11017);
    assert_int_equal(fab_date_from_civil(2027, 1, 1) - fab_date_from_civil(2026, 1, 1), 365);
    assert_int_equal(fab_date_from_civil(2029, 1, 1) - fab_date_from_civil(2028, 1, 1), 366);
}

/* Every day of the accepted years: one after the other, and back. */
static void every_day_comes_back(void **state)
{
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = fab_date_from_civil(1900, 1, 1);
    for (int year = 1900; year < 2200; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (int day = 1; day <= days[month - 1] + (month == 2 && leap); day++, expected++) {
                char text[FAB_DATE_TEXT_SIZE];
                int32_t parsed;
                const char *why;
                assert_int_equal(fab_date_from_civil(year, month, day), expected);
                assert_true(fab_date_parse(fab_date_print(expected, text), &parsed, &why));
                assert_int_equal(parsed, expected);
            }
        }
}

static void days_months_and_weeks(void **state)
{
    (void)state;
    assert_date("2027-01-31", 2027, 1, 31);
    assert_date("2028-02-29", 2028, 2, 29);
    assert_date("2027-05", 2027, 5, 1);
    /* ISO 8601: week 1 has the year's first Thursday */
    assert_date("2026-W53", 2026, 12, 28);
    assert_date("2027-W01", 2027, 1, 4);
    assert_date("2025-W01", 2024, 12, 30);
    assert_date("2020-W53", 2020, 12, 28);
    assert_date("2024-W09", 2024, 2, 26);
}

static void what_is_no_date(void **state)
{
    (void)state;
    assert_no_date("2027-W53", "no such week");
    assert_no_date("2027-W00", "no such week");
    assert_no_date("2026-02-30", "no such day");
    assert_no_date("2027-02-29", "no such day");
    assert_no_date("2027-00-01", "no such day");
    assert_no_date("2027-13", "no such day");
    assert_no_date("1899-01-01", "1900 to 2199");
    assert_no_date("2200-01-01", "1900 to 2199");
    assert_no_date("2027-1-1", "YYYY-MM-DD");
    assert_no_date("2027-01-01 ", "YYYY-MM-DD");
    assert_no_date("2027-01-01T00:00", "YYYY-MM-DD");
    assert_no_date(" 2027-01-01", "YYYY-MM-DD");
    assert_no_date("01.02.2027", "YYYY-MM-DD");
    assert_no_date("2027-W1", "");
    assert_no_date("2027", "YYYY-MM-DD");
    assert_no_date("", "YYYY-MM-DD");
    assert_no_date("-2027-01-01", "YYYY-MM-DD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers),
        cmocka_unit_test(every_day_comes_back),
        cmocka_unit_test(days_months_and_weeks),
        cmocka_unit_test(what_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
