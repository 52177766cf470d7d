/* Serial numbers of dates: the workbook's calendar has a 29 February 1900 that never was.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "date.h"
#include "numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int64_t serial(const char *text)
{
    int32_t date;
    const char *why;
    assert_true(fab_date_parse(text, &date, &why));
    assert_int_equal(fab_date_of_serial(fab_serial_of_date(date)), date);
    return fab_serial_of_date(date);
}

static void dates_about_1900(void **state)
{
    (void)state;
    assert_int_equal(serial("1900-01-01"), 1);
    assert_int_equal(serial("1900-02-26"), 57);
    assert_int_equal(serial("1900-02-28"), 59);
    assert_int_equal(serial("1900-03-01"), 61);
    assert_int_equal(serial("2027-01-04"), 46391);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dates_about_1900)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
