/* The definitions there are: the program's own files, replaced and added to by those of a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "definition.h"
#include "fail.h"
#include "file.h"

extern const struct fab_file fab_report_files[];

/* Largest definition or SELECT that is read: far above any real one, small enough to refuse a wrong folder at once. */
enum { FILE_SIZE_MAX = 1 << 20, STEM_MAX = 60 };

struct library {
    fab_context *context;
    fab_arena *arena;
    struct fab_file *files;
    int count, capacity;
};

static bool has_ending(const char *name, const char *ending)
{
    size_t length = strlen(name), end = strlen(ending);
    return length > end && strcmp(name + length - end, ending) == 0;
}

/* Stems become names of tables in workbooks and of sheets in formulas: lower case letters, digits and _, a letter first. */
static bool is_stem(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length && length <= STEM_MAX && name[length] == '.' && name[0] >= 'a' && name[0] <= 'z';
}

static const struct fab_file *find_file(const struct library *library, const char *name)
{
    for (int f = 0; f < library->count; f++)
        if (strcmp(library->files[f].name, name) == 0)
            return &library->files[f];
    return NULL;
}

/* A file of the same name is replaced. */
static fab_status put_file(struct library *library, struct fab_file file)
{
    struct fab_file *old = (struct fab_file *)find_file(library, file.name);
    if (old) {
        *old = file;
        return FAB_OK;
    }
    if (library->count == library->capacity) {
        int capacity = library->capacity ? 2 * library->capacity : 64;
        struct fab_file *files = fab_arena_take(library->arena, (size_t)capacity, sizeof *files);
        if (!files)
            return fab_fail_memory(library->context);
        if (library->count)
            memcpy(files, library->files, (size_t)library->count * sizeof *files);
        library->files = files;
        library->capacity = capacity;
    }
    library->files[library->count++] = file;
    return FAB_OK;
}

static fab_status read_file(struct library *library, const char *path, struct fab_file *file)
{
    fab_status status = FAB_OK;
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return fab_fail_errno(library->context, FAB_INPUT, "%s: cannot be read", path);
    char *bytes = fab_arena_take(library->arena, FILE_SIZE_MAX + 1, 1);
    size_t size = bytes ? fread(bytes, 1, FILE_SIZE_MAX + 1, stream) : 0;
    if (!bytes)
        status = fab_fail_memory(library->context);
    else if (ferror(stream))
        status = fab_fail_errno(library->context, FAB_INPUT, "%s: cannot be read", path);
    else if (size > FILE_SIZE_MAX)
        status = fab_fail(library->context, FAB_INPUT, "%s: larger than %d bytes: not a report", path, FILE_SIZE_MAX);
    else
        *file = (struct fab_file){file->name, fab_arena_dup_length(library->arena, bytes, size), size};
    fclose(stream);
    return status ? status : file->bytes ? FAB_OK : fab_fail_memory(library->context);
}

static fab_status add_folder(struct library *library, const char *folder)
{
    fab_status status = FAB_OK;
    DIR *directory = opendir(folder);
    if (!directory)
        return fab_fail_errno(library->context, FAB_INPUT, "%s: the folder of reports cannot be read", folder);
    for (struct dirent *entry; !status && (errno = 0, entry = readdir(directory));) {
        if (!has_ending(entry->d_name, ".sql") && !has_ending(entry->d_name, ".report"))
            continue;
        struct fab_file file = {.name = fab_arena_dup(library->arena, entry->d_name)};
        const char *path = fab_arena_printf(library->arena, "%s/%s", folder, entry->d_name);
        if (!file.name || !path)
            status = fab_fail_memory(library->context);
        else if (!is_stem(file.name))
            status = fab_fail(library->context, FAB_INPUT, "%s: a report's name is lower case letters, digits and _, a letter first", path);
        else
            status = read_file(library, path, &file);
        if (!status)
            status = put_file(library, file);
    }
    if (!status && errno) /* a report would be missing */
        status = fab_fail_errno(library->context, FAB_INPUT, "%s: the folder of reports cannot be read", folder);
    closedir(directory);
    return status;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct fab_file *)a)->name, ((const struct fab_file *)b)->name);
}

