/* Cells of workbooks: addresses, escapes, formats of dates, epochs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "xlsx_cell.h"

static void addresses(void **state)
{
    static const struct {
        const char *text;
        int row, column; /* 0: none */
    } cases[] = {{"A1", 1, 1},   {"Z9", 9, 26}, {"AA10", 10, 27}, {"XFD1048576", 1048576, 16384}, {"XFE1", 0, 0},           {"A1048577", 0, 0}, {"A0", 0, 0},
                 {"A", 0, 0},    {"1", 0, 0},   {"", 0, 0},       {"a1", 0, 0},                   {"A1B", 0, 0},            {"A-1", 0, 0},      {"$A$1", 0, 0},
                 {"ZZZZZZZZ1", 0, 0}, {"A99999999999999999999", 0, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int row, column;
        bool good = fab_xlsx_address_read(cases[i].text, &row, &column);
        assert_int_equal(good, cases[i].row > 0);
        if (good && (row != cases[i].row || column != cases[i].column))
            fail_msg("%s is row %d, column %d", cases[i].text, row, column);
    }
}

static void escapes(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},          {"plain", "plain"},      {"a_x000D_b", "a\rb"},  {"_x0041_x0042_", "Ax0042_"}, {"_x005F_x0041_", "_x0041_"},
        {"_x0000_", "_x0000_"}, {"_xD83D_", "_xD83D_"}, {"_x20AC_", "\xE2\x82\xAC"}, {"_x00E9_", "\xC3\xA9"},     {"_x004_", "_x004_"},
        {"_x00G1_", "_x00G1_"}, {"_x0041", "_x0041"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s", cases[i][0]);
        assert_int_equal(fab_xlsx_decode(text), strlen(cases[i][1]));
        assert_string_equal(text, cases[i][1]);
    }
}

static void formats(void **state)
{
    static const char *const dates[] = {"yyyy\\-mm\\-dd", "D.M.YY", "[$-409]mmm\\ yyyy", "[h]:mm", "\"due \"mmm", "[Red]hh", "yyyy;General"};
    static const char *const others[] = {"General", "0.00", "#,##0.00\\d", "\"days\"0", "[Red]0.0\" days\"", "[Red]0", "0;yyyy", "@", "", "\"open", "[open", "0\\", "_d0", "*y0", "0.0E+00"};
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (!fab_xlsx_format_is_date(dates[i]))
            fail_msg("%s is a date", dates[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (fab_xlsx_format_is_date(others[i]))
            fail_msg("%s is no date", others[i]);
}

/* The serial with a date's style, in both epochs; NULL: refused. */
static void dates(void **state)
{
    static const struct {
        const char *serial, *from_1900, *from_1904;
    } cases[] = {
        {"61", "1900-03-01", "1904-03-02"},   {"60", NULL, "1904-03-01"},        {"0", NULL, "1904-01-01"},  {"25569", "1970-01-01", "1974-01-02"},
        {"109574", "2199-12-31", NULL},       {"109575", NULL, NULL},            {"-1", NULL, "1903-12-31"}, {"1e300", NULL, NULL},
        {"46398.5", "2027-01-11T12:00:00", "2031-01-12T12:00:00"},              {"46398.999999", "2027-01-12", "2031-01-13"},
        {"46398.0000001", "2027-01-11", "2031-01-12"},
    };
    bool dated[] = {false, true};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int epoch = 0; epoch < 2; epoch++) {
            fab_xlsx_workbook workbook = {.date1904 = epoch == 1, .styles = {.dated = dated, .count = 2}};
            struct fab_xlsx_cell cell = {.style = 1, .has_value = true, .value = {.text = (char *)cases[i].serial, .length = strlen(cases[i].serial)}};
            char printed[FAB_XLSX_VALUE_SIZE], fault[FAB_XLSX_FAULT_SIZE];
            const char *text, *expected = epoch ? cases[i].from_1904 : cases[i].from_1900;
            bool good = fab_xlsx_cell_text(&workbook, &cell, printed, &text, fault);
            if (good != (expected != NULL) || (good && strcmp(text, expected) != 0))
                fail_msg("%s is %s, not %s", cases[i].serial, good ? text : fault, expected ? expected : "refused");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(escapes),
        cmocka_unit_test(formats),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
