/* What an import remembers of the rows it met, and what --replace does with the others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "try.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* Runs a query with the parameters ?1 table, ?2 text, ?3 line; *value is the first column of its row. */
static fab_status ask(struct fab_import *import, sqlite3_stmt *statement, const char *table, const char *text, int64_t line, bool *row,
                      int64_t *value)
{
    int code = sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(statement, 2, text, -1, SQLITE_STATIC);
    if (code == SQLITE_OK && sqlite3_bind_parameter_count(statement) >= 3)
        code = sqlite3_bind_int64(statement, 3, line);
    if (code != SQLITE_OK)
        return fab_store_fail(import->context, import->store);
    fab_status status = fab_store_step(import->context, import->store, statement, row);
    *value = status == FAB_OK && *row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return status;
}

fab_status fab_import_mark_seen(struct fab_import *import, const struct fab_import_file *file, const char *key, int64_t line,
                                int64_t *first)
{
    bool row;
    int64_t nothing;
    *first = 0;
    fab_status status = ask(import, import->mark_seen, file->def->name, key, line, &row, &nothing);
    if (status != FAB_OK || sqlite3_changes64(import->store->db) > 0)
        return status;
    return ask(import, import->find_seen, file->def->name, key, 0, &row, first);
}

fab_status fab_import_mark_refused(struct fab_import *import, const char *table, const char *id)
{
    bool row;
    int64_t nothing;
    return ask(import, import->mark_refused, table, id, 0, &row, &nothing);
}

fab_status fab_import_was_refused(struct fab_import *import, const char *table, const char *id, bool *refused)
{
    int64_t nothing;
    for (int f = 0; f < import->file_count; f++)
        if (import->files[f].incomplete && strcmp(import->files[f].def->name, table) == 0) {
            *refused = true;
            return FAB_OK;
        }
    return ask(import, import->find_refused, table, id, 0, refused, &nothing);
}

/* ---- --replace ---- */

/* A row that other rows still name cannot go: the place is the file that leaves it out. */
static fab_status report_used_row(struct fab_import *import, struct fab_import_file *file, const char *row_key)
{
    char key[FAB_ROW_KEY_SIZE], shown[FAB_SHOWN_SIZE];
    if (!row_key)
        return fab_fail_memory(import->context);
    snprintf(key, sizeof key, "%s", row_key);
    fab_utf8_quote(fab_statement_show_key(key), FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    const fab_finding known = {.code = "still_used", .key = fab_statement_show_key(key)};
    fab_finding_add(&file->findings, (struct fab_row_place){1, 1}, &known,
                    "'%s' is not in the file, must stay while rows of other tables name it (import those tables too)", shown);
    return FAB_OK;
}

/* The row that `unseen` stands on. */
static fab_status delete_row(struct fab_import *import, struct fab_import_file *file, sqlite3_stmt *unseen, sqlite3_stmt *deletion)
{
    int columns = fab_statement_columns(file->def), used = sqlite3_bind_parameter_count(deletion);
    for (int c = 0; c < columns && c < used; c++)
        if (sqlite3_bind_value(deletion, c + 1, sqlite3_column_value(unseen, c)) != SQLITE_OK)
            return fab_store_fail(import->context, import->store);
    fab_status status = fab_difference_removed(import, file, (const char *)sqlite3_column_text(unseen, columns));
    if (status != FAB_OK)
        return status;
    int code = sqlite3_step(deletion);
    sqlite3_reset(deletion);
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY)
        return report_used_row(import, file, (const char *)sqlite3_column_text(unseen, columns));
    if (code != SQLITE_DONE)
        return fab_store_fail_code(import->context, import->store->path, code, sqlite3_errmsg(import->store->db));
    file->rows_deleted++;
    return FAB_OK;
}

static fab_status delete_unseen(struct fab_import *import, struct fab_import_file *file)
{
    sqlite3_stmt *unseen = NULL, *deletion = NULL;
    bool row = true;
    fab_status status = FAB_OK;
    TRY(fab_statement_prepare(import->context, import->store, file->def, FAB_STATEMENT_UNSEEN, &unseen));
    TRY(fab_statement_prepare(import->context, import->store, file->def, FAB_STATEMENT_DELETE, &deletion));
    if (sqlite3_bind_text(unseen, 1, file->def->name, -1, SQLITE_STATIC) != SQLITE_OK)
        TRY(fab_store_fail(import->context, import->store));
    for (;;) {
        TRY(fab_store_step(import->context, import->store, unseen, &row));
        if (!row)
            break;
        TRY(delete_row(import, file, unseen, deletion));
    }
out:
    sqlite3_finalize(unseen);
    sqlite3_finalize(deletion);
    return status;
}

/* Children before parents: against the order of the dictionary. */
fab_status fab_import_delete_others(struct fab_import *import)
{
    fab_status status = FAB_OK;
    for (int f = import->file_count - 1; f >= 0; f--)
        TRY(delete_unseen(import, &import->files[f]));
out:
    return status;
}
