/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_source.h"

#include "arena.h"
#include "array.h"
#include "stdf.h"
#include "stdf_lots.h"
#include "stdf_runs.h"
#include "table_source.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* wafer_test, wafer_bin, die_map; lot and wafer. */
enum { TABLES = 3, FIRST_LINE = 2 /* of the rows: 1 is the header */ };

/* The first table has a row of every wafer that the others have. */
static const char *const table_names[FAB_STDF_SOURCES] = {"wafer_test", "wafer_bin", "die_map", "lot", "wafer"};

static const char basis[] = "STDF";

/* Columns of wafer_test and wafer_bin that make up a key. */
enum { WAFER, STAGE, RUN, BIN, COUNT };

/* Rows of each table up to and with those of a file. */
struct origin_mark {
    const char *path;
    int end[TABLES];
};

/* Whose rows a source has, for the places of findings. */
struct origin {
    const struct fab_stdf_sources *sources;
    int table;
};

struct fab_stdf_sources {
    fab_arena *arena;
    fab_table *table[FAB_STDF_SOURCES], *die; /* die: of stdf_file */
    struct fab_row_source source[FAB_STDF_SOURCES];
    int count;
    struct origin origin[TABLES];
    struct origin_mark *marks;
    int mark_count, mark_capacity;
    struct fab_stdf_result *results; /* [result_count], of the files */
    int result_count;
    struct stdf_runs runs;
};

/* Testers run on systems that know no small letters, or do not tell them apart. */
static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t end_length = strlen(end);
    return length > end_length && strncasecmp(text + length - end_length, end, end_length) == 0;
}

/* What cannot be read is taken too: it is named for what it is. */
bool fab_stdf_is_file(const char *path)
{
    static const char *const packings[] = {".gz" /* read */, ".bz2", ".zip", ".xz", ".zst", ".7z"};
    size_t length = strlen(path);
    for (size_t p = 1; p < sizeof packings / sizeof *packings; p++)
        if (ends_with(path, length, packings[p]))
            return true;
    if (ends_with(path, length, packings[0]))
        length -= strlen(packings[0]);
    return ends_with(path, length, ".stdf") || ends_with(path, length, ".std");
}

bool fab_stdf_has_table(const char *table, bool make_lots)
{
    for (int t = 0; t < (make_lots ? FAB_STDF_SOURCES : TABLES); t++)
        if (strcmp(table_names[t], table) == 0)
            return true;
    return false;
}

/* ---- bins that a file has lost ---- */

static bool has_bin(const fab_table *bins, const fab_table *test, int row, int64_t bin)
{
    for (int r = 0; r < fab_table_rows(bins); r++)
        if (fab_table_get(bins, r, BIN)->integer == bin &&
            strcmp(fab_table_get(bins, r, WAFER)->text, fab_table_get(test, row, WAFER)->text) == 0)
            return true;
    return false;
}

/* Those of the wafer in a row of wafer_test. */
static fab_status empty_lost_bins(fab_context *context, fab_store *store, const struct fab_stdf_result *result, int row)
{
    const fab_table *test = result->wafer_test;
    const fab_parameter parameters[] = {{":wafer", *fab_table_get(test, row, WAFER)},
                                        {":stage", *fab_table_get(test, row, STAGE)},
                                        {":run", *fab_table_get(test, row, RUN)}};
    fab_table *known = NULL;
    fab_status status = FAB_OK;
    TRY(fab_store_select(context, store, "stdf_bins", parameters, 3, &known));
    for (int r = 0; r < fab_table_rows(known); r++) {
        int64_t bin = fab_table_get(known, r, 0)->integer;
        fab_value *added;
        if (has_bin(result->wafer_bin, test, row, bin))
            continue;
        TRY_MEMORY(context, added = fab_table_add_row(result->wafer_bin));
        for (int c = WAFER; c <= RUN; c++)
            added[c] = *fab_table_get(test, row, c);
        added[BIN] = fab_integer(bin);
        added[COUNT] = fab_integer(0);
    }
out:
    fab_table_free(known);
    return status;
}

/* ---- the rows of all files ---- */

