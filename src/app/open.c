/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "clock.h"
#include "csv_source.h"
#include "result.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool fab_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The columns of fab_store_check. */
enum { CHECK_COLUMNS = 5 };

/* Copies texts of other tables into a row of this one. */
static fab_status put_texts(fab_context *context, fab_table *table, const char *const texts[CHECK_COLUMNS])
{
    fab_status status = FAB_OK;
    fab_value *row = fab_table_add_row(table);
    TRY_MEMORY(context, row);
    for (int c = 0; c < CHECK_COLUMNS; c++) {
        row[c] = fab_text(texts[c] ? fab_table_keep(table, texts[c]) : NULL);
        TRY_MEMORY(context, !texts[c] || row[c].type == FAB_TEXT);
    }
out:
    return status;
}

static const char *text_at(const fab_table *table, int row, int column)
{
    const fab_value *value = fab_table_get(table, row, column);
    return value->type == FAB_TEXT ? value->text : NULL;
}

static const char *found_text(const fab_table *found, int row, const char *column)
{
    return text_at(found, row, fab_table_find_column(found, column));
}

/* Keeps what was said about the files, from row `first` of what was found on: what the cross-checks say, they say again. */
static fab_status keep_warnings(fab_context *context, int first, fab_table **warnings)
{
    static const char *const names[CHECK_COLUMNS] = {"severity", "tbl", "row_key", "column", "message"};
    fab_status status = FAB_OK;
    const fab_table *found = fab_context_found(context);
    fab_table *table = fab_table_new("check", names, CHECK_COLUMNS);
    TRY_MEMORY(context, table);
    for (int r = first; found && r < fab_table_rows(found); r++) {
        const char *code = found_text(found, r, "code");
        const char *texts[CHECK_COLUMNS] = {found_text(found, r, "level"), found_text(found, r, "table"), found_text(found, r, "key"),
                                            found_text(found, r, "column"), found_text(found, r, "text")};
        if (!code || strncmp(code, "check_", strlen("check_")) != 0)
            TRY(put_texts(context, table, texts));
    }
    *warnings = table;
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

static fab_status import_folder(fab_context *context, const char *folder, fab *handle)
{
    fab_status status;
    const fab_table *found = fab_context_found(context);
    int before = found ? fab_table_rows(found) : 0;
    TRY(fab_store_open(context, NULL, FAB_STORE_MEMORY, &handle->store));
    TRY(fab_csv_import(context, handle->store, &folder, 1, NULL, NULL));
    TRY(keep_warnings(context, before, &handle->warnings));
out:
    return status;
}

static fab_status open_store(fab_context *context, const char *data, fab_access access, fab *handle)
{
    static const fab_store_mode modes[] = {[FAB_READ] = FAB_STORE_READ, [FAB_WRITE] = FAB_STORE_WRITE, [FAB_CREATE] = FAB_STORE_CREATE};
    handle->is_file = !fab_is_folder(data);
    if (handle->is_file)
        return fab_store_open(context, data, modes[access], &handle->store);
    if (access == FAB_CREATE)
        return fab_fail(context, FAB_USAGE, "%s is a folder: name a file for the new database", data);
    return import_folder(context, data, handle);
}

fab_status fab_open(fab_context *context, const char *data, fab_access access, fab **result)
{
    double start = fab_clock();
    fab_status status = FAB_OK;
    fab *handle = NULL;
    TRY_MEMORY(context, handle = calloc(1, sizeof *handle));
    TRY_MEMORY(context, handle->data = strdup(data));
    TRY(open_store(context, data, access, handle));
    handle->seconds_open = fab_clock() - start;
    *result = handle;
    handle = NULL;
out:
    fab_close(handle);
    return status;
}

void fab_close(fab *handle)
{
    if (!handle)
        return;
    fab_store_close(handle->store);
    fab_table_free(handle->warnings);
    fab_context_free(handle->inputs);
    free(handle->data);
    free(handle);
}

bool fab_is_file(const fab *handle)
{
    return handle->is_file;
}

fab_status fab_export(fab_context *context, fab *handle, const char *folder)
{
    return fab_store_export(context, handle->store, folder);
}

static fab_status append(fab_context *context, fab_table *table, const fab_table *more)
{
    fab_status status = FAB_OK;
    for (int r = 0; r < fab_table_rows(more); r++) {
        const char *texts[CHECK_COLUMNS];
        for (int c = 0; c < CHECK_COLUMNS; c++)
            texts[c] = text_at(more, r, c);
        TRY(put_texts(context, table, texts));
    }
out:
    return status;
}

fab_status fab_check(fab_context *context, fab *handle, fab_result **findings)
{
    fab_status status;
    fab_table *table = NULL;
    TRY(fab_store_check(context, handle->store, &table));
    if (handle->warnings)
        TRY(append(context, table, handle->warnings));
    TRY(fab_check_program(context, handle, table));
    status = fab_result_of(context, "fabplan.check/1", "findings", table, findings);
    table = NULL;
out:
    fab_table_free(table);
    return status;
}

fab_status fab_select_plan(fab_context *context, fab *handle, const char *query, int64_t plan, fab_table **result)
{
    const fab_parameter parameter = {":plan", fab_integer(plan)};
    return fab_store_select(context, handle->store, query, &parameter, 1, result);
}
