/* An import: which files, in which order, in one transaction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "fail.h"
#include "nearest.h"
#include "utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char extension[] = ".csv";

enum { TABLE_NAME_SIZE = 256 };

/* ---- which files ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Writes the table's name that a file name means; false when it is no CSV file's. */
static bool table_name(const char *file_name, char name[TABLE_NAME_SIZE])
{
    size_t length = strlen(file_name), tail = sizeof extension - 1;
    if (length <= tail || strcasecmp(file_name + length - tail, extension) != 0 || file_name[0] == '.')
        return false;
    snprintf(name, TABLE_NAME_SIZE, "%.*s", (int)(length - tail), file_name);
    return true;
}

/* Takes over path, which is freed with the import. */
static fab_status add_file(struct fab_import *import, char *path, const char *table)
{
    struct fab_import_file *files = path ? realloc(import->files, (size_t)(import->file_count + 1) * sizeof *files) : NULL;
    if (!files) {
        free(path);
        return fab_fail_memory(import->context);
    }
    import->files = files;
    const struct fab_table_def *def = fab_dictionary_find(table);
    files[import->file_count++] = (struct fab_import_file){
        .path = path,
        .def = def,
        .findings = {.context = import->context, .file = path, .table = def ? def->name : NULL, .options = import->options}};
    return FAB_OK;
}

static char *join_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    const char *slash = *folder && folder[strlen(folder) - 1] == '/' ? "" : "/";
    if (path)
        snprintf(path, size, "%s%s%s", folder, slash, name);
    return path;
}

static fab_status add_folder(struct fab_import *import, const char *folder)
{
    char table[TABLE_NAME_SIZE];
    int before = import->file_count;
    fab_status status = FAB_OK;
    DIR *directory = opendir(folder);
    if (!directory)
        return fab_fail_errno(import->context, FAB_INPUT, "%s", folder);
    for (struct dirent *entry; status == FAB_OK && (errno = 0, entry = readdir(directory)) != NULL;)
        if (table_name(entry->d_name, table))
            status = add_file(import, join_path(folder, entry->d_name), table);
    if (status == FAB_OK && errno != 0) /* a file would be missing */
        status = fab_fail_errno(import->context, FAB_INPUT, "%s: cannot be read", folder);
    closedir(directory);
    import->whole = true;
    if (status == FAB_OK && import->file_count == before)
        return fab_fail(import->context, FAB_INPUT, "%s: there is no CSV file in this folder", folder);
    return status;
}

static fab_status add_path(struct fab_import *import, const char *path)
{
    struct stat found;
    char table[TABLE_NAME_SIZE];
    if (stat(path, &found) != 0)
        return fab_fail_errno(import->context, FAB_INPUT, "%s", path);
    if (S_ISDIR(found.st_mode))
        return add_folder(import, path);
    if (!table_name(base_name(path), table))
        return fab_fail(import->context, FAB_INPUT, "%s: not a CSV file; its name must be that of a table, such as demand.csv", path);
    return add_file(import, strdup(path), table);
}

/* By the dictionary, parents before children; unknown names first, by name. */
static int compare_files(const void *a, const void *b)
{
    const struct fab_import_file *left = a, *right = b;
    if (left->def != right->def)
        return !left->def ? -1 : !right->def ? 1 : left->def < right->def ? -1 : 1;
    return strcmp(left->path, right->path);
}