/* The tables, empty, with `basis` behind their columns. */
static fab_status make_tables(fab_context *context, struct fab_stdf_sources *sources)
{
    static const char *const test[] = {"wafer", "stage", "run", "time", "tested", "good", "basis"};
    static const char *const bin[] = {"wafer", "stage", "run", "bin", "count", "basis"};
    static const char *const map[] = {"wafer", "stage", "run", "map", "basis"};
    static const char *const die[] = {"wafer", "stage", "run", "file", "part", "time", "die"};
    fab_status status = FAB_OK;
    TRY_MEMORY(context, sources->table[0] = fab_table_new(table_names[0], test, sizeof test / sizeof *test));
    TRY_MEMORY(context, sources->table[1] = fab_table_new(table_names[1], bin, sizeof bin / sizeof *bin));
    TRY_MEMORY(context, sources->table[2] = fab_table_new(table_names[2], map, sizeof map / sizeof *map));
    TRY_MEMORY(context, sources->table[TABLES] = stdf_lots_new());
    TRY_MEMORY(context, sources->table[TABLES + 1] = stdf_lots_new_wafers());
    TRY_MEMORY(context, sources->die = fab_table_new("stdf_file", die, sizeof die / sizeof *die));
out:
    return status;
}

/* A text of the row before serves again: most rows name the wafer and the stage that it did. */
static const char *keep_text(fab_table *all, int column, const char *text)
{
    int row = fab_table_rows(all) - 2;
    const fab_value *before = row >= 0 ? fab_table_get(all, row, column) : NULL;
    bool same = before && before->type == FAB_TEXT && strcmp(before->text, text) == 0;
    return same ? before->text : fab_table_keep(all, text);
}

static bool add_rows(fab_table *all, const fab_table *read)
{
    int columns = fab_table_columns(read);
    for (int r = 0; r < fab_table_rows(read); r++) {
        fab_value *row = fab_table_add_row(all);
        if (!row)
            return false;
        for (int c = 0; c < columns; c++) {
            row[c] = *fab_table_get(read, r, c);
            if (row[c].type == FAB_TEXT)
                row[c] = fab_text(keep_text(all, c, row[c].text));
            if (row[c].type == FAB_NULL && fab_table_get(read, r, c)->type != FAB_NULL)
                return false;
        }
        row[columns] = fab_text(basis);
    }
    return true;
}

/* The rows of one run, and a mark of whose they are. */
static fab_status add_run(fab_context *context, struct fab_stdf_sources *sources, const struct fab_stdf_result *rows, const char *path)
{
    fab_table *const made[TABLES] = {rows->wafer_test, rows->wafer_bin, rows->die_map};
    fab_status status = FAB_OK;
    for (int row = 0; row < fab_table_rows(rows->wafer_test); row++)
        TRY(empty_lost_bins(context, sources->runs.store, rows, row));
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&sources->marks, sources->mark_count, &sources->mark_capacity));
    struct origin_mark *mark = &sources->marks[sources->mark_count++];
    mark->path = path;
    for (int t = 0; t < TABLES; t++) {
        TRY_MEMORY(context, add_rows(sources->table[t], made[t]));
        mark->end[t] = fab_table_rows(sources->table[t]);
    }
out:
    return status;
}

static fab_status add_lists(fab_context *context, struct fab_stdf_sources *sources, const struct stdf_group *group)
{
    for (int l = 0; l < group->count; l++) {
        const struct stdf_list *list = &group->lists[l];
        fab_value *row = list->die && list->run >= group->first ? fab_table_add_row(sources->die) : NULL;
        if (!list->die || list->run < group->first)
            continue;
        if (!row)
            return fab_fail_memory(context);
        const fab_value values[] = {fab_text(group->wafer), fab_text(group->stage), fab_integer(list->run), fab_text(list->file),
                                    fab_integer(list->part), fab_integer(list->time), fab_text(list->die)};
        memcpy(row, values, sizeof values);
    }
    return FAB_OK;
}

