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

enum { ENDING_ROOM = 48, MOST = 1000, PIECE = 1 << 14 };

/* Of a copy: DATABASE.schema-VERSION, or with -2, -3 and so on. */
struct name {
    const char *database;
    int version;
    char *text; /* the one that is chosen */
    size_t size;
};

/* Whether two files hold the same bytes. One that cannot be read is another one. */
static bool same_bytes(const char *path, const char *other)
{
    unsigned char piece[2][PIECE];
    FILE *file[2] = {fopen(path, "rb"), fopen(other, "rb")};
    bool same = file[0] && file[1];
    while (same) {
        size_t size = fread(piece[0], 1, PIECE, file[0]);
        same = fread(piece[1], 1, PIECE, file[1]) == size && memcmp(piece[0], piece[1], size) == 0 && !ferror(file[0]) && !ferror(file[1]);
        if (size < PIECE)
            break;
    }
    for (int f = 0; f < 2; f++)
        if (file[f])
            fclose(file[f]);
    return same;
}

/* Gives the copy the first name that no file has. One that a run before made, which then failed or was killed, serves as well. */
static fab_status put_in_place(fab_context *context, struct fab_output *output, struct name name)
{
    for (int i = 1; i < MOST; i++) {
        int length = snprintf(name.text, name.size, "%s.schema-%d", name.database, name.version);
        if (i > 1)
            snprintf(name.text + length, name.size - (size_t)length, "-%d", i);
        if (access(name.text, F_OK) != 0 && errno == ENOENT)
            return fab_output_commit(context, output);
        if (same_bytes(name.text, output->temporary))
            return FAB_OK;
    }
    return fab_fail(context, FAB_OUTPUT, "%s: there are too many copies of it", name.database);
}

static fab_status copy_pages(fab_context *context, fab_store *store, const char *path)
{
    sqlite3 *target = NULL;
    bool done = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && /* a journal would be left by a process that is killed */
                sqlite3_exec(target, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL, NULL, NULL) == SQLITE_OK;
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
    struct name name = {.database = store->path, .version = version, .size = strlen(store->path) + ENDING_ROOM};
    TRY_MEMORY(context, name.text = calloc(name.size, 1));
    snprintf(name.text, name.size, "%s.schema-%d", store->path, version); /* its folder; the end may change */
    TRY(fab_output_begin(context, name.text, &output));
    TRY(copy_pages(context, store, output.temporary));
    TRY(put_in_place(context, &output, name));
    fab_say(context, FAB_LEVEL_NOTE, "%s: brought up from schema %d to %d; what it was is kept as %s", store->path, version, fab_store_schema_version(), name.text);
out:
    fab_output_end(&output);
    free(name.text);
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s: no copy of schema %d could be kept, nothing was changed", store->path, version);
}
