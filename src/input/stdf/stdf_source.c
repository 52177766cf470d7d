/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_source.h"

#include "arena.h"
#include "stdf.h"
#include "table_source.h"
#include "try.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TABLES = FAB_STDF_SOURCES, FIRST_LINE = 2 /* of the rows: 1 is the header */ };

/* The first table has a row of every wafer that the others have. */
static const char *const table_names[TABLES] = {"wafer_test", "wafer_bin", "die_map"};

static const char basis[] = "STDF";

/* Columns of wafer_test and wafer_bin that make up a key. */
enum { WAFER, STAGE, RUN, BIN, COUNT };

/* A read file: the rows of each table up to and with its own. */
struct read_file {
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
    fab_table *table[TABLES]; /* NULL until the first file has been read */
    struct fab_row_source source[TABLES];
    struct origin origin[TABLES];
    struct read_file *files;
    int file_count;
};

/* Testers run on systems that know no small letters, or do not tell them apart. */
static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t end_length = strlen(end);
    return length > end_length && strncasecmp(text + length - end_length, end, end_length) == 0;
}

bool fab_stdf_is_file(const char *path)
{
    size_t length = strlen(path);
    if (ends_with(path, length, ".gz"))
        length -= strlen(".gz");
    return ends_with(path, length, ".stdf") || ends_with(path, length, ".std");
}

bool fab_stdf_has_table(const char *table)
{
    for (int t = 0; t < TABLES; t++)
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

/* A copy of an empty table with `basis` behind its columns. */
static fab_table *new_table(const fab_table *read)
{
    enum { COLUMNS = 8 };
    const char *columns[COLUMNS];
    int count = fab_table_columns(read);
    for (int c = 0; c < count; c++)
        columns[c] = fab_table_column_name(read, c);
    columns[count] = "basis";
    return fab_table_new(fab_table_name(read), columns, count + 1);
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

static fab_status read_file(fab_context *context, fab_store *store, struct fab_stdf_sources *sources, const char *path,
                            const struct fab_stdf_options *options)
{
    struct read_file *file = &sources->files[sources->file_count++];
    struct fab_stdf_result result = {0};
    fab_status status = FAB_OK;
    file->path = path;
    TRY(fab_stdf_read(context, path, options, &result));
    for (int row = 0; row < fab_table_rows(result.wafer_test); row++)
        TRY(empty_lost_bins(context, store, &result, row));
    fab_table *const read[TABLES] = {result.wafer_test, result.wafer_bin, result.die_map};
    for (int t = 0; t < TABLES; t++) {
        if (!sources->table[t])
            TRY_MEMORY(context, sources->table[t] = new_table(read[t]));
        TRY_MEMORY(context, add_rows(sources->table[t], read[t]));
        file->end[t] = fab_table_rows(sources->table[t]);
    }
out:
    fab_stdf_result_fini(&result);
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
    for (int f = 0; f < sources->file_count; f++) {
        const char *path = sources->files[f].path;
        if (row >= sources->files[f].end[origin->table])
            continue;
        const char *name =
            test ? fab_arena_printf(sources->arena, "%s: wafer %s", path, fab_table_get(tests, (int)row, WAFER)->text) : path;
        return name ? name : path;
    }
    return NULL;
}

fab_status fab_stdf_sources_open(fab_context *context, fab_store *store, const char *const paths[], int path_count,
                                 const struct fab_stdf_options *options, fab_stdf_sources **result)
{
    fab_status status = FAB_OK;
    fab_stdf_sources *sources = calloc(1, sizeof *sources);
    TRY_MEMORY(context, sources);
    TRY_MEMORY(context, sources->arena = fab_arena_new());
    TRY_MEMORY(context, sources->files = fab_arena_take(sources->arena, (size_t)path_count, sizeof *sources->files));
    for (int p = 0; p < path_count; p++)
        TRY(read_file(context, store, sources, paths[p], options));
    for (int t = 0; t < TABLES; t++) {
        sources->origin[t] = (struct origin){sources, t};
        sources->source[t] = fab_table_source(sources->table[t], paths[0]);
        sources->source[t].origin = name_origin;
        sources->source[t].origin_state = &sources->origin[t];
    }
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
    for (int t = 0; t < TABLES; t++)
        fab_table_free(sources->table[t]);
    fab_arena_free(sources->arena);
    free(sources);
}

const struct fab_row_source *fab_stdf_sources_get(const fab_stdf_sources *sources)
{
    return sources->source;
}