/* The rows of a wafer's runs from the first one on that a file has touched. */
static fab_status add_group(fab_context *context, struct fab_stdf_sources *sources, const struct stdf_group *group)
{
    struct fab_stdf_result rows = {0};
    fab_status status = FAB_OK;
    const char *path = NULL;
    for (int64_t run = group->first; run <= stdf_group_last(group); run++) {
        bool found = false;
        TRY(stdf_runs_make(context, group, run, &rows, &found));
        path = found && rows.path ? rows.path : path;
        if (found)
            TRY(add_run(context, sources, &rows, path));
        fab_stdf_result_fini(&rows);
    }
    TRY(add_lists(context, sources, group));
out:
    fab_stdf_result_fini(&rows);
    return status;
}

static fab_status read_files(fab_context *context, struct fab_stdf_sources *sources, const char *const paths[], int path_count,
                             const struct fab_stdf_options *options)
{
    fab_status status = FAB_OK;
    for (int p = 0; p < path_count; p++) {
        TRY(fab_stdf_read(context, paths[p], options, &sources->results[p]));
        sources->result_count++;
        TRY(stdf_runs_add(context, &sources->runs, &sources->results[p]));
    }
    for (int g = 0; g < sources->runs.count; g++)
        TRY(add_group(context, sources, &sources->runs.groups[g]));
    if (options->make_lots)
        TRY(stdf_lots_add(context, sources->runs.store, sources->results, path_count, options->source, sources->table[TABLES], sources->table[TABLES + 1]));
out:
    return status;
}

/* ---- sources ---- */

/* The STDF file and the wafer, not the line of a table that nobody sees. */
static const char *name_origin(const void *state, int64_t line)
{
    const struct origin *origin = state;
    const struct fab_stdf_sources *sources = origin->sources;
    const fab_table *tests = sources->table[0];
    int64_t row = line - FIRST_LINE;
    bool test = origin->table == 0 && row >= 0 && row < fab_table_rows(tests);
    for (int m = 0; m < sources->mark_count; m++) {
        const char *path = sources->marks[m].path;
        if (row >= sources->marks[m].end[origin->table])
            continue;
        const char *name =
            test ? fab_arena_printf(sources->arena, "%s: wafer %s", path, fab_table_get(tests, (int)row, WAFER)->text) : path;
        return name ? name : path;
    }
    return NULL;
}

static void make_sources(struct fab_stdf_sources *sources, const char *name)
{
    sources->count = fab_table_rows(sources->table[TABLES + 1]) > 0 ? FAB_STDF_SOURCES : TABLES;
    for (int t = 0; t < FAB_STDF_SOURCES; t++)
        sources->source[t] = fab_table_source(sources->table[t], name);
    for (int t = 0; t < TABLES; t++) {
        sources->origin[t] = (struct origin){sources, t};
        sources->source[t].origin = name_origin;
        sources->source[t].origin_state = &sources->origin[t];
    }
}

fab_status fab_stdf_sources_open(fab_context *context, fab_store *store, const char *const paths[], int path_count,
                                 const struct fab_stdf_options *options, fab_stdf_sources **result)
{
    fab_status status = FAB_OK;
    fab_stdf_sources *sources = calloc(1, sizeof *sources);
    TRY_MEMORY(context, sources);
    sources->runs.store = store;
    TRY_MEMORY(context, sources->arena = fab_arena_new());
    TRY_MEMORY(context, sources->results = fab_arena_take(sources->arena, (size_t)path_count, sizeof *sources->results));
    TRY(make_tables(context, sources));
    TRY(read_files(context, sources, paths, path_count, options));
    make_sources(sources, paths[0]);
    *result = sources;
    sources = NULL;
out:
    fab_stdf_sources_close(sources);
    return status;
}

void fab_stdf_sources_close(fab_stdf_sources *sources)
{
    if (!sources)
        return;
    for (int t = 0; t < FAB_STDF_SOURCES; t++)
        fab_table_free(sources->table[t]);
    fab_table_free(sources->die);
    stdf_runs_fini(&sources->runs);
    for (int r = 0; r < sources->result_count; r++)
        fab_stdf_result_fini(&sources->results[r]);
    free(sources->marks);
    fab_arena_free(sources->arena);
    free(sources);
}

const struct fab_row_source *fab_stdf_sources_get(const fab_stdf_sources *sources, int *count)
{
    *count = sources->count;
    return sources->source;
}

const fab_table *fab_stdf_sources_die(const fab_stdf_sources *sources)
{
    return sources->die;
}
