/* STDF: what is written comes back, in both byte orders, plain and gzip; the traps; damage of every kind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
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

static void keep_warning(void *user, fab_level level, const char *text)
{
    struct fixture *fixture = user;
    size_t used = strlen(fixture->warnings);
    if (level == FAB_LEVEL_WARNING)
        snprintf(fixture->warnings + used, LINE_SIZE - used, "%s\n", text);
}

static int setup(void **state)
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

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    fab_stdf_result_fini(&fixture->result);
    unlink(fixture->path);
    rmdir(fixture->folder);
    fab_context_free(fixture->context);
    free(fixture);
    return 0;
}

static fab_status read_bytes(struct fixture *fixture, const unsigned char *bytes, size_t size)
{
    fab_stdf_result_fini(&fixture->result);
    fixture->warnings[0] = '\0';
    save_bytes(fixture->path, bytes, size);
    return fab_stdf_read(fixture->context, fixture->path, &fixture->options, &fixture->result);
}

/* Reads what has been written; must work. */
static void read_written(struct fixture *fixture)
{
    if (read_bytes(fixture, fixture->writer.bytes, fixture->writer.size) != FAB_OK)
        fail_msg("%s", fab_context_message(fixture->context));
}

/* The rows of a table as text: cells with blanks between, rows with line ends. */
static void print_rows(const fab_table *table, char *text, size_t size)
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

static void assert_rows(const fab_table *table, const char *expected)
{
    static char text[1 << 16];
    print_rows(table, text, sizeof text);
    assert_string_equal(text, expected);
}

static void assert_refused(struct fixture *fixture, const char *message)
{
    assert_int_equal(read_bytes(fixture, fixture->writer.bytes, fixture->writer.size), FAB_INPUT);
    if (!strstr(fab_context_message(fixture->context), message))
        fail_msg("'%s' is not in '%s'", message, fab_context_message(fixture->context));
    assert_null(fixture->result.wafer_test);
    assert_null(fixture->result.wafer_bin);
    assert_null(fixture->result.die_map);
}

/* Two wafers on two heads at the same time; on the first a retested die and one without place. */
static void write_example(struct writer *w, bool big)
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

static void assert_example(struct fixture *fixture)
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

static void both_byte_orders_plain_and_gzip(void **state)
{
    struct fixture *fixture = *state;
    static unsigned char compressed[WRITER_SIZE];
    for (int big = 0; big < 2; big++) {
        write_example(&fixture->writer, big);
        read_written(fixture);
        assert_example(fixture);
        size_t size = compress_bytes(fixture->writer.bytes, fixture->writer.size, compressed, sizeof compressed);
        assert_int_equal(read_bytes(fixture, compressed, size), FAB_OK);
        assert_example(fixture);
    }
    write_example(&fixture->writer, false);
    fixture->writer.bytes[4] = 0; /* CPU_TYPE of a VAX: the integers are those of a PC */
    read_written(fixture);
    assert_example(fixture);
}

static void columns_are_those_of_the_dictionary(void **state)
{
    struct fixture *fixture = *state;
    write_example(&fixture->writer, false);
    read_written(fixture);
    const fab_table *const tables[] = {fixture->result.wafer_test, fixture->result.wafer_bin, fixture->result.die_map};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        const struct fab_table_def *def = fab_dictionary_find(fab_table_name(tables[t]));
        assert_int_equal(fab_table_columns(tables[t]), def->column_count);
        for (int c = 0; c < def->column_count; c++)
            assert_string_equal(fab_table_column_name(tables[t], c), def->columns[c].name);
    }
}

/* One wafer; parts are given. */
static void write_wafer(struct writer *w, const struct mir *mir, const struct part *parts, size_t count)
{
    write_far(w, false);
    write_mir(w, mir);
    write_wir(w, 1, 1800000000, "W");
    for (size_t i = 0; i < count; i++)
        write_part(w, &parts[i]);
    write_wrr(w, 1, 1800000001, UINT32_MAX, UINT32_MAX, "W");
}

