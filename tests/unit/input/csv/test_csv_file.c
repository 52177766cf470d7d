/* Records, places and faults of CSV files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "csv_file.h"
#include "cell.h"
#include "csv_text.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    fab_context *context;
    FILE *file;
    fab_csv *csv;
};

static struct reader open_bytes(const char *bytes, size_t size)
{
    struct reader reader = {fab_context_new(), tmpfile(), NULL};
    assert_int_equal(fwrite(bytes, 1, size, reader.file), size);
    rewind(reader.file);
    reader.csv = fab_csv_new(reader.file);
    return reader;
}

static void close_reader(struct reader *reader)
{
    fab_csv_free(reader->csv);
    fclose(reader->file);
    fab_context_free(reader->context);
}

static enum fab_row_result next(struct reader *reader)
{
    enum fab_row_result result;
    assert_int_equal(fab_csv_next(reader->context, reader->csv, &result), FAB_OK);
    return result;
}

/* The whole text as "LINE[a|b] LINE[...]", faults as "LINE:COLUMN!". */
static void assert_reads(const char *bytes, size_t size, const char *expected)
{
    char actual[4096] = "";
    struct reader reader = open_bytes(bytes, size);
    for (enum fab_row_result result; (result = next(&reader)) != FAB_ROW_END;) {
        size_t used = strlen(actual);
        if (result == FAB_ROW_FAULT) {
            struct fab_row_place place = fab_csv_fault_place(reader.csv);
            snprintf(actual + used, sizeof actual - used, "%lld:%d! ", (long long)place.line, place.column);
            continue;
        }
        int count;
        const struct fab_row_text *fields = fab_csv_fields(reader.csv, &count);
        used += (size_t)snprintf(actual + used, sizeof actual - used, "%lld[", (long long)fab_csv_line(reader.csv));
        for (int f = 0; f < count; f++) {
            assert_int_equal(strlen(fields[f].text), fields[f].length);
            used += (size_t)snprintf(actual + used, sizeof actual - used, "%s%s", f ? "|" : "", fields[f].text);
        }
        snprintf(actual + used, sizeof actual - used, "] ");
    }
    assert_string_equal(actual, expected);
    close_reader(&reader);
}

#define READS(text, expected) assert_reads(text, sizeof(text) - 1, expected)

static void line_ends(void **state)
{
    (void)state;
    READS("", "");
    READS("\n\r\n\r", "");
    READS("a,b\nc,d\n", "1[a|b] 2[c|d] ");
    READS("a,b\r\nc,d", "1[a|b] 2[c|d] ");
    READS("a,b\rc,d\r", "1[a|b] 2[c|d] ");
    READS("a\n\n \t\n,,\r\n\r\nb", "1[a] 6[b] ");
    READS("a\r\r\nb", "1[a] 3[b] ");
    READS("\xEF\xBB\xBF"
          "a\nb",
          "1[a] 2[b] ");
}

static void fields(void **state)
{
    (void)state;
    READS("a,,c,\n", "1[a||c|] ");
    READS(",a\n", "1[|a] ");
    READS(" a , b\t\n", "1[ a | b\t] ");
    READS("\"a\"\"b\",\"c,d\",\"\"\n", "1[a\"b|c,d|] ");
    READS("\"two\nlines\",x\ny,z\n", "1[two\nlines|x] 3[y|z] ");
    READS("\"CR\rand\r\nCRLF\",x\ny", "1[CR\rand\r\nCRLF|x] 4[y] ");
    READS("\"last\"", "1[last] ");
}

static void faults(void **state)
{
    (void)state;
    READS("a,b\"c\nd", "1:4! 2[d] ");
    READS("\xC3\xA9,b\"c\nd", "1:4! 2[d] ");
    READS("a\n\"b\"c,d\ne\n", "1[a] 2:4! 3[e] ");
    READS("a\n\"b\nc", "1[a] 2:1! ");
    READS("x,\"b\nc\n", "1:3! ");
    READS("a\nb\xFFz\nc", "1[a] 2:2! 3[c] ");
    READS("a\nb\0z\nc", "1[a] 2:2! 3[c] ");
    READS("\xFF\xFE"
          "a\0",
          "1:1! ");
    READS("a,\xE2\x82\nb", "1:3! 2[b] ");
}

static void places_of_fields(void **state)
{
    (void)state;
    static const char text[] = "x\n\xC3\xA9\xC3\xA9,\"a,\"\"\n\xF0\x9F\x9A\x80\",z,\n";
    static const struct {
        int line, column;
    } expected[] = {{2, 1}, {2, 4}, {3, 4}, {3, 6}, {3, 6}};
    struct reader reader = open_bytes(text, sizeof text - 1);
    assert_int_equal(next(&reader), FAB_ROW);
    assert_int_equal(next(&reader), FAB_ROW);
    int count;
    fab_csv_fields(reader.csv, &count);
    assert_int_equal(count, 4);
    for (int f = 0; f <= count; f++) {
        struct fab_row_place place = fab_csv_place_of(reader.csv, f);
        assert_int_equal(place.line, expected[f].line);
        assert_int_equal(place.column, expected[f].column);
    }
    close_reader(&reader);
}

