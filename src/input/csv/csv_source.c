/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_source.h"

#include "array.h"
#include "csv_file.h"
#include "fail.h"
#include "try.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char extension[] = ".csv";

/* ---- a reading ---- */

struct csv_reader {
    struct fab_row_reader head;
    FILE *stream;
    fab_csv *csv;
    int width; /* columns of the header, those without a name at its end left out; 0: not read yet */
};

/* Leaves out columns without a name at the end of the header, and the empty cells of rows behind its last column. */
static void trim(struct csv_reader *reader)
{
    struct fab_row_reader *head = &reader->head;
    int count = head->count;
    while (head->count > (reader->width > 0 ? reader->width : 1) && head->texts[head->count - 1].length == 0)
        head->count--;
    if (reader->width == 0) {
        reader->width = head->count;
        head->ignored.columns = count - head->count;
    } else if (head->count > reader->width) { /* one of them is not empty: the row is too long */
        head->count = count;
    } else if (count > reader->width + head->ignored.columns && head->ignored.cells++ == 0) {
        head->ignored.cell = head->line;
    }
}

static fab_status read_next(fab_context *context, struct fab_row_reader *head, enum fab_row_result *result)
{
    struct csv_reader *reader = (struct csv_reader *)head;
    fab_status status = fab_csv_next(context, reader->csv, result);
    if (status != FAB_OK)
        return status;
    if (*result == FAB_ROW_FAULT) {
        head->fault = fab_csv_fault_text(reader->csv);
        head->fault_place = fab_csv_fault_place(reader->csv);
    } else {
        head->texts = fab_csv_fields(reader->csv, &head->count);
        head->line = fab_csv_line(reader->csv);
        head->ignored.rows = fab_csv_ignored(reader->csv)->rows;
        head->ignored.row = fab_csv_ignored(reader->csv)->row;
        trim(reader);
    }
    return FAB_OK;
}

static struct fab_row_place find_place(const struct fab_row_reader *head, int field)
{
    return fab_csv_place_of(((const struct csv_reader *)head)->csv, field);
}

static void close_reader(struct fab_row_reader *head)
{
    struct csv_reader *reader = (struct csv_reader *)head;
    fab_csv_free(reader->csv);
    if (reader->stream)
        fclose(reader->stream);
    free(reader);
}

static const struct fab_row_reader_kind csv_kind = {.next = read_next, .place = find_place, .close = close_reader};

static fab_status open_reader(fab_context *context, const struct fab_row_source *source, struct fab_row_reader **opened)
{
    fab_status status = FAB_OK;
    struct csv_reader *reader = calloc(1, sizeof *reader);
    TRY_MEMORY(context, reader);
    reader->head.kind = &csv_kind;
    reader->head.marked = true;
    reader->stream = fopen(source->name, "rbe");
    if (!reader->stream)
        TRY(fab_fail_errno(context, FAB_INPUT, "%s", source->name));
    TRY_MEMORY(context, reader->csv = fab_csv_new(reader->stream));
    *opened = &reader->head;
    reader = NULL;
out:
    if (reader)
        close_reader(&reader->head);
    return status;
}

/* ---- which files ---- */

/* What a source owns: the texts that it shows. */
struct csv_names {
    char *path, *table;
};

static void free_names(struct csv_names *names)
{
    if (!names)
        return;
    free(names->path);
    free(names->table);
    free(names);
}

/* Length of the table's name in a file name; 0 when it is no CSV file's. */
static size_t table_length(const char *file_name)
{
    size_t length = strlen(file_name), tail = sizeof extension - 1;
    bool is_csv = length > tail && strcasecmp(file_name + length - tail, extension) == 0 && file_name[0] != '.';
    return is_csv ? length - tail : 0;
}

/* Takes over path. */
static fab_status add_file(fab_context *context, struct fab_csv_sources *sources, char *path)
{
    fab_status status = FAB_OK;
    const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
    struct csv_names *names = calloc(1, sizeof *names);
    TRY_MEMORY(context, path && names);
    names->path = path;
    path = NULL;
    TRY_MEMORY(context, names->table = strndup(name, table_length(name)));
    TRY_MEMORY(context, FAB_ARRAY_ROOM(&sources->source, sources->count, &sources->capacity));
    sources->source[sources->count++] =
        (struct fab_row_source){.table = names->table, .name = names->path, .state = names, .open = open_reader};
    names = NULL;
out:
    free(path);
    free_names(names);
    return status;
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

static fab_status add_folder(fab_context *context, struct fab_csv_sources *sources, const char *folder)
{
    int before = sources->count;
    fab_status status = FAB_OK;
    DIR *directory = opendir(folder);
    if (!directory)
        TRY(fab_fail_errno(context, FAB_INPUT, "%s", folder));
    for (struct dirent *entry; (errno = 0, entry = readdir(directory)) != NULL;)
        if (table_length(entry->d_name) > 0)
            TRY(add_file(context, sources, join_path(folder, entry->d_name)));
    if (errno != 0) /* a file would be missing */
        TRY(fab_fail_errno(context, FAB_INPUT, "%s: cannot be read", folder));
    sources->folder = true;
    if (sources->count == before)
        TRY(fab_fail(context, FAB_INPUT, "%s: there is no CSV file in this folder", folder));
out:
    if (directory)
        closedir(directory);
    return status;
}

static fab_status add_path(fab_context *context, struct fab_csv_sources *sources, const char *path)
{
    struct stat found;
    const char *slash = strrchr(path, '/');
    if (stat(path, &found) != 0)
        return fab_fail_errno(context, FAB_INPUT, "%s", path);
    if (S_ISDIR(found.st_mode))
        return add_folder(context, sources, path);
    if (table_length(slash ? slash + 1 : path) == 0)
        return fab_fail(context, FAB_INPUT, "%s: not a CSV file; its name must be that of a table, such as demand.csv", path);
    return add_file(context, sources, strdup(path));
}

fab_status fab_csv_sources_add(fab_context *context, struct fab_csv_sources *sources, const char *const paths[], int path_count)
{
    fab_status status = FAB_OK;
    for (int p = 0; p < path_count; p++)
        TRY(add_path(context, sources, paths[p]));
out:
    return status;
}

void fab_csv_sources_close(struct fab_csv_sources *sources)
{
    for (int s = 0; s < sources->count; s++)
        free_names(sources->source[s].state);
    free(sources->source);
    *sources = (struct fab_csv_sources){0};
}

fab_status fab_csv_import(fab_context *context, fab_store *store, const char *const paths[], int path_count, const fab_import_options *options,
                          fab_table **summary)
{
    fab_status status = FAB_OK;
    struct fab_csv_sources sources = {0};
    fab_import_options whole = options ? *options : (fab_import_options){0};
    TRY(fab_csv_sources_add(context, &sources, paths, path_count));
    whole.whole = whole.whole || sources.folder;
    TRY(fab_store_import(context, store, sources.source, sources.count, &whole, summary));
out:
    fab_csv_sources_close(&sources);
    return status;
}