#define WRITE_WAFER(writer, mir, parts) write_wafer(writer, mir, parts, sizeof(parts) / sizeof *(parts))

static void later_parts_supersede(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {
        {1, 0, 0x08, 9, 0, 3, 3, "a"},           {1, 0, 0x00, 1, 0, 3, 3, "b"},           /* the same place, without a flag */
        {1, 0, 0x08, 9, 0, -32768, -32768, "c"}, {1, 0, 0x01, 1, 0, -32768, -32768, "c"}, /* the same id, with the flag */
        {1, 0, 0x08, 8, 0, -32768, -32768, "d"}, {1, 0, 0x00, 1, 0, -32768, -32768, "d"}, /* the same id, without: another part */
        {1, 0, 0x08, 7, 0, -32768, -32768, ""},  {1, 0, 0x01, 1, 0, -32768, -32768, ""},  /* no id: nothing to supersede */
        {1, 0, 0x08, 6, 0, -32768, -32768, "e"}, {1, 0, 0x09, 5, 0, -32768, -32768, "e"}, {1, 0, 0x01, 1, 0, -32768, -32768, "e"},
        {1, 0, 0x08, 4, 0, 3, -32768, "f"},      {1, 0, 0x08, 4, 0, 3, -32768, "g"}, /* no place: two parts */
        {1, 0, 0x00, 1, 0, 4, 3, "h"},           {1, 0, 0x08, 3, 0, 4, 3, "h"},      /* a later failure counts */
    };
    WRITE_WAFER(&fixture->writer, &sort_mir, parts);
    write_mrr(&fixture->writer);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "W sort 1 2027-01-15T08:00:00 10 5\n");
    assert_rows(fixture->result.wafer_bin, "W sort 1 1 5\nW sort 1 3 1\nW sort 1 4 2\nW sort 1 7 1\nW sort 1 8 1\n");
    assert_rows(fixture->result.die_map, "W sort 1 13\n");
    assert_int_equal(fixture->result.superseded, 5);
}

/* PART_FLG bit 0: "supersede any previous sequence of records with the same PART_ID". */
static void a_repeated_id_supersedes_all_earlier_ones(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {
        {1, 0, 0x08, 9, 0, -32768, -32768, "a"}, {1, 0, 0x08, 8, 0, -32768, -32768, "a"}, /* two parts of one id */
        {1, 0, 0x09, 7, 0, 2, 2, "a"},           {1, 0, 0x00, 1, 0, 2, 2, "b"}, /* both repeated, at a place that is tested again */
        {1, 0, 0x01, 2, 0, -32768, -32768, "c"}, {1, 0, 0x00, 3, 0, -32768, -32768, "c"}, /* the later one repeats nothing */
    };
    WRITE_WAFER(&fixture->writer, &sort_mir, parts);
    write_mrr(&fixture->writer);
    read_written(fixture);
    assert_rows(fixture->result.wafer_bin, "W sort 1 1 1\nW sort 1 2 1\nW sort 1 3 1\n");
    assert_int_equal(fixture->result.superseded, 3);
}

static void bins_that_the_standard_does_not_have_count_with_a_warning(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {
        {1, 0, 0x08, 65535, 0, 0, 0, ""}, {1, 0, 0x08, 32768, 0, 1, 0, ""}, {1, 0, 0x08, 32767, 0, 2, 0, ""}};
    WRITE_WAFER(&fixture->writer, &sort_mir, parts);
    write_mrr(&fixture->writer);
    read_written(fixture);
    assert_rows(fixture->result.wafer_bin, "W sort 1 32767 1\nW sort 1 32768 1\nW sort 1 65535 1\n");
    assert_string_equal(fixture->warnings, "wafer W: 2 parts with bin 65535, must be at most 32767; they count\n");
}

