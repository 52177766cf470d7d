/* STDF: what is written comes back, in both byte orders, plain and gzip; the traps.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_fixture.h"

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
        CASE(many_parts_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
