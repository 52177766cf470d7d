/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stdf_import.h"

#include "stdf.h"
#include "table_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { TABLES = 3, FIRST_LINE = 2 /* of the rows: 1 is the header */ };

/* The first table has a row of every wafer that the others have. */
static const char *const table_names[TABLES] = {"wafer_test", "wafer_bin", "die_map"};

/* Testers run on systems that know no small letters, or do not tell them apart. */
static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t end_length = strlen(end);
    return length > end_length && strncasecmp(text + length - end_length, end, end_length) == 0;
}

bool fab_is_stdf(const char *path)
{
    size_t length = strlen(path);
    if (ends_with(path, length, ".gz"))
        length -= strlen(".gz");
    return ends_with(path, length, ".stdf") || ends_with(path, length, ".std");
}

/* ---- the tables of the STDF files ---- */

/* Where a row of wafer_test comes from. */
struct origin {
    const char *path, *wafer;
};

struct tables {
    fab_arena *arena;
    const char *folder;
    fab_table_file file[TABLES];
    bool open[TABLES];
    struct origin *origins; /* in the order of the rows */
    int64_t rows, capacity;
};

static bool add_origin(struct tables *tables, const char *path, const char *wafer)
{
    enum { FIRST = 64 };
    const char *kept = fab_arena_dup(tables->arena, wafer);
    if (kept && tables->rows == tables->capacity) {
        int64_t wanted = tables->capacity ? 2 * tables->capacity : FIRST;
        struct origin *larger = realloc(tables->origins, (size_t)wanted * sizeof *larger);
        if (!larger)
            return false;
        tables->origins = larger;
        tables->capacity = wanted;
    }
    if (kept)
        tables->origins[tables->rows++] = (struct origin){path, kept};
    return kept != NULL;
}

static bool write_table(fab_arena *arena, fab_table_file *file, const fab_table *table)
{
    bool ok = true;
    for (int r = 0; ok && r < fab_table_rows(table); r++) {
        for (int c = 0; ok && c < fab_table_columns(table); c++) {
            const fab_value *value = fab_table_get(table, r, c);
            if (value->type == FAB_INTEGER) {
                fab_table_file_number(file, value->integer);
                continue;
            }
            const char *field = value->type == FAB_TEXT ? fab_csv_field_of(arena, value->text) : "";
            ok = field != NULL;
            fab_table_file_text(file, field);
        }
        fab_table_file_end_row(file);
    }
    return ok;
}

static fab_status write_file(fab_context *context, struct tables *tables, const char *path, const fab_import_request *request)
{
    const struct fab_stdf_options options = {.stage = request->stage, .lot_in_name = request->lot_in_name};
    struct fab_stdf_result result = {0};
    bool ok = true;
    fab_status status = fab_stdf_read(context, path, &options, &result);
    if (status != FAB_OK)
        return status;
    fab_table *const read[TABLES] = {result.wafer_test, result.wafer_bin, result.die_map};
    for (int t = 0; ok && t < TABLES; t++)
        ok = write_table(tables->arena, &tables->file[t], read[t]);
    for (int r = 0; ok && r < fab_table_rows(result.wafer_test); r++)
        ok = add_origin(tables, path, fab_table_get(result.wafer_test, r, 0)->text);
    fab_stdf_result_fini(&result);
    return ok ? FAB_OK : fab_fail_memory(context);
}

static fab_status write_tables(fab_context *context, struct tables *tables, const fab_import_request *request)
{
    fab_status status = FAB_OK;
    for (int t = 0; status == FAB_OK && t < TABLES; t++) {
        status = fab_table_file_open(context, &tables->file[t], tables->folder, table_names[t], "STDF");
        tables->open[t] = true;
    }
    for (int p = 0; status == FAB_OK && p < request->path_count; p++)
        if (fab_is_stdf(request->paths[p]))
            status = write_file(context, tables, request->paths[p], request);
    for (int t = 0; status == FAB_OK && t < TABLES; t++)
        status = fab_table_file_close(context, &tables->file[t]);
    for (int t = 0; t < TABLES; t++)
        if (tables->open[t])
            fab_table_file_free(&tables->file[t]);
    return status;
}

/* ---- what a trial says ---- */

struct line {
    struct line *next;
    fab_level level;
    const char *text;
};

/* The lines of a trial, kept until it is known whether they will be said. */
struct trial {
    fab_arena *arena;
    struct line *first, **end;
    bool lost; /* memory was short */
};

