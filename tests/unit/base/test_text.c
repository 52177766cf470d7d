/* UTF-8, nearest words, SHA-256.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv_text.h"
#include "nearest.h"
#include "sha256.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* Sequences of the Unicode Standard, chapter 3.9, and of Markus Kuhn's decoder test. */
static void utf8_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int good;
    } cases[] = {
        {"plain", 5},
        {"\xC3\xA9", 2},
        {"\xE2\x82\xAC", 3},
        {"\xF0\x9F\x9A\x80", 4},
        {"\xF4\x8F\xBF\xBF", 4},
        {"a\xC0\xAF", 1},
        {"\xC1\xBF", 0},
        {"\xE0\x9F\xBF", 0},
        {"\xED\xA0\x80", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\x80", 0},
        {"\xFF", 0},
        {"\xC3", 0},
        {"ab\xE2\x82", 2},
        {"\xC3\x28", 0},
        {"12345678\xC3\xA9\xFF", 10},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        if ((int)fab_utf8_valid_length(cases[c].text, strlen(cases[c].text)) != cases[c].good)
            fail_msg("case %zu", c);
}

static void characters_are_decoded(void **state)
{
    (void)state;
    int size;
    assert_int_equal(fab_utf8_decode("A", &size), 'A');
    assert_int_equal(fab_utf8_decode("\xC3\xA9", &size), 0xE9);
    assert_int_equal(size, 2);
    assert_int_equal(fab_utf8_decode("\xE2\x82\xAC", &size), 0x20AC);
    assert_int_equal(fab_utf8_decode("\xF0\x9F\x9A\x80", &size), 0x1F680);
    assert_int_equal(size, 4);
    fab_utf8_decode("\xF0", &size);
    assert_int_equal(size, 1);
}

static void values_are_shown_safely(void **state)
{
    (void)state;
    char buffer[64];
    assert_string_equal(fab_utf8_quote("abc", 10, buffer, sizeof buffer), "abc");
    assert_string_equal(fab_utf8_quote("\xC3\xA9\xC3\xA9\xC3\xA9", 2, buffer, sizeof buffer), "\xC3\xA9\xC3\xA9...");
    assert_string_equal(fab_utf8_quote("a\nb\tc\x1B[31m\x7F", 20, buffer, sizeof buffer), "a\\nb\\tc\\x1B[31m\\x7F");
    assert_string_equal(fab_utf8_quote("a\xEF\xBF\xBE\xE2\x80\xAE\xF0\x9F\x98\x80", 20, buffer, sizeof buffer), "a\\uFFFE\\u202E\xF0\x9F\x98\x80");
    for (size_t size = 4; size < 20; size++) { /* never behind the end */
        memset(buffer, '#', sizeof buffer);
        fab_utf8_quote("\xEF\xBF\xBE\xEF\xBF\xBE\xEF\xBF\xBE", 20, buffer, size);
        assert_true(strlen(buffer) < size && buffer[size] == '#');
    }
    assert_string_equal(fab_utf8_quote("0123456789", 100, buffer, 15), "012345...");
}

/* Texts of the data hold neither controls nor what XML cannot hold nor what turns the direction of a text; emoji with joiners, Arabic and Hebrew they hold. */
static void some_characters_are_no_text(void **state)
{
    static const uint32_t bad[] = {0, 0x1F, 0x7F, 0x85, 0x2028, 0x2029, 0xFFFE, 0xFFFF, 0x202A, 0x202E, 0x2066, 0x2069};
    static const uint32_t good[] = {' ', 0xA0, 0xE9, 0x200D, 0x200E, 0x5D0, 0x627, 0xFFFD, 0x1F600, 0x10FFFF};
    (void)state;
    for (size_t c = 0; c < sizeof bad / sizeof *bad; c++)
        assert_true(fab_utf8_fault(bad[c], false) && fab_utf8_fault(bad[c], true));
    for (size_t c = 0; c < sizeof good / sizeof *good; c++)
        assert_true(!fab_utf8_fault(good[c], false) && !fab_utf8_fault(good[c], true));
    assert_true(fab_utf8_fault('\t', false) && !fab_utf8_fault('\t', true) && !fab_utf8_fault('\r', true) && !fab_utf8_fault('\n', true));
}

/* What a spreadsheet would run stands behind a '. */
static void texts_are_marked_in_csv(void **state)
{
    static const char *const pairs[][2] = {{"=1", "\"'=1\""}, {"+1", "\"'+1\""}, {"-1", "\"'-1\""}, {"@a", "\"'@a\""}, {"\ta", "\"'\ta\""}, {"\ra", "\"'\ra\""}, {"'a", "\"''a\""},
                                           {"a=1", "a=1"}, {" =1", "\" =1\""}, {"", ""}, {"a,b", "\"a,b\""}, {"=\"", "\"'=\"\"\""}};
    (void)state;
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        char *bytes = NULL;
        size_t size = 0;
        FILE *file = open_memstream(&bytes, &size);
        assert_non_null(file);
        fab_csv_write_text(file, pairs[p][0]);
        assert_int_equal(fclose(file), 0);
        assert_string_equal(bytes, pairs[p][1]);
        free(bytes);
    }
}

static void words_have_a_distance(void **state)
{
    (void)state;
    assert_int_equal(fab_nearest_distance("", ""), 0);
    assert_int_equal(fab_nearest_distance("abc", ""), 3);
    assert_int_equal(fab_nearest_distance("kitten", "sitting"), 3);
    assert_int_equal(fab_nearest_distance("ab", "ba"), 1);
    assert_int_equal(fab_nearest_distance("Tool", "tool"), 0);
    assert_int_equal(fab_nearest_distance("availabilty", "availability"), 1);
}

static void the_nearest_word_is_found(void **state)
{
    (void)state;
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, "availabilty");
    fab_nearest_offer(&nearest, "max_utilisation");
    fab_nearest_offer(&nearest, "availability");
    fab_nearest_offer(&nearest, "available");
    assert_string_equal(nearest.best, "availability");
    fab_nearest_begin(&nearest, "xyz");
    fab_nearest_offer(&nearest, "abc");
    assert_string_equal(nearest.best, "");
    fab_nearest_begin(&nearest, "a");
    fab_nearest_offer(&nearest, "b");
    fab_nearest_offer(&nearest, "c");
    assert_string_equal(nearest.best, "b");
}

/* FIPS 180-2, appendix B. */
static void sha256_gives_the_published_values(void **state)
{
    (void)state;
    char hex[FAB_SHA256_HEX_SIZE];
    fab_sha256 *sha256 = fab_sha256_new();
    assert_true(fab_sha256_add(sha256, "a", 1));
    assert_true(fab_sha256_add(sha256, "bc", 2));
    assert_true(fab_sha256_finish(sha256, hex));
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    fab_sha256_free(sha256);
    sha256 = fab_sha256_new();
    assert_true(fab_sha256_finish(sha256, hex));
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    fab_sha256_free(sha256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked),           cmocka_unit_test(characters_are_decoded),
        cmocka_unit_test(values_are_shown_safely),
        cmocka_unit_test(some_characters_are_no_text),
        cmocka_unit_test(texts_are_marked_in_csv),   cmocka_unit_test(words_have_a_distance),
        cmocka_unit_test(the_nearest_word_is_found), cmocka_unit_test(sha256_gives_the_published_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
