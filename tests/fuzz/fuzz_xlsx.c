#define _GNU_SOURCE /* memmem */
/* A workbook through the import. An input that begins with PK is the file itself; any other is a list of parts, each behind a line "--- NAME", of which
 * those that every workbook has are filled in: so mutations reach the parts and not the checksums around them. It is imported into the small fab in memory:
 * - refused, it leaves every byte of the database as it was and says why; the copy with the findings beside the rows is refused too;
 * - accepted, it changes nothing when it is imported again, nor does its copy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "fab.h"

#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_SIZE = 128 };

#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

static const char *const usual_parts[][2] = {
    {"[Content_Types].xml", "<Types/>"},
    {"_rels/.rels", RELATIONS "<Relationship Id='r' Type='" OFFICE "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
    {"xl/workbook.xml", "<workbook xmlns='" SPREADSHEET "' xmlns:r='" OFFICE "'><sheets><sheet name='demand' r:id='r1'/><sheet name='customer' r:id='r2'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels", RELATIONS "<Relationship Id='r1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" OFFICE
                                             "/worksheet' Target='worksheets/sheet2.xml'/><Relationship Id='r3' Type='" OFFICE
                                             "/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='r4' Type='" OFFICE "/styles' Target='styles.xml'/></Relationships>"},
    {"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>demand</t></is></c><c r='B1' t='inlineStr'><is><t>customer</t></is></c>"
                                 "<c r='C1' t='inlineStr'><is><t>item</t></is></c><c r='D1' t='inlineStr'><is><t>due_date</t></is></c><c r='E1' t='inlineStr'><is><t>quantity"
                                 "</t></is></c><c r='F1' t='inlineStr'><is><t>price_usd</t></is></c></row></sheetData></worksheet>"},
    {"xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t='inlineStr'><is><t>customer</t></is></c><c t='inlineStr'><is><t>name</t></is></c></row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst/>"},
    {"xl/styles.xml", "<styleSheet/>"},
};
enum { USUAL_PARTS = sizeof usual_parts / sizeof *usual_parts };

struct bench {
    fab_context *context;
    fab *fab;
    struct fuzz_image small;
    char file[FUZZ_PATH_SIZE], copy[FUZZ_PATH_SIZE], again[FUZZ_PATH_SIZE];
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
    fuzz_path(bench.file, "file.xlsx");
    fuzz_path(bench.copy, "copy.xlsx");
    fuzz_path(bench.again, "again.xlsx");
    return &bench;
}

/* ---- the file ---- */

static void pack_part(zipFile zip, const char *name, const void *bytes, size_t size)
{
    zip_fileinfo about = {0};
    bool good = zipOpenNewFileInZip(zip, name, &about, NULL, 0, NULL, 0, NULL, 0, 0) == ZIP_OK;
    good = good && (size == 0 || zipWriteInFileInZip(zip, bytes, (unsigned)size) == ZIP_OK) && zipCloseFileInZip(zip) == ZIP_OK;
    FUZZ_CHECK(good, "the workbook cannot be made");
}

/* Where the next line "--- NAME" begins, or the end. */
static const char *find_part(const char *text, const char *end)
{
    for (; end - text >= 4; text++) {
        const char *line = memmem(text, (size_t)(end - text), "--- ", 4);
        if (!line || line == text || line[-1] == '\n')
            return line ? line : end;
        text = line;
    }
    return end;
}

static void pack_parts(const char *path, const char *text, const char *end)
{
    bool given[USUAL_PARTS] = {false};
    zipFile zip = zipOpen64(path, APPEND_STATUS_CREATE);
    FUZZ_CHECK(zip, "the workbook cannot be made");
    for (const char *part = find_part(text, end); part < end;) {
        char name[NAME_SIZE] = "";
        const char *line = memchr(part, '\n', (size_t)(end - part)), *next;
        size_t length = (size_t)((line ? line : end) - part) - 4;
        memcpy(name, part + 4, length < NAME_SIZE - 1 ? length : NAME_SIZE - 1);
        line = line ? line + 1 : end;
        next = find_part(line, end);
        for (int p = 0; p < USUAL_PARTS; p++)
            given[p] |= strcmp(usual_parts[p][0], name) == 0;
        pack_part(zip, name, line, (size_t)(next - line));
        part = next;
    }
    for (int p = 0; p < USUAL_PARTS; p++)
        if (!given[p])
            pack_part(zip, usual_parts[p][0], usual_parts[p][1], strlen(usual_parts[p][1]));
    FUZZ_CHECK(zipClose(zip, NULL) == ZIP_OK, "the workbook cannot be made");
}

/* ---- the import ---- */

static fab_status import_file(const struct bench *bench, const char *path, const char *annotate, fab_result **summary)
{
    const fab_import_request request = {.paths = &path, .path_count = 1, .annotate = annotate};
    fab_context_reset(bench->context);
    fuzz_take_findings();
    unlink(annotate);
    return fab_import(bench->context, bench->fab, &request, summary);
}

static bool exists(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0;
}

static void check_nothing_changes(const fab_result *summary, const char *what)
{
    const fab_table *tables = fab_result_table(summary, "tables");
    for (int r = 0; r < fab_table_rows(tables); r++)
        for (int c = 2; c < fab_table_columns(tables); c++)
            FUZZ_CHECK(fab_table_get(tables, r, c)->integer == 0, "%s, %s changes", what, fab_table_get(tables, r, 0)->text);
}

static void check_refused(const struct bench *bench, fab_status status)
{
    fab_result *summary = NULL;
    int findings = fuzz_take_findings();
    fuzz_check_failure(bench->context, status);
    FUZZ_CHECK(status == FAB_INPUT, "refused with status %s: %s", fab_status_name(status), fab_context_message(bench->context));
    FUZZ_CHECK(fuzz_store_is(bench->fab->store, &bench->small), "a refused import has changed the database");
    if (!exists(bench->copy))
        return;
    FUZZ_CHECK(findings > 0, "a copy with findings, of which there are none");
    status = import_file(bench, bench->copy, bench->again, &summary);
    FUZZ_CHECK(status == FAB_INPUT && fuzz_take_findings() > 0, "the copy with its findings is accepted");
}

static void check_accepted(const struct bench *bench)
{
    fab_result *summary = NULL;
    FUZZ_CHECK(fuzz_take_findings() == 0, "accepted with findings");
    FUZZ_CHECK(exists(bench->copy), "accepted without its copy");
    fab_status status = import_file(bench, bench->file, bench->again, &summary);
    FUZZ_CHECK(status == FAB_OK, "imported again, it is refused: %s", fab_context_message(bench->context));
    check_nothing_changes(summary, "imported again");
    fab_result_free(summary);
    status = import_file(bench, bench->copy, bench->again, &summary);
    FUZZ_CHECK(status == FAB_OK, "its copy is refused: %s", fab_context_message(bench->context));
    check_nothing_changes(summary, "its copy imported");
    fab_result_free(summary);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct bench *bench = get_bench();
    const char *text = (const char *)bytes;
    fab_result *summary = NULL;
    unlink(bench->file);
    if (size >= 2 && memcmp(bytes, "PK", 2) == 0)
        fuzz_write(bench->file, bytes, size);
    else
        pack_parts(bench->file, text, text + size);
    fuzz_store_restore(bench->fab->store, &bench->small);
    fab_status status = import_file(bench, bench->file, bench->copy, &summary);
    fab_result_free(summary);
    if (status == FAB_OK)
        check_accepted(bench);
    else
        check_refused(bench, status);
    fab_context_reset(bench->context);
    return 0;
}
