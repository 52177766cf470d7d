/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"
#include "try.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { NUMBER_DIGITS = 4, IMAGE_HEAD = 8 /* bytes */ };

/* The number of a migration NNNN_what.sql, 0 for a file that is none. */
static int migration_number(const char *name)
{
    for (int i = 0; i < NUMBER_DIGITS; i++)
        if (!isdigit((unsigned char)name[i]))
            return 0;
    return name[NUMBER_DIGITS] == '_' ? atoi(name) : 0;
}

static const struct fab_file *find_migration(int number)
{
    for (const struct fab_file *file = fab_store_files; file->name; file++)
        if (migration_number(file->name) == number)
            return file;
    return NULL;
}

int fab_store_schema_version(void)
{
    int version = 0;
    while (find_migration(version + 1))
        version++;
    return version;
}

static unsigned long get_number(const char *bytes)
{
    unsigned long number = 0;
    for (int b = 3; b >= 0; b--)
        number = number << 8 | (unsigned char)bytes[b];
    return number;
}

/* The image of an empty database (cmake/make_schema.c) if it is of that version. */
static const struct fab_file *find_whole(int number)
{
    const struct fab_file *file = fab_store_find_file("schema.image");
    return file && file->size > IMAGE_HEAD && get_number(file->bytes) == (unsigned long)number ? file : NULL;
}

static fab_status open_image(fab_context *context, const struct fab_file *file, sqlite3 **opened)
{
    uLongf size = get_number(file->bytes + 4);
    unsigned char *image = sqlite3_malloc64(size);
    fab_status status = FAB_OK;
    TRY_MEMORY(context, image);
    if (uncompress(image, &size, (const Bytef *)file->bytes + IMAGE_HEAD, file->size - IMAGE_HEAD) != Z_OK)
        TRY(fab_fail(context, FAB_INTERNAL, "%s cannot be unpacked", file->name));
    TRY_MEMORY(context, sqlite3_open_v2(":memory:", opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) == SQLITE_OK);
    int code = sqlite3_deserialize(*opened, "main", image, (sqlite3_int64)size, (sqlite3_int64)size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    image = NULL; /* it is the connection's, or freed */
    TRY_MEMORY(context, code == SQLITE_OK);
out:
    sqlite3_free(image);
    return status;
}

/* Into a database that has nothing yet. */
static fab_status copy_whole(fab_context *context, fab_store *store, const struct fab_file *file)
{
    sqlite3 *image = NULL;
    fab_status status = FAB_OK;
    TRY(open_image(context, file, &image));
    sqlite3_backup *copy = sqlite3_backup_init(store->db, "main", image, "main");
    if (copy)
        sqlite3_backup_step(copy, -1);
    int code = copy ? sqlite3_backup_finish(copy) : sqlite3_errcode(store->db);
    if (code != SQLITE_OK)
        status = fab_store_fail_code(context, store->path, code, sqlite3_errstr(code));
out:
    sqlite3_close(image);
    return status;
}

/* user_version and application_id lie in the file header: they are part of the transaction. */
static fab_status name_version(fab_context *context, fab_store *store, int number)
{
    char *header = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, header = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", FAB_STORE_APPLICATION_ID, number));
    TRY(fab_store_run(context, store, header));
out:
    sqlite3_free(header);
    return status;
}

static fab_status apply(fab_context *context, fab_store *store, const struct fab_file *file, int number)
{
    fab_status status = FAB_OK;
    if (fab_context_interrupted(context)) /* SQLite asks during long statements alone */
        return fab_fail(context, FAB_INTERRUPTED, "interrupted");
    TRY(fab_store_run(context, store, file->bytes));
    TRY(fab_store_check_references(context, store)); /* a table that others refer to can be made anew only while references are not enforced */
    TRY(name_version(context, store, number));
out:
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s", file->name);
}

fab_status fab_store_migrate(fab_context *context, fab_store *store, int from, int to)
{
    fab_status status = FAB_OK;
    if (from == to)
        return status;
    const struct fab_file *whole = from == 0 ? find_whole(to) : NULL;
    if (whole)
        TRY(copy_whole(context, store, whole));
    TRY(fab_store_enforce_references(context, store, false)); /* not inside a transaction */
    TRY(fab_store_begin(context, store));
    if (whole)
        TRY(name_version(context, store, to));
    for (int number = from + 1; !whole && number <= to; number++)
        TRY(apply(context, store, find_migration(number), number));
    store->inputs_changed = from > 0 && to == fab_store_schema_version(); /* their hash is over the columns of the schema */
    TRY(fab_store_commit(context, store));
    TRY(fab_store_enforce_references(context, store, true));
out:
    fab_store_rollback(store);
    store->context = context;
    return status;
}
