/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"
#include "try.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 4 };

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

/* The file of a whole schema if it is of that version: it says so in its first line. */
static const struct fab_file *find_whole(int number)
{
    const struct fab_file *file = fab_store_find_file("schema.sql");
    int version = 0;
    return file && sscanf(file->bytes, "-- Schema %d:", &version) == 1 && version == number ? file : NULL;
}

/* user_version and application_id lie in the file header: they are part of the transaction. */
static fab_status apply(fab_context *context, fab_store *store, const struct fab_file *file, int number)
{
    char *header = NULL;
    fab_status status = FAB_OK;
    if (fab_context_interrupted(context)) /* SQLite asks during long statements alone */
        return fab_fail(context, FAB_INTERRUPTED, "interrupted");
    TRY(fab_store_run(context, store, file->bytes));
    if (migration_number(file->name)) /* a whole schema has no rows yet */
        TRY(fab_store_check_references(context, store)); /* a table that others refer to can be made anew only while references are not enforced */
    TRY_MEMORY(context, header = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", FAB_STORE_APPLICATION_ID, number));
    TRY(fab_store_run(context, store, header));
out:
    sqlite3_free(header);
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s", file->name);
}

fab_status fab_store_migrate(fab_context *context, fab_store *store, int from, int to)
{
    fab_status status = FAB_OK;
    if (from == to)
        return status;
    const struct fab_file *whole = from == 0 ? find_whole(to) : NULL;
    TRY(fab_store_enforce_references(context, store, false)); /* not inside a transaction */
    TRY(fab_store_begin(context, store));
    if (whole)
        TRY(apply(context, store, whole, to));
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
