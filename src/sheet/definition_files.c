/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "definition_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "fail.h"
#include "try.h"

extern const struct fab_file fab_sheet_files[];

/* Largest definition or SELECT that is read: far above any real one, small enough to refuse a wrong folder at once. */
enum { FILE_SIZE_MAX = 1 << 20, STEM_MAX = 60 };

/* The files while a folder is read. */
struct folder_reading {
    fab_context *context;
    fab_arena *arena;
    const char *folder;
    struct fab_definition_files *files;
};

bool fab_definition_has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), end = strlen(ending);
    return length > end && strcmp(name + length - end, ending) == 0;
}

static bool is_constants(const char *name)
{
    return strcmp(name, "constants") == 0;
}

static bool is_definition(const char *name)
{
    return is_constants(name) || fab_definition_has_ending(name, ".sql") || fab_definition_has_ending(name, ".report") ||
           fab_definition_has_ending(name, ".book");
}

/* Stems become names of tables in workbooks and of sheets in formulas: lower case letters, digits and _, a letter first. */
static bool is_stem(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length && length <= STEM_MAX && name[length] == '.' && name[0] >= 'a' && name[0] <= 'z';
}

const struct fab_file *fab_definition_files_find(const struct fab_definition_files *files, const char *name)
{
    for (int f = 0; f < files->count; f++)
        if (strcmp(files->items[f].name, name) == 0)
            return &files->items[f];
    return NULL;
}

/* A file of the same name is replaced; the constants of a folder stand behind those of the program. */
static fab_status put_file(struct folder_reading *reading, struct fab_file file)
{
    struct fab_definition_files *files = reading->files;
    struct fab_file *old = (struct fab_file *)fab_definition_files_find(files, file.name);
    if (is_constants(file.name))
        old = &files->constants[reading->folder != NULL];
    if (!old && !FAB_ARRAY_ROOM_IN(reading->arena, &files->items, files->count, &files->capacity))
        return fab_fail_memory(reading->context);
    *(old ? old : &files->items[files->count++]) = file;
    return FAB_OK;
}

/* Reads path into file->bytes. */
static fab_status read_file(struct folder_reading *reading, const char *path, struct fab_file *file)
{
    fab_status status = FAB_OK;
    char *bytes = NULL;
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return fab_fail_errno(reading->context, FAB_INPUT, "%s: cannot be read", path);
    TRY_MEMORY(reading->context, bytes = malloc(FILE_SIZE_MAX + 1));
    file->size = fread(bytes, 1, FILE_SIZE_MAX + 1, stream);
    if (ferror(stream))
        TRY(fab_fail_errno(reading->context, FAB_INPUT, "%s: cannot be read", path));
    if (file->size > FILE_SIZE_MAX)
        TRY(fab_fail(reading->context, FAB_INPUT, "%s: larger than %d bytes: not a report", path, FILE_SIZE_MAX));
    TRY_MEMORY(reading->context, file->bytes = fab_arena_dup_length(reading->arena, bytes, file->size));
out:
    free(bytes);
    fclose(stream);
    return status;
}

static fab_status add_entry(struct folder_reading *reading, const char *name)
{
    fab_status status = FAB_OK;
    struct fab_file file = {0};
    const char *path = NULL;
    TRY_MEMORY(reading->context, file.name = fab_arena_dup(reading->arena, name));
    TRY_MEMORY(reading->context, path = fab_arena_printf(reading->arena, "%s/%s", reading->folder, name));
    if (!is_constants(name) && !is_stem(name))
        return fab_fail(reading->context, FAB_INPUT, "%s: a report's name is lower case letters, digits and _, a letter first", path);
    TRY(read_file(reading, path, &file));
    TRY(put_file(reading, file));
out:
    return status;
}

static fab_status read_folder(struct folder_reading *reading)
{
    fab_status status = FAB_OK;
    DIR *directory = opendir(reading->folder);
    if (!directory)
        return fab_fail_errno(reading->context, FAB_INPUT, "%s: the folder of reports cannot be read", reading->folder);
    for (struct dirent *entry; (errno = 0, entry = readdir(directory)) != NULL;)
        if (is_definition(entry->d_name))
            TRY(add_entry(reading, entry->d_name));
    if (errno) /* a report would be missing */
        TRY(fab_fail_errno(reading->context, FAB_INPUT, "%s: the folder of reports cannot be read", reading->folder));
out:
    closedir(directory);
    return status;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct fab_file *)a)->name, ((const struct fab_file *)b)->name);
}

fab_status fab_definition_files_read(fab_context *context, fab_arena *arena, const char *folder, struct fab_definition_files *files)
{
    fab_status status = FAB_OK;
    struct folder_reading reading = {.context = context, .arena = arena, .files = files};
    *files = (struct fab_definition_files){0};
    for (const struct fab_file *file = fab_sheet_files; file->name; file++)
        TRY(put_file(&reading, *file));
    reading.folder = folder;
    if (folder)
        TRY(read_folder(&reading));
    if (files->count)
        qsort(files->items, (size_t)files->count, sizeof *files->items, compare_files);
out:
    return status;
}