static void keep_line(void *user, fab_level level, const char *text)
{
    struct trial *trial = user;
    struct line *line = fab_arena_take(trial->arena, 1, sizeof *line);
    const char *kept = fab_arena_dup(trial->arena, text);
    trial->lost = trial->lost || !line || !kept;
    if (!line || !kept)
        return;
    *line = (struct line){NULL, level, kept};
    *trial->end = line;
    trial->end = &line->next;
}

/* What a line says of a written table. */
struct place {
    int table;
    const struct origin *origin; /* NULL: of no row */
    const char *said;
};

/* Takes "FOLDER/TABLE.csv:LINE:COLUMN: said" or "FOLDER/TABLE.csv: said" apart; false when the line is about another file. */
static bool find_place(const struct tables *tables, const char *text, struct place *place)
{
    size_t length = strlen(tables->folder);
    if (strncmp(text, tables->folder, length) != 0 || text[length] != '/')
        return false;
    text += length + 1;
    for (place->table = 0; place->table < TABLES; place->table++) {
        const char *name = table_names[place->table];
        long long row = -1;
        int used = 0;
        length = strlen(name);
        if (strncmp(text, name, length) != 0 || strncmp(text + length, ".csv:", strlen(".csv:")) != 0)
            continue;
        text += length + strlen(".csv:");
        if (sscanf(text, "%lld:%*d:%n", &row, &used) == 1)
            row -= FIRST_LINE;
        place->origin = place->table == 0 && row >= 0 && row < tables->rows ? &tables->origins[row] : NULL;
        place->said = text + used + strspn(text + used, " ");
        return true;
    }
    return false;
}

/* "must be unique (line N has it already)": the line is one of a file that nobody sees. */
static const char *name_other_file(const struct tables *tables, const char *said)
{
    const char *line = strstr(said, "(line ");
    long long number = 0;
    int used = 0;
    if (!line || sscanf(line, "(line %lld%n", &number, &used) != 1 || number < FIRST_LINE || number - FIRST_LINE >= tables->rows)
        return said;
    return fab_arena_printf(tables->arena, "%.*s(%s%s", (int)(line - said), said, tables->origins[number - FIRST_LINE].path, line + used);
}

/* The bins of a file add up to its parts, by their making. */
static const char old_bins[] =
    " (an earlier import of this run has left bins in wafer_bin that the file does not have: export, take the run's rows"
    " out of wafer_bin.csv and import that with --replace)";

/* The text with the name of the STDF file and of the wafer in place of a line of a written table; NULL when memory is short. */
static const char *translate(const struct tables *tables, const char *text)
{
    struct place place;
    if (!find_place(tables, text, &place))
        return text;
    if (!place.origin)
        return fab_arena_printf(tables->arena, "STDF files: %s", place.said);
    const char *path = place.origin->path, *said = name_other_file(tables, place.said);
    if (!said)
        return NULL;
    if (strncmp(said, "wafer is ", strlen("wafer is ")) == 0)
        return fab_arena_printf(tables->arena, "%s: %s", path, said);
    return fab_arena_printf(tables->arena, "%s: wafer %s: %s%s", path, place.origin->wafer, said,
                            strstr(said, "sum of its bins") ? old_bins : "");
}

/* What is wrong with a wafer is found once more in every other table that has it. */
static bool is_echo(const struct tables *tables, const struct line *line, bool first_table)
{
    struct place place;
    return first_table && line->level == FAB_LEVEL_FINDING && find_place(tables, line->text, &place) && place.table > 0;
}

/* Findings that a line stands for: "... and N more findings" does for N. */
static long long count_findings(const struct line *line)
{
    const char *more = strstr(line->text, "... and ");
    long long count = 0;
    if (line->level != FAB_LEVEL_FINDING)
        return 0;
    return more && sscanf(more, "... and %lld more finding", &count) == 1 ? count : 1;
}

static fab_status say_lines(fab_context *context, const struct tables *tables, const struct trial *trial, long long *findings)
{
    struct place place;
    bool first_table = false;
    *findings = 0;
    for (const struct line *line = trial->first; line; line = line->next)
        first_table |= line->level == FAB_LEVEL_FINDING && find_place(tables, line->text, &place) && place.table == 0;
    for (const struct line *line = trial->first; line; line = line->next) {
        if (is_echo(tables, line, first_table))
            continue;
        const char *text = translate(tables, line->text);
        if (!text)
            return fab_fail_memory(context);
        *findings += count_findings(line);
        fab_say(context, line->level, "%s", text);
    }
    return trial->lost ? fab_fail_memory(context) : FAB_OK;
}

/* ---- the import ---- */

/* Imports without changing anything, to say findings of the STDF files and not of the tables written from them. Warnings are left to the
 * import itself when there will be one. The store does not hear an interruption meanwhile: it is obeyed afterwards. */