static void report_unknown_table(struct fab_import_file *file)
{
    char table[TABLE_NAME_SIZE], shown[FAB_SHOWN_SIZE];
    struct fab_nearest nearest;
    table_name(base_name(file->path), table);
    fab_nearest_begin(&nearest, table);
    for (int t = 0; t < fab_dictionary_count; t++)
        fab_nearest_offer(&nearest, fab_dictionary[t].name);
    fab_utf8_quote(table, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    fab_finding_add(&file->findings, (struct fab_csv_place){1, 1}, "table is '%s', must be a table of the data dictionary%s%s%s", shown,
                    nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

static fab_status collect_files(struct fab_import *import, const char *const paths[], int path_count)
{
    fab_status status = path_count > 0 ? FAB_OK : fab_fail(import->context, FAB_INPUT, "there is nothing to import");
    for (int p = 0; p < path_count && status == FAB_OK; p++)
        status = add_path(import, paths[p]);
    if (status != FAB_OK)
        return status;
    qsort(import->files, (size_t)import->file_count, sizeof *import->files, compare_files);
    for (int f = 0; f < import->file_count; f++) {
        struct fab_import_file *file = &import->files[f];
        file->findings.file = file->path;
        if (!file->def)
            report_unknown_table(file);
        else if (f > 0 && file->def == file[-1].def)
            return fab_fail(import->context, FAB_INPUT, "%s: table %s is given by %s already", file->path, file->def->name, file[-1].path);
    }
    return FAB_OK;
}

/* ---- the work inside the transaction ---- */

static int64_t count_findings(const struct fab_import *import)
{
    int64_t count = import->other_findings;
    for (int f = 0; f < import->file_count; f++)
        count += import->files[f].findings.count;
    return count;
}

static fab_status run_query(struct fab_import *import, const char *name)
{
    sqlite3_stmt *statement = NULL;
    fab_status status = fab_store_prepare_query(import->context, import->store, name, &statement);
    if (status == FAB_OK)
        status = fab_store_execute(import->context, import->store, statement);
    sqlite3_finalize(statement);
    return status;
}

static fab_status prepare(struct fab_import *import)
{
    static const char *const first[] = {"store_temp_seen", "store_temp_refused", "store_clear_seen", "store_clear_refused"};
    const struct {
        const char *name;
        sqlite3_stmt **statement;
    } queries[] = {
        {"store_mark_seen", &import->mark_seen},
        {"store_find_seen", &import->find_seen},
        {"store_mark_refused", &import->mark_refused},
        {"store_find_refused", &import->find_refused},
    };
    fab_status status = FAB_OK;
    for (size_t i = 0; i < sizeof first / sizeof *first && status == FAB_OK; i++)
        status = run_query(import, first[i]);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && status == FAB_OK; i++)
        status = fab_store_prepare_query(import->context, import->store, queries[i].name, queries[i].statement);
    return status;
}

/* The cross-checks look at rows that are right in themselves: they wait until all are. */
static fab_status work(struct fab_import *import)
{
    fab_status status = prepare(import);
    for (int f = 0; f < import->file_count && status == FAB_OK; f++)
        if (import->files[f].def)
            status = fab_import_read_file(import, &import->files[f]);
    if (status == FAB_OK && import->options->replace && count_findings(import) == 0)
        status = fab_import_delete_others(import);
    if (status == FAB_OK && count_findings(import) == 0)
        status = fab_import_check(import);
    if (status != FAB_OK)
        return status;
    for (int f = 0; f < import->file_count; f++)
        fab_findings_finish(&import->files[f].findings);
    int64_t findings = count_findings(import);
    return findings == 0
               ? FAB_OK
               : fab_fail(import->context, FAB_INPUT, "%lld finding%s; nothing was changed", (long long)findings, findings == 1 ? "" : "s");
}

static fab_status make_summary(struct fab_import *import, fab_table **summary)
{
    static const char *const names[] = {"table", "rows_read", "rows_added", "rows_changed", "rows_deleted"};
    fab_table *table = fab_table_new("import", names, sizeof names / sizeof *names);
    for (int f = 0; table && f < import->file_count; f++) {
        const struct fab_import_file *file = &import->files[f];
        fab_value *row = fab_table_add_row(table);
        if (!row) {
            fab_table_free(table);
            table = NULL;
            break;
        }
        row[0] = fab_text(file->def->name);
        row[1] = fab_integer(file->rows_read);
        row[2] = fab_integer(file->rows_added);
        row[3] = fab_integer(file->rows_changed);
        row[4] = fab_integer(file->rows_deleted);
    }
    if (!table)
        return fab_fail_memory(import->context);
    *summary = table;
    return FAB_OK;
}

static void fini(struct fab_import *import)
{
    sqlite3_finalize(import->mark_seen);
    sqlite3_finalize(import->find_seen);
    sqlite3_finalize(import->mark_refused);
    sqlite3_finalize(import->find_refused);
    for (int f = 0; f < import->file_count; f++)
        free(import->files[f].path);
    free(import->files);
}

fab_status fab_store_import(fab_context *context, fab_store *store, const char *const paths[], int path_count,
                            const fab_import_options *options, fab_table **summary)
{
    static const fab_import_options none = {0};
    struct fab_import import = {.context = context, .store = store, .options = options ? options : &none};
    fab_table *made = NULL;
    fab_store_enter(store, context);
    fab_status status = collect_files(&import, paths, path_count);
    /* every reference is looked up before its row is written; SQLite would do it again, row by row. It has to for deletions. */
    if (status == FAB_OK)
        status = fab_store_enforce_references(context, store, import.options->replace);
    if (status == FAB_OK)
        status = fab_store_begin(context, store);
    if (status != FAB_OK)
        goto out;
    status = work(&import);
    store->inputs_changed = true;
    if (status == FAB_OK && summary)
        status = make_summary(&import, &made);
    if (status == FAB_OK && !import.options->dry_run)
        status = fab_store_commit(context, store);
    fab_store_rollback(store);
out:
    fini(&import);
    if (fab_store_enforce_references(context, store, true) != FAB_OK && status == FAB_OK)
        status = FAB_INTERNAL;
    if (status != FAB_OK) {
        fab_table_free(made);
        return status;
    }
    if (summary)
        *summary = made;
    return FAB_OK;
}
