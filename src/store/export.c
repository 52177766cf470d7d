/* The input tables as CSV files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include "csv_file.h"
#include "number.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Which columns are written: those that must be given, and the optional ones that have a value in some row. */
static fab_status find_used_columns(fab_context *context, fab_store *store, const struct fab_table_def *def, bool used[FAB_COLUMNS_MAX],
                                    int64_t *rows)
{
    sqlite3_stmt *statement = NULL;
    int count = fab_statement_columns(def);
    fab_status status = fab_statement_prepare(context, store, def, FAB_STATEMENT_USED, &statement);
    bool row = false;
    if (status == FAB_OK)
        status = fab_store_step(context, store, statement, &row);
    if (status == FAB_OK && row) {
        *rows = sqlite3_column_int64(statement, count);
        for (int c = 0; c < count; c++)
            used[c] = sqlite3_column_int64(statement, c) > 0 || (c < def->column_count && !(def->columns[c].flags & FAB_OPTIONAL));
    }
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

static fab_status write_rows(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool used[], FILE *file)
{
    sqlite3_stmt *statement = NULL;
    int count = fab_statement_columns(def);
    const char *comma = "";
    fab_status status = fab_statement_prepare(context, store, def, FAB_STATEMENT_SELECT_SORTED, &statement);
    for (int c = 0; c < count; c++)
        if (used[c]) {
            fprintf(file, "%s%s", comma, fab_statement_column(def, c));
            comma = ",";
        }
    putc('\n', file);
    for (bool row = true; status == FAB_OK && !ferror(file);) {
        status = fab_store_step(context, store, statement, &row);
        if (status != FAB_OK || !row)
            break;
        comma = "";
        for (int c = 0; c < count; c++)
            if (used[c]) {
                fputs(comma, file);
                if (!write_cell(file, statement, c))
                    status = fab_fail_memory(context);
                comma = ",";
            }
        putc('\n', file);
    }
    sqlite3_finalize(statement);
    return status;
}

/* Writes beside the file and then puts it in its place: there is never half a file. */
static fab_status write_file(fab_context *context, fab_store *store, const struct fab_table_def *def, const bool used[], const char *path)
{
    fab_status status = FAB_OK;
    char *part = sqlite3_mprintf("%s.part", path);
    FILE *file = part ? fopen(part, "wbe") : NULL;
    if (!file) {
        status = part ? fab_fail(context, FAB_OUTPUT, "%s: %s", part, strerror(errno)) : fab_fail_memory(context);
        goto out;
    }
    status = write_rows(context, store, def, used, file);
    bool written = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
    int error = errno;
    written = fclose(file) == 0 && written;
    if (status == FAB_OK && (!written || rename(part, path) != 0))
        status = fab_fail(context, FAB_OUTPUT, "%s: cannot be written: %s", path, strerror(written ? errno : error));
    if (status != FAB_OK)
        unlink(part);
out:
    sqlite3_free(part);
    return status;
}

/* An empty table has no file; one that an earlier export left is made empty. */
static fab_status export_table(fab_context *context, fab_store *store, const struct fab_table_def *def, const char *folder)
{
    bool used[FAB_COLUMNS_MAX] = {false};
    int64_t rows = 0;
    struct stat found;
    fab_status status = find_used_columns(context, store, def, used, &rows);
    char *path = sqlite3_mprintf("%s/%s.csv", folder, def->name);
    if (status == FAB_OK && !path)
        status = fab_fail_memory(context);
    if (status == FAB_OK && (rows > 0 || stat(path, &found) == 0))
        status = write_file(context, store, def, used, path);
    sqlite3_free(path);
    return status;
}

fab_status fab_store_export(fab_context *context, fab_store *store, const char *folder)
{
    bool alone = sqlite3_get_autocommit(store->db) != 0;
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return fab_fail(context, FAB_OUTPUT, "%s: %s", folder, strerror(errno));
    if (alone)
        status = fab_store_run(context, store, "BEGIN");
    for (int t = 0; t < fab_dictionary_count && status == FAB_OK; t++)
        status = export_table(context, store, &fab_dictionary[t], folder);
    if (alone)
        fab_store_rollback(store);
    return status;
}
