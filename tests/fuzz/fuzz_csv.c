/* A CSV file through the import. The first line of the input names the table and may end with + (--replace), ? (--dry-run) and * (the file
 * lies behind blank lines, across the end of the reader's buffer); the rest is the file. It is imported into the small fab in memory:
 * - refused, it leaves every byte of the database as it was and says why;
 * - accepted, it changes nothing when it is imported again, and the database comes back from its export: the same tables, the same hash.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_source.h"
#include "fuzz.h"

#include "dictionary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_SIZE = 65, FOLDER_EVERY = 16, BUFFER_SIZE = 1 << 16 };

struct bench {
    fab_context *context;
    fab_store *store, *copy;
    struct fuzz_image small, empty;                     /* what store and copy are before each input */
    char first[FUZZ_PATH_SIZE], second[FUZZ_PATH_SIZE]; /* folders of exports */
};

static const struct bench *get_bench(void)
{
    static struct bench bench;
    const char *folder = FUZZ_FAB;
    if (bench.context)
        return &bench;
    bench.context = fuzz_context();
    fab_status status = fab_store_open(bench.context, NULL, FAB_STORE_MEMORY, &bench.copy);
    if (status == FAB_OK)
        status = fab_store_open(bench.context, NULL, FAB_STORE_MEMORY, &bench.store);
    if (status == FAB_OK)
        status = fab_csv_import(bench.context, bench.store, &folder, 1, NULL, NULL);
    FUZZ_CHECK(status == FAB_OK, "%s", fab_context_message(bench.context));
    bench.small = fuzz_store_image(bench.store);
    bench.empty = fuzz_store_image(bench.copy);
    mkdir(fuzz_path(bench.first, "first"), 0777);
    mkdir(fuzz_path(bench.second, "second"), 0777);
    return &bench;
}

/* ---- properties ---- */

/* Findings of the cross-checks. */
static int count_check_findings(const struct bench *bench)
{
    fab_table *findings = NULL;
    int count = 0;
    fab_status status = fab_store_check(bench->context, bench->store, &findings);
    FUZZ_CHECK(status == FAB_OK, "the checks fail: %s", fab_context_message(bench->context));
    for (int r = 0; r < fab_table_rows(findings); r++)
        count += strcmp(fab_table_get(findings, r, 0)->text, "finding") == 0;
    fab_table_free(findings);
    return count;
}

static void check_same_file(const char *table)
{
    char left[FUZZ_PATH_SIZE], right[FUZZ_PATH_SIZE], name[64];
    size_t sizes[2] = {0, 0};
    snprintf(name, sizeof name, "first/%s.csv", table);
    char *a = fuzz_read(fuzz_path(left, name), &sizes[0]);
    snprintf(name, sizeof name, "second/%s.csv", table);
    char *b = fuzz_read(fuzz_path(right, name), &sizes[1]);
    FUZZ_CHECK(!a == !b && sizes[0] == sizes[1] && (!a || memcmp(a, b, sizes[0]) == 0),
               "%s is not the same after export and import:\n%s\n%s", table, a ? a : "no file", b ? b : "no file");
    free(a);
    free(b);
}

/* The copy has the same tables and the same hash as the store, whose export is in bench->first. */
static void check_copy(const struct bench *bench)
{
    char hashes[2][HEX_SIZE];
    fuzz_empty(bench->second);
    fab_status status = fab_store_export(bench->context, bench->copy, bench->second);
    if (status == FAB_OK)
        status = fab_store_hash_inputs(bench->context, bench->store, hashes[0]);
    if (status == FAB_OK)
        status = fab_store_hash_inputs(bench->context, bench->copy, hashes[1]);
    FUZZ_CHECK(status == FAB_OK, "%s", fab_context_message(bench->context));
    FUZZ_CHECK(strcmp(hashes[0], hashes[1]) == 0, "the hash is not the same after export and import");
    for (int t = 0; t < fab_dictionary_count; t++)
        check_same_file(fab_dictionary[t].name);
}

/* The exported table, put in the place of that of the small fab, makes it the same. */
static void check_table(const struct bench *bench, const char *table)
{
    const fab_import_options replace = {.replace = true};
    char path[FUZZ_PATH_SIZE], name[64];
    snprintf(name, sizeof name, "first/%s.csv", table);
    const char *file = fuzz_path(path, name);
    if (access(file, F_OK) != 0) /* a table without rows */
        return;
    fuzz_store_restore(bench->copy, &bench->small);
    fab_status status = fab_csv_import(bench->context, bench->copy, &file, 1, &replace, NULL);
    FUZZ_CHECK(status == FAB_OK, "exported, it is refused: %s", fab_context_message(bench->context));
    check_copy(bench);
}

