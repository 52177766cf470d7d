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

static fab_status import_folder(fab_context *context, const char *folder, fab_store **store)
{
    fab_status status;
    TRY(fab_store_open(context, NULL, FAB_STORE_MEMORY, store));
    TRY(fab_csv_import(context, *store, &folder, 1, NULL, NULL));
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
    return import_folder(context, data, &handle->store);
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

fab_status fab_check(fab_context *context, fab *handle, fab_result **findings)
{
    fab_status status;
    fab_table *table = NULL;
    TRY(fab_store_check(context, handle->store, &table));
    TRY(fab_result_of(context, "fabplan.check/1", "findings", table, findings));
out:
    return status;
}

fab_status fab_select_plan(fab_context *context, fab *handle, const char *query, int64_t plan, fab_table **result)
{
    const fab_parameter parameter = {":plan", fab_integer(plan)};
    return fab_store_select(context, handle->store, query, &parameter, 1, result);
}
