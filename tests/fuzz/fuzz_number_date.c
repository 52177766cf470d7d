/* Numbers and dates as text: what is accepted is what the C library reads, and printing and reading give the same again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "date.h"
#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* [+-]digits[.digits][e[+-]digits] with at least one digit before the exponent. */
static bool is_plain_decimal(const char *text)
{
    static const char digits[] = "0123456789";
    text += *text == '+' || *text == '-';
    size_t whole = strspn(text, digits), fraction = 0;
    text += whole;
    if (*text == '.') {
        fraction = strspn(text + 1, digits);
        text += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '+' || *text == '-';
        if (strspn(text, digits) == 0)
            return false;
        text += strspn(text, digits);
    }
    return *text == '\0';
}

static void check_printed(double number)
{
    char printed[FAB_NUMBER_TEXT_SIZE];
    const char *why = NULL;
    double back = 0;
    fab_number_print(number, printed);
    FUZZ_CHECK(memchr(printed, '\0', sizeof printed), "%a is printed without an end", number);
    if (!isfinite(number)) {
        FUZZ_CHECK(!fab_number_parse(printed, &back, &why), "%a is printed as the number %s", number, printed);
        return;
    }
    FUZZ_CHECK(fab_number_parse(printed, &back, &why), "%a is printed as %s, must be %s", number, printed, why);
    FUZZ_CHECK(same_bits(back, number == 0 ? 0 : number), "%a is printed as %s and read as %a", number, printed, back);
}

/* The same value with zeros behind the point and an exponent that takes them back. */
static void check_stretched(const char *text, double number)
{
    enum { ZEROS = 100003 };
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits])
        return;
    char *stretched = malloc(ZEROS + 64);
    const char *why = NULL;
    double back = 0;
    FUZZ_CHECK(stretched, "out of memory");
    stretched[0] = '.';
    memset(stretched + 1, '0', ZEROS);
    sprintf(stretched + 1 + ZEROS, "%se%zu", text, ZEROS + digits);
    FUZZ_CHECK(fab_number_parse(stretched, &back, &why), "%s behind %d zeros is refused: must be %s", text, ZEROS, why);
    FUZZ_CHECK(same_bits(back, number), "%s behind %d zeros is read as %a", text, ZEROS, back);
    free(stretched);
}

static void check_number(const char *text)
{
    const char *why = NULL;
    double number = -1, read = strtod(text, NULL);
    if (!fab_number_parse(text, &number, &why)) {
        FUZZ_CHECK(why && *why, "'%s' is refused without a reason", text);
        FUZZ_CHECK(!is_plain_decimal(text) || !isfinite(read) || read == 0, "'%s' is refused: must be %s", text, why);
        return;
    }
    FUZZ_CHECK(is_plain_decimal(text), "'%s' is read as %a", text, number);
    FUZZ_CHECK(same_bits(number, read == 0 ? 0 : read), "'%s' is read as %a, not as %a", text, number, read);
    check_printed(number);
    check_stretched(text, number);
}

static void check_day(int32_t date, const char *text)
{
    char printed[FAB_DATE_TEXT_SIZE];
    const char *why = NULL;
    int32_t back = FAB_DATE_NONE;
    int year, month, day;
    fab_date_print(date, printed);
    FUZZ_CHECK(strlen(printed) == strlen("YYYY-MM-DD"), "'%s' is printed as %s", text, printed);
    FUZZ_CHECK(fab_date_parse(printed, &back, &why), "'%s' is printed as %s: %s", text, printed, why);
    FUZZ_CHECK(back == date, "'%s' is printed as %s, another day", text, printed);
    fab_date_to_civil(date, &year, &month, &day);
    FUZZ_CHECK(fab_date_from_civil(year, month, day) == date, "'%s': %d-%d-%d is another day", text, year, month, day);
}

static void check_date(const char *text)
{
    const char *why = NULL;
    int32_t date = FAB_DATE_NONE;
    if (fab_date_parse(text, &date, &why))
        check_day(date, text);
    else
        FUZZ_CHECK(why && *why && date == FAB_DATE_NONE, "'%s' is refused without a reason", text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum { DAYS = 300 * 365 /* within the years 1900 to 2199 */ };
    char *text = malloc(size + 1);
    double number = 0;
    FUZZ_CHECK(text, "out of memory");
    memcpy(text, bytes, size);
    text[size] = '\0';
    check_number(text);
    check_date(text);
    memcpy(&number, bytes, size < sizeof number ? size : sizeof number);
    check_printed(number);
    check_day(fab_date_from_civil(1900, 1, 1) + (int32_t)((size > 2 ? bytes[0] << 16 | bytes[1] << 8 | bytes[2] : 0) % DAYS), "a day");
    free(text);
    return 0;
}