/* The buffer is refilled in the middle of everything: lines, CRLF pairs, quotes, characters. */
static void long_files(void **state)
{
    (void)state;
    enum { ROWS = 60000 };
    char *text = malloc(ROWS * 32);
    size_t size = 0;
    for (int r = 0; r < ROWS; r++)
        size += (size_t)sprintf(text + size, r % 3 ? "%d,\xC3\xA9%d\r\n" : "%d,\"q\r\n%d\"\r\n", r, r * 7);
    struct reader reader = open_bytes(text, size);
    int64_t line = 1;
    for (int r = 0; r < ROWS; r++) {
        char expected[32];
        int count;
        assert_int_equal(next(&reader), FAB_ROW);
        const struct fab_row_text *found = fab_csv_fields(reader.csv, &count);
        assert_int_equal(count, 2);
        assert_int_equal(atoi(found[0].text), r);
        snprintf(expected, sizeof expected, r % 3 ? "\xC3\xA9%d" : "q\r\n%d", r * 7);
        assert_string_equal(found[1].text, expected);
        assert_int_equal(fab_csv_line(reader.csv), line);
        line += r % 3 ? 1 : 2;
    }
    assert_int_equal(next(&reader), FAB_ROW_END);
    assert_int_equal(next(&reader), FAB_ROW_END);
    close_reader(&reader);
    free(text);
}

static void a_record_without_end_is_a_fault(void **state)
{
    (void)state;
    size_t size = 5 * FAB_CSV_RECORD_MAX;
    char *text = malloc(size);
    for (int quoted = 0; quoted < 2; quoted++) {
        memset(text, 'x', size);
        memcpy(text, quoted ? "a\n\"" : "a\nb", 3);
        for (size_t i = 100; quoted && i < size; i += 100)
            text[i] = '\n';
        struct reader reader = open_bytes(text, size);
        assert_int_equal(next(&reader), FAB_ROW);
        assert_int_equal(next(&reader), FAB_ROW_FAULT);
        assert_non_null(strstr(fab_csv_fault_text(reader.csv), "longer than 1048576 bytes"));
        assert_int_equal(fab_csv_fault_place(reader.csv).line, 2);
        assert_int_equal(next(&reader), FAB_ROW_END);
        close_reader(&reader);
    }
    free(text);
}

static void a_stream_that_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    FILE *folder = fopen("/", "rb");
    fab_csv *csv = fab_csv_new(folder);
    enum fab_row_result result;
    assert_int_equal(fab_csv_next(context, csv, &result), FAB_INPUT);
    fab_csv_free(csv);
    fclose(folder);
    fab_context_free(context);
}

/* Whatever bytes: no crash, an end, and places within the file. */
static void random_bytes_come_to_an_end(void **state)
{
    (void)state;
    static const char alphabet[] = "a,\"\n\r\0\xC3\xA9\xFF; ";
    uint64_t random = 7;
    for (int round = 0; round < 3000; round++) {
        char bytes[64];
        size_t size = 0;
        for (; size < sizeof bytes; size++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bytes[size] = alphabet[(random >> 33) % (sizeof alphabet - 1)];
        }
        struct reader reader = open_bytes(bytes, (random >> 40) % sizeof bytes);
        int steps = 0;
        for (enum fab_row_result result; (result = next(&reader)) != FAB_ROW_END; steps++) {
            struct fab_row_place place = result == FAB_ROW_FAULT ? fab_csv_fault_place(reader.csv) : fab_csv_place_of(reader.csv, 0);
            assert_in_range(place.line, 1, sizeof bytes);
            assert_in_range(place.column, 1, sizeof bytes + 1);
            assert_true(steps < (int)sizeof bytes);
        }
        close_reader(&reader);
    }
}

static void written_texts_are_read_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"plain", "a,b", "\"", "a\"b", "=1+1", "-1", "@x", " a", "a ", "a\nb", "a\rb", "\t", "\r", "'", "''=", "'a", "'=", "\xC3\xA9"};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct reader reader = open_bytes("", 0);
    for (int t = 0; t < COUNT; t++) {
        if (t)
            putc(',', reader.file);
        fab_csv_write_text(reader.file, texts[t]);
    }
    putc('\n', reader.file);
    rewind(reader.file);
    assert_int_equal(next(&reader), FAB_ROW);
    int count;
    const struct fab_row_text *found = fab_csv_fields(reader.csv, &count);
    assert_int_equal(count, COUNT);
    static const struct fab_column text = {.name = "text", .type = FAB_COLUMN_TEXT}, number = {.name = "number", .type = FAB_COLUMN_REAL};
    for (int t = 0; t < COUNT; t++) {
        assert_string_equal(fab_cell_unmark(&text, found[t].text), texts[t]);
        assert_ptr_equal(fab_cell_unmark(&number, found[t].text), found[t].text);
    }
    close_reader(&reader);
}

static void formulas_are_written_as_texts(void **state)
{
    (void)state;
    char bytes[64] = "";
    FILE *file = fmemopen(bytes, sizeof bytes, "w");
    fab_csv_write_text(file, "=HYPERLINK(\"x\")");
    fclose(file);
    assert_string_equal(bytes, "\"'=HYPERLINK(\"\"x\"\")\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends),
        cmocka_unit_test(fields),
        cmocka_unit_test(faults),
        cmocka_unit_test(places_of_fields),
        cmocka_unit_test(long_files),
        cmocka_unit_test(a_record_without_end_is_a_fault),
        cmocka_unit_test(a_stream_that_cannot_be_read_is_an_error),
        cmocka_unit_test(random_bytes_come_to_an_end),
        cmocka_unit_test(written_texts_are_read_back),
        cmocka_unit_test(formulas_are_written_as_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
