/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup.h"

#include "fail.h"
#include "output.h"
#include "try.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENDING_ROOM = 48, MOST = 1000 };

/* A name that no file has. */
static fab_status choose_name(fab_context *context, const char *database, int version, char **chosen)
{
    size_t size = strlen(database) + ENDING_ROOM;
    char *name = malloc(size);
    if (!name)
        return fab_fail_memory(context);
    for (int i = 1; i < MOST; i++) {
        int length = snprintf(name, size, "%s.schema-%d", database, version);
        if (i > 1)
            snprintf(name + length, size - (size_t)length, "-%d", i);
        if (access(name, F_OK) != 0 && errno == ENOENT) {
            *chosen = name;
            return FAB_OK;
        }
    }
    fab_status status = fab_fail(context, FAB_OUTPUT, "%s: there are too many copies of it", database);
    free(name);
    return status;
}

static fab_status copy_pages(fab_context *context, fab_store *store, const char *path)
{
    sqlite3 *target = NULL;
    bool done = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    sqlite3_backup *backup = done ? sqlite3_backup_init(target, "main", store->db, "main") : NULL;
    done = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
    if (backup)
        done = sqlite3_backup_finish(backup) == SQLITE_OK && done;
    fab_status status = done ? FAB_OK : !target ? fab_fail_memory(context) : fab_store_fail_code(context, path, sqlite3_extended_errcode(target), sqlite3_errmsg(target));
    sqlite3_close(target);
    return status;
}

fab_status fab_store_backup(fab_context *context, fab_store *store, int version)
{
    fab_status status = FAB_OK;
    struct fab_output output = {0};
    char *name = NULL;
    TRY(choose_name(context, store->path, version, &name));
    TRY(fab_output_begin(context, name, &output));
    TRY(copy_pages(context, store, output.temporary));
    TRY(fab_output_commit(context, &output));
    fab_say(context, FAB_LEVEL_NOTE, "%s: brought up from schema %d to %d; what it was is kept as %s", store->path, version, fab_store_schema_version(), name);
out:
    fab_output_end(&output);
    free(name);
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s: no copy of schema %d could be kept, nothing was changed", store->path, version);
}
