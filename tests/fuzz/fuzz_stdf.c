/* An STDF file. The first byte of the input holds the options, the rest is the file, plain or gzip. Accepted, it gives rows that agree with
 * each other, and the same ones when it is compressed and in the other byte order; imported into the small fab, it is refused and changes
 * nothing, or it is accepted and changes nothing when it is imported again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "fab.h"
#include "stdf.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { HEADER_SIZE = 4, CPU = 4 /* offset of CPU_TYPE */, SUN = 1, PC = 2 };

/* Bits of the first byte. */
enum { SORT = 1, FINAL = 2, LOT_IN_NAME = 4, SOFT_BINS = 8, WAFER = 16, RUN_3 = 32, IMPORT = 64 };

struct bench {
    fab_context *context;
    fab *fab;
    struct fuzz_image small;
    char plain[FUZZ_PATH_SIZE], changed[FUZZ_PATH_SIZE];
};

static const struct bench *get_bench(void)
{
    static struct bench bench;
    if (bench.context)
        return &bench;
    bench.context = fuzz_context();
    fab_status status = fab_open(bench.context, FUZZ_FAB, FAB_WRITE, &bench.fab);
    FUZZ_CHECK(status == FAB_OK, "%s", fab_context_message(bench.context));
    bench.small = fuzz_store_image(bench.fab->store);
    fuzz_path(bench.plain, "plain.stdf");
    fuzz_path(bench.changed, "changed.stdf");
    return &bench;
}

/* ---- the rows of a file ---- */

static int64_t integer(const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    FUZZ_CHECK(value->type == FAB_INTEGER, "%s is no integer", fab_table_column_name(table, column));
    return value->integer;
}

static const char *text(const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    FUZZ_CHECK(value->type == FAB_TEXT && fab_utf8_valid_length(value->text, strlen(value->text)) == strlen(value->text), "%s is no text",
               fab_table_column_name(table, column));
    return value->text;
}

/* Die in the bins of a wafer, -1 when it has none. */
static int64_t count_bins(const fab_table *bins, const char *wafer)
{
    int64_t sum = -1;
    for (int r = 0; r < fab_table_rows(bins); r++)
        if (strcmp(text(bins, r, 0), wafer) == 0)
            sum = (sum < 0 ? 0 : sum) + integer(bins, r, 4);
    return sum;
}

static int64_t count_mapped(const char *map)
{
    int64_t count = 0;
    for (; *map; map++)
        count += *map != '.' && *map != '/';
    return count;
}

/* Die on the map of a wafer, -1 when it has none. */
static int64_t count_map(const fab_table *maps, const char *wafer)
{
    for (int r = 0; r < fab_table_rows(maps); r++)
        if (strcmp(text(maps, r, 0), wafer) == 0)
            return count_mapped(text(maps, r, 3));
    return -1;
}

static void check_rows(const struct fab_stdf_result *result)
{
    const fab_table *tests = result->wafer_test;
    FUZZ_CHECK(result->run >= 1 && (strcmp(result->stage, "sort") == 0 || strcmp(result->stage, "final") == 0), "no run or no stage");
    FUZZ_CHECK(result->superseded <= result->parts, "more superseded parts than parts");
    for (int r = 0; r < fab_table_rows(tests); r++) {
        const char *wafer = text(tests, r, 0);
        int64_t tested = integer(tests, r, 4), good = integer(tests, r, 5);
        int64_t bins = count_bins(result->wafer_bin, wafer), map = count_map(result->die_map, wafer);
        FUZZ_CHECK(*wafer && (r == 0 || strcmp(text(tests, r - 1, 0), wafer) < 0), "wafers are not in order");
        FUZZ_CHECK(0 <= good && good <= tested, "%s: %lld good of %lld", wafer, (long long)good, (long long)tested);
        FUZZ_CHECK(bins < 0 || bins == tested, "%s: %lld die in bins of %lld", wafer, (long long)bins, (long long)tested);
        FUZZ_CHECK(map <= tested, "%s: %lld die on the map of %lld", wafer, (long long)map, (long long)tested);
        FUZZ_CHECK(strlen(text(tests, r, 3)) == strlen("YYYY-MM-DDTHH:MM:SS"), "%s: time is %s", wafer, text(tests, r, 3));
    }
}

static bool same_tables(const fab_table *a, const fab_table *b)
{
    bool same = fab_table_rows(a) == fab_table_rows(b);
    for (int r = 0; same && r < fab_table_rows(a); r++)
        for (int c = 0; same && c < fab_table_columns(a); c++) {
            const fab_value *left = fab_table_get(a, r, c), *right = fab_table_get(b, r, c);
            same = left->type == right->type &&
                   (left->type == FAB_TEXT ? strcmp(left->text, right->text) == 0 : left->integer == right->integer);
        }
    return same;
}

/* The file at bench->changed gives the same rows. */
static void check_changed(const struct bench *bench, const struct fab_stdf_options *options, const struct fab_stdf_result *result,
                          const char *how)
{
    struct fab_stdf_result changed = {0};
    fab_status status = fab_stdf_read(bench->context, bench->changed, options, &changed);
    FUZZ_CHECK(status == FAB_OK, "%s, it is refused: %s", how, fab_context_message(bench->context));
    FUZZ_CHECK(same_tables(changed.wafer_test, result->wafer_test) && same_tables(changed.wafer_bin, result->wafer_bin) &&
                   same_tables(changed.die_map, result->die_map),
               "%s, it gives other rows", how);
    FUZZ_CHECK(changed.parts == result->parts && changed.superseded == result->superseded && changed.run == result->run,
               "%s, it has other parts", how);
    fab_stdf_result_fini(&changed);
}

/* ---- the same file in other bytes ---- */