static void bins_decide_where_a_part_has_no_verdict(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {{1, 0, 0x10, 1, 5, 0, 0, ""}, {1, 0, 0x18, 2, 6, 1, 0, ""}, {1, 0, 0x10, 3, 7, 2, 0, ""}};
    WRITE_WAFER(&fixture->writer, &sort_mir, parts);
    write_bin(&fixture->writer, 40, 255, 255, 1, 1, 'P');
    write_bin(&fixture->writer, 40, 255, 255, 2, 1, 'F');
    write_bin(&fixture->writer, 50, 255, 255, 6, 1, 'P');
    write_mrr(&fixture->writer);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "W sort 1 2027-01-15T08:00:00 3 1\n");
    fixture->options.soft_bins = true;
    read_written(fixture);
    assert_rows(fixture->result.wafer_bin, "W sort 1 5 1\nW sort 1 6 1\nW sort 1 7 1\n");
    assert_rows(fixture->result.wafer_test, "W sort 1 2027-01-15T08:00:00 3 1\n");
}

static void totals_are_not_added_to_the_sites(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    write_far(w, true);
    write_mir(w, &sort_mir);
    write_wir(w, 1, 0, "");
    write_wrr(w, 1, 1800000060, 30, 20, " W ");
    write_bin(w, 40, 1, 0, 1, 12, 'P');
    write_bin(w, 40, 1, 1, 1, 8, 'P');
    size_t without_totals = w->size;
    write_bin(w, 40, 1, 0, 7, 10, 'F');
    write_mrr(w);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "W sort 1 2027-01-15T08:01:00 30 20\n");
    assert_rows(fixture->result.wafer_bin, "W sort 1 1 20\nW sort 1 7 10\n");
    w->size = without_totals;
    write_bin(w, 40, 255, 255, 1, 20, 'P');
    write_bin(w, 40, 255, 0, 7, 10, 'F');
    write_mrr(w);
    read_written(fixture);
    assert_rows(fixture->result.wafer_bin, "W sort 1 1 20\nW sort 1 7 10\n");
    assert_string_equal(fixture->warnings, "");
    w->size = without_totals; /* 20 die in bins, 30 tested */
    write_mrr(w);
    read_written(fixture);
    assert_int_equal(fab_table_rows(fixture->result.wafer_bin), 0);
    assert_non_null(strstr(fixture->warnings, "the bins of the file hold 20 die and WRR 30"));
}

static void missing_and_contradicting_counts(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    static const struct part part = {1, 0, 0, 1, 1, 0, 0, ""};
    write_far(w, false);
    write_mir(w, &sort_mir);
    write_wir(w, 1, 1800000000, "A");
    write_wrr(w, 1, 1800000060, UINT32_MAX, UINT32_MAX, "A");
    write_wir(w, 1, 1800000000, "B");
    write_part(w, &part);
    write_wrr(w, 1, 1800000060, 5, 4, "B");
    write_wir(w, 1, 1800000000, "C");
    write_wir(w, 1, 1800000000, "D"); /* C was never closed */
    write_part(w, &part);
    write_mrr(w);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "B sort 1 2027-01-15T08:00:00 1 1\nD sort 1 2027-01-15T08:00:00 1 1\n");
    assert_string_equal(fixture->warnings,
                        "wafer A: no parts and no counts, left out\n"
                        "wafer B: WRR counts 5 parts and 4 good ones, the file has 1 and 1; those of the file are taken\n"
                        "wafer C: no parts and no counts, left out\n");
    write_far(w, false);
    write_mir(w, &sort_mir);
    write_wir(w, 1, 1800000000, "A");
    write_wrr(w, 1, 1800000060, 4, 5, "A");
    write_mrr(w);
    assert_refused(fixture, "WRR has 5 good of 4 parts");
}

