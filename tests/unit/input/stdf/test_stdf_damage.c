/* STDF: damage of every kind is named with its byte, and does no harm.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(damage_is_named_with_its_byte),
        CASE(files_that_are_not_stdf_v4),
        CASE(every_truncation_is_refused),
        CASE(turned_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
