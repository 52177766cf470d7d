/* The input tables as CSV files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "csv_text.h"
#include "fail.h"
#include "number.h"
#include "output.h"
#include "try.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Which columns are written: those that must be given, and the optional ones that have a value in some row. */
static fab_status find_used_columns(fab_context *context, fab_store *store, const struct fab_table_def *def, bool used[FAB_COLUMNS_MAX],
                                    int64_t *rows)
{
    sqlite3_stmt *statement = NULL;
    int count = fab_statement_columns(def);
    bool row = false;
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_USED, &statement));
    TRY(fab_store_step(context, store, statement, &row));
    if (row) {
        *rows = sqlite3_column_int64(statement, count);
        for (int c = 0; c < count; c++)
            used[c] = sqlite3_column_int64(statement, c) > 0 || (c < def->column_count && !(def->columns[c].flags & FAB_OPTIONAL));
    }
out:
    sqlite3_finalize(statement);
    return status;
}

/* False when memory is short. */
static bool write_cell(FILE *file, sqlite3_stmt *statement, int column)
{
    char number[FAB_NUMBER_TEXT_SIZE];
    const char *text;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: fputs(fab_number_print(sqlite3_column_double(statement, column), number), file); break;
    default:
        text = (const char *)sqlite3_column_text(statement, column);
        if (!text)
            return false;
        fab_csv_write_text(file, text);
        break;
    }
    return true;
}

fab_status fab_store_read_table(fab_context *context, fab_store *store, const struct fab_table_def *def, fab_table **result)
{
    sqlite3_stmt *statement = NULL;
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_SELECT_SORTED, &statement));
    TRY(fab_store_collect(context, store, statement, def->name, INT_MAX, result));
out:
    sqlite3_finalize(statement);
    return status;
}

static fab_status write_rows(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool used[], FILE *file)
{
    sqlite3_stmt *statement = NULL;
    int count = fab_statement_columns(def);
    const char *comma = "";
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(context, store, def, FAB_STATEMENT_SELECT_SORTED, &statement));
    for (int c = 0; c < count; c++)
        if (used[c]) {
            fprintf(file, "%s%s", comma, fab_statement_column(def, c));
            comma = ",";
        }
    putc('\n', file);
    for (bool row = true; !ferror(file);) {
        TRY(fab_store_step(context, store, statement, &row));
        if (!row)
            break;
        comma = "";
        for (int c = 0; c < count; c++)
            if (used[c]) {
                fputs(comma, file);
                TRY_MEMORY(context, write_cell(file, statement, c));
                comma = ",";
            }
        putc('\n', file);
    }
out:
    sqlite3_finalize(statement);
    return status;
}

static fab_status write_file(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool used[], const char *path)
{
    FILE *file = fopen(path, "wbe");
    if (!file)
        return fab_fail_errno(context, FAB_OUTPUT, "%s: cannot be written", path);
    fab_status status = write_rows(context, store, def, used, file);
    bool written = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    int error = errno;
    if (fclose(file) != 0 && written) {
        written = false;
        error = errno;
    }
    errno = error;
    return status == FAB_OK && !written ? fab_fail_errno(context, FAB_OUTPUT, "%s.csv: could not be written", def->name) : status;
}

/* An empty table has no file; one that an earlier export left in the folder is made empty. */
static fab_status export_table(fab_context *context, fab_store *store, const struct fab_table_def *def, const char *folder,
                               const char *temporary)
{
    bool used[FAB_COLUMNS_MAX] = {false};
    int64_t rows = 0;
    struct stat found;
    char *old = NULL, *path = NULL;
    fab_status status = FAB_OK;
    TRY(find_used_columns(context, store, def, used, &rows));
    TRY_MEMORY(context, old = sqlite3_mprintf("%s/%s.csv", folder, def->name));
    TRY_MEMORY(context, path = sqlite3_mprintf("%s/%s.csv", temporary, def->name));
    if (rows > 0 || stat(old, &found) == 0)
        TRY(write_file(context, store, def, used, path));
out:
    sqlite3_free(old);
    sqlite3_free(path);
    return status;
}

static fab_status export_tables(fab_context *context, fab_store *store, const char *folder, const char *temporary)
{
    bool alone = sqlite3_get_autocommit(store->db) != 0;
    fab_status status = FAB_OK;
    if (alone)
        TRY(fab_store_run(context, store, "BEGIN"));
    for (int t = 0; t < fab_dictionary_count; t++)
        TRY(export_table(context, store, &fab_dictionary[t], folder, temporary));
out:
    if (alone)
        fab_store_rollback(store);
    return status;
}

/* All files are written before the first one is seen: a new folder appears whole, an old one changes when nothing can fail any more but the
 * moving of files. */
fab_status fab_store_export(fab_context *context, fab_store *store, const char *folder)
{
    fab_arena *arena = NULL;
    const char *temporary = NULL;
    struct stat found;
    bool inside = stat(folder, &found) == 0;
    fab_store_enter(store, context);
    fab_status status = FAB_OK;
    TRY_MEMORY(context, arena = fab_arena_new());
    if (inside && !S_ISDIR(found.st_mode))
        TRY(fab_fail(context, FAB_OUTPUT, "%s: not a folder", folder));
    TRY((inside ? fab_folder_begin_inside : fab_folder_begin)(context, arena, folder, &temporary));
    TRY(export_tables(context, store, folder, temporary));
    TRY((inside ? fab_folder_commit_inside : fab_folder_commit)(context, temporary, folder));
out:
    if (status != FAB_OK && temporary)
        fab_folder_remove(temporary);
    fab_arena_free(arena);
    return status;
}