static void a_wafer_that_comes_twice_is_one(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    static const struct part first = {1, 0, 0x08, 9, 9, 0, 0, ""}, other = {1, 0, 0, 1, 1, 1, 0, ""}, again = {1, 0, 0, 1, 1, 0, 0, ""};
    write_far(w, false);
    write_mir(w, &sort_mir);
    write_wir(w, 1, 1800000000, "A");
    write_part(w, &first);
    write_part(w, &other);
    write_wrr(w, 1, 1800000060, 2, 1, "A");
    write_wir(w, 1, 1800009000, "");
    write_part(w, &again);
    write_wrr(w, 1, 1800009060, 1, 1, "A");
    write_mrr(w);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "A sort 1 2027-01-15T08:00:00 2 2\n");
    assert_string_equal(fixture->warnings, "");
}

static void the_wafer_chart_turns_the_map(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {{1, 0, 0, 1, 0, -1, 10, ""}, {1, 0, 0, 2, 0, 0, 10, ""}, {1, 0, 0, 3, 0, -1, 11, ""}};
    static const struct {
        char x, y;
        const char *map;
    } cases[] = {
        {' ', ' ', "W sort 1 12/3.\n"}, {'R', 'D', "W sort 1 12/3.\n"}, {'R', 'U', "W sort 1 3./12\n"}, {'L', 'D', "W sort 1 21/.3\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        WRITE_WAFER(&fixture->writer, &sort_mir, parts);
        write_wcr(&fixture->writer, cases[i].x, cases[i].y);
        write_mrr(&fixture->writer);
        read_written(fixture);
        assert_rows(fixture->result.die_map, cases[i].map);
    }
}

static void a_map_that_is_too_long_is_left_out(void **state)
{
    struct fixture *fixture = *state;
    static const struct part parts[] = {{1, 0, 0, 1, 0, -32767, -32767, ""}, {1, 0, 0, 2, 0, 32767, 32767, ""}};
    WRITE_WAFER(&fixture->writer, &sort_mir, parts);
    write_mrr(&fixture->writer);
    read_written(fixture);
    assert_int_equal(fab_table_rows(fixture->result.die_map), 0);
    assert_int_equal(fab_table_rows(fixture->result.wafer_test), 1);
    assert_non_null(strstr(fixture->warnings, "wafer W: no die map, it would have 4294901759 characters"));
}

static void stage_and_run_come_from_the_file_or_the_options(void **state)
{
    struct fixture *fixture = *state;
    static const struct part part[] = {{1, 0, 0, 1, 1, 0, 0, ""}};
    static const struct {
        const char *code, *flow, *job, *stage;
        char retest;
        int run;
    } cases[] = {
        {"", "", "", "sort", ' ', 1},           {"FT1", "", "", "final", 'Y', 2},
        {"x", "WS2", "FT", "sort", '0', 1},     {"", "", "D_AI6-Final-Test", "final", '2', 3},
        {"left", "profit", "", "sort", 'N', 1}, {"CP1", "", "", "sort", '9', 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mir mir = {0, 1800000000, cases[i].retest, "L", "P", cases[i].job, cases[i].code, cases[i].flow};
        WRITE_WAFER(&fixture->writer, &mir, part);
        write_mrr(&fixture->writer);
        read_written(fixture);
        assert_string_equal(fixture->result.stage, cases[i].stage);
        assert_int_equal(fixture->result.run, cases[i].run);
    }
    fixture->options = (struct fab_stdf_options){.stage = "final", .run = 4, .lot_in_name = true};
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "L-W final 4 2027-01-15T08:00:00 1 1\n");
    fixture->options.stage = "probe";
    assert_int_equal(read_bytes(fixture, fixture->writer.bytes, fixture->writer.size), FAB_USAGE);
}

/* RDR of so many bins behind a MIR without RTST_COD. */
static size_t write_retest(struct writer *w, unsigned bins, char retest)
{
    struct mir mir = sort_mir;
    static const struct part part = {1, 0, 0, 1, 1, 0, 0, ""};
    mir.retest = retest;
    write_far(w, true);
    write_mir(w, &mir);
    size_t offset = w->size;
    begin_record(w, 1, 70);
    put_number(w, bins, 2);
    for (unsigned b = 0; b < bins; b++)
        put_number(w, 5 + b, 2);
    end_record(w);
    write_wir(w, 1, 1800000000, "W");
    write_part(w, &part);
    write_mrr(w);
    return offset;
}

static void a_retest_record_is_a_run(void **state)
{
    struct fixture *fixture = *state;
    write_retest(&fixture->writer, 0, ' ');
    read_written(fixture);
    assert_int_equal(fixture->result.run, 2);
    write_retest(&fixture->writer, 0, '3');
    read_written(fixture);
    assert_int_equal(fixture->result.run, 4);
    write_retest(&fixture->writer, 2, 'Y'); /* of some bins alone */
    read_written(fixture);
    assert_int_equal(fixture->result.run, 2);
}

static void a_lot_without_a_name_names_no_wafer(void **state)
{
    struct fixture *fixture = *state;
    struct mir mir = sort_mir;
    static const struct part part[] = {{1, 0, 0, 1, 1, 0, 0, ""}};
    mir.lot = "  ";
    WRITE_WAFER(&fixture->writer, &mir, part);
    write_mrr(&fixture->writer);
    read_written(fixture);
    fixture->options.lot_in_name = true;
    assert_refused(fixture, "LOT_ID of MIR is empty");
}

static void parts_without_a_wafer_take_the_named_one(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    static const struct part part = {1, 255, 0, 1, 1, -32768, -32768, ""};
    write_far(w, true);
    write_mir(w, &sort_mir);
    size_t offset = w->size + 6 + 10; /* of the PRR: behind PIR and PTR */
    write_part(w, &part);
    write_part(w, &part);
    write_mrr(w);
    char message[LINE_SIZE];
    snprintf(message, sizeof message, "byte %zu: a part outside every wafer", offset);
    assert_refused(fixture, message);
    fixture->options.wafer = "X9";
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "X9 final 1 2027-01-15T07:43:20 2 2\n");
}

