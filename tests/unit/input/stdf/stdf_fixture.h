/* STDF read from what a writer made: a result, its rows as text, what was warned of, what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STDF_FIXTURE_H
#define STDF_FIXTURE_H

#include "stdf_writer.h"

#include "dictionary.h"
#include "random.h"
#include "stdf.h"

#include <stdlib.h>
#include <unistd.h>

enum { LINE_SIZE = 1024 };

struct fixture {
    fab_context *context;
    struct writer writer;
    char folder[64], path[128];
    char warnings[LINE_SIZE];
    struct fab_stdf_options options;
    struct fab_stdf_result result;
};

static const struct mir sort_mir = {1799990000, 1799999000, 'N', "LOT7", "D_AI6", "job", "", ""};

static inline void keep_warning(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    size_t used = strlen(fixture->warnings);
    if (level == FAB_LEVEL_WARNING)
        snprintf(fixture->warnings + used, LINE_SIZE - used, "%s\n", text);
}

static inline int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->context = fab_context_new();
    fab_context_set_sink(fixture->context, keep_warning, fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/fabplan-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/file.stdf", fixture->folder);
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *fixture = *state;
    fab_stdf_result_fini(&fixture->result);
    unlink(fixture->path);
    rmdir(fixture->folder);
    fab_context_free(fixture->context);
    free(fixture);
    return 0;
}

static inline fab_status read_bytes(struct fixture *fixture, const unsigned char *bytes, size_t size)
{
    fab_stdf_result_fini(&fixture->result);
    fixture->warnings[0] = '\0';
    save_bytes(fixture->path, bytes, size);
    return fab_stdf_read(fixture->context, fixture->path, &fixture->options, &fixture->result);
}

/* Reads what has been written; must work. */
static inline void read_written(struct fixture *fixture)
{
    if (read_bytes(fixture, fixture->writer.bytes, fixture->writer.size) != FAB_OK)
        fail_msg("%s", fab_context_message(fixture->context));
}

/* The rows of a table as text: cells with blanks between, rows with line ends. */
static inline void print_rows(const fab_table *table, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (int r = 0; r < fab_table_rows(table); r++)
        for (int c = 0; c < fab_table_columns(table); c++) {
            const fab_value *value = fab_table_get(table, r, c);
            const char *end = c + 1 < fab_table_columns(table) ? " " : "\n";
            if (value->type == FAB_TEXT)
                used += (size_t)snprintf(text + used, size - used, "%s%s", value->text, end);
            else
                used += (size_t)snprintf(text + used, size - used, "%lld%s", (long long)value->integer, end);
            assert_true(used < size);
        }
}

static inline void assert_rows(const fab_table *table, const char *expected)
{
    static char text[1 << 16];
    print_rows(table, text, sizeof text);
    assert_string_equal(text, expected);
}

static inline void assert_refused(struct fixture *fixture, const char *message)
{
    assert_int_equal(read_bytes(fixture, fixture->writer.bytes, fixture->writer.size), FAB_INPUT);
    if (!strstr(fab_context_message(fixture->context), message))
        fail_msg("'%s' is not in '%s'", message, fab_context_message(fixture->context));
    assert_null(fixture->result.wafer_test);
    assert_null(fixture->result.wafer_bin);
    assert_null(fixture->result.die_map);
}

/* Two wafers on two heads at the same time; on the first a retested die and one without place. */
static inline void write_example(struct writer *w, bool big)
{
    static const struct part parts[] = {
        {1, 0, 0x08, 12, 112, 0, 0, "1"}, {2, 1, 0x00, 1, 101, 5, -3, "1"},  {1, 255, 0x00, 1, 101, 1, 0, "2"},
        {1, 0, 0x02, 2, 102, 0, 0, "3"},  {2, 1, 0x08, 40, 140, 6, -3, "2"}, {1, 0, 0x08, 9, 109, -32768, 7, "4"},
        {1, 0, 0x0C, 70, 170, 1, 1, "5"},
    };
    write_far(w, big);
    write_mir(w, &sort_mir);
    write_wir(w, 1, 1800000000, "W-01");
    write_wir(w, 2, 1800000100, "W-02 ");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        write_part(w, &parts[i]);
    write_wrr(w, 2, 1800003600, 2, 1, "W-02");
    write_wrr(w, 1, 1800003700, UINT32_MAX, UINT32_MAX, "");
    write_bin(w, 40, 1, 0, 1, 1, 'P');
    write_bin(w, 40, 255, 255, 1, 2, 'P');
    write_bin(w, 40, 255, 255, 12, 5, 'F');
    write_mrr(w);
}

static const char example_tests[] = "W-01 sort 1 2027-01-15T08:00:00 4 2\nW-02 sort 1 2027-01-15T08:01:40 2 1\n";
static const char example_bins[] =
    "W-01 sort 1 1 1\nW-01 sort 1 2 1\nW-01 sort 1 9 1\nW-01 sort 1 70 1\nW-02 sort 1 1 1\nW-02 sort 1 40 1\n";
static const char example_maps[] = "W-01 sort 1 21/.?\nW-02 sort 1 1e\n";

static inline void assert_example(struct fixture *fixture)
{
    assert_rows(fixture->result.wafer_test, example_tests);
    assert_rows(fixture->result.wafer_bin, example_bins);
    assert_rows(fixture->result.die_map, example_maps);
    assert_string_equal(fixture->warnings, "");
    assert_string_equal(fixture->result.lot, "LOT7");
    assert_string_equal(fixture->result.product, "D_AI6");
    assert_int_equal(fixture->result.wafers, 2);
    assert_int_equal(fixture->result.parts, 7);
    assert_int_equal(fixture->result.superseded, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
