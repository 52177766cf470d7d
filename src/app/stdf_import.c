/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_import.h"

#include "stdf.h"
#include "table_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Of the data dictionary. */
enum { RUN_MAX = 2000000000 };

enum { TABLES = 3, FIRST_LINE = 2 /* of the rows: 1 is the header */ };

/* The first table has a row of every wafer that the others have. */
static const char *const table_names[TABLES] = {"wafer_test", "wafer_bin", "die_map"};

/* Testers run on systems that know no small letters, or do not tell them apart. */
static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t end_length = strlen(end);
    return length > end_length && strncasecmp(text + length - end_length, end, end_length) == 0;
}

bool fab_is_stdf(const char *path)
{
    size_t length = strlen(path);
    if (ends_with(path, length, ".gz"))
        length -= strlen(".gz");
    return ends_with(path, length, ".stdf") || ends_with(path, length, ".std");
}

/* ---- the tables of the STDF files ---- */

/* A read file: the rows of each table up to and with its own. */
struct read_file {
    const char *path;
    int64_t end[TABLES];
};

struct tables {
    fab_arena *arena;
    fab *handle;
    const char *folder;
    fab_table_file file[TABLES];
    bool open[TABLES];
    struct read_file *files;
    int file_count;
    const char **wafers; /* of the rows of wafer_test */
    int64_t wafer_count, wafer_capacity;
};

static bool add_wafer(struct tables *tables, const char *wafer)
{
    enum { FIRST = 64 };
    const char *kept = fab_arena_dup(tables->arena, wafer);
    if (kept && tables->wafer_count == tables->wafer_capacity) {
        int64_t wanted = tables->wafer_capacity ? 2 * tables->wafer_capacity : FIRST;
        const char **larger = realloc(tables->wafers, (size_t)wanted * sizeof *larger);
        if (!larger)
            return false;
        tables->wafers = larger;
        tables->wafer_capacity = wanted;
    }
    if (kept)
        tables->wafers[tables->wafer_count++] = kept;
    return kept != NULL;
}

static bool write_table(fab_arena *arena, fab_table_file *file, const fab_table *table)
{
    bool ok = true;
    for (int r = 0; ok && r < fab_table_rows(table); r++) {
        for (int c = 0; ok && c < fab_table_columns(table); c++) {
            const fab_value *value = fab_table_get(table, r, c);
            if (value->type == FAB_INTEGER) {
                fab_table_file_number(file, value->integer);
                continue;
            }
            const char *field = value->type == FAB_TEXT ? fab_csv_field_of(arena, value->text) : "";
            ok = field != NULL;
            fab_table_file_text(file, field);
        }
        fab_table_file_end_row(file);
    }
    return ok;
}

/* Columns of wafer_test and wafer_bin that make up a key. */
enum { WAFER, STAGE, RUN, BIN, COUNT };

static bool has_bin(const fab_table *bins, const fab_table *test, int row, int64_t bin)
{
    for (int r = 0; r < fab_table_rows(bins); r++)
        if (fab_table_get(bins, r, BIN)->integer == bin &&
            strcmp(fab_table_get(bins, r, WAFER)->text, fab_table_get(test, row, WAFER)->text) == 0)
            return true;
    return false;
}

/* A file that is read again may have lost bins that the database has from it: they count 0 now. */
static fab_status empty_lost_bins(fab_context *context, const struct tables *tables, const struct fab_stdf_result *result)
{
    const fab_table *test = result->wafer_test;
    fab_status status = FAB_OK;
    for (int row = 0; status == FAB_OK && row < fab_table_rows(test); row++) {
        const fab_parameter parameters[] = {{":wafer", *fab_table_get(test, row, WAFER)},
                                            {":stage", *fab_table_get(test, row, STAGE)},
                                            {":run", *fab_table_get(test, row, RUN)}};
        fab_table *known = NULL;
        status = fab_store_select(context, tables->handle->store, "stdf_bins", parameters, 3, &known);
        for (int r = 0; status == FAB_OK && r < fab_table_rows(known); r++) {
            int64_t bin = fab_table_get(known, r, 0)->integer;
            fab_value *added = has_bin(result->wafer_bin, test, row, bin) ? NULL : fab_table_add_row(result->wafer_bin);
            if (!added)
                continue;
            for (int c = WAFER; c <= RUN; c++)
                added[c] = *fab_table_get(test, row, c);
            added[BIN] = fab_integer(bin);
            added[COUNT] = fab_integer(0);
        }
        fab_table_free(known);
    }
    return status;
}

static fab_status write_file(fab_context *context, struct tables *tables, const char *path, const fab_import_request *request)
{
    const struct fab_stdf_options options = {.stage = request->stage,
                                             .run = (int)request->run,
                                             .wafer = request->wafer,
                                             .lot_in_name = request->lot_in_name,
                                             .soft_bins = request->soft_bins};
    struct read_file *file = &tables->files[tables->file_count++];
    struct fab_stdf_result result = {0};
    fab_status status = fab_stdf_read(context, path, &options, &result);
    if (status == FAB_OK)
        status = empty_lost_bins(context, tables, &result);
    fab_table *const read[TABLES] = {result.wafer_test, result.wafer_bin, result.die_map};
    file->path = path;
    for (int t = 0; status == FAB_OK && t < TABLES; t++) {
        if (!write_table(tables->arena, &tables->file[t], read[t]))
            status = fab_fail_memory(context);
        file->end[t] = tables->file[t].rows;
    }
    for (int r = 0; status == FAB_OK && r < fab_table_rows(result.wafer_test); r++)
        if (!add_wafer(tables, fab_table_get(result.wafer_test, r, WAFER)->text))
            status = fab_fail_memory(context);
    fab_stdf_result_fini(&result);
    return status;
}