static void short_records_have_their_defaults(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    write_far(w, false);
    begin_record(w, 1, 10); /* MIR that ends behind the times */
    put_number(w, 5, 4);
    put_number(w, 6, 4);
    end_record(w);
    write_wir(w, 1, 0, "W");
    begin_record(w, 5, 20); /* PRR that ends behind HARD_BIN */
    put_u1(w, 1);
    put_u1(w, 0);
    put_u1(w, 0);
    put_number(w, 1, 2);
    put_number(w, 3, 2);
    end_record(w);
    begin_record(w, 180, 99); /* nobody knows it */
    end_record(w);
    write_mrr(w);
    read_written(fixture);
    assert_rows(fixture->result.wafer_test, "W sort 1 1970-01-01T00:00:06 1 1\n");
    assert_rows(fixture->result.wafer_bin, "W sort 1 3 1\n");
}

/* ---- damage ---- */

static void damage_is_named_with_its_byte(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    char message[LINE_SIZE];
    write_far(w, false);
    write_mir(w, &sort_mir);
    size_t start = w->size;
    write_wir(w, 1, 1800000000, "W");
    w->bytes[start + 4 + 6] = 200; /* the length of the name */
    write_mrr(w);
    snprintf(message, sizeof message, "byte %zu: a field of this record of type 2.10 goes beyond its end", start);
    assert_refused(fixture, message);
    w->size = start;
    write_wrr(w, 1, 0, 0, 0, "W");
    snprintf(message, sizeof message, "byte %zu: wafer results (WRR) on head 1, where no wafer is open", start);
    assert_refused(fixture, message);
    w->size = start;
    write_mir(w, &sort_mir);
    snprintf(message, sizeof message, "byte %zu: a second master information record", start);
    assert_refused(fixture, message);
    w->size = start;
    write_wir(w, 1, 0, "");
    write_mrr(w);
    snprintf(message, sizeof message, "byte %zu: a wafer without WAFER_ID", start);
    assert_refused(fixture, message);
    w->size = start;
    write_wir(w, 1, 0, "\x01");
    write_mrr(w);
    assert_refused(fixture, "the name of the wafer is not 1 to 63 printable characters");
    w->size = start;
    write_mrr(w);
    size_t end = w->size;
    write_mrr(w);
    snprintf(message, sizeof message, "byte %zu: a record behind the master results record", end);
    assert_refused(fixture, message);
    w->size = start;
    snprintf(message, sizeof message, "byte %zu: the file ends without a master results record", start);
    assert_refused(fixture, message);
}

