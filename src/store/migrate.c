/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"
#include "try.h"

#include <ctype.h>
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

/* user_version and application_id lie in the file header: they are part of the transaction. */
static fab_status apply(fab_context *context, fab_store *store, int number)
{
    const struct fab_file *file = find_migration(number);
    char *header = NULL;
    fab_status status = fab_store_begin(context, store);
    if (status != FAB_OK)
        return status;
    TRY(fab_store_run(context, store, file->bytes));
    TRY_MEMORY(context, header = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", FAB_STORE_APPLICATION_ID, number));
    TRY(fab_store_run(context, store, header));
    TRY(fab_store_commit(context, store));
out:
    sqlite3_free(header);
    fab_store_rollback(store);
    store->context = context;
    return status == FAB_OK ? status : fab_fail_in(context, status, "%s", file->name);
}

fab_status fab_store_migrate(fab_context *context, fab_store *store, int from, int to)
{
    fab_status status = FAB_OK;
    for (int number = from + 1; number <= to; number++)
        TRY(apply(context, store, number));
out:
    return status;
}
