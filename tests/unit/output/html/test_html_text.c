/* Texts and numbers of a page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "html_text.h"

#include <math.h>
#include <string.h>

static void assert_number(double value, enum fab_number format, const char *shown)
{
    struct fab_buffer page = {0};
    fab_html_add_number(&page, value, format);
    fab_buffer_add(&page, "", 0);
    assert_string_equal(page.text ? page.text : "", shown);
    fab_buffer_fini(&page);
}

static void numbers_look_as_in_a_workbook(void **state)
{
    (void)state;
    assert_number(1234567.6, FAB_NUMBER_COUNT, "1,234,568");
    assert_number(-1234.4, FAB_NUMBER_COUNT, "-1,234");
    assert_number(999, FAB_NUMBER_COUNT, "999");
    assert_number(0, FAB_NUMBER_COUNT, "–");
    assert_number(-0.2, FAB_NUMBER_COUNT, "0"); /* no sign for what cannot be told from nothing */
    assert_number(-1234.5, FAB_NUMBER_USD_CENTS, "(1,234.50)");
    assert_number(27786015998, FAB_NUMBER_USD_MILLIONS, "27,786.0");
    assert_number(0.8641, FAB_NUMBER_PERCENT, "86.4%");
    assert_number(0.5, FAB_NUMBER_FACTOR, "0.5000");
    assert_number(46388, FAB_NUMBER_DATE, "2027-01-01");
    assert_number(1, FAB_NUMBER_FLAG, "yes");
    assert_number(0, FAB_NUMBER_FLAG, "");
    assert_number(2029, FAB_NUMBER_YEAR, "2029");
    assert_number(3.8e-15, FAB_NUMBER_SMALL, "3.8E-15");
    assert_number(12.25, FAB_NUMBER_GENERAL, "12.25");
    assert_number(1.5, FAB_NUMBER_DECIMAL3, "1.500");
}

static void markup_is_text(void **state)
{
    (void)state;
    struct fab_buffer page = {0};
    fab_html_add_text(&page, "<b a=\"1\">&amp;</b> 🏭");
    assert_string_equal(page.text, "&lt;b a=&quot;1&quot;&gt;&amp;amp;&lt;/b&gt; 🏭");
    fab_buffer_fini(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_look_as_in_a_workbook), cmocka_unit_test(markup_is_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