static void files_that_are_not_stdf_v4(void **state)
{
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    write_example(w, false);
    w->bytes[5] = 3;
    assert_refused(fixture, "byte 5: STDF version 3, must be 4");
    w->bytes[5] = 4;
    w->bytes[4] = 1;
    assert_refused(fixture, "byte 4: CPU_TYPE 1 contradicts the byte order");
    memcpy(w->bytes, "wafer,", 6);
    assert_refused(fixture, "byte 0: no file attributes record");
    write_far(w, true);
    write_wir(w, 1, 0, "W");
    assert_refused(fixture, "byte 6: results before the master information record");
    w->size = 0;
    assert_refused(fixture, "byte 0: no file attributes record");
    write_far(w, false);
    assert_refused(fixture, "byte 6: the file ends without a master results record");
    struct fab_stdf_result result;
    assert_int_equal(fab_stdf_read(fixture->context, "/no/such/file", NULL, &result), FAB_INPUT);
    assert_int_equal(fab_stdf_read(fixture->context, "/tmp", NULL, &result), FAB_INPUT);
}

/* A file that is cut off anywhere is an error: MRR is its last record. */
static void every_truncation_is_refused(void **state)
{
    struct fixture *fixture = *state;
    static unsigned char compressed[WRITER_SIZE];
    for (int big = 0; big < 2; big++) {
        write_example(&fixture->writer, big);
        for (size_t size = 0; size < fixture->writer.size; size++) {
            assert_int_equal(read_bytes(fixture, fixture->writer.bytes, size), FAB_INPUT);
            assert_non_null(strstr(fab_context_message(fixture->context), ": byte "));
            assert_null(fixture->result.wafer_test);
        }
    }
    size_t whole = compress_bytes(fixture->writer.bytes, fixture->writer.size, compressed, sizeof compressed);
    for (size_t size = 0; size < whole; size++) {
        assert_int_equal(read_bytes(fixture, compressed, size), FAB_INPUT);
        assert_null(fixture->result.wafer_test);
    }
}

/* Turned bytes never crash; those of a compressed file behind its header are noticed unless they change nothing (the last bits of the
 * deflated data). */
static void turned_bytes_do_no_harm(void **state)
{
    enum { ROUNDS = 4000, GZIP_HEADER = 10 };
    struct fixture *fixture = *state;
    static unsigned char bytes[WRITER_SIZE], compressed[WRITER_SIZE];
    fab_random random = fab_random_stream(99, 0, 0);
    fixture->options.wafer = "X";
    int refused = 0, unnoticed = 0;
    for (int round = 0; round < ROUNDS; round++) {
        write_example(&fixture->writer, round % 2);
        memcpy(bytes, fixture->writer.bytes, fixture->writer.size);
        for (int i = fab_random_below(&random, 4); i >= 0; i--)
            bytes[fab_random_below(&random, (int)fixture->writer.size)] = (unsigned char)fab_random_below(&random, 256);
        fab_status status = read_bytes(fixture, bytes, fixture->writer.size);
        assert_true(status == FAB_OK || status == FAB_INPUT);
        assert_true((fixture->result.wafer_test != NULL) == (status == FAB_OK));
        refused += status == FAB_INPUT;
    }
    assert_in_range(refused, ROUNDS / 10, ROUNDS - 1);
    size_t size = compress_bytes(fixture->writer.bytes, fixture->writer.size, compressed, sizeof compressed);
    for (size_t at = GZIP_HEADER; at < size; at++) {
        compressed[at] ^= 0x10;
        fab_status status = read_bytes(fixture, compressed, size);
        compressed[at] ^= 0x10;
        if (status == FAB_OK) {
            assert_example(fixture);
            unnoticed++;
        } else {
            assert_int_equal(status, FAB_INPUT);
            assert_null(fixture->result.wafer_test);
        }
    }
    assert_in_range(unnoticed, 0, 1);
}

