/* An import: which sources, in which order, in one transaction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "nearest.h"
#include "try.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- which sources ---- */

/* By the dictionary, parents before children; unknown names first, by name. */
static int compare_files(const void *a, const void *b)
{
    const struct fab_import_file *left = a, *right = b;
    if (left->def != right->def)
        return !left->def ? -1 : !right->def ? 1 : left->def < right->def ? -1 : 1;
    return strcmp(left->source->name, right->source->name);
}

static void report_unknown_table(struct fab_import_file *file)
{
    char shown[FAB_SHOWN_SIZE];
    struct fab_nearest nearest;
    fab_nearest_begin(&nearest, file->source->table);
    for (int t = 0; t < fab_dictionary_count; t++)
        fab_nearest_offer(&nearest, fab_dictionary[t].name);
    fab_utf8_quote(file->source->table, FAB_SHOWN_CHARACTERS, shown, sizeof shown);
    const fab_finding known = {.code = "unknown_table", .value = file->source->table};
    fab_finding_add(&file->findings, (struct fab_row_place){1, 1}, &known, "table is '%s', must be a table of the data dictionary%s%s%s", shown,
                    nearest.best[0] ? " (" : "", nearest.best, nearest.best[0] ? "?)" : "");
}

static fab_status take_sources(struct fab_import *import, const struct fab_row_source sources[], int count)
{
    fab_status status = FAB_OK;
    if (count < 1)
        return fab_fail(import->context, FAB_INPUT, "there is nothing to import");
    TRY_MEMORY(import->context, import->files = calloc((size_t)count, sizeof *import->files));
    for (int s = 0; s < count; s++)
        import->files[s] = (struct fab_import_file){.source = &sources[s],
                                                    .def = fab_dictionary_find(sources[s].table),
                                                    .findings = {.context = import->context, .source = &sources[s]}};
    import->file_count = count;
    qsort(import->files, (size_t)count, sizeof *import->files, compare_files);
    for (int f = 0; f < count; f++) {
        struct fab_import_file *file = &import->files[f];
        if (!file->def)
            report_unknown_table(file);
        else if (f > 0 && file->def == file[-1].def)
            TRY(fab_fail(import->context, FAB_INPUT, "%s: table %s is given by %s already", file->source->name, file->def->name,
                         file[-1].source->name));
    }
out:
    return status;
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
    fab_status status = FAB_OK;
    TRY(fab_store_prepare_query(import->context, import->store, name, &statement));
    TRY(fab_store_execute(import->context, import->store, statement));
out:
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
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        TRY(run_query(import, first[i]));
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        TRY(fab_store_prepare_query(import->context, import->store, queries[i].name, queries[i].statement));
out:
    return status;
}

/* The cross-checks look at rows that are right in themselves: they wait until all are. */
static fab_status work(struct fab_import *import)
{
    fab_status status = FAB_OK;
    int64_t findings;
    TRY(prepare(import));
    for (int f = 0; f < import->file_count; f++)
        if (import->files[f].def)
            TRY(fab_import_read_file(import, &import->files[f]));
    if (import->options->replace && count_findings(import) == 0)
        TRY(fab_import_delete_others(import));
    if (count_findings(import) == 0)
        TRY(fab_import_check(import));
    for (int f = 0; f < import->file_count; f++)
        fab_findings_finish(&import->files[f].findings);
    findings = count_findings(import);
    if (findings > 0)
        TRY(fab_fail(import->context, FAB_INPUT, "%lld finding%s; nothing was changed", (long long)findings, findings == 1 ? "" : "s"));
out:
    return status;
}

/* Publishes what is different; NULL where nothing is. */
static void take_differences(const struct fab_import *import)
{
    struct fab_import_differences *differences = import->differences;
    int64_t more = differences ? differences->rows - FAB_DIFFERENCES_KEPT : 0;
    if (!differences)
        return;
    if (more > 0)
        fab_say_as(import->context, FAB_LEVEL_NOTE, "more", "... and %lld more differences", (long long)more);
    *import->options->differences = differences->table;
    differences->table = NULL;
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
    free(import->files);
}

/* What the transaction holds, to its end when nothing is in the way; *made is the caller's, also after a failure. */
static fab_status work_and_commit(struct fab_import *import, fab_table **made)
{
    fab_status status = FAB_OK;
    TRY(work(import));
    import->store->inputs_changed = true;
    if (import->options->beside)
        TRY(fab_store_replace(import->context, import->store, import->options->beside));
    TRY(make_summary(import, made));
    if (!import->options->dry_run)
        TRY(fab_store_commit(import->context, import->store));
out:
    return status;
}

/* In one transaction, which is undone unless it was committed. */
static fab_status run_import(struct fab_import *import, fab_table **made)
{
    fab_status status = FAB_OK;
    TRY(fab_store_begin(import->context, import->store));
    status = work_and_commit(import, made);
    fab_store_rollback(import->store);
out:
    return status;
}

fab_status fab_store_import(fab_context *context, fab_store *store, const struct fab_row_source sources[], int source_count,
                            const fab_import_options *options, fab_table **summary)
{
    static const fab_import_options none = {0};
    struct fab_import_differences differences = {0};
    struct fab_import import = {.context = context, .store = store, .options = options ? options : &none};
    import.differences = import.options->differences ? &differences : NULL;
    fab_table *made = NULL;
    fab_status status = FAB_OK;
    fab_store_enter(store, context);
    TRY(take_sources(&import, sources, source_count));
    /* every reference is looked up before its row is written; SQLite would do it again, row by row. It has to for deletions. */
    TRY(fab_store_enforce_references(context, store, import.options->replace));
    TRY(run_import(&import, &made));
    take_differences(&import);
out:
    fini(&import);
    fab_table_free(differences.table);
    if (fab_store_enforce_references(context, store, true) != FAB_OK && status == FAB_OK)
        status = FAB_INTERNAL;
    if (status == FAB_OK && summary) {
        *summary = made;
        made = NULL;
    }
    fab_table_free(made);
    return status;
}