static void compress_file(const char *path, const uint8_t *bytes, size_t size)
{
    gzFile file = gzopen(path, "wb1");
    FUZZ_CHECK(file && gzwrite(file, bytes, (unsigned)size) == (int)size, "%s: cannot be written", path);
    FUZZ_CHECK(gzclose(file) == Z_OK, "%s: cannot be written", path);
}

/* Sizes of the fields that a record begins with, up to its last number; + repeats the last one to the end. Others are texts. */
static const struct {
    int type, subtype;
    const char *sizes;
} layouts[] = {
    {1, 10, "4411112"}, {1, 20, "4"},        {1, 40, "1124"},      {1, 50, "1124"},      {1, 70, "22+"},
    {2, 10, "114"},     {2, 20, "11444444"}, {2, 30, "444112211"}, {5, 20, "111222224"},
};

static void swap(uint8_t *bytes, int size)
{
    for (int i = 0; i < size / 2; i++) {
        uint8_t byte = bytes[i];
        bytes[i] = bytes[size - 1 - i];
        bytes[size - 1 - i] = byte;
    }
}

static const char *find_layout(int type, int subtype)
{
    for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++)
        if (layouts[l].type == type && layouts[l].subtype == subtype)
            return layouts[l].sizes;
    return "";
}

static void swap_record(uint8_t *bytes, size_t length, const char *sizes)
{
    size_t at = 0;
    while (*sizes && at + (size_t)(*sizes - '0') <= length) {
        swap(bytes + at, *sizes - '0');
        at += (size_t)(*sizes - '0');
        sizes += sizes[1] != '+';
    }
}

/* Brings a sound file into the other byte order. */
static void swap_file(uint8_t *bytes, size_t size)
{
    bool big = bytes[0] == 0;
    for (size_t at = 0, length; at + HEADER_SIZE <= size; at += HEADER_SIZE + length) {
        length = big ? (size_t)bytes[at] << 8 | bytes[at + 1] : (size_t)bytes[at + 1] << 8 | bytes[at];
        FUZZ_CHECK(length <= size - at - HEADER_SIZE, "a record of an accepted file goes beyond its end");
        swap(bytes + at, 2);
        swap_record(bytes + at + HEADER_SIZE, length, find_layout(bytes[at + 2], bytes[at + 3]));
    }
    if (bytes[CPU] <= PC)
        bytes[CPU] = big ? PC : SUN;
}

static void check_forms(const struct bench *bench, const uint8_t *bytes, size_t size, const struct fab_stdf_options *options,
                        const struct fab_stdf_result *result)
{
    if (bytes[0] == 0x1F && bytes[1] == 0x8B) /* gzip already */
        return;
    uint8_t *swapped = malloc(size);
    FUZZ_CHECK(swapped, "out of memory");
    memcpy(swapped, bytes, size);
    compress_file(bench->changed, bytes, size);
    check_changed(bench, options, result, "compressed");
    swap_file(swapped, size);
    fuzz_write(bench->changed, swapped, size);
    check_changed(bench, options, result, "in the other byte order");
    free(swapped);
}

/* ---- the import ---- */

static void check_import(const struct bench *bench, const struct fab_stdf_options *options)
{
    const char *path = bench->plain;
    const fab_import_request request = {.paths = &path,
                                        .path_count = 1,
                                        .stage = options->stage,
                                        .lot_in_name = options->lot_in_name,
                                        .soft_bins = options->soft_bins,
                                        .wafer = options->wafer,
                                        .run = options->run};
    fab_result *summary = NULL;
    fuzz_store_restore(bench->fab->store, &bench->small);
    fab_status status = fab_import(bench->context, bench->fab, &request, &summary);
    if (status != FAB_OK) {
        fuzz_check_failure(bench->context, status);
        FUZZ_CHECK(fuzz_store_is(bench->fab->store, &bench->small), "a refused import has changed the database");
        return;
    }
    fab_result_free(summary);
    status = fab_import(bench->context, bench->fab, &request, &summary);
    FUZZ_CHECK(status == FAB_OK, "imported again, it is refused: %s", fab_context_message(bench->context));
    const fab_table *tables = fab_result_table(summary, "tables");
    for (int r = 0; r < fab_table_rows(tables); r++)
        for (int c = 2; c < fab_table_columns(tables); c++)
            FUZZ_CHECK(integer(tables, r, c) == 0, "imported again, %s changes", text(tables, r, 0));
    fab_result_free(summary);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct bench *bench = get_bench();
    struct fab_stdf_result result = {0};
    if (size == 0)
        return 0;
    const struct fab_stdf_options options = {.stage = bytes[0] & SORT    ? "sort"
                                                      : bytes[0] & FINAL ? "final"
                                                                         : NULL,
                                             .lot_in_name = (bytes[0] & LOT_IN_NAME) != 0,
                                             .soft_bins = (bytes[0] & SOFT_BINS) != 0,
                                             .wafer = bytes[0] & WAFER ? "L001-1" : NULL,
                                             .run = bytes[0] & RUN_3 ? 3 : 0};
    fuzz_write(bench->plain, bytes + 1, size - 1);
    fab_status status = fab_stdf_read(bench->context, bench->plain, &options, &result);
    if (status == FAB_OK) {
        check_rows(&result);
        check_forms(bench, bytes + 1, size - 1, &options, &result);
    } else {
        fuzz_check_failure(bench->context, status);
        FUZZ_CHECK(status == FAB_INPUT && !result.wafer_test && !result.wafer_bin && !result.die_map, "a refused file gives rows");
    }
    if (bytes[0] & IMPORT)
        check_import(bench, &options);
    fab_stdf_result_fini(&result);
    return 0;
}
