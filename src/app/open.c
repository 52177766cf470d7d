/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab.h"

#include "clock.h"
#include "csv_source.h"

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
    fab_status status = fab_store_open(context, NULL, FAB_STORE_MEMORY, store);
    if (status == FAB_OK)
        status = fab_csv_import(context, *store, &folder, 1, NULL, NULL);
    return status;
}

fab_status fab_open(fab_context *context, const char *data, fab_access access, fab **result)
{
    static const fab_store_mode modes[] = {[FAB_READ] = FAB_STORE_READ, [FAB_WRITE] = FAB_STORE_WRITE, [FAB_CREATE] = FAB_STORE_CREATE};
    double start = fab_clock();
    fab_status status;
    fab *handle = calloc(1, sizeof *handle);
    if (!handle || !(handle->data = strdup(data))) {
        free(handle);
        return fab_fail_memory(context);
    }
    if (!fab_is_folder(data)) {
        handle->is_file = true;
        status = fab_store_open(context, data, modes[access], &handle->store);
    } else if (access == FAB_CREATE) {
        status = fab_fail(context, FAB_USAGE, "%s is a folder: name a file for the new database", data);
    } else {
        status = import_folder(context, data, &handle->store);
    }
    if (status != FAB_OK) {
        fab_close(handle);
        return status;
    }
    handle->seconds_load = fab_clock() - start;
    *result = handle;
    return FAB_OK;
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

fab_status fab_check(fab_context *context, fab *handle, fab_table **findings)
{
    return fab_store_check(context, handle->store, findings);
}

fab_status fab_select_plan(fab_context *context, fab *handle, const char *query, int64_t plan, fab_table **result)
{
    const fab_parameter parameter = {":plan", fab_integer(plan)};
    return fab_store_select(context, handle->store, query, &parameter, 1, result);
}
