/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_import.h"

#include "stdf.h"
#include "table_file.h"

#include <stdlib.h>
#include <string.h>

enum { TABLES = 3 };

static const char *const table_names[TABLES] = {"wafer_test", "wafer_bin", "die_map"};

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t end_length = strlen(end);
    return length > end_length && strncmp(text + length - end_length, end, end_length) == 0;
}

bool fab_is_stdf(const char *path)
{
    size_t length = strlen(path);
    if (ends_with(path, length, ".gz"))
        length -= strlen(".gz");
    return ends_with(path, length, ".stdf") || ends_with(path, length, ".std");
}

/* The three tables being written. */
struct tables {
    fab_table_file file[TABLES];
    bool open[TABLES];
};

static void write_table(fab_arena *arena, fab_table_file *file, const fab_table *table, bool *ok)
{
    for (int r = 0; *ok && r < fab_table_rows(table); r++) {
        for (int c = 0; *ok && c < fab_table_columns(table); c++) {
            const fab_value *value = fab_table_get(table, r, c);
            if (value->type == FAB_INTEGER) {
                fab_table_file_number(file, value->integer);
                continue;
            }
            const char *field = value->type == FAB_TEXT ? fab_csv_field_of(arena, value->text) : "";
            *ok = field != NULL;
            fab_table_file_text(file, field);
        }
        fab_table_file_end_row(file);
    }
}

static fab_status write_file(fab_context *context, fab_arena *arena, struct tables *tables, const char *path, const fab_import_request *request)
{
    const struct fab_stdf_options options = {.stage = request->stage, .lot_in_name = request->lot_in_name};
    struct fab_stdf_result result = {0};
    bool ok = true;
    fab_status status = fab_stdf_read(context, path, &options, &result);
    if (status != FAB_OK)
        return status;
    fab_table *const read[TABLES] = {result.wafer_test, result.wafer_bin, result.die_map};
    for (int t = 0; t < TABLES; t++)
        write_table(arena, &tables->file[t], read[t], &ok);
    fab_stdf_result_fini(&result);
    return ok ? FAB_OK : fab_fail_memory(context);
}

static fab_status write_tables(fab_context *context, fab_arena *arena, const char *folder, const fab_import_request *request, struct tables *tables)
{
    fab_status status = FAB_OK;
    for (int t = 0; status == FAB_OK && t < TABLES; t++) {
        status = fab_table_file_open(context, &tables->file[t], folder, table_names[t], "STDF");
        tables->open[t] = true;
    }
    for (int p = 0; status == FAB_OK && p < request->path_count; p++)
        if (fab_is_stdf(request->paths[p]))
            status = write_file(context, arena, tables, request->paths[p], request);
    for (int t = 0; status == FAB_OK && t < TABLES; t++)
        status = fab_table_file_close(context, &tables->file[t]);
    for (int t = 0; t < TABLES; t++)
        if (tables->open[t])
            fab_table_file_free(&tables->file[t]);
    return status;
}

/* The paths of the request without its STDF files, then the written tables. */
static fab_status import_all(fab_context *context, fab_arena *arena, fab *handle, const char *folder, const fab_import_request *request, fab_table **summary)
{
    const fab_import_options options = {.replace = request->replace, .dry_run = request->dry_run};
    const char **paths = fab_arena_take(arena, (size_t)request->path_count + TABLES, sizeof *paths);
    int count = 0;
    for (int p = 0; paths && p < request->path_count; p++)
        if (!fab_is_stdf(request->paths[p]))
            paths[count++] = request->paths[p];
    for (int t = 0; paths && t < TABLES; t++) {
        paths[count] = fab_arena_printf(arena, "%s/%s.csv", folder, table_names[t]);
        if (!paths[count++])
            return fab_fail_memory(context);
    }
    return paths ? fab_store_import(context, handle->store, paths, count, &options, summary) : fab_fail_memory(context);
}

fab_status fab_stdf_import(fab_context *context, fab *handle, const fab_import_request *request, fab_table **summary)
{
    struct tables tables = {0};
    const char *temporary = NULL, *place = getenv("TMPDIR");
    fab_arena *arena = fab_arena_new();
    const char *wanted = arena ? fab_arena_printf(arena, "%s/stdf", place ? place : "/tmp") : NULL;
    fab_status status = wanted ? fab_folder_begin(context, arena, wanted, &temporary) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = write_tables(context, arena, temporary, request, &tables);
    if (status == FAB_OK)
        status = import_all(context, arena, handle, temporary, request, summary);
    if (temporary)
        fab_folder_remove(temporary);
    fab_arena_free(arena);
    return status;
}