/* The text of the file that `with` names, and the SELECT after it. */
static fab_status put_before(struct library *library, struct fab_report *report)
{
    const char *name = fab_arena_printf(library->arena, "%s.sql", report->with.text);
    const struct fab_file *file = name ? find_file(library, name) : NULL;
    if (name && !file)
        return fab_fail(library->context, FAB_INPUT, "%s:%d: there is no %s", report->origin, report->with.line, name);
    report->sql = name ? fab_arena_printf(library->arena, "%s%s", file->bytes, report->sql) : NULL;
    return report->sql ? FAB_OK : fab_fail_memory(library->context);
}

static fab_status parse_report(struct library *library, const struct fab_file *file, struct fab_report *report)
{
    fab_status status = fab_report_parse(library->context, library->arena, file->name, file->bytes, file->size, report);
    if (status)
        return status;
    report->sql_origin = fab_arena_printf(library->arena, "%s.sql", report->stem);
    if (!report->sql_origin)
        return fab_fail_memory(library->context);
    const struct fab_file *sql = find_file(library, report->sql_origin);
    if (!sql)
        return fab_fail(library->context, FAB_INPUT, "%s:1: there is no %s with its SELECT", file->name, report->sql_origin);
    if (strlen(sql->bytes) != sql->size)
        return fab_fail(library->context, FAB_INPUT, "%s:1: the file has a NUL byte: it is not text", report->sql_origin);
    report->sql = sql->bytes;
    return report->with.text ? put_before(library, report) : FAB_OK;
}

fab_status fab_report_load(fab_context *context, fab_arena *arena, const char *folder, struct fab_report **reports, int *count)
{
    struct library library = {.context = context, .arena = arena};
    fab_status status = FAB_OK;
    for (const struct fab_file *file = fab_report_files; !status && file->name; file++)
        status = put_file(&library, *file);
    if (!status && folder)
        status = add_folder(&library, folder);
    if (status)
        return status;
    if (library.count)
        qsort(library.files, (size_t)library.count, sizeof *library.files, compare_files);
    struct fab_report *found = fab_arena_take(arena, (size_t)library.count, sizeof *found);
    if (!found)
        return fab_fail_memory(context);
    int parsed = 0;
    for (int f = 0; !status && f < library.count; f++)
        if (has_ending(library.files[f].name, ".report"))
            status = parse_report(&library, &library.files[f], &found[parsed++]);
    *reports = found;
    *count = parsed;
    return status;
}

/* "planner 30": the name is copied, the order is a number, 0 without one. */
static bool read_place(fab_arena *arena, const struct fab_report *report, const char *line, struct fab_report_place *place)
{
    size_t length = strcspn(line, " ");
    *place = (struct fab_report_place){report, fab_arena_dup_length(arena, line, length), (int)(strtol(line + length, NULL, 10) & 0xFFFF)};
    return place->book != NULL;
}

static int compare_places(const void *a, const void *b)
{
    const struct fab_report_place *left = a, *right = b;
    int difference = strcmp(left->book, right->book);
    if (!difference)
        difference = left->order - right->order;
    return difference ? difference : strcmp(left->report->stem, right->report->stem);
}

struct fab_report_place *fab_report_places(fab_arena *arena, const struct fab_report *reports, int count)
{
    size_t places = 0, filled = 0;
    for (int r = 0; r < count; r++)
        places += (size_t)reports[r].books.count;
    struct fab_report_place *found = fab_arena_take(arena, places + 1, sizeof *found);
    for (int r = 0; found && r < count; r++)
        for (int b = 0; b < reports[r].books.count; b++)
            if (!read_place(arena, &reports[r], reports[r].books.items[b], &found[filled++]))
                return NULL;
    if (found)
        qsort(found, filled, sizeof *found, compare_places);
    return found;
}