/* The exported folder makes the same of an empty database; where the checks have findings a whole data set is refused. */
static void check_folder(const struct bench *bench)
{
    const char *folder = bench->first;
    int findings = count_check_findings(bench);
    fuzz_store_restore(bench->copy, &bench->empty);
    fab_status status = fab_csv_import(bench->context, bench->copy, &folder, 1, NULL, NULL);
    FUZZ_CHECK((status == FAB_OK) == (findings == 0), "the checks have %d findings, and the import of the export says: %s", findings,
               status == FAB_OK ? "done" : fab_context_message(bench->context));
    if (status == FAB_OK)
        check_copy(bench);
}

/* Imported again, the file has nothing to add. */
static void check_again(const struct bench *bench, const char *path, const fab_import_options *options)
{
    fab_table *summary = NULL;
    fab_status status = fab_csv_import(bench->context, bench->store, &path, 1, options, &summary);
    FUZZ_CHECK(status == FAB_OK, "imported again, it is refused: %s", fab_context_message(bench->context));
    for (int c = 2; c < fab_table_columns(summary); c++)
        FUZZ_CHECK(fab_table_get(summary, 0, c)->integer == 0, "imported again, %s is %lld", fab_table_column_name(summary, c),
                   (long long)fab_table_get(summary, 0, c)->integer);
    fab_table_free(summary);
}

/* The whole folder takes far longer than anything else: one input in FOLDER_EVERY has it. */
static void check_accepted(const struct bench *bench, const char *table, const char *path, const fab_import_options *options, unsigned sum)
{
    check_again(bench, path, options);
    fuzz_empty(bench->first);
    fab_status status = fab_store_export(bench->context, bench->store, bench->first);
    FUZZ_CHECK(status == FAB_OK, "the export fails: %s", fab_context_message(bench->context));
    if (sum % FOLDER_EVERY == 0)
        check_folder(bench);
    else
        check_table(bench, table);
}

/* True when the import was accepted. */
static bool import_file(const struct bench *bench, const char *path, const fab_import_options *options)
{
    fuzz_store_restore(bench->store, &bench->small);
    fuzz_take_findings();
    fab_status status = fab_csv_import(bench->context, bench->store, &path, 1, options, NULL);
    int findings = fuzz_take_findings();
    if (status != FAB_OK || options->dry_run)
        FUZZ_CHECK(fuzz_store_is(bench->store, &bench->small), "an import that was %s has changed the database",
                   status == FAB_OK ? "a dry run" : "refused");
    if (status == FAB_OK) {
        FUZZ_CHECK(findings == 0, "accepted with findings");
        return true;
    }
    fuzz_check_failure(bench->context, status);
    FUZZ_CHECK(status == FAB_INPUT && findings > 0, "refused without a finding: %s", fab_context_message(bench->context));
    return false;
}

/* ---- inputs ---- */

/* The table that the line names, some table for any other line. */
static const char *find_table(const char *line, size_t length, unsigned sum)
{
    for (int t = 0; t < fab_dictionary_count; t++)
        if (strlen(fab_dictionary[t].name) == length && memcmp(fab_dictionary[t].name, line, length) == 0)
            return fab_dictionary[t].name;
    return fab_dictionary[sum % (unsigned)fab_dictionary_count].name;
}

static void write_file(const char *path, const uint8_t *bytes, size_t size, size_t blank_lines)
{
    char *file = malloc(size + blank_lines + 1);
    FUZZ_CHECK(file, "out of memory");
    memset(file, '\n', blank_lines);
    memcpy(file + blank_lines, bytes, size);
    fuzz_write(path, file, size + blank_lines);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct bench *bench = get_bench();
    fab_import_options options = {0};
    bool far = false;
    char name[64], path[FUZZ_PATH_SIZE];
    size_t length = 0, start;
    unsigned sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += bytes[i];
    while (length < size && bytes[length] != '\n')
        length++;
    start = length < size ? length + 1 : length;
    for (; length > 0 && memchr("+?*", bytes[length - 1], 3); length--)
        *(bytes[length - 1] == '+' ? &options.replace : bytes[length - 1] == '?' ? &options.dry_run : &far) = true;
    const char *table = find_table((const char *)bytes, length, sum);
    snprintf(name, sizeof name, "%s.csv", table);
    fuzz_path(path, name);
    write_file(path, bytes + start, size - start, far ? BUFFER_SIZE - sum % (size - start + 1) : 0);
    if (import_file(bench, path, &options) && !options.dry_run)
        check_accepted(bench, table, path, &options, sum);
    return 0;
}