static fab_status try_import(fab_context *context, struct tables *tables, fab *handle, const char *const paths[], int count,
                             const fab_import_request *request, fab_table **summary)
{
    const fab_import_options options = {.replace = request->replace, .dry_run = true};
    struct trial trial = {.arena = tables->arena, .end = &trial.first};
    fab_table *made = NULL;
    long long findings = 0;
    fab_context *apart = fab_context_new();
    if (!apart)
        return fab_fail_memory(context);
    fab_context_set_sink(apart, keep_line, &trial);
    fab_status status = fab_store_import(apart, handle->store, paths, count, &options, &made);
    fab_store_rollback(handle->store); /* lets go of the context */
    if (status != FAB_OK)
        fab_fail(context, status, "%s", fab_context_message(apart));
    fab_context_free(apart);
    if (fab_context_interrupted(context))
        status = fab_fail(context, FAB_INTERRUPTED, "interrupted");
    else if (status != FAB_OK || request->dry_run) {
        fab_status said = say_lines(context, tables, &trial, &findings);
        status = said == FAB_OK ? status : said;
    }
    if (status == FAB_INPUT && findings > 0)
        fab_fail(context, status, "%lld finding%s; nothing was changed", findings, findings == 1 ? "" : "s");
    if (status == FAB_OK && request->dry_run && summary)
        *summary = made;
    else
        fab_table_free(made);
    return status;
}

/* A table comes from one file: fails when the request has a CSV file of those that the STDF files give. */
static fab_status check_tables(fab_context *context, fab_arena *arena, const fab_import_request *request)
{
    for (int p = 0; p < request->path_count; p++) {
        const char *path = request->paths[p], *slash = strrchr(path, '/');
        bool folder = fab_is_folder(path);
        for (int t = 0; t < TABLES && (folder || !fab_is_stdf(path)); t++) {
            const char *name = fab_arena_printf(arena, "%s.csv", table_names[t]);
            const char *inside = name ? fab_arena_printf(arena, "%s/%s", path, name) : NULL;
            if (!inside)
                return fab_fail_memory(context);
            if (folder ? access(inside, F_OK) == 0 : strcmp(slash ? slash + 1 : path, name) == 0)
                return fab_fail(context, FAB_INPUT, "%s: table %s is given by the STDF files already; import them one after the other",
                                folder ? inside : path, table_names[t]);
        }
    }
    return FAB_OK;
}

/* The paths of the request without its STDF files, then the written tables. */
static fab_status import_all(fab_context *context, struct tables *tables, fab *handle, const fab_import_request *request,
                             fab_table **summary)
{
    const fab_import_options options = {.replace = request->replace};
    const char **paths = fab_arena_take(tables->arena, (size_t)request->path_count + TABLES, sizeof *paths);
    int count = 0;
    for (int p = 0; paths && p < request->path_count; p++)
        if (!fab_is_stdf(request->paths[p]))
            paths[count++] = request->paths[p];
    for (int t = 0; paths && t < TABLES; t++) {
        paths[count] = fab_arena_printf(tables->arena, "%s/%s.csv", tables->folder, table_names[t]);
        if (!paths[count++])
            return fab_fail_memory(context);
    }
    if (!paths)
        return fab_fail_memory(context);
    fab_status status = try_import(context, tables, handle, paths, count, request, summary);
    if (status == FAB_OK && !request->dry_run)
        status = fab_store_import(context, handle->store, paths, count, &options, summary);
    return status;
}

/* A folder of a name that nobody else has, for this user's eyes only. */
static fab_status make_folder(fab_context *context, struct tables *tables)
{
    const char *place = getenv("TMPDIR");
    char *folder = fab_arena_printf(tables->arena, "%s/fabplan-stdf-XXXXXX", place && *place ? place : "/tmp");
    if (!folder)
        return fab_fail_memory(context);
    if (!mkdtemp(folder))
        return fab_fail(context, FAB_OUTPUT, "%s: cannot be written: %s", folder, strerror(errno));
    tables->folder = folder;
    return FAB_OK;
}

fab_status fab_stdf_import(fab_context *context, fab *handle, const fab_import_request *request, fab_table **summary)
{
    struct tables tables = {.arena = fab_arena_new()};
    fab_status status = tables.arena ? check_tables(context, tables.arena, request) : fab_fail_memory(context);
    if (status == FAB_OK)
        status = make_folder(context, &tables);
    if (status == FAB_OK)
        status = write_tables(context, &tables, request);
    if (status == FAB_OK)
        status = import_all(context, &tables, handle, request, summary);
    if (tables.folder)
        fab_folder_remove(tables.folder);
    free(tables.origins);
    fab_arena_free(tables.arena);
    return status;
}