static fab_status write_tables(fab_context *context, struct tables *tables, const fab_import_request *request)
{
    fab_status status = FAB_OK;
    tables->files = fab_arena_take(tables->arena, (size_t)request->path_count, sizeof *tables->files);
    if (!tables->files)
        return fab_fail_memory(context);
    for (int t = 0; status == FAB_OK && t < TABLES; t++) {
        status = fab_table_file_open(context, &tables->file[t], tables->folder, table_names[t], "STDF");
        tables->open[t] = true;
    }
    for (int p = 0; status == FAB_OK && p < request->path_count; p++)
        if (fab_is_stdf(request->paths[p]))
            status = write_file(context, tables, request->paths[p], request);
    for (int t = 0; status == FAB_OK && t < TABLES; t++)
        status = fab_table_file_close(context, &tables->file[t]);
    for (int t = 0; t < TABLES; t++)
        if (tables->open[t])
            fab_table_file_free(&tables->file[t]);
    return status;
}

/* ---- the import ---- */

/* Findings name the STDF file and the wafer, not the line of a table that nobody sees. */
static const char *name_origin(void *user, const char *table, int64_t line)
{
    const struct tables *tables = user;
    int64_t row = line - FIRST_LINE;
    int t = 0;
    while (t < TABLES && strcmp(table_names[t], table) != 0)
        t++;
    for (int f = 0; t < TABLES && f < tables->file_count; f++) {
        const char *path = tables->files[f].path;
        if (row >= tables->files[f].end[t])
            continue;
        const char *name = t == 0 && row >= 0 && row < tables->wafer_count
                               ? fab_arena_printf(tables->arena, "%s: wafer %s", path, tables->wafers[row])
                               : path;
        return name ? name : path;
    }
    return NULL;
}

/* A table comes from one file: fails when the request has a CSV file of those that the STDF files give. */
static fab_status check_tables(fab_context *context, fab_arena *arena, const fab_import_request *request)
{
    for (int p = 0; p < request->path_count; p++) {
        const char *path = request->paths[p], *slash = strrchr(path, '/');
        bool folder = fab_is_folder(path);
        for (int t = 0; t < TABLES && (folder || !fab_is_stdf(path)); t++) {
            const char *name = fab_arena_printf(arena, "%s.csv", table_names[t]);
            const char *inside = name ? fab_arena_printf(arena, "%s/%s", path, name) : NULL;
            if (!inside)
                return fab_fail_memory(context);
            if (folder ? access(inside, F_OK) == 0 : strcmp(slash ? slash + 1 : path, name) == 0)
                return fab_fail(context, FAB_INPUT, "%s: table %s is given by the STDF files already; import them one after the other",
                                folder ? inside : path, table_names[t]);
        }
    }
    return FAB_OK;
}

/* The paths of the request without its STDF files, then the written tables. */
static fab_status import_all(fab_context *context, struct tables *tables, const fab_import_request *request, fab_table **summary)
{
    const fab_import_options options = {.replace = request->replace, .dry_run = request->dry_run, .origin = name_origin, .user = tables};
    const char **paths = fab_arena_take(tables->arena, (size_t)request->path_count + TABLES, sizeof *paths);
    int count = 0;
    for (int p = 0; paths && p < request->path_count; p++)
        if (!fab_is_stdf(request->paths[p]))
            paths[count++] = request->paths[p];
    for (int t = 0; paths && t < TABLES; t++) {
        paths[count] = fab_arena_printf(tables->arena, "%s/%s.csv", tables->folder, table_names[t]);
        if (!paths[count++])
            return fab_fail_memory(context);
    }
    return paths ? fab_store_import(context, tables->handle->store, paths, count, &options, summary) : fab_fail_memory(context);
}

/* A folder of a name that nobody else has, for this user's eyes only. */
static fab_status make_folder(fab_context *context, struct tables *tables)
{
    const char *place = getenv("TMPDIR");
    char *folder = fab_arena_printf(tables->arena, "%s/fabplan-stdf-XXXXXX", place && *place ? place : "/tmp");
    if (!folder)
        return fab_fail_memory(context);
    if (!mkdtemp(folder))
        return fab_fail(context, FAB_OUTPUT, "%s: cannot be written: %s", folder, strerror(errno));
    tables->folder = folder;
    return FAB_OK;
}

fab_status fab_stdf_import(fab_context *context, fab *handle, const fab_import_request *request, fab_table **summary)
{
    struct tables tables = {.handle = handle};
    if (request->run < 0 || request->run > RUN_MAX)
        return fab_fail(context, FAB_USAGE, "run is %lld, must be 1 to %d", (long long)request->run, RUN_MAX);
    tables.arena = fab_arena_new();
    fab_status status = tables.arena ? check_tables(context, tables.arena, request) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = make_folder(context, &tables);
    if (status == FAB_OK)
        status = write_tables(context, &tables, request);
    if (status == FAB_OK)
        status = import_all(context, &tables, request, summary);
    if (tables.folder)
        fab_folder_remove(tables.folder);
    free(tables.wafers);
    fab_arena_free(tables.arena);
    return status;
}