/* As many die as a real wafer lot has, in random order, against counts kept beside. */
static void many_parts_are_counted(void **state)
{
    enum { WAFERS = 5, SIDE = 40, BINS = 6, RETESTS = 300 };
    struct fixture *fixture = *state;
    struct writer *w = &fixture->writer;
    static int found[WAFERS][SIDE][SIDE];
    fab_random random = fab_random_stream(3, 0, 0);
    write_far(w, true);
    write_mir(w, &sort_mir);
    for (int wafer = 0; wafer < WAFERS; wafer++) {
        char name[16];
        snprintf(name, sizeof name, "W%d", wafer);
        write_wir(w, 1, 1800000000, name);
        for (int i = 0; i < SIDE * SIDE + RETESTS; i++) {
            int place = i < SIDE * SIDE ? i : fab_random_below(&random, SIDE * SIDE), bin = 1 + fab_random_below(&random, BINS);
            struct part part = {1, i % 4, bin > 1 ? 0x08 : 0, bin, bin, place % SIDE, place / SIDE, ""};
            found[wafer][place / SIDE][place % SIDE] = bin;
            write_part(w, &part);
        }
        write_wrr(w, 1, 1800000001, UINT32_MAX, UINT32_MAX, name);
    }
    write_mrr(w);
    read_written(fixture);
    assert_int_equal(fab_table_rows(fixture->result.wafer_bin), WAFERS * BINS);
    for (int row = 0; row < WAFERS * BINS; row++) {
        int wafer = row / BINS, bin = row % BINS + 1, count = 0;
        for (int i = 0; i < SIDE * SIDE; i++)
            count += found[wafer][i / SIDE][i % SIDE] == bin;
        assert_int_equal(fab_table_get(fixture->result.wafer_bin, row, 3)->integer, bin);
        assert_int_equal(fab_table_get(fixture->result.wafer_bin, row, 4)->integer, count);
        if (bin == 1) {
            assert_int_equal(fab_table_get(fixture->result.wafer_test, wafer, 4)->integer, SIDE * SIDE);
            assert_int_equal(fab_table_get(fixture->result.wafer_test, wafer, 5)->integer, count);
        }
    }
    const char *map = fab_table_get(fixture->result.die_map, 2, 3)->text;
    for (int i = 0; i < SIDE * SIDE; i++)
        assert_int_equal(map[i / SIDE * (SIDE + 1) + i % SIDE], '0' + found[2][i / SIDE][i % SIDE]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(both_byte_orders_plain_and_gzip),
        CASE(columns_are_those_of_the_dictionary),
        CASE(later_parts_supersede),
        CASE(a_repeated_id_supersedes_all_earlier_ones),
        CASE(bins_that_the_standard_does_not_have_count_with_a_warning),
        CASE(bins_decide_where_a_part_has_no_verdict),
        CASE(totals_are_not_added_to_the_sites),
        CASE(missing_and_contradicting_counts),
        CASE(a_wafer_that_comes_twice_is_one),
        CASE(the_wafer_chart_turns_the_map),
        CASE(a_map_that_is_too_long_is_left_out),
        CASE(stage_and_run_come_from_the_file_or_the_options),
        CASE(a_retest_record_is_a_run),
        CASE(a_lot_without_a_name_names_no_wafer),
        CASE(parts_without_a_wafer_take_the_named_one),
        CASE(short_records_have_their_defaults),
        CASE(damage_is_named_with_its_byte),
        CASE(files_that_are_not_stdf_v4),
        CASE(every_truncation_is_refused),
        CASE(turned_bytes_do_no_harm),
        CASE(many_parts_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
