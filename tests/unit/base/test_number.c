/* Decimals in and out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_number(const char *text, double expected)
{
    double number = -77;
    const char *why = "";
    if (!fab_number_parse(text, &number, &why))
        fail_msg("%s: %s", text, why);
    if (memcmp(&number, &expected, sizeof number) != 0)
        fail_msg("%s is %.17g, not %.17g", text, number, expected);
}

static void assert_no_number(const char *text, const char *reason)
{
    double number = -77;
    const char *why = "";
    assert_false(fab_number_parse(text, &number, &why));
    assert_true(number == -77);
    assert_string_equal(why, reason);
}

static void decimals(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("-0", 0);
    assert_number("-0.000", 0);
    assert_number("000123", 123);
    assert_number("+1.5", 1.5);
    assert_number("-1.5", -1.5);
    assert_number(".5", 0.5);
    assert_number("5.", 5);
    assert_number("0.1", 0.1);
    assert_number("1e6", 1000000);
    assert_number("1E+2", 100);
    assert_number("1.25e-1", 0.125);
    assert_number("0.6315789474", 0.6315789474);
    assert_number("55195.0719", 55195.0719);
    assert_number("9007199254740993", 9007199254740992.0);
    assert_number("123456789012345678901234567890", 123456789012345678901234567890.0);
    assert_number("0.30000000000000004", 0.30000000000000004);
    assert_number("1e22", 1e22);
    assert_number("1e23", 1e23);
    assert_number("8.5e-23", 8.5e-23);
    assert_number("1.7976931348623157e308", DBL_MAX);
    assert_number("4.9e-324", 4.9406564584124654e-324);
    assert_number("0e99999999999", 0);
    assert_number("0.00000000000000000000000000000000000000001e41", 1);
}

/* Zeros beyond what the exponent counts: the text "." zeros "1e" shift. */
static void far_exponents(void **state)
{
    enum { ZEROS = 100100 };
    static const struct {
        int shift;
        double number;
    } cases[] = {{ZEROS + 1, 1}, {ZEROS + 3, 100}, {ZEROS - 2, 0.001}, {ZEROS - 200, 1e-201}};
    char *text = malloc(ZEROS + 32);
    (void)state;
    text[0] = '.';
    memset(text + 1, '0', ZEROS);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        sprintf(text + 1 + ZEROS, "1e%d", cases[c].shift);
        assert_number(text, cases[c].number);
    }
    sprintf(text + 1 + ZEROS, "1e1000005");
    assert_no_number(text, "smaller than 1.8e308");
    free(text);
}

static void what_is_no_number(void **state)
{
    static const char *const texts[] = {"",   " ", "1 ", " 1", "nan", "inf", "-inf",  "NAN", "0x10", "1_000", "1,5", "1.2.3",   "1e", "1e+",
                                        "e5", ".", "-",  "+",  "--1", "1-",  "1e5.5", "1f",  "0b1",  "١",     "1d5", "infinity"};
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        assert_no_number(texts[t], "a plain decimal number");
    assert_no_number("1e309", "smaller than 1.8e308");
    assert_no_number("-1e99999999999", "smaller than 1.8e308");
    assert_no_number("1e-400", "0 or larger than 4.9e-324");
}

static void assert_printed(double number, const char *expected)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    assert_string_equal(fab_number_print(number, text), expected);
}

static void shortest_texts(void **state)
{
    (void)state;
    assert_printed(0, "0");
    assert_printed(-0.0, "0");
    assert_printed(100, "100");
    assert_printed(-7, "-7");
    assert_printed(0.1, "0.1");
    assert_printed(0.1 + 0.2, "0.30000000000000004");
    assert_printed(1.0 / 3, "0.3333333333333333");
    assert_printed(1e15, "1e+15");
    assert_printed(999999999999999, "999999999999999");
    assert_printed(1e-7, "1e-07");
    assert_printed(0.95, "0.95");
    assert_printed((double)NAN, "nan");
    assert_printed((double)INFINITY, "inf");
}

/* Random bits: print and parse give the same double; parse agrees with strtod. */
static void every_double_comes_back(void **state)
{
    (void)state;
    uint64_t random = 99;
    for (int i = 0; i < 100000; i++) {
        char text[FAB_NUMBER_TEXT_SIZE];
        double number, back;
        const char *why;
        random = random * 6364136223846793005u + 1442695040888963407u;
        uint64_t bits = random ^ (random >> 31);
        if (i % 2)
            number = (double)(int64_t)(bits >> 40) / pow(10, (double)(bits % 9));
        else
            memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        assert_true(fab_number_parse(fab_number_print(number, text), &back, &why));
        if (back != number)
            fail_msg("%.17g comes back as %.17g", number, back);
        snprintf(text, sizeof text, "%.*g", (int)(bits % 17) + 1, number);
        if (fab_number_parse(text, &back, &why) && back != strtod(text, NULL))
            fail_msg("%s is %.17g", text, back);
    }
}

/* Where a comma locale is installed. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8"};
    for (size_t l = 0; l < sizeof locales / sizeof *locales; l++)
        if (setlocale(LC_ALL, locales[l]))
            break;
    assert_number("0.30000000000000004", 0.30000000000000004);
    assert_number("12345678901234567.5", 12345678901234567.5);
    assert_printed(0.1, "0.1");
    setlocale(LC_ALL, "C");
}

static void assert_said(double number, const char *expected)
{
    char text[FAB_NUMBER_TEXT_SIZE];
    assert_string_equal(fab_number_say(number, text), expected);
}

static void numbers_of_sentences(void **state)
{
    (void)state;
    assert_said(20000000, "20000000");
    assert_said(123456789, "123457000");
    assert_said(-1234567.8, "-1234570");
    assert_said(0, "0");
    assert_said(1.5, "1.5");
    assert_said(0.001254321, "0.00125432");
    assert_said(999999.7, "1000000");
    assert_said(0.1 + 0.2, "0.3");
    assert_said(1e15, "1e+15");
    assert_said(1e-7, "1e-07");
    assert_said((double)INFINITY, "inf");
    for (double number = 1e-6; number < 1e15; number *= 3.7) { /* within half of the sixth digit */
        char text[FAB_NUMBER_TEXT_SIZE];
        assert_true(fabs(strtod(fab_number_say(number, text), NULL) - number) <= 5.0001e-6 * number);
        assert_null(strchr(text, 'e'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals),
        cmocka_unit_test(far_exponents),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(shortest_texts),
        cmocka_unit_test(every_double_comes_back),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(numbers_of_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
